import bwip from "bwip-js/node";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { joins, type MadeSpace, makeCompany, makeSpace, makeWarehouse } from "./made-space.ts";
import { ask, fine, madeUp, type Person, patience, phone, press, useProduct } from "./running-product.ts";

/** Products with their pictures, and goods told in packs on every document. */
const running = useProduct();
const wine = { name: "梅子酒 500 ml", code: "WINE", packs: [{ name: "箱", units: 24 }], unit: "瓶" };
let owner: Person;
let admin: Person;
let space: MadeSpace;
let warehouse = "";
let product = "";

beforeAll(async () => {
  owner = await running.signIn(running.email("zhoumin"), "周敏");
  space = await makeSpace(running, owner);
  warehouse = await makeWarehouse(running, owner, space);
  const company = await makeCompany(running, owner, space, "晚汀香氛");
  admin = await joins(running, owner, space, "何雨桐", { company, role: "admin" });
  product = (await ask(admin, "POST", `${space.api}/products`, wine)).id;
  await ask(admin, "POST", `${space.api}/products`, { name: "石磨面粉 5 kg", code: "FLOUR" });
});

const visit = (path: string, look: object = {}) => running.visit(`/s/${space.id}${path}`, { as: admin, ...look });

/** Opens the form of the product before us, takes a picture and saves. */
async function picture(page: Page, bcid: "qrcode" | "code128"): Promise<void> {
  const buffer = await bwip.toBuffer({ bcid, text: "1234567890", scale: 2 });
  await press(page, "修改");
  await page.locator("input[type=file][capture]").setInputFiles({ name: "shot.png", mimeType: "image/png", buffer });
  await page.getByRole("dialog").getByRole("img").last().waitFor();
  await press(page, "保存");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
}

/** How much wider than high the picture of a product is, once it is there. */
async function shape(page: Page, name: string): Promise<number> {
  const image = page.getByRole("img", { name });
  const share = () => image.evaluate((one: HTMLImageElement) => one.naturalWidth / one.naturalHeight || 0);
  await expect.poll(share, patience).toBeGreaterThan(0);
  return share();
}

test("a product's picture is there right after its first save, however slow the product is read anew and though where it lies could not be told at first; another takes its place, and each product shows its own", async () => {
  const page = await visit(`/my/stock/${product}`);
  await page.getByRole("heading", { name: wine.name }).waitFor();
  let release = () => {};
  const slow = new Promise<void>((done) => {
    release = done;
  });
  let reading = false;
  await page.route(`**/products/${product}`, async (route) => {
    if (route.request().method() === "PUT") reading = true;
    else if (reading) await slow;
    await route.continue();
  });
  let failures = 0;
  await page.route("**/documents/*/link", async (route) => {
    failures += 1;
    if (failures === 1) await route.fulfill({ status: 503, headers: madeUp, json: { code: "busy" } });
    else await route.continue();
  });
  await picture(page, "qrcode");
  expect(await shape(page, wine.name)).toBeCloseTo(1, 1);
  expect(failures).toBeGreaterThan(1);
  release();
  await page.unrouteAll({ behavior: "wait" });
  await picture(page, "code128");
  await expect.poll(() => shape(page, wine.name), patience).toBeGreaterThan(1.15);
  await page.getByText("石磨面粉 5 kg").first().click();
  await page.getByRole("heading", { name: "石磨面粉 5 kg" }).waitFor();
  await picture(page, "qrcode");
  expect(await shape(page, "石磨面粉 5 kg")).toBeCloseTo(1, 1);
  // Both were read a moment ago: nothing of the one stays with the other.
  await page.getByText(wine.name).first().click();
  await expect.poll(() => shape(page, wine.name), patience).toBeGreaterThan(1.15);
  await fine(page, "product-picture");
});

test("a notice, an order and a return are entered and told in packs with single ones beside", async () => {
  const notice = await visit("/my/inbound/new");
  await notice.getByText("逐行填").click();
  await notice.getByRole("combobox", { name: "商品" }).click();
  await notice.getByRole("option", { name: /梅子酒/ }).click();
  await notice.getByLabel("数量").fill("126");
  await notice.getByText("= 5 箱 + 6 件").waitFor();
  // What was entered in single ones is the same in packs.
  await notice.getByLabel("单位").selectOption("箱");
  await notice.getByText("= 126 件").waitFor();
  expect(await notice.getByLabel("箱", { exact: true }).inputValue()).toBe("5");
  await fine(notice, "asn-packs");
  await press(notice, "提交预报");
  await notice.waitForURL(/\/my\/stock\/asn_/);
  await notice.getByText("5 箱 + 6 件").waitFor();
  const asn = notice.url().split("/").at(-1);
  await ask(owner, "POST", `${space.api}/asns/${asn}/lines/1/receive`, { units: 126 });
  const bin = "01-01-01";
  const scans = { bin, product: wine.code };
  await ask(owner, "POST", `${space.api}/putaway`, { warehouse, product, units: 126, asn, scans });
  await fine(notice, "asn-detail-packs");

  const order = await visit("/my/orders/new", { ...phone, theme: "dark" });
  await order.getByRole("combobox", { name: "商品" }).click();
  await order.getByRole("option", { name: /梅子酒/ }).click();
  await order.getByText("可用 126").last().waitFor();
  await order.getByLabel("单位").selectOption("箱");
  await order.getByLabel("箱", { exact: true }).fill("6");
  await order.getByText("只有 126 件可用").waitFor();
  await order.getByLabel("箱", { exact: true }).fill("3");
  await order.getByLabel("件", { exact: true }).fill("4");
  await order.getByText("= 76 件").waitFor();
  await order.getByLabel("收件人").fill("王海涛");
  await fine(order, "order-packs");
  await press(order, "提交出库");
  await order.waitForURL(/\/my\/orders\/ord_/);
  await order.getByText("3 箱 + 4 件").waitFor();
  await fine(order, "order-detail-packs-phone");
  const id = order.url().split("/").at(-1);
  const pick = { warehouse, line: 1, bin, units: 76, scans };
  await ask(owner, "POST", `${space.api}/orders/${id}/pick`, pick);
  await ask(owner, "POST", `${space.api}/orders/${id}/ship`, {});

  const staff = await running.visit(`/s/${space.id}/warehouse/orders/${id}`, { as: owner, lang: "en" });
  await staff.getByText("3 箱 + 4 single").waitFor();
  await fine(staff, "order-detail-packs-en");
  await press(staff, "Return");
  await staff.getByText("76 at most = 3 箱 + 4 single").waitFor();
  const lines = [{ product, units: 50 }];
  const back = await ask(admin, "POST", `${space.api}/returns`, { order: id, warehouse, reason: "unwanted", lines });
  const returned = await visit(`/my/returns/${back.id}`);
  await returned.getByText("2 箱 + 2 件").waitFor();
  await fine(returned, "return-packs");
});
