import { beforeAll, expect, test } from "vitest";
import { goods, joins, type MadeSpace, makeCompany, makeProducts, makeSpace, makeWarehouse } from "./made-space.ts";
import { ask, fine, madeUp, type Person, phone, press, useProduct } from "./running-product.ts";

/** A whole zone is moved, and the page that moves it loses its way half-way. */
const running = useProduct();
let owner: Person;
let space: MadeSpace;
let warehouse = "";
const bins = Array.from(
  { length: 26 },
  (_, at) => `0${1 + Math.floor(at / 20)}-${String(1 + (at % 10)).padStart(2, "0")}-0${1 + (Math.floor(at / 10) % 2)}`,
);

beforeAll(async () => {
  owner = await running.signIn(running.email("zhoumin"), "周敏");
  space = await makeSpace(running, owner);
  warehouse = await makeWarehouse(running, owner, space);
  const company = await makeCompany(running, owner, space, "晚汀香氛");
  await makeProducts(await joins(running, owner, space, "何雨桐", { company, role: "admin" }), space);
  const zone = { code: "B", name: "高架", kind: "reserve" };
  const pattern = { zone, racks: { from: 5, to: 5 }, columns: 10, levels: 3, capacity: 20 };
  await ask(owner, "POST", `${space.api}/warehouses/${warehouse}/bins`, pattern);
  const rows = bins.map((bin, at) => ({ row: at + 2, code: goods[at % 2]?.code, bin, units: 10 }));
  await ask(owner, "POST", `${space.api}/stock/imports/openings`, { company, warehouse, rows });
});

test("the move of a zone that stops half-way says so and how far it is, wherever it is looked at; it goes on from there, and what was locked meanwhile stays with its reason", async () => {
  const visit = (look: object = {}) => running.visit(`/s/${space.id}/warehouse/transfers`, { as: owner, ...look });
  const page = await visit();
  let moving = false;
  await page.route("**/zone-moves/*/advance", async (route) => {
    if (moving) return route.fulfill({ status: 503, headers: madeUp, json: { code: "busy" } });
    const answer = await route.fetch();
    moving = ((await answer.json()) as { moved: number }).moved > 0;
    await route.fulfill({ response: answer });
  });
  await press(page, "整区移动");
  await page.getByLabel("移走哪里的货").selectOption("A");
  await press(page, "先看方案");
  await press(page, "开始移 260 件");
  await page.getByText("停在半路").waitFor();
  await page.getByText("已移 200 / 260 件", { exact: true }).waitFor();
  await fine(page, "zone-half");
  for (const [name, look] of [
    ["dark", { theme: "dark" }],
    ["phone-en", { ...phone, lang: "en", theme: "dark" }],
  ] as const) {
    const other = await visit(look);
    await other.getByText(/200 (\/ 260 件|of 260 units moved)$/).waitFor();
    await fine(other, `zone-half-${name}`);
  }
  const last = bins.at(-1) ?? "";
  const map = `${space.api}/warehouses/${warehouse}/bins`;
  const { bins: there } = await ask<{ bins: { code: string; rev: number }[] }>(owner, "GET", map);
  const rev = there.find(({ code }) => code === last)?.rev;
  const locked = await owner.request.fetch(`${map}/${last}`, {
    ...{ method: "PATCH", data: { lock: "漏水" }, headers: { "if-match": `"${rev}"` } },
  });
  expect(locked.ok()).toBe(true);
  await page.unrouteAll({ behavior: "wait" });
  await press(page, "继续");
  await page.getByText("已移 250 / 260 件", { exact: true }).waitFor();
  await page.getByText("已完成").first().waitFor();
  await page.getByText("留下 10 件").click();
  await page.getByText("货位锁定").waitFor();
  expect(await page.getByText("停在半路").count()).toBe(0);
  await fine(page, "zone-done");
});
