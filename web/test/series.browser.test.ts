import { instantOf, plusDays } from "@yihao/kernel/days";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { joins, type MadeSpace, makeCompany, makeSpace } from "./made-space.ts";
import { ask, field, fine, type Person, phone, press, shoot, useProduct } from "./running-product.ts";

/** Bookings over time on the running product: repeating, conflicts, moving, and cancelling some of a series. */
const running = useProduct();
let owner: Person;
let one: Person;
let two: Person;
let space: MadeSpace;

const at = (plus: number, time: string) => instantOf(running.day(plus), time, running.zone);
const bookFor = (who: Person, code: string, plus: number, from: string, until: string, expectMinor: number) =>
  ask(who, "POST", `${space.api}/bookings`, {
    resource: space.resource(code),
    from: at(plus, from),
    until: at(plus, until),
    expectMinor,
  });

beforeAll(async () => {
  owner = await running.signIn(running.email("zhoumin"), "周敏");
  space = await makeSpace(running, owner, { desks: 6, rooms: 3 });
  const first = await makeCompany(running, owner, space, "晚汀香氛");
  const second = await makeCompany(running, owner, space, "青禾农选");
  one = await joins(running, owner, space, "何雨桐", { company: first });
  two = await joins(running, owner, space, "许静", { company: second });
});

/** Chooses 10:00 of tomorrow in a room of the portal. */
async function tomorrowAtTen(page: Page, code: string): Promise<void> {
  const ending = new RegExp(`(^|\\D)${Number(running.day(1).slice(-2))}$`);
  await page.getByRole("button", { name: ending }).first().click();
  await page.getByRole("radio", { name: "会议室" }).check({ force: true });
  await press(page, new RegExp(`^${code} 10:00`));
}

async function repeats(page: Page, every: string, times: string): Promise<void> {
  await page.getByRole("combobox", { name: "重复" }).selectOption({ label: every });
  await page.getByRole("radio", { name: "满几次" }).check({ force: true });
  await field(page, "共几次").fill(times);
}

