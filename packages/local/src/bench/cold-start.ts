import { readFileSync } from "node:fs";
import { join } from "node:path";
import { makeKey } from "@yihao/identity/key-actions";
import { createSpace } from "@yihao/identity/space-actions";
import type { PersonId } from "@yihao/kernel/ids";
import { take } from "@yihao/kernel/outcome";
import { Table } from "@yihao/table/client";
import { freshBundles } from "../../../../infra/bundle.ts";
import { type FunctionName, functionNames } from "../../../../infra/functions.ts";
import { dynamoConfig, startDynamo } from "../dynamo.ts";
import { openLambdas } from "../lambda/lambdas.ts";
import { keyedEvents, sampleEvents, sampleSettings } from "../lambda/sample-events.ts";
import { ms, percentile } from "./measure.ts";
import { platformScope } from "./world.ts";

type Started = {
  initMs: number;
  firstMs: number;
  warmP50Ms: number;
  warmP99Ms: number;
  readP50Ms?: number;
  kb: number;
};

/** Founds a space with a key for programs on the table, and gives what is asked with it. */
async function keyedOf(table: Table) {
  const person = "per_cold" as PersonId;
  const platform = platformScope(table);
  const who = { person, email: "bench@yihao.example", name: "Bench" };
  const facts = { name: "淮海壹号众创空间", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" } as const;
  const space = take(await createSpace(platform, who, facts));
  const scope = {
    ...platformScope(table),
    space: space.id,
    actor: { kind: "staff", person, roles: ["owner"] },
  } as const;
  const key = take(await makeKey(scope, who.name, { name: "Bench", roles: ["manager"], access: "read", days: 1 }));
  return keyedEvents(space.id, key.secret ?? "");
}

/**
 * How long each function takes from its process's start to being ready (init), to its first answer after that (first), and to the next ones (warm), under AWS's own runtime client.
 * A function of the API is first asked with a key of a space: who asks is looked up, and a list is read. `warm` is what asks no table, so our own time; `read` such a list
 * when warm, with DynamoDB Local's time in it. Medians of several cold starts; the whole core of this machine, where Lambda gives a share by memory.
 */
export async function coldStart(colds = 5, warms = 300): Promise<Record<string, Started>> {
  const bundles = await freshBundles();
  const dynamo = await startDynamo({ accessKeyId: "coldstart" });
  const config = dynamoConfig(dynamo.endpoint, dynamo.accessKeyId);
  const [table, auth] = [new Table({ name: "cold", config }), new Table({ name: "cold-auth", config })];
  await Promise.all([table.create(), auth.create()]);
  const settings = sampleSettings({ ...dynamo, table: "cold" });
  try {
    const keyed = await keyedOf(table);
    const all: Partial<Record<FunctionName, Started>> = {};
    for (const name of functionNames) {
      const inits: number[] = [];
      const firsts: number[] = [];
      const times: number[] = [];
      const reads: number[] = [];
      for (let round = 0; round < colds; round += 1) {
        const lambdas = await openLambdas(settings, () => {});
        const invoke = async (event: unknown) => {
          const ended = await lambdas.of(name).invoke(event);
          if (!ended.ok) throw new Error(`${name}: ${ended.errorType} ${ended.errorMessage}`);
          const { statusCode } = (ended.value ?? {}) as { statusCode?: number };
          if (event === keyed[name] && event !== undefined && statusCode !== 200)
            throw new Error(`${name}: ${JSON.stringify(ended.value)}`);
          return ended;
        };
        const cold = await invoke(keyed[name] ?? sampleEvents[name]);
        inits.push(cold.initMs ?? Number.NaN);
        firsts.push(cold.ms);
        const warm = async (event: unknown, times: number[]) => {
          for (let index = 0; round === 0 && index < warms; index += 1) times.push((await invoke(event)).ms);
        };
        await warm(sampleEvents[name], times);
        if (keyed[name]) await warm(keyed[name], reads);
        await lambdas.stop();
      }
      const bytes = readFileSync(join(bundles, name, "index.mjs")).length;
      all[name] = {
        initMs: ms(percentile(inits, 0.5)),
        firstMs: ms(percentile(firsts, 0.5)),
        warmP50Ms: ms(percentile(times, 0.5)),
        warmP99Ms: ms(percentile(times, 0.99)),
        ...(reads.length > 0 ? { readP50Ms: ms(percentile(reads, 0.5)) } : {}),
        kb: Math.round(bytes / 1000),
      };
    }
    return all as Record<string, Started>;
  } finally {
    table.close();
    auth.close();
    await dynamo.stop();
  }
}
