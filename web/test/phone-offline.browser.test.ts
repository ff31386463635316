import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AsnView } from "@yihao/warehouse/asn-model";
import type { OrderView } from "@yihao/warehouse/order-model";
import type { PalletView } from "@yihao/warehouse/pallet-model";
import type { ListedProduct } from "@yihao/warehouse/product-model";
import type { Movement } from "@yihao/warehouse/stock-model";
import type { SiteTransferView } from "@yihao/warehouse/transfer-model";
import bwip from "bwip-js/node";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { chromiumPath } from "../../packages/local/bin/prepare.mjs";
import { goods, joins, type MadeSpace, makeCompany, makeProducts, makeSpace, makeWarehouse } from "./made-space.ts";
import { buildsOf } from "./newer-build.ts";
import { ask, field, fine, type Person, patience, phone, press, scan, useProduct } from "./running-product.ts";

/** The warehouse phone with its network cut: what is done without it arrives once and in order, and what was refused meanwhile is settled by a person. */
const running = useProduct();
const [perfume, flour] = goods;
let owner: Person;
let hand: Person;
let space: MadeSpace;
let warehouse = "";
let company = "";
let asn = "";
let order = "";
let ids: Record<string, string> = {};
let camera: Browser | undefined;

const post = <Answer = { id: string }>(path: string, body?: object) =>
  ask<Answer>(owner, "POST", `${space.api}/${path}`, body);
const read = <Answer>(path: string) => ask<Answer>(owner, "GET", `${space.api}/${path}`);
const putAway = (product: string, code: string, units: number, bin: string) =>
  post("putaway", { warehouse, product, units, bin, scans: { bin, product: code } });

beforeAll(async () => {
  owner = await running.signIn(running.email("zhoumin"), "周敏");
  space = await makeSpace(running, owner);
  warehouse = await makeWarehouse(running, owner, space);
  company = await makeCompany(running, owner, space, "晚汀香氛");
  const admin = await joins(running, owner, space, "何雨桐", { company, role: "admin" });
  await makeProducts(admin, space);
  hand = await joins(running, owner, space, "李强", { roles: ["warehouse"] });
  const listed = await vi.waitFor(async () => {
    const { items } = await read<{ items: ListedProduct[] }>(`products?company=${company}`);
    expect(items).toHaveLength(2);
    return items;
  }, patience);
  ids = Object.fromEntries(listed.map(({ code, id }) => [code, id]));
  const announce = (lines: object[]) => post("asns", { company, warehouse, lines });
  const first = await announce([{ product: ids[perfume.code], units: 30 }]);
  await post(`asns/${first.id}/lines/1/receive`, { units: 30 });
  await putAway(ids[perfume.code] ?? "", perfume.gtin, 30, "01-01-01");
  order = (
    await post("orders", { company, lines: [{ product: ids[perfume.code], units: 5 }], recipient: { name: "王海涛" } })
  ).id;
  const lines = [
    { product: ids[perfume.code], units: 20 },
    { product: ids[flour.code], units: 10 },
  ];
  asn = (await announce(lines)).id;
});
afterAll(async () => {
  await camera?.close();
});

const strip = (page: Page, text: string | RegExp) => page.getByRole("status").getByText(text).waitFor();

