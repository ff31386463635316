import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { workbookOf } from "../src/workbook.ts";
import { type MadeSpace, makeCompany, makeSpace } from "./made-space.ts";
import { ask, field, fine, type Person, patience, phone, press, useProduct } from "./running-product.ts";

/** Going live: files of the old books checked, mended and taken over, their reports, and where what came in is seen afterwards. */
const running = useProduct();
let owner: Person;
let space: MadeSpace;
let company = "";
let page: Page;

const choose = async (name: string, text: string) =>
  page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
const tab = (name: string) => page.getByRole("tab", { name, exact: true }).click();

test("open balances: a wrong row is named, totals differ from the old books, and the report says by how much", async () => {
  owner = await running.signIn(running.email("owner"), "周敏");
  space = await makeSpace(running, owner, { desks: 2, rooms: 1 });
  company = await makeCompany(running, owner, space, "拾穗家居有限公司");
  await makeCompany(running, owner, space, "一诺文创");
  page = await running.visit(`/s/${space.id}/members`, { as: owner, keep: true });
  await page.getByRole("link", { name: "上线接管" }).click();
  await page.getByRole("heading", { name: "上线接管" }).waitFor();
  await page.getByText("还没有接管过").waitFor();
  await fine(page, "takeover-start");
  await tab("余额");
  const heading = "企业名称,原单据号,类型,未结金额,单据日期,应付日";
  await choose(
    "欠款.csv",
    `${heading}\n拾穗家居有限公司,2026-09-12,应收,1280,2026-09-30,2026-10-10\n一诺文创公司,YS-1,预收,二百,,\n`,
  );
  await press(page, "检查");
  await page.getByText("空间里没有这家，先导入企业", { exact: false }).waitFor();
  await page.getByText("“二百”不是大于 0 的金额", { exact: false }).waitFor();
  await fine(page, "takeover-faults");
  await choose(
    "欠款.csv",
    `${heading}\n拾穗家居有限公司,2026-09-12,应收,1280,2026-09-30,2026-10-10\n一诺文创,YS-1,预收,200,,\n`,
  );
  await field(page, "应收合计").fill("1300");
  await field(page, "行数").fill("2");
  await press(page, "检查");
  await page.getByText("2 行，2 行可以接管").waitFor();
  await page.getByText("¥20.00").first().waitFor();
  await fine(page, "takeover-ready");
  await press(page, "接管 2 行");
  await page.waitForURL(/takeover\/tko_/);
  await page.getByText("没有。每一行都进来了。").waitFor(patience);
  await page.getByRole("row", { name: /应收合计 ¥1,300.00 ¥1,280.00 ¥1,280.00/ }).waitFor();
  await page.getByRole("row", { name: /行数 2 2 2 对上了/ }).waitFor();
  await fine(page, "takeover-report");
  const saved = page.waitForEvent("download");
  await press(page, "导出");
  await page.getByRole("menuitem", { name: "CSV" }).click();
  const text = readFileSync(await (await saved).path(), "utf8");
  expect(text).toContain("应收合计,1300,1280,1280,20");
  await page.goto(`/s/${space.id}/billing`);
  await page.getByRole("row", { name: /拾穗家居/ }).click();
  await page.getByText("期初未结，原单据 2026-09-12").waitFor();
  await fine(page, "takeover-bill");
});

test("deposits come in from a workbook, and the same workbook again takes nothing twice", async () => {
  const sheet = await workbookOf([
    ["企业名称", "收据号", "押金", "备注"],
    ["拾穗家居有限公司", "YJ-1", 7200, "旧账"],
  ]);
  const buffer = Buffer.from(await sheet.arrayBuffer());
  const mimeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  await page.goto(`/s/${space.id}/members/takeover`);
  await tab("押金");
  await page.locator("input[type=file]").setInputFiles({ name: "押金.xlsx", mimeType, buffer });
  await press(page, "检查");
  await page.getByText("没有用到的列：备注").waitFor();
  await press(page, "接管 1 行");
  await page.getByText("没有。每一行都进来了。").waitFor(patience);
  expect(await ask(owner, "GET", `${space.api}/companies/${company}/balance`)).toMatchObject({ depositMinor: 720_000 });
  await page.getByRole("link", { name: "再接管一份" }).click();
  await page.getByText("押金.xlsx", { exact: false }).waitFor();
  await tab("押金");
  await page.locator("input[type=file]").setInputFiles({ name: "押金.xlsx", mimeType, buffer });
  await press(page, "检查");
  await page.getByText("已经接管过，或编号已被使用", { exact: false }).waitFor();
});

test("the template of each kind is handed out in both languages, and the pages hold in English, in the dark, on a phone", async () => {
  const saved = page.waitForEvent("download");
  await press(page, "英文模板");
  await page.getByRole("menuitem", { name: "CSV" }).click();
  expect(readFileSync(await (await saved).path(), "utf8")).toContain("Company name,Credit code,Receipt number,Deposit");
  const [file] = (await ask<{ items: { id: string }[] }>(owner, "GET", `/api/v1/takeover/spaces/${space.id}/files`))
    .items;
  const small = await running.visit(`/s/${space.id}/members/takeover`, {
    as: owner,
    lang: "en",
    theme: "dark",
    ...phone,
  });
  await small.getByRole("heading", { name: "Going live" }).waitFor();
  await small.getByText("Files taken over").waitFor();
  await fine(small, "phone-en-dark-takeover");
  await small.goto(`/s/${space.id}/members/takeover/${file?.id}`);
  await small.getByText("Every row came in", { exact: false }).waitFor();
  await fine(small, "phone-en-dark-takeover-report");
});
