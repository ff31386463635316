import { instantOf } from "@yihao/kernel/days";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { ask, codeInto, field, fine, password, phone, press, scan, shoot, useProduct } from "./running-product.ts";

/** The main journey on the running product: from an operator's sign-up to a paid bill, every step through pages, mails and scans. */
const running = useProduct({ sameMonth: true });
let owner: Page;
let he: Page;
let space = "";
let tomorrow = "";
const gtins = ["6970001284560", "6901234567892"] as const;

test("1 an operator signs up by e-mail and sets the space up: site, desks, rooms, prices, plan, warehouse", async () => {
  owner = await running.visit("/sign-up", { keep: true, motion: true });
  await owner.getByLabel("姓名").fill("周敏");
  await owner.getByLabel("邮箱").fill(running.email("zhoumin"));
  await codeInto(running, owner, running.email("zhoumin"));
  await field(owner, "密码").fill(password);
  await press(owner, "注册并继续");
  await owner.waitForURL("**/setup");
  await field(owner, "空间名称").fill("淮海壹号众创空间");
  await fine(owner, "journey-1-space");
  for (const next of ["场地与开放时间", "工位与会议室", "价目与套餐", "云仓货位", "企业"]) {
    await press(owner, `保存，去${next}`);
    await owner.getByRole("heading", { name: next }).first().waitFor();
    await fine(owner, `journey-1-${next}`);
  }
  space = /\/setup\/(spc_\w+)/.exec(owner.url())?.[1] ?? "";
  expect(space).toMatch(/^spc_/);
  const read = <T>(path: string) => ask<T>(owner, "GET", `/api/v1/spaces/${space}${path}`);
  const { items: resources } = await read<{ items: { kind: string; code: string }[] }>("/resources?limit=200");
  expect(resources.filter(({ kind }) => kind === "desk").map(({ code }) => code)).toHaveLength(40);
  expect(resources.filter(({ kind }) => kind === "room")).toHaveLength(3);
  const { items: warehouses } = await read<{ items: { id: string }[] }>("/warehouses");
  const bins = await read<{ bins?: unknown[]; items?: unknown[] }>(`/warehouses/${warehouses[0]?.id}/bins`);
  expect((bins.bins ?? bins.items ?? []).length).toBe(60);
});

test("2 a company is added by hand and 30 from a CSV, nothing while a row is wrong; a person of it is invited and joins by the mail's link", async () => {
  await owner.goto(`/s/${space}/members`);
  await press(owner, "添加企业");
  await owner.getByRole("textbox", { name: "企业名称" }).fill("晚汀香氛");
  await owner.keyboard.press("Control+Enter");
  await owner.getByText("晚汀香氛 已添加").waitFor();

  await owner.goto(`/s/${space}/members/import`);
  const rows = Array.from({ length: 30 }, (_, index) => `淮北第${index + 1}号电商,企业,电商,联系人${index + 1}`);
  const csv = (lines: string[]) => `企业名称,类型,行业,联系人\n${lines.join("\n")}\n`;
  const paste = owner.getByRole("textbox", { name: "或者粘贴" });
  await paste.fill(csv([...rows.slice(0, 29), "晚汀香氛,工厂,电商,某人"]));
  await press(owner, /^检查/);
  await owner.getByText("1 行要改，改好再检查一次").first().waitFor();
  await owner.getByText("“工厂”不认识，填企业或团队").first().waitFor();
  await fine(owner, "journey-2-faults");
  await paste.fill(csv(rows));
  await press(owner, /^检查/);
  await press(owner, /^导入 30 家/);
  await owner.getByText("已导入 30 家").first().waitFor();
  await owner.goto(`/s/${space}/members`);
  await owner.getByText("31 家").first().waitFor();
  await owner.getByRole("cell", { name: "晚汀香氛", exact: true }).click();
  await press(owner, "开通套餐");
  await owner.getByRole("dialog").getByRole("button", { name: "开通" }).click();
  await owner.getByRole("dialog").waitFor({ state: "detached" });
  await fine(owner, "journey-2-plan");
  await owner
    .getByText(/月卡|成长套餐/)
    .first()
    .waitFor();
  for (const [who, role] of [
    ["he", "管理员"],
    ["gao", "成员"],
  ] as const) {
    await press(owner, "邀请");
    const drawer = owner.getByRole("dialog");
    await drawer.getByRole("textbox", { name: "邮箱" }).fill(running.email(who));
    await drawer.getByText(role, { exact: false }).last().click();
    await drawer.getByRole("button", { name: "发送邀请" }).click();
    await drawer.waitFor({ state: "detached" });
  }
  await fine(owner, "journey-2-company");

  he = await running.visit(await running.linkTo(running.email("he")), { keep: true, motion: true });
  await he.getByText("周敏 邀请你").waitFor();
  await he.getByLabel("姓名").fill("何雨桐");
  await field(he, "密码").fill(password);
  await press(he, "加入");
  await he.waitForURL(`**/s/${space}/my`);
  await fine(he, "journey-2-portal");
});

