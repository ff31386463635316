import { readFile } from "node:fs/promises";
import { shownOf } from "@yihao/booking/pay";
import { instantOf } from "@yihao/kernel/days";
import { beforeAll, expect, test, vi } from "vitest";
import { type MadeSpace, makeCompany, makeSpace } from "./made-space.ts";
import { ask, fine, type Person, patience, phone, press, useProduct } from "./running-product.ts";

/** What a month would have cost under other prices: bookings and plans, asked on one page and written nowhere. */
const running = useProduct({ sameMonth: true });
let owner: Person;
let space: MadeSpace;
const month = () => running.day().slice(0, 7);

/** Books a room tomorrow, from one hour to another. */
async function book(company: string, from: number, until: number): Promise<void> {
  const at = (hour: number) => instantOf(running.day(1), `${String(hour).padStart(2, "0")}:00`, running.zone);
  const wish = { company, resource: space.resource("R1"), from: at(from), until: at(until) };
  type Quoted = { quote: Parameters<typeof shownOf>[0] };
  const { quote } = await ask<Quoted>(owner, "POST", `${space.api}/quotes/booking`, wish);
  await ask(owner, "POST", `${space.api}/bookings`, { ...wish, ...shownOf(quote) });
}

beforeAll(async () => {
  owner = await running.signIn(running.email("zhoumin-simulation"), "周敏");
  space = await makeSpace(running, owner, { rooms: 1 });
  const member = await makeCompany(running, owner, space, "晚汀香氛", { plan: true });
  const own = await makeCompany(running, owner, space, "青禾农选");
  const { rev } = await ask<{ rev: number }>(owner, "GET", `${space.api}/companies/${own}`);
  const agreed = { name: "合作价", kind: "room", price: { percent: 80 }, from: `${month()}-01` };
  await ask(owner, "PUT", `${space.api}/companies/${own}/prices`, { prices: [agreed] }, { "if-match": `"${rev}"` });
  // Four hours of five are the plan's; two at four fifths of the price.
  await vi.waitFor(() => book(member, 9, 14), patience);
  await book(own, 15, 17);
  const path = `${space.api.replace("/api/v1", "/api/v1/accounts")}/simulation/${month()}/bookings`;
  await vi.waitFor(async () => {
    expect((await ask<{ items: unknown[] }>(owner, "GET", path)).items).toHaveLength(2);
  }, patience);
});

test("a month is simulated under other prices of rooms and plans, now against then, down to a company's booking that credits paid, and leaves as a file", async () => {
  const page = await running.visit(`/s/${space.id}/billing/simulation`, { as: owner });
  await page.getByText("这个月什么都没有收").waitFor();
  await page.getByLabel("月份").selectOption(month());
  const result = page.getByRole("region", { name: "结果" });
  await result.getByText("¥756.00").first().waitFor();
  await result.getByText("套餐费和房租里还有 ¥600.00 没有计费，生成账单时会计。").waitFor();
  await press(page, "改一个价格");
  await press(page, "试算");
  await page.getByText("有一个价格没有填").waitFor();
  await page.getByLabel("改成").fill("90");
  await page.getByLabel("成长套餐").fill("500");
  await page.keyboard.press("Enter");
  await result.getByText("¥734.00").first().waitFor();
  await result.getByText("−¥22.00").first().waitFor();
  await fine(page, "simulation");
  await result.getByRole("button", { name: /^会议室/ }).click();
  const companies = page.getByRole("table", { name: "按企业" });
  await companies.getByText("¥144.00").first().waitFor();
  await companies.getByText("晚汀香氛").click();
  const drawer = page.getByRole("dialog");
  await drawer.getByText(/额度付了 4\.0 小时$/).waitFor();
  await drawer.getByText("¥90.00").first().waitFor();
  await fine(page, "simulation-lines");
  await page.keyboard.press("Escape");
  await press(page, /^导出/);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "CSV" }).click(),
  ]);
  const text = await readFile(await download.path(), "utf8");
  expect(text).toContain("晚汀香氛,会员,600,500,-100");
  expect(text).toContain("青禾农选,会议室,96,144,48");
  // A rate that the card has not: half of the price at any hour.
  await press(page, "改分时价和会员价");
  const rates = page.getByRole("dialog");
  await press(page, "加一条");
  await rates.getByLabel("名称").fill("试一条");
  await rates.getByLabel("原价的").fill("50");
  await fine(page, "simulation-rates");
  await press(page, "好了");
  await press(page, "试算");
  await result.getByText("¥617.00").first().waitFor();
  // A day before the first prices has none to ask; today has those of today.
  await page.getByLabel("用哪份价目").selectOption("某一天的价目");
  await page.getByLabel("哪一天").fill(running.day(-40));
  await page.keyboard.press("Tab");
  await page.getByText("那天还没有定价目").waitFor();
  await press(page, "试算");
  await page.getByText("选一个有价目的日子").waitFor();
  await page.getByLabel("哪一天").fill(running.day());
  await page.keyboard.press("Tab");
  await page.getByText("用那天结束时的价格").first().waitFor();
  await press(page, "试算");
  await result.getByText("¥734.00").first().waitFor();

  const mobile = await running.visit(`/s/${space.id}/billing/simulation`, {
    ...{ as: owner, lang: "en", theme: "dark", ...phone },
  });
  await mobile.getByLabel("Month").selectOption(month());
  await mobile.getByRole("region", { name: "Result" }).getByText("¥756.00").first().waitFor();
  await fine(mobile, "simulation-phone-dark-en");
});
