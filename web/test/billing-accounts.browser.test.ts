import { readFile } from "node:fs/promises";
import { beforeAll, expect, test, vi } from "vitest";
import { joins, type MadeSpace, makeCompany, makeSpace } from "./made-space.ts";
import { ask, fine, type Person, patience, phone, press, useProduct } from "./running-product.ts";

/** Book-keeping beside bills: credit notes, deposits, and what takes two people, by both of them and on a phone. */
const running = useProduct({ sameMonth: true });
let owner: Person;
let second: Person;
let space: MadeSpace;
let company = "";
type Bill = { id: string; company: string; number: string; totalMinor: number; state: string; paidMinor: number };
const yuan = (minor: number) => `¥${(minor / 100).toFixed(2)}`;
const accounts = () => space.api.replace("/api/v1", "/api/v1/accounts");
const balance = () =>
  ask<{ creditMinor: number; depositMinor: number; receivableMinor: number }>(
    owner,
    "GET",
    `${space.api}/companies/${company}/balance`,
  );

async function billOf(of: string): Promise<Bill> {
  const month = running.day().slice(0, 7);
  await ask(owner, "POST", `${space.api}/invoices/run`, { month, companies: [of] });
  const run = () => ask<{ state: string }>(owner, "GET", `${space.api}/invoices/run/${month}`);
  await vi.waitFor(async () => expect((await run()).state).toBe("done"), patience);
  const { items } = await ask<{ items: Bill[] }>(owner, "GET", `${space.api}/invoices?company=${of}`);
  await ask(owner, "POST", `${space.api}/invoices/${items[0]?.id}/finalise`, {});
  return ask<Bill>(owner, "GET", `${space.api}/invoices/${items[0]?.id}`);
}

beforeAll(async () => {
  owner = await running.signIn(running.email("zhoumin-accounts"), "周敏");
  space = await makeSpace(running, owner, { desks: 2 });
  company = await makeCompany(running, owner, space, "晚汀香氛", { plan: true });
  second = await joins(running, owner, space, "陈会计", { roles: ["finance"] });
});

