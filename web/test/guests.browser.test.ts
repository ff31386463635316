import { usualRules } from "@yihao/booking/model";
import { instantOf } from "@yihao/kernel/days";
import { beforeAll, expect, test } from "vitest";
import { type MadeSpace, makeCompany, makeSpace } from "./made-space.ts";
import { ask, field, fine, type Person, patience, phone, press, useProduct } from "./running-product.ts";

/** The public books on the running product: from the operator's switch to the guest who pays, comes or cancels. */
const running = useProduct();
let owner: Person;
let space: MadeSpace;

/** One grey pixel. */
const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

beforeAll(async () => {
  owner = await running.signIn(running.email("zhoumin"), "周敏");
  space = await makeSpace(running, owner, { rooms: 1 });
  const { items } = await ask<{ items: { id: string; floor: string }[] }>(owner, "GET", `${space.api}/resources`);
  const pool = {
    ...usualRules.pool,
    kind: "pool",
    code: "HOT",
    name: "流动工位",
    capacity: 1,
    units: 6,
    state: "active",
  };
  await ask(owner, "POST", `${space.api}/resources`, { ...pool, site: space.site, floor: items[0]?.floor, public: {} });
  // From the day after tomorrow a desk costs another price.
  const { card, rev } = await ask<{ card: object; rev: number }>(owner, "GET", `${space.api}/rate-card`);
  const later = { from: running.day(2), roomHourMinor: 6_000, deskDayMinor: 5_000 };
  await ask(owner, "PUT", `${space.api}/rate-card`, { ...card, periods: [later] }, { "if-match": `"${rev}"` });
});

