import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newId, type PersonId } from "@yihao/kernel/ids";
import { Table } from "@yihao/table/client";
import { type Dynamo, startDynamo } from "@yihao/testing/dynamo";
import { testCredentials, testNow } from "@yihao/testing/table";
import { gtins, streamByHand, warehouseWorld } from "@yihao/testing/warehouse-world";
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
let asn = "";
let order = "";

/** The API and the built pages under one address; who asks is a cookie, each command a moment later, its facts heard at once. */
async function serveAll(): Promise<void> {
  const settings = { YIHAO_TABLE: "unused", YIHAO_SECRET: "a-secret-of-tests-only-0123456789", YIHAO_LOG: "off" };
  Object.assign(process.env, { YIHAO_DYNAMO_ENDPOINT: dynamo.endpoint, AWS_REGION: "local", ...settings });
  const { createApi } = await import("@yihao/functions/api");
  let moment = Date.parse(testNow) + 1_000;
  const now = () => {
    moment += 1;
    return new Date(moment).toISOString();
  };
  const api = createApi({
    table,
    now,
    membership: (await import("@yihao/identity/store")).membershipOf,
    caller: async (request) => {
      const person = /person=(per_\w+)/.exec(request.headers.get("cookie") ?? "")?.[1] as PersonId | undefined;
      return person && { person, email: `${person}@test.example`, name: person === "per_owner" ? "周敏" : "何雨桐" };
    },
  });
  const hearAll = streamByHand(table);
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
  await warehouseWorld(table, { capacity: 200 });
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
const phone = { width: 390, height: 844 };

async function visit(person: string, path: string, look: Look = {}): Promise<Page> {
  const { lang = "zh-CN", theme = "light", width = 1440, height = 900 } = look;
  const context = await browser.newContext({ viewport: { width, height } });
  await context.addCookies([{ name: "person", value: person, url: origin }]);
  await context.addInitScript(
    ([tongue, shade]) => {
      localStorage.setItem("yihao.lang", tongue ?? "");
      localStorage.setItem("yihao.theme", shade ?? "");
    },
    [lang, theme],
  );
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(`${origin}/s/spc_test${path}`);
  return page;
}

async function look(page: Page, name: string): Promise<void> {
  await page.addScriptTag({ path: axe });
  const faults = await page.evaluate(async () => {
    type Found = { id: string; impact: string; nodes: { target: unknown[] }[] };
    const run = (globalThis as unknown as { axe: { run: () => Promise<{ violations: Found[] }> } }).axe;
    const { violations } = await run.run();
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  });
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`) });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect({ name, faults, wide: Math.max(0, wide) }).toEqual({ name, faults: [], wide: 0 });
}

/** Types as a wedge scanner does, wherever the focus is. */
async function scan(page: Page, code: string): Promise<void> {
  await page.keyboard.type(code);
  await page.keyboard.press("Enter");
}

test("a company tries a CSV, mends it and announces 120 and 80 units", async () => {
  const page = await visit("per_one", "/my/inbound/new");
  const file = (text: string) => ({ name: "asn.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  const drop = page.locator('input[type="file"]');
  await drop.waitFor({ state: "attached" });
  await drop.setInputFiles(file(`商品条码,名称,数量\n${gtins[0]},,120\n6901234567893,坏码,80\n`));
  await page.getByText("1 处要改，什么都没有写入").first().waitFor();
  await page.getByText("条码校验位不对").waitFor();
  await look(page, "asn-faults");
  await drop.setInputFiles(file(`商品条码,名称,数量\n${gtins[0]},,120\n${gtins[1]},,80\n`));
  await page.getByText("2 种、200 件可以报").waitFor();
  await page.getByRole("button", { name: "提交预报" }).click();
  await page.waitForURL(/\/my\/stock\/asn_/);
  asn = page.url().split("/").at(-1) ?? "";
  await page.getByText("待到").first().waitFor();
  await page.context().close();
});

test("on the phone 118 of 120 are received, 2 stay short, and goods go to two bins by scanning", async () => {
  const page = await visit("per_owner", "/wh", phone);
  await page.getByRole("link", { name: /收货/ }).first().waitFor();
  await look(page, "hand-home");
  await page.getByRole("link", { name: /收货/ }).first().click();
  await page.getByText("无火香薰 乌木 120 ml").waitFor();
  await scan(page, gtins[1]);
  await page.getByText("商品不对，没有记录").waitFor();
  await scan(page, gtins[0]);
  const units = page.getByRole("spinbutton", { name: /应收/ });
  await units.fill("118");
  await units.press("Tab");
  await page.getByText("不会再来货").click();
  await look(page, "hand-receive");
  await page.getByRole("button", { name: "确认 118 件" }).click();
  await page.locator("b", { hasText: "石磨面粉 5 kg" }).waitFor();
  await scan(page, gtins[1]);
  await page.getByRole("button", { name: "确认 80 件" }).click();
  await page.getByText("这张预报收完了").waitFor();
  await page.getByRole("link", { name: "去上架" }).click();
  await page.getByText("扫货位").first().waitFor();
  await scan(page, "01-01-03");
  await page.getByText("货位不对，没有记录").waitFor();
  await page.getByText("同一列，往下 2 层").waitFor();
  await look(page, "hand-mismatch");
  for (let task = 0; task < 2; task += 1) {
    const title = await page.locator("b.text-lg", { hasText: /无火香薰|石磨面粉/ }).textContent();
    const bin = (await page.locator(".y-plate-lg, .y-plate-xl").first().textContent())?.trim() ?? "";
    const flour = title?.includes("石磨面粉") ?? false;
    await scan(page, bin);
    await page.getByText("扫商品").first().waitFor();
    await scan(page, flour ? gtins[1] : gtins[0]);
    await page.getByRole("button", { name: flour ? "确认 80 件" : "确认 118 件" }).click();
    await page.locator("b.text-lg", { hasText: title ?? "" }).waitFor({ state: "detached" });
  }
  await page.getByText("收货区没有要上架的货").waitFor();
  await page.context().close();
});

test("the company orders 30 out, too many is told before, and it is picked and shipped on the phone", async () => {
  const page = await visit("per_one", "/my/orders/new");
  await page.getByRole("combobox").first().click();
  await page.getByRole("option", { name: /无火香薰/ }).click();
  const units = page.getByRole("spinbutton").or(page.getByLabel("数量")).first();
  await units.fill("500");
  await units.press("Tab");
  await page.getByText("只有 118 件可用").waitFor();
  await units.fill("30");
  await units.press("Tab");
  await page.getByText("可用 118", { exact: true }).last().waitFor();
  await page.getByLabel("收件人").fill("王海涛");
  await look(page, "order-new");
  await page.getByRole("button", { name: "提交出库" }).click();
  await page.waitForURL(/\/my\/orders\/ord_/);
  order = page.url().split("/").at(-1) ?? "";
  await page.getByText("已占用").first().waitFor();
  await look(page, "order-detail");
  await page.context().close();

  const hand = await visit("per_owner", `/wh/pick/${order}`, { ...phone, theme: "dark" });
  const bin = (await hand.locator(".y-plate-xl").textContent())?.trim() ?? "";
  await scan(hand, bin);
  await hand.getByText("扫商品").first().waitFor();
  await scan(hand, gtins[0]);
  await hand.getByText("货位、商品都已扫对").waitFor();
  await look(hand, "hand-pick");
  await hand.getByRole("button", { name: "确认 30 件" }).click();
  await hand.getByText("都拣好了，送到打包台").waitFor();
  await hand.getByRole("button", { name: "出库" }).click();
  await hand.getByText("已出库").first().waitFor();
  await hand.context().close();
});

test("the stock card explains every unit, live, to the company and to staff", async () => {
  const page = await visit("per_one", "/my/stock");
  await page.getByText("无火香薰 乌木 120 ml").click();
  const card = page.getByRole("table", { name: "收发存明细" });
  await card.getByText("−30").waitFor();
  await card.getByText("+118").waitFor();
  await look(page, "my-stock");
  await page.context().close();

  for (const [lang, theme, width] of [
    ["zh-CN", "light", 1440],
    ["en", "dark", 1440],
    ["zh-CN", "light", 820],
    ["en", "light", 390],
  ] as const) {
    const staff = await visit("per_owner", "/warehouse", { lang, theme, width });
    await staff.locator(".y-rack").first().waitFor();
    await look(staff, `map-${lang}-${theme}-${width}`);
    if (width === 1440) {
      await staff.locator(".y-pane li button").first().click();
      await staff.getByRole("table").first().waitFor();
      await look(staff, `map-detail-${lang}-${theme}`);
    }
    await staff.context().close();
  }
  for (const tab of [`inbound/${asn}`, `orders/${order}`, "products"]) {
    const staff = await visit("per_owner", `/warehouse/${tab}`);
    await staff.getByRole("table").first().waitFor();
    await look(staff, `staff-${tab.split("/")[0]}`);
    if (tab.startsWith("inbound")) await staff.getByText("少 2").waitFor();
    await staff.context().close();
  }
});
