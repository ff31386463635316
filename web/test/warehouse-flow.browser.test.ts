import { beforeAll, expect, test } from "vitest";
import { goods, joins, type MadeSpace, makeCompany, makeProducts, makeSpace, makeWarehouse } from "./made-space.ts";
import { ask, field, fine, type Person, patience, phone, press, scan, useProduct } from "./running-product.ts";

/** Two orders go out in a wave, are packed and shipped; one comes back; a bin is locked and a pick face filled. */
const running = useProduct();
const [perfume] = goods;
let owner: Person;
let admin: Person;
let space: MadeSpace;
let warehouse = "";
let product = "";
const orders: string[] = [];

beforeAll(async () => {
  owner = await running.signIn(running.email("zhoumin"), "周敏");
  space = await makeSpace(running, owner);
  warehouse = await makeWarehouse(running, owner, space);
  const company = await makeCompany(running, owner, space, "晚汀香氛");
  admin = await joins(running, owner, space, "何雨桐", { company, role: "admin" });
  await makeProducts(admin, space);
  const { items } = await ask<{ items: { id: string; code: string }[] }>(admin, "GET", `${space.api}/products`);
  product = items.find(({ code }) => code === perfume.code)?.id ?? "";
  const asn = await ask(admin, "POST", `${space.api}/asns`, { warehouse, lines: [{ product, units: 40 }] });
  await ask(owner, "POST", `${space.api}/asns/${asn.id}/lines/1/receive`, { units: 40 });
  const scans = { bin: "01-01-01", product: perfume.gtin };
  await ask(owner, "POST", `${space.api}/putaway`, { warehouse, product, units: 40, asn: asn.id, scans });
  await ask(
    owner,
    "PUT",
    `${space.api}/warehouse-settings`,
    { gs1Prefix: "69700012", extension: 0 },
    { "if-match": '"0"' },
  );
  for (const name of ["王海涛", "赵倩"]) {
    const wish = { lines: [{ product, units: 3 }], recipient: { name, phone: "13800000000" } };
    orders.push((await ask(admin, "POST", `${space.api}/orders`, wish)).id);
  }
});

const visit = (as: Person, path: string, look: object = {}) => running.visit(`/s/${space.id}${path}`, { as, ...look });