/** Opens the phone's home, with its shell kept and today's work read ahead. */
async function ready(page: Page): Promise<void> {
  await page.getByText("离线也能做这些").waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

test("with the network cut goods are received, put away and picked, over reloads; back online all arrives once, and a bin locked meanwhile is settled", async () => {
  const page = await running.visit(`/s/${space.id}/wh`, { as: hand, ...phone });
  await ready(page);
  await page.context().setOffline(true);
  await page.getByRole("link", { name: /收货/ }).first().click();
  await page.locator("b.text-lg", { hasText: perfume.name }).waitFor();
  await scan(page, perfume.gtin);
  await press(page, "确认 20 件");
  await strip(page, /离线，1 步没同步/);
  await page.reload();
  await page.locator("b.text-lg", { hasText: flour.name }).waitFor();
  await scan(page, flour.gtin);
  await press(page, "确认 10 件");
  await page.getByText("这张预报收完了").waitFor();
  await page.getByRole("link", { name: "去上架" }).click();
  let taken = "";
  for (let task = 0; task < 2; task += 1) {
    const title = (await page.locator("b.text-lg", { hasText: /无火香薰|石磨面粉/ }).textContent()) ?? "";
    const bin = (await page.locator(".y-plate-xl").first().textContent())?.trim() ?? "";
    const [what, units] = title.includes("石磨") ? [flour, 10] : [perfume, 20];
    if (what === flour) taken = bin;
    await scan(page, bin);
    await scan(page, what.gtin);
    if (task === 0) await fine(page, "phone-offline-putaway");
    await press(page, `确认 ${units} 件`);
    await page.locator("b.text-lg", { hasText: title }).waitFor({ state: "detached" });
  }
  await page.goto(`/s/${space.id}/wh`);
  await page.getByRole("link", { name: /拣货/ }).click();
  await page.locator(".y-plate-xl", { hasText: "01-01-01" }).waitFor();
  await scan(page, "01-01-01");
  await scan(page, perfume.gtin);
  await press(page, "确认 5 件");
  await page.getByText("都拣好了").waitFor();
  await page.goto(`/s/${space.id}/today`);
  await page.getByRole("alert").getByText("这一页需要网络").waitFor();
  await page.getByRole("link", { name: "去手机作业" }).click();
  await strip(page, /离线，5 步没同步/);
  await fine(page, "phone-offline-home");

  const { bins } = await read<{ bins: { code: string; rev: number }[] }>(`warehouses/${warehouse}/bins`);
  const rev = bins.find(({ code }) => code === taken)?.rev;
  await owner.request.fetch(`${space.api}/warehouses/${warehouse}/bins/${taken}`, {
    ...{ method: "PATCH", data: { lock: "货架松了" }, headers: { "if-match": `"${rev}"` } },
  });
  await page.context().setOffline(false);
  await strip(page, /1 步没有通过，后面 \d 步等着/);
  await page.getByRole("link", { name: "处理" }).click();
  await page.getByText("这一步没有通过").waitFor();
  await fine(page, "phone-conflict");
  await press(page, "改了再发");
  await page.getByRole("textbox", { name: "货位" }).waitFor();
  await fine(page, "phone-conflict-change");
  await press(page, "发出");
  await page.getByText("都已同步。没有网络时").waitFor();
  await fine(page, "phone-queue");

  const notice = await read<AsnView>(`asns/${asn}`);
  expect(notice.items.map(({ received, done }) => [received, done])).toEqual([
    [20, true],
    [10, true],
  ]);
  expect((await read<OrderView>(`orders/${order}`)).lines[0]?.picked).toBe(5);
  await vi.waitFor(async () => {
    const { items } = await read<{ items: Movement[] }>(`warehouses/${warehouse}/movements?limit=40`);
    const told = items.map(({ type, units }) => `${type} ${units}`).sort();
    expect(told).toEqual([
      "pick 5",
      "putaway 10",
      "putaway 20",
      "putaway 30",
      "receive 10",
      "receive 20",
      "receive 30",
    ]);
  }, patience);
});

test("goods that somebody took meanwhile are given up with a reason, and the supervisor finds them on a list with name, goods and bin", async () => {
  const page = await running.visit(`/s/${space.id}/wh`, { as: hand, ...phone, theme: "dark" });
  await ready(page);
  await page.getByRole("link", { name: "查一查" }).click();
  await page.waitForURL(/\/wh\/lookup/);
  await page.getByRole("textbox").first().waitFor();
  await scan(page, "01-01-01");
  await page.getByText(perfume.name).first().waitFor();
  await scan(page, perfume.gtin);
  await page.getByRole("heading", { name: perfume.name }).waitFor();
  await fine(page, "phone-lookup");
  await page.context().setOffline(true);
  await scan(page, "01-01-01");
  await page.getByRole("link", { name: "从这里移走" }).click();
  await page.waitForURL(/\/wh\/move/);
  await page.getByRole("textbox").first().waitFor();
  await scan(page, perfume.gtin);
  await scan(page, "02-01-01");
  await fine(page, "phone-move");
  await press(page, /^移 \d+ 件$/);
  await page.getByText("记在手机里").waitFor();
  await post("moves", { warehouse, product: ids[perfume.code], units: 40, from: "01-01-01", to: "02-02-01" });
  await page.context().setOffline(false);
  await strip(page, /1 步没有通过/);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/s/${space.id}/warehouse/bins`);
  await page.getByRole("button", { name: /李强/ }).click();
  await page.getByRole("menuitem", { name: "退出登录" }).click();
  await page.getByRole("alertdialog").getByText("还有 1 步没同步").waitFor();
  await fine(page, "phone-sign-out");
  await press(page, "先同步");
  await page.setViewportSize(phone);
  await page.getByRole("link", { name: "处理" }).click();
  await press(page, "放弃，报给主管");
  await field(page, "说明").fill("只剩几件");
  await press(page, "货不在那里");
  await page.getByText("都已同步。没有网络时").waitFor();

  // Nothing that the API said is in the shell, and whoever signs in next finds nothing of what this person read.
  const shell = await page.evaluate(async () => {
    const names = await caches.keys();
    const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return all.flat().map(({ url }) => new URL(url).pathname);
  });
  expect(shell.filter((path) => path.startsWith("/api/"))).toEqual([]);
  expect(shell).toContain("/index.html");
  const holders = () =>
    page.evaluate(
      () =>
        new Promise<string[]>((done) => {
          const opening = indexedDB.open("yihao");
          opening.onsuccess = () => {
            const asked = opening.result.transaction("kept").objectStore("kept").getAllKeys();
            asked.onsuccess = () => {
              opening.result.close();
              done([...new Set(asked.result.map((key) => String(key).split(" ")[0] ?? ""))]);
            };
          };
        }),
    );
  const [before] = await holders();
  await page.context().clearCookies();
  await page.context().addCookies((await owner.request.storageState()).cookies);
  await page.goto(`/s/${space.id}/wh`);
  await ready(page);
  await vi.waitFor(async () => {
    const after = await holders();
    expect([after.length, after.includes(before ?? "")]).toEqual([1, false]);
  }, patience);
  await page.getByRole("button", { name: "返回" }).waitFor();

  const desk = await running.visit(`/s/${space.id}/warehouse/exceptions`, { as: owner });
  await desk.getByRole("cell", { name: "李强" }).waitFor();
  await desk.getByText("货不在那里：只剩几件").waitFor();
  await fine(desk, "scan-exceptions");
  await press(desk, "处理");
  await field(desk, "结果").fill("在 02-02-01，已核对");
  await press(desk, "记下");
  await desk.getByText("没有要查的").waitFor();
});

test("a pallet is begun, loaded, closed and leaves without a network, over a reload; its number comes with the network, a carton that somebody put elsewhere meanwhile is given up, and the rest leaves once", async () => {
  await owner.request.fetch(`${space.api}/warehouse-settings`, {
    ...{ method: "PUT", data: { gs1Prefix: "69700012", extension: 1 }, headers: { "if-match": '"0"' } },
  });
  const product = ids[flour.code] ?? "";
  const lines = [{ product, units: 4 }];
  const came = await post("asns", { company, warehouse, lines });
  await post(`asns/${came.id}/lines/1/receive`, { units: 4 });
  const bin = "02-10-03";
  await putAway(product, flour.gtin, 4, bin);
  const scans = { bin, product: flour.gtin };
  const packed: { id: string; label: string }[] = [];
  for (const name of ["赵倩", "孙立"]) {
    const { id } = await post("orders", { company, lines: [{ product, units: 2 }], recipient: { name } });
    await post(`orders/${id}/pick`, { warehouse, line: 1, bin, units: 2, scans });
    const carton = { items: [{ code: flour.gtin, units: 2 }], grams: 10_100 };
    const { cartons } = await post<OrderView>(`orders/${id}/cartons`, carton);
    packed.push({ id, label: `00${cartons?.[0]?.sscc}` });
  }
  const [first, second] = packed;
  const theirs = await post<PalletView>("pallets", { company, warehouse });

  const page = await running.visit(`/s/${space.id}/wh`, { as: hand, ...phone });
  await ready(page);
  await page.context().setOffline(true);
  await page.getByRole("link", { name: "码托" }).click();
  await page.locator(`a[href$="${theirs.id}"]`).waitFor();
  await press(page, "开新托盘");
  await page.getByText("托盘还是空的").waitFor();
  await page.getByText("待编号").waitFor();
  expect(await page.getByRole("button", { name: /打印标签/ }).count()).toBe(0);
  const mine = { id: page.url().split("/").at(-1) ?? "" };
  await scan(page, first?.label ?? "");
  await page.getByText(/第 1 箱 · 赵倩/).waitFor();
  await strip(page, /离线，2 步没同步/);
  await page.reload();
  await page.getByText(/第 1 箱 · 赵倩/).waitFor();
  await scan(page, first?.label ?? "");
  await page.getByRole("alert").getByText("没有码上").waitFor();
  await scan(page, second?.label ?? "");
  await page.getByText(/第 1 箱 · 孙立/).waitFor();
  await fine(page, "phone-offline-pallet");
  await press(page, "封托，2 箱");
  await press(page, "去发运");
  await press(page, "整托发运");
  await strip(page, /离线，5 步没同步/);
  const sign = `#${mine.id.slice(-4).toUpperCase()}`;

  await post(`pallets/${theirs.id}/load`, { code: second?.label });
  await page.context().setOffline(false);
  await strip(page, /1 步没有通过，后面 2 步等着/);
  await page.getByRole("link", { name: "处理" }).click();
  await page.getByText("这一步没有通过").waitFor();
  await fine(page, "phone-conflict-pallet");
  await press(page, "放弃，报给主管");
  await press(page, "别人已经做了");
  await page.getByText("都已同步。没有网络时").waitFor();

  const gone = await read<PalletView>(`pallets/${mine.id}`);
  expect([gone.state, gone.cartons.map(({ order: of }) => of)]).toEqual(["shipped", [first?.id]]);
  expect(gone.sscc).toMatch(/^169700012\d{9}$/);
  expect((await read<PalletView>(`pallets/${theirs.id}`)).cartons.map(({ order: of }) => of)).toEqual([second?.id]);
  const states = await Promise.all(packed.map(({ id }) => read<OrderView>(`orders/${id}`)));
  expect(states.map(({ state }) => state)).toEqual(["shipped", "packed"]);
  const { items } = await read<{ items: { step: string; name: string }[] }>("scan-exceptions");
  const number = (second?.id ?? "").slice(4, 10).toUpperCase();
  expect(items).toContainEqual(
    expect.objectContaining({ step: "pallet-load", name: `${number}-1 → ${sign}`, document: mine.id }),
  );
});

test("the code of a case tells its product and units; a label with the day on which goods were made fills it in, and the day on which they expire", async () => {
  const packs = [{ name: "箱", units: 12, gtin: "16970001284567" }];
  const paste = {
    name: "番茄酱 340 g",
    code: "SKU-9",

    track: "lot",
    dated: true,
    shelfDays: 30,
  };
  const product = await post("products", { ...paste, company, packs });
  const notice = await post("asns", { company, warehouse, lines: [{ product: product.id, units: 24 }] });
  await vi.waitFor(async () => {
    const { items } = await read<{ items: ListedProduct[] }>(`products?company=${company}`);
    expect(items.map(({ id }) => id)).toContain(product.id);
  }, patience);
  const page = await running.visit(`/s/${space.id}/wh/lookup`, { as: hand, ...phone });
  await page.getByText("扫了就知道").waitFor();
  await scan(page, "16970001284567");
  await page.getByRole("heading", { name: paste.name }).waitFor();
  await page.getByText("这个码是 1 箱，共 12 件").waitFor();
  await fine(page, "phone-lookup-case");
  await page.goto(`/s/${space.id}/wh/receive/${notice.id}`);
  await page.locator("b.text-lg", { hasText: paste.name }).waitFor();
  await scan(page, "(01)16970001284567(11)261101(10)L7");
  await page.getByText("由生产日期加保质期 30 天算出").waitFor();
  await fine(page, "phone-receive-made");
  expect(await field(page, "生产日期").inputValue()).toBe("2026-11-01");
  expect(await field(page, "到期日").inputValue()).toBe("2026-12-01");
  await press(page, /^确认 \d+ 件$/);
  await expect
    .poll(async () => (await read<AsnView>(`asns/${notice.id}`)).items[0]?.received, patience)
    .toBeGreaterThan(0);
});

test("a newer build waits until the person takes it, also without a network; what was done and not sent goes over to it and arrives once", async () => {
  const builds = await buildsOf();
  const page = await running.visit(`/s/${space.id}/wh`, { as: hand, ...phone, through: builds.proxy });
  const build = () => page.evaluate(() => document.querySelector("meta[name=build]")?.getAttribute("content") ?? null);
  const taken = page.getByRole("button", { name: "现在换成新版" });
  await ready(page);
  builds.comeOut();
  await page.reload();
  await taken.waitFor();
  await page.reload();
  await taken.waitFor();
  expect(await build()).toBeNull();
  await fine(page, "phone-newer-build");

  await page.getByRole("link", { name: "移库" }).click();
  await page.waitForURL(/\/wh\/move/);
  await page.getByRole("textbox").first().waitFor();
  await page.context().setOffline(true);
  await scan(page, "02-02-01");
  await page.locator(".y-plate-xl", { hasText: "02-02-01" }).waitFor();
  await scan(page, perfume.gtin);
  await scan(page, "02-02-02");
  await press(page, /^移 \d+ 件$/);
  await page.getByText("记在手机里").waitFor();
  await page.getByRole("button", { name: "返回" }).click();
  await strip(page, /离线，1 步没同步/);
  await taken.click();
  await page.waitForFunction(() => document.querySelector("meta[name=build]") !== null);
  await strip(page, /离线，1 步没同步/);
  await taken.waitFor({ state: "detached" });

  await page.context().setOffline(false);
  await page.getByText(/都已同步/).waitFor();
  await vi.waitFor(async () => {
    const { items } = await read<{ items: Movement[] }>(`warehouses/${warehouse}/movements?limit=40`);
    expect(items.filter(({ to }) => to === "02-02-02")).toHaveLength(1);
  }, patience);
  await page.context().close();
  builds.close();
});

test("goods go to another warehouse and are taken in there on the phone, both without a network", async () => {
  const place = { name: "二号仓", zone: running.zone };
  const second = (await post("warehouses", place)).id;
  const page = await running.visit(`/s/${space.id}/wh`, { as: hand, ...phone });
  await page.evaluate((id) => localStorage.setItem("yihao.hand.warehouse", id), warehouse);
  await page.reload();
  await ready(page);
  await page.getByRole("link", { name: "发调拨" }).click();
  await page.getByRole("combobox", { name: "发到" }).waitFor();
  await page.context().setOffline(true);
  await scan(page, "02-02-02");
  await page.locator(".y-plate-xl", { hasText: "02-02-02" }).waitFor();
  await scan(page, perfume.gtin);
  await fine(page, "phone-send");
  await press(page, /^放上 \d+ 件$/);
  await fine(page, "phone-send-loaded");
  await press(page, /^发出 \d+ 件$/);
  await page.getByText("记在手机里").waitFor();
  await fine(page, "phone-sent");
  await page.context().setOffline(false);
  await page.getByText("1 步没同步").waitFor({ state: "detached" });

  await page.evaluate((id) => localStorage.setItem("yihao.hand.warehouse", id), second);
  await page.goto(`/s/${space.id}/wh`);
  await ready(page);
  await page.getByRole("link", { name: /收调拨.*在途 \d+ 件/ }).waitFor();
  await page.context().setOffline(true);
  await page.getByRole("link", { name: /收调拨/ }).click();
  await scan(page, perfume.gtin);
  await fine(page, "phone-transfer");
  await press(page, /^确认 \d+ 件$/);
  await page.getByText("这张调拨单收完了").waitFor();
  await page.context().setOffline(false);
  await vi.waitFor(async () => {
    const { items } = await read<{ items: SiteTransferView[] }>(`transfers?warehouse=${second}`);
    expect(items.map(({ state, lines }) => [state, lines[0]?.received === lines[0]?.units])).toEqual([
      ["closed", true],
    ]);
  }, patience);
  await page.evaluate((id) => localStorage.setItem("yihao.hand.warehouse", id), warehouse);
});

/** A picture of a barcode as the one frame of a film that a fake camera shows. */
async function film(code: string): Promise<string> {
  const [width, height, scale] = [640, 480, 4];
  const [bars] = bwip.raw({ bcid: "ean13", text: code }) as unknown as { sbs: number[] }[];
  const light = Buffer.alloc(width * height, 235);
  let x = (width - (bars?.sbs.reduce((sum, one) => sum + one, 0) ?? 0) * scale) / 2;
  for (const [at, run] of (bars?.sbs ?? []).entries()) {
    if (at % 2 === 0) for (let y = 120; y < 360; y += 1) light.fill(16, y * width + x, y * width + x + run * scale);
    x += run * scale;
  }
  const frame = [Buffer.from("FRAME\n"), light, Buffer.alloc((width * height) / 2, 128)];
  const path = join(tmpdir(), `yihao-camera-${crypto.randomUUID()}.y4m`);
  await writeFile(
    path,
    Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), ...frame]),
  );
  return path;
}

