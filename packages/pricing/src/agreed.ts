import type { Day } from "@yihao/kernel/days";
import type { AgreedPrice, BookableKind } from "./model.ts";

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
