import { instantOf } from "@yihao/kernel/days";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { joins, type MadeSpace, makeCompany, makeSpace } from "./made-space.ts";
import { ask, fine, type Person, patience, phone, press, useProduct } from "./running-product.ts";

/** The day board moved by hand, and the week, on the running product. */
const running = useProduct();
let owner: Person;
let one: Person;
let space: MadeSpace;

const at = (plus: number, time: string) => instantOf(running.day(plus), time, running.zone);
const book = (code: string, plus: number, from: string, until: string, expectMinor: number) =>
  ask(one, "POST", `${space.api}/bookings`, {
    ...{ resource: space.resource(code), from: at(plus, from), until: at(plus, until), expectMinor },
  });

beforeAll(async () => {
  owner = await running.signIn(running.email("zhoumin"), "周敏");
  space = await makeSpace(running, owner, { desks: 3, rooms: 12 });
  const first = await makeCompany(running, owner, space, "晚汀香氛");
  one = await joins(running, owner, space, "何雨桐", { company: first });
  await book("R1", 1, "10:00", "11:00", 6_000);
  await book("R2", 1, "14:00", "15:00", 6_000);
  await ask(one, "POST", `${space.api}/bookings`, {
    ...{ resource: space.resource("A-02"), day: running.day(2), expectMinor: 4_000 },
  });
});

/** Drags a block by hand to a row and some minutes later, and holds it there. */
async function drag(page: Page, name: RegExp, row: string, minutes: number): Promise<void> {
  const block = page.getByRole("button", { name });
  const box = await block.boundingBox();
  const target = await page.locator("li.y-timeline-row").filter({ hasText: row }).boundingBox();
  if (!box || !target) throw new Error("nothing to drag");
  const perMinute = box.width / 60;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 20, y + 4, { steps: 3 });
  await page.mouse.move(x + minutes * perMinute, target.y + target.height / 2, { steps: 6 });
}

test("a booking is dragged to another room and time, priced and moved there; what is let go with Esc stays, and a taken place is refused with others", async () => {
  const page = await running.visit(`/s/${space.id}/bookings?day=${running.day(1)}`, { as: owner });
  await page.getByRole("button", { name: /会议室 1 10:00–11:00/ }).waitFor();
  await drag(page, /会议室 1 10:00–11:00/, "会议室 3", 120);
  await page.getByText("12:00–13:00").waitFor();
  await fine(page, "board-drag");
  await page.keyboard.press("Escape");
  await page.mouse.up();
  expect(await page.getByRole("dialog").count()).toBe(0);

  await drag(page, /会议室 1 10:00–11:00/, "会议室 3", 120);
  await page.mouse.up();
  const drawer = page.getByRole("dialog");
  await drawer.getByText("差额").waitFor();
  await fine(page, "board-drag-drawer");
  await press(page, /^改到 R3/);
  await page.getByText("已改到 R3", { exact: false }).waitFor();
  await page.getByRole("button", { name: /会议室 3 12:00–13:00/ }).waitFor();

  await drag(page, /会议室 3 12:00–13:00/, "会议室 2", 120);
  await page.mouse.up();
  await drawer
    .getByRole("button", { name: /R2.*同一间|同一间/ })
    .first()
    .waitFor();
  await fine(page, "board-drag-taken");
});

test("a company moves its own booking by hand and by keys, an operator by a finger that rests on it; the change is priced before it is made", async () => {
  await book("R2", 3, "10:00", "11:00", 6_000);
  const own = await running.visit(`/s/${space.id}/my/bookings?day=${running.day(3)}`, { as: one });
  await own.getByText("会议室", { exact: true }).first().click();
  const block = own.getByRole("button", { name: /会议室 2 10:00–11:00/ });
  await block.waitFor();
  await drag(own, /会议室 2 10:00–11:00/, "会议室 3", 60);
  await own.mouse.up();
  const drawer = own.getByRole("dialog");
  await drawer.getByText("差额").waitFor();
  await fine(own, "portal-drag-drawer");
  await own.keyboard.press("Escape");
  await drawer.waitFor({ state: "detached" });
  await block.focus();
  for (const key of ["ArrowRight", "ArrowRight", "ArrowDown"]) await own.keyboard.press(key);
  await own.keyboard.press("Enter");
  await drawer.getByText("差额").waitFor();
  await press(own, /^改到 R3/);
  await own.getByText("已改到 R3", { exact: false }).waitFor();

  const page = await running.visit(`/s/${space.id}/bookings?day=${running.day(3)}`, { as: owner, height: 700 });
  const held = page.getByRole("button", { name: /会议室 3 \d\d:\d\d–/ });
  await held.waitFor();
  const box = await held.boundingBox();
  if (!box) throw new Error("nothing to hold");
  const touch = await page.context().newCDPSession(page);
  const finger = (type: "touchStart" | "touchMove" | "touchEnd", x: number, y: number) =>
    touch.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y }] });
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await finger("touchStart", x, y);
  await page.locator(".y-block-lifted").waitFor();
  for (const part of [0.25, 0.5, 0.75, 1]) await finger("touchMove", x + box.width * part, y);
  await finger("touchEnd", 0, 0);
  await page.getByRole("dialog").getByText("差额").waitFor();
  await fine(page, "board-touch-drawer");
});

