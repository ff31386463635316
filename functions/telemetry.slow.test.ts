import type { PersonId } from "@yihao/kernel/ids";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { type Heard, hearBatch, onEvent } from "@yihao/table/stream";
import { type TestCaller, testApi } from "@yihao/testing/api";
import { freshTable } from "@yihao/testing/table";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { telemetry } from "./telemetry.ts";

const lines: string[] = [];
const write = telemetry({ YIHAO_STAGE: "test", YIHAO_FUNCTION: "api" });
const last = () =>
  JSON.parse(lines.at(-1) ?? "{}") as Record<string, unknown> & {
    _aws: { CloudWatchMetrics: { Dimensions: string[][]; Metrics: { Name: string }[] }[] };
  };
// The library writes past the console, as its lines must not become the runtime's own.
const output = vi.spyOn(process.stdout, "write").mockImplementation((line) => lines.push(String(line)) > 0);
afterAll(() => output.mockRestore());
let owner: TestCaller;
let space = "";
beforeAll(async () => {
  const { as } = testApi(await freshTable(), { log: write });
  owner = as("per_owner" as PersonId);
  const facts = { name: "淮海壹号众创空间", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" };
  space = (await owner.command<{ id: string }>("/me/spaces", facts)).id;
});

describe("the log of a request", () => {
  it("names the request as the browser did, its space, what it cost and the events that it wrote", async () => {
    const answer = await owner.send(
      "POST",
      `/spaces/${space}/companies`,
      { name: "晚汀香氛", kind: "company" },
      { "idempotency-key": "log-key-1", "x-request-id": "browser-0123456789" },
    );
    expect([answer.status, answer.headers.get("x-request-id")]).toEqual([201, "browser-0123456789"]);
    expect(last()).toMatchObject({
      request: "browser-0123456789",
      space,
      method: "POST",
      status: 201,
      stage: "test",
      function: "api",
      Requests: 1,
      level: "INFO",
    });
    expect(last().wrote).toEqual([expect.stringMatching(/^evt_/)]);
    expect(Number(last().WriteUnits)).toBeGreaterThan(0);
  });

  it("counts a refusal by its code, and takes no request id that could be anything else", async () => {
    const answer = await owner.send(
      "POST",
      `/spaces/${space}/companies`,
      { name: "", kind: "company" },
      { "x-request-id": "a b <c>" },
    );
    expect([answer.status, /^[\w-]{36}$/.test(answer.headers.get("x-request-id") ?? "")]).toEqual([400, true]);
    const [{ Dimensions, Metrics } = { Dimensions: [], Metrics: [] }] = last()._aws.CloudWatchMetrics;
    expect([last().refusal, last().Refusals, Dimensions]).toEqual([
      "input.invalid",
      1,
      [
        ["stage", "function"],
        ["stage", "function", "refusal"],
      ],
    ]);
    for (const { Name } of Metrics) expect([Name, typeof last()[Name]]).toEqual([Name, "number"]);
  });

  it("holds nothing of what people wrote or are: no name, address, number, key or secret", async () => {
    const people = ["王小明", "wang@example.com", "13800138000", "91310000MA1K35XX1X"];
    await owner.send("POST", `/spaces/${space}/companies`, {
      name: people[0],
      kind: "company",
      contact: people[0],
      phone: people[2],
      email: people[1],
    });
    await owner.send("POST", `/spaces/${space}/invitations`, { email: people[1], roles: ["manager"], companies: [] });
    await owner.send(
      "GET",
      `/spaces/${space}/companies?search=${encodeURIComponent(people[0] ?? "")}&creditCode=${people[3]}`,
    );
    await owner.send("GET", "/invitations/a-secret-of-a-link-0123456789");
    await owner.send("GET", `/spaces/${space}`, undefined, {
      authorization: "Bearer yk_secret_0123456789",
      cookie: "session=abc",
    });
    const all = lines.join("");
    expect(lines.length).toBeGreaterThan(6);
    expect(all).not.toMatch(/\p{Script=Han}|@|\b1[3-9]\d{9}\b|MA1K35|a-secret-of|yk_|session=/u);
  });
});

describe("the log of the stream", () => {
  it("names the fact that was heard and the events that followed, by which a request is traced to its last reaction", async () => {
    const table = await freshTable();
    const heard: Heard[] = [];
    const image = {
      pk: { S: "spc_test#log#x" },
      sk: { S: "t" },
      k: { S: "evt" },
      v: { N: "1" },
      id: { S: "evt_1" },
      type: { S: "thing.done" },
      subject: { S: "x" },
    };
    const reaction = onEvent("answers", ["thing.done"], async (scope) => {
      await commit(scope, [happened(scope, "thing.answered", "x", {})], { answer: null });
    });
    await hearBatch(
      { table, reactions: [reaction], now: () => "2026-11-23T02:42:00.000Z", log: (entry) => heard.push(entry) },
      { Records: [{ eventName: "INSERT", dynamodb: { NewImage: image, SequenceNumber: "1" } }] },
    );
    expect(heard).toMatchObject([
      {
        heard: "evt_1",
        type: "thing.done",
        space: "spc_test",
        reactions: 1,
        failed: 0,
        wrote: [expect.stringMatching(/^evt_/)],
      },
    ]);
    write({ ...heard[0] });
    expect(last()).toMatchObject({ Facts: 1, FailedReactions: 0 });
    table.close();
  });
});
