import { type Day, plusDays } from "@yihao/kernel/days";
import { spread, taxWithin, timesRatio } from "@yihao/kernel/money";
import type { Bare } from "./charge.ts";
import { daysFrom } from "./dunning.ts";
import type { LateFee } from "./dunning-model.ts";
import type { Invoice, Line } from "./model.ts";

/** A sum that made what is open of a bill less on a day: a payment, a credit note, a write-off. */
export type Settled = { readonly on: Day; readonly amountMinor: number };

/** What late fees stand on a bill itself: no fee is charged on fees (不计复利). */
export const feesOn = (lines: readonly Pick<Line, "service" | "amountMinor">[]): number =>
  lines.reduce((sum, { service, amountMinor }) => sum + (service === "late-fee" ? amountMinor : 0), 0);

/**
 * What late payment of a bill costs up to and including a day, in fen (滞纳金): all of it, not what is new, so that what was charged before is taken off by whoever charges. A day counts by what was open when it ended;
 * the day due is never late. What was settled later but for an earlier day makes it less. Credit notes and write-offs count as money does.
 *
 * `daily`: Σ over late days of open × rate, rounded half-up once, at most `capPercent` of the bill. `fixed`: the amount once a day is late, at most `capPercent` of the bill.
 */
export function lateFeeOf(
  rule: LateFee,
  bill: Pick<Invoice, "totalMinor"> & { readonly dueOn: Day; readonly feeMinor: number },
  settled: readonly Settled[],
  through: Day,
): number {
  if (rule.kind === "none") return 0;
  const baseMinor = Math.max(0, bill.totalMinor - bill.feeMinor);
  const first = plusDays(bill.dueOn, rule.graceDays + 1);
  const openAfter = (day: Day) =>
    Math.max(0, baseMinor - settled.reduce((sum, one) => sum + (one.on <= day ? one.amountMinor : 0), 0));
  const capMinor = timesRatio(baseMinor, rule.capPercent, 100);
  if (through < first) return 0;
  if (rule.kind === "fixed") return openAfter(first) > 0 ? Math.min(rule.amountMinor, capMinor) : 0;
  // What is open changes only on the days on which something was settled.
  const turns = [...new Set([first, ...settled.map(({ on }) => on)])].filter((day) => day >= first && day <= through);
  turns.sort();
  const fenDays = turns.reduce(
    (sum, day, at) => sum + openAfter(day) * daysFrom(day, turns[at + 1] ?? plusDays(through, 1)),
    0,
  );
  return Math.min(timesRatio(fenDays, rule.perTenThousand, 10_000), capMinor);
}

/** A part of a late fee that one rate of tax applies to. */
export type FeePart = {
  readonly taxBasis: number;
  readonly taxReason?: Line["taxReason"];
  readonly amountMinor: number;
};

/**
 * Spreads a late fee over the rates of its bill by their gross, largest remainder: it is a price beside the price (价外费用, 增值税暂行条例实施细则 第十二条) and is taxed as what it was late for. A bill without lines (期初应收) is
 * taxed at `otherwise`.
 */
export function feeParts(
  feeMinor: number,
  lines: readonly Pick<Line, "service" | "amountMinor" | "taxBasis" | "taxReason">[],
  otherwise: number,
): FeePart[] {
  const rates = new Map<string, { taxBasis: number; taxReason?: Line["taxReason"]; weight: number }>();
  for (const { service, amountMinor, taxBasis, taxReason } of lines) {
    if (service === "late-fee") continue;
    const key = `${taxBasis} ${taxReason ?? ""}`;
    const weight = (rates.get(key)?.weight ?? 0) + amountMinor;
    rates.set(key, { taxBasis, ...(taxReason ? { taxReason } : {}), weight });
  }
  const groups = [...rates.values()].filter(({ weight }) => weight > 0);
  if (groups.length === 0) return [{ taxBasis: otherwise, amountMinor: feeMinor }];
  const parts = spread(
    feeMinor,
    groups.map(({ weight }) => weight),
  );
  return groups.map(({ weight: _, ...rate }, at) => ({ ...rate, amountMinor: parts[at] ?? 0 }));
}

/** The charge of what is new of a part of a bill's late fee. Undefined when nothing is. */
export function feeCharge(
  bill: Pick<Invoice, "id" | "company" | "number">,
  part: FeePart,
  chargedMinor: number,
  day: Day,
): Bare | undefined {
  const amountMinor = part.amountMinor - chargedMinor;
  if (amountMinor === 0) return undefined;
  const { taxBasis, taxReason } = part;
  return {
    ...{ company: bill.company, day, month: day.slice(0, 7), service: "late-fee", stream: "other" },
    about: { id: bill.id, name: bill.number ?? "" },
    ...{ quantity: 1, per: "once", unitMinor: amountMinor, amountMinor },
    ...{ taxBasis, taxMinor: taxWithin(amountMinor, taxBasis) },
    ...(taxReason ? { taxReason } : {}),
    source: { kind: "dunning", document: bill.id },
  };
}
