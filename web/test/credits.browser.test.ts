import type { BookingQuote } from "@yihao/booking/model";
import { shownOf } from "@yihao/booking/pay";
import { instantOf, monthOf, plusMonths } from "@yihao/kernel/days";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { joins, type MadeSpace, makeCompany, makeSpace } from "./made-space.ts";
import { ask, field, fine, type Person, patience, phone, press, shoot, useProduct } from "./running-product.ts";

/** Where booking meets money and mail: packs and day passes that pay, what cancelling costs and who bears it, letters with a calendar. */
const running = useProduct({ sameMonth: true });
let owner: Person;
let one: Person;
let space: MadeSpace;
let company: string;

beforeAll(async () => {
  owner = await running.signIn(running.email("zhoumin"), "周敏");
  space = await makeSpace(running, owner, { desks: 4, rooms: 2 });
  company = await makeCompany(running, owner, space, "晚汀香氛");
  one = await joins(running, owner, space, "何雨桐", { company });
  await sets("R2", { cancellation: { freeHours: 72, percent: 50 } });
});

/** Gives a place terms of its own. */
async function sets(code: string, terms: object): Promise<void> {
  const room = space.resource(code);
  const {
    site: _site,
    kind: _kind,
    rev,
    id: _id,
    ...facts
  } = (
    await ask<{ items: ({ id: string; rev: number } & Record<string, unknown>)[] }>(
      owner,
      "GET",
      `${space.api}/resources`,
    )
  ).items.find(({ id }) => id === room) ?? { id: "", rev: 0, site: "", kind: "" };
  await ask(owner, "PUT", `${space.api}/resources/${room}`, { ...facts, ...terms }, { "if-match": `"${rev}"` });
}

/** Goes to tomorrow by the strip of days. */
async function toTomorrow(page: Page): Promise<void> {
  const ending = new RegExp(`(^|\\D)${Number(running.day(1).slice(-2))}$`);
  await page.getByRole("button", { name: ending }).first().click();
}

/** The instant of an hour of the site on a day from now. */
const hour = (plus: number, at: number) => instantOf(running.day(plus), `${at}:00`, running.zone);

type Mail = { readonly id: string; readonly to: string; readonly invite?: { readonly method: string } };

test("staff put a day pass on sale and sell it; the company books a desk and a room with what it has, and sees what is left", async () => {
  const staff = await running.visit(`/s/${space.id}/members/${company}?tab=plan`, { as: owner });
  await press(staff, "卖预付包");
  await staff.getByText("还没有在卖的预付包", { exact: false }).waitFor();
  await press(staff, "上架预付包");
  await field(staff, /^名称/).fill("工位日票两张");
  await staff.getByLabel("额度", { exact: true }).selectOption({ label: "工位（日票）" });
  await staff.getByLabel(/^含多少/).fill("2");
  await field(staff, /^价格/).fill("60");
  await press(staff, /^上架预付包/);
  await staff.getByText("2 天，180 天内有效", { exact: false }).waitFor();
  await press(staff, /^卖预付包 ¥60/);
  await staff.getByRole("img", { name: /^工位日票两张/ }).waitFor();
  await fine(staff, "credits-sold");
  const hours = { name: "会议室两小时", kind: "room-minutes", units: 120, priceMinor: 9000, validDays: 60 };
  const pack = await ask(owner, "POST", `${space.api}/packs`, hours);
  await ask(owner, "POST", `${space.api}/companies/${company}/packs`, { pack: pack.id });

  const mine = await running.visit(`/s/${space.id}/my/bookings`, { as: one });
  await toTomorrow(mine);
  await press(mine, /^A-02/);
  await mine.getByText("预付包“工位日票两张”抵扣").waitFor();
  await fine(mine, "credits-quote-desk");
  await press(mine, /^订 A-02/);
  await mine.getByText("已订 A-02", { exact: false }).waitFor();
  await mine.getByRole("radio", { name: "会议室" }).check({ force: true });
  await press(mine, /^R1 10:00/);
  await mine.getByText("预付包“会议室两小时”抵扣").waitFor();
  await press(mine, /^订 R1/);
  await mine.getByText("已订 R1", { exact: false }).waitFor();
  await mine.goto(`/s/${space.id}/my/bookings/list`);
  await mine.getByText("预付包抵扣 1.0 时").first().waitFor();
  await fine(mine, "credits-list");
  await press(mine, "取消预订 A-02");
  await mine.getByText("预付包 1 天，退回原来的包").waitFor();
  await shoot(mine, "credits-cancel");
  await press(mine, "保留");

  const small = await running.visit(`/s/${space.id}/my/company`, { as: one, ...phone });
  await small.getByText("剩 1 天", { exact: false }).first().waitFor();
  await fine(small, "credits-portal-phone");
  const english = await running.visit(`/s/${space.id}/bookings?day=${running.day(1)}`, {
    ...{ as: owner, lang: "en", theme: "dark" },
  });
  await english.getByRole("button", { name: /会议室 1 10:00–11:00/ }).click();
  await english.getByText("Paid by pack “会议室两小时” 1.0 h").waitFor();
  await fine(english, "credits-detail-en-dark");
});

