import { createSocket, type Socket } from "node:dgram";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { PersonId } from "@yihao/kernel/ids";
import type { Table } from "@yihao/table/client";
import { testApi } from "@yihao/testing/api";
import { credentialsOf, dynamoEndpoint, freshTable } from "@yihao/testing/table";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { freshBundles } from "../../../../infra/bundle.ts";
import type { FunctionName } from "../../../../infra/functions.ts";
import { prepareCloud } from "../../../../infra/tools/prepare.mjs";
import { eventOf } from "../lambda-event.ts";
import { type LambdaFunction, lambdaFunction } from "./lambda-function.ts";
import { toldTo } from "./lambdas.ts";
import { sampleSettings } from "./sample-events.ts";

/** What X-Ray is told, heard where its daemon listens: over UDP, one part of a trace a message. */
type Part = {
  readonly id: string;
  readonly name: string;
  readonly trace_id: string;
  readonly parent_id: string;
  readonly start_time: number;
  readonly end_time: number;
  readonly annotations?: Record<string, unknown>;
  readonly aws?: { operation: string; table_name?: string };
};
let daemon: Socket;
let table: Table;
let space = "";
let key = "";
let lines: string[] = [];
const heard: string[] = [];
const running: LambdaFunction[] = [];
const parts = (): Part[] => heard.map((text) => JSON.parse(text.slice(text.indexOf("\n") + 1)) as Part);
const partsOf = (root: string, name: string) => parts().filter((one) => one.trace_id === root && one.name === name);

beforeAll(async () => {
  daemon = createSocket("udp4").on("message", (text) => heard.push(text.toString()));
  await new Promise<void>((done) => daemon.bind(0, "127.0.0.1", done));
  table = await freshTable();
  const owner = testApi(table, { now: () => new Date().toISOString() }).as("per_owner" as PersonId);
  const facts = { name: "淮海壹号众创空间", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" };
  space = (await owner.command<{ id: string }>("/me/spaces", facts)).id;
  const wish = { name: "对接", roles: ["manager"], access: "write", days: 1 };
  key = (await owner.command<{ secret: string }>(`/spaces/${space}/keys`, wish)).secret;
});
afterAll(async () => {
  await Promise.all(running.map((one) => one.stop()));
  daemon.close();
  table.close();
});

async function started(name: FunctionName): Promise<LambdaFunction> {
  const { accessKeyId } = credentialsOf(table.name);
  const settings = sampleSettings({ endpoint: dynamoEndpoint(), accessKeyId, table: table.name });
  const one = lambdaFunction({
    name,
    folder: join(await freshBundles(), name),
    tools: prepareCloud().tools,
    env: {
      ...toldTo(name, { ...settings, YIHAO_LOG: "all" }),
      AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${(daemon.address() as AddressInfo).port}`,
    },
    timeoutMs: 20_000,
    memoryMb: 1024,
    log: (text) => lines.push(...text.split("\n")),
  });
  running.push(one);
  return one;
}

const company = (id: string) => {
  const body = { name: "晚汀香氛", kind: "company", contactName: "王小明", contactPhone: "13800138000" };
  return eventOf({
    method: "POST",
    path: `/api/v1/spaces/${space}/companies`,
    query: "",
    headers: {
      host: "yihao.example",
      authorization: `Bearer ${key}`,
      "content-type": "application/json",
      "idempotency-key": id,
      "x-request-id": id,
    },
    body: Buffer.from(JSON.stringify(body)),
    sourceIp: "203.0.113.9",
    httpVersion: "1.1",
    scheme: "https",
    port: 443,
  });
};

test("a browser's request is found in X-Ray by its own id, with every call to DynamoDB in it, and so are the reactions to what it wrote; of people nothing is told", async () => {
  const [asked, spread] = ["1-6a000000-000000000000000000000001", "1-6a000000-000000000000000000000002"];
  const api = await started("api");
  expect(
    await api.invoke(company("browser-traced-1"), `Root=${asked};Parent=00000000000000aa;Sampled=1`),
  ).toMatchObject({
    ok: true,
    value: { statusCode: 201 },
  });
  await vi.waitFor(() => expect(partsOf(asked, "## handler")).toHaveLength(1), { timeout: 5000 });
  const [whole] = partsOf(asked, "## handler");
  expect(whole).toMatchObject({
    parent_id: "00000000000000aa",
    annotations: {
      request: "browser-traced-1",
      space,
      Service: "api",
      ColdStart: true,
      wrote: expect.stringMatching(/^evt_\w+/),
    },
  });
  const calls = partsOf(asked, "DynamoDB");
  expect(calls.every(({ parent_id }) => parent_id === whole?.id)).toBe(true);
  expect(calls.map(({ aws }) => aws?.operation)).toEqual(expect.arrayContaining(["GetItem", "TransactWriteItems"]));
  // The log's line of the same request names the trace, so that one leads to the other.
  expect(lines.find((line) => line.includes("browser-traced-1"))).toContain(asked);

  const event = String(whole?.annotations?.wrote).split(" ")[0] ?? "";
  const stream = await started("stream");
  const image = Object.fromEntries(
    Object.entries({ pk: `${space}#log#x`, sk: "t", k: "evt", id: event, type: "company.added", subject: "cmp_x" }).map(
      ([name, S]) => [name, { S }],
    ),
  );
  const batch = {
    Records: [{ eventName: "INSERT", dynamodb: { NewImage: { ...image, v: { N: "1" } }, SequenceNumber: "1" } }],
  };
  expect(await stream.invoke(batch, `Root=${spread};Sampled=1`)).toMatchObject({ ok: true });
  await vi.waitFor(() => expect(partsOf(spread, "## handler")).toHaveLength(1), { timeout: 5000 });
  expect(partsOf(spread, "reactions to company.added")).toMatchObject([{ annotations: { heard: event, space } }]);
  expect(heard.join("\n")).not.toMatch(/\p{Script=Han}|13800138000|yk_|Bearer/u);
});

test("a request that is not among those that are drawn tells X-Ray nothing, and one that fails is marked without its words", async () => {
  const [api] = running;
  heard.length = 0;
  lines = [];
  expect(
    await api?.invoke(company("browser-untraced"), "Root=1-6a000000-000000000000000000000003;Sampled=0"),
  ).toMatchObject({
    ok: true,
  });
  const refused = "1-6a000000-000000000000000000000004";
  const wrong = {
    ...company("browser-refused-1"),
    body: Buffer.from('{"name":""}').toString("base64"),
    isBase64Encoded: true,
  };
  expect(await api?.invoke(wrong, `Root=${refused};Parent=00000000000000bb;Sampled=1`)).toMatchObject({
    ok: true,
    value: { statusCode: 400 },
  });
  await vi.waitFor(() => expect(partsOf(refused, "## handler")).toHaveLength(1), { timeout: 5000 });
  expect(partsOf(refused, "## handler")[0]?.annotations).toMatchObject({ refusal: "input.invalid", ColdStart: false });
  expect(parts().map((one) => one.trace_id)).not.toContain("1-6a000000-000000000000000000000003");
});