test("a finger that holds a block at the lower edge scrolls the board on, at the desk and in the portal, so that a room far below is reached", async () => {
  await book("R1", 4, "10:00", "11:00", 6_000);
  for (const [path, as] of [
    ["bookings", owner],
    ["my/bookings", one],
  ] as const) {
    const page = await running.visit(`/s/${space.id}/${path}?day=${running.day(4)}`, { as, height: 560 });
    if (as === one) await page.getByText("会议室", { exact: true }).first().click();
    const block = page.getByRole("button", { name: /会议室 1 10:00–11:00/ });
    await block.scrollIntoViewIfNeeded();
    const box = await block.boundingBox();
    if (!box) throw new Error("nothing to hold");
    const touch = await page.context().newCDPSession(page);
    const finger = (type: "touchStart" | "touchMove" | "touchEnd", x: number, y: number) =>
      touch.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y }] });
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await finger("touchStart", x, y);
    await page.locator(".y-block-lifted").waitFor();
    const far = page.locator("li.y-timeline-row").filter({ hasText: "会议室 12" });
    const below = async () => ((await far.boundingBox())?.y ?? 0) - 545;
    expect(await below()).toBeGreaterThan(0);
    for (const at of [y + 40, 540, 548]) await finger("touchMove", x, at);
    await expect.poll(below, patience).toBeLessThan(-15);
    const target = await far.boundingBox();
    if (!target) throw new Error("nowhere to go");
    await finger("touchMove", x, target.y + target.height / 2);
    await fine(page, `board-touch-far-${as === one ? "portal" : "desk"}`);
    await finger("touchEnd", 0, 0);
    const drawer = page.getByRole("dialog");
    await drawer.getByText("差额").waitFor();
    await drawer.getByRole("button", { name: /^改到 R12/ }).waitFor();
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
  }
});

test("a week shows all places of the site, walks by arrows and opens a day", async () => {
  const page = await running.visit(`/s/${space.id}/bookings?view=week`, { as: owner });
  await page.getByRole("button", { name: /会议室 2 .*14:00–15:00/ }).waitFor();
  await fine(page, "week-operator");
  await page
    .getByRole("button", { name: /^A-01 / })
    .first()
    .focus();
  for (const key of ["ArrowDown", "ArrowRight", "ArrowRight"]) await page.keyboard.press(key);
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? ""), patience)
    .toMatch(/A-02 .*全天/);
  await page.keyboard.press("Enter");
  await expect.poll(() => page.url(), patience).toContain(`day=${running.day(2)}`);
  const dark = await running.visit(`/s/${space.id}/bookings?view=week`, { as: owner, lang: "en", theme: "dark" });
  await dark.getByRole("button", { name: /taken 14:00–15:00/ }).waitFor();
  await fine(dark, "week-operator-dark-en");
});

test("a company sees its week: its own apart from others', also on a phone", async () => {
  const page = await running.visit(`/s/${space.id}/my/bookings`, { as: one });
  await page.getByRole("radio", { name: "一周" }).check({ force: true });
  await page.getByRole("button", { name: /A-02 .*全天/ }).waitFor();
  await fine(page, "week-portal");
  const small = await running.visit(`/s/${space.id}/my/bookings`, { as: one, ...phone });
  await small.getByRole("radio", { name: "一周" }).check({ force: true });
  await small.getByRole("button", { name: /A-02 .*全天/ }).waitFor();
  await fine(small, "week-phone");
});
