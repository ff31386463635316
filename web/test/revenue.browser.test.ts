import { readFile } from "node:fs/promises";
import { beforeAll, expect, test, vi } from "vitest";
import { type MadeSpace, makeCompany, makeSpace } from "./made-space.ts";
import { ask, fine, type Person, patience, phone, press, useProduct } from "./running-product.ts";

/** What billing is for: revenue by stream down to the lines of bills, what it costs, and what recurs. */
const running = useProduct({ sameMonth: true });
let owner: Person;
let space: MadeSpace;
const month = () => running.day().slice(0, 7);
const accounts = () => space.api.replace("/api/v1", "/api/v1/accounts");

beforeAll(async () => {
  owner = await running.signIn(running.email("zhoumin-revenue"), "周敏");
  space = await makeSpace(running, owner, { rooms: 1 });
  const company = await makeCompany(running, owner, space, "晚汀香氛", { plan: true });
  await makeCompany(running, owner, space, "青禾农选", { plan: true });
  await ask(owner, "POST", `${space.api}/invoices/run`, { month: month() });
  const run = () => ask<{ state: string }>(owner, "GET", `${space.api}/invoices/run/${month()}`);
  await vi.waitFor(async () => expect((await run()).state).toBe("done"), patience);
  type Bills = { items: { id: string; company: string }[] };
  const { items } = await ask<Bills>(owner, "GET", `${space.api}/invoices?state=draft`);
  for (const { id } of items) await ask(owner, "POST", `${space.api}/invoices/${id}/finalise`, {});
  const bill = items.find((one) => one.company === company)?.id;
  const credit = { reason: "空调停了", lines: [{ line: 0, amountMinor: 10_60 }] };
  await ask(owner, "POST", `${accounts()}/invoices/${bill}/credits`, credit);
  const documents = `${space.api}/insight/streams/${month()}/documents`;
  await vi.waitFor(async () => {
    expect((await ask<{ items: unknown[] }>(owner, "GET", documents)).items).toHaveLength(3);
  }, patience);
});

test("revenue by stream is seen by month, down to a company's bill lines, with a credit note off it and the margin once costs are entered", async () => {
  const page = await running.visit(`/s/${space.id}/billing`, { as: owner });
  await page.getByRole("link", { name: "收入", exact: true }).click();
  await page.getByRole("heading", { name: "收入构成" }).waitFor();
  const streams = page.getByRole("region", { name: /的收入来源$/ });
  await streams.getByText("会员").first().waitFor();
  await page.getByText("2 家企业").first().waitFor();
  await fine(page, "revenue-streams");
  await press(page, "填成本");
  const drawer = page.getByRole("dialog");
  await drawer.getByLabel("会员").fill("23");
  await press(page, "保存");
  await page.getByText("已保存").waitFor();
  await streams.getByText("¥23.00", { exact: true }).waitFor();
  await page.getByRole("table", { name: "企业", exact: true }).getByText("晚汀香氛").click();
  await page.getByText(/^HC-\d{6}-0001$/).waitFor();
  await page.getByText("−¥10.00").first().waitFor();
  await fine(page, "revenue-lines");
  await press(page, "填面积");
  await drawer.getByLabel(/淮北一号/).fill("800");
  await press(page, "保存");
  await page.getByText("每月平均，800 ㎡").waitFor();

  const mobile = await running.visit(`/s/${space.id}/billing/streams`, {
    ...{ as: owner, lang: "en", theme: "dark", ...phone },
  });
  await mobile.getByRole("heading", { name: "Revenue by stream", exact: true }).waitFor();
  await mobile
    .getByRole("region", { name: /^Streams of/ })
    .getByText("Membership")
    .waitFor();
  await fine(mobile, "revenue-streams-phone-dark-en");
});

test("a tariff is written down for the months to come and a month's use is priced under it; the month's vouchers leave as a file", async () => {
  const page = await running.visit(`/s/${space.id}/billing/tariffs`, { as: owner });
  await page.getByText("还没有云仓价目").waitFor();
  await press(page, "新价目");
  const drawer = page.getByRole("dialog");
  await drawer.getByLabel("名称").fill("标准");
  await drawer.getByLabel("每位每天", { exact: true }).fill("2");
  const fees = drawer.getByRole("group", { name: "作业价格", exact: true });
  await press(page, "加一种作业");
  await fees.getByLabel("作业", { exact: true }).selectOption("count");
  await fees.getByLabel("怎么算").selectOption("bin");
  await fees.getByLabel("每月最低").fill("30");
  await press(page, "保存价目");
  await drawer.getByText("有价格没有填全").waitFor();
  await fees.getByLabel("价格", { exact: true }).fill("3");
  await press(page, /^加阶梯价/);
  await fees.getByLabel("一个月超过多少").fill("100");
  await fees.getByLabel("超过部分的价格").fill("2");
  await press(page, "加一项");
  await drawer.getByLabel("类别").selectOption("penalty");
  await drawer.getByLabel("什么时候收").selectOption("parcel-kept");
  await drawer.getByLabel("价格", { exact: true }).last().fill("1");
  await drawer.getByLabel("前几天不收").fill("7");
  await fine(page, "revenue-tariff-drawer");
  await press(page, "保存价目");
  await page.getByRole("region", { name: "试算" }).waitFor();
  await page.getByText("这个月还没有云仓用量。").waitFor();
  await fine(page, "revenue-tariffs");
  const mobile = await running.visit(`/s/${space.id}/billing/tariffs`, {
    ...{ as: owner, lang: "en", theme: "dark", width: 390, height: 844 },
  });
  await mobile.getByText("标准").first().click();
  await mobile.getByText("beyond 100: ¥2.00, at least ¥30.00 a month").waitFor();
  await fine(mobile, "revenue-tariff-view-phone-dark-en");

  const books = await running.visit(`/s/${space.id}/billing/accounts`, { as: owner });
  await books.getByLabel("期间").selectOption(month());
  await press(books, "记账凭证");
  const [download] = await Promise.all([
    books.waitForEvent("download"),
    books.getByRole("menuitem", { name: "CSV" }).click(),
  ]);
  const text = await readFile(await download.path(), "utf8");
  expect(text).toContain("1122,应收账款");
  expect(text).toContain("红冲 晚汀香氛");
  await fine(books, "revenue-journal");
});