test("who booked gets it for the calendar by mail, and may turn that off", async () => {
  const wish = { resource: space.resource("R1"), from: hour(2, 10), until: hour(2, 11) };
  const { quote } = await ask<BookingQuote>(one, "POST", `${space.api}/quotes/booking`, wish);
  await ask(one, "POST", `${space.api}/bookings`, { ...wish, ...shownOf(quote) });
  const inbox = async () =>
    (
      (await ask<{ items: Mail[] }>(owner, "GET", "/outbox", undefined, { accept: "application/json" })).items ?? []
    ).filter(({ to }) => to === one.email);
  await expect
    .poll(async () => (await inbox()).some(({ invite }) => invite?.method === "REQUEST"), patience)
    .toBe(true);
  const letter = (await inbox()).find(({ invite }) => invite);
  const page = await running.visit(`/outbox/${encodeURIComponent(letter?.id ?? "")}`, { as: owner });
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: /invite\.ics/ }).click();
  expect((await download).suggestedFilename()).toBe("invite.ics");
  await shoot(page, "credits-letter");
  const list = await running.visit(`/s/${space.id}/my/bookings/list`, { as: one, ...phone });
  await press(list, "订阅日历");
  const mails = list.getByRole("switch", { name: /邮件通知/ });
  await mails.waitFor();
  expect(await mails.isChecked()).toBe(true);
  await mails.click();
  await list.getByText("以后不发邮件").waitFor();
  await fine(list, "credits-mails-phone");
});

test("staff who cancel for a company say who bears the fee; a waiver has a reason and stands in the history", async () => {
  const other = await makeCompany(running, owner, space, "青禾农选");
  const wish = { resource: space.resource("R2"), company: other, from: hour(1, 14), until: hour(1, 15) };
  await ask(owner, "POST", `${space.api}/bookings`, { ...wish, expectMinor: 6000 });
  const page = await running.visit(`/s/${space.id}/bookings?day=${running.day(1)}`, { as: owner });
  await page.getByRole("button", { name: /会议室 2 14:00–15:00/ }).click();
  await press(page, "取消预订");
  const dialog = page.getByRole("alertdialog");
  expect(await dialog.getByRole("button", { name: "取消预订" }).isDisabled()).toBe(true);
  await dialog.getByRole("radio", { name: "空间免收" }).check({ force: true });
  await field(page, "免收原因").fill("投影坏了");
  await fine(page, "credits-waive");
  await dialog.getByRole("button", { name: "取消预订" }).click();
  await page.getByText("已取消 R2").waitFor();
  const history = await running.visit(`/s/${space.id}/members/${other}`, { as: owner });
  await history.getByText("免收取消费 ¥30.00，投影坏了", { exact: false }).waitFor();
});

