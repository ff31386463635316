import type { Page } from "playwright-core";
import { beforeAll, test } from "vitest";
import { joins, type MadeSpace, makeCompany, makeSpace } from "./made-space.ts";
import { fine, type Person, phone, press, shoot, useProduct } from "./running-product.ts";

/** Saved cards in the portal, and what operators see of collection and disputes. */
const running = useProduct();
let owner: Person;
let admin: Person;
let member: Person;
let space: MadeSpace;

beforeAll(async () => {
  owner = await running.signIn(running.email("zhoumin-cards"), "周敏");
  space = await makeSpace(running, owner, { desks: 1 });
  const company = await makeCompany(running, owner, space, "晚汀香氛");
  admin = await joins(running, owner, space, "何雨桐", { company, role: "admin" });
  member = await joins(running, owner, space, "高文博", { company, role: "member" });
});

/** Agrees to what is shown and saves a card on the provider's page. */
async function save(page: Page, card: string, shown: string): Promise<void> {
  await press(page, "保存付款方式");
  await page
    .getByRole("alertdialog")
    .getByText(/账单到期日自动扣/)
    .waitFor();
  await fine(page, "cards-consent");
  await press(page, "同意上面的内容，去保存");
  await page.waitForURL(/\/sandbox\/pay\//);
  await page.getByText("这次不扣款", { exact: false }).waitFor();
  await page.getByLabel("卡号").fill(card);
  await page.getByLabel(/^有效期/).fill("12 / 30");
  await page.getByLabel("安全码").fill("123");
  await press(page, "保存");
  await page.waitForURL(/\/my\/pay-methods/);
  await page.getByText(shown).waitFor();
}

test("a company saves cards under the words it agrees to, chooses and removes one; a member only sees them, and operators set when bills are collected", async () => {
  const page = await running.visit(`/s/${space.id}/my/pay-methods`, { as: admin });
  await page.getByText("还没有保存付款方式").waitFor();
  await save(page, "4242 4242 4242 4242", "Visa 尾号 4242");
  await save(page, "5555 5555 5555 4444", "Mastercard 尾号 4444");
  const second = page.getByRole("listitem").filter({ hasText: "4444" });
  await second.getByRole("button", { name: "改用这张扣款" }).click();
  await second.getByText("扣款用这张").waitFor();
  await fine(page, "cards");
  await second.getByRole("button", { name: "移除" }).click();
  await page.getByRole("alertdialog").getByText("扣款改用另一张保存的卡。").waitFor();
  await page.getByRole("alertdialog").getByRole("button", { name: "移除" }).click();
  await second.waitFor({ state: "detached" });
  await page.getByRole("listitem").filter({ hasText: "4242" }).getByText("扣款用这张").waitFor();

  await press(page, "在支付机构管理");
  await page.getByRole("alertdialog").getByText("那里添加的卡也按上面的内容扣款", { exact: false }).waitFor();
  await fine(page, "cards-portal-consent");
  await press(page, "同意上面的内容，去管理");
  await page.waitForURL(/\/sandbox\/portal\//);
  await page.getByLabel("卡号").fill("4000 0027 6000 3184");
  await page.getByLabel(/^有效期/).fill("12 / 30");
  await page.getByLabel("安全码").fill("123");
  await press(page, "添加银行卡");
  await page.getByRole("button", { name: "删除 3184" }).waitFor();
  await shoot(page, "cards-portal");
  await page.getByRole("button", { name: "删除 4242" }).click();
  await page.getByRole("button", { name: "删除 4242" }).waitFor({ state: "detached" });
  await page.getByRole("link", { name: "回到商户" }).click();
  await page.getByRole("listitem").filter({ hasText: "3184" }).getByText("扣款用这张").waitFor();

  const theirs = await running.visit(`/s/${space.id}/my/pay-methods`, {
    as: member,
    lang: "en",
    theme: "dark",
    ...phone,
  });
  await theirs.getByText("Visa ending 3184").waitFor();
  await theirs.getByText("Company admins save and remove payment methods.").waitFor();
  await fine(theirs, "cards-phone-dark-en");

  const desk = await running.visit(`/s/${space.id}/billing/collections`, { as: owner });
  await desk.getByText("没有正在扣款的账单").first().waitFor();
  await press(desk, "扣款设置");
  await desk.getByLabel("第 2 次").fill("2");
  await fine(desk, "collect-settings");
  await press(desk, /^保存/);
  await desk.getByText("扣款设置已保存").waitFor();
  await desk.getByRole("link", { name: "争议" }).click();
  await desk.getByText("没有争议", { exact: true }).waitFor();
  await fine(desk, "disputes");
});

test("the owner saves a card for the platform's bills under what is agreed to, sees that they are collected by it, and takes it away", async () => {
  const page = await running.visit(`/s/${space.id}/settings/platform`, { as: owner });
  await page.getByText("逾期 3、7、14 天会写信提醒", { exact: false }).waitFor();
  await press(page, "保存一张卡");
  await page.getByRole("alertdialog").getByText("同意壹号平台", { exact: false }).waitFor();
  await press(page, "同意上面的内容，去保存");
  await page.waitForURL(/\/sandbox\/pay\//);
  await page.getByLabel("卡号").fill("4242 4242 4242 4242");
  await page.getByLabel(/^有效期/).fill("12 / 30");
  await page.getByLabel("安全码").fill("123");
  await press(page, "保存");
  await page.waitForURL(/\/settings\/platform/);
  await page.getByText("用 Visa 尾号 4242 自动扣款", { exact: false }).waitFor();
  await fine(page, "platform-card");
  const small = await running.visit(`/s/${space.id}/settings/platform`, {
    ...{ as: owner, lang: "en", theme: "dark" },
    ...phone,
  });
  await small.getByText("collected from Visa ending 4242", { exact: false }).waitFor();
  await fine(small, "platform-card-phone-dark-en");
  await press(page, "移除");
  await page.getByRole("alertdialog").getByRole("button", { name: "移除" }).click();
  await press(page, "保存一张卡");
});
