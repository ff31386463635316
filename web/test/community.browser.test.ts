import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { joins, type MadeSpace, makeCompany, makeSpace } from "./made-space.ts";
import { ask, field, fine, type Person, patience, phone, press, scan, useProduct } from "./running-product.ts";

/** The community pages on the running product: tickets, parcels, announcements and the directory, between companies and the front desk. */
const running = useProduct();
let owner: Person;
let desk: Person;
let member: Person;
let neighbour: Person;
let space: MadeSpace;
let company: string;
let base: string;
const row = (page: Page, name: string | RegExp) => page.getByRole("row", { name });

beforeAll(async () => {
  owner = await running.signIn(running.email("owner"), "周敏");
  space = await makeSpace(running, owner);
  company = await makeCompany(running, owner, space, "晚汀香氛");
  const other = await makeCompany(running, owner, space, "青禾农选");
  desk = await joins(running, owner, space, "陈前台", { roles: ["frontdesk"] });
  member = await joins(running, owner, space, "何雨桐", { company, role: "admin" });
  neighbour = await joins(running, owner, space, "许静", { company: other, role: "admin" });
  base = `/s/${space.id}`;
});

test("a company asks for help, the desk answers and notes, and the company sees the answer and never the note", async () => {
  const theirs = await running.visit(`${base}/my/tickets`, { as: member });
  await theirs.getByText("还没有求助", { exact: false }).waitFor();
  await fine(theirs, "my-tickets-empty");
  await press(theirs, "写下求助");
  await press(theirs, "发送");
  await theirs.getByText("写一句什么事").first().waitFor();
  await field(theirs, "什么事").fill("会议室 1 空调漏水");
  await field(theirs, "位置").fill("二层 R1");
  await field(theirs, "具体情况").fill("从昨天下午开始，地毯湿了一片。");
  await theirs.getByText("紧急", { exact: true }).click();
  await fine(theirs, "my-ticket-form");
  await press(theirs, "发送");
  await theirs.waitForURL(/my\/tickets\/tik_/);
  await running.linkTo(desk.email, /\/tickets\//);

  const page = await running.visit(`${base}/community`, { as: desk });
  await row(page, /会议室 1 空调漏水/).click();
  await page.getByText("从昨天下午开始", { exact: false }).waitFor();
  await page.getByLabel("负责人").selectOption({ label: "陈前台" });
  await page.getByText("已保存").waitFor();
  await page.getByText("内部备注", { exact: true }).click();
  await field(page, "内部备注").fill("漏水接头是上次没换的那个");
  await press(page, "记下");
  await page.getByText("漏水接头是上次没换的那个").waitFor();
  await page.getByText("答复企业", { exact: true }).first().click();
  await field(page, "答复企业").fill("师傅下午两点到，请把桌上的东西收一下。");
  await press(page, "发送");
  await page.getByText("师傅下午两点到", { exact: false }).first().waitFor();
  await fine(page, "tickets-operator");
  await press(page, "已解决");
  await page.getByText("状态改为已解决").waitFor();

  await theirs.reload();
  await theirs.getByText("师傅下午两点到", { exact: false }).waitFor();
  expect(await theirs.getByText("漏水接头").count()).toBe(0);
  expect(await theirs.getByText("陈前台").count()).toBe(0);
  await fine(theirs, "my-ticket-solved");
  await press(theirs, "还没好，重新打开");
  await theirs.getByText("状态改为新的").waitFor();
});

test("who edits a ticket that somebody changed meanwhile is told and sees the latest", async () => {
  const { id, rev } = await ask(owner, "POST", `${space.api}/tickets`, {
    ...{ company, kind: "network", title: "二层网络很慢", priority: "low" },
  });
  const page = await running.visit(`${base}/community/tickets/${id}`, { as: owner });
  await page.getByText("二层网络很慢").first().waitFor();
  await ask(owner, "PUT", `${space.api}/tickets/${id}/state`, { state: "waiting" }, { "if-match": `"${rev}"` });
  await page.getByText("紧急", { exact: true }).last().click();
  await page.getByText("刚才有别人改过这件求助").waitFor();
  await page.getByRole("button", { name: "开始处理" }).waitFor();
});

/** A picture of a label, 32 by 20. */
const label = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAACAAAAAUCAIAAABj86gYAAAAIUlEQVR42mO4c2IaTRHDqAWjFoxaMGrBqAWjFoxaQAwCAF0LkUyKCYDxAAAAAElFTkSuQmCC",
  "base64",
);

