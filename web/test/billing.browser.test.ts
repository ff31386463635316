import type { Page } from "playwright-core";
import { beforeAll, expect, test, vi } from "vitest";
import { joins, type MadeSpace, makeCompany, makeSpace } from "./made-space.ts";
import { ask, codeInto, field, fine, type Person, patience, press, useProduct } from "./running-product.ts";

/** Money comes in: a company signs in, books and pays in English on the hosted page; staff record transfers (对公转账). */
const running = useProduct({ sameMonth: true });
let owner: Person;
let space: MadeSpace;
let company = "";
let other = "";

/** Draws this month's drafts and finalises them; gives the bills that wait for money. */
async function finaliseAll(): Promise<{ id: string; company: string; number: string; totalMinor: number }[]> {
  const list = (state: string) =>
    ask<{ items: { id: string; company: string; number: string; totalMinor: number }[] }>(
      owner,
      "GET",
      `${space.api}/invoices?state=${state}`,
    );
  const month = running.day().slice(0, 7);
  await ask(owner, "POST", `${space.api}/invoices/run`, { month });
  const run = () => ask<{ state: string }>(owner, "GET", `${space.api}/invoices/run/${month}`);
  await vi.waitFor(async () => expect((await run()).state).toBe("done"), patience);
  for (const { id } of (await list("draft")).items)
    await ask(owner, "POST", `${space.api}/invoices/${id}/finalise`, {});
  return (await list("due")).items;
}

beforeAll(async () => {
  owner = await running.signIn(running.email("zhoumin"), "周敏");
  space = await makeSpace(running, owner, { desks: 2 });
  company = await makeCompany(running, owner, space, "晚汀香氛", { plan: true });
  other = await makeCompany(running, owner, space, "拾穗家居", { plan: true });
});

async function payWith(page: Page, card: string): Promise<void> {
  await page.getByLabel("Card number").fill(card);
  await page.getByLabel(/^Expiry/).fill("12 / 30");
  await page.getByLabel("CVC").fill("123");
  await page.getByRole("button", { name: /^Pay / }).click();
}

test("in English a company's admin signs in, books a desk, and pays the month's bill by card; a declined card leaves it open and says so", async () => {
  const { email } = await joins(running, owner, space, "He Yutong", { company, role: "admin" });
  const page = await running.visit("/sign-in", { lang: "en" });
  await field(page, "E-mail").fill(email);
  await codeInto(running, page, email);
  await press(page, "Sign in");
  await page.waitForURL(`**/s/${space.id}/my`);

  await page.goto(`/s/${space.id}/my/bookings`);
  const tomorrow = Number(running.day(1).slice(-2));
  await page
    .getByRole("button", { name: new RegExp(`(^|\\D)${tomorrow}$`) })
    .first()
    .click();
  await press(page, /^A-02/);
  await page.getByText("¥40.00").first().waitFor();
  await fine(page, "pay-en-booking");
  await press(page, /^Book A-02/);
  await page.getByText(/^Booked A-02/).waitFor();

  const bill = (await finaliseAll()).find((one) => one.company === company);
  await page.goto(`/s/${space.id}/my/bills`);
  await page.getByRole("row", { name: bill?.number ?? "" }).click();
  const sheet = page.getByRole("table", { name: "Lines of the bill" });
  await sheet.getByText("Desk").first().waitFor();
  await sheet.getByText("成长套餐").first().waitFor();
  await page.getByText("Bank transfer").first().waitFor();
  await fine(page, "pay-en-bill");

  await press(page, /^Pay online/);
  await page.waitForURL(/\/sandbox\/pay\//);
  await page.getByRole("heading", { name: "Pay" }).first().waitFor();
  await fine(page, "pay-en-hosted");
  await payWith(page, "4000 0000 0000 0002");
  await page.getByText("The bank declined this card.").waitFor();
  await page.getByText("Not paid, nothing was charged").waitFor();
  await page.getByRole("link", { name: "Back to merchant without paying" }).click();
  await page.getByText("This payment was not completed").waitFor();
  await page.getByText("Nothing was paid and the bill is unchanged.", { exact: false }).waitFor();
  await fine(page, "pay-en-declined");
  const read = () => ask<{ state: string; paidMinor: number }>(owner, "GET", `${space.api}/invoices/${bill?.id}`);
  expect(await read()).toMatchObject({ state: "due", paidMinor: 0 });

  await press(page, /^Pay online/);
  await page.waitForURL(/\/sandbox\/pay\//);
  await payWith(page, "4242 4242 4242 4242");
  await page.getByText("Payment received").waitFor();
  await fine(page, "pay-en-paid");
  expect(await read()).toMatchObject({ state: "paid", paidMinor: bill?.totalMinor });
  await page.getByRole("tab", { name: /^Paid/ }).click();
  await page
    .getByRole("row", { name: bill?.number ?? "" })
    .getByText("Paid")
    .waitFor();
});

test("a transfer of less than the bill leaves it part paid and says so; the rest under its own bank reference pays it, and a reference counts once", async () => {
  const bill = (await finaliseAll()).find((one) => one.company === other);
  const total = bill?.totalMinor ?? 0;
  const part = Math.floor(total / 2);
  const yuan = (minor: number) => `¥${(minor / 100).toFixed(2)}`;
  const page = await running.visit(`/s/${space.id}/billing/${bill?.id}`, { as: owner });
  const pane = page.locator("section", { has: page.getByRole("heading", { name: "拾穗家居" }) });
  const drawer = page.getByRole("dialog");
  // At once, while the bill may still load: the drawer waits for it.
  await press(page, "登记收款");
  const amount = drawer.getByLabel("收款金额");
  const payer = drawer.getByRole("combobox", { name: "企业" });
  await vi.waitFor(async () => expect(await payer.inputValue()).toBe("拾穗家居"), patience);
  await vi.waitFor(async () => expect(await amount.inputValue()).toBe((total / 100).toFixed(2)), patience);
  await amount.fill((part / 100).toFixed(2));
  await drawer.getByLabel("银行流水号").fill("ICBC-20261125-0001");
  await drawer.getByRole("region", { name: "这笔钱会这样分" }).getByText(yuan(part)).waitFor();
  await fine(page, "transfer-drawer");
  await press(page, "确认收款");
  await page.getByText(`拾穗家居 收款 ${yuan(part)} 已登记`).waitFor();
  await pane.getByText("部分已收").waitFor();
  await page
    .getByRole("row", { name: /拾穗家居/ })
    .getByText(yuan(part))
    .waitFor();
  await fine(page, "transfer-part");
  const read = () => ask<{ state: string; paidMinor: number }>(owner, "GET", `${space.api}/invoices/${bill?.id}`);
  expect(await read()).toMatchObject({ state: "part-paid", paidMinor: part });

  await press(page, "登记收款");
  await vi.waitFor(async () => expect(await amount.inputValue()).toBe(((total - part) / 100).toFixed(2)), patience);
  await drawer.getByLabel("银行流水号").fill("ICBC-20261125-0001");
  await press(page, "确认收款");
  await drawer.getByText("流水号 ICBC-20261125-0001 已经登记过").waitFor();
  await drawer.getByLabel("银行流水号").fill("ICBC-20261125-0002");
  await press(page, "确认收款");
  await drawer.waitFor({ state: "detached" });
  await pane.getByText("已付", { exact: true }).waitFor();
  await pane.getByText("ICBC-20261125-0002").waitFor();
  await fine(page, "transfer-paid");
  expect(await read()).toMatchObject({ state: "paid", paidMinor: total });
});
