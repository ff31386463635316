import { expect, test } from "vitest";
import { makeCompany, makeSpace } from "./made-space.ts";
import { ask, fine, patience, phone, press, useProduct } from "./running-product.ts";

/** Two companies that are one: what stands in the way, the facts that differ, and the old address that leads to the one that stays. */
const running = useProduct();

test("two companies with one GTIN are told which, then merged; people, tickets, goods and the old address follow", async () => {
  const owner = await running.signIn(running.email("owner"), "周敏");
  const space = await makeSpace(running, owner, { desks: 1 });
  const one = await makeCompany(running, owner, space, "拾穗家居有限公司", { plan: true });
  const double = await makeCompany(running, owner, space, "拾穗家居");
  const read = (id: string) =>
    ask<{ rev: number; [name: string]: unknown }>(owner, "GET", `${space.api}/companies/${id}`);
  for (const [id, name, contactName] of [
    [one, "拾穗家居有限公司", "许静"],
    [double, "拾穗家居", "许小静"],
  ] as const) {
    const { rev } = await read(id);
    const facts = { name, kind: "company", contactName };
    await ask(owner, "PUT", `${space.api}/companies/${id}`, facts, { "if-match": `"${rev}"` });
  }
  const agree = async (id: string, prices: object[]) =>
    ask(owner, "PUT", `${space.api}/companies/${id}/prices`, { prices }, { "if-match": `"${(await read(id)).rev}"` });
  const room = { name: "老客户", kind: "room", price: { percent: 60 }, from: running.day() };
  await agree(double, [room, { ...room, kind: "desk" }]);
  await agree(one, [{ ...room, name: "年框", price: { percent: 85 } }]);
  await ask(owner, "POST", `${space.api}/tickets`, { company: double, kind: "repair", title: "灯坏了" });
  const goods = (company: string, code: string) =>
    ask<{ id: string }>(owner, "POST", `${space.api}/products`, { company, name: "沉香", code, gtin: "6970001284560" });
  await goods(one, "CX-1");
  const second = await goods(double, "CX-2");
  const page = await running.visit(`/s/${space.id}/members/${one}`, { as: owner });
  await press(page, "合并到另一家");
  await page.getByLabel("另一家企业").click();
  await page.getByRole("option", { name: "拾穗家居", exact: true }).click();
  await page.getByText("先办完这些，才能合并").waitFor();
  await page.getByText("1 种商品的货号或条码两家都在用").waitFor();
  await page.getByRole("link", { name: "沉香 · 6970001284560" }).waitFor();
  await fine(page, "merge-blocked");
  const plain = { name: "沉香", code: "CX-2", unit: "件" };
  await ask(owner, "PUT", `${space.api}/products/${second.id}`, plain, { "if-match": '"1"' });
  await page.reload();
  await press(page, "合并到另一家");
  await page.getByLabel("另一家企业").click();
  await page.getByRole("option", { name: "拾穗家居", exact: true }).click();
  await press(page, "反过来并");
  await page.getByText("两家说法不同，选一个").waitFor();
  await page.getByText("许小静", { exact: true }).click();
  const agreed = page.getByRole("region", { name: "协议价" }).last();
  await agreed.getByText("工位 · 老客户：价目表的 60%").waitFor();
  await agreed.getByText("会议室 · 老客户：价目表的 60%").waitFor();
  await fine(page, "merge-preview");
  await press(page, "并入 拾穗家居有限公司");
  await page.waitForURL(`**/members/${one}`);
  await expect.poll(async () => (await read(double)).merged, patience).toMatchObject({ into: one, done: true });
  expect(await read(one)).toMatchObject({ contactName: "许小静", absorbed: [double] });
  expect((await read(one)).prices).toMatchObject([
    { kind: "desk", name: "老客户" },
    { kind: "room", name: "年框" },
  ]);
  await page.goto(`/s/${space.id}/members/${double}`);
  await page.waitForURL(`**/members/${one}`);
  await page.getByText("并进来的企业").waitFor();
  expect(await page.getByRole("row", { name: /拾穗家居/ }).count()).toBe(1);
  const { items } = await ask<{ items: { company: string }[] }>(owner, "GET", `${space.api}/tickets`);
  expect(items.map(({ company }) => company)).toEqual([one]);
  const owned = await ask<{ items: { code: string }[] }>(owner, "GET", `${space.api}/products?company=${one}`);
  expect(owned.items.map(({ code }) => code)).toEqual(["CX-1", "CX-2"]);
  const third = await makeCompany(running, owner, space, "拾穗");
  const look = { as: owner, lang: "en", theme: "dark", ...phone } as const;
  const small = await running.visit(`/s/${space.id}/members/${third}`, look);
  await press(small, "Merge into another");
  await small.getByLabel("The other company").click();
  await small.getByRole("option", { name: "拾穗家居有限公司" }).click();
  await small.getByText("Moves along").waitFor();
  await fine(small, "phone-en-dark-merge");
});
