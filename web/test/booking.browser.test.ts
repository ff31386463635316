import { usualRules } from "@yihao/booking/model";
import { instantOf } from "@yihao/kernel/days";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { joins, type MadeSpace, makeCompany, makeSpace } from "./made-space.ts";
import { ask, field, fine, type Person, patience, phone, press, shoot, useProduct } from "./running-product.ts";

/** Desks and rooms on the running product: what a company books for itself, and what staff see and do for it. */
const running = useProduct({ sameMonth: true });
let owner: Person;
let one: Person;
let two: Person;
let space: MadeSpace;

beforeAll(async () => {
  owner = await running.signIn(running.email("zhoumin"), "周敏");
  space = await makeSpace(running, owner, { desks: 40, rooms: 3, bufferMinutes: 30 });
  const first = await makeCompany(running, owner, space, "晚汀香氛", { plan: true });
  const second = await makeCompany(running, owner, space, "青禾农选");
  one = await joins(running, owner, space, "何雨桐", { company: first });
  two = await joins(running, owner, space, "许静", { company: second });
});

/** Goes to tomorrow by the strip of days. */
async function toTomorrow(page: Page): Promise<void> {
  const ending = new RegExp(`(^|\\D)${Number(running.day(1).slice(-2))}$`);
  await page.getByRole("button", { name: ending }).first().click();
}

test("a company books a desk and a room at the price shown; a second one is told it is taken and takes what is offered", async () => {
  const mine = await running.visit(`/s/${space.id}/my/bookings`, { as: one });
  await toTomorrow(mine);
  await press(mine, /^A-05/);
  await mine.getByText("¥40.00").first().waitFor();
  await fine(mine, "booking-portal-desk");
  await press(mine, "订 A-05，明天");
  await mine.getByText("已订 A-05", { exact: false }).waitFor();

  const theirs = await running.visit(`/s/${space.id}/my/bookings`, { as: two });
  for (const page of [mine, theirs]) {
    await toTomorrow(page);
    await page.getByRole("radio", { name: "会议室" }).check({ force: true });
    await press(page, /^R1 10:00/);
    await page
      .getByText(page === mine ? "套餐时长抵扣" : "¥60.00")
      .first()
      .waitFor();
  }
  await press(mine, "订 R1，10:00–11:00");
  await mine.getByText("已订 R1", { exact: false }).waitFor();
  await press(theirs, "订 R1，10:00–11:00");
  await theirs.getByText("10:00–11:00 刚被订走").waitFor();
  expect(await theirs.content()).not.toContain("晚汀香氛");
  await fine(theirs, "booking-portal-taken");
  await press(theirs, /R2/);
  await theirs.getByText("¥60.00").first().waitFor();
  await press(theirs, "订 R2，10:00–11:00");
  await theirs.getByText("已订 R2", { exact: false }).waitFor();

  await mine.getByRole("link", { name: "我们的预订" }).click();
  await mine.getByRole("cell", { name: "R1", exact: true }).waitFor();
  await fine(mine, "booking-portal-list");
  await press(mine, "取消预订 R1");
  await mine.getByText("套餐会议时长 1.0 小时").waitFor();
  await shoot(mine, "booking-portal-cancel");
  await mine.getByRole("alertdialog").getByRole("button", { name: "取消预订" }).click();
  await mine.getByText("已取消 R1").waitFor();
});

test("on a phone a desk is three taps away", async () => {
  const page = await running.visit(`/s/${space.id}/my/bookings`, { as: two, ...phone });
  await press(page, /^A-14/);
  await fine(page, "booking-phone");
  await press(page, "订 A-14，今天");
  await page.getByText("已订 A-14", { exact: false }).waitFor();
});

test("staff see the day with names, book for a company, look at a booking, in both themes and English", async () => {
  const day = `/s/${space.id}/bookings?day=${running.day(1)}`;
  const staff = await running.visit(day, { as: owner });
  await staff.getByText("青禾农选").first().waitFor();
  await ask(owner, "POST", `${space.api}/companies`, { name: "拾穗家居", kind: "company" });
  await press(staff, /^会议室 3/);
  await staff.getByRole("combobox", { name: "预订方" }).fill("拾穗");
  await staff.getByRole("option", { name: "拾穗家居" }).click();
  await staff.getByText("计入拾穗家居的当月账单", { exact: false }).waitFor();
  await fine(staff, "booking-operator");
  await press(staff, /^确认预订/);
  await staff.getByText("已订 R3", { exact: false }).waitFor();
  await staff.getByRole("button", { name: /会议室 2 10:00–11:00/ }).click();
  await staff.getByText("许静").first().waitFor();
  await shoot(staff, "booking-operator-detail");
  await staff.getByRole("radio", { name: "列表" }).check({ force: true });
  await staff.getByRole("cell", { name: "青禾农选" }).first().waitFor();

  const dark = await running.visit(day, { as: owner, theme: "dark", lang: "en" });
  await dark.getByText("青禾农选").first().waitFor();
  await fine(dark, "booking-operator-dark-en");
});

test("the operator adds places by their codes, sets hours, and records who was trained on a machine: only they may book it", async () => {
  const page = await running.visit(`/s/${space.id}/settings/places`, { as: owner });
  await page.getByText("共 43 处").waitFor();
  await press(page, /成批加/);
  const drawer = page.getByRole("dialog");
  await drawer.getByLabel("编号前缀").fill("B-");
  await drawer.getByLabel("到几号").fill("3");
  await shoot(page, "booking-places-bulk");
  await press(page, /加 3 个/);
  await page.getByText("共 46 处").waitFor();
  const { items } = await ask<{ items: { floor: string }[] }>(owner, "GET", `${space.api}/resources`);
  const machine = { ...usualRules.equipment, kind: "equipment", code: "E1", name: "激光切割机", capacity: 1 };
  const where = { site: space.site, floor: items[0]?.floor, state: "active", training: true };
  const laser = await ask(owner, "POST", `${space.api}/resources`, { ...machine, ...where });
  const from = instantOf(running.day(1), "10:00", running.zone);
  const until = instantOf(running.day(1), "11:00", running.zone);
  const slot = `?resource=${laser.id}&day=${running.day(1)}&from=${from}&until=${until}`;
  const mine = await running.visit(`/s/${space.id}/my/bookings${slot}`, { as: one });
  await mine.getByText("用 E1 要先培训，约前台安排").first().waitFor();
  const records = await running.visit(`/s/${space.id}/training`, { as: owner });
  await press(records, "登记培训");
  await records.getByLabel("人员").click();
  await records.getByRole("option", { name: /何雨桐/ }).click();
  await records.locator("form").getByRole("button", { name: "登记培训" }).click();
  await records.getByText("已登记，何雨桐 可以订 E1").waitFor();
  await fine(records, "booking-training");
  await mine.reload();
  await press(mine, /^订 E1/);
  const booked = async () =>
    (await ask<{ items: { code: string }[] }>(one, "GET", `${space.api}/bookings`)).items.map(({ code }) => code);
  await expect.poll(booked, patience).toContain("E1");
  await field(page, "周日").fill("");
  await press(page, /保存场地/);
  await page.getByText("已保存，这里的每一处马上按新的开放时间").waitFor();
  await fine(page, "booking-places");
});
