import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { createServer as createSecure } from "node:https";
import type { AddressInfo } from "node:net";
import { marshall } from "@aws-sdk/util-dynamodb";
import { listMail } from "@yihao/identity/mail";
import type { PersonId, SpaceId } from "@yihao/kernel/ids";
import type { Table } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import type { StreamRecord } from "@yihao/table/stream";
import { type TestCaller, testApi } from "@yihao/testing/api";
import { placePerson } from "@yihao/testing/booking-world";
import { freshTable, platformOf, scopeOf, testNow } from "@yihao/testing/table";
import { sweep } from "@yihao/testing/timers";
import { allowsCall, askedOf } from "@yihao/testing/wall";
import { streamByHand } from "@yihao/testing/warehouse-world";
import { generate } from "selfsigned";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reactions, timers } from "../../../functions/reactions.ts";
import { functions, permissionsOf } from "../../../infra/functions.ts";
import { checkHooks } from "./check.ts";
import type { Delivery, DeliveryDetail, HookView, ShownHook } from "./model.ts";
import { post } from "./send.ts";
import { createSender } from "./sender.ts";
import { hookPorts } from "./target.ts";

type Heard = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string };
type Answering = (heard: Heard) => { status: number; headers?: Record<string, string>; body?: string } | "never";

const minuteMs = 60_000;
let now = testNow;
const later = (ms: number) => {
  now = new Date(Date.parse(now) + ms).toISOString();
};

/** A space's own system: what it heard, and what it answers. */
const heard: Heard[] = [];
let answering: Answering = () => ({ status: 200 });
let receiver: Server;
let at: string;

let table: Table;
let owner: TestCaller;
let manager: TestCaller;
let base: string;
let hear: () => Promise<number>;

/** The policy of the sender's role on AWS: what it does not allow is denied here too. */
const policy = permissionsOf(functions.hooks)
  .filter(({ on }) => on[0]?.name === "table")
  .map(({ actions, keys = [] }) => ({
    Effect: "Allow" as const,
    Action: actions,
    Resource: ["*"],
    Condition: {
      "ForAllValues:StringLike": { "dynamodb:LeadingKeys": keys },
      Null: { "dynamodb:LeadingKeys": "false" },
    },
  }));

const sent = new Set<string>();
let send: (records: StreamRecord[]) => Promise<unknown>;

/** Hears what happened, and makes the attempts that are wanted, as the two mappings of the stream do. */
async function pass(): Promise<StreamRecord[]> {
  await hear();
  const wanted = (await allItems(table)).filter((item) => item.k === "hook-try" && !sent.has(`${item.pk}|${item.sk}`));
  const records = wanted.map((item, index): StreamRecord => {
    sent.add(`${item.pk}|${item.sk}`);
    const NewImage = marshall(item, { removeUndefinedValues: true });
    return { eventName: "INSERT", dynamodb: { NewImage, SequenceNumber: String(index) } };
  });
  await send(records);
  return records;
}
const ring = () => sweep({ ...platformOf(table), now }, timers);

const wish = (path = "/in", kinds: string[] = ["company.added"]) => ({ name: "进销存", url: `${at}${path}`, kinds });
const make = (path?: string, kinds?: string[]) => owner.command<ShownHook>(`${base}/hooks`, wish(path, kinds));
let companies = 0;
const happen = () => {
  companies += 1;
  return owner.command<{ id: string }>(`${base}/companies`, { name: `青禾农选 ${companies}`, kind: "team" });
};
const deliveries = async (hook: string) =>
  (await owner.read<{ items: Delivery[] }>(`${base}/hooks/${hook}/deliveries`)).items;
const detail = (hook: string, id: string) =>
  owner.read<DeliveryDetail>(`${base}/hooks/${hook}/deliveries/${encodeURIComponent(id)}`);
const act = (hook: string, what: string) =>
  owner.send("POST", `${base}/hooks/${hook}/${what}`, undefined, { "idempotency-key": crypto.randomUUID() });
const hookOf = async (id: string) =>
  (await owner.read<{ items: HookView[] }>(`${base}/hooks`)).items.find((one) => one.id === id);
const remove = (id: string) => owner.send("DELETE", `${base}/hooks/${id}`);

/** As a receiver verifies: the signature of its secret is among those sent, over id, timestamp and text. */
function verifies({ headers, body }: Heard, secret: string | null): boolean {
  const key = Buffer.from((secret ?? "").replace("whsec_", ""), "base64");
  const text = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const right = `v1,${createHmac("sha256", key).update(text).digest("base64")}`;
  const fresh = Math.abs(Number(headers["webhook-timestamp"]) * 1000 - Date.parse(now)) < 5 * minuteMs;
  return fresh && String(headers["webhook-signature"]).split(" ").includes(right);
}

