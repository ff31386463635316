import { beforeAll, expect, test } from "vitest";
import { goods, joins, type MadeSpace, makeCompany, makeProducts, makeSpace, makeWarehouse } from "./made-space.ts";
import { ask, fine, type Person, phone, press, scan, useProduct } from "./running-product.ts";

/** Goods on the running product: announced, received short, put away, ordered, picked and shipped; the stock card explains every unit. */
const running = useProduct();
const [perfume, flour] = goods;
let owner: Person;
let admin: Person;
let space: MadeSpace;
let asn = "";
let order = "";

beforeAll(async () => {
  owner = await running.signIn(running.email("zhoumin"), "周敏");
  space = await makeSpace(running, owner);
  await makeWarehouse(running, owner, space);
  const company = await makeCompany(running, owner, space, "晚汀香氛");
  admin = await joins(running, owner, space, "何雨桐", { company, role: "admin" });
  await makeProducts(admin, space);
});

const visit = (as: Person, path: string, look: object = {}) => running.visit(`/s/${space.id}${path}`, { as, ...look });

test("a company tries a CSV, mends it and announces 120 and 80 units", async () => {
  const page = await visit(admin, "/my/inbound/new");
  const file = (text: string) => ({ name: "asn.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  const drop = page.locator('input[type="file"]');
  await drop.waitFor({ state: "attached" });
  await drop.setInputFiles(file(`商品条码,名称,数量\n${perfume.gtin},,120\n6901234567893,坏码,80\n`));
  await page.getByText("1 处要改，什么都没有写入").first().waitFor();
  await page.getByText("条码校验位不对").waitFor();
  await fine(page, "asn-faults");
  await drop.setInputFiles(file(`商品条码,名称,数量\n${perfume.gtin},,120\n${flour.gtin},,80\n`));
  await page.getByText("2 种、200 件可以报").waitFor();
  await press(page, "提交预报");
  await page.waitForURL(/\/my\/stock\/asn_/);
  asn = page.url().split("/").at(-1) ?? "";
  await page.getByText("待到").first().waitFor();
});

test("on the phone 118 of 120 are received, 2 stay short, what a colleague receives meanwhile disturbs nothing, and goods go to two bins by scanning", async () => {
  const page = await visit(owner, "/wh", phone);
  await page.getByRole("link", { name: /收货/ }).first().waitFor();
  await fine(page, "hand-home");
  await page.getByRole("link", { name: /收货/ }).first().click();
  await page.getByText("无火香薰 乌木 120 ml").waitFor();
  await scan(page, flour.gtin);
  await page.getByText("商品不对，没有记录").waitFor();
  await scan(page, perfume.gtin);
  const units = page.getByRole("spinbutton", { name: /应收/ });
  await units.fill("118");
  await units.press("Tab");
  await page.getByText("不会再来货").click();
  const heard = page.waitForResponse(
    async (told) => told.url().endsWith(asn) && /"received":10/.test(await told.text()),
  );
  await ask(owner, "POST", `${space.api}/asns/${asn}/lines/2/receive`, { units: 10 });
  await heard;
  expect(await units.inputValue()).toBe("118");
  await fine(page, "hand-receive");
  await press(page, "确认 118 件");
  await page.locator("b", { hasText: "石磨面粉 5 kg" }).waitFor();
  await scan(page, flour.gtin);
  await press(page, "确认 70 件");
  await page.getByText("这张预报收完了").waitFor();
  await page.getByRole("link", { name: "去上架" }).click();
  await page.getByText("扫货位").first().waitFor();
  await scan(page, "01-01-03");
  await page.getByText("货位不对，没有记录").waitFor();
  await page.getByText("同一列，往下 2 层").waitFor();
  await fine(page, "hand-mismatch");
  for (let task = 0; task < 2; task += 1) {
    const title = await page.locator("b.text-lg", { hasText: /无火香薰|石磨面粉/ }).textContent();
    const bin = (await page.locator(".y-plate-lg, .y-plate-xl").first().textContent())?.trim() ?? "";
    const isFlour = title?.includes("石磨面粉") ?? false;
    await scan(page, bin);
    await page.getByText("扫商品").first().waitFor();
    await scan(page, isFlour ? flour.gtin : perfume.gtin);
    await press(page, isFlour ? "确认 80 件" : "确认 118 件");
    await page.locator("b.text-lg", { hasText: title ?? "" }).waitFor({ state: "detached" });
  }
  await page.getByText("收货区没有要上架的货").waitFor();
});

test("the company orders 30 out, too many is told before, and it is picked and shipped on the phone", async () => {
  const page = await visit(admin, "/my/orders/new");
  await page.getByRole("combobox").first().click();
  await page.getByRole("option", { name: /无火香薰/ }).click();
  const units = page.getByRole("spinbutton").or(page.getByLabel("数量")).first();
  await units.fill("500");
  await units.press("Tab");
  await page.getByText("只有 118 件可用").waitFor();
  await units.fill("30");
  await units.press("Tab");
  await page.getByText("可用 118", { exact: true }).last().waitFor();
  await page.getByLabel("收件人").fill("王海涛");
  await fine(page, "order-new");
  await press(page, "提交出库");
  await page.waitForURL(/\/my\/orders\/ord_/);
  order = page.url().split("/").at(-1) ?? "";
  await page.getByText("已占用").first().waitFor();
  await fine(page, "order-detail");

  const hand = await visit(owner, `/wh/pick/${order}`, { ...phone, theme: "dark" });
  const bin = (await hand.locator(".y-plate-xl").textContent())?.trim() ?? "";
  await scan(hand, bin);
  await hand.getByText("扫商品").first().waitFor();
  await scan(hand, perfume.gtin);
  await hand.getByText("货位、商品都已扫对").waitFor();
  await fine(hand, "hand-pick");
  await press(hand, "确认 30 件");
  await hand.getByText("都拣好了，送到打包台").waitFor();
  await press(hand, "出库");
  await hand.getByRole("dialog").getByRole("button", { name: "出库" }).click();
  await hand.getByText("已出库").first().waitFor();
});

test("the stock card explains every unit, live, to the company and to staff", async () => {
  const page = await visit(admin, "/my/stock");
  await page.getByText("无火香薰 乌木 120 ml").click();
  const card = page.getByRole("table", { name: "收发存明细" });
  await card.getByText("−30").waitFor();
  await card.getByText("+118").waitFor();
  await fine(page, "my-stock");

  for (const [lang, theme, width] of [
    ["zh-CN", "light", 1440],
    ["en", "dark", 1440],
    ["zh-CN", "light", 820],
    ["en", "light", 390],
  ] as const) {
    const staff = await visit(owner, "/warehouse", { lang, theme, width });
    await staff.locator(".y-rack").first().waitFor();
    await fine(staff, `map-${lang}-${theme}-${width}`);
    if (width === 1440) {
      await staff.locator(".y-pane li button").first().click();
      await staff.getByRole("table").first().waitFor();
      await fine(staff, `map-detail-${lang}-${theme}`);
    }
  }
  for (const tab of [`inbound/${asn}`, `orders/${order}`, "products"]) {
    const staff = await visit(owner, `/warehouse/${tab}`);
    await staff.getByRole("table").first().waitFor();
    await fine(staff, `staff-${tab.split("/")[0]}`);
    if (tab.startsWith("inbound")) await staff.getByText("少 2").waitFor();
  }
});
