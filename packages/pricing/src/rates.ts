import { type Day, dayOf, daySpan, daysOf, instantOf, weekday, type Zone } from "@yihao/kernel/days";
import { type Minor, timesRatio } from "@yihao/kernel/money";
import { instant, millis, minutesOf, type Span } from "@yihao/kernel/span";
import type { AgreedPrice, BookableKind, Priced, PriceService, QuoteLine, Rate, RateCard, Stream } from "./model.ts";
import { line, streamOfService, sumLines } from "./price.ts";

/** What is priced: a stretch of time of one resource, for whom. */
export type Priceable = Span & {
  readonly kind: BookableKind;
  readonly resource: string;
  readonly zone: Zone;
  /** Whether the company that books has a plan on that day. */
  readonly member: boolean;
  /** What the company that books pays for this kind on that day, if not what all pay. */
  readonly agreed?: Pick<AgreedPrice, "name" | "price"> | undefined;
};
/** What an allowance and prepaid credit have left to pay with, minutes or days as the thing is had; they pay in this order, before money does. */
export type Left = { readonly allowance: number; readonly credit?: number };

const serviceOf: Record<BookableKind, PriceService> = {
  room: "room",
  desk: "desk",
  pool: "desk",
  office: "desk",
  equipment: "equipment",
  dock: "facility",
  locker: "facility",
  parking: "facility",
};

/** The revenue stream that a booking of a kind earns for. */
export const streamOfKind = (kind: BookableKind): Stream => streamOfService[serviceOf[kind]];

type Thing = Pick<Priceable, "kind" | "resource">;
const own = (card: RateCard, { kind, resource }: Thing) => ({ ...card.kinds?.[kind], ...card.overrides?.[resource] });

/** The price of an hour before any rate; undefined when none is set for it. */
export function hourOf(card: RateCard, thing: Thing): Minor | undefined {
  return own(card, thing).hourMinor ?? (thing.kind === "room" ? card.roomHourMinor : undefined);
}

/** The price of a day before any rate; undefined when none is set for it. A seat in a pool costs what a desk costs. */
export function dayPriceOf(card: RateCard, thing: Thing): Minor | undefined {
  return own(card, thing).dayMinor ?? (serviceOf[thing.kind] === "desk" ? card.deskDayMinor : undefined);
}

function taxOf(card: RateCard, service: PriceService): number {
  return card.taxBasis[service] ?? card.taxBasis.room;
}

type Agreed = Thing & Pick<Priceable, "agreed">;
/** What an hour or a day costs a company before any rate of the card; undefined when no price is set for it. */
export function unitFor(card: RateCard, thing: Agreed, per: "hourMinor" | "dayMinor"): Minor | undefined {
  const { card: own, at } = agreedTo(card, thing, per);
  const base = per === "hourMinor" ? hourOf(own, thing) : dayPriceOf(own, thing);
  return base === undefined ? undefined : at(base);
}

/** What an agreed price makes of a card, of a price and of a line's text; nothing where it is one of hours and what is asked one of days, or the other way about. */
function agreedTo(card: RateCard, { agreed, kind, resource }: Agreed, per: "hourMinor" | "dayMinor") {
  const rateText = (rate: Rate | undefined) => (rate ? { text: rate.name } : {});
  const price: Readonly<Record<string, number>> = agreed?.price ?? {};
  if (!agreed || (price.percent === undefined && price[per] === undefined))
    return { card, at: (unit: Minor) => unit, text: rateText };
  const { percent } = price;
  const text = (rate: Rate | undefined) => ({ text: rate ? `${rate.name} · ${agreed.name}` : agreed.name });
  if (percent !== undefined) return { card, at: (unit: Minor) => timesRatio(unit, percent, 100), text };
  const { [kind]: _, ...kinds } = card.kinds ?? {};
  const own = { ...card, kinds, rates: [], overrides: { [resource]: { [per]: price[per] } } };
  return { card: own, at: (unit: Minor) => unit, text };
}

/**
 * Prices a booking by time. Each minute costs the hour's price of the first rate that fits it, else the hour's price of its resource; what follows at one price is one line,
 * rounded half-up once. Allowance pays the first minutes and prepaid credit the next, whatever they would have cost. What the rest of a local day costs in all is never more than the cap.
 *
 * Wall times of rates are turned into instants day by day: in the hour that a clock change skips no minute is priced, in the doubled hour both, and a rate from 02:00 to 03:00
 * then holds for both. Weekdays are those of the local day of the minute, so a booking over midnight into Saturday has Saturday's price from midnight on.
 * A resource without an hour's price costs its day's price for each local day that it is had on, and without that nothing.
 * A company with a price of its own pays that, or its share of each price and of the cap, the price of an hour rounded half-up.
 */
