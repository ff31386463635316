import type { Day } from "@yihao/kernel/days";
import type { Stream } from "./model.ts";
import { holds, incubationExemption, taxFor, type Validity } from "./tax.ts";
import {
  countingTitles,
  incubationServices,
  type ServiceClass,
  type Taxation,
  type TaxSettings,
  taxClassOf,
  usualServices,
} from "./tax-model.ts";

/** What the tax of a company's charges depends on: how the space is taxed, and the days on which the company is incubated here (在孵). */
export type TaxBackground = { readonly settings: TaxSettings; readonly incubated: readonly Validity[] };

/** What is taxed: of which stream on which day; `basis` is the rate where the settings have none, `service` what it is when that is not what its stream sells. */
export type Taxable = {
  readonly stream: Stream;
  readonly day: Day;
  readonly basis?: number;
  readonly service?: ServiceClass | undefined;
};

const on = (stretches: readonly Validity[], day: Day) => stretches.some((one) => holds(one, day));

/**
 * How something is taxed on its day (计税): at the rate of its stream, or of what it is, that the space's settings have on that day, else at the rate it came with, else by law. Exempt are incubation services to a
 * company that is incubated on that day by a space with a counting title on that day that accounts for them separately, while 2023 No. 42 holds (to 2027-12-31). Throws when no rate is known for the day.
 */
export function taxOn({ settings, incubated }: TaxBackground, what: Taxable): Taxation {
  const { stream, day } = what;
  const rates = settings.rates.filter((one) => holds(one, day));
  const own = rates.find((one) => one.stream === stream);
  const service = what.service ?? own?.service ?? usualServices[stream];
  const exempt =
    incubationServices.includes(service) &&
    holds(incubationExemption.holds, day) &&
    on(settings.separate, day) &&
    on(incubated, day) &&
    settings.titles.some((one) => countingTitles.includes(one.title) && holds(one, day));
  if (exempt) return { basis: 0, service, reason: incubationExemption.reason };
  const held = own?.service === service ? own : rates.find((one) => one.service === service);
  const basis = held?.basis ?? what.basis ?? taxFor({ day, class: taxClassOf(service) }).basis;
  return { basis, service };
}

/** A stretch of days on which something is taxed one way. */
export type TaxStretch = Validity & { readonly tax: Taxation };

/** The days of something that goes on, cut where its tax changes: neighbours that are taxed alike are one. `basis` is the rate where the settings have none. */
export function taxStretches(
  background: TaxBackground,
  what: Omit<Taxable, "day" | "basis"> & { readonly basis: (day: Day) => number },
  { from, until }: Validity,
): TaxStretch[] {
  const { settings, incubated } = background;
  const all: Validity[] = [...settings.rates, ...settings.titles, ...settings.separate, ...incubated];
  const ends = [...all, incubationExemption.holds].flatMap((one) => [one.from, one.until ?? from]);
  const inside = ends.filter((day) => day > from && (until === undefined || day < until));
  const cuts = [from, ...new Set(inside.toSorted())];
  const stretches: TaxStretch[] = [];
  for (const [at, first] of cuts.entries()) {
    const tax = taxOn(background, { ...what, day: first, basis: what.basis(first) });
    const end = cuts[at + 1] ?? until;
    const last = stretches.at(-1);
    const same =
      last && last.tax.basis === tax.basis && last.tax.reason === tax.reason && last.tax.service === tax.service;
    const stretch = { from: same ? last.from : first, ...(end === undefined ? {} : { until: end }), tax };
    if (same) stretches[stretches.length - 1] = stretch;
    else stretches.push(stretch);
  }
  return stretches;
}
