import { instantOf } from "@yihao/kernel/days";
import { beforeAll, expect, test } from "vitest";
import { joins, type MadeSpace, makeCompany, makeSpace } from "./made-space.ts";
import { ask, field, fine, type Person, patience, phone, press, useProduct } from "./running-product.ts";

/** Waiting for what is taken, and what becomes of who does not come, on the running product. */
const running = useProduct();
let owner: Person;
let one: Person;
let two: Person;
let space: MadeSpace;

const at = (plus: number, time: string) => instantOf(running.day(plus), time, running.zone);
const book = (who: Person, code: string, plus: number, from: string, until: string, expectMinor: number) =>
  ask(who, "POST", `${space.api}/bookings`, {
    ...{ resource: space.resource(code), from: at(plus, from), until: at(plus, until), expectMinor },
  });

beforeAll(async () => {
  owner = await running.signIn(running.email("zhoumin"), "周敏");
  space = await makeSpace(running, owner, { desks: 2, rooms: 2 });
  const first = await makeCompany(running, owner, space, "晚汀香氛");
  const second = await makeCompany(running, owner, space, "青禾农选");
  one = await joins(running, owner, space, "何雨桐", { company: first });
  two = await joins(running, owner, space, "许静", { company: second });
});

test("a time that is taken is waited for, and booked by itself when it is cancelled; staff see who waits", async () => {
  const taken = await book(one, "R1", 1, "10:00", "11:00", 6_000);
  const path = `/s/${space.id}/my/bookings?resource=${space.resource("R1")}&day=${running.day(1)}&from=${at(1, "10:00")}&until=${at(1, "11:00")}`;
  const page = await running.visit(path, { as: two });
  await page.getByText("刚被订走", { exact: false }).waitFor();
  await press(page, "候补这段时间");
  await page.getByText("前面没有人在等").waitFor();
  await fine(page, "wait-offer");
  await press(page, "开始候补");
  await page.getByText("已候补 R1", { exact: false }).waitFor();
  await page.getByRole("link", { name: "我们的预订" }).click();
  await page.getByText("自动订下").waitFor();
  await fine(page, "wait-portal-list");
  const staff = await running.visit(`/s/${space.id}/bookings?view=requests`, { as: owner, theme: "dark", lang: "en" });
  await staff.getByText("Book it for me").waitFor();
  await fine(staff, "wait-operator-dark-en");
  await ask(one, "POST", `${space.api}/bookings/${taken.id}/cancel`, { rev: 1 });
  await page.getByRole("cell", { name: "R1", exact: true }).waitFor();
  await expect.poll(() => page.getByText("自动订下").count(), patience).toBe(0);
  await fine(page, "wait-portal-booked");
});

test("on a phone somebody only wants to be told, and gives it up again", async () => {
  await book(one, "R2", 2, "14:00", "15:00", 6_000);
  const path = `/s/${space.id}/my/bookings?resource=${space.resource("R2")}&day=${running.day(2)}&from=${at(2, "14:00")}&until=${at(2, "15:00")}`;
  const page = await running.visit(path, { as: two, lang: "en", ...phone });
  await page.getByText("was just booked", { exact: false }).waitFor();
  await press(page, "Wait for this time");
  await page.getByRole("radio", { name: "Only tell me" }).check({ force: true });
  await fine(page, "wait-phone-offer");
  await press(page, "Start waiting");
  await page.getByText("Waiting for R2", { exact: false }).waitFor();
  const list = await running.visit(`/s/${space.id}/my/bookings/list`, { as: two, lang: "en", ...phone });
  await list.getByText("Only tell me").waitFor();
  await fine(list, "wait-phone-list");
  await press(list, "Stop waiting R2");
  await list.getByText("No longer waiting for R2").waitFor();
  await expect.poll(() => list.getByText("Only tell me").count(), patience).toBe(0);
});

test("the operator sets after how long a no-show is released and prints codes to check in by; whoever books reads the rule", async () => {
  const page = await running.visit(`/s/${space.id}/settings/places`, { as: owner });
  await page.getByText("会议室 2").first().click();
  await field(page, "未签到释放").fill("15");
  await press(page, /^保存/);
  await page.getByText(/R2.*已保存|已保存.*R2/).waitFor();
  await page.goto(`${running.url}/s/${space.id}/settings/doors`);
  await page.getByRole("link", { name: "签到码" }).click();
  await page.getByRole("img", { name: "R2 的签到码" }).waitFor();
  await fine(page, "codes-print");
  const mine = await running.visit(
    `/s/${space.id}/my/bookings?resource=${space.resource("R2")}&day=${running.day(3)}&from=${at(3, "14:00")}&until=${at(3, "15:00")}`,
    { as: two },
  );
  await mine.getByText("开始后 15 分钟没有签到就放开，收 100%。", { exact: false }).waitFor();
  await fine(mine, "no-show-terms");
});