test("a company is shown the penalty of the price list before it cancels late, and that is what it is charged", async () => {
  const month = plusMonths(monthOf(running.day()), 1);
  const penalty = { kind: "penalty", name: "临近取消", unitMinor: 2_345, on: "late-cancel" };
  const terms = { storage: { by: "bin-day", dayMinor: 0 }, fees: [], items: [penalty] };
  const tariffs = `/api/v1/accounts/spaces/${space.id}/tariffs`;
  await ask(owner, "POST", tariffs, { ...terms, name: "下月价目", from: month });
  await sets("R1", { cancellation: { freeHours: 720, percent: 10 } });
  // A day of next month on which a house is open and cancelling is late: within 30 days, unless a month has just begun.
  const plus = Array.from({ length: 29 }, (_, at) => at + 1).find((at) => monthOf(running.day(at)) === month);
  if (plus === undefined) return;
  const wish = { resource: space.resource("R1"), from: hour(plus, 15), until: hour(plus, 16) };
  const { quote } = await ask<BookingQuote>(one, "POST", `${space.api}/quotes/booking`, wish);
  const made = await ask<{ id: string }>(one, "POST", `${space.api}/bookings`, { ...wish, ...shownOf(quote) });
  const list = await running.visit(`/s/${space.id}/my/bookings/list`, { as: one, lang: "en", theme: "dark" });
  await list.getByRole("button", { name: "Cancel booking R1" }).last().click();
  const dialog = list.getByRole("alertdialog");
  await dialog.getByText("临近取消 ¥23.45").waitFor();
  await fine(list, "credits-penalty-en-dark");
  await dialog.getByRole("button", { name: /^Cancel/ }).click();
  type Charges = { items: { source: { kind: string; document: string }; amountMinor: number }[] };
  const charged = async () =>
    (await ask<Charges>(owner, "GET", `${space.api}/charges?company=${company}&limit=100`)).items
      .filter(({ source }) => source.kind === "penalty" && source.document === made.id)
      .map(({ amountMinor }) => amountMinor);
  await expect.poll(charged, patience).toEqual([2_345]);
});

test("a guest is invited on a guest pass of the company", async () => {
  const offer = { name: "访客名额五张", kind: "guest-passes", units: 5, priceMinor: 10_000, validDays: 60 };
  const pack = await ask(owner, "POST", `${space.api}/packs`, offer);
  await ask(owner, "POST", `${space.api}/companies/${company}/packs`, { pack: pack.id });
  const page = await running.visit(`/s/${space.id}/my/visitors`, { as: one, ...phone, lang: "en" });
  await press(page, "Invite a visitor");
  await field(page, "Name").fill("莫工");
  await page.getByRole("checkbox", { name: /guest pass/ }).check({ force: true });
  await fine(page, "credits-guest-phone-en");
  await page.getByRole("dialog").getByRole("button", { name: "Invite", exact: true }).click();
  await page.getByText("莫工").first().waitFor();
  const { credits } = await ask<{ credits: { name?: string; booked: number }[] }>(
    owner,
    "GET",
    `${space.api}/companies/${company}/allowances`,
  );
  expect(credits.find(({ name }) => name === "访客名额五张")?.booked).toBe(1);
});

test("the operator adds a plan with its price to come; who begins after that day pays it, and a retired plan is offered to nobody", async () => {
  const page = await running.visit(`/s/${space.id}/settings/plans`, { as: owner });
  await press(page, "新建套餐");
  const drawer = page.getByRole("dialog");
  await drawer.getByLabel("名称").fill("冬令卡");
  await drawer.getByLabel("月费", { exact: true }).fill("600");
  await drawer.getByLabel("新月费").fill("680");
  await drawer.getByRole("button", { name: "新建" }).click();
  await drawer.getByText("新月费和日期要一起填").first().waitFor();
  const day = `${plusMonths(monthOf(new Date().toISOString().slice(0, 10)), 2)}-01`;
  await drawer.getByLabel("从哪天起").fill(day);
  await drawer.getByLabel("会议室（小时）").first().fill("10");
  await fine(page, "plan-form");
  await drawer.getByRole("button", { name: "新建" }).click();
  await page.getByText("冬令卡 已保存").waitFor();
  await page.getByRole("table", { name: "套餐" }).getByText("¥680").first().waitFor();
  await fine(page, "plans");
  const { items } = await ask<{ items: { id: string; name: string }[] }>(owner, "GET", `${space.api}/plans`);
  const plan = items.find(({ name }) => name === "冬令卡")?.id;
  const begun = await ask<{ subscription: { snapshot: { monthlyMinor: number } } }>(
    owner,
    "POST",
    `${space.api}/companies/${await makeCompany(running, owner, space, "冬至")}/subscription`,
    { plan, from: day },
  );
  expect(begun.subscription.snapshot.monthlyMinor).toBe(68_000);
  await page.getByRole("button", { name: "修改 冬令卡" }).click();
  await page.getByRole("dialog").getByLabel("状态").selectOption("retired");
  await press(page, "保存");
  await page.getByRole("table", { name: "套餐" }).getByText("停售").first().waitFor();
});
