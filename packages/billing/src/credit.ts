import { taxWithin } from "@yihao/kernel/money";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { CreditLine, CreditNote, NewCredit } from "./credit-model.ts";
import type { BillingRefusal, Line } from "./model.ts";

type Before = Pick<CreditNote, "lines">;

/** What is left to take back of each line of a bill, after the credit notes there are: amount and tax. */
export function leftOf(lines: readonly Line[], before: readonly Before[]): { amountMinor: number; taxMinor: number }[] {
  const left = lines.map(({ amountMinor, taxMinor }) => ({ amountMinor, taxMinor }));
  for (const credited of before.flatMap((note) => note.lines)) {
    const line = left[credited.line];
    if (!line) continue;
    line.amountMinor -= credited.amountMinor;
    line.taxMinor -= credited.taxMinor;
  }
  return left;
}

/**
 * The lines of a credit note (红冲). The tax of a part is the tax contained in all that is credited of the line by then less what was credited of it before, half-up, so that the parts of
 * a line's tax sum exactly to it and whoever takes the rest takes the rest of the tax. Refused as `credit.nothing-left`; as `credit.line` when a line is named
 * twice, is not there, or has less left than is asked; and as `credit.beyond` {leftMinor} when the lines come to more than the whole bill has left, since what was taken off it (a coupon, a refund) is not taken back with them: nobody is
 * given more than the bill asked.
 */
export function creditLines(
  lines: readonly Line[],
  before: readonly Before[],
  wish: Pick<NewCredit, "lines">,
): Outcome<CreditLine[], BillingRefusal> {
  const left = leftOf(lines, before);
  const all = left.flatMap(({ amountMinor }, line) => (amountMinor === 0 ? [] : [{ line, amountMinor }]));
  const wanted = wish.lines ?? all;
  const taken: CreditLine[] = [];
  const seen = new Set<number>();
  for (const { line: at, amountMinor } of wanted) {
    const [line, rest] = [lines[at], left[at]];
    const fits = rest && Math.sign(amountMinor) === Math.sign(rest.amountMinor) && amountMinor !== 0;
    if (!line || !rest || seen.has(at) || !fits || Math.abs(amountMinor) > Math.abs(rest.amountMinor))
      return refuse("credit.line", { line: at, leftMinor: rest?.amountMinor ?? 0 });
    seen.add(at);
    const gone = line.amountMinor - rest.amountMinor;
    const taxGone = line.taxMinor - rest.taxMinor;
    const whole = amountMinor === rest.amountMinor;
    const taxMinor = whole ? rest.taxMinor : taxWithin(gone + amountMinor, line.taxBasis) - taxGone;
    const { service, stream, about, taxBasis, taxReason } = line;
    taken.push({
      line: at,
      service,
      stream,
      ...(about ? { about } : {}),
      amountMinor,
      taxBasis,
      taxMinor,
      ...(taxReason ? { taxReason } : {}),
    });
  }
  const totalMinor = taken.reduce((sum, one) => sum + one.amountMinor, 0);
  if (totalMinor <= 0) return refuse("credit.nothing-left");
  const leftMinor = left.reduce((sum, one) => sum + one.amountMinor, 0);
  if (totalMinor > leftMinor) return refuse("credit.beyond", { leftMinor });
  return accept(taken);
}

/** Where a credit goes: to what is open of its bill first, the rest was paid and becomes the company's account balance (预收). */
export function settleCredit(totalMinor: number, openMinor: number): { reliefMinor: number; freedMinor: number } {
  const reliefMinor = Math.min(totalMinor, openMinor);
  return { reliefMinor, freedMinor: totalMinor - reliefMinor };
}
