import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bookingReactions } from "@yihao/booking/reactions";
import { plusDays } from "@yihao/kernel/days";
import { newId, type PersonId } from "@yihao/kernel/ids";
import { Table } from "@yihao/table/client";
import { timeline } from "@yihao/table/event";
import { hear } from "@yihao/table/stream";
import { type BookingWorld, bookingWorld } from "@yihao/testing/booking-world";
import { type Dynamo, startDynamo } from "@yihao/testing/dynamo";
import { scopeOf, testCredentials, testNow } from "@yihao/testing/table";
import { type Browser, chromium, type Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveSite } from "./static-site.ts";

const root = join(import.meta.dirname, "..");
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const shots = process.env.YIHAO_SHOTS;
let folder: string;
let dynamo: Dynamo;
let table: Table;
let site: Awaited<ReturnType<typeof serveSite>>;
let server: Server;
let origin: string;
let browser: Browser;
let world: BookingWorld;
const tomorrow = "2026-11-24";

/** The API and the built pages under one address; who asks is a cookie, and every command's events are heard at once. */
async function serveAll(): Promise<void> {
  // The function reads its settings when it is loaded; this test hands its own doors in and reaches none of them.
  const settings = { YIHAO_TABLE: "unused", YIHAO_SECRET: "a-secret-of-tests-only-0123456789", YIHAO_LOG: "off" };
  Object.assign(process.env, { YIHAO_DYNAMO_ENDPOINT: dynamo.endpoint, AWS_REGION: "local", ...settings });
  const { createApi } = await import("@yihao/functions/api");
  const api = createApi({
    table,
    now: () => testNow,
    membership: (await import("@yihao/identity/store")).membershipOf,
    caller: async (request) => {
      const person = /person=(per_\w+)/.exec(request.headers.get("cookie") ?? "")?.[1] as PersonId | undefined;
      return person && { person, email: `${person}@test.example`, name: person === "per_owner" ? "周敏" : "何雨桐" };
    },
  });
  const hearAll = async () => {
    for (const company of world.companies)
      for (const event of (await timeline(scopeOf(table), company, { newest: false })).items) {
        const fact = { space: "spc_test" as const, kind: "evt", id: event.id, data: event };
        await hear({ table, reactions: bookingReactions, now: () => testNow }, fact);
      }
  };
  server = createServer(async (request, response) => {
    const path = request.url ?? "/";
    const own = path.startsWith("/api/v1/");
    let text = "";
    for await (const part of request.setEncoding("utf8")) text += part;
    const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const init = { method: request.method ?? "GET", headers, ...(text ? { body: text } : {}) };
    const answer = own ? await api.request(`${origin}${path}`, init) : await fetch(`${site.origin}${path}`);
    if (own && request.method !== "GET") await hearAll();
    response.statusCode = answer.status;
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    response.removeHeader("content-encoding");
    response.removeHeader("transfer-encoding");
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yihao-web-"));
  await build({
    root,
    configFile: join(root, "vite.config.ts"),
    logLevel: "warn",
    build: { outDir: folder, emptyOutDir: true },
  });
  [site, dynamo] = await Promise.all([serveSite(folder), startDynamo()]);
  table = new Table({
    name: newId("tst"),
    config: { endpoint: dynamo.endpoint, region: "local", credentials: testCredentials },
  });
  await table.create();
  world = await bookingWorld(table, { desks: 40, roomMinutes: 240, bufferMinutes: 30 });
  await serveAll();
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

async function visit(person: string, path: string, look: Look = {}): Promise<Page> {
  const { lang = "zh-CN", theme = "light", width = 1440, height = 900 } = look;
  const context = await browser.newContext({ viewport: { width, height } });
  await context.addCookies([{ name: "person", value: person, url: origin }]);
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

async function shoot(page: Page, name: string): Promise<void> {
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`) });
}

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).last();

test("a company books a desk and a room at the price shown; a second one is told it is taken and takes what is offered", async () => {
  const one = await visit("per_one", "/my/bookings");
  await button(one, /^周二 ?24/)
    .first()
    .click();
  await button(one, /^A-05/).click();
  await one.getByText("¥40.00").first().waitFor();
  await shoot(one, "booking-portal-desk");
  expect(await faultsOf(one)).toEqual([]);
  await button(one, "订 A-05，明天").click();
  await one.getByText("已订 A-05", { exact: false }).waitFor();

  const both = [one, await visit("per_two", "/my/bookings")] as const;
  for (const page of both) {
    await button(page, /^周二 ?24/)
      .first()
      .click();
    await page.getByRole("radio", { name: "会议室" }).check({ force: true });
    await button(page, "R1 10:00").click();
    await page
      .getByText(page === one ? "套餐时长抵扣" : "¥60.00")
      .first()
      .waitFor();
  }
  const [, two] = both;
  await button(one, "订 R1，10:00–11:00").click();
  await one.getByText("已订 R1", { exact: false }).waitFor();
  await button(two, "订 R1，10:00–11:00").click();
  await two.getByText("10:00–11:00 刚被订走").waitFor();
  expect(await two.content()).not.toContain("公司 one");
  await shoot(two, "booking-portal-taken");
  expect(await faultsOf(two)).toEqual([]);
  await button(two, /R2/).click();
  await two.getByText("¥60.00").first().waitFor();
  await button(two, "订 R2，10:00–11:00").click();
  await two.getByText("已订 R2", { exact: false }).waitFor();

  await one.getByRole("link", { name: "我们的预订" }).click();
  await one.getByRole("cell", { name: "R1", exact: true }).waitFor();
  await shoot(one, "booking-portal-list");
  await button(one, "取消 R1 的预订").click();
  await one.getByText("套餐会议时长 1.0 小时").waitFor();
  await shoot(one, "booking-portal-cancel");
  await one.getByRole("alertdialog").getByRole("button", { name: "取消预订" }).click();
  await one.getByText("已取消 R1").waitFor();
});

test("on a phone a desk is three taps away", async () => {
  const page = await visit("per_two", "/my/bookings", { width: 390, height: 844 });
  await button(page, /^A-14/).click();
  await shoot(page, "booking-phone");
  await button(page, "订 A-14，今天").click();
  await page.getByText("已订 A-14", { exact: false }).waitFor();
});

test("staff see the day with names, book for a company, look at a booking, in both themes and English", async () => {
  const staff = await visit("per_owner", `/bookings?day=${tomorrow}`);
  await staff.getByText("公司 two").first().waitFor();
  const added = await staff.request.post(`${origin}/api/v1/spaces/spc_test/companies`, {
    data: { name: "拾穗家居", kind: "company" },
  });
  expect(added.status()).toBe(201);
  await button(staff, /^会议室 3/).click();
  await staff.getByRole("combobox", { name: "预订方" }).fill("拾穗");
  await staff.getByRole("option", { name: "拾穗家居" }).click();
  await staff.getByText("计入拾穗家居的当月账单", { exact: false }).waitFor();
  await shoot(staff, "booking-operator");
  expect(await faultsOf(staff)).toEqual([]);
  await button(staff, /^确认预订/).click();
  await staff.getByText("已订 R3", { exact: false }).waitFor();
  await staff.getByRole("button", { name: /会议室 2 10:00–11:00/ }).click();
  await staff.getByText("何雨桐").first().waitFor();
  await shoot(staff, "booking-operator-detail");
  await staff.getByRole("radio", { name: "列表" }).check({ force: true });
  await staff.getByRole("cell", { name: "公司 two" }).first().waitFor();

  const dark = await visit("per_owner", `/bookings?day=${plusDays(tomorrow, 0)}`, { theme: "dark", lang: "en" });
  await dark.getByText("公司 two").first().waitFor();
  await shoot(dark, "booking-operator-dark-en");
  expect(await faultsOf(dark)).toEqual([]);
});

test("the operator sets hours and adds rooms by their codes", async () => {
  const page = await visit("per_owner", "/settings/places");
  await page.getByText("40 个工位，3 间会议室").waitFor();
  await button(page, "成批加").click();
  const drawer = page.getByRole("dialog");
  await drawer.getByLabel("编号前缀").fill("B-");
  await drawer.getByLabel("到几号").fill("3");
  await shoot(page, "booking-places-bulk");
  await button(page, "加 3 个").click();
  await page.getByText("43 个工位，3 间会议室").waitFor();
  await page.getByLabel("周日").fill("");
  await button(page, "保存场地").click();
  await page.getByText("已保存，工位和会议室马上按新的开放时间").waitFor();
  await shoot(page, "booking-places");
  expect(await faultsOf(page)).toEqual([]);
});