export function priceTime(whole: RateCard, what: Priceable, left: Left = { allowance: 0 }): Priced {
  const { card, at, text } = agreedTo(whole, what, "hourMinor");
  const hour = hourOf(card, what);
  if (hour === undefined) return priceDays(whole, what, daysOf(what, what.zone));
  const length = minutesOf(what);
  const allowance = Math.min(length, Math.max(0, left.allowance));
  const credit = Math.min(length - allowance, Math.max(0, left.credit ?? 0));
  const paid = instant(millis(what.from) + (allowance + credit) * 60_000);
  const most = own(card, what).capMinor;
  const cap = most === undefined ? undefined : at(most);
  const service = serviceOf[what.kind];
  const taxBasis = taxOf(card, service);
  const lines: QuoteLine[] = [];
  for (const days of cap === undefined ? [daysOf(what, what.zone)] : daysOf(what, what.zone).map((day) => [day])) {
    const parts = joined(days.flatMap((day) => stretches(card, { ...what, from: paid }, day, { hour, length })));
    const ofDays = parts.map(({ minutes, unitMinor: usual, rate }) => {
      const unitMinor = at(usual);
      const amountMinor = timesRatio(unitMinor, minutes, 60);
      return line({ service, quantity: minutes, per: "hour", unitMinor, amountMinor, taxBasis, ...text(rate) });
    });
    const sum = ofDays.reduce((total, { amountMinor }) => total + amountMinor, 0);
    if (cap !== undefined && sum > cap)
      lines.push(
        line({ service, quantity: 1, per: "day", unitMinor: cap, amountMinor: cap, taxBasis, ...text(undefined) }),
      );
    else lines.push(...ofDays);
  }
  const priced = sumLines(lines, allowance);
  return credit > 0 ? { ...priced, creditMinutes: credit } : priced;
}

type Stretch = { readonly minutes: number; readonly unitMinor: Minor; readonly rate: Rate | undefined };

/** A local day's part of a booking, cut where its price may change. */
function stretches(card: RateCard, what: Priceable, day: Day, base: { hour: Minor; length: number }): Stretch[] {
  const whole = daySpan(day, what.zone);
  const from = Math.max(millis(what.from), millis(whole.from));
  const until = Math.min(millis(what.until), millis(whole.until));
  if (from >= until) return [];
  const rates = (card.rates ?? [])
    .filter((rate) => !("dayMinor" in rate.price) && fits(rate, what, day, base.length))
    .map((rate) => ({
      rate,
      from: millis(instantOf(day, rate.from ?? "00:00", what.zone)),
      until: millis(instantOf(day, rate.until ?? "24:00", what.zone)),
    }));
  const cuts = [from, ...rates.flatMap((one) => [one.from, one.until]).filter((at) => from < at && at < until), until];
  const ends = [...new Set(cuts)].sort((a, b) => a - b);
  return ends.slice(1).map((end, index) => {
    const begin = ends[index] ?? from;
    const rate = rates.find((one) => one.from <= begin && begin < one.until)?.rate;
    return { minutes: Math.round((end - begin) / 60_000), unitMinor: rate ? atRate(rate, base.hour) : base.hour, rate };
  });
}

/** Joins neighbours at one price. */
function joined(parts: readonly Stretch[]): Stretch[] {
  const all: Stretch[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (last && last.rate === part.rate) all[all.length - 1] = { ...last, minutes: last.minutes + part.minutes };
    else all.push(part);
  }
  return all;
}

function fits(rate: Rate, what: Priceable, day: Day, length: number): boolean {
  return (
    (rate.kinds === undefined || rate.kinds.includes(what.kind)) &&
    (rate.resources === undefined || rate.resources.includes(what.resource)) &&
    (rate.weekdays === undefined || rate.weekdays.includes(weekday(day))) &&
    (rate.member === undefined || rate.member === what.member) &&
    (rate.leastMinutes === undefined || length >= rate.leastMinutes)
  );
}

function atRate({ price }: Rate, base: Minor): Minor {
  if ("hourMinor" in price) return price.hourMinor;
  return "percent" in price ? timesRatio(base, price.percent, 100) : base;
}

/**
 * Prices a booking by the day: each local day costs the first rate that fits it and asks for no time of day or length, else the day's price of its resource. A
 * resource without a day's price is priced by its minutes if it has an hour's price, and costs nothing otherwise. A day of the allowance, else one of
 * prepaid credit, pays for a day whatever it would have cost; what costs nothing uses none.
 */
export function priceDay(card: RateCard, what: Priceable, left: Left = { allowance: 0 }): Priced {
  if (dayPriceOf(agreedTo(card, what, "dayMinor").card, what) === undefined)
    return hourOf(agreedTo(card, what, "hourMinor").card, what) === undefined ? sumLines([]) : priceTime(card, what);
  const priced = priceDays(card, what, [dayOf(what.from, what.zone)]);
  if (priced.totalMinor === 0) return priced;
  if (left.allowance >= 1) return { ...sumLines([]), allowanceDays: 1 };
  return (left.credit ?? 0) >= 1 ? { ...sumLines([]), creditDays: 1 } : priced;
}

function priceDays(whole: RateCard, what: Priceable, days: readonly Day[]): Priced {
  const { card, at, text } = agreedTo(whole, what, "dayMinor");
  const base = dayPriceOf(card, what);
  if (base === undefined) return sumLines([]);
  const service = serviceOf[what.kind];
  const lines = days.map((day) => {
    const rate = (card.rates ?? []).find(
      (one) => !("hourMinor" in one.price) && !one.from && !one.until && !one.leastMinutes && fits(one, what, day, 0),
    );
    const unitMinor = at(rate ? dayAt(rate, base) : base);
    return line({
      ...{ service, quantity: 1, per: "day", unitMinor, amountMinor: unitMinor },
      ...{ taxBasis: taxOf(card, service), ...text(rate) },
    });
  });
  return sumLines(lines);
}

function dayAt({ price }: Rate, base: Minor): Minor {
  if ("dayMinor" in price) return price.dayMinor;
  return "percent" in price ? timesRatio(base, price.percent, 100) : base;
}