test("the camera reads a GTIN by the reader we carry, from our own files, loaded when it is opened; without the right to it the page says so", async () => {
  camera = await chromium.launch({
    executablePath: chromiumPath() ?? "/usr/bin/chromium",
    args: [
      ...["--headless", "--no-sandbox", "--disable-gpu", "--use-fake-device-for-media-stream"],
      ...["--use-fake-ui-for-media-stream", `--use-file-for-fake-video-capture=${await film(perfume.gtin)}`],
    ],
  });
  const { cookies } = await hand.request.storageState();
  const look = { baseURL: running.url, viewport: phone, locale: "zh-CN", storageState: { cookies, origins: [] } };
  const context = await camera.newContext({ ...look, serviceWorkers: "block" });
  const asked: string[] = [];
  const broken: string[] = [];
  context.on("request", (one) => void asked.push(one.url()));
  context.on("console", (one) => void (one.type() === "error" && broken.push(one.text())));
  const page = await context.newPage();
  await page.goto(`/s/${space.id}/wh/lookup`);
  await page.getByText("扫了就知道").waitFor();
  expect(asked.filter((url) => /\.wasm$|barcode-reader/.test(url))).toEqual([]);
  await press(page, "用摄像头扫");
  await page.getByRole("heading", { name: perfume.name }).waitFor();
  expect(asked.filter((url) => url.endsWith(".wasm"))).toEqual([expect.stringContaining(`${running.url}/assets/`)]);
  expect([broken, asked.filter((url) => !url.startsWith(running.url) && !url.startsWith("blob:"))]).toEqual([[], []]);

  const refused = await running.visit(`/s/${space.id}/wh/lookup`, { as: hand, ...phone });
  await refused.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "NotAllowedError"));
  });
  await press(refused, "用摄像头扫");
  await refused.getByText("没有摄像头权限").waitFor();
  await fine(refused, "phone-camera-denied");
});