test("parcels are registered in a row with a scanner, told with a code, and handed out against it once", async () => {
  const page = await running.visit(`${base}/wh/parcels`, { as: desk, ...phone });
  await page.getByText("没有运单号").waitFor();
  await scan(page, "sf1390000000001");
  await page.getByText("SF1390000000001").waitFor();
  expect(await page.getByLabel("快递公司").inputValue()).toBe("sf");
  await press(page, "登记这一件");
  await page.getByText("先选企业").waitFor();
  await page.getByRole("combobox", { name: "企业" }).fill("晚汀");
  await page.getByRole("option", { name: "晚汀香氛" }).click();
  await field(page, "货架").fill("A-3");
  await page
    .locator('input[type="file"][capture]')
    .setInputFiles({ name: "label.png", mimeType: "image/png", buffer: label });
  await page.getByRole("img", { name: "照片" }).waitFor();
  await press(page, "登记这一件");
  await page.getByText("刚登记 1 件").first().waitFor();
  await page.getByRole("listitem").getByRole("button", { name: "晚汀香氛" }).click();
  await page.getByText("同一家连续登记").click();
  await page.getByRole("heading", { name: "登记快递" }).click();
  await scan(page, "JD00000000001");
  await page.getByText("刚登记 2 件").first().waitFor();
  await scan(page, "SF1390000000001");
  await page.getByText("SF1390000000001 已经登记过").waitFor();
  await fine(page, "parcels-register-phone");

  const theirs = await running.visit(`${base}/my/parcels`, { as: member, ...phone });
  await theirs.getByText("顺丰 SF1390000000001").waitFor();
  const code =
    (await theirs
      .getByText(/^\d{6}$/)
      .last()
      .textContent()) ?? "";
  const picture = theirs.getByRole("img", { name: "照片" });
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth), patience)
    .toBeGreaterThan(0);
  await fine(theirs, "my-parcels-phone");

  const front = await running.visit(`${base}/community/parcels`, { as: desk });
  await row(front, /SF1390000000001/).waitFor();
  await scan(front, code);
  await front.waitForURL(/parcels\/par_/);
  await front.getByText("A-3").first().waitFor();
  await expect
    .poll(
      () => front.getByRole("img", { name: "照片" }).evaluate((image: HTMLImageElement) => image.naturalWidth),
      patience,
    )
    .toBeGreaterThan(0);
  await fine(front, "parcels-operator");
  const { items } = await ask<{ items: { id: string }[] }>(owner, "GET", `${space.api}/parcels?under=SF1390000000001`);
  await ask(owner, "POST", `${space.api}/parcels/${items[0]?.id}/hand-out`, { signedBy: "何雨桐" });
  await press(front, "交给对方");
  await front.getByText("这一件刚才已由 何雨桐 签收").first().waitFor();
  await front.goto(`${base}/community/parcels`);
  await row(front, /JD00000000001/).click();
  await front.getByText("签收人", { exact: true }).last().click();
  await field(front, "签收人姓名").fill("高文博");
  await press(front, "交给对方");
  await front.getByText("高文博 的件已交出").waitFor();
  await front.getByText("没有待领的快递", { exact: false }).waitFor();
  await theirs.reload();
  await theirs.getByText("领过的").waitFor();
  expect(await theirs.getByText(code).count()).toBe(0);
});

test("an announcement is written, mailed once to each person, read in the portal and counted", async () => {
  const page = await running.visit(`${base}/community/notices`, { as: desk });
  await page.getByText("没有公告", { exact: false }).first().waitFor();
  await press(page, /^写公告/);
  await press(page, /^发布/);
  await page.getByText("写标题").first().waitFor();
  await field(page, "标题").fill("周六上午停水");
  await field(page, "正文").fill("周六 8:00–12:00 自来水检修。\n\n请提前接水，卫生间改用三层。");
  await page.getByText("置顶", { exact: true }).last().click();
  await page.getByText("同时发邮件").click();
  await fine(page, "notice-form");
  await press(page, /^发布/);
  await page.waitForURL(/notices\/ann_/);
  await running.linkTo(member.email, /\/my\/notices\/ann_/);
  const theirs = await running.visit(`${base}/my/notices`, { as: member });
  await row(theirs, /周六上午停水/)
    .getByText("未读")
    .waitFor();
  await fine(theirs, "my-notices");
  await row(theirs, /周六上午停水/).click();
  await theirs.getByText("请提前接水", { exact: false }).waitFor();
  await row(theirs, /周六上午停水/)
    .getByText("已读")
    .waitFor();
  await page.reload();
  await page.getByText("1 人已读", { exact: false }).waitFor();
  await fine(page, "notices-operator");
  await press(page, "撤下");
  await page.getByText("已撤下").waitFor();
  await theirs.goto(`${base}/my/notices`);
  await theirs.getByText("现在没有公告").waitFor();
});

