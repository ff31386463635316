import { beforeAll, expect, test } from "vitest";
import { joins, type MadeSpace, makeCompany, makeSpace, makeWarehouse } from "./made-space.ts";
import { ask, fine, madeUp, type Person, phone, press, useProduct } from "./running-product.ts";

/** Products and opening stock brought in from tables, and what they are worth, how old they are and how long they last. */
const running = useProduct();
let owner: Person;
let admin: Person;
let space: MadeSpace;
let warehouse: string;
let company: string;

beforeAll(async () => {
  owner = await running.signIn(running.email("zhoumin"), "周敏");
  space = await makeSpace(running, owner);
  await makeWarehouse(running, owner, space);
  company = await makeCompany(running, owner, space, "晚汀香氛");
  admin = await joins(running, owner, space, "何雨桐", { company, role: "admin" });
  warehouse = (await ask<{ items: { id: string }[] }>(owner, "GET", `${space.api}/warehouses`)).items[0]?.id ?? "";
});

const visit = (as: Person, path: string, look: object = {}) => running.visit(`/s/${space.id}${path}`, { as, ...look });
const csv = (name: string, rows: readonly (readonly (string | number)[])[]) => ({
  ...{ name, mimeType: "text/csv" },
  buffer: Buffer.from(rows.map((row) => row.join(",")).join("\n")),
});
const scents = ["乌木", "白茶", "雪松", "无花果", "佛手柑", "橙花", "檀香", "青柠"];
const dayBefore = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

test("a company tries a table of products, sees each fault, brings in the others, and a reload goes on where it was", async () => {
  const page = await visit(admin, "/my/import");
  const rows = scents.map((name, at) => [`无火香薰 ${name}`, `XX-${at + 1}`, 20 + at * 7.5, at * 4]);
  const file = page.locator('input[type="file"]');
  await file.waitFor({ state: "attached" });
  const faulty = [["名称", "货号", "成本", "补货点", "颜色"], ...rows, ["", "XX-1", "十元", "2", "红"]];
  await file.setInputFiles(csv("商品.csv", faulty));
  await page.getByText("试导入完成").waitFor();
  await page.getByText("和前面的行重复").waitFor();
  await fine(page, "import-faults");
  await press(page, "导入 8 种");
  await page.getByText("8 种已导入").waitFor();
  const stock = await ask<{ items: object[] }>(admin, "GET", `${space.api}/stock`);
  expect(stock.items).toHaveLength(8);

  // An answer that never comes, and a reload: the file is still there.
  await page.route("**/stock/imports/products", (route) =>
    route.fulfill({ status: 503, headers: madeUp, json: { code: "busy" } }),
  );
  const more = Array.from({ length: 30 }, (_, at) => [`香片 ${at}`, `XP-${String(at).padStart(2, "0")}`, 3, 0]);
  await file.setInputFiles(csv("更多.csv", [["名称", "货号", "成本", "补货点"], ...more]));
  await page.getByText("正在试导入").waitFor();
  await page.reload();
  await page.getByText("上次没导完：更多.csv").waitFor();
  // Only now: what is sent again by itself must not be through before the page is left.
  await page.unroute("**/stock/imports/products");
  await press(page, "接着试");
  await press(page, "导入 30 种");
  await page.getByText("30 种已导入").waitFor();
});

test("staff enter opening stock, goods leave, and the analysis tells value, age, cover and dead stock to staff and company", async () => {
  const page = await visit(owner, "/warehouse/import");
  await page.getByRole("tab", { name: "期初库存" }).click();
  await page.getByLabel("货主").selectOption(company);
  const file = page.locator('input[type="file"]');
  await file.waitFor({ state: "attached" });
  const ages = [5, 20, 45, 70, 100, 140, 200, 300];
  const bin = (at: number) => `01-0${Math.floor(at / 3) + 1}-0${(at % 3) + 1}`;
  const rows = ages.map((days, at) => [`XX-${at + 1}`, bin(at), 30 + at * 10, dayBefore(days)]);
  await file.setInputFiles(
    csv("期初.csv", [["货号", "货位", "数量", "入库日期"], ...rows, ["XX-99", "01-01-01", 1, ""]]),
  );
  await page.getByText("没有这个商品，先导入商品").waitFor();
  await press(page, "导入 8 行");
  await page.getByText("8 行已导入").waitFor();

  const { items } = await ask<{ items: { id: string; code: string }[] }>(admin, "GET", `${space.api}/stock?text=XX`);
  for (const [at, units] of [
    [0, 20],
    [1, 12],
    [2, 3],
  ] as const) {
    const product = items.find(({ code }) => code === `XX-${at + 1}`)?.id;
    const wish = { company, lines: [{ product, units }], recipient: { name: "王海涛" } };
    const { id } = await ask<{ id: string }>(owner, "POST", `${space.api}/orders`, wish);
    await ask(owner, "POST", `${space.api}/orders/${id}/pick`, { warehouse, line: 1, bin: bin(at), units });
    await ask(owner, "POST", `${space.api}/orders/${id}/ship`, {});
  }
  const flow = () => ask<{ items: object[] }>(owner, "GET", `${space.api}/warehouses/${warehouse}/flow`);
  await expect.poll(async () => (await flow()).items.length, { timeout: 20_000 }).toBe(8);

  const mine = await visit(admin, "/my/analysis");
  await press(mine, "按此刻重算");
  await mine.getByText("库龄").first().waitFor();
  await mine.getByText("30 天").first().waitFor();
  await fine(mine, "my-analysis");
  for (const [lang, theme, look] of [
    ["zh-CN", "light", { width: 1440 }],
    ["en", "dark", phone],
  ] as const) {
    const staff = await visit(owner, "/warehouse/analysis", { lang, theme, ...look });
    await staff.locator(".y-ageing").first().waitFor();
    await fine(staff, `analysis-${lang}-${theme}`);
  }
  const lists = await visit(admin, "/my/analysis?view=lists");
  await lists.getByText("快卖完").click();
  await lists.getByText("无火香薰 乌木").first().waitFor();
  await fine(lists, "analysis-lists");
  const past = await visit(admin, "/my/analysis?view=past", { theme: "dark" });
  await past.getByText("无火香薰 乌木").first().waitFor();
  await fine(past, "analysis-past");
});

test("the map tells how old goods are in each bin, and how often they moved", async () => {
  const page = await visit(owner, "/warehouse");
  await page.locator(".y-rack").first().waitFor();
  for (const [heat, say, name] of [
    ["库龄", "库龄 300 天", "age"],
    ["动销", "7 天动销", "flow"],
  ] as const) {
    await page.getByText(heat, { exact: true }).first().click();
    await page.locator(`.y-bin[aria-label*="${say}"]`).first().waitFor();
    await fine(page, `map-${name}`);
  }
});
