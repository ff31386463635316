import { beforeAll, expect, test } from "vitest";
import { joins, type MadeSpace, makeCompany, makeSpace, makeWarehouse } from "./made-space.ts";
import { ask, field, fine, type Person, patience, phone, press, scan, useProduct } from "./running-product.ts";

/** Goods kept by lot, received and put away by GS1 scans, then counted blind on a phone and judged at the desk by somebody else. */
const running = useProduct();
const gtin = "6970001284560";
const ofCase = "16970001284567";
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const yymmdd = (text: string) => text.slice(2).replaceAll("-", "");
const soon = day(40);
const late = day(200);
let owner: Person;
let hand: Person;
let admin: Person;
let space: MadeSpace;
let warehouse = "";

beforeAll(async () => {
  owner = await running.signIn(running.email("zhoumin"), "周敏");
  space = await makeSpace(running, owner);
  warehouse = await makeWarehouse(running, owner, space);
  const company = await makeCompany(running, owner, space, "晚汀食品");
  admin = await joins(running, owner, space, "何雨桐", { company, role: "admin" });
  hand = await joins(running, owner, space, "李强", { roles: ["warehouse"] });
});

const visit = (as: Person, path: string, look: object = {}) => running.visit(`/s/${space.id}${path}`, { as, ...look });

test("a company adds a product by lot with expiry and its cases; on the phone a GS1 code fills in lot and day, also from when it was made, a case is one scan, a wrong check digit and another lot are refused", async () => {
  const page = await visit(admin, "/my/stock");
  await press(page, "添加商品");
  await field(page, "名称").fill("低温鲜奶 950 ml");
  await field(page, "GTIN").or(page.getByLabel("商品条码")).first().fill(gtin);
  await page.getByLabel("批次与序列号").selectOption({ label: "按批次" });
  await page.getByText("管效期，到期的不再出库").click();
  await field(page, "保质期（天）").fill("60");
  await press(page, "添加包装");
  const packs = page.getByRole("group", { name: "包装" });
  await packs.getByLabel("名称").fill("箱");
  await packs.getByLabel("每个装多少件").fill("10");
  await packs.getByLabel("上面的条码").fill("16970001284561");
  await page.getByRole("dialog").getByRole("button", { name: "添加商品" }).click();
  await packs.getByText("校验位不对").waitFor();
  await packs.getByLabel("上面的条码").fill(ofCase);
  await field(page, "成本（元 / 件）").fill("12.5");
  await fine(page, "product-form");
  await page.getByRole("dialog").getByRole("button", { name: "添加商品" }).click();
  await page.getByText("低温鲜奶 950 ml 已添加").waitFor();
  await page.getByText("按批次 · 管效期").first().waitFor();

  const [product] = (await ask<{ items: { id: string }[] }>(admin, "GET", `${space.api}/products`)).items;
  const asn = await ask(admin, "POST", `${space.api}/asns`, {
    warehouse,
    lines: [{ product: product?.id, units: 40 }],
  });
  const phonePage = await visit(hand, `/wh/receive/${asn.id}`, phone);
  await phonePage.getByText("低温鲜奶 950 ml").waitFor();
  await scan(phonePage, "(01)06970001284561(10)A7");
  await phonePage.getByText("校验位不对，再扫一次").waitFor();
  await fine(phonePage, "gs1-wrong");
  await scan(phonePage, `(01)0${gtin}(17)${yymmdd(late)}(10)B2`);
  await phonePage.getByText("商品已扫对").waitFor();
  expect(await phonePage.getByLabel("批次").inputValue()).toBe("B2");
  await fine(phonePage, "receive-lot");
  const units = phonePage.getByRole("spinbutton", { name: /应收/ });
  await units.fill("30");
  await units.press("Tab");
  await press(phonePage, "确认 30 件");
  await phonePage.getByText("应收 10 件").first().waitFor();
  await phonePage.locator("button[aria-busy=true]").waitFor({ state: "detached" });
  // Made twenty days ago, it keeps sixty.
  await scan(phonePage, `]C101${ofCase}11${yymmdd(day(-20))}10A7`);
  await phonePage.getByText("= 1 箱").waitFor();
  expect(await phonePage.getByLabel("到期日").inputValue()).toBe(soon);
  await press(phonePage, "确认 10 件");
  await phonePage.getByText("这张预报收完了").waitFor();

  await phonePage.getByRole("link", { name: "去上架" }).click();
  await phonePage.getByText("扫货位").first().waitFor();
  // What comes first may wait.
  const begun = await phonePage.locator(".y-plate-lg").first().textContent();
  await phonePage
    .getByRole("listitem")
    .getByRole("button", { name: /低温鲜奶/ })
    .click();
  await phonePage
    .locator(".y-plate-lg", { hasText: begun ?? "" })
    .first()
    .waitFor({ state: "detached" });
  for (let task = 0; task < 2; task += 1) {
    await phonePage.locator("button[aria-busy=true]").waitFor({ state: "detached" });
    const bin = (await phonePage.locator(".y-plate-xl").first().textContent())?.trim() ?? "";
    if (task === 0) {
      // Whoever knows a better bin scans it, and needs not scan it twice; what is no bin of this warehouse stays a wrong scan.
      await scan(phonePage, "09-01-01");
      await phonePage.getByText("货位不对，没有记录").waitFor();
      expect(await phonePage.getByRole("button", { name: "就放到 09-01-01" }).count()).toBe(0);
      await scan(phonePage, "01-01-03");
      await fine(phonePage, "putaway-other-bin");
      await press(phonePage, "就放到 01-01-03");
      await phonePage.locator(".y-plate-xl", { hasText: "01-01-03" }).waitFor();
    } else await scan(phonePage, bin);
    await phonePage.getByText("扫商品").first().waitFor();
    const lot = (await phonePage.locator(".y-plate-lg").first().textContent())?.trim() ?? "";
    if (task === 0) {
      await scan(phonePage, `(01)0${gtin}(10)${lot === "A7" ? "B2" : "A7"}`);
      await phonePage.getByText("批次不对，没有记录").waitFor();
      await fine(phonePage, "putaway-lot");
    }
    await scan(phonePage, `(01)0${gtin}(10)${lot}`);
    await press(phonePage, lot === "A7" ? "确认 10 件" : "确认 30 件");
    await phonePage.locator(".y-plate-lg", { hasText: lot }).first().waitFor({ state: "detached" });
  }
  await phonePage.getByText("收货区没有要上架的货").waitFor();

  const order = await ask(admin, "POST", `${space.api}/orders`, {
    lines: [{ product: product?.id, units: 12 }],
    recipient: { name: "王海涛" },
  });
  const picks = `${space.api}/orders/${order.id}/picks?warehouse=${warehouse}`;
  const picked = async () => {
    const { items } = await ask<{ items: { lot: string; units: number }[] }>(hand, "GET", picks);
    return items.map(({ lot, units }) => [lot, units]).sort();
  };
  await expect.poll(picked, patience).toEqual([
    ["A7", 10],
    ["B2", 2],
  ]);
  await ask(admin, "POST", `${space.api}/orders/${order.id}/cancel`);
  const stock = await visit(admin, `/my/stock/${product?.id}`);
  await stock.getByText(`${soon} 到期`).first().waitFor();
  await fine(stock, "stock-lots");
});