/** A certificate that nobody but its maker knows. */
async function selfMade() {
  const made = await generate([{ name: "commonName", value: "hooks.example.com" }], { keyType: "ec" });
  return { key: made.private, cert: made.cert };
}

/** Listens on the first of some ports that is free. */
async function listenOn(server: Server, ports: readonly number[]): Promise<number> {
  for (const port of ports) {
    const free = await new Promise<boolean>((done) => {
      server.once("error", () => done(false));
      server.listen(port, "127.0.0.1", () => done(true));
    });
    if (free) return port;
  }
  throw new Error("every port of webhooks is taken");
}

beforeAll(async () => {
  process.env.YIHAO_HOOKS_LOCAL = "allow";
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const one = { path: request.url ?? "", headers: request.headers, body: Buffer.concat(chunks).toString() };
      heard.push(one);
      const answer = answering(one);
      if (answer === "never") return;
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  });
  await new Promise<void>((done) => receiver.listen(0, "127.0.0.1", done));
  at = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  table = await freshTable();
  const api = testApi(table, { now: () => now });
  owner = api.as("per_owner" as PersonId);
  manager = api.as("per_manager" as PersonId);
  const settings = { name: "淮海壹号", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" };
  const { id } = await owner.command<{ id: SpaceId }>("/me/spaces", settings);
  base = `/spaces/${id}`;
  await placePerson(scopeOf(table, { space: id }), "per_manager" as PersonId, { roles: ["manager"] });
  hear = streamByHand(table, reactions, () => now);
  const walled = table.behind(async (call, through) => {
    const denied = askedOf(call).find((asked) => !allowsCall(policy, asked));
    if (denied) throw new Error(`the sender may not ${denied.action} on ${denied.leadingKeys.join(", ")}`);
    return through(call);
  });
  const sender = createSender({ table: walled, now: () => now, local: true, ms: 1_500 }, (error) => {
    throw error;
  });
  send = (Records) => sender({ Records });
});
afterAll(async () => {
  delete process.env.YIHAO_HOOKS_LOCAL;
  receiver.closeAllConnections();
  await new Promise((done) => receiver.close(done));
  table.close();
});

describe("an endpoint", () => {
  test("is made by owners only, on no private address, with its secret told once", async () => {
    expect((await manager.send("GET", `${base}/hooks`)).json().code).toBe("auth.role");
    const refusal = async (url: string) =>
      (await owner.send("POST", `${base}/hooks`, { ...wish(), url })).json<{ code: string; params: { why: string } }>();
    expect((await refusal("https://169.254.169.254/")).params.why).toBe("private");
    delete process.env.YIHAO_HOOKS_LOCAL;
    expect(await refusal(`${at}/in`)).toMatchObject({ code: "hook.url", params: { why: "https" } });
    process.env.YIHAO_HOOKS_LOCAL = "allow";
    const key = { "idempotency-key": "make-this-hook-once" };
    const first = await owner.send("POST", `${base}/hooks`, wish(), key);
    const again = await owner.send("POST", `${base}/hooks`, wish(), key);
    const { hook, secret } = first.json<ShownHook>();
    expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
    expect(again.json<ShownHook>()).toEqual({ hook, secret: null });
    expect((await owner.send("GET", `${base}/hooks`)).text).not.toContain(secret);
    expect((await owner.send("GET", `${base}/audit`)).text).not.toContain(secret);
    const change = { ...wish("/other"), name: "财务" };
    const changed = await owner.send("PUT", `${base}/hooks/${hook.id}`, change, { "if-match": '"1"' });
    expect(changed.json()).toMatchObject({ name: "财务", rev: 2 });
    expect((await owner.send("PUT", `${base}/hooks/${hook.id}`, change, { "if-match": '"1"' })).json().code).toBe(
      "stale",
    );
    expect((await remove(hook.id)).status).toBe(200);
    const made = await Promise.all(
      Array.from({ length: 12 }, () =>
        owner.send("POST", `${base}/hooks`, wish(), { "idempotency-key": crypto.randomUUID() }),
      ),
    );
    expect(made.map(({ status }) => status).filter((status) => status === 201)).toHaveLength(10);
    expect(made.find(({ status }) => status === 409)?.json()).toMatchObject({
      code: "hook.too-many",
      params: { most: 10 },
    });
    for (const one of made) if (one.status === 201) await remove(one.json<ShownHook>().hook.id);
  });
});

