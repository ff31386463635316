import { readFile } from "node:fs/promises";
import { finaliseInvoice } from "@yihao/billing/finalise";
import type { InvoiceId } from "@yihao/billing/model";
import { instantOf, monthOf, plusDays, plusMonths } from "@yihao/kernel/days";
import type { SpaceId } from "@yihao/kernel/ids";
import { take } from "@yihao/kernel/outcome";
import { dynamoConfig } from "@yihao/local/dynamo";
import { Table } from "@yihao/table/client";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { scopeOf } from "@yihao/testing/table";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type MadeSpace, makeCompany, makeSpace } from "./made-space.ts";
import { ask, fine, madeUp, type Person, patience, phone, press, shoot, useProduct } from "./running-product.ts";

/** What the operator sees of a day: a space with a month behind it, an unpaid bill, goods in and out, and work that is stuck. */
const running = useProduct();
const table = new Table({
  name: "yihao",
  config: dynamoConfig(running.dynamo.endpoint, running.dynamo.accessKeyId),
});
let owner: Person;
let space: MadeSpace;
const today = running.day();
const lastMonth = plusMonths(monthOf(today), -1);
const number = `ZD-${lastMonth.replace("-", "")}-0001`;

/** What no command of today can make, a past or an event without its cause, is written as its room would; the product's stream carries it. */
const scopeAt = (now = new Date().toISOString()) => scopeOf(table, { space: space.id as SpaceId, now });
const happen = (type: string, company: string, data: object) => {
  const scope = scopeAt();
  return commit(scope, [happened(scope, type, company, { company, ...data })], { answer: null });
};
const read = <Answer>(path: string) => ask<Answer>(owner, "GET", `${space.api}${path}`);
const until = <Answer>(path: string, fits: (answer: Answer) => boolean) =>
  vi.waitFor(async () => {
    const answer = await read<Answer>(path);
    expect(fits(answer), path).toBe(true);
    return answer;
  }, patience);

beforeAll(async () => {
  owner = await running.signIn(running.email("zhoumin"), "周敏");
  space = await makeSpace(running, owner, { desks: 40, rooms: 3 });
  const company = await makeCompany(running, owner, space, "晚汀香氛");
  const other = await makeCompany(running, owner, space, "拾穗家居");
  const picks = (units: number, day: string, document: string) =>
    happen("handling.done", company, { operation: "pick", units, document, day, warehouse: "whs_1" });
  for (const day of ["05", "12", "27"]) await picks(80, `${lastMonth}-${day}`, `ord_${day}`);
  await until<{ items: unknown[] }>("/charges", ({ items }) => items.length === 3);
  await ask(owner, "POST", `${space.api}/invoices/run`, { month: lastMonth, companies: [company] });
  const { items } = await until<{ items: { id: string }[] }>(
    "/invoices?state=draft",
    ({ items }) => items.length === 1,
  );
  await until<{ state: string }>(`/invoices/run/${lastMonth}`, ({ state }) => state === "done");
  const past = instantOf(plusDays(today, -26), "10:00", running.zone);
  for (const { id } of items) take(await finaliseInvoice(scopeAt(past), id as InvoiceId));

  for (const n of [1, 2, 3, 4]) await picks(60, today, `ord_${n}`);
  await happen("storage.day", other, { warehouse: "whs_1", day: today, bins: 40, codes: [] });
  await happen("goods.received", company, { product: "prd_1", units: 118, warehouse: "whs_1", document: "asn_1" });
  await happen("order.shipped", company, { order: "ord_1", warehouse: "whs_1", units: 30, lines: 1, day: today });
  const lost = { booking: "bok_gone0000000000", resource: "res_1", resourceName: "会议室", day: plusDays(today, 1) };
  await happen("booking.cancelled", company, lost);
  for (let n = 1; n <= 5; n += 1) {
    const wish = { resource: space.resource(`A-0${n}`), company: other, day: today };
    await ask(owner, "POST", `${space.api}/bookings`, { ...wish, expectMinor: 4000 });
  }
  await until<{ items: unknown[] }>("/dead-letters", ({ items }) => items.length === 1);
});
afterAll(() => table.close());

async function exported(page: Page, as: string) {
  await press(page, "导出");
  await page.getByRole("menuitem", { name: as }).click();
}

const at = (path: string) => `/s/${space.id}${path}`;

