import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Table } from "@yihao/table/client";
import { credentialsOf, dynamoEndpoint, freshTable } from "@yihao/testing/table";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundlesFolder } from "../../../../infra/bundle.ts";
import { type FunctionName, functionNames } from "../../../../infra/functions.ts";
import { prepareCloud } from "../../../../infra/tools/prepare.mjs";
import { type LambdaFunction, type LambdaOptions, lambdaFunction } from "./lambda-function.ts";
import { type Lambdas, openLambdas, toldTo } from "./lambdas.ts";
import { sampleEvents, sampleSettings } from "./sample-events.ts";

const folder = mkdtempSync(join(tmpdir(), "yihao-lambda-"));
const { tools } = prepareCloud();
const started: LambdaFunction[] = [];
afterAll(async () => {
  await Promise.all(started.map((one) => one.stop()));
  rmSync(folder, { recursive: true, force: true });
});

/** A function of the given source, run as Lambda would. */
function made(name: string, source: string, more: Partial<LambdaOptions> = {}): LambdaFunction {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, "index.mjs"), source);
  const options = { name, folder: join(folder, name), tools, env: {}, timeoutMs: 2000, memoryMb: 256, ...more };
  const one = lambdaFunction(options);
  started.push(one);
  return one;
}

describe("the Runtime API that stands in for Lambda's", () => {
  it("starts a process for the first event, keeps it for the next, and another when it is busy", async () => {
    const one = made(
      "pid",
      "export const handler = async (e) => { await new Promise((d) => setTimeout(d, e.ms)); return process.pid; };",
    );
    const first = await one.invoke({ ms: 0 });
    const second = await one.invoke({ ms: 0 });
    expect([first.ok && second.ok && first.value === second.value, first.initMs !== undefined, second.initMs]).toEqual([
      true,
      true,
      undefined,
    ]);
    const [a, b] = await Promise.all([one.invoke({ ms: 100 }), one.invoke({ ms: 100 })]);
    expect(a.ok && b.ok && a.value !== b.value).toBe(true);
  });

  it("tells a function its deadline, and nothing of the environment but what it is given", async () => {
    const one = made(
      "told",
      "export const handler = async (_, c) => ({ left: c.getRemainingTimeInMillis(), names: Object.keys(process.env), name: c.functionName });",
      { env: { YIHAO_TABLE: "t" } },
    );
    const told = await one.invoke({});
    const value = (told.ok ? told.value : {}) as { left: number; names: string[]; name: string };
    expect([value.left > 1000, value.left <= 2000, value.name]).toEqual([true, true, "told"]);
    expect(value.names.filter((name) => !/^(AWS_|_|LAMBDA_|TZ$|PATH$)/.test(name))).toEqual(["YIHAO_TABLE"]);
  });

  it("ends what takes too long, with its process, and serves the next event with a fresh one", async () => {
    const one = made(
      "slow",
      "export const handler = async (e) => { if (e.hang) await new Promise(() => setInterval(() => {}, 1000)); return process.pid; };",
      { timeoutMs: 500 },
    );
    const before = await one.invoke({});
    const late = await one.invoke({ hang: true });
    expect(late).toMatchObject({
      ok: false,
      errorType: "Sandbox.Timedout",
      errorMessage: "Task timed out after 0.50 seconds",
    });
    const after = await one.invoke({});
    expect(before.ok && after.ok && before.value !== after.value).toBe(true);
  });

  it("tells what a function threw, what kept it from loading, and that it died", async () => {
    const throwing = made(
      "throwing",
      "export const handler = async (e) => { if (e.die) process.exit(3); throw new TypeError('no such thing'); };",
    );
    expect(await throwing.invoke({})).toMatchObject({
      ok: false,
      errorType: "TypeError",
      errorMessage: "no such thing",
    });
    expect(await throwing.invoke({ die: true })).toMatchObject({ ok: false, errorType: "Runtime.ExitError" });
    expect(await throwing.invoke({})).toMatchObject({ ok: false, errorType: "TypeError" });
    expect(
      await made("broken", "export const handler = 1; throw new Error('a setting is missing');").invoke({}),
    ).toMatchObject({ ok: false, errorMessage: "a setting is missing" });
    expect(await made("empty", "export const other = 1;").invoke({})).toMatchObject({
      ok: false,
      errorType: "Runtime.HandlerNotFound",
    });
    expect(
      await made("callback", "export const handler = (event, context, callback) => callback(null, 1);").invoke({}),
    ).toMatchObject({ ok: false });
  });
});

describe("every bundle under AWS's runtime client", () => {
  let table: Table;
  let lambdas: Lambdas;
  const settings = () => {
    const { accessKeyId } = credentialsOf(table.name);
    return sampleSettings({ endpoint: dynamoEndpoint(), accessKeyId, table: table.name });
  };
  beforeAll(async () => {
    table = await freshTable();
    const auth = new Table({
      name: `${table.name}-auth`,
      config: { endpoint: dynamoEndpoint(), region: "local", credentials: credentialsOf(table.name) },
    });
    await auth.create();
    auth.close();
    lambdas = await openLambdas(settings(), () => {});
  });
  afterAll(async () => {
    await lambdas.stop();
    table.close();
  });

  const expected: Record<FunctionName, object> = {
    api: { statusCode: 200, body: '{"ok":true}' },
    goods: { statusCode: 200, body: '{"ok":true}' },
    bills: { statusCode: 200, body: '{"ok":true}' },
    community: { statusCode: 200, body: '{"ok":true}' },
    insight: { statusCode: 200, body: '{"ok":true}' },
    stuck: { statusCode: 200, body: '{"ok":true}' },
    docs: { statusCode: 200, body: expect.stringContaining('"openapi"') },
    auth: { statusCode: 200, body: "null" },
    pay: { statusCode: 401 },
    files: { statusCode: 401 },
    doors: { statusCode: 404 },
    papers: { statusCode: 401 },
    takeover: { statusCode: 401 },
    "stripe-webhook": { statusCode: 400, body: '{"received":false}' },
    stream: { batchItemFailures: [] },
    retry: { batchItemFailures: [] },
    mail: { batchItemFailures: [] },
    hooks: { batchItemFailures: [] },
    schedule: { handled: 0 },
    poison: { buried: 0 },
    front: { isAuthorized: false },
  };

  it.each(functionNames)("%s answers, cold and warm, within the time it has", async (name) => {
    const cold = await lambdas.of(name).invoke(sampleEvents[name]);
    const warm = await lambdas.of(name).invoke(sampleEvents[name]);
    expect([cold, warm]).toMatchObject([
      { ok: true, value: expected[name] },
      { ok: true, value: expected[name] },
    ]);
    expect([cold.initMs === undefined, warm.initMs]).toEqual([false, undefined]);
  });

  it.each(["api", "auth", "pay", "stream", "front"] as const)(
    "%s says which setting is missing instead of starting without it",
    async (name) => {
      const { YIHAO_TABLE: _, YIHAO_FRONT_SECRET: __, ...fewer } = settings();
      const one = lambdaFunction({
        name,
        folder: join(bundlesFolder, name),
        tools,
        env: toldTo(name, fewer),
        timeoutMs: 2000,
        memoryMb: 256,
      });
      const ended = await one.invoke(sampleEvents[name]);
      await one.stop();
      expect(JSON.stringify(ended)).toMatch(/environment variable YIHAO_(TABLE|FRONT_SECRET) is not set/);
    },
  );
});
