import { type BookableKind, bookableKinds, type Period, type Rate, type RateCard } from "@yihao/pricing/model";
import { cardOn } from "@yihao/pricing/periods";

type Amount = number | undefined;
export type KindValues = { hour: Amount; day: Amount; cap: Amount };
/** A rate while it is typed. */
export type RateValue = {
  name: string;
  kinds: BookableKind[];
  weekdays: number[];
  from: string;
  until: string;
  leastMinutes: number | undefined;
  who: "all" | "member" | "other";
  ask: "percent" | "hour" | "day";
  percent: number | undefined;
  minor: Amount;
  /** Single resources that it holds for; kept as they were read. */
  resources?: string[];
};
export type CardValues = { kinds: Record<BookableKind, KindValues>; rates: RateValue[] };
/** Prices with the days on which they hold; the card's own have none. */
export type PeriodValues = CardValues & { from: string; until: string };

export const newRate: RateValue = {
  name: "",
  kinds: [],
  weekdays: [],
  from: "",
  until: "",
  leastMinutes: undefined,
  who: "all",
  ask: "percent",
  percent: 80,
  minor: undefined,
};

/** A card's prices of kinds and its rates as a form holds them; a room's hour and a desk's day are the card's own. */
export function cardValues(card: RateCard): CardValues {
  const kinds = Object.fromEntries(
    bookableKinds.map((kind) => {
      const { hourMinor, dayMinor, capMinor } = card.kinds?.[kind] ?? {};
      const hour = kind === "room" ? (hourMinor ?? card.roomHourMinor) : hourMinor;
      const day = kind === "desk" ? (dayMinor ?? card.deskDayMinor) : dayMinor;
      return [kind, { hour, day, cap: capMinor }];
    }),
  ) as CardValues["kinds"];
  return { kinds, rates: (card.rates ?? []).map(rateValue) };
}

function rateValue(rate: Rate): RateValue {
  const { name, kinds = [], weekdays = [], from = "", until = "", leastMinutes, member, price, resources } = rate;
  return {
    ...{ name, from, until, leastMinutes, kinds: [...kinds], weekdays: [...weekdays] },
    who: member === undefined ? "all" : member ? "member" : "other",
    ask: "percent" in price ? "percent" : "hourMinor" in price ? "hour" : "day",
    percent: "percent" in price ? price.percent : undefined,
    minor: "hourMinor" in price ? price.hourMinor : "dayMinor" in price ? price.dayMinor : undefined,
    ...(resources ? { resources } : {}),
  };
}

export type RateFault = "name" | "time" | "price";
const wall = /^(([01]\d|2[0-3]):[0-5][05]|24:00)$/;

/** What is wrong with a rate as it is typed. */
export function rateFault(rate: RateValue): RateFault | undefined {
  if (rate.name.trim() === "") return "name";
  const [from, until] = [rate.from || "00:00", rate.until || "24:00"];
  if (!wall.test(from) || !wall.test(until) || from >= until) return "time";
  if (rate.ask === "percent" ? rate.percent === undefined : rate.minor === undefined) return "price";
  return undefined;
}

/** The card with the prices and rates that were typed; all else of it stays. */
export function readCard(values: CardValues, before: RateCard): RateCard {
  const { kinds: _kinds, rates: _rates, ...rest } = before;
  const { room, desk } = values.kinds;
  const kinds = Object.fromEntries(
    bookableKinds.flatMap((kind) => {
      const { hour, day, cap } = values.kinds[kind];
      const prices = {
        ...(hour === undefined || kind === "room" ? {} : { hourMinor: hour }),
        ...(day === undefined || kind === "desk" ? {} : { dayMinor: day }),
        ...(cap === undefined ? {} : { capMinor: cap }),
      };
      return Object.keys(prices).length > 0 ? [[kind, prices]] : [];
    }),
  ) as NonNullable<RateCard["kinds"]>;
  const rates = values.rates.map(readRate);
  return {
    ...rest,
    roomHourMinor: room.hour ?? 0,
    deskDayMinor: desk.day ?? 0,
    ...(Object.keys(kinds).length > 0 ? { kinds } : {}),
    ...(rates.length > 0 ? { rates } : {}),
  };
}

/** The prices of a card that a form is about: its own, those of the period that begins on a day, or new ones from a day on, which begin as a copy of what holds then. */
export type Which = "own" | "new" | (string & {});

/** The prices that a form begins with. */
export function periodValues(card: RateCard, which: Which, from: string): PeriodValues {
  if (which === "own") return { ...cardValues(card), from: "", until: "" };
  const until = card.periods?.find((one) => one.from === which)?.until ?? "";
  return { ...cardValues(cardOn(card, from)), from, until };
}

/** The card with what was typed of its own prices or of a period. */
export function readPeriod(values: PeriodValues, before: RateCard, which: Which): RateCard {
  if (which === "own") return readCard(values, before);
  const { roomHourMinor, deskDayMinor, kinds, rates, overrides } = readCard(
    values,
    cardOn(before, which === "new" ? values.from : which),
  );
  const period: Period = {
    ...{ from: values.from, roomHourMinor, deskDayMinor },
    ...(values.until ? { until: values.until } : {}),
    ...(kinds ? { kinds } : {}),
    ...(rates ? { rates } : {}),
    ...(overrides ? { overrides } : {}),
  };
  return { ...before, periods: [...otherPeriods(before, which), period] };
}

/** The card without the prices of a period. */
export function withoutPeriod(card: RateCard, which: Which): RateCard {
  const { periods: _, ...own } = card;
  const left = otherPeriods(card, which);
  return left.length > 0 ? { ...own, periods: left } : own;
}

const otherPeriods = (card: RateCard, which: Which) => (card.periods ?? []).filter(({ from }) => from !== which);

function readRate(rate: RateValue): Rate {
  const { name, kinds, weekdays, from, until, leastMinutes, who, ask, percent, minor, resources } = rate;
  return {
    name: name.trim(),
    ...(kinds.length > 0 ? { kinds } : {}),
    ...(resources ? { resources } : {}),
    ...(weekdays.length > 0 ? { weekdays: [...weekdays].sort() } : {}),
    ...(from ? { from } : {}),
    ...(until ? { until } : {}),
    ...(leastMinutes ? { leastMinutes } : {}),
    ...(who === "all" ? {} : { member: who === "member" }),
    price:
      ask === "percent"
        ? { percent: percent ?? 100 }
        : ask === "hour"
          ? { hourMinor: minor ?? 0 }
          : { dayMinor: minor ?? 0 },
  };
}
