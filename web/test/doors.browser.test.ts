import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { joins, type MadeSpace, makeCompany, makeSpace } from "./made-space.ts";
import { ask, field, fine, type Person, patience, phone, press, shoot, useProduct } from "./running-product.ts";

/** What people meet at the doors of a space on the running product: calendars, displays, visitors, the plan. */
const running = useProduct({ sameMonth: true });
let owner: Person;
let one: Person;
let space: MadeSpace;

/** Books through the API at the price it quotes; minutes are from now, on the grid. */
async function book(person: Person, code: string, fromMinutes: number, minutes: number): Promise<{ id: string }> {
  const grid = 30 * 60_000;
  const from = Math.ceil((Date.now() + fromMinutes * 60_000) / grid) * grid;
  const wish = {
    resource: space.resource(code),
    from: new Date(from).toISOString(),
    until: new Date(from + minutes * 60_000).toISOString(),
  };
  const { quote } = await ask<{ quote: { totalMinor: number; allowanceMinutes: number } }>(
    person,
    "POST",
    `${space.api}/quotes/booking`,
    wish,
  );
  const shown = { expectMinor: quote.totalMinor, expectAllowanceMinutes: quote.allowanceMinutes };
  return ask(person, "POST", `${space.api}/bookings`, { ...wish, ...shown });
}

const textOf = async (page: Page, what: string) => (await page.locator(what).first().textContent()) ?? "";
const addressIn = (page: Page) => textOf(page, "code");

beforeAll(async () => {
  owner = await running.signIn(running.email("zhoumin"), "周敏");
  space = await makeSpace(running, owner, { desks: 4, rooms: 3 });
  const company = await makeCompany(running, owner, space, "晚汀香氛");
  one = await joins(running, owner, space, "何雨桐", { company, role: "admin" });
});

test("a person subscribes to their bookings, renews the address and ends it", async () => {
  await book(one, "R1", 60, 60);
  const page = await running.visit(`/s/${space.id}/my/bookings/list`, { as: one });
  await press(page, "订阅日历");
  await press(page, "生成地址");
  await page.getByText("地址只在这里显示一次", { exact: false }).waitFor();
  const first = await addressIn(page);
  await fine(page, "doors-subscribe");
  await expect.poll(async () => (await one.request.get(first)).text(), patience).toContain("SUMMARY:R1 会议室 1");
  await press(page, "换一个地址");
  await expect.poll(() => addressIn(page), patience).not.toBe(first);
  const second = await addressIn(page);
  expect([(await one.request.get(first)).status(), (await one.request.get(second)).status()]).toEqual([404, 200]);
  await press(page, "停止订阅");
  await page.getByText("已停止", { exact: false }).waitFor();
  expect((await one.request.get(second)).status()).toBe(404);
});

test("the operator makes a display, which shows its room in both themes and in portrait", async () => {
  const page = await running.visit(`/s/${space.id}/settings/doors`, { as: owner });
  await press(page, "新建门口屏");
  await page.getByRole("dialog").getByRole("button", { name: "新建门口屏" }).click();
  await page.getByText("地址只在这里显示一次", { exact: false }).waitFor();
  const address = new URL(await addressIn(page)).pathname;
  await shoot(page, "doors-display-made");
  await press(page, "已装好");
  const door = await running.visit(address, { width: 1024, height: 600 });
  await door.getByText("空闲").waitFor();
  await door.getByText("接下来").waitFor();
  await fine(door, "doors-display");
  const drawnAgain = door.waitForResponse("**/doors/displays/**");
  await door.evaluate(() => window.dispatchEvent(new Event("online")));
  await drawnAgain;
  await door.locator("svg.qr").waitFor();
  const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGOokvcGAAH7AOUVM1R0AAAAAElFTkSuQmCC";
  const brand = { colour: "#7a1f4b", logo: `data:image/png;base64,${pixel}` };
  await ask(owner, "PUT", `${space.api}/brand`, brand, { "if-match": '"0"' });
  const tall = await running.visit(address, { width: 800, height: 1280 });
  await tall.emulateMedia({ colorScheme: "dark" });
  await tall.getByText("空闲").waitFor();
  await tall.locator("html.y-dressed img").waitFor();
  await fine(tall, "doors-display-portrait-dark");
  await door.context().setOffline(true);
  await door.evaluate(() => window.dispatchEvent(new Event("online")));
  await door.getByText("离线，显示的是", { exact: false }).waitFor();
  await door.getByText("空闲").waitFor();
  await shoot(door, "doors-display-offline");
  await door.context().setOffline(false);
  await door.getByText("离线，显示的是", { exact: false }).waitFor({ state: "detached" });
  await page.reload();
  await page.getByRole("cell", { name: "实时" }).waitFor();
  await fine(page, "doors-displays");
});