test("3 she books desk A-05 for tomorrow and a room 10:00–11:30 at the price shown; a colleague is told it was just taken and takes another, in English", async () => {
  const gao = await running.visit(await running.linkTo(running.email("gao")), { lang: "en" });
  await gao.getByRole("tab", { name: "Use a code" }).click();
  await field(gao, "Name").fill("Gao Wenbo");
  await codeInto(running, gao, running.email("gao"));
  await press(gao, "Join");
  await gao.waitForURL(`**/s/${space}/my`);

  for (const page of [he, gao]) await page.goto(`/s/${space}/my/bookings`);
  tomorrow = running.day(1);
  const strip = new RegExp(`(^|\\D)${Number(tomorrow.slice(-2))}$`);
  await he.getByRole("button", { name: strip }).first().click();
  await he.getByRole("button", { name: /^A-05/ }).last().click();
  await he.getByText("¥40.00").first().waitFor();
  await press(he, "订 A-05，明天");
  await he.getByText("已订 A-05", { exact: false }).first().waitFor();

  for (const [page, room] of [
    [he, "会议室"],
    [gao, "Rooms"],
  ] as const) {
    await page.getByRole("button", { name: strip }).first().click();
    await page
      .getByRole("radio", { name: new RegExp(room) })
      .first()
      .check({ force: true });
    await page.getByRole("button", { name: /10:00/ }).first().click();
    await page.getByRole("radio", { name: /1\.5/ }).first().check({ force: true });
  }
  await he.getByText("套餐时长抵扣").first().waitFor();
  await fine(he, "journey-3-quote");
  await he
    .getByRole("button", { name: /^订 .*10:00–11:30/ })
    .last()
    .click();
  await he
    .getByText(/已订 .*10:00–11:30|已订/)
    .first()
    .waitFor();
  await gao
    .getByRole("button", { name: /^Book .*10:00–11:30/ })
    .last()
    .click();
  await gao
    .getByText(/just booked 10:00–11:30/)
    .first()
    .waitFor();
  await shoot(gao, "journey-3-taken-en");
  await gao
    .getByRole("button", { name: /会议室 2/ })
    .last()
    .click();
  await gao
    .getByRole("button", { name: /^Book R-02, 10:00–11:30/ })
    .last()
    .click();
  await gao
    .getByText(/Booked R-02/)
    .first()
    .waitFor();
});

test("3b room time beyond the allowance is booked for money: of three hours one is the allowance's, two are ¥120.00", async () => {
  const api = `/api/v1/spaces/${space}`;
  const { items } = await ask<{ items: { id: string; code: string }[] }>(he, "GET", `${api}/resources?limit=200`);
  const resource = items.find(({ code }) => code === "R-03")?.id;
  const at = (time: string) => instantOf(tomorrow, time, running.zone);
  const slot = { resource, from: at("14:00"), until: at("17:00") };
  type Quoted = { quote: { totalMinor: number; allowanceMinutes: number } };
  const { quote } = await ask<Quoted>(he, "POST", `${api}/quotes/booking`, slot);
  expect(quote).toMatchObject({ totalMinor: 12000, allowanceMinutes: 60 });
  await ask(he, "POST", `${api}/bookings`, { ...slot, expectMinor: 12000, expectAllowanceMinutes: 60 });
});

