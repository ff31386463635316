import { type Day, daysOfMonth, type Month, monthOf } from "@yihao/kernel/days";
import { type Minor, taxWithin, timesRatio } from "@yihao/kernel/money";
import { plusMinutes } from "@yihao/kernel/span";
import type { Plan, Priced, PriceService, Quote, QuoteLine, RateCard, Stream } from "./model.ts";
import { quoteMinutes } from "./model.ts";

/** The revenue stream that each service earns for. */
export const streamOfService: Record<PriceService, Stream> = {
  room: "room",
  desk: "desk",
  equipment: "services",
  facility: "services",
  storage: "storage",
  pick: "handling",
  plan: "membership",
};

type Bare = Pick<QuoteLine, "service" | "quantity" | "per" | "unitMinor" | "amountMinor" | "taxBasis"> & {
  readonly of?: number;
  readonly text?: string;
};

/** A line with the stream that its service earns for and the tax that it contains. */
export function line(bare: Bare): QuoteLine {
  return { ...bare, stream: streamOfService[bare.service], taxMinor: taxWithin(bare.amountMinor, bare.taxBasis) };
}

/** Sums lines to what they cost: the total is the sum of the lines and so is its tax; nothing is rounded again. */
export function sumLines(lines: QuoteLine[], allowanceMinutes = 0): Priced {
  const totalMinor = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const taxMinor = lines.reduce((sum, one) => sum + one.taxMinor, 0);
  return { lines, totalMinor, taxMinor, allowanceMinutes };
}

/** The card's hourly price of a room in minor units, or the room's own. */
export function roomHour(card: RateCard, resource?: string): Minor {
  return card.overrides?.[resource ?? ""]?.hourMinor ?? card.roomHourMinor;
}

/** The card's daily price of a desk in minor units, or the desk's own. */
export function deskDay(card: RateCard, resource?: string): Minor {
  return card.overrides?.[resource ?? ""]?.dayMinor ?? card.deskDayMinor;
}

/**
 * Prices whole minutes of a room (会议室). The allowance that is left is used up first and costs nothing; the minutes beyond it are
 * charged by the minute at the hourly price, rounded half-up once.
 */
export function priceRoom(card: RateCard, minutes: number, allowanceMinutesLeft = 0, resource?: string): Priced {
  const allowance = Math.min(minutes, Math.max(0, allowanceMinutesLeft));
  const charged = minutes - allowance;
  if (charged === 0) return sumLines([], allowance);
  const unitMinor = roomHour(card, resource);
  const amountMinor = timesRatio(unitMinor, charged, 60);
  const taxBasis = card.taxBasis.room;
  return sumLines(
    [line({ service: "room", quantity: charged, per: "hour", unitMinor, amountMinor, taxBasis })],
    allowance,
  );
}

function times(service: PriceService, per: QuoteLine["per"], quantity: number, unitMinor: Minor, taxBasis: number) {
  if (quantity === 0) return sumLines([]);
  const amountMinor = timesRatio(unitMinor, quantity, 1);
  return sumLines([line({ service, quantity, per, unitMinor, amountMinor, taxBasis })]);
}

/** Prices whole days of a desk (工位). */
export function priceDeskDays(card: RateCard, days: number, resource?: string): Priced {
  return times("desk", "day", days, deskDay(card, resource), card.taxBasis.desk);
}

/** Prices bin-days of storage (云仓仓储): one for each bin and local day on which the bin was occupied. */
export function priceStorage(card: RateCard, binDays: number): Priced {
  return times("storage", "bin-day", binDays, card.binDayMinor, card.taxBasis.storage);
}

/** Prices picked units (拣货). */
export function pricePicks(card: RateCard, units: number): Priced {
  return times("pick", "unit", units, card.pickUnitMinor, card.taxBasis.pick);
}

/** What a plan costs a month when it begins on a day. A company keeps the price that it began with until its plan is changed. */
export const planPriceOn = ({ monthlyMinor, next }: Pick<Plan, "monthlyMinor" | "next">, day: Day): number =>
  next && next.from <= day ? next.monthlyMinor : monthlyMinor;

/** The days of a month that a plan covers: from its first day (included) until a day (excluded), either left open. */
export type PlanPart = { readonly from?: Day | undefined; readonly until?: Day | undefined };

/**
 * Prices a plan for a month, by day where it covers only a part. `from` is included and `until` excluded, and the parts of a
 * month sum exactly to its price: each is the difference of what is due up to its two ends, rounded half-up there.
 */
export function pricePlanMonth(
  plan: Pick<Plan, "monthlyMinor"> & { readonly name?: string },
  month: Month,
  part: PlanPart = {},
  taxBasis = 600,
): Priced {
  const days = daysOfMonth(month).length;
  const first = before(part.from, month, days);
  const last = part.until === undefined ? days : before(part.until, month, days);
  if (last <= first) return sumLines([]);
  const due = (count: number) => timesRatio(plan.monthlyMinor, count, days);
  const whole = first === 0 && last === days;
  const bare: Bare = {
    service: "plan",
    quantity: whole ? 1 : last - first,
    per: "month",
    unitMinor: plan.monthlyMinor,
    amountMinor: due(last) - due(first),
    taxBasis,
    ...(whole ? {} : { of: days }),
    ...(plan.name ? { text: plan.name } : {}),
  };
  return sumLines([line(bare)]);
}

/** How many days of the month come before a day: 0 when it is in an earlier month, all when in a later one. */
function before(day: Day | undefined, month: Month, days: number): number {
  if (day === undefined || monthOf(day) < month) return 0;
  return monthOf(day) > month ? days : Number(day.slice(8)) - 1;
}

/** A price as it is offered: kept for ten minutes, at this revision of the rate card. */
export function quoteOf(priced: Priced, rev: number, now: string): Quote {
  return { ...priced, until: plusMinutes(now, quoteMinutes), rev };
}
