import { hashOfStyle } from "@yihao/http/inline-style";
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

  it("refuses a write that another site sends with the person's cookie, in whatever way its browser says where it is from", async () => {
    const elsewhere: Record<string, string>[] = [
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: "null", "sec-fetch-site": "cross-site" },
      { origin: "not an address" },
      { origin: "http://localhost:3000" },
      { origin: "http://localhost", "x-forwarded-proto": "https" },
      { origin: "https://evil.example", "x-forwarded-host": "evil.example" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
    ];
    for (const headers of elsewhere) {
      const answer = await owner.send("POST", "/me/spaces", settings, headers);
      expect([headers, answer.status, answer.json().code]).toEqual([headers, 403, "auth.origin"]);
    }
    const here: Record<string, string>[] = [
      { origin: "http://localhost" },
      { origin: "null", "sec-fetch-site": "same-origin" },
      { "sec-fetch-site": "none" },
      {},
    ];
    for (const headers of here)
      expect([headers, (await owner.send("POST", "/me/spaces", settings, headers)).status]).toEqual([headers, 201]);
  });

  it("refuses a body whose lists and objects stand deeper in each other than any of ours, and reads no prototype from one", async () => {
    const deep = (char: string, end: string) => `{"name":${char.repeat(60_000)}1${end.repeat(60_000)}}`;
    for (const body of [deep("[", "]"), deep('{"a":', "}")]) {
      const answer = await owner.raw("POST", "/me/spaces", body);
      expect([answer.status, answer.json().code]).toEqual([400, "input.json"]);
    }
    const inText = await owner.send("POST", "/me/spaces", { ...settings, name: "[".repeat(60) });
    expect(inText.status).toBe(201);
    const polluting = `{"__proto__":{"roles":["owner"]},"constructor":{"prototype":{"polluted":true}},${JSON.stringify(settings).slice(1)}`;
    expect((await owner.raw("POST", "/me/spaces", polluting)).json().code).toBe("input.invalid");
    expect(
      ({} as { polluted?: boolean; roles?: string[] }).polluted ?? ({} as { roles?: string[] }).roles,
    ).toBeUndefined();
  });

  it("writes nothing of a caller's own making into the number of a request, and lets no page frame an answer", async () => {
    const forged = await owner.send("GET", "/me", undefined, { "x-amzn-trace-id": "<script>alert(1)</script>" });
    expect(forged.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    const given = await owner.send("GET", "/me", undefined, {
      "x-amzn-trace-id": "Root=1-5759e988-bd862e3fe1be46a994272793",
    });
    expect(given.headers.get("x-request-id")).toBe("Root=1-5759e988-bd862e3fe1be46a994272793");
    for (const path of ["/me", "/docs", "/openapi.json", "/nothing"]) {
      const { headers } = await owner.send("GET", path);
      expect([path, headers.get("content-security-policy")]).toEqual([
        path,
        expect.stringContaining("frame-ancestors 'none'"),
      ]);
      expect([path, headers.get("x-content-type-options")]).toEqual([path, "nosniff"]);
    }
    const docs = await owner.send("GET", "/docs");
    const style = /<style>([\s\S]*?)<\/style>/.exec(docs.text)?.[1] ?? "";
    expect(docs.headers.get("content-security-policy")).toContain(
      `default-src 'none'; style-src ${hashOfStyle(style)};`,
    );
  });

  it("answers a path that names nothing as missing, whatever stands where an id should", async () => {
    for (const id of ["nobody", "per_", "x".repeat(300), "%00", "..%2f.."])
      expect([id, (await owner.send("GET", `/spaces/${space}/companies/${id}`)).status]).toEqual([id, 404]);
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
