import { beforeAll, expect, test, vi } from "vitest";
import { joins, type MadeSpace, makeCompany, makeSpace } from "./made-space.ts";
import { ask, field, fine, type Person, patience, press, rest, useProduct } from "./running-product.ts";

/** Rude moments: the same thing edited twice, the way back out of a drawer, the network cut in the middle. Nothing typed is lost. */
const running = useProduct({ sameMonth: true });
let owner: Person;
let space: MadeSpace;
let company = "";

beforeAll(async () => {
  owner = await running.signIn(running.email("zhoumin"), "周敏");
  space = await makeSpace(running, owner, { rooms: 1 });
  company = await makeCompany(running, owner, space, "青禾农选");
});

test("two people edit one company: the later one sees both versions, loses nothing typed, and saves on top of the other's", async () => {
  const path = `/s/${space.id}/members/${company}`;
  const [first, second] = [await running.visit(path, { as: owner }), await running.visit(path, { as: owner })];
  for (const page of [first, second]) await press(page, "修改");
  await field(first, "联系人").fill("许静");
  await field(second, "行业").fill("农产品");
  await field(second, "联系人").fill("许晓静");
  await press(first, /^保存/);
  await first.getByText("青禾农选 已保存").waitFor();

  // The second tab is looked at again until it has heard of the change, and keeps what is being typed.
  let heard = false;
  second.on("response", async (told) => {
    if (told.url().endsWith(`/companies/${company}`)) heard ||= (await told.text()).includes("许静");
  });
  await vi.waitFor(async () => {
    await second.evaluate(() => window.dispatchEvent(new Event("visibilitychange")));
    expect(heard).toBe(true);
  }, patience);
  await rest(second);
  expect(await field(second, "行业").inputValue()).toBe("农产品");
  await press(second, /^保存/);
  await second.getByText("刚才有别人改过这家企业").waitFor();
  await second.getByRole("cell", { name: "许静", exact: true }).waitFor();
  await second.getByRole("cell", { name: "许晓静", exact: true }).waitFor();
  expect(await field(second, "行业").inputValue()).toBe("农产品");
  await fine(second, "rude-conflict");
  await press(second, "用我填的覆盖");
  await press(second, /^保存/);
  await second.getByText("青禾农选 已保存").waitFor();
  const now = await ask<object>(owner, "GET", `${space.api}/companies/${company}`);
  expect(now).toMatchObject({ industry: "农产品", contactName: "许晓静" });
});

test("the back button in a drawer leaves a page that can be used, and the draft is there when one returns", async () => {
  const page = await running.visit(`/s/${space.id}/today`, { as: owner });
  await page.getByRole("link", { name: "成员" }).first().click();
  await page.getByRole("row", { name: /青禾农选/ }).waitFor();
  await press(page, /^添加企业/);
  await page.getByRole("dialog").waitFor();
  await field(page, /^企业名称/).fill("隐山密香");
  await page.getByText(/草稿，.* 已存/).waitFor();
  await page.goBack();
  await page.waitForURL("**/today");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await fine(page, "rude-back");
  await page.getByRole("link", { name: "预订" }).first().click();
  await page.waitForURL("**/bookings");
  await page.goBack();
  await page.goForward();
  await page.getByRole("link", { name: "成员" }).first().click();
  await press(page, /^添加企业/);
  await page.getByText("这是上次没写完的内容").waitFor();
  expect(await field(page, /^企业名称/).inputValue()).toBe("隐山密香");
});

test("the network is cut while booking: what was chosen stays, the page says so, and the booking is made once when it is back", async () => {
  const person = await joins(running, owner, space, "许静", { company, role: "admin" });
  const page = await running.visit(`/s/${space.id}/my/bookings?day=${running.day(1)}`, { as: person });
  await page.getByRole("radio", { name: "会议室" }).check({ force: true });
  await press(page, /^R1 10:00/);
  await page.getByText("¥60.00").first().waitFor();
  await page.context().setOffline(true);
  await press(page, "订 R1，10:00–11:00");
  await page.getByText("现在离线，没有发出去。").first().waitFor();
  await page.getByText("离线", { exact: true }).first().waitFor();
  await fine(page, "rude-offline");
  await page.context().setOffline(false);
  await press(page, "订 R1，10:00–11:00");
  await page.getByText("已订 R1", { exact: false }).waitFor();
  const agenda = `${space.api}/sites/${space.site}/agenda?day=${running.day(1)}`;
  const booked = async () => {
    const { items } = await ask<{ items: { resource: string }[] }>(owner, "GET", agenda);
    return items.map(({ resource }) => resource);
  };
  await expect.poll(booked, patience).toEqual([space.resource("R1")]);
});
