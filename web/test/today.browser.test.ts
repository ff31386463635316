import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";
import { newId, type PersonId } from "@yihao/kernel/ids";
import { Table } from "@yihao/table/client";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { bury, hearBatch, type Reaction, type StreamRecord } from "@yihao/table/stream";
import { bookingWorld } from "@yihao/testing/booking-world";
import { type Dynamo, startDynamo } from "@yihao/testing/dynamo";
import { scopeOf, testCredentials, testNow } from "@yihao/testing/table";
import { type Browser, chromium, type Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveSite } from "./static-site.ts";

const root = join(import.meta.dirname, "..");
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const shots = process.env.YIHAO_SHOTS;
const records: StreamRecord[] = [];
let folder: string;
let dynamo: Dynamo;
let table: Table;
let site: Awaited<ReturnType<typeof serveSite>>;
let server: Server;
let origin: string;
let browser: Browser;
let now = testNow;
let reactions: readonly Reaction[] = [];

const hearing = () => ({ table, reactions, now: () => now });
/** Carries the stream by hand until nothing new is written. */
async function settle(): Promise<void> {
  for (let part = records.splice(0); part.length > 0; part = records.splice(0))
    for (const record of part) {
      let why: unknown;
      const failed = await hearBatch(hearing(), { Records: [record] }, (error) => {
        why = error;
      });
      if (failed.batchItemFailures.length > 0) await bury(hearing(), record, why);
    }
}

async function serveAll(): Promise<void> {
  // The function reads its settings when it is loaded; this test hands its own doors in and reaches none of them.
  const settings = { YIHAO_TABLE: "unused", YIHAO_SECRET: "a-secret-of-tests-only-0123456789", YIHAO_LOG: "off" };
  Object.assign(process.env, { YIHAO_DYNAMO_ENDPOINT: dynamo.endpoint, AWS_REGION: "local", ...settings });
  const { createApi } = await import("@yihao/functions/api");
  ({ reactions } = await import("@yihao/functions/reactions"));
  const api = createApi({
    table,
    now: () => now,
    membership: (await import("@yihao/identity/store")).membershipOf,
    caller: async (request) => {
      const person = /person=(per_\w+)/.exec(request.headers.get("cookie") ?? "")?.[1] as PersonId | undefined;
      return person && { person, email: `${person}@test.example`, name: "周敏" };
    },
  });
  server = createServer(async (request, response) => {
    const path = request.url ?? "/";
    let text = "";
    for await (const part of request.setEncoding("utf8")) text += part;
    const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const init = { method: request.method ?? "GET", headers, ...(text ? { body: text } : {}) };
    const own = path.startsWith("/api/v1/");
    const answer = own ? await api.request(`${origin}${path}`, init) : await fetch(`${site.origin}${path}`);
    if (own && request.method !== "GET") await settle();
    response.statusCode = answer.status;
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    response.removeHeader("content-encoding");
    response.removeHeader("transfer-encoding");
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const happen = async (type: string, company: string, data: object) => {
  const scope = scopeOf(table, { now });
  await commit(scope, [happened(scope, type, company, data)], { answer: null });
};
const command = async (path: string, body: object, person = "per_owner") => {
  const answer = await fetch(`${origin}/api/v1/spaces/spc_test${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": newId("key"), cookie: `person=${person}` },
    body: JSON.stringify(body),
  });
  const told = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${told}`);
  return JSON.parse(told) as { id: string };
};
const read = async <T>(path: string) =>
  (await (
    await fetch(`${origin}/api/v1/spaces/spc_test${path}`, { headers: { cookie: "person=per_owner" } })
  ).json()) as T;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yihao-web-"));
  const outDir = { build: { outDir: folder, emptyOutDir: true } };
  await build({ root, configFile: join(root, "vite.config.ts"), logLevel: "warn", ...outDir });
  [site, dynamo] = await Promise.all([serveSite(folder), startDynamo()]);
  table = new Table({
    name: newId("tst"),
    config: { endpoint: dynamo.endpoint, region: "local", credentials: testCredentials },
    through: async (call, send) => {
      const answer = await send(call);
      if (call instanceof TransactWriteItemsCommand)
        for (const { Put } of call.input.TransactItems ?? [])
          if (Put?.Item)
            records.push({
              eventName: "INSERT",
              dynamodb: { NewImage: Put.Item, SequenceNumber: String(records.length) },
            });
      return answer;
    },
  });
  await table.create();
  const world = await bookingWorld(table, { desks: 40, rooms: 3, roomMinutes: 240 });
  await serveAll();
  const [company = "cmp_one", other = "cmp_two"] = world.companies;
  const picks = (whose: string, units: number, day: string) =>
    happen("handling.done", whose, {
      company: whose,
      operation: "pick",
      units,
      document: `ord_${day}`,
      day,
      warehouse: "whs_1",
    });
  now = "2026-10-28T02:00:00.000Z";
  for (const day of ["2026-10-05", "2026-10-12", "2026-10-27"]) await picks(company, 80, day);
  await settle();
  await command("/invoices/run", { month: "2026-10", companies: [company] });
  for (const draft of (await read<{ items: { id: string }[] }>("/invoices?state=draft")).items)
    await command(`/invoices/${draft.id}/finalise`, {});
  now = testNow;
  for (const day of ["2026-11-03", "2026-11-09", "2026-11-16", "2026-11-20"]) await picks(company, 60, day);
  await happen("storage.day", other, { company: other, warehouse: "whs_1", day: "2026-11-18", bins: 40, codes: [] });
  await happen("goods.received", company, {
    company,
    product: "prd_1",
    units: 118,
    warehouse: "whs_1",
    document: "asn_1",
  });
  await happen("order.shipped", company, {
    company,
    order: "ord_1",
    warehouse: "whs_1",
    units: 30,
    lines: 1,
    day: "2026-11-23",
  });
  await settle();
  await happen("booking.cancelled", company, {
    booking: "bok_gone0000000000",
    resource: "res_1",
    resourceName: "会议室",
    company,
    day: "2026-11-24",
  });
  await settle();
  for (const [resource, from, until] of [
    [world.rooms[0]?.id, "2026-11-23T03:00:00.000Z", "2026-11-23T04:30:00.000Z"],
    [world.rooms[1]?.id, "2026-11-23T06:00:00.000Z", "2026-11-23T07:00:00.000Z"],
  ]) {
    const wish = { resource, company: other, from, until };
    const answer = await fetch(`${origin}/api/v1/spaces/spc_test/quotes/booking`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie: "person=per_owner" },
      body: JSON.stringify(wish),
    });
    const { quote } = (await answer.json()) as { quote: { totalMinor: number } };
    await command("/bookings", { ...wish, expectMinor: quote.totalMinor });
  }
  for (const desk of world.desks.slice(0, 5)) {
    const wish = { resource: desk.id, company: other, day: "2026-11-23" };
    await command("/bookings", { ...wish, expectMinor: 4000 });
  }
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
});

afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
  await site?.close();
  table?.close();
  await dynamo?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

type Look = { lang?: "zh-CN" | "en"; theme?: "light" | "dark"; width?: number; height?: number };
async function visit(path: string, look: Look = {}): Promise<Page> {
  const { lang = "zh-CN", theme = "light", width = 1440, height = 900 } = look;
  const context = await browser.newContext({ viewport: { width, height } });
  await context.addCookies([{ name: "person", value: "per_owner", url: origin }]);
  await context.addInitScript(
    ([tongue, shade]) => {
      localStorage.setItem("yihao.lang", tongue!);
      localStorage.setItem("yihao.theme", shade!);
    },
    [lang, theme],
  );
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.clock.setFixedTime(testNow);
  await page.goto(`${origin}/s/spc_test${path}`);
  return page;
}

async function faultsOf(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: axe });
  return page.evaluate(async () => {
    type Found = { id: string; impact: string; nodes: { target: unknown[] }[] };
    const run = (globalThis as unknown as { axe: { run: () => Promise<{ violations: Found[] }> } }).axe;
    const found = (await run.run()).violations.filter((one) => ["serious", "critical"].includes(one.impact));
    return found.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`);
  });
}
const shoot = async (page: Page, name: string) => {
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`) });
};

test("Today shows bookings, occupancy, goods, bills by state, revenue by stream and what is to be done", async () => {
  const page = await visit("/today");
  await page.getByText("ZD-202610-0001").waitFor();
  const text = ((await page.locator("main").textContent()) ?? "").replace(/\s+/g, " ");
  for (const wanted of [
    "逾期 16 天",
    "1 件工作卡住了",
    "5/ 40 工位",
    "今日入库118",
    "今日出库30",
    "¥360.00",
    "云仓作业",
    "1 笔",
  ])
    expect(text).toContain(wanted);
  await shoot(page, "today-zh-light-1440");
  expect(await faultsOf(page)).toEqual([]);
  await page.keyboard.press("[");
  await page.waitForURL(/day=2026-11-22/);
  await page.getByText("这天没有工位预订。").waitFor();
});

test("Today in English, dark and on a phone", async () => {
  const page = await visit("/today", { lang: "en", theme: "dark" });
  await page.getByText("ZD-202610-0001").waitFor();
  await shoot(page, "today-en-dark-1440");
  expect(await faultsOf(page)).toEqual([]);
  const phone = await visit("/today", { width: 390, height: 844 });
  await phone.getByText("待处理").first().waitFor();
  await shoot(phone, "today-zh-light-390");
  expect(await faultsOf(phone)).toEqual([]);
});

test("stuck work says why, can be tried again, and says when it fails again", async () => {
  const page = await visit("/settings/stuck");
  await page.getByText("booking.cancelled").waitFor();
  await shoot(page, "stuck-zh-light-1440");
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole("button", { name: "再试一次" }).click();
  await page.getByText("这次也没有成功", { exact: false }).first().waitFor();
});