test("a manager plans a count, a colleague counts it blind on the phone, once more where it differs, and the manager posts it", async () => {
  const page = await visit(owner, "/warehouse/counts");
  await page.getByText("还没有盘点").waitFor();
  await press(page, "安排盘点");
  await field(page, "从货位").fill("01-01-01");
  await field(page, "到货位").fill("01-01-03");
  await fine(page, "count-plan");
  await page.getByRole("dialog").getByRole("button", { name: "安排盘点" }).click();
  await page.waitForURL(/\/counts\/cyc_/);
  const id = page.url().split("/").at(-1) ?? "";
  await page.getByText("盲盘：账面数在审核前不显示。").waitFor();

  const { contents } = await ask<{ contents: { bin?: string; lot: string; units: number }[] }>(
    owner,
    "GET",
    `${space.api}/warehouses/${warehouse}/bins`,
  );
  const lotIn = (bin: string) => contents.find((one) => one.bin === bin)?.lot;
  const phonePage = await visit(hand, "/wh", phone);
  await phonePage.getByRole("link", { name: /盘点/ }).first().click();
  await phonePage.getByText("扫要盘的货位").waitFor();
  await scan(phonePage, "09-01-01");
  await phonePage.getByText("货位不对，没有记录").waitFor();
  await fine(phonePage, "count-bins");
  const countBin = async (bin: string, lot: string | undefined, units: number) => {
    await scan(phonePage, bin);
    await phonePage.locator(".y-plate-xl", { hasText: bin }).waitFor();
    if (lot === undefined) return press(phonePage, "货位是空的");
    await scan(phonePage, `(01)0${gtin}(10)${lot}`);
    const figure = phonePage.getByRole("spinbutton", { name: "数量" });
    await figure.waitFor();
    await figure.fill(String(units));
    await figure.press("Tab");
    if (bin === "01-01-01") await fine(phonePage, "count-bin");
    await press(phonePage, `这一格盘完，${units} 件`);
  };
  expect(await phonePage.content()).not.toContain("30 件");
  const truth = (bin: string) => contents.find((one) => one.bin === bin)?.units ?? 0;
  await countBin("01-01-01", lotIn("01-01-01"), truth("01-01-01") - 4);
  await phonePage.getByText("01-01-01 再盘一次，数仔细").waitFor();
  await countBin("01-01-01", lotIn("01-01-01"), truth("01-01-01") - 4);
  await phonePage.getByText("01-01-01 已记下").waitFor();
  for (const bin of ["01-01-02", "01-01-03"]) {
    await countBin(bin, lotIn(bin), truth(bin));
    if (bin === "01-01-02") await phonePage.getByText("01-01-02 已记下").waitFor();
  }
  await phonePage.getByText("这张单盘完了，等别人审核").waitFor();
  await fine(phonePage, "count-over");

  const desk = await visit(owner, `/warehouse/counts/${id}`);
  await desk.getByText("−4").first().waitFor();
  await fine(desk, "count-review");
  const dark = await visit(owner, `/warehouse/counts/${id}`, { lang: "en", theme: "dark" });
  await dark.getByText("−4").first().waitFor();
  await fine(dark, "count-review-en");
  await press(desk, "通过并过账");
  await desk.getByRole("alertdialog").getByRole("button", { name: "通过并过账" }).click();
  await desk.getByText("已过账").first().waitFor();
  const products = await ask<{ items: { id: string }[] }>(admin, "GET", `${space.api}/products`);
  const onHand = async () => {
    const product = `${space.api}/products/${products.items[0]?.id}`;
    return (await ask<{ stock: { onHand: number } }>(owner, "GET", product)).stock.onHand;
  };
  await expect.poll(onHand, patience).toBe(36);
});
