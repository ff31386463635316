import { daysOfMonth, type Month } from "@yihao/kernel/days";
import { spread, timesRatio } from "@yihao/kernel/money";
import type { RateCard } from "./model.ts";
import {
  type DayUse,
  type DueLine,
  type Fee,
  feeScale,
  type NewTariff,
  type Operation,
  operations,
  type PenaltyCause,
  type StorageRule,
  type TariffItem,
  type TariffTerms,
  type Usage,
} from "./tariff-model.ts";

const mlOfLiter = 1000;
const mlOfCubic = 1_000_000;
type Tiers = Fee["tiers"];

/** What a quantity costs when what is beyond each tier has that tier's price (阶梯累进). `scale` of it make one that is priced and that tiers count, each tier's part rounded half-up. */
export function tiered(quantity: number, unitMinor: number, tiers: Tiers = [], scale = 1): number {
  const steps = [{ from: 0, unitMinor }, ...tiers];
  return steps.reduce((sum, step, at) => {
    // A tier of 100 prices the 101st and later ones.
    const next = steps[at + 1];
    const until = next ? next.from * scale : quantity;
    const inside = Math.max(0, Math.min(quantity, until) - step.from * scale);
    return sum + timesRatio(step.unitMinor, inside, scale);
  }, 0);
}

/** The days that cost something: the first `free` days with goods do not, of which `used` were had in earlier months. Of 60 free days day 60 is free and day 61 is charged. */
export function chargedDays(days: readonly DayUse[], free = 0, used = 0): DayUse[] {
  return [...days].sort((a, b) => (a.day < b.day ? -1 : 1)).slice(Math.max(0, free - used));
}

/** How many bins of a capacity a volume fills, any begun one whole. Both in the same unit. */
export function binsFilled(volume: number, capacity: number): number {
  return Math.ceil(volume / capacity);
}

const sumOf = (days: readonly DayUse[], of: (day: DayUse) => number) => days.reduce((sum, day) => sum + of(day), 0);

/** What storage of a month comes to, in fen, and the quantity that is shown: bin-days, product-days, or litres. Rounded half-up once, a shared bin's price spread over its owners by largest remainder. */
export function storageDue(rule: StorageRule, days: readonly DayUse[], month: Month) {
  const amount = (quantity: number, unitMinor: number, amountMinor: number) => ({ quantity, unitMinor, amountMinor });
  switch (rule.by) {
    case "bin-day": {
      const own = sumOf(days, ({ bins }) => bins);
      const shared = days.flatMap((day) => day.shared);
      const share = ({ owners, at }: DayUse["shared"][number]) =>
        spread(
          rule.dayMinor,
          Array.from({ length: owners }, () => 1),
        )[at] ?? 0;
      const shares = shared.reduce((sum, one) => sum + share(one), 0);
      return amount(own + shared.length, rule.dayMinor, tiered(own, rule.dayMinor, rule.tiers) + shares);
    }
    case "peak-day": {
      const products = sumOf(days, (day) => day.products);
      const due =
        timesRatio(
          rule.literMinor,
          sumOf(days, ({ peakMl }) => peakMl),
          mlOfLiter,
        ) +
        timesRatio(
          rule.unitMinor,
          sumOf(days, ({ peakUnits }) => peakUnits),
          1,
        ) +
        timesRatio(rule.productMinor, products, 1);
      return amount(products, rule.productMinor, due);
    }
    case "volume-day": {
      const volume = sumOf(days, ({ peakMl }) => peakMl);
      return amount(Math.round(volume / mlOfLiter), rule.cubicMinor, timesRatio(rule.cubicMinor, volume, mlOfCubic));
    }
    case "average-volume": {
      const volume = sumOf(days, ({ peakMl }) => peakMl);
      const all = daysOfMonth(month).length;
      const due = timesRatio(rule.cubicMinor, volume, mlOfCubic * all);
      return amount(Math.round(volume / mlOfLiter / all), rule.cubicMinor, due);
    }
    case "capacity-month": {
      const last = daysOfMonth(month).at(-1);
      const volume = sumOf(
        days.filter(({ day }) => day === last),
        ({ peakMl }) => peakMl,
      );
      const bins = binsFilled(volume, rule.binLiters * mlOfLiter);
      return amount(bins, rule.binMinor, timesRatio(rule.binMinor, bins, 1));
    }
  }
}

/** What a fee of a month comes to: what was counted, and once the month is over what is missing to its own minimum, if the operation was done at all. */
function feeDue(fee: Fee, done: Usage["done"], over: boolean): DueLine[] {
  const { operation, per, unitMinor, tiers, minimumMinor = 0 } = fee;
  const of = `${operation}:${per}`;
  const quantity = done[of] ?? 0;
  const amountMinor = tiered(quantity, unitMinor, tiers, feeScale(per));
  const missing = over && wasDone(operation, done) ? Math.max(0, minimumMinor - amountMinor) : 0;
  const line = { service: operation, stream: "handling" } as const;
  return [
    { key: of, ...line, of, quantity, unitMinor, amountMinor },
    { key: `${of}:minimum`, ...line, of: "minimum", quantity: 1, unitMinor: missing, amountMinor: missing },
  ];
}
const wasDone = (operation: Operation, done: Usage["done"]) =>
  Object.entries(done).some(([of, count]) => of.startsWith(`${operation}:`) && count > 0);

