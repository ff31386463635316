import { type BookableKind, bookableKinds, type Rate, type RateCard } from "@yihao/pricing/model";

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