test("a wave is made of open orders, picked in one walk and sorted; an order is packed by scans, shipped, and comes back", async () => {
  const open = async () => {
    const path = `${space.api}/warehouses/${warehouse}/bins`;
    return (await ask<{ contents: { bin?: string }[] }>(owner, "GET", path)).contents.some((one) => one.bin);
  };
  await expect.poll(open, patience).toBe(true);
  const desk = await visit(owner, "/warehouse/orders");
  await desk
    .getByRole("row", { name: /晚汀香氛/ })
    .nth(1)
    .waitFor();
  await desk.getByRole("checkbox").first().check();
  await fine(desk, "wave-choose");
  await press(desk, "建波次");
  await fine(desk, "wave-make");
  await desk.getByRole("alertdialog").getByRole("button", { name: "建波次" }).click();
  await desk.getByText("拣货路线").waitFor();
  await fine(desk, "wave-detail");

  const hand = await visit(owner, `/wh/wave/${desk.url().split("/").at(-1)}`, phone);
  await hand.locator(".y-plate-xl", { hasText: "01-01-01" }).waitFor();
  await scan(hand, "01-01-01");
  await scan(hand, perfume.gtin);
  await press(hand, "确认 6 件");
  await hand.getByText("这一趟拣完了").waitFor();
  await scan(hand, perfume.gtin);
  await hand.getByText("1 号格，1 件").waitFor();
  await hand.getByText("这格还差 2 件").waitFor();
  await fine(hand, "wave-sort");

  const pack = await visit(owner, `/wh/pack/${orders[0]}`, phone);
  await pack.getByText("箱子还是空的。扫第一件商品。").waitFor();
  await scan(pack, goods[1].gtin);
  await pack.getByText("没有装进去").waitFor();
  await fine(pack, "pack-wrong");
  for (let unit = 0; unit < 3; unit += 1) await scan(pack, perfume.gtin);
  await pack.getByRole("textbox", { name: "称重" }).or(pack.getByLabel("称重")).first().fill("620");
  await pack.keyboard.press("Tab");
  await fine(pack, "pack");
  await press(pack, "封箱，3 件");
  await pack.getByText("都装好了，可以出库").waitFor();
  await field(pack, "运单号").fill("SF1000000000001");
  await fine(pack, "pack-ship");
  await press(pack, "出库");
  await pack.getByText("已出库").first().waitFor();

  const mine = await visit(admin, `/my/orders/${orders[0]}`);
  await mine.getByText("SF1000000000001").waitFor();
  await mine.getByText("第 1 箱").waitFor();
  await fine(mine, "my-order-shipped");
  await press(mine, "退货");
  await mine.getByRole("spinbutton").first().fill("2");
  await mine.keyboard.press("Tab");
  await fine(mine, "return-new");
  await press(mine, "提交退货");
  await mine.waitForURL(/\/my\/returns\/ret_/);
  await fine(mine, "my-return");

  const carton = { items: [{ code: perfume.gtin, units: 3 }], grams: 620 };
  const made = await ask<{ cartons: { sscc: string }[] }>(
    ...([owner, "POST", `${space.api}/orders/${orders[1]}/cartons`, carton] as const),
  );
  const load = await visit(owner, "/wh/pallet", phone);
  await press(load, "开新托盘");
  await load.getByText("托盘还是空的。扫第一箱的箱标。").waitFor();
  await scan(load, `00${made.cartons[0]?.sscc}`);
  await load.getByText(/第 1 箱 · 赵倩/).waitFor();
  await fine(load, "pallet-load");
  await press(load, "封托，1 箱");
  await press(load, "去发运");
  await fine(load, "pallet-ship");
  await press(load, "整托发运");
  await load.getByText("已发运").first().waitFor();

  const back = await visit(owner, `/wh/return/${mine.url().split("/").at(-1)}`, { ...phone, theme: "dark" });
  await back.getByText("应退 2 件").first().waitFor();
  await scan(back, perfume.gtin);
  await press(back, "确认 2 件");
  await back.getByText("怎么处理").waitFor();
  await fine(back, "return-decide");
  await press(back, "完好，转可用");
  await back.getByText("这张退货单处理完了").waitFor();
  const english = await visit(owner, `/warehouse/returns/${mine.url().split("/").at(-1)}`, {
    lang: "en",
    theme: "dark",
  });
  await english.getByText("Restocked").first().waitFor();
  await fine(english, "return-detail-en");
});

test("a bin is locked with its reason and opened, and a pick face that runs low is filled on the phone", async () => {
  const page = await visit(owner, "/warehouse/bins");
  await page
    .getByRole("gridcell", { name: /01-01-02/ })
    .or(page.getByRole("button", { name: /01-01-02/ }))
    .first()
    .click();
  await press(page, "管理货位");
  await field(page, "为什么锁").fill("货架要修");
  await fine(page, "bin-manage");
  await press(page, "锁定货位");
  await page.getByText("已锁定：货架要修").waitFor();
  await press(page, "打开货位");
  await field(page, "为什么锁").waitFor();

  const wish = { product, min: 2, max: 10 };
  await ask(owner, "PUT", `${space.api}/warehouses/${warehouse}/faces/02-01-01`, wish);
  const list = await visit(owner, "/warehouse/replenish");
  await list.getByText("02-01-01").first().waitFor();
  await fine(list, "replenish");
  const hand = await visit(owner, "/wh/replenish", phone);
  await hand.locator(".y-plate-xl", { hasText: "01-01-01" }).waitFor();
  await scan(hand, "01-01-01");
  await scan(hand, perfume.gtin);
  await press(hand, "确认 10 件");
  await hand.locator(".y-plate-xl", { hasText: "02-01-01" }).waitFor();
  await scan(hand, "02-01-02");
  await hand.getByText("货位不对，没有记录").waitFor();
  await fine(hand, "replenish-put");
  await scan(hand, "02-01-01");
  await hand.getByText("拣货位都够。").waitFor();
  const detail = await visit(owner, `/warehouse/products/${product}`);
  await detail.getByText("不是套装").waitFor();
  await fine(detail, "product-kit");
  const settings = await visit(owner, "/warehouse/settings");
  await settings.getByText("下一箱是").waitFor();
  await fine(settings, "carton-settings");
  const transfers = await visit(owner, "/warehouse/transfers");
  await transfers.getByText("只有一个仓库，没有地方可调。").waitFor();
  await fine(transfers, "transfers");
});

