import type { Company } from "@yihao/members/model";
import { expect, it } from "vitest";
import { numberOf, placeOf } from "./number.ts";
import { isActiveIn, monthsToBill, platformPriceOf, platformSum } from "./platform-price.ts";

const company = (part: Partial<Company>): Company => ({
  ...{ id: "cmp_one1", name: "湖畔鲜集", kind: "company", state: "active", since: "2026-03-10" },
  ...part,
});
const left = (on: string): Partial<Company> => ({ state: "left", exit: { on, reason: "graduated" } });

it("a company counts in the months by whose end it had come and had not left", () => {
  const counted = (part: Partial<Company>) =>
    ["2026-02", "2026-03", "2026-04"].filter((month) => isActiveIn(company(part), month));
  expect(counted({})).toEqual(["2026-03", "2026-04"]);
  expect(counted({ since: "2026-03-31" })).toEqual(["2026-03", "2026-04"]);
  expect(counted({ since: "2026-04-01" })).toEqual(["2026-04"]);
  expect(counted(left("2026-03-31"))).toEqual([]);
  expect(counted(left("2026-04-01"))).toEqual(["2026-03"]);
  // One that only plans to go, or has not gone though its day is past, is still there.
  expect(counted({ exit: { on: "2026-03-20", reason: "moved" } })).toEqual(["2026-03", "2026-04"]);
  expect(counted({ kind: "guest" })).toEqual([]);
  expect(counted({ merged: { into: "cmp_two2", at: "2026-04-02T00:00:00.000Z", done: true } })).toEqual([]);
});

it("a month costs its base and so much for each active company, at the price that holds then", () => {
  const prices = [
    { from: "2026-01", baseMinor: 29_900, companyMinor: 1_200 },
    { from: "2026-07", until: "2026-09", baseMinor: 19_900, companyMinor: 1_000 },
  ];
  const sum = (month: string, companies: number) => {
    const price = platformPriceOf(prices, month);
    return price && platformSum(price, companies).amountMinor;
  };
  expect(["2025-12", "2026-01", "2026-06", "2026-07", "2026-08", "2026-09"].map((month) => sum(month, 3))).toEqual([
    undefined,
    33_500,
    33_500,
    22_900,
    22_900,
    33_500,
  ]);
  expect(sum("2026-01", 0)).toBe(29_900);
});

it("a month is billed from the second day of the next, months that were missed one after the other", () => {
  expect(monthsToBill(undefined, "2026-11-01T23:59:59.999Z")).toEqual(["2026-09"]);
  expect(monthsToBill(undefined, "2026-11-02T00:00:00.000Z")).toEqual(["2026-10"]);
  expect(monthsToBill("2026-10", "2026-11-30T12:00:00.000Z")).toEqual([]);
  expect(monthsToBill("2026-10", "2027-01-02T00:00:00.000Z")).toEqual(["2026-11", "2026-12"]);
});

it("the platform's numbers are of a series of their own", () => {
  expect(numberOf("2026-10", 7, "platform")).toBe("PT-202610-0007");
  expect(placeOf("PT-202610-0007", "platform")).toEqual({ year: "2026", place: 7 });
  expect(placeOf("PT-202610-0007")).toBeUndefined();
});