test("Today shows bookings, occupancy, goods, bills by state, revenue by stream and what is to be done", async () => {
  const page = await running.visit(at("/today"), { as: owner });
  await page.getByText(number).waitFor();
  await vi.waitFor(async () => {
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
  }, patience);
  await fine(page, "today-zh-light-1440");
  await page.keyboard.press("[");
  await page.waitForURL(`**day=${plusDays(today, -1)}`);
  await page.getByText("这天没有工位预订。").waitFor();
});

test("Today in English, dark and on a phone", async () => {
  const page = await running.visit(at("/today"), { as: owner, lang: "en", theme: "dark" });
  await page.getByText(number).waitFor();
  await fine(page, "today-en-dark-1440");
  const small = await running.visit(at("/today"), { as: owner, ...phone });
  await small.getByText("待处理").first().waitFor();
  await fine(small, "today-zh-light-390");
});

test("use shows the hours that were booked, by place and by company, and hands it out as a file", async () => {
  const page = await running.visit(at("/today"), { as: owner });
  await page.getByRole("link", { name: "使用情况" }).click();
  await page.getByRole("figure", { name: /一周里什么时候满/ }).waitFor();
  await page.getByRole("row", { name: /A-01/ }).waitFor();
  const day = new Date(`${today}T00:00:00Z`).getUTCDay() || 7;
  const cell = page.getByRole("button", { name: new RegExp(`周${"一二三四五六日"[day - 1]} 10:00–11:00`) });
  expect(await cell.getAttribute("aria-label")).toContain("共 5.0 小时");
  await fine(page, "use-zh-light-1440");
  await page.getByText("按企业").click();
  await page.getByRole("row", { name: /拾穗家居/ }).waitFor();
  const [file] = await Promise.all([page.waitForEvent("download"), exported(page, "CSV")]);
  const lines = (await readFile(await file.path(), "utf8")).split("\r\n");
  expect(lines[1]).toMatch(/^拾穗家居,5,75,0,200$/);
  const [workbook] = await Promise.all([page.waitForEvent("download"), exported(page, "Excel")]);
  expect((await readFile(await workbook.path())).subarray(0, 2).toString()).toBe("PK");

  const small = await running.visit(at("/today/use"), { as: owner, ...phone, lang: "en", theme: "dark" });
  await small.getByRole("figure", { name: /When it is full/ }).waitFor();
  await fine(small, "use-en-dark-390");
  await small.goto(`${running.url}${at("/today/use")}?from=2026-01-01&to=2026-12-31`);
  await small.getByText("at most 92 days").first().waitFor();
});

test("stuck work says why, can be tried again, and says when it fails again", async () => {
  const page = await running.visit(at("/settings/stuck"), { as: owner });
  await page.getByText("booking.cancelled").waitFor();
  await fine(page, "stuck-zh-light-1440");
  await press(page, "再试一次");
  await page.getByText("这次也没有成功", { exact: false }).first().waitFor();
});

test("a part that is slow and one that failed leave the frame, their neighbours and the focus where they are, and the failed one can be tried again", async () => {
  const page = await running.visit(at("/settings"), { as: owner });
  await page.getByRole("heading", { name: "设置" }).waitFor();
  let late = () => {};
  const slow = new Promise<void>((done) => {
    late = done;
  });
  await page.route("**/insight/revenue*", async (route) => {
    await slow;
    await route.continue();
  });
  await page.route("**/invoices/summary", (route) =>
    route.fulfill({
      status: 500,
      headers: madeUp,
      contentType: "application/problem+json",
      body: '{"code":"internal"}',
    }),
  );
  await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "账单" }).click();
  await page.getByRole("cell", { name: number }).waitFor();
  const search = page.getByRole("searchbox", { name: "企业或账单号" });
  await search.focus();
  await page.getByText("应收账龄没有读到").waitFor();
  await page.getByRole("navigation", { name: "主导航" }).waitFor();
  expect(await page.getByRole("region", { name: "收入构成" }).getByRole("status").count()).toBe(1);
  await shoot(page, "billing-slow-and-failed");
  await page.waitForResponse((answer) => answer.url().includes("/invoices?") && answer.url().includes("state=due"));
  expect(await search.evaluate((box) => box === document.activeElement)).toBe(true);

  await page.unroute("**/invoices/summary");
  await press(page, "再试一次");
  await page.getByText("应收合计 1 笔").waitFor();
  late();
  await page.getByRole("figure", { name: /收入构成/ }).waitFor();
  await fine(page, "billing-recovered");
});