test("an event of one seat: one registers, another waits and has the seat once it is given up; the desk notes who came", async () => {
  const page = await running.visit(`${base}/community/notices`, { as: desk });
  await page.getByText("没有公告", { exact: false }).first().waitFor();
  await press(page, /^写公告/);
  await field(page, "标题").fill("路演日");
  await field(page, "正文").fill("带名片来。");
  await page.getByRole("checkbox", { name: /这是活动/ }).check({ force: true });
  await field(page, "地点").fill("路演厅");
  await field(page, "名额").fill("1");
  await fine(page, "event-form");
  await press(page, /^发布/);
  await row(page, /路演日/).click();
  await page.getByText("还没有人报名。").waitFor();

  const mine = await running.visit(`${base}/my/notices`, { as: member });
  await row(mine, /路演日/).click();
  await press(mine, "报名");
  await mine.getByText("已报 1 / 1").waitFor();
  await fine(mine, "event-registered");
  const theirs = await running.visit(`${base}/my/notices`, { as: neighbour, lang: "en", theme: "dark", ...phone });
  await row(theirs, /路演日/).click();
  await press(theirs, "Full: wait for a seat");
  await theirs.getByText("1 of 1 seats taken, 1 waiting").waitFor();
  await fine(theirs, "event-waiting-phone-en-dark");
  await press(mine, "取消报名");
  const letter = await running.linkTo(neighbour.email, /\/my\/notices\//);
  expect(letter).toContain(`${base}/my/notices/`);
  await page.reload();
  const seat = page.getByRole("listitem").filter({ hasText: "许静" });
  await seat.getByText("已报名").waitFor();
  await seat.getByRole("button", { name: "到了" }).click();
  await seat.getByText("已到场").waitFor();
  await fine(page, "event-people");
});

test("a company publishes its card and withdraws it: others find it in between and at no other time", async () => {
  const page = await running.visit(`${base}/my/directory`, { as: member });
  await page.getByText("没有公开，别的企业看不到你们").waitFor();
  await press(page, "写名片");
  await press(page, "公开");
  await page.getByText("写一两句做什么").first().waitFor();
  await field(page, "做什么").fill("手工香薰，从配方到包装");
  await field(page, "行业").fill("文创");
  await field(page, "能提供").fill("包装设计、礼盒");
  await field(page, "在找").fill("冷链物流");
  await field(page, "联系人").fill("何雨桐");
  await press(page, "只保存，不公开");
  await page.getByText("没有公开，别的企业看不到你们").waitFor();
  const other = await running.visit(`${base}/my/directory`, { as: neighbour });
  await other.getByText("还没有企业公开名片", { exact: false }).waitFor();
  await press(page, "修改");
  await press(page, "公开");
  await page.getByText("名片已公开").waitFor();
  await fine(page, "my-directory");
  await other.getByRole("searchbox").fill("设计");
  await row(other, /晚汀香氛/).click();
  await other.getByText("手工香薰，从配方到包装").last().waitFor();
  expect(await other.getByText("何雨桐").count()).toBe(0);
  await fine(other, "directory-found");
  const staff = await running.visit(`${base}/community/directory`, { as: desk });
  await row(staff, /晚汀香氛/).click();
  await fine(staff, "directory-operator");
  await press(page, "撤下");
  await page.getByText("已撤下，现在没有人能找到").waitFor();
  await other.goto(`${base}/my/directory`);
  await other.getByText("还没有企业公开名片", { exact: false }).waitFor();
});

test("the pages hold on a phone, in the dark, in English", async () => {
  const notice = {
    title: "年末安全检查",
    text: "本周五下午。",
    from: running.day(),
    until: running.day(7),
    pinned: true,
  };
  await ask(owner, "POST", `${space.api}/announcements`, notice);
  await ask(owner, "POST", `${space.api}/parcels`, { company, carrier: "jd", tracking: "JD00000000009", shelf: "B-2" });
  const card = { about: "家居香氛", offers: ["礼盒"], seeks: ["摄影"], contactName: "何雨桐", contactShown: true };
  const at = `${space.api}/directory/${company}`;
  const { card: kept } = await ask<{ card: { rev: number } }>(member, "GET", at);
  await ask(member, "PUT", at, { ...card, published: true }, { "if-match": `"${kept.rev}"` });

  const theirs = await running.visit(`${base}/my/tickets`, { as: member, ...phone });
  await row(theirs, /空调漏水/).click();
  await theirs.getByText("师傅下午两点到", { exact: false }).waitFor();
  await fine(theirs, "my-ticket-phone");
  for (const [path, word] of [
    ["my/notices", "年末安全检查"],
    ["my/directory", "家居香氛"],
    ["my", "1 件快递待领"],
  ] as const) {
    await theirs.goto(`${base}/${path}`);
    await theirs.getByText(word).first().waitFor();
    await fine(theirs, `phone-${path.replace("/", "-")}`);
  }
  const home = await running.visit(`${base}/my`, { as: member, theme: "dark", lang: "en" });
  await home.getByText("1 parcel to fetch").waitFor();
  await fine(home, "my-home-en-dark");
  const page = await running.visit(`${base}/community`, { as: owner, lang: "en", theme: "dark" });
  await row(page, /空调漏水/).click();
  await page.getByText("First answer", { exact: true }).waitFor();
  await fine(page, "tickets-en-dark");
  for (const [path, word] of [
    ["parcels", "JD00000000009"],
    ["notices", "年末安全检查"],
    ["directory", "家居香氛"],
  ] as const) {
    await page.goto(`${base}/community/${path}`);
    await row(page, new RegExp(word)).click();
    await fine(page, `${path}-en-dark`);
  }
  const hand = await running.visit(`${base}/community/tickets`, { as: desk, ...phone });
  await row(hand, /空调漏水/).waitFor();
  await fine(hand, "tickets-phone");
  await hand.goto(`${base}/today`);
  await hand.getByText("晚汀香氛 求助，还没有答复").first().waitFor();
});
