import { instantOf } from "@yihao/kernel/days";
import { beforeAll, expect, test } from "vitest";
import { joins, type MadeSpace, makeCompany, makeSpace } from "./made-space.ts";
import { ask, field, fine, type Person, patience, phone, press, shoot, useProduct } from "./running-product.ts";

/** Bookings that staff approve first, on the running product. */
const running = useProduct();
let owner: Person;
let one: Person;
let two: Person;
let space: MadeSpace;

const at = (plus: number, time: string) => instantOf(running.day(plus), time, running.zone);
const request = (who: Person, code: string, plus: number, from: string, until: string, expectMinor: number) =>
  ask(who, "POST", `${space.api}/bookings`, {
    ...{ resource: space.resource(code), from: at(plus, from), until: at(plus, until), expectMinor },
  });

beforeAll(async () => {
  owner = await running.signIn(running.email("zhoumin"), "周敏");
  space = await makeSpace(running, owner, { desks: 2, rooms: 3 });
  const first = await makeCompany(running, owner, space, "晚汀香氛");
  const second = await makeCompany(running, owner, space, "青禾农选");
  one = await joins(running, owner, space, "何雨桐", { company: first });
  two = await joins(running, owner, space, "许静", { company: second });
});

test("the operator asks for approval of a room; a company requests it, staff approve one and decline another, and the company reads both", async () => {
  const places = await running.visit(`/s/${space.id}/settings/places`, { as: owner });
  await places.getByText("会议室 3").first().click();
  await places.getByRole("combobox", { name: "审批" }).selectOption({ label: "所有企业都要审批" });
  await field(places, "多久没有审批就过期").fill("48");
  await fine(places, "approval-rule");
  await press(places, /^保存/);
  await places.getByText(/R3.*已保存|已保存.*R3/).waitFor();

  const page = await running.visit(`/s/${space.id}/my/bookings`, { as: one });
  const ending = new RegExp(`(^|\\D)${Number(running.day(1).slice(-2))}$`);
  await page.getByRole("button", { name: ending }).first().click();
  await page.getByRole("radio", { name: "会议室" }).check({ force: true });
  await press(page, /^R3 10:00/);
  await page.getByText("需要审批").waitFor();
  await fine(page, "approval-portal-quote");
  await press(page, "提交申请");
  await page.getByText("已申请 R3", { exact: false }).waitFor();
  await request(two, "R3", 2, "14:00", "16:00", 12_000);
  await request(one, "R3", 3, "09:00", "10:00", 6_000);

  const staff = await running.visit(`/s/${space.id}/today`, { as: owner });
  await staff.getByText("晚汀香氛申请预订").first().waitFor();
  await fine(staff, "approval-today");
  await staff.getByText("青禾农选申请预订").click();
  await staff.getByRole("button", { name: /批准/ }).waitFor();
  await fine(staff, "approval-queue");
  await press(staff, "拒绝");
  await press(staff, "拒绝并发邮件");
  await staff.getByText("写一句原因，申请人会看到").waitFor();
  await field(staff, "原因").fill("下午打蜡，换到上午可以");
  await fine(staff, "approval-decline");
  await press(staff, "拒绝并发邮件");
  await staff.getByText("已拒绝 R3，邮件已发").waitFor();
  await staff.getByRole("cell", { name: "何雨桐" }).first().click();
  await staff.getByRole("button", { name: /批准/ }).waitFor();
  await staff.keyboard.press("Control+Enter");
  await staff.getByText("已批准 R3，邮件已发").waitFor();

  await page.getByRole("link", { name: "我们的预订" }).click();
  await page.getByText("待批", { exact: true }).first().waitFor();
  await page.getByText("已预订", { exact: true }).first().waitFor();
  await fine(page, "approval-portal-list");
  await press(page, "撤回申请 R3");
  await fine(page, "approval-withdraw");
  await page.getByRole("alertdialog").getByRole("button", { name: "撤回申请" }).click();
  await page.getByText("已撤回 R3 的申请").waitFor();
});

test("on a phone and in English a declined request says why; the queue is read in the dark, empty and full", async () => {
  const mine = await running.visit(`/s/${space.id}/my/bookings/list`, { as: two, lang: "en", ...phone });
  await mine.getByText("Declined", { exact: true }).first().waitFor();
  await fine(mine, "approval-phone-declined");
  const staff = await running.visit(`/s/${space.id}/bookings?view=requests`, { as: owner, lang: "en", theme: "dark" });
  await staff.getByText("No requests waiting").waitFor();
  await fine(staff, "approval-empty-dark-en");
  const wish = {
    ...{ resource: space.resource("R3"), day: running.day(2), from: "10:00", until: "11:00" },
    repeat: { every: "day", count: 5 },
  };
  await ask(two, "POST", `${space.api}/series`, { ...wish, conflicts: "refuse", expectCount: 5, expectMinor: 30_000 });
  await staff.getByRole("cell", { name: "青禾农选" }).waitFor();
  await staff.getByRole("cell", { name: "青禾农选" }).click();
  await staff.getByRole("button", { name: "Approve 5 times" }).waitFor();
  await fine(staff, "approval-series-dark-en");
  await press(staff, "See the day");
  await staff.getByRole("button", { name: /会议室 3 10:00–11:00 青禾农选 Requested/ }).waitFor();
  await fine(staff, "approval-day-dark-en");
  const desk = await running.visit(`/s/${space.id}/bookings?view=requests`, { as: owner, ...phone });
  await desk.getByRole("cell", { name: "青禾农选" }).click();
  await desk.getByRole("button", { name: "批准 5 次" }).waitFor();
  await shoot(desk, "approval-phone-queue");
  await press(desk, "批准 5 次");
  await desk.getByText("已批准 R3，邮件已发").waitFor();
  await expect
    .poll(async () => {
      const { items } = await ask<{ items: { state: string }[] }>(two, "GET", `${space.api}/bookings`);
      return items.filter(({ state }) => state === "booked").length;
    }, patience)
    .toBe(5);
});