test("a bill is credited in part and then void, what was paid becomes balance, and the company reads the notes with their numbers", async () => {
  const { id, number, totalMinor } = await billOf(company);
  const paid = { company, amountMinor: totalMinor, reference: "ICBC-77", receivedOn: running.day() };
  await ask(owner, "POST", `${space.api}/payments`, paid);
  const page = await running.visit(`/s/${space.id}/billing/${id}`, { as: owner });
  await press(page, "更多");
  await page.getByRole("menuitem", { name: "红冲" }).click();
  const drawer = page.getByRole("dialog");
  await drawer.getByText("按行冲回").click();
  await drawer.getByLabel(/成长套餐/).fill("10.01");
  await drawer.getByLabel("原因").fill("工位空调停了两天");
  await drawer.getByRole("region", { name: "冲回以后" }).getByText("¥10.01").first().waitFor();
  await fine(page, "accounts-credit-drawer");
  await press(page, "红冲 ¥10.01");
  await page.getByText(/已开红冲单 HC-/).waitFor();
  const notes = page.getByRole("region", { name: "红冲单" });
  await notes.getByText("−¥10.01").waitFor();
  expect(await balance()).toMatchObject({ creditMinor: 1001, receivableMinor: 0 });
  await press(page, "更多");
  await page.getByRole("menuitem", { name: "红冲" }).click();
  await drawer.getByLabel("原因").fill("合同取消");
  await press(page, `红冲 ${yuan(totalMinor - 1001)}`);
  await page
    .locator("section", { has: page.getByRole("heading", { name: "晚汀香氛" }) })
    .getByText("已作废")
    .first()
    .waitFor();
  await fine(page, "accounts-bill-void");
  expect(await balance()).toMatchObject({ creditMinor: totalMinor });

  const admin = await joins(running, owner, space, "何雨桐", { company, role: "admin" });
  const mobile = await running.visit(`/s/${space.id}/my/bills/${id}`, { as: admin, lang: "en", ...phone });
  await mobile.getByText(/HC-\d{6}-0001/).waitFor();
  await mobile.getByText("合同取消").waitFor();
  const [download] = await Promise.all([
    mobile.waitForEvent("download"),
    mobile.getByRole("button", { name: `Download ${number} as PDF` }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`${number}.pdf`);
  const bytes = await readFile(await download.path());
  expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
  await fine(mobile, "accounts-my-credits-phone-en");
  expect(number).toMatch(/^ZD-/);
});

test("a deposit is taken; a refund that one proposes waits, is refused to the same person, and is done when the other approves it", async () => {
  const page = await running.visit(`/s/${space.id}/billing/accounts`, { as: owner });
  await page.getByText("没有等待复核的事项").waitFor();
  await fine(page, "accounts-empty");
  await press(page, "收押金");
  const drawer = page.getByRole("dialog");
  const choose = async () => {
    await drawer.getByRole("combobox", { name: "企业" }).fill("晚汀");
    await page.getByRole("option", { name: /晚汀香氛/ }).click();
  };
  await choose();
  await drawer.getByLabel("金额").fill("800");
  await drawer.getByLabel("流水号或收据号").fill("YJ-2026-01");
  await press(page, "确认收押金");
  await page.getByText("已收押金 ¥800.00").waitFor();
  await press(page, "退款");
  await choose();
  await drawer.getByText(/押金 ¥800.00/).waitFor();
  await drawer.getByLabel("金额").fill("100");
  await drawer.getByLabel("流水号或收据号").fill("TK-2026-01");
  await drawer.getByLabel("原因").fill("多付的款退回");
  await fine(page, "accounts-refund-drawer");
  await press(page, "提交复核");
  await page.getByText("已提交，等另一个人复核").waitFor();
  await page.getByRole("row", { name: /退款/ }).click();
  await page.getByText("这是你提出的，要另一个人复核。").waitFor();
  await fine(page, "accounts-own-proposal");
  const before = await balance();

  const other = await running.visit(`/s/${space.id}/billing/accounts`, { as: second, lang: "en", theme: "dark" });
  await other.getByRole("row", { name: /Refund/ }).click();
  await other.getByText("多付的款退回").waitFor();
  await fine(other, "accounts-approve-dark-en");
  await press(other, "Approve");
  await other.getByText("Nothing waits for approval").waitFor();
  expect(await balance()).toMatchObject({ creditMinor: before.creditMinor - 10_000, depositMinor: 80_000 });
  await page.getByText("没有等待复核的事项").waitFor();
  const { items } = await ask<{ items: { state: string }[] }>(owner, "GET", `${accounts()}/approvals?state=done`);
  expect(items.map(({ state }) => state)).toEqual(["approved"]);
});

test("the account for transfers is changed by two: the old one stands until the other person approves", async () => {
  const api = `${space.api}/billing-settings`;
  const first = { termsDays: 10, bankHolder: "淮海壹号", bankName: "工行", bankAccount: "6222 0001" };
  await ask(owner, "PUT", api, first, { "if-match": '"0"' });
  const page = await running.visit(`/s/${space.id}/settings/billing`, { as: owner });
  await page.getByLabel("账号").fill("9999 8888");
  await page.getByText("收款账户改动要另一个人复核").waitFor();
  await page.getByLabel("原因").fill("换了开户行");
  await fine(page, "accounts-bank-change");
  await press(page, "保存");
  await page.getByText("收款账户的变更已提交复核", { exact: false }).waitFor();
  expect((await ask<{ bankAccount: string }>(owner, "GET", api)).bankAccount).toBe("6222 0001");
  const mobile = await running.visit(`/s/${space.id}/billing/accounts`, { as: second, ...phone });
  await mobile.getByRole("row", { name: /变更收款账户/ }).click();
  await mobile.getByText("9999 8888").waitFor();
  await fine(mobile, "accounts-bank-approve-phone");
  await press(mobile, "复核通过");
  await vi.waitFor(
    async () => expect((await ask<{ bankAccount: string }>(owner, "GET", api)).bankAccount).toBe("9999 8888"),
    patience,
  );
});
