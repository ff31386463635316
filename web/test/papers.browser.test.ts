import { usualRules } from "@yihao/booking/model";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { joins, type MadeSpace, makeCompany, makeSpace } from "./made-space.ts";
import { ask, field, fine, type Person, phone, press, rest, useProduct } from "./running-product.ts";

/** Leads, plans, agreements, documents and leaving on the running product: what a space writes down of those who come, stay and go. */
const running = useProduct();
let owner: Person;
let space: MadeSpace;
let page: Page;
const at = (path: string) => `/s/${space.id}/members${path}`;

beforeAll(async () => {
  owner = await running.signIn(running.email("owner"), "周敏");
  space = await makeSpace(running, owner, { desks: 2, rooms: 1 });
  const floors = await ask<{ items: { id: string }[] }>(owner, "GET", `${space.api}/floors`);
  const place = { site: space.site, floor: floors.items[0]?.id, kind: "office", capacity: 4 };
  await ask(owner, "POST", `${space.api}/resources/bulk`, {
    ...usualRules.office,
    ...place,
    items: [{ code: "B-302" }],
  });
  page = await running.visit(at("/leads"), { as: owner, keep: true });
});

test("an outsider applies without an account under the space's own name; what was typed survives a refusal and a reload, and the lead is there", async () => {
  await page.getByText("还没有线索", { exact: false }).waitFor();
  await fine(page, "leads-empty");
  await press(page, "入驻申请表");
  await page.getByRole("switch").check();
  await page.getByText("申请表开着").waitFor();
  await field(page, "开头的话").fill("淮北的众创空间，两个工作日内答复。");
  await press(page, "保存");
  await page.getByText("申请表开着").nth(1).waitFor();
  await page.getByRole("img", { name: "申请表的二维码" }).waitFor();
  await fine(page, "apply-setting");
  await page.keyboard.press("Escape");

  const outsider = await running.visit(`/apply/${space.id}`, { ...phone });
  await outsider.getByRole("heading", { name: "申请入驻 淮海壹号众创空间" }).waitFor();
  await outsider.getByText("两个工作日内答复", { exact: false }).waitFor();
  expect(await outsider.title()).toBe("申请入驻 淮海壹号众创空间");
  await field(outsider, "企业或团队名称").fill("云上青团");
  await press(outsider, "提交申请");
  await outsider.getByText("填你的姓名").waitFor();
  await fine(outsider, "apply-faults");
  await field(outsider, "怎么称呼你").fill("柳一川");
  await field(outsider, "邮箱").fill(running.email("liu"));
  await outsider.getByRole("checkbox", { name: "云仓" }).check();
  await expect
    .poll(() => outsider.evaluate((key) => localStorage.getItem(key), `yihao.draft.apply.${space.id}`))
    .toContain("warehouse");
  await outsider.reload();
  expect(await field(outsider, "企业或团队名称").inputValue()).toBe("云上青团");
  await outsider.getByRole("checkbox", { name: /^同意/ }).check();
  await outsider.context().setOffline(true);
  await press(outsider, "提交申请");
  await outsider.getByText("你填的内容都在", { exact: false }).waitFor();
  expect(await field(outsider, "怎么称呼你").inputValue()).toBe("柳一川");
  await outsider.context().setOffline(false);
  await press(outsider, "提交申请");
  await outsider.getByRole("heading", { name: "申请收到了" }).waitFor();
  await fine(outsider, "apply-thanks");

  const link = await running.linkTo(owner.email, /\/leads\//);
  await page.goto(link);
  await page.getByRole("dialog").getByText("云上青团").first().waitFor();
  await page.getByRole("dialog").getByText("云仓", { exact: true }).waitFor();
  const english = await running.visit(`/apply/${space.id}`, { lang: "en", theme: "dark" });
  await english.getByRole("heading", { name: "Apply to 淮海壹号众创空间" }).waitFor();
  await fine(english, "apply-en-dark");
});

test("a lead goes over the board by keyboard, gets its visit and offer, and becomes a company without being typed again", async () => {
  for (const name of ["麦隅烘焙", "星野露营"])
    await ask(owner, "POST", `${space.api}/leads`, { name, kind: "team", contactName: "秦岳", source: "visit" });
  await page.goto(at("/leads"));
  const card = page.getByRole("button", { name: /云上青团/ });
  await card.focus();
  await page.keyboard.press("Shift+ArrowRight");
  await page.getByRole("region", { name: "已联系" }).getByText("云上青团").waitFor();
  await expect.poll(() => card.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press("Shift+ArrowRight");
  await page.getByRole("dialog").getByLabel("日期").waitFor();
  await fine(page, "lead-tour");
  await press(page, /^约时间/);
  await page.getByText(/^看场地定在/).waitFor();
  await press(page, "写报价");
  await page.getByLabel("套餐", { exact: true }).selectOption({ index: 1 });
  await field(page, "报了什么").fill("成长套餐，先签半年");
  await press(page, /^写报价/);
  await page.getByRole("dialog").getByText("¥600.00").first().waitFor();
  await field(page, "电话、来访、答应过的事").fill("周五前给答复");
  await press(page, "记一笔");
  await page.getByRole("listitem").filter({ hasText: "周五前给答复" }).waitFor();
  await fine(page, "lead-drawer");
  await press(page, "转为企业");
  await press(page, /^转为企业/);
  await page.waitForURL(/members\/cmp_/);
  const company = /cmp_\w+/.exec(page.url())?.[0] ?? "";
  expect(await ask(owner, "GET", `${space.api}/companies/${company}`)).toMatchObject({
    name: "云上青团",
    contactName: "柳一川",
    contactEmail: running.email("liu"),
  });
  await page.goto(at("/leads"));
  await page.getByRole("button", { name: /麦隅烘焙/ }).click();
  await press(page, "流失");
  await page.getByLabel("原因").selectOption("price");
  await press(page, /^流失/);
  await page.getByText("流失：价格").first().waitFor();
  await page.keyboard.press("Escape");
  await fine(page, "leads-board");
  await page.getByRole("tab", { name: "已结束" }).click();
  await page.getByRole("row", { name: /云上青团/ }).waitFor();
  await page.getByRole("row", { name: /麦隅烘焙.*价格/ }).waitFor();
  const small = await running.visit(at("/leads"), { as: owner, lang: "en", theme: "dark", ...phone });
  await small.getByRole("button", { name: /星野露营/ }).click();
  await small.getByRole("dialog").getByText("Looks for").waitFor();
  await fine(small, "lead-phone-en-dark");
});

test("a plan lives on the company's page: paused, resumed, changed, noticed and taken back, with packs beside its allowances", async () => {
  const company = await makeCompany(running, owner, space, "拾光影像");
  const pro = {
    name: "旗舰套餐",
    monthlyMinor: 120_000,
    allowances: { roomMinutes: 600, guestPasses: 4 },
    noticeDays: 30,
  };
  const { id: plan } = await ask(owner, "POST", `${space.api}/plans`, pro);
  await ask(owner, "POST", `${space.api}/companies/${company}/subscription`, { plan, from: running.day() });
  const pack = { name: "会议室十小时", kind: "room-minutes", units: 600, priceMinor: 50_000, validDays: 180 };
  await ask(owner, "POST", `${space.api}/packs`, pack);
  await page.goto(at(`/${company}?tab=plan`));
  await press(page, "变更");
  await page.getByLabel("套餐", { exact: true }).selectOption({ label: "成长套餐 · ¥600.00/月" });
  await field(page, "从哪天起").fill(running.day(10));
  await press(page, /^变更/);
  await page.getByRole("img", { name: /套餐的时间线.*旗舰套餐.*成长套餐/ }).waitFor();
  await press(page, "暂停");
  await field(page, "第一天").fill(running.day(20));
  await field(page, "到哪天（最后一天）").fill(running.day(29));
  await press(page, /^暂停/);
  await page.getByRole("button", { name: "恢复" }).waitFor();
  await press(page, "退租通知");
  await fine(page, "plan-notice");
  await press(page, /^退租通知/);
  await page.getByText(/^已提退租，最后一天/).waitFor();
  await press(page, "卖预付包");
  await page.getByText("10 小时，180 天内有效", { exact: false }).waitFor();
  await press(page, /^卖预付包/);
  await page.getByRole("img", { name: /^会议室十小时/ }).waitFor();
  await page
    .getByText(/剩 10 小时/)
    .first()
    .waitFor();
  await fine(page, "plan-panel");
  await press(page, "撤回退租");
  await press(page, /^撤回退租/);
  await page.getByRole("button", { name: "退租通知" }).waitFor();

  const admin = await joins(running, owner, space, "程子然", { company, role: "admin" });
  const portal = await running.visit(`/s/${space.id}/my/company`, { as: admin, ...phone });
  await portal.getByRole("img", { name: /^会议室十小时/ }).waitFor();
  await press(portal, "退租通知");
  await press(portal, /^退租通知/);
  await portal.getByText(/^已提退租，最后一天/).waitFor();
  expect(await portal.getByRole("button", { name: /立即结束|卖预付包|变更/ }).count()).toBe(0);
  await fine(portal, "plan-portal-phone");
  const dark = await running.visit(at(`/${company}?tab=plan`), { as: owner, lang: "en", theme: "dark" });
  await dark.getByText(/^Notice given, last day/).waitFor();
  await fine(dark, "plan-en-dark");
});

test("an agreement is drafted, signed with its file, and stands among those that end soon", async () => {
  const company = await makeCompany(running, owner, space, "木兮木作");
  await page.goto(at(`/${company}?tab=agreements`));
  await press(page, "起草协议");
  await field(page, "标题").fill("二层工位租约");
  await field(page, "编号").fill("HT-2026-018");
  await field(page, "起始日").fill(running.day(-300));
  await field(page, "最后一天").fill(running.day(-301));
  await press(page, /^起草协议/);
  await page.getByText("最后一天不能早于起始日").waitFor();
  await field(page, "最后一天").fill(running.day(20));
  await field(page, "月租").fill("3600");
  await page.getByRole("combobox", { name: "租出的房间和工位" }).fill("B-302");
  await page.getByRole("option", { name: "B-302" }).click();
  await fine(page, "agreement-draft");
  await press(page, /^起草协议/);
  await page.getByText("草稿已保存").waitFor();
  await press(page, "签订");
  await press(page, /^签订/);
  await page.getByText("20 天后到期").waitFor();
  await page.getByText("＋ 文件").click();
  await page.getByLabel("添加文件").setInputFiles([
    { name: "租约扫描件.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 租约") },
    { name: "安装包.exe", mimeType: "application/octet-stream", buffer: Buffer.from("MZ") },
  ]);
  await page.getByRole("button", { name: "下载 租约扫描件.pdf" }).waitFor();
  await page.getByText(/^安装包\.exe：不接受这种文件/).waitFor();
  await fine(page, "agreement-signed");
  await page.goto(at("/agreements"));
  await page.getByRole("row", { name: /木兮木作.*20 天后到期/ }).waitFor();
  await fine(page, "agreements-list");
  await page.getByRole("row", { name: /木兮木作/ }).click();
  await page.waitForURL(/tab=agreements/);
  await press(page, "续签");
  await press(page, /^续签/);
  await page.getByText("履行中").first().waitFor();
  await press(page, "变更");
  await fine(page, "agreement-amend");
  await field(page, "从哪天起").fill(running.day(10));
  await field(page, "新月租").fill("3900");
  await page.getByRole("dialog").getByRole("button", { name: "变更" }).click();
  await page.getByText(/起 ¥3,900\.00/).waitFor();
  await fine(page, "agreement-amended");
  const small = await running.visit(at("/agreements"), { as: owner, lang: "en", theme: "dark", ...phone });
  await small.getByRole("tab", { name: /Drafts and running/ }).click();
  await small.getByRole("row", { name: /木兮木作/ }).waitFor();
  await fine(small, "agreements-phone-en-dark");
});

test("documents go both ways: staff choose what the company sees, the company adds its own, each is fetched and removed", async () => {
  const company = await makeCompany(running, owner, space, "北屿数码");
  const admin = await joins(running, owner, space, "陈思远", { company, role: "admin" });
  await page.goto(at(`/${company}?tab=documents`));
  const zone = page.locator("label.y-drop");
  const dropped = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(["%PDF-1.7 执照"], "营业执照.pdf", { type: "application/pdf" }));
    data.items.add(new File([], "空白.pdf", { type: "application/pdf" }));
    data.items.add(new File(["不是图片"], "假照片.png", { type: "image/png" }));
    return data;
  });
  await page.getByLabel("企业的人可以看").check();
  await zone.dispatchEvent("drop", { dataTransfer: dropped });
  await page.getByText("空白.pdf：文件是空的").waitFor();
  await page.getByText(/假照片\.png：.*没有收下/).waitFor();
  await page.getByRole("button", { name: "下载 营业执照.pdf" }).waitFor();
  await fine(page, "documents");
  const down = page.waitForEvent("download");
  await page.getByRole("button", { name: "下载 营业执照.pdf" }).click();
  expect((await down).suggestedFilename()).toBe("营业执照.pdf");
  await page.getByLabel("企业的人可以看").uncheck();
  await page
    .getByLabel("添加文件")
    .setInputFiles({ name: "内部评估.txt", mimeType: "text/plain", buffer: Buffer.from("不外传") });
  await page.getByRole("button", { name: "下载 内部评估.txt" }).waitFor();

  const portal = await running.visit(`/s/${space.id}/my/company`, { as: admin, ...phone });
  await portal.getByRole("button", { name: "下载 营业执照.pdf" }).waitFor();
  expect(await portal.getByText("内部评估.txt").count()).toBe(0);
  expect(await portal.getByRole("button", { name: "删除 营业执照.pdf" }).count()).toBe(0);
  await portal
    .getByLabel("添加文件")
    .last()
    .setInputFiles({ name: "计划书.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 计划") });
  await portal.getByRole("button", { name: "删除 计划书.pdf" }).waitFor();
  await fine(portal, "documents-portal-phone");
  await page.reload();
  await page.getByRole("button", { name: "删除 计划书.pdf" }).click();
  await fine(page, "document-remove");
  await press(page, "删除");
  await page.getByText("计划书.pdf 已删除").waitFor();
  await page.getByRole("button", { name: "下载 计划书.pdf" }).waitFor({ state: "detached" });
});