test("4 the company announces 120 and 80 units from a CSV; staff receive 118 and 80, put them into two bins by scanning; the stock card explains every unit", async () => {
  await he.goto(`/s/${space}/my/inbound/new`);
  const drop = he.locator('input[type="file"]');
  await drop.waitFor({ state: "attached" });
  const csv = `商品条码,名称,数量\n${gtins[0]},无火香薰 乌木 120 ml,120\n${gtins[1]},石磨面粉 5 kg,80\n`;
  await drop.setInputFiles({ name: "asn.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await he.getByText("2 种、200 件可以报").waitFor();
  await press(he, "提交预报");
  await he.waitForURL(/\/my\/stock\/asn_/);

  const hand = await running.visit(`/s/${space}/wh`, { as: owner, motion: true, ...phone });
  await hand.getByRole("link", { name: /收货/ }).first().click();
  for (const [index, units] of [118, 80].entries()) {
    await hand
      .locator("b", { hasText: index === 0 ? "无火香薰" : "石磨面粉" })
      .first()
      .waitFor();
    await scan(hand, gtins[index] ?? "");
    const amount = hand.getByRole("spinbutton", { name: /应收/ });
    await amount.fill(String(units));
    await amount.press("Tab");
    if (index === 0) await hand.getByText("不会再来货").click();
    await fine(hand, `journey-4-receive-${index}`);
    await press(hand, `确认 ${units} 件`);
  }
  await hand.getByText("这张预报收完了").waitFor();
  await hand.getByRole("link", { name: "去上架" }).click();
  for (let task = 0; task < 2; task += 1) {
    await hand.getByText("扫货位").first().waitFor();
    const title = (await hand.locator("b.text-lg", { hasText: /无火香薰|石磨面粉/ }).textContent()) ?? "";
    const bin = (await hand.locator(".y-plate-lg, .y-plate-xl").first().textContent())?.trim() ?? "";
    await scan(hand, bin);
    await hand.getByText("扫商品").first().waitFor();
    const flour = title.includes("石磨面粉");
    await scan(hand, flour ? gtins[1] : gtins[0]);
    await press(hand, flour ? "确认 80 件" : "确认 118 件");
    await hand.locator("b.text-lg", { hasText: title }).waitFor({ state: "detached" });
  }
  await hand.getByText("收货区没有要上架的货").waitFor();

  await he.goto(`/s/${space}/my/stock`);
  await he.getByText("无火香薰 乌木 120 ml").click();
  await he.getByRole("table", { name: "收发存明细" }).getByText("+118").waitFor();
  await fine(he, "journey-4-card");
});

test("5 the company orders 30 units out: reserved at once, picked and shipped on the phone", async () => {
  await he.goto(`/s/${space}/my/orders/new`);
  await he.getByRole("combobox").first().click();
  await he.getByRole("option", { name: /无火香薰/ }).click();
  const units = he.getByRole("spinbutton").or(he.getByLabel("数量")).first();
  await units.fill("30");
  await units.press("Tab");
  await he.getByLabel("收件人").fill("王海涛");
  await press(he, "提交出库");
  await he.waitForURL(/\/my\/orders\/ord_/);
  await he.getByText("已占用").first().waitFor();
  const order = he.url().split("/").at(-1) ?? "";

  const hand = await running.visit(`/s/${space}/wh/pick/${order}`, { as: owner, ...phone });
  await scan(hand, (await hand.locator(".y-plate-xl").textContent())?.trim() ?? "");
  await hand.getByText("扫商品").first().waitFor();
  await scan(hand, gtins[0]);
  await press(hand, "确认 30 件");
  await hand.getByText("都拣好了，送到打包台").waitFor();
  await press(hand, "出库");
  await hand.getByRole("dialog").getByRole("button", { name: "出库" }).click();
  await hand.getByText("已出库").first().waitFor();

  await he.goto(`/s/${space}/my/stock`);
  await he.getByText("无火香薰 乌木 120 ml").click();
  await he.getByRole("table", { name: "收发存明细" }).getByText("−30").waitFor();
});

test("6 the month's bills are drawn and finalised; the company pays its bill on the hosted page", async () => {
  await owner.goto(`/s/${space}/billing`);
  await press(owner, "生成账单");
  await press(owner, "生成草稿");
  await press(owner, "看草稿");
  await owner.getByRole("cell", { name: "晚汀香氛" }).first().click();
  const lines = owner.getByRole("table", { name: /明细|项目/ }).first();
  for (const service of ["工位", "会议室"]) await lines.getByText(service, { exact: false }).first().waitFor();
  await fine(owner, "journey-6-draft");
  await press(owner, "出账");
  await press(owner, "确认出账");
  await owner
    .getByText(/ZD-\d{6}-0001/)
    .first()
    .waitFor();

  await he.goto(`/s/${space}/my/bills`);
  await he
    .getByText(/ZD-\d{6}-0001/)
    .filter({ visible: true })
    .first()
    .click();
  await he.getByText("元", { exact: false }).first().waitFor();
  await fine(he, "journey-6-bill");
  await he.getByRole("button", { name: /在线支付/ }).click();
  await he.waitForURL(/\/sandbox\/pay\//);
  await he.getByLabel(/卡号/).fill("4242424242424242");
  await he.getByLabel(/有效期/).fill("12 / 30");
  await he.getByLabel(/安全码/).fill("123");
  await he
    .getByRole("button", { name: /付款|支付/ })
    .last()
    .click();
  await he.waitForURL(/\/my\/bills\//);
  await he
    .getByText(/付款已收到|已付/)
    .first()
    .waitFor();
  await fine(he, "journey-6-paid");
});

test("7 Today shows the bookings, occupancy, stock in and out, bills by state and revenue by stream", async () => {
  await owner.goto(`/s/${space}/today`);
  await owner.getByText("今日入库").first().waitFor();
  await owner.getByText("198").first().waitFor();
  await owner.getByText("本月已付").first().waitFor();
  await fine(owner, "journey-7-today");
});
