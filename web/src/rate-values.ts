import type { BookableKind, Rate } from "@yihao/pricing/model";

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
  minor: number | undefined;
  /** Single resources that it holds for; kept as they were read. */
  resources?: string[];
};

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

/** A rate of a card as it is typed. */
export function rateValue(rate: Rate): RateValue {
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

/** The rate that was typed. */
export function readRate(rate: RateValue): Rate {
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
