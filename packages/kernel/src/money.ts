/** Whole minor units of a currency (fen for CNY). */
export type Minor = number;

/** Divides two whole numbers, rounding half away from zero (四舍五入). Exact for any safe integers. */
export function divideHalfUp(dividend: number, divisor: number): number {
  if (!Number.isSafeInteger(dividend) || !Number.isSafeInteger(divisor) || divisor === 0)
    throw new RangeError("divideHalfUp takes safe integers and a divisor other than 0");
  const n = BigInt(dividend);
  const d = BigInt(divisor);
  const negative = n < 0n !== d < 0n;
  const abs = (x: bigint) => (x < 0n ? -x : x);
  const half = (abs(n) * 2n + abs(d)) / (abs(d) * 2n);
  const result = Number(negative ? -half : half);
  return result === 0 ? 0 : result;
}

/**
 * Multiplies minor units by a fraction of whole numbers, rounded half-up once: the only way a price meets a quantity.
 * E.g. ¥60/h for 90 minutes is `timesRatio(6000, 90, 60)`.
 */
export function timesRatio(minor: Minor, numerator: number, denominator: number): Minor {
  const product = BigInt(minor) * BigInt(numerator);
  if (product > BigInt(Number.MAX_SAFE_INTEGER) || product < -BigInt(Number.MAX_SAFE_INTEGER))
    throw new RangeError("amount too large");
  return divideHalfUp(Number(product), denominator);
}

/**
 * The tax contained in a gross (含税) amount: gross − round(gross / (1 + rate)), per line, half-up.
 * `rateBasis` is the rate in basis points, 600 for 6 %.
 */
export function taxWithin(grossMinor: Minor, rateBasis: number): Minor {
  return grossMinor - timesRatio(grossMinor, 10_000, 10_000 + rateBasis);
}

/** The tax on a net (不含税) amount in basis points, half-up. */
export function taxOn(netMinor: Minor, rateBasis: number): Minor {
  return timesRatio(netMinor, rateBasis, 10_000);
}

/**
 * Spreads a whole amount over weights by largest remainder, so that the parts sum to it exactly. Equal remainders go to
 * the earlier part. Weights are whole and not negative, and at least one is above 0 unless the amount is 0.
 */
export function spread(amount: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) {
    if (amount !== 0) throw new RangeError("nothing to spread over");
    return weights.map(() => 0);
  }
  const sign = amount < 0 ? -1n : 1n;
  const whole = BigInt(Math.abs(amount));
  const parts = weights.map((weight, index) => {
    const product = whole * BigInt(weight);
    return { index, share: product / BigInt(total), rest: product % BigInt(total) };
  });
  let left = Number(whole - parts.reduce((sum, part) => sum + part.share, 0n));
  const byRest = [...parts].sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  for (const part of byRest) {
    if (left === 0) break;
    part.share += 1n;
    left -= 1;
  }
  return parts.map((part) => Number(sign * part.share) || 0);
}