test("who scans the code at a door on a phone is taken to their booking's check-in", async () => {
  await book(one, "R2", 0, 60);
  const page = await running.visit(`/s/${space.id}/my/door/${space.resource("R2")}`, { as: one, ...phone });
  await fine(page, "doors-check-in-phone");
  await press(page, "签到");
  await page.getByText("已签到", { exact: false }).waitFor();
  const other = await running.visit(`/s/${space.id}/my/door/${space.resource("R3")}`, { as: one, ...phone });
  await other.getByText("你们今天没有订这一间。").waitFor();
  await other.getByRole("link", { name: "预订这一间" }).click();
  await other.getByText("会议室 3").first().waitFor();
});

test("a host invites a guest on a phone; reception lets them in by the code of the pass, and who walks in by hand", async () => {
  const host = await running.visit(`/s/${space.id}/my/visitors`, { as: one, ...phone });
  await press(host, "邀请访客");
  const email = running.email("guest");
  await field(host, "姓名").fill("莫先生");
  await field(host, "来自").fill("远方实验室");
  await field(host, "邮箱").fill(email);
  await shoot(host, "doors-invite-phone");
  await host.getByRole("dialog").getByRole("button", { name: "邀请", exact: true }).click();
  await host.getByText(`已发到 ${email}。`).waitFor();
  await shoot(host, "doors-pass-shown-phone");
  await press(host, "完成");
  await host.getByText("莫先生").waitFor();
  await fine(host, "doors-my-visitors-phone");

  const guest = await running.visit(new URL(await running.linkTo(email)).pathname, phone);
  await guest.getByText("莫先生，你好").waitFor();
  await fine(guest, "doors-pass-phone");
  const code = await textOf(guest, "b.font-mono");

  const desk = await running.visit(`/s/${space.id}/visitors`, { as: owner });
  await desk.getByText("莫先生").waitFor();
  await desk.getByLabel("扫访客码，或输入 8 位码").fill(code);
  await desk.keyboard.press("Enter");
  await desk.getByText("莫先生 已放行", { exact: false }).waitFor();
  await press(desk, /登记临时访客/);
  await field(desk, "姓名").fill("临时来的人");
  await press(desk, "登记并放行");
  await desk.getByRole("cell", { name: "临时来的人", exact: true }).waitFor();
  await fine(desk, "doors-reception");
  await press(desk, "离开 莫先生");
  await desk.getByText("莫先生 已离开").waitFor();
  const dark = await running.visit(`/s/${space.id}/visitors`, { as: owner, theme: "dark", lang: "en" });
  await dark.getByText("莫先生").waitFor();
  await fine(dark, "doors-reception-dark-en");
  await running.linkTo(one.email, /\/my\/visitors/);
});

test("the operator puts places on an image by drag and by keys; a company sees their state on it and books from it", async () => {
  const page = await running.visit(`/s/${space.id}/plan`, { as: owner });
  await press(page, "编辑平面图");
  for (const code of ["R1", "R2", "R3", "A-01"]) await press(page, `把 ${code} 放到图上`);
  const room = page.getByRole("button", { name: /^R1，横/ });
  await room.focus();
  const before = await room.getAttribute("aria-label");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Shift+ArrowRight");
  expect(await room.getAttribute("aria-label")).not.toBe(before);
  const box = await page.getByRole("button", { name: /^R3，横/ }).boundingBox();
  const [x, y] = [(box?.x ?? 0) + 10, (box?.y ?? 0) + 10];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y + 160, { steps: 4 });
  await page.mouse.up();
  const png = await page.screenshot({ clip: { x: 0, y: 0, width: 800, height: 450 } });
  await page.locator("input[type=file]").setInputFiles({ name: "二层.png", mimeType: "image/png", buffer: png });
  await page.getByText("底图已换").waitFor();
  await press(page, "保存平面图");
  await page.getByText("平面图已保存").waitFor();
  await fine(page, "doors-plan-edit");
  await press(page, "结束编辑");
  await page.getByRole("link", { name: /R3/ }).waitFor();
  await expect.poll(() => page.evaluate(() => document.querySelector("img")?.naturalWidth), patience).toBe(800);
  await fine(page, "doors-plan");

  const mine = await running.visit(`/s/${space.id}/my/plan`, { as: one, ...phone });
  await mine.getByRole("link", { name: /R3/ }).waitFor();
  await fine(mine, "doors-plan-phone");
  await mine.getByRole("radio", { name: "列表" }).check({ force: true });
  await fine(mine, "doors-plan-list-phone");
  await mine.getByRole("radio", { name: "平面" }).check({ force: true });
  await mine.getByRole("link", { name: /R3/ }).click();
  await mine.getByText("会议室 3").first().waitFor();
  const dark = await running.visit(`/s/${space.id}/plan`, { as: owner, theme: "dark", lang: "en" });
  await dark.getByRole("link", { name: /R3/ }).waitFor();
  await fine(dark, "doors-plan-dark-en");
});