/** Operations of a month's use that cost nothing under a tariff: no fee counts them, or what their fees count was not told, as the weight of goods that nobody weighed. */
export const unpriced = (terms: Pick<TariffTerms, "fees">, done: Usage["done"]): Operation[] =>
  operations.filter(
    (operation) =>
      wasDone(operation, done) &&
      !terms.fees.some((fee) => fee.operation === operation && (done[`${operation}:${fee.per}`] ?? 0) > 0),
  );

/**
 * What a month of use comes to under a tariff: storage, a line a fee, and when the month is over what is missing to a fee's minimum and then to the whole's. `daysBefore` are days with goods in earlier months
 * since it holds. Lines of nothing are left out. The browser runs the same, so what is shown is what is billed.
 */
export function dueOf(
  terms: TariffTerms,
  usage: Pick<Usage, "month" | "days" | "done">,
  facts: { readonly daysBefore?: number; readonly over: boolean },
): DueLine[] {
  const days = chargedDays(usage.days, terms.freeDays, facts.daysBefore);
  const storage = storageDue(terms.storage, days, usage.month);
  const lines: DueLine[] = [
    { key: "storage", service: "storage", stream: "storage", of: terms.storage.by, ...storage },
    ...terms.fees.flatMap((fee) => feeDue(fee, usage.done, facts.over)),
  ];
  const sum = lines.reduce((total, { amountMinor }) => total + amountMinor, 0);
  const used = usage.days.length > 0 || Object.values(usage.done).some((count) => count > 0);
  const missing = facts.over && used ? Math.max(0, (terms.minimumMinor ?? 0) - sum) : 0;
  const least = { service: "storage", stream: "storage", of: "minimum", quantity: 1 } as const;
  return [...lines, { key: "minimum", ...least, unitMinor: missing, amountMinor: missing }].filter(
    ({ quantity, amountMinor, of }) => amountMinor !== 0 || (quantity !== 0 && of !== "minimum"),
  );
}

/** The rate card's own prices as terms: what holds where there is no tariff. */
export const termsOfCard = (card: Pick<RateCard, "binDayMinor" | "pickUnitMinor">): TariffTerms => ({
  storage: { by: "bin-day", dayMinor: card.binDayMinor },
  fees: [{ operation: "pick", per: "unit", unitMinor: card.pickUnitMinor }],
});

type Held = Pick<NewTariff, "company" | "from" | "until">;
const holdsIn = ({ from, until }: Held, month: Month) => from <= month && (until === undefined || month < until);

/** The tariff of a company in a month: its own before that of all; undefined when none holds. */
export function tariffFor<T extends Held>(tariffs: readonly T[], company: string, month: Month): T | undefined {
  const holding = tariffs.filter((one) => holdsIn(one, month));
  return holding.find((one) => one.company === company) ?? holding.find((one) => one.company === undefined);
}

/** Whether two tariffs would hold for the same companies in some month. */
export function overlaps(a: Held, b: Held): boolean {
  return (
    a.company === b.company &&
    (a.until === undefined || b.from < a.until) &&
    (b.until === undefined || a.from < b.until)
  );
}

/** What of a company's tariff of a month may be charged by hand: events, penalties, services at their prices. */
export const itemsFor = <T extends Held & Pick<NewTariff, "items">>(
  tariffs: readonly T[],
  company: string,
  month: Month,
): NonNullable<NewTariff["items"]> => tariffFor(tariffs, company, month)?.items ?? [];

/** What one thing that happened costs among the penalties (罚则) that hold: the penalty and how much of it, days beyond its free ones alone; undefined when it costs nothing. The browser asks it before, billing once it happened. */
export function penaltyAmong(
  items: readonly TariffItem[],
  on: PenaltyCause,
  quantity: number,
): { readonly item: TariffItem; readonly quantity: number; readonly amountMinor: number } | undefined {
  const item = items.find((one) => one.on === on);
  const counted = quantity - (item?.freeDays ?? 0);
  if (!item || counted <= 0) return undefined;
  return { item, quantity: counted, amountMinor: timesRatio(item.unitMinor, counted, 1) };
}

/** The same under a company's tariff of the month in which it happened. */
export const penaltyOf = <T extends Held & Pick<NewTariff, "items">>(
  tariffs: readonly T[],
  on: PenaltyCause,
  { company, month, quantity }: { readonly company: string; readonly month: Month; readonly quantity: number },
) => penaltyAmong(itemsFor(tariffs, company, month), on, quantity);
