import { spread, timesRatio } from "@yihao/kernel/money";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";

/** Less to pay: hundredths of the sum (a share), or an amount that is never more than the sum. */
export type Discount = { readonly percent: number } | { readonly amountMinor: number };

/** A coupon (优惠券): a discount with the days it may be used on, the least sum it wants, and the streams it is for. */
export type Coupon = {
  readonly discount: Discount;
  readonly from: string;
  readonly until: string;
  readonly leastMinor?: number;
  readonly streams?: readonly string[];
};

type Priced = { readonly stream: string; readonly amountMinor: number };

/** What a discount takes of a sum, in fen, half-up; never below nothing nor more than the sum. */
export function discountOf(sumMinor: number, discount: Discount): number {
  const wanted = "percent" in discount ? timesRatio(sumMinor, discount.percent, 100) : discount.amountMinor;
  return Math.max(0, Math.min(sumMinor, wanted));
}

/**
 * Takes a discount off lines, spread over them by largest remainder in the measure of their amounts, so that what is taken of the lines is to the fen what is taken of the
 * sum and no line falls below nothing. Lines that are not above nothing keep their amount. Gives what is taken of each line.
 */
export function spreadDiscount(amounts: readonly number[], discount: Discount): number[] {
  const weights = amounts.map((amount) => Math.max(0, amount));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return spread(discountOf(sum, discount), weights);
}

/**
 * Takes a coupon off lines: only off those of its streams. Gives what is taken of each. Refused as `coupon.not-now` outside its days, and as `coupon.too-little` when those lines
 * come to less than it wants.
 */
export function useCoupon(
  lines: readonly Priced[],
  coupon: Coupon,
  day: string,
): Outcome<number[], "coupon.not-now" | "coupon.too-little"> {
  if (day < coupon.from || day >= coupon.until)
    return refuse("coupon.not-now", { from: coupon.from, until: coupon.until });
  const fits = ({ stream }: Priced) => coupon.streams === undefined || coupon.streams.includes(stream);
  const amounts = lines.map((line) => (fits(line) ? line.amountMinor : 0));
  const sum = amounts.reduce((total, amount) => total + Math.max(0, amount), 0);
  if (sum < (coupon.leastMinor ?? 0)) return refuse("coupon.too-little", { leastMinor: coupon.leastMinor ?? 0 });
  return accept(spreadDiscount(amounts, coupon.discount));
}