describe("a name", () => {
  test("is looked up once, and the connection goes to the very address that was checked, under the name's own certificate", async () => {
    const names: unknown[] = [];
    const secure = createSecure({
      ...(await selfMade()),
      SNICallback: (name, done) => {
        names.push(name);
        done(null);
      },
    });
    secure.on("tlsClientError", () => {});
    const port = await listenOn(secure, hookPorts.slice(1));
    let lookUps = 0;
    const resolve = async () => {
      lookUps += 1;
      return lookUps === 1 ? ["127.0.0.1"] : ["169.254.169.254"];
    };
    const answer = await post(`https://hooks.example.com:${port}/in`, {}, "{}", { local: true, resolve });
    secure.close();
    expect([answer.fault, names, lookUps]).toEqual(["tls", ["hooks.example.com"], 1]);
  });
});

describe("a delivery", () => {
  test("carries a signature that the receiver verifies, once however often the fact and the attempt are heard", async () => {
    heard.length = 0;
    answering = () => ({ status: 204 });
    const { hook, secret } = await make();
    await happen();
    const records = await pass();
    await send(records);
    await streamByHand(table, reactions, () => now)();
    await pass();
    expect(heard.map(({ path }) => path)).toEqual(["/in"]);
    expect(verifies(heard[0] as Heard, secret)).toBe(true);
    expect(verifies({ ...(heard[0] as Heard), body: "{}" }, secret)).toBe(false);
    const [one] = await deliveries(hook.id);
    expect(one).toMatchObject({
      type: "company.added",
      state: "delivered",
      attempts: 1,
      lastStatus: 204,
      nextAt: null,
    });
    expect(heard[0]?.headers["webhook-id"]).toBe(one?.event);
    later(2 * minuteMs);
    await ring();
    await pass();
    expect(heard).toHaveLength(1);
    await remove(hook.id);
  });

  test("that fails is sent again under its id until it is taken; the log tells what came back, without secrets", async () => {
    heard.length = 0;
    const { hook, secret } = await make();
    await happen();
    answering = () => ({ status: 500, body: "no: li@qinghe.example, 13800138000" });
    await pass();
    expect((await hookOf(hook.id))?.failingSince).toBe(now);
    await ring();
    await pass();
    expect(heard).toHaveLength(1);
    answering = () => ({ status: 302, headers: { location: `${at}/elsewhere` } });
    later(2 * minuteMs);
    await ring();
    await pass();
    answering = () => "never";
    later(7 * minuteMs);
    await ring();
    await pass();
    answering = () => ({ status: 200, body: "x".repeat(1_000_000) });
    later(20 * minuteMs);
    await ring();
    await pass();
    expect(heard.map(({ path }) => path)).toEqual(["/in", "/in", "/in", "/in"]);
    expect(new Set(heard.map(({ headers, body }) => `${headers["webhook-id"]} ${body}`)).size).toBe(1);
    expect(heard.slice(-1).every((one) => verifies(one, secret))).toBe(true);
    const [one] = await deliveries(hook.id);
    const { log, state } = await detail(hook.id, one?.id ?? "");
    expect(state).toBe("delivered");
    expect(log.map(({ status, fault }) => [status, fault])).toEqual([
      [500, "status"],
      [302, "redirect"],
      [null, "timeout"],
      [200, null],
    ]);
    expect(log[0]?.answer).toBe("no: ‹mail›, ‹number›");
    expect(log[3]?.answer).toHaveLength(300);
    expect((await hookOf(hook.id))?.failingSince).toBeNull();
    await remove(hook.id);
  });

  test("whose attempt nobody made or wrote down is sent again by its timer", async () => {
    heard.length = 0;
    answering = () => ({ status: 200 });
    const { hook } = await make();
    await happen();
    await hear();
    for (const item of await allItems(table)) if (item.k === "hook-try") sent.add(`${item.pk}|${item.sk}`);
    later(2 * minuteMs);
    await ring();
    await pass();
    expect(heard).toHaveLength(1);
    expect((await deliveries(hook.id))[0]).toMatchObject({ state: "delivered", attempts: 2 });
    await remove(hook.id);
  });

  test("is signed by both secrets while they overlap, by the new one alone afterwards", async () => {
    heard.length = 0;
    answering = () => ({ status: 200 });
    const { hook, secret } = await make();
    const rotated = await owner.command<ShownHook>(`${base}/hooks/${hook.id}/rotate`, { overlapHours: 24 });
    expect(rotated.hook.formerUntil).toBe(new Date(Date.parse(now) + 24 * 60 * minuteMs).toISOString());
    await happen();
    await pass();
    expect([verifies(heard[0] as Heard, secret), verifies(heard[0] as Heard, rotated.secret)]).toEqual([true, true]);
    later(25 * 60 * minuteMs);
    await happen();
    await pass();
    expect([verifies(heard[1] as Heard, secret), verifies(heard[1] as Heard, rotated.secret)]).toEqual([false, true]);
    await remove(hook.id);
  });

  test("is of chosen kinds only, of nothing while paused, and stops with its endpoint; a ping goes out all the same", async () => {
    heard.length = 0;
    answering = () => ({ status: 200 });
    const other = (await make("/orders", ["order.shipped"])).hook.id;
    const { hook, secret } = await make();
    expect((await act(hook.id, "pause")).status).toBe(201);
    await happen();
    await pass();
    expect(heard).toEqual([]);
    await act(hook.id, "ping");
    await pass();
    expect(heard.map(({ path, body }) => [path, JSON.parse(body).type])).toEqual([["/in", "hook.ping"]]);
    expect(verifies(heard[0] as Heard, secret)).toBe(true);
    await act(hook.id, "resume");
    answering = () => ({ status: 503 });
    await happen();
    await pass();
    await remove(hook.id);
    later(3 * minuteMs);
    await ring();
    await pass();
    expect(heard).toHaveLength(2);
    expect((await owner.send("GET", `${base}/hooks/${hook.id}/deliveries`)).status).toBe(404);
    await remove(other);
  });

  test("that is never taken ends after ten attempts, pauses its endpoint and writes to the owner; by hand it goes again under its id", async () => {
    heard.length = 0;
    answering = () => ({ status: 500 });
    const { hook } = await make();
    await happen();
    await pass();
    for (let attempt = 1; attempt <= 11 && (await hookOf(hook.id))?.state === "active"; attempt += 1) {
      const [waits] = await deliveries(hook.id);
      later(Date.parse(waits?.nextAt ?? now) - Date.parse(now));
      await ring();
      await pass();
    }
    expect(heard.length).toBe(10);
    expect(await hookOf(hook.id)).toMatchObject({ state: "paused", cause: "failures" });
    const mails = (await listMail(platformOf(table))).items.filter(({ link }) => link?.includes(hook.id));
    expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
      ["per_owner@test.example", "淮海壹号：Webhook“进销存”已暂停"],
    ]);
    const [one] = await deliveries(hook.id);
    expect(one).toMatchObject({ state: "failed", attempts: 10, nextAt: null });
    const again = () => act(hook.id, `deliveries/${encodeURIComponent(one?.id ?? "")}/redeliver`);
    expect((await again()).json().code).toBe("hook.paused");
    await act(hook.id, "resume");
    answering = () => ({ status: 200 });
    expect((await again()).status).toBe(201);
    await pass();
    expect(heard.at(-1)?.headers["webhook-id"]).toBe(one?.event);
    expect((await deliveries(hook.id))[0]).toMatchObject({ state: "delivered", attempts: 11 });
    const trail = await owner.read<{ items: { type: string; data: { hook?: string } }[] }>(`${base}/audit?limit=200`);
    const told = trail.items.filter(({ data }) => data.hook === hook.id).map(({ type }) => type);
    expect(told.toSorted()).toEqual(["hook.made", "hook.paused", "hook.resumed"]);
    answering = () => ({ status: 410 });
    await happen();
    await pass();
    later(2 * minuteMs);
    await ring();
    expect(await hookOf(hook.id)).toMatchObject({ state: "paused", cause: "gone" });
  });

  test("that waits is looked after, and every endpoint is counted: a lost timer, a lost secret and a miscount are found", async () => {
    answering = () => ({ status: 500 });
    const { hook } = await make();
    await happen();
    await pass();
    const items = await allItems(table);
    expect(checkHooks(items)).toEqual([]);
    const less = (wanted: (item: Record<string, unknown>) => boolean) =>
      checkHooks(items.filter((item) => !wanted(item))).map(({ rule }) => rule);
    expect(less(({ k }) => k === "due")).toEqual(["hook.looked-after"]);
    expect(less(({ k, sk }) => k === "hook-secrets" && sk === hook.id)).toEqual(["hook.secrets"]);
    expect(less(({ k, sk }) => k === "hook" && sk === hook.id)).toEqual(["hook.counted"]);
  });
});
