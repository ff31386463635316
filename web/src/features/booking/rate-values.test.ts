import { defaultTax, type RateCard, RateCardSchema } from "@yihao/pricing/model";
import { expect, test } from "vitest";
import { newRate, rateFault } from "../../rate-values.ts";
import { cardValues, periodValues, readCard, readPeriod, withoutPeriod } from "./rate-values.ts";

const card: RateCard = {
  currency: "CNY",
  taxIncluded: true,
  taxBasis: defaultTax,
  roomHourMinor: 6000,
  deskDayMinor: 4000,
  binDayMinor: 240,
  pickUnitMinor: 150,
  overrides: { res_live: { hourMinor: 12_000 } },
  kinds: { room: { capMinor: 30_000 }, equipment: { hourMinor: 3000 }, parking: { dayMinor: 1500 } },
  rates: [
    { name: "晚间", from: "18:00", until: "24:00", price: { percent: 80 } },
    { name: "周末", weekdays: [6, 7], kinds: ["room"], member: false, leastMinutes: 120, price: { hourMinor: 9000 } },
    { name: "直播间", resources: ["res_live"], price: { hourMinor: 15_000 } },
    { name: "会员工位", member: true, price: { dayMinor: 3000 } },
  ],
};

test("a card goes through its form as it was, what the form does not show too", () => {
  expect(readCard(cardValues(card), card)).toEqual(card);
  expect(RateCardSchema.safeParse(readCard(cardValues(card), card)).success).toBe(true);
  const { kinds: _kinds, rates: _rates, ...plain } = card;
  expect(readCard(cardValues(plain), plain)).toEqual(plain);
});

test("prices of a period go through the form and back, and leave the card's own and other periods as they were", () => {
  const spring = { from: "2027-02-01", until: "2027-03-01", roomHourMinor: 9000, deskDayMinor: 4000 };
  const whole: RateCard = { ...card, periods: [spring] };
  expect(readPeriod(periodValues(whole, "2027-02-01", "2027-02-01"), whole, "2027-02-01")).toEqual(whole);
  expect(readPeriod(periodValues(whole, "own", ""), whole, "own")).toEqual(whole);
  const fresh = readPeriod(periodValues(whole, "new", "2027-04-01"), whole, "new");
  expect(fresh.periods?.map(({ from, until }) => [from, until])).toEqual([
    ["2027-02-01", "2027-03-01"],
    ["2027-04-01", undefined],
  ]);
  expect(fresh.periods?.[1]).toMatchObject({ roomHourMinor: card.roomHourMinor, overrides: card.overrides });
  expect(withoutPeriod(whole, "2027-02-01")).toEqual(card);
});

test("a rate without a name, with times that end before they begin or without a price is found", () => {
  expect(rateFault(newRate)).toBe("name");
  const named = { ...newRate, name: "夜间" };
  expect(rateFault(named)).toBeUndefined();
  expect(rateFault({ ...named, from: "22:00", until: "06:00" })).toBe("time");
  expect(rateFault({ ...named, from: "9:00" })).toBe("time");
  expect(rateFault({ ...named, ask: "hour" })).toBe("price");
});
