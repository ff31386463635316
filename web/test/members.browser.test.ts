import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { ask, codeInto, field, fine, password, phone, press, useProduct } from "./running-product.ts";

/** Set-up and companies on the running product: leaving and taking up again, faults with their fix, edits that meet, imports, the company's own page. */
const running = useProduct();
let owner: Page;
let space = "";
const api = () => `/api/v1/spaces/${space}`;

test("a set-up saves each step when it is left, and goes on where it was from what the space has", async () => {
  owner = await running.visit("/sign-up", { keep: true });
  await owner.getByLabel("姓名").fill("周敏");
  await owner.getByLabel("邮箱").fill(running.email("zhoumin"));
  await codeInto(running, owner, running.email("zhoumin"));
  await field(owner, "密码").fill(password);
  await press(owner, "注册并继续");
  await owner.waitForURL("**/setup");
  await press(owner, "保存，去场地与开放时间");
  await owner.getByText("这里要填").first().waitFor();
  await field(owner, "空间名称").fill("淮海壹号众创空间");
  await field(owner, "城市").fill("淮北");
  await owner.keyboard.press("Control+Enter");
  await owner.waitForURL("**/site");
  space = /\/setup\/(spc_\w+)/.exec(owner.url())?.[1] ?? "";
  expect(await field(owner, "城市").inputValue()).toBe("淮北");
  await fine(owner, "setup-site");

  await owner.goto(`/setup/${space}`);
  await owner.waitForURL("**/site");
  await field(owner, "周日").fill("9点到6点");
  await press(owner, "保存，去工位与会议室");
  await owner.getByText("写成 09:00-21:00", { exact: false }).first().waitFor();
  await field(owner, "周日").fill("");
  await press(owner, "保存，去工位与会议室");
  await owner.waitForURL("**/desks");
  await owner.getByText("A-01 到 A-40，新增 40 个工位").waitFor();
  await fine(owner, "setup-desks");
  await press(owner, "保存，去价目与套餐");
  await owner.waitForURL("**/prices");
  for (const example of ["¥90.00", "¥14.40", "¥45.00", "¥300.00"]) await owner.getByText(example).first().waitFor();
  await field(owner, "会议室每小时").fill("80");
  await owner.getByText("¥120.00").first().waitFor();
  await fine(owner, "setup-prices");
  await press(owner, "上一步");
  await owner.waitForURL("**/desks");
  await owner.getByText("已有 40 个工位、3 间会议室").first().waitFor();
  const { card } = await ask<{ card: { roomHourMinor: number } }>(owner, "GET", `${api()}/rate-card`);
  expect(card.roomHourMinor).toBe(8000);
  await press(owner, /去价目与套餐/);
  await owner.waitForURL("**/prices");
  expect(await field(owner, "会议室每小时").inputValue()).toMatch(/^80(\.00)?$/);
  await field(owner, "会议室每小时").fill("60");
  await press(owner, "保存，去云仓货位");
  await owner.waitForURL("**/warehouse");
  await owner.getByText("01-01-01 到 03-05-04，共 60 个货位").waitFor();
  await fine(owner, "setup-warehouse");
  await press(owner, "保存，去企业");
  await owner.waitForURL("**/companies");
  await fine(owner, "setup-companies");
  await press(owner, "跳过这一步");
  await owner.waitForURL("**/done");
  await owner.getByText("淮海壹号众创空间 开通了").waitFor();
  await fine(owner, "setup-done");
});

test("a wrong credit code names its position and offers the fix; the company is then found by pinyin initials", async () => {
  await owner.goto(`/s/${space}/members`);
  await owner.getByText("还没有企业", { exact: false }).waitFor();
  await fine(owner, "members-empty");
  await owner.keyboard.press("n");
  await field(owner, "企业名称").fill("淮北市拾穗家居有限公司");
  await field(owner, "统一社会信用代码").fill("9135O100M000100Y43");
  await owner.keyboard.press("Control+Enter");
  await owner.getByText("第 5 位不能是字母 O，是不是数字 0？").first().waitFor();
  await fine(owner, "members-code");
  await press(owner, "改成 91350100M000100Y43");
  await owner.keyboard.press("Control+Enter");
  await owner.waitForURL(/members\/cmp_/);
  await owner.getByText("淮北市拾穗家居有限公司 已添加").waitFor();
  await ask(owner, "POST", `${api()}/companies`, { name: "青禾农选", kind: "team" });
  await owner.reload();
  await owner.getByRole("searchbox").fill("ssjj");
  await owner.getByRole("row", { name: /青禾农选/ }).waitFor({ state: "detached" });
  await owner.getByRole("row", { name: /拾穗家居/ }).waitFor();
  await owner.getByRole("searchbox").fill("没有这家");
  await owner.getByText("没有“没有这家”的企业。").waitFor();
});

test("an edit that meets another's shows both versions and loses nothing", async () => {
  await owner.goto(`/s/${space}/members`);
  await owner.getByRole("row", { name: /青禾农选/ }).click();
  await press(owner, "修改");
  await field(owner, "行业").fill("农产品");
  const id = /cmp_\w+/.exec(owner.url())?.[0];
  const theirs = { name: "青禾农选", kind: "team", contactName: "许静" };
  await ask(owner, "PUT", `${api()}/companies/${id}`, theirs, { "if-match": '"1"' });
  await press(owner, /^保存/);
  await owner.getByText("刚才有别人改过这家企业").waitFor();
  await owner.getByRole("cell", { name: "许静" }).waitFor();
  await fine(owner, "members-conflict");
  await press(owner, "用我填的覆盖");
  await field(owner, "联系人").fill("许静");
  await press(owner, /^保存/);
  await owner.getByText("青禾农选 已保存").waitFor();
  expect(await ask(owner, "GET", `${api()}/companies/${id}`)).toMatchObject({
    industry: "农产品",
    contactName: "许静",
  });
});

test("a plan is started with its allowance in ticks; the pages hold on a phone, in the dark, in English", async () => {
  await press(owner, "开通套餐");
  await owner.getByRole("dialog").getByRole("button", { name: /^开通/ }).click();
  await owner.getByText("成长套餐").first().waitFor();
  await owner
    .getByRole("img", { name: /会议室额度/ })
    .first()
    .waitFor();
  await fine(owner, "members-plan");
  const page = await running.visit("/", { as: owner, lang: "en", theme: "dark", ...phone });
  for (const [path, word] of [
    [`/s/${space}/members`, "Members"],
    [`/s/${space}/members/import`, "Import companies"],
    [`/setup/${space}/desks`, "Desks and rooms"],
    [`/setup/${space}/prices`, "Prices and plan"],
    [`/setup/${space}/warehouse`, "Warehouse bins"],
  ] as const) {
    await page.goto(path);
    await page.getByRole("heading", { name: word }).first().waitFor();
    await fine(page, `phone-en-dark${path.replaceAll("/", "-").replace(space, "")}`);
  }
});
