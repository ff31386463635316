import { type BookableKind, bookableKinds, type Period, type RateCard } from "@yihao/pricing/model";
import { cardOn } from "@yihao/pricing/periods";
import { type RateValue, rateValue, readRate } from "../../rate-values.ts";

type Amount = number | undefined;
export type KindValues = { hour: Amount; day: Amount; cap: Amount };
export type CardValues = { kinds: Record<BookableKind, KindValues>; rates: RateValue[] };
/** Prices with the days on which they hold; the card's own have none. */
export type PeriodValues = CardValues & { from: string; until: string };

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
