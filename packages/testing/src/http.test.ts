import type { PersonId } from "@yihao/kernel/ids";
import { beforeAll, describe, expect, it } from "vitest";
import { type TestCaller, testApi, unitsOf } from "./api.ts";
import { freshTable } from "./table.ts";

let owner: TestCaller;
let stranger: TestCaller;
let nobody: TestCaller;
let space: string;
const settings = { name: "淮海壹号众创空间", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" };

beforeAll(async () => {
  const { as } = testApi(await freshTable(), { log: (entry) => entry.error && console.error(entry.error) });
  owner = as("per_owner" as PersonId);
  stranger = as("per_stranger" as PersonId);
  nobody = as(undefined);
  space = (await owner.command<{ id: string }>("/me/spaces", settings)).id;
});

describe("what every route shares", () => {
  it("gives a replay the first answer, byte for byte, and creates nothing twice", async () => {
    const key = { "idempotency-key": "replayed-key-1" };
    const first = await owner.send("POST", "/me/spaces", settings, key);
    const again = await owner.send("POST", "/me/spaces", settings, key);
    expect([first.status, again.status, again.text]).toEqual([201, 201, first.text]);
    expect((await owner.read<{ spaces: unknown[] }>("/me")).spaces).toHaveLength(2);
  });

  it("refuses a key that was used for something else", async () => {
    const key = { "idempotency-key": "reused-key-1" };
    await owner.send("POST", "/me/spaces", settings, key);
    const other = await owner.send("POST", "/me/spaces", { ...settings, name: "另一个" }, key);
    expect([other.status, other.json().code]).toEqual([409, "command.reused"]);
  });

  it("answers someone without a place exactly as for a space that does not exist", async () => {
    const hidden = await stranger.send("GET", `/spaces/${space}`);
    const absent = await stranger.send("GET", "/spaces/spc_doesnotexist");
    const plain = (text: string) => text.replace(/"request":"[^"]*"/, "");
    expect([hidden.status, absent.status]).toEqual([404, 404]);
    expect(plain(hidden.text)).toBe(plain(absent.text));
  });

  it("asks a signed-out caller to sign in, before anything else is looked at", async () => {
    expect((await nobody.send("GET", `/spaces/${space}`)).status).toBe(401);
    expect((await nobody.send("POST", "/me/spaces", { wrong: true })).status).toBe(401);
  });

  it("finds out who asks with one read unit", async () => {
    const answer = await owner.send("GET", `/spaces/${space}/nothing-here`);
    expect(answer.status).toBe(404);
    expect(unitsOf(answer)).toEqual({ read: 1, write: 0 });
  });

  it("refuses unknown fields, wrong types, broken JSON and bodies over 1 MB with what and where", async () => {
    const unknown = await owner.send("POST", "/me/spaces", { ...settings, owner: "me" });
    expect([unknown.status, unknown.json<{ params: { faults: object[] } }>().params.faults]).toEqual([
      400,
      [expect.objectContaining({ rule: "unrecognized_keys", detail: { keys: ["owner"] } })],
    ]);
    const wrong = await owner.send("POST", "/me/spaces", { ...settings, zone: "Mars/Base" });
    expect(wrong.json<{ params: { faults: { path: string }[] } }>().params.faults[0]?.path).toBe("zone");
    const large = await owner.send("POST", "/me/spaces", { ...settings, name: "x".repeat(1_100_000) });
    expect([large.status, large.json().code]).toEqual([413, "input.too-large"]);
    const form = await owner.send("POST", "/me/spaces", undefined, { "content-type": "text/plain" });
    expect([form.status, form.json().code]).toEqual([415, "input.media"]);
  });

  it("refuses a write that another site sends with the person's cookie", async () => {
    const answer = await owner.send("POST", "/me/spaces", settings, { origin: "https://evil.example" });
    expect([answer.status, answer.json().code]).toEqual([403, "auth.origin"]);
  });

  it("tells the second of two editors that it came too late", async () => {
    const read = await owner.send("GET", `/spaces/${space}`);
    const tag = { "if-match": read.headers.get("etag") ?? "" };
    const first = await owner.send("PATCH", `/spaces/${space}`, { name: "甲" }, tag);
    const second = await owner.send("PATCH", `/spaces/${space}`, { name: "乙" }, tag);
    expect([first.status, second.status]).toEqual([200, 412]);
    expect((await owner.send("PATCH", `/spaces/${space}`, { name: "丙" })).status).toBe(428);
    expect((await owner.read<{ name: string }>(`/spaces/${space}`)).name).toBe("甲");
  });

  it("describes itself as OpenAPI 3.1 and as a page to read", async () => {
    const document = await nobody.read<{ openapi: string; paths: object }>("/openapi.json");
    expect(document.openapi).toBe("3.1.0");
    expect(Object.keys(document.paths)).toContain("/api/v1/spaces/{space}");
    const page = await nobody.send("GET", "/docs");
    expect([page.status, page.text.includes("/api/v1/spaces/{space}")]).toEqual([200, true]);
  });
});
