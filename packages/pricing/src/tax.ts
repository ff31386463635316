import type { Day } from "@yihao/kernel/days";
import { taxWithin } from "@yihao/kernel/money";
import type { TaxReason } from "./model.ts";

/** What a line is to the tax (税目): a service, a lease of rooms and land (real estate), or goods. */
export type TaxClass = "service" | "lease" | "goods";

/** A stretch of days, `until` excluded and open when left out. */
export type Validity = { readonly from: Day; readonly until?: Day | undefined };

/** A rate in basis points with the days on which it holds. `simplified` is what a space may choose for its leases (简易计税). */
export type TaxRate = Validity & { readonly class: TaxClass; readonly basis: number; readonly simplified?: boolean };

/**
 * China's VAT since 1 April 2019 (财政部 税务总局 海关总署公告 2019 No. 39): 6 % on services, 9 % on leases of real estate, or 5 % where a general taxpayer chose the
 * simplified method for what it acquired by 30 April 2016 (财税〔2016〕36 号), 13 % on goods; before, from 1 May 2018, 10 % on leases and 16 % on goods.
 */
export const chinaRates: readonly TaxRate[] = [
  { class: "service", basis: 600, from: "2016-05-01" },
  { class: "lease", basis: 1000, from: "2018-05-01", until: "2019-04-01" },
  { class: "lease", basis: 900, from: "2019-04-01" },
  { class: "lease", basis: 500, from: "2016-05-01", simplified: true },
  { class: "goods", basis: 1600, from: "2018-05-01", until: "2019-04-01" },
  { class: "goods", basis: 1300, from: "2019-04-01" },
];

/** The exemption of services to incubated companies, 财政部 税务总局 科技部 教育部 2023 No. 42: from 1 January 2024 to 31 December 2027. */
export const incubationExemption = {
  reason: "incubation-2023-42" as TaxReason,
  holds: { from: "2024-01-01", until: "2028-01-01" } as Validity,
};

/** Whether a day lies in a stretch. */
export const holds = ({ from, until }: Validity, day: Day): boolean =>
  day >= from && (until === undefined || day < until);

/** What the tax of a line depends on, as it stood on the day: what it is, whom it is for, and what the space was. */
export type TaxFacts = {
  readonly day: Day;
  readonly class: TaxClass;
  /** The space chose the simplified method for its leases. */
  readonly simplified?: boolean;
  /** Days on which the company was incubated here (在孵). */
  readonly incubated?: readonly Validity[];
  /** Days on which the space had a title that counts: a national or provincial incubator, university science park or recorded 众创空间. */
  readonly titled?: readonly Validity[];
  /** The space keeps separate accounts of what it does for incubated companies (单独核算), without which nothing is exempt. */
  readonly separate?: boolean;
};

/**
 * The tax of a line on its day: its rate in basis points, or 0 with the reason when it is exempt. Exempt are leases and services to a company that was incubated on that day by a space
 * that had its title on that day, accounted for separately, while the exemption holds; never goods. Throws when no rate is known for the day.
 */
export function taxFor(facts: TaxFacts, rates: readonly TaxRate[] = chinaRates): { basis: number; reason?: TaxReason } {
  const on = (stretches: readonly Validity[] = []) => stretches.some((one) => holds(one, facts.day));
  const exempt = facts.class !== "goods" && facts.separate === true && on(facts.incubated) && on(facts.titled);
  if (exempt && holds(incubationExemption.holds, facts.day)) return { basis: 0, reason: incubationExemption.reason };
  const simplified = facts.class === "lease" && facts.simplified === true;
  const rate = rates.find(
    (one) => one.class === facts.class && (one.simplified ?? false) === simplified && holds(one, facts.day),
  );
  if (!rate) throw new RangeError(`no tax rate for ${facts.class} on ${facts.day}`);
  return { basis: rate.basis };
}

/** The tax in a gross (含税) amount by a line's own facts, half-up; 0 where it is exempt. */
export const taxOfLine = (grossMinor: number, facts: TaxFacts): number => taxWithin(grossMinor, taxFor(facts).basis);