test("leaving: the list answers by itself what it can, the rest is ticked or waived; it may be given up, come back, and be forgotten", async () => {
  const company = await makeCompany(running, owner, space, "橙子直播", { plan: true });
  await page.goto(at(`/${company}?tab=exit`));
  await press(page, "安排退驻");
  await field(page, "退驻日").fill(running.day());
  await press(page, /^安排退驻/);
  const row = (item: string) => page.getByRole("listitem").filter({ hasText: item });

  await row("库存").getByText("已结清").waitFor();
  await row("套餐").getByText("未结").waitFor();
  expect(await page.getByRole("button", { name: "办完退驻" }).isDisabled()).toBe(true);
  await fine(page, "exit-open");
  const end = { until: running.day() };
  await ask(owner, "POST", `${space.api}/companies/${company}/subscription/end`, end);
  await page.reload();
  await row("套餐").getByText("已结清").waitFor();
  await page.getByRole("button", { name: "钥匙已办" }).click();
  await row("钥匙").getByText("取消勾").waitFor();
  for (const item of ["门禁卡", "借用的设备", "注册地址迁出", "欠款"]) {
    const waive = page.getByRole("button", { name: `豁免${item}` });
    await row(item)
      .getByText(/未结|已结清/)
      .waitFor();
    if ((await waive.count()) === 0) continue;
    await waive.click();
    await field(page, "为什么放行").fill("前台已核对");
    await press(page, /^豁免/);
    await row(item).getByText("已豁免").waitFor();
  }
  await press(page, "办完退驻");
  await fine(page, "exit-finish");
  await press(page, "办完退驻");
  await page.getByText("橙子直播 已退驻").waitFor();
  await press(page, "重新入驻");
  await press(page, /^重新入驻/);
  await page.getByText("没有退驻计划。").waitFor();
  await press(page, "安排退驻");
  await field(page, "退驻日").fill(running.day());
  await press(page, /^安排退驻/);
  await press(page, "不退了");
  await press(page, "不退了");
  await page.getByText("橙子直播 照常在驻").waitFor();

  await ask(
    owner,
    "PUT",
    `${space.api}/companies/${company}/contact`,
    { contactName: "程子然" },
    {
      "if-match": `"${(await ask(owner, "GET", `${space.api}/companies/${company}`)).rev}"`,
    },
  );
  await ask(owner, "POST", `${space.api}/companies/${company}/exit`, { on: running.day(), reason: "moved" });
  for (const item of ["goods", "debts", "deposit", "agreements", "plan", "keys", "access", "equipment", "address"]) {
    const { rev } = await ask(owner, "GET", `${space.api}/companies/${company}/exit`);
    const mark = { how: "waived", note: "测试" };
    await ask(owner, "PUT", `${space.api}/companies/${company}/exit/items/${item}`, mark, { "if-match": `"${rev}"` });
  }
  await ask(owner, "POST", `${space.api}/companies/${company}/exit/complete`, {});
  await page.reload();
  await page.getByRole("button", { name: "提前删除人员资料" }).waitFor();
  await rest(page);
  await press(page, "提前删除人员资料");
  await press(page, "删除人员资料");
  await page.getByText("和企业名称不一致", { exact: false }).first().waitFor();
  await fine(page, "exit-erase");
  await page.getByLabel(/^输入企业名称/).fill("橙子直播");
  await press(page, "删除人员资料");
  await page.getByText("正在删除，一分钟内完成").first().waitFor();
  await expect
    .poll(() => ask<object>(owner, "GET", `${space.api}/companies/${company}`), {
      timeout: 90_000,
      interval: 2_000,
    })
    .toHaveProperty("erasedAt");
  const small = await running.visit(at(`/${company}?tab=exit`), { as: owner, lang: "en", theme: "dark", ...phone });
  await small.getByText("What was known of its people was erased", { exact: false }).waitFor();
  await fine(small, "exit-phone-en-dark");
});
