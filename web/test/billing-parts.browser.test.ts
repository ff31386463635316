import { beforeAll, expect, test, vi } from "vitest";
import { joins, type MadeSpace, makeCompany, makeSpace } from "./made-space.ts";
import { ask, fine, type Person, patience, phone, press, useProduct } from "./running-product.ts";

/** A company that books a bill each of rent, warehouse and space (单独出账): set and drawn by operators, read by the company. */
const running = useProduct({ sameMonth: true });
let owner: Person;
let admin: Person;
let space: MadeSpace;
let company = "";

beforeAll(async () => {
  owner = await running.signIn(running.email("zhoumin-parts"), "周敏");
  space = await makeSpace(running, owner);
  company = await makeCompany(running, owner, space, "晚汀香氛", { plan: true });
  await makeCompany(running, owner, space, "拾穗家居", { plan: true });
  admin = await joins(running, owner, space, "何雨桐", { company, role: "admin" });
  const charge = { company, day: running.day(), quantity: 1 };
  const charges = space.api.replace("/api/v1", "/api/v1/accounts");
  const rent = { name: "仓位押租", stream: "rent", taxClass: "lease", unitMinor: 820_000 };
  const goods = { name: "贴标 200 件", stream: "handling", taxClass: "service", unitMinor: 6_000 };
  for (const one of [rent, goods]) await ask(owner, "POST", `${charges}/charges`, { ...charge, ...one });
});

test("a company set to separate bills has a draft each for space, rent and warehouse, is told in each letter which it is, and finds them so in its portal", async () => {
  const page = await running.visit(`/s/${space.id}/billing/statements`, { as: owner });
  await page.getByRole("combobox", { name: "企业" }).fill("晚汀");
  await page.getByRole("option", { name: /晚汀香氛/ }).click();
  await page.getByRole("radiogroup", { name: "出账方式" }).getByText("分开出账").click();
  await page.getByText("以后房租、云仓和空间各一张账单", { exact: false }).waitFor();
  await fine(page, "parts-way");

  await page.goto(`/s/${space.id}/billing`);
  await press(page, "生成账单");
  await press(page, "生成草稿");
  await page.getByText("2 家有草稿").waitFor();
  await press(page, "看草稿");
  const drafts = page.getByRole("table", { name: "账单列表" });
  for (const [part, sum] of [
    ["空间", "¥600.00"],
    ["房租", "¥8,200.00"],
    ["云仓", "¥60.00"],
  ])
    await drafts
      .getByRole("row", { name: new RegExp(`晚汀香氛.*${part}`) })
      .getByText(sum ?? "")
      .waitFor();
  await fine(page, "parts-drafts");
  await drafts.getByRole("row", { name: /晚汀香氛.*房租/ }).click();
  await page.getByRole("table", { name: "账单明细" }).getByText("仓位押租").waitFor();
  await press(page, "全部出账");
  const dialog = page.getByRole("alertdialog");
  await dialog.locator("li", { hasText: "云仓" }).getByText("¥60.00").waitFor();
  await fine(page, "parts-finalise");
  await press(page, "确认出账 4 张");
  await page.getByText("已出账 4 张").waitFor();
  expect(await letterOf(/的房租账单/)).toContain("¥8200.00");
  expect(await letterOf(/的云仓账单/)).toContain("¥60.00");

  const mine = await running.visit(`/s/${space.id}/my/bills`, { as: admin, ...phone });
  const list = mine.getByRole("table", { name: "账单列表" });
  for (const part of ["空间", "房租", "云仓"]) await list.getByRole("row", { name: new RegExp(part) }).waitFor();
  await fine(mine, "parts-mine-phone");
  await list.getByRole("row", { name: /房租/ }).click();
  await mine.getByRole("heading", { name: /房租/ }).waitFor();
  await fine(mine, "parts-mine-bill-phone");
  const english = await running.visit(`/s/${space.id}/my/bills`, { as: admin, lang: "en", theme: "dark" });
  await english.getByRole("row", { name: /Warehouse.*60\.00/ }).click();
  await english.getByRole("heading", { name: /Warehouse/ }).waitFor();
  await fine(english, "parts-mine-dark-en");
});

/** Waits for the letter to the company that says which part a bill is of; gives its text. */
const letterOf = (says: RegExp): Promise<string> =>
  vi.waitFor(async () => {
    type Letters = { items: { to: string; text: string }[] };
    const { items } = await ask<Letters>(owner, "GET", "/outbox", undefined, { accept: "application/json" });
    const found = items.find(({ to, text }) => to === admin.email && says.test(text));
    if (!found) throw new Error(`no letter says ${says}`);
    return found.text;
  }, patience);
