import { beforeAll, expect, test, vi } from "vitest";
import { joins, type MadeSpace, makeCompany, makeSpace } from "./made-space.ts";
import { ask, fine, type Person, patience, phone, press, useProduct } from "./running-product.ts";

/** Late money and what is not billed yet: dunning with a promise, charges by hand, reductions and coupons, by operators and in the portal. */
const running = useProduct({ sameMonth: true });
let owner: Person;
let admin: Person;
let space: MadeSpace;
let company = "";
let bill = "";
const accounts = () => space.api.replace("/api/v1", "/api/v1/accounts");

beforeAll(async () => {
  owner = await running.signIn(running.email("zhoumin-late"), "周敏");
  space = await makeSpace(running, owner, { desks: 2 });
  company = await makeCompany(running, owner, space, "晚汀香氛");
  admin = await joins(running, owner, space, "何雨桐", { company, role: "admin" });
  const csv = `企业名称,原单据号,类型,未结金额,单据日期,应付日\n晚汀香氛,OLD-2026-07,应收,6800.00,${running.day(-40)},${running.day(-20)}`;
  const file = { kind: "balances", day: running.day(), mode: "commit", csv };
  await ask(owner, "POST", `${space.api.replace("/api/v1", "/api/v1/takeover")}/files`, file);
});

test("dunning is turned on by hand, an old bill begins at level one, a promise rests it, and the portal says what comes next", async () => {
  const page = await running.visit(`/s/${space.id}/billing/dunning`, { as: owner });
  await page.getByRole("row", { name: /晚汀香氛/ }).waitFor();
  await press(page, "催缴设置");
  await page.getByText("开启", { exact: true }).click();
  await page.getByText("按天", { exact: true }).click();
  await fine(page, "late-dunning-settings");
  await press(page, "保存");
  await page.getByText("催缴设置已保存").waitFor();
  await page.getByText("第 1 级", { exact: true }).waitFor();
  await page.getByRole("row", { name: /晚汀香氛/ }).click();
  await page.getByRole("region", { name: "逾期账单" }).getByText("OLD-2026-07").waitFor();
  await fine(page, "late-dunning");
  await press(page, "承诺付款");
  await page.getByLabel("备注").fill("等客户回款");
  await fine(page, "late-promise");
  await press(page, "记下承诺");
  await page.getByText("晚汀香氛的承诺已记下").waitFor();
  await page.getByText("等待付款", { exact: false }).first().waitFor();

  const mine = await running.visit(`/s/${space.id}/my/bills`, { as: admin, ...phone });
  await mine.getByText("1 张逾期，共 ¥6,800.00 未付。", { exact: false }).waitFor();
  expect(await mine.content()).not.toContain("等客户回款");
  await fine(mine, "late-my-bills-phone");
  const dark = await running.visit(`/s/${space.id}/billing/dunning`, {
    as: owner,
    lang: "en",
    theme: "dark",
    ...phone,
  });
  await dark.getByRole("row", { name: /Level 1/ }).waitFor();
  await fine(dark, "late-dunning-phone-dark-en");
});

test("what is on no bill says why; a charge by hand, a reduction and a coupon come on the draft", async () => {
  const page = await running.visit(`/s/${space.id}/billing/unbilled`, { as: owner });
  await press(page, "手工计费");
  const drawer = page.getByRole("dialog");
  const choose = async () => {
    await drawer.getByRole("combobox", { name: "企业" }).fill("晚汀");
    await page.getByRole("option", { name: /晚汀香氛/ }).click();
  };
  await choose();
  await drawer.getByLabel("项目名称").fill("展位搭建");
  await drawer.getByLabel("单价（含税）").fill("1200");
  await drawer.getByText("其中税额 ¥67.92").waitFor();
  await fine(page, "late-charge-drawer");
  await press(page, "记一笔");
  await page.getByText("已计费 ¥1,200.00").waitFor();
  await page.getByRole("row", { name: /展位搭建/ }).click();
  await page.getByRole("button", { name: "撤销这笔计费" }).waitFor();
  await fine(page, "late-unbilled");
  await press(page, "给优惠");
  await choose();
  await drawer.getByLabel("名称").fill("开园优惠");
  await drawer.getByLabel("减百分之几").fill("10");
  await drawer.getByRole("button", { name: "给优惠" }).click();
  await page.getByText("优惠“开园优惠”已给").waitFor();
  await page.getByRole("tab", { name: "优惠券" }).click();
  await page.getByText("还没有优惠券").waitFor();
  await press(page, "新优惠券");
  await drawer.getByLabel("券码").fill("kaiyuan-5");
  await drawer.getByLabel("名称").fill("老带新");
  await drawer.getByText("按金额", { exact: true }).click();
  await drawer.getByLabel("每张账单减").fill("50");
  await fine(page, "late-coupon-drawer");
  await press(page, "发券");
  await page.getByText("KAIYUAN-5", { exact: true }).waitFor();
  await fine(page, "late-coupons");

  const mine = await running.visit(`/s/${space.id}/my/bills`, { as: admin, lang: "en" });
  await press(mine, "Use a coupon");
  await mine.getByLabel("Code").fill("KAIYUAN-5");
  await fine(mine, "late-redeem-en");
  await mine.getByRole("dialog").getByRole("button", { name: "Use a coupon" }).click();
  await mine.getByText("“老带新” is taken", { exact: false }).waitFor();
  const month = running.day().slice(0, 7);
  await ask(owner, "POST", `${space.api}/invoices/run`, { month, companies: [company] });
  type Bills = { items: { totalMinor: number }[] };
  await vi.waitFor(async () => {
    const { items } = await ask<Bills>(owner, "GET", `${space.api}/invoices?state=draft`);
    expect(items.map(({ totalMinor }) => totalMinor)).toEqual([120_000 * 0.9 + 19 * 340 - 5_000]);
  }, patience);
  const drafts = await ask<{ items: { id: string }[] }>(owner, "GET", `${space.api}/invoices?state=draft`);
  bill = drafts.items[0]?.id ?? "";
  await ask(owner, "POST", `${space.api}/invoices/${bill}/finalise`, {});
  expect(
    (await ask<{ items: unknown[] }>(owner, "GET", `${accounts()}/reductions?company=${company}`)).items.length,
  ).toBe(2);
});

test("a company asks for a fapiao on its bill; finance records the number with its file, and the company fetches it", async () => {
  const mine = await running.visit(`/s/${space.id}/my/bills/${bill}`, { as: admin, ...phone });
  await press(mine, "申请发票");
  await mine.getByText("已申请，开好后在这里下载").waitFor();
  await press(mine, "开票信息");
  await fine(mine, "late-fapiao-title-phone");
  const page = await running.visit(`/s/${space.id}/billing/fapiao`, { as: owner });
  await page.getByRole("row", { name: /晚汀香氛/ }).click();
  await fine(page, "late-fapiao");
  await press(page, "登记已开");
  const drawer = page.getByRole("dialog");
  await drawer.getByLabel("发票号码").fill("26342000000012345678");
  const pdf = { name: "发票.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n%%EOF") };
  await drawer.getByLabel(/发票文件/).setInputFiles(pdf);
  await drawer.getByRole("button", { name: "登记已开" }).click();
  await page.getByText("发票 26342000000012345678 已登记").waitFor();
  const en = await running.visit(`/s/${space.id}/my/bills/${bill}`, { as: admin, lang: "en", theme: "dark" });
  await en.getByRole("button", { name: "Open the file" }).waitFor();
  await fine(en, "late-my-fapiao-dark-en");
});
