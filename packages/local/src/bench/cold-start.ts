import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Table } from "@yihao/table/client";
import { freshBundles } from "../../../../infra/bundle.ts";
import { type FunctionName, functionNames } from "../../../../infra/functions.ts";
import { dynamoConfig, startDynamo } from "../dynamo.ts";
import { openLambdas } from "../lambda/lambdas.ts";
import { sampleEvents, sampleSettings } from "../lambda/sample-events.ts";
import { ms, percentile } from "./measure.ts";

type Started = { initMs: number; firstMs: number; warmP50Ms: number; warmP99Ms: number; kb: number };

/**
 * How long each function takes from its process's start to being ready (init), to its first answer after that (first), and to the next ones (warm), under AWS's own runtime client.
 * Medians of several cold starts; the whole core of this machine, where Lambda gives a share by memory.
 */
export async function coldStart(colds = 5, warms = 300): Promise<Record<string, Started>> {
  const bundles = await freshBundles();
  const dynamo = await startDynamo({ accessKeyId: "coldstart" });
  const config = dynamoConfig(dynamo.endpoint, dynamo.accessKeyId);
  for (const name of ["cold", "cold-auth"]) {
    const table = new Table({ name, config });
    await table.create();
    table.close();
  }
  const settings = sampleSettings({ ...dynamo, table: "cold" });
  try {
    const all: Partial<Record<FunctionName, Started>> = {};
    for (const name of functionNames) {
      const inits: number[] = [];
      const firsts: number[] = [];
      const times: number[] = [];
      for (let round = 0; round < colds; round += 1) {
        const lambdas = await openLambdas(settings, () => {});
        const invoke = async () => {
          const ended = await lambdas.of(name).invoke(sampleEvents[name]);
          if (!ended.ok) throw new Error(`${name}: ${ended.errorType} ${ended.errorMessage}`);
          return ended;
        };
        const cold = await invoke();
        inits.push(cold.initMs ?? Number.NaN);
        firsts.push(cold.ms);
        if (round === 0) for (let index = 0; index < warms; index += 1) times.push((await invoke()).ms);
        await lambdas.stop();
      }
      const bytes = readFileSync(join(bundles, name, "index.mjs")).length;
      all[name] = {
        initMs: ms(percentile(inits, 0.5)),
        firstMs: ms(percentile(firsts, 0.5)),
        warmP50Ms: ms(percentile(times, 0.5)),
        warmP99Ms: ms(percentile(times, 0.99)),
        kb: Math.round(bytes / 1000),
      };
    }
    return all as Record<string, Started>;
  } finally {
    await dynamo.stop();
  }
}
