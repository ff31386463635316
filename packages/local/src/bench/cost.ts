import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Table } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import { functions } from "../../../../infra/functions.ts";
import { dynamoConfig } from "../dynamo.ts";
import { startProduct } from "../product.ts";
import { Client } from "./client.ts";
import { dayAhead, place, wish } from "./fixtures.ts";
import { stocked } from "./stock-race.ts";
import { foundSpace, signIn } from "./world.ts";

type Units = { read: number; write: number };
/** What one operation costs in capacity: its own request, and everything that follows from it in the stream. */
type Operation = { request: Units; after: Units; kb: number };

const prices = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "../../../../infra/prices.json"), "utf8"),
) as Prices;
type Prices = {
  asOf: string;
  region: string;
  dynamodb: {
    readPerMillion: number;
    writePerMillion: number;
    storageGbMonth: number;
    recoveryGbMonth: number;
    backupGbMonth: number;
  };
  lambdaArm: { gbSecond: number; requestsPerMillion: number };
  httpApi: { requestsPerMillion: number };
  cloudFront: { requestsPer10k: number; outGb: number };
  waf: { aclMonth: number; ruleMonth: number; requestsPerMillion: number };
  logs: { ingestGb: number };
  cloudWatch: { alarmMonth: number; metricMonth: number };
  xRay: { tracesPerMillion: number };
  kms: { keyMonth: number; requestsPer10k: number };
};

/** A space of the size that the project is made for, in a month of 30 days: 120 desks, 40 companies, a warehouse that ships. */
const month = { booking: 3_000, order: 4_500, view: 240_000 };
/** An answer's size and the time of a function that gives it, as benches on this machine saw them. */
const answer = { kb: 4, functionMs: 25, logKb: 0.9 };
const fixed = { alarms: 75, wafRules: 4, metrics: 60, keys: 1 };

/** Measures the units of an operation, and of all its reactions, by the log of a running product. */
async function measured(): Promise<Record<"booking" | "order" | "view", Operation>> {
  const home = await mkdtemp(join(tmpdir(), "yihao-cost-"));
  const product = await startProduct({ home, lambda: true, env: { YIHAO_LOG: "all", YIHAO_RATE_PER_MINUTE: "off" } });
  const table = new Table({ name: "yihao", config: dynamoConfig(product.dynamo.endpoint, product.dynamo.accessKeyId) });
  try {
    const operator = await signIn(new Client(product.url), table, "cost@yihao.example", "Cost");
    const base = `/api/v1/spaces/${await foundSpace(operator)}`;
    const where = await place({ operator, base }, 10);
    const { company, product: sku } = await stocked({ operator, base }, 1000);
    const settled = async () => {
      for (let length = -1; length !== product.errors().length; await new Promise((done) => setTimeout(done, 1500)))
        length = product.errors().length;
    };
    await settled();
    const operation = async (times: number, act: (index: number) => Promise<unknown>): Promise<Operation> => {
      const from = product.errors().length;
      const before = JSON.stringify(await allItems(table)).length;
      for (let index = 0; index < times; index += 1) await act(index);
      await settled();
      const bytes = JSON.stringify(await allItems(table)).length - before;
      const sum = (mark: string): Units => {
        const found = product
          .errors()
          .slice(from)
          .split("\n")
          .filter((line) => line.includes(mark));
        const total = (name: string) =>
          found.reduce((all, line) => all + Number(new RegExp(`"${name}":([\\d.]+)`).exec(line)?.[1] ?? 0), 0);
        const each = (value: number) => Math.round((value / times) * 10) / 10;
        return { read: each(total("ReadUnits")), write: each(total("WriteUnits")) };
      };
      return {
        request: sum('"Requests":1'),
        after: sum('"Facts":1'),
        kb: Math.round((bytes / times / 1024) * 10) / 10,
      };
    };
    const booking = await operation(10, (index) =>
      operator.command(`${base}/bookings`, wish(where, where.resources[index] ?? "", dayAhead(2), 600, 60)),
    );
    const order = await operation(10, () =>
      operator.command(`${base}/orders`, { company, lines: [{ product: sku, units: 1 }], recipient: { name: "甲" } }),
    );
    const view = await operation(10, () => operator.json("GET", `${base}/companies`));
    operator.close();
    return { booking, order, view };
  } finally {
    table.close();
    await product.stop();
    await rm(home, { recursive: true, force: true });
  }
}

/** Of what a function is asked Lambda traces one a second, and a twentieth of the rest. */
function tracesOf(asked: number): number {
  const aSecond = Math.min(asked, 30 * 86_400);
  return aSecond + (asked - aSecond) / 20;
}

const cents = (value: number) => Math.round(value * 100) / 100;

/** Dollars a month for so many spaces, by what they are spent on. */
function monthly(spaces: number, operations: Record<keyof typeof month, Operation>) {
  let [read, write, requests, facts, gbKept] = [0, 0, 0, 0, 0];
  for (const name of Object.keys(month) as (keyof typeof month)[]) {
    const { request, after, kb } = operations[name];
    const times = month[name] * spaces;
    read += (request.read + after.read) * times;
    write += (request.write + after.write) * times;
    requests += times;
    facts += after.write > 0 ? times : 0;
    // Kept for a year on average.
    gbKept += (kb * times * 12) / 1_048_576;
  }
  const { dynamodb, lambdaArm, httpApi, cloudFront, waf, logs, cloudWatch, xRay, kms } = prices;
  const million = 1_000_000;
  const gbSeconds = ((requests + facts) * answer.functionMs * functions.api.memoryMb) / 1000 / 1024;
  const outGb = (requests * answer.kb) / 1_048_576;
  const dollars = {
    reads: (read / million) * dynamodb.readPerMillion,
    writes: (write / million) * dynamodb.writePerMillion,
    kept: gbKept * (dynamodb.storageGbMonth + dynamodb.recoveryGbMonth + dynamodb.backupGbMonth),
    functions: gbSeconds * lambdaArm.gbSecond + ((requests + facts) / million) * lambdaArm.requestsPerMillion,
    gateway: (requests / million) * httpApi.requestsPerMillion,
    edge: (requests / 10_000) * cloudFront.requestsPer10k + outGb * cloudFront.outGb,
    firewall: waf.aclMonth + fixed.wafRules * waf.ruleMonth + (requests / million) * waf.requestsPerMillion,
    watching:
      fixed.alarms * cloudWatch.alarmMonth +
      fixed.metrics * cloudWatch.metricMonth +
      ((requests + facts) * answer.logKb * logs.ingestGb) / 1_048_576 +
      (tracesOf(requests + facts) / million) * xRay.tracesPerMillion,
    key: fixed.keys * kms.keyMonth,
  };
  const all = Object.values(dollars).reduce((sum, one) => sum + one, 0);
  const rounded = Object.fromEntries(Object.entries(dollars).map(([name, value]) => [name, cents(value)]));
  return { ...rounded, all: cents(all), perSpace: cents(all / spaces) };
}

/** What a month costs at 10, 1,000 and 100,000 spaces: units measured here, times what a space does in a month, times the prices of a dated file. */
export async function cost() {
  const units = await measured();
  return {
    prices: { asOf: prices.asOf, region: prices.region },
    aSpaceAMonth: month,
    units,
    dollarsAMonth: Object.fromEntries([10, 1_000, 100_000].map((spaces) => [spaces, monthly(spaces, units)])),
  };
}
