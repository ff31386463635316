import { noProvider } from "@yihao/billing/provider";
import { createWebhook } from "@yihao/billing/webhook";
import type { Doors } from "@yihao/http/context";
import { createLimits, perAddress, perCaller } from "@yihao/http/rate";
import { enterByKey } from "@yihao/identity/key-actions";
import { membershipOf } from "@yihao/identity/store";
import type { PersonId } from "@yihao/kernel/ids";
import { createGateway, type Listening, listen } from "@yihao/local/gateway";
import type { Table } from "@yihao/table/client";
import { freshTable, testNow } from "@yihao/testing/table";
import { handle } from "hono/aws-lambda";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAuthFunction } from "./auth.ts";
import { createApi } from "./whole-api.ts";

const minute = 60_000;
const secret = "a secret of tests that is long enough for anyone";
let now = testNow;
let table: Table;
let doors: Doors;
let server: Listening;
let space: string;

type Wish = { method?: string; headers?: Record<string, string>; body?: object };

/** One real HTTP request through the gateway. */
async function ask(path: string, { method = "GET", headers = {}, body }: Wish = {}) {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
    method,
    headers: { ...headers, ...(body ? { "content-type": "application/json" } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, headers: response.headers, json: (await response.json()) as never };
}

const as = (person: string) => ({ "x-test-person": person });

/** Sends so many requests and gives how often each status came. */
async function many(count: number, send: () => Promise<{ status: number }>): Promise<Record<number, number>> {
  const tally: Record<number, number> = {};
  for (let n = 0; n < count; n += 20)
    for (const { status } of await Promise.all(Array.from({ length: Math.min(20, count - n) }, send)))
      tally[status] = (tally[status] ?? 0) + 1;
  return tally;
}

beforeAll(async () => {
  table = await freshTable();
  doors = {
    table,
    now: () => now,
    membership: membershipOf,
    key: enterByKey,
    limits: createLimits(),
    caller: async (request) => {
      const person = request.headers.get("x-test-person");
      return person ? { person: person as PersonId, email: "", name: person } : undefined;
    },
  };
  const webhook = createWebhook({
    path: "/webhooks/stripe",
    provider: { ...noProvider, verify: async () => undefined },
    table,
    now: () => now,
    failed: () => {},
  });
  const gateway = createGateway({
    routes: [
      { path: "/api/", name: "api", handler: handle(createApi(doors)) as never },
      { path: "/webhooks/stripe", name: "stripe-webhook", handler: handle(webhook) as never },
    ],
    otherwise: (_request, response) => void response.writeHead(404).end(),
    hosts: new Set(["127.0.0.1"]),
  });
  server = await listen(gateway, { host: "127.0.0.1", port: 0 });
  const settings = { name: "淮海壹号", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" };
  const made = await ask("/api/v1/me/spaces", { method: "POST", headers: as("per_owner"), body: settings });
  space = (made.json as { id: string }).id;
});
afterAll(async () => {
  await server.close();
  table.close();
});

describe("how much one caller may ask", () => {
  test("600 in a minute pass; the next is told when to come again, another person is served meanwhile, and then it passes", async () => {
    now = new Date(Date.parse(testNow) + minute).toISOString();
    const path = `/api/v1/spaces/${space}/nothing-here`;
    const send = () => ask(path, { headers: as("per_owner") });
    expect(await many(perCaller.requests, send)).toEqual({ 404: 600 });
    now = new Date(Date.parse(now) + 20_000).toISOString();
    const refused = await send();
    expect([refused.status, refused.headers.get("retry-after"), refused.json]).toMatchObject([
      429,
      "40",
      { code: "rate.limited", params: { seconds: 40 } },
    ]);
    expect((await ask("/api/v1/me", { headers: as("per_other") })).status).toBe(200);
    now = new Date(Date.parse(now) + 40_000).toISOString();
    expect((await send()).status).toBe(404);
  });

  test("an API key has its own 600, apart from those of the person who made it; whoever is over costs no read", async () => {
    now = new Date(Date.parse(testNow) + 10 * minute).toISOString();
    const wish = { name: "对接", roles: ["manager"], access: "read", days: 30 };
    const made = await ask(`/api/v1/spaces/${space}/keys`, { method: "POST", headers: as("per_owner"), body: wish });
    const bearer = { authorization: `Bearer ${(made.json as { secret: string }).secret}` };
    const send = () => ask(`/api/v1/spaces/${space}/nothing-here`, { headers: bearer });
    expect(await many(perCaller.requests, send)).toEqual({ 404: 600 });
    const over = await send();
    expect([over.status, over.headers.get("x-capacity-units")]).toEqual([429, "read=0; write=0"]);
    const person = await ask(`/api/v1/spaces/${space}/nothing-here`, { headers: as("per_owner") });
    expect(person.status).toBe(404);
    const owner = as("per_owner");
    await many(perCaller.requests, () => ask("/api/v1/me", { headers: owner }));
    const shut = await ask(`/api/v1/spaces/${space}`, { headers: owner });
    expect([shut.status, shut.headers.get("x-capacity-units")]).toEqual([429, "read=0; write=0"]);
  });

  test("the provider's webhooks are never told to wait", async () => {
    const send = () => ask("/webhooks/stripe", { method: "POST", body: {} });
    expect(await many(perCaller.requests + 100, send)).toEqual({ 400: 700 });
  });
});

describe("how much a network may ask that nobody has signed in from", () => {
  const from = (sourceIp: string) => ({ event: { requestContext: { http: { sourceIp } } } });

  test("is counted over open routes, refused sign-ins and wrong keys; another network and the machine itself are not touched", async () => {
    now = new Date(Date.parse(testNow) + 20 * minute).toISOString();
    const api = createApi({ ...doors, limits: createLimits() });
    const paths = [`/invitations/${"0".repeat(32)}`, "/me", `/apply/${space}`];
    const send = async (path: string, address: string, headers = {}) =>
      (await api.request(`http://localhost/api/v1${path}`, { headers }, from(address))).status;
    for (let n = 0; n < perAddress.requests; n += 1)
      expect(await send(paths[n % 3] ?? "", "2001:db8:1:2::7")).not.toBe(429);
    for (const path of paths) expect(await send(path, "2001:db8:1:2::8")).toBe(429);
    const wrong = { authorization: `Bearer yk_${"0".repeat(16)}_${"0".repeat(32)}` };
    expect(await send(`/spaces/${space}`, "2001:db8:1:2::9", wrong)).toBe(429);
    expect(await send("/me", "2001:db8:1:3::7")).toBe(401);
    expect(await send("/me", "2001:db8:1:2::7", as("per_owner2"))).toBe(200);
    for (let n = 0; n < perAddress.requests + 1; n += 1) await send("/me", "127.0.0.1");
    expect(await send("/me", "127.0.0.1")).toBe(401);
  });

  test("holds for the auth function, and what a client writes into headers changes nothing unless a front is named", async () => {
    const origin = "http://localhost:3000";
    const authTable = await freshTable();
    const known = { authTable, mainTable: table, secret, origin, now: () => now };
    const behind = createAuthFunction({ ...known, limits: createLimits(), addressHeader: "cloudfront-viewer-address" });
    const bare = createAuthFunction({ ...known, limits: createLimits() });
    const send = async (app: typeof bare, written: string) =>
      (
        await app.request(
          `${origin}/api/auth/get-session`,
          { headers: { "cloudfront-viewer-address": written, "x-forwarded-for": written } },
          from("198.51.100.1"),
        )
      ).status;
    for (let n = 0; n < perAddress.requests; n += 1) await send(bare, `203.0.113.${n % 250}:443`);
    expect(await send(bare, "203.0.113.251:443")).toBe(429);
    for (let n = 0; n < perAddress.requests; n += 1) await send(behind, "203.0.113.7:443");
    expect([await send(behind, "203.0.113.7:5000"), await send(behind, "203.0.113.8:443")]).toEqual([429, 200]);
    authTable.close();
  });
});