test("a company books a series, is shown what cannot be had, skips it, moves one and cancels the following", async () => {
  await bookFor(two, "R1", 15, "10:30", "11:30", 6_000);
  const page = await running.visit(`/s/${space.id}/my/bookings`, { as: one });
  await tomorrowAtTen(page, "R1");
  await repeats(page, "每周", "6");
  await page.getByText("6 次里能订 5 次").waitFor();
  await page.getByText("已有人", { exact: true }).waitFor();
  await page.getByText("¥300.00").first().waitFor();
  expect(await page.getByRole("button", { name: "预订 5 次" }).isDisabled()).toBe(true);
  expect(await page.content()).not.toContain("青禾农选");
  await fine(page, "series-portal-conflict");
  await page.getByRole("radio", { name: "跳过这 1 次" }).check({ force: true });
  await page.getByText("每一次").click();
  await fine(page, "series-portal-skip");
  await press(page, "预订 5 次");
  await page.getByText("已订 R1，共 5 次").waitFor();

  await page.getByRole("link", { name: "我们的预订" }).click();
  await page.getByRole("cell", { name: "R1", exact: true }).nth(4).waitFor();
  await page.getByRole("button", { name: "改期 R1" }).first().click();
  const drawer = page.getByRole("dialog");
  await drawer.getByText("第 1 次，共 5 次", { exact: false }).waitFor();
  await field(page, "开始").fill("14:00");
  await field(page, "开始").press("Enter");
  await drawer.getByText("差额").waitFor();
  await fine(page, "series-portal-move");
  await press(page, /^改到 R1/);
  await page.getByText("已改到 R1", { exact: false }).waitFor();
  await page.getByText("14:00–15:00").first().waitFor();

  const [, month, date] = running.day(22).split("-").map(Number);
  const third = page.getByRole("row").filter({ hasText: `${month}月${date}日` });
  await third.getByRole("button", { name: "取消预订 R1" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("radio", { name: "此次及以后" }).check({ force: true });
  await dialog.getByRole("button", { name: "取消 3 次" }).waitFor();
  await fine(page, "series-portal-cancel");
  await dialog.getByRole("button", { name: "取消 3 次" }).click();
  await page.getByText("已取消 3 次").waitFor();
});

test("a series moves from one booking on; what cannot move stays and is named", async () => {
  const wish = {
    ...{ resource: space.resource("R2"), day: running.day(1), from: "10:00", until: "11:00" },
    repeat: { every: "day", count: 4 },
  };
  await ask(one, "POST", `${space.api}/series`, { ...wish, conflicts: "refuse", expectCount: 4, expectMinor: 24_000 });
  await bookFor(two, "R2", 3, "16:00", "17:00", 6_000);
  const page = await running.visit(`/s/${space.id}/bookings?day=${running.day(2)}`, { as: owner });
  await page.getByRole("button", { name: /会议室 2 10:00–11:00/ }).click();
  await page.getByText("第 2 次，共 4 次", { exact: false }).waitFor();
  await fine(page, "series-operator-detail");
  await press(page, "改期");
  const drawer = page.getByRole("dialog").last();
  await drawer.getByRole("radio", { name: "此次及以后" }).check({ force: true });
  await drawer.getByRole("textbox", { name: "开始" }).fill("16:00");
  await drawer.getByRole("textbox", { name: "开始" }).press("Enter");
  await drawer.getByText("1 次改不了，留在原来的时间").waitFor();
  await fine(page, "series-operator-move");
  await press(page, "改 2 次");
  await page.getByText("已改 2 次，1 次留在原来的时间").waitFor();
  await page.getByRole("button", { name: /会议室 2 16:00–17:00/ }).waitFor();
});

test("staff repeat a booking for a company in English and the dark", async () => {
  const look = { as: owner, theme: "dark", lang: "en" } as const;
  const page = await running.visit(`/s/${space.id}/bookings?day=${running.day(1)}`, look);
  await press(page, /^会议室 3/);
  await page.getByRole("combobox", { name: "For" }).fill("晚汀");
  await page.getByRole("option", { name: "晚汀香氛" }).click();
  await page.getByRole("combobox", { name: "Repeat" }).selectOption({ label: "Every month" });
  await page.getByRole("radio", { name: "After some times" }).check({ force: true });
  await field(page, "Times").fill("12");
  await page.getByText("cannot be booked").first().waitFor();
  await page.getByText("too far ahead").first().waitFor();
  await fine(page, "series-operator-dark-en");
});

test("the operator sets what late cancelling costs; whoever books reads it, and whoever cancels sees what is kept", async () => {
  const page = await running.visit(`/s/${space.id}/settings/places`, { as: owner });
  await page.getByText("会议室 3").first().click();
  await field(page, "免费取消到开始前").fill("72");
  await field(page, "之后取消收").fill("50");
  await fine(page, "series-terms");
  await press(page, /^保存/);
  await page.getByText(/R3.*已保存|已保存.*R3/).waitFor();
  const mine = await running.visit(`/s/${space.id}/my/bookings`, { as: one });
  await tomorrowAtTen(mine, "R3");
  await mine.getByText("开始前 72 小时可免费取消，之后收 50%。", { exact: false }).waitFor();
  await press(mine, "订 R3，10:00–11:00");
  await mine.getByText("已订 R3", { exact: false }).waitFor();
  await mine.getByRole("link", { name: "我们的预订" }).click();
  await press(mine, "取消预订 R3");
  await mine.getByText("收取消费 ¥30.00").waitFor();
  await fine(mine, "series-cancel-fee");
  await mine.getByRole("alertdialog").getByRole("button", { name: "取消预订" }).click();
  await mine.getByText("已取消 R3").waitFor();
});

test("on a phone a desk is had every working day", async () => {
  const page = await running.visit(`/s/${space.id}/my/bookings`, { as: two, ...phone });
  await press(page, /^A-04/);
  await page.getByRole("combobox", { name: "重复" }).selectOption({ label: "每周" });
  for (const day of ["周一", "周二", "周三", "周四", "周五"]) await page.getByRole("checkbox", { name: day }).check();
  // The day on which it begins is checked already, whichever it is.
  for (const day of ["周六", "周日"]) await page.getByRole("checkbox", { name: day }).uncheck();
  await field(page, "最后一天").fill(plusDays(running.day(), 13));
  await field(page, "最后一天").press("Enter");
  await page.getByText(/次都能订/).waitFor();
  await fine(page, "series-phone");
  await shoot(page, "series-phone-full", true);
  await press(page, /^预订 \d+ 次$/);
  await page.getByText("已订 A-04", { exact: false }).waitFor();
  await page.getByRole("link", { name: "我们的预订" }).click();
  await page.getByRole("cell", { name: "A-04", exact: true }).nth(1).waitFor();
  await fine(page, "series-phone-list");
  await page.getByRole("cell", { name: "A-04", exact: true }).nth(1).click();
  await page.getByText("第 2 次，共 10 次", { exact: false }).waitFor();
  await fine(page, "series-phone-detail");
  await press(page, "改期");
  await page.getByRole("combobox", { name: "地方" }).selectOption({ label: "A-05" });
  await page.getByText("差额").waitFor();
  await fine(page, "series-phone-move");
  await press(page, /^改到 A-05/);
  await page.getByText("已改到 A-05", { exact: false }).waitFor();
});
