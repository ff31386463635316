import type { Day } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { CardPrices, Period, RateCard } from "./model.ts";

type Span = Pick<Period, "from" | "until">;
const holdsOn = ({ from, until }: Span, day: Day) => from <= day && (until === undefined || day < until);
const pricesOf = ({ roomHourMinor, deskDayMinor, kinds, rates, overrides }: CardPrices): CardPrices => ({
  ...{ roomHourMinor, deskDayMinor },
  ...(kinds ? { kinds } : {}),
  ...(rates ? { rates } : {}),
  ...(overrides ? { overrides } : {}),
});

/** The card with other prices in place of its own and for good; currency, tax and the prices of goods stay. */
export function withPrices(
  { periods: _p, kinds: _k, rates: _r, overrides: _o, ...rest }: RateCard,
  prices: CardPrices,
): RateCard {
  return { ...rest, ...pricesOf(prices) };
}

/** The prices of what can be booked as they hold on a local day: those of the period it lies in, else the card's own. What a booking costs hangs on the day of use (使用日), not on when it is booked. */
export function cardOn(card: RateCard, day: Day): RateCard {
  return withPrices(card, card.periods?.find((one) => holdsOn(one, day)) ?? card);
}

/** The first day after a day on which other prices hold; undefined when none is known. */
export function nextPrices(card: RateCard, day: Day): Day | undefined {
  const days = (card.periods ?? []).flatMap(({ from, until }) => (until === undefined ? [from] : [from, until]));
  return days.filter((at) => at > day).sort()[0];
}

/** The card as it stands on a day: periods that are over are gone, and one that has begun and has no end is the card's own prices now. */
export function settled(card: RateCard, today: Day): RateCard {
  const { periods = [] } = card;
  const begun = periods.find((one) => one.until === undefined && one.from <= today);
  const left = periods.filter((one) => one !== begun && (one.until === undefined || one.until > today));
  const own = withPrices(card, begun ?? card);
  return left.length > 0 ? { ...own, periods: left.sort((a, b) => (a.from < b.from ? -1 : 1)) } : own;
}

/**
 * Whether a card may take the place of another on a day, and how it is kept: prices from a day to come on may be written, changed and taken back; of those that hold now only the end may be moved, to a day to
 * come. Refused as `rate-card.days` {from, until} where an end is not after its beginning, `rate-card.overlap` {from} where two periods meet, and `rate-card.begun` {from, today} where one that has begun would
 * change or a new one would begin by today.
 */
export function decideCard(
  kept: RateCard | undefined,
  wish: RateCard,
  today: Day,
): Outcome<RateCard, "rate-card.days" | "rate-card.overlap" | "rate-card.begun"> {
  const before = kept && settled(kept, today);
  const known = kept?.periods ?? [];
  const periods = [...(wish.periods ?? [])].sort((a, b) => (a.from < b.from ? -1 : 1));
  for (const [at, one] of periods.entries()) {
    const { from, until } = one;
    if (until !== undefined && until <= from) return refuse("rate-card.days", { from, until });
    const next = periods[at + 1];
    if (next && (until === undefined || next.from < until)) return refuse("rate-card.overlap", { from: next.from });
    const was = known.find((other) => other.from === from);
    const ended = was?.until !== undefined && was.until <= today;
    const kept = was && same(pricesOf(was), pricesOf(one)) && (ended ? until === was.until : !until || until > today);
    if (from <= today && !kept) return refuse("rate-card.begun", { from, today });
  }
  const lost = before?.periods?.find(({ from }) => from <= today && periods.every((one) => one.from !== from));
  if (lost) return refuse("rate-card.begun", { from: lost.from, today });
  return accept(settled(wish, today));
}

/** Whether two facts are the same, whatever the order in which their fields were written. */
const same = (a: unknown, b: unknown): boolean => ordered(a) === ordered(b);
const ordered = (fact: unknown): string =>
  JSON.stringify(fact, (_, value) =>
    value && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
