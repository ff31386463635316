import { beforeAll, expect, test, vi } from "vitest";
import { type MadeSpace, makeCompany, makeSpace } from "./made-space.ts";
import { ask, fine, type Person, patience, phone, press, useProduct } from "./running-product.ts";

/** The bank's file: what fits is recorded by itself, the rest is given to its company by hand, at the desk and on a phone. */
const running = useProduct({ sameMonth: true });
let owner: Person;
let space: MadeSpace;
let company = "";

/** Text as banks write it: GBK, two bytes a character, told apart by what decodes to it. */
function gbkOf(text: string): Buffer {
  const decoder = new TextDecoder("gbk");
  const codes = new Map<string, readonly number[]>();
  for (let high = 0x81; high <= 0xfe; high += 1)
    for (let low = 0x40; low <= 0xfe; low += 1) {
      const char = decoder.decode(Uint8Array.of(high, low));
      if (char.length === 1 && !codes.has(char)) codes.set(char, [high, low]);
    }
  return Buffer.from([...text].flatMap((char) => (char < "\x80" ? [char.charCodeAt(0)] : (codes.get(char) ?? []))));
}

beforeAll(async () => {
  owner = await running.signIn(running.email("zhoumin-bank"), "周敏");
  space = await makeSpace(running, owner, {});
  company = await makeCompany(running, owner, space, "晚汀香氛", { plan: true });
});

test("a bank's file in GBK is taken in: one payment pays its bill by itself, one is given to its company, one is set aside", async () => {
  const month = running.day().slice(0, 7);
  await ask(owner, "POST", `${space.api}/invoices/run`, { month, companies: [company] });
  const run = () => ask<{ state: string }>(owner, "GET", `${space.api}/invoices/run/${month}`);
  await vi.waitFor(async () => expect((await run()).state).toBe("done"), patience);
  const { items } = await ask<{ items: { id: string }[] }>(owner, "GET", `${space.api}/invoices?company=${company}`);
  const bill = await ask<{ number: string; totalMinor: number }>(
    owner,
    "POST",
    `${space.api}/invoices/${items[0]?.id}/finalise`,
    {},
  );
  const csv = [
    "交易日期,贷方发生额,对方户名,交易流水号,摘要",
    `${running.day()},${(bill.totalMinor / 100).toFixed(2)},王老板,GH-1,房租 ${bill.number}`,
    `${running.day()},88.00,晚汀香氛,GH-2,预付`,
    `${running.day()},0.37,工商银行,GH-3,结息`,
  ].join("\n");
  const page = await running.visit(`/s/${space.id}/billing/bank`, { as: owner });
  await page.getByText("没有等认领的流水").waitFor();
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: "流水.csv", mimeType: "text/csv", buffer: gbkOf(csv) });
  await page.getByText(/1 笔自动登记，共 ¥/).waitFor();
  await fine(page, "bank-taken-in");
  const read = () => ask<{ state: string }>(owner, "GET", `${space.api}/invoices/${items[0]?.id}`);
  expect((await read()).state).toBe("paid");
  await page.getByRole("row", { name: /晚汀香氛/ }).click();
  await page.getByRole("combobox", { name: "是哪家企业付的" }).fill("晚汀");
  await page.getByRole("option", { name: /晚汀香氛/ }).click();
  await fine(page, "bank-line");
  await press(page, "登记 ¥88.00");
  await page.getByText("已登记收款 ¥88.00").waitFor();
  const balance = () => ask<{ creditMinor: number }>(owner, "GET", `${space.api}/companies/${company}/balance`);
  expect(await balance()).toMatchObject({ creditMinor: 8800 });

  const mobile = await running.visit(`/s/${space.id}/billing/bank`, { as: owner, lang: "en", theme: "dark", ...phone });
  await mobile.getByRole("row", { name: /工商银行/ }).click();
  await press(mobile, "Set aside");
  await mobile.getByText("No line waits").waitFor();
  await fine(mobile, "bank-phone-en-dark");
});
