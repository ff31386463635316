import type { Day } from "@yihao/kernel/days";
import { type AgreedPrice, agreedMost, type BookableKind } from "./model.ts";

/** The price that a company has for a kind on a local day (协议价); undefined when it pays what all pay. */
export function agreedOn(
  prices: readonly AgreedPrice[] | undefined,
  kind: BookableKind,
  day: Day,
): AgreedPrice | undefined {
  return prices?.find((one) => one.kind === kind && one.from <= day && (one.until === undefined || day < one.until));
}

/** The first of a company's prices that ends before it begins, or meets another of its kind; undefined when each day has one at most. */
export function clashing(prices: readonly AgreedPrice[]): AgreedPrice | undefined {
  return prices.find(
    (one, at) =>
      (one.until !== undefined && one.until <= one.from) ||
      prices.some(
        (other, index) =>
          index > at &&
          other.kind === one.kind &&
          (one.until === undefined || other.from < one.until) &&
          (other.until === undefined || one.from < other.until),
      ),
  );
}

/** The days of a price on which others of its kind do not hold, as prices of those days. */
function besides(one: AgreedPrice, others: readonly AgreedPrice[]): AgreedPrice[] {
  let left = [one];
  for (const { kind, from, until } of others) {
    if (kind !== one.kind) continue;
    left = left.flatMap((part): AgreedPrice[] => {
      if ((until !== undefined && until <= part.from) || (part.until !== undefined && part.until <= from))
        return [part];
      const before = part.from < from ? [{ ...part, until: from }] : [];
      const after = until !== undefined && (part.until === undefined || until < part.until);
      return [...before, ...(after ? [{ ...part, from: until }] : [])];
    });
  }
  return left;
}

/**
 * What a company takes over of another's prices when both turn out to be one (合并企业): on days on which both have one of a kind its own stays, and what is over on `today` is not taken. `left` are
 * those of which some days to come are not taken, also where the company would have more than it may: then its own that are over give way, and no more is taken than fits.
 */
export function takenOver(
  own: readonly AgreedPrice[],
  theirs: readonly AgreedPrice[],
  today: Day,
): { readonly prices: AgreedPrice[]; readonly taken: AgreedPrice[]; readonly left: AgreedPrice[] } {
  const lives = ({ until }: AgreedPrice) => until === undefined || until > today;
  const taken: AgreedPrice[] = [];
  const left: AgreedPrice[] = [];
  const kept = own.filter(lives);
  for (const one of theirs.filter(lives)) {
    const parts = besides(one, own).filter(lives);
    const room = agreedMost - kept.length - taken.length;
    const fit = parts.slice(0, Math.max(0, room));
    taken.push(...fit);
    const toCome = one.from < today ? { ...one, from: today } : one;
    if (fit.length < parts.length || besides(toCome, own)[0] !== toCome) left.push(one);
  }
  const over = own.filter((one) => !lives(one)).slice(0, agreedMost - kept.length - taken.length);
  const prices = [...over, ...kept, ...taken].toSorted((a, b) =>
    `${a.from} ${a.kind}` < `${b.from} ${b.kind}` ? -1 : 1,
  );
  return { prices, taken, left };
}