test("the operator opens a room to the public; a guest books it on a phone in English, pays and shows the code, and cancels in Chinese", async () => {
  const places = await running.visit(`/s/${space.id}/settings/places`, { as: owner });
  await places.getByText("会议室 1").first().click();
  await places.getByRole("checkbox", { name: /对外开放/ }).check({ force: true });
  await field(places, "散客每小时价").fill("80");
  await places
    .locator("input[type=file]")
    .last()
    .setInputFiles({ name: "room.png", mimeType: "image/png", buffer: picture });
  await places.getByRole("img", { name: "R1 的照片" }).waitFor();
  await fine(places, "guests-operator-switch");
  await press(places, /^保存/);
  await places.getByText(/R1.*已保存|已保存.*R1/).waitFor();

  const email = running.email("ann");
  const page = await running.visit(`/book/${space.id}`, { lang: "en", ...phone });
  await page.getByText("¥80.00 an hour").waitFor();
  const shown = page.getByRole("img", { name: "会议室 1" });
  await expect.poll(() => shown.evaluate((one: HTMLImageElement) => one.naturalWidth), patience).toBe(1);
  await page.getByText("6 left").waitFor();
  await page.getByText("¥40.00 a day", { exact: true }).waitFor();
  await page.getByText(/^¥50\.00 a day from /).waitFor();
  await page.getByRole("group", { name: "Which day" }).getByRole("button").nth(2).click();
  await page.getByText("¥50.00 a day", { exact: true }).waitFor();
  await page.getByText("¥40.00 a day").waitFor({ state: "detached" });
  await page.getByRole("group", { name: "Which day" }).getByRole("button").nth(1).click();
  await page.getByText("¥40.00 a day", { exact: true }).waitFor();
  await page.getByRole("button", { name: "R1 14:00" }).waitFor();
  await fine(page, "guests-phone-places-en");
  await press(page, "R1 14:00");
  await page.getByText("¥80.00", { exact: true }).waitFor();
  await page.getByRole("radio", { name: "2.0 h" }).check({ force: true });
  await page.getByText("¥160.00", { exact: true }).waitFor();
  await field(page, /^Name/).fill("Ann Lee");
  await field(page, /^Phone/).fill("+86 139 0000 1111");
  await field(page, /^E-mail/).fill(email);
  await press(page, "Send code");
  await page.getByText(`The code was sent to ${email}`, { exact: false }).waitFor();
  await field(page, /^Code/).fill(await running.codeTo(email));
  await page.getByRole("checkbox").check({ force: true });
  await fine(page, "guests-phone-form-en");
  await press(page, "Book and pay ¥160.00");
  await page.waitForURL(/\/sandbox\/pay\//);
  await page.getByLabel("Card number").fill("4242 4242 4242 4242");
  await page.getByLabel("Expiry").fill("12/99");
  await page.getByLabel("CVC").fill("123");
  await press(page, /^Pay/);
  await page.getByRole("heading", { name: "Booked" }).waitFor();
  await page.getByRole("img", { name: "Check-in code" }).waitFor();

  await press(page, "Change time");
  await page.getByRole("button", { name: "15:30", exact: true }).click();
  await page.getByText("The price stays; nothing to pay.").waitFor();
  await page.getByRole("radio", { name: "1.0 h" }).check({ force: true });
  await page.getByText("¥80.00 less, refunded the way you paid.").waitFor();
  await fine(page, "guests-phone-move-en");
  await press(page, "Move it");
  await page
    .getByText(/15:30–16:30/)
    .first()
    .waitFor();
  const saved = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download receipt" }).click();
  expect((await saved).suggestedFilename()).toMatch(/\.pdf$/);

  const link = new URL(await running.linkTo(email));
  const mine = await running.visit(link.pathname, { lang: "zh-CN", theme: "dark", ...phone });
  await mine.getByRole("heading", { name: "已订好" }).waitFor();
  await fine(mine, "guests-phone-booked-zh-dark");
  await press(mine, "取消预订");
  await mine.getByText("现在取消不收费。").waitFor();
  await mine.getByRole("alertdialog").getByRole("button", { name: "取消预订" }).click();
  await mine.getByRole("heading", { name: "已取消" }).waitFor();
  await mine.getByText("¥80.00 按原付款方式退回。").waitFor();
});

test("the front desk sells a day pass in four fields, and the guest is on today's list; staff choose which mails they get", async () => {
  const page = await running.visit(`/s/${space.id}/visitors`, { as: owner });
  await press(page, "卖日票");
  await field(page, "姓名").fill("甘露");
  await field(page, "手机或邮箱").fill("139 0000 2222");
  await fine(page, "guests-day-pass");
  await press(page, "收 ¥40.00，出票");
  const row = page.getByRole("row", { name: /甘露/ });
  await row.getByText("散客预订").waitFor();
  await row.getByText("在场").or(row.getByText("在内")).or(row.getByText("已到")).first().waitFor();
  await page.goto(`${running.url}/s/${space.id}/settings/mails`);
  await page.getByText("预订待批").waitFor();
  await page.getByRole("switch", { name: /报修求助/ }).uncheck({ force: true });
  await page.getByText("已保存").waitFor();
  const kept = await ask<{ tickets: boolean }>(owner, "GET", `${space.api}/staff-mails`);
  await expect.poll(() => kept.tickets, patience).toBe(false);
});

test("under the space's own colour a guest waits for a taken time, and has it held once it is given up", async () => {
  const brand = await running.visit(`/s/${space.id}/settings/brand`, { as: owner });
  await press(brand, "#7a1f4b");
  await brand.locator("input[type=file]").setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: picture });
  await fine(brand, "brand-settings");
  await press(brand, "保存");
  await brand.getByText("品牌已保存").waitFor();

  const company = await makeCompany(running, owner, space, "晚汀香氛");
  const at = (time: string) => instantOf(running.day(1), time, running.zone);
  const slot = { resource: space.resource("R1"), from: at("10:00"), until: at("11:00") };
  const taken = await ask(owner, "POST", `${space.api}/bookings`, { ...slot, company, expectMinor: 6_000 });

  const email = running.email("bo");
  const page = await running.visit(`/book/${space.id}`, { lang: "en", theme: "dark", ...phone });
  await page.getByRole("group", { name: "Which day" }).getByRole("button").nth(1).click();
  await press(page, "R1 Your time is taken? Wait for it");
  await press(page, "R1 Wait for it 10:00");
  await page.getByText("Nobody waits before you.").waitFor();
  await field(page, /^Name/).fill("Bo");
  await field(page, /^Phone/).fill("+86 139 0000 3333");
  await field(page, /^E-mail/).fill(email);
  await press(page, "Send code");
  await page.getByText(`The code was sent to ${email}`, { exact: false }).waitFor();
  await field(page, /^Code/).fill(await running.codeTo(email));
  await page.getByRole("checkbox").check({ force: true });
  await fine(page, "guests-phone-wait-en-dark");
  await press(page, "Wait for it");
  await page.getByRole("heading", { name: "Waiting" }).waitFor();
  await fine(page, "guests-phone-waiting-en-dark");

  await ask(owner, "POST", `${space.api}/bookings/${taken.id}/cancel`, { rev: 1 });
  const link = new URL(await running.linkTo(email, /\/guest\//));
  const mine = await running.visit(link.pathname, { lang: "zh-CN" });
  await mine.getByRole("heading", { name: "待付款" }).waitFor();
  const colour = await mine
    .getByRole("button", { name: /付款/ })
    .evaluate((one) => getComputedStyle(one).backgroundColor);
  expect(colour).toBe("rgb(122, 31, 75)");
  await fine(mine, "guests-turn-zh");
});