test("staff who may only read the warehouse see every page of it and are offered nothing that they may not do", async () => {
  const reader = await joins(running, owner, space, "马超群", { roles: ["finance"] });
  const { items } = await ask<{ items: { company: string }[] }>(owner, "GET", `${space.api}/owners`);
  const company = items[0]?.company;
  const post = <Answer = { id: string }>(path: string, body?: object) =>
    ask<Answer>(owner, "POST", `${space.api}/${path}`, body);
  const asn = await post("asns", { company, warehouse, lines: [{ product, units: 12 }] });
  await post(`asns/${asn.id}/lines/1/receive`, { units: 8 });
  await post("putaway", {
    warehouse,
    product,
    units: 8,
    bin: "02-09-01",
    scans: { bin: "02-09-01", product: perfume.gtin },
  });
  const order = async () =>
    (await post("orders", { company, lines: [{ product, units: 2 }], recipient: { name: "孙立" } })).id;
  const [open, boxed] = [await order(), await order()];
  const scans = { bin: "02-09-01", product: perfume.gtin };
  await post(`orders/${boxed}/pick`, { warehouse, line: 1, bin: "02-09-01", units: 2, scans });
  await post(`orders/${boxed}/cartons`, { items: [{ code: perfume.gtin, units: 2 }], grams: 400 });
  const [loading, closed] = [
    await post("pallets", { company, warehouse }),
    await post("pallets", { company, warehouse }),
  ];
  await post(`pallets/${closed.id}/load`, { order: boxed, number: 1 });
  await post(`pallets/${closed.id}/turn`, { to: "closed" });

  // What leads elsewhere, shows the same otherwise, or saves it: all that a reader is offered. Bins and goods bear digits.
  const reading =
    /^(货位|商品|入库|出库|托盘|退货|分析|补货|调拨|更多|概览|清单|历史库存|导出.*|打印.*|.*看表格|.*\d.*)$/;
  const page = await visit(reader, "/warehouse/bins");
  for (const [path, text] of [
    ["bins", "02-09-01"],
    [`products/${product}`, "近 30 天在库"],
    [`inbound/${asn.id}`, perfume.name],
    [`orders/${open}`, "孙立"],
    [`orders/${boxed}`, "第 1 箱"],
    [`pallets/${loading.id}`, "托盘还是空的"],
    [`pallets/${closed.id}`, "第 1 箱 · 孙立"],
    ["returns", "退货"],
    ["replenish", "补货"],
    ["transfers", "只有一个仓库"],
    [`analysis/${product}?view=lists`, "近 30 天在库"],
  ] as const) {
    await page.goto(`/s/${space.id}/warehouse/${path}`);
    await page.locator("main").getByText(text).first().waitFor();
    const offered = await page
      .locator("main button, main a")
      .evaluateAll((all) => all.map((one) => (one.getAttribute("aria-label") ?? one.textContent ?? "").trim()));
    expect([path, offered.filter((one) => !reading.test(one))]).toEqual([path, []]);
  }
  await page.setViewportSize(phone);
  await page.goto(`/s/${space.id}/wh`);
  await page.getByText("你的角色不做手机作业").waitFor();
  await fine(page, "phone-not-yours");
});
