import type { Month } from "@yihao/kernel/days";
import { spread, taxWithin } from "@yihao/kernel/money";
import { discountOf } from "@yihao/pricing/discount";
import type { Stream, TaxReason } from "@yihao/pricing/model";
import type { Bare } from "./charge.ts";
import type { Charge, Invoice } from "./model.ts";
import type { Reduction } from "./reduction-model.ts";

type Taxed = { readonly stream: Stream; readonly taxBasis: number; readonly taxReason?: TaxReason | undefined };
/** What a reduction takes of what a bill charges of one stream at one rate, in fen. */
export type Part = Taxed & { readonly reduction: Reduction; readonly amountMinor: number };

/** The name of a part by which what was charged of it is counted. */
export const partName = ({ reduction, stream, taxBasis, taxReason }: Omit<Part, "amountMinor">): string =>
  `${reduction.id}-${stream}-${taxBasis}${taxReason ? `-${taxReason}` : ""}`;

/** What no reduction lessens: what lateness costs, and other reductions. */
const fixed = ({ service }: Pick<Charge, "service">) =>
  service === "late-fee" || service === "penalty" || service === "discount";

/**
 * What reductions take of a bill (优惠分摊), in their order, each of what those before it left: of all that the bill charges of its streams, spread by largest remainder over streams and rates in the measure of what each
 * charges, so that no fen is lost or made and every part carries the tax of what it lessens. What the bill gives back lowers the sum but takes no part; never more is taken than is left, of its streams and of the bill. A reduction that does not fit
 * (another month, ended, too little) takes nothing and has no parts.
 */
export function reductionParts(
  charges: readonly Pick<Charge, "service" | "stream" | "taxBasis" | "taxReason" | "amountMinor">[],
  reductions: readonly Reduction[],
  month: Month,
): Part[] {
  const groups = new Map<string, Taxed & { left: number }>();
  for (const { stream, taxBasis, taxReason, amountMinor } of charges.filter((charge) => !fixed(charge))) {
    const key = `${stream} ${taxBasis} ${taxReason ?? ""}`;
    const group = groups.get(key) ?? { stream, taxBasis, ...(taxReason ? { taxReason } : {}), left: 0 };
    group.left += amountMinor;
    groups.set(key, group);
  }
  const parts: Part[] = [];
  for (const reduction of reductions.toSorted((a, b) => (a.at + a.id < b.at + b.id ? -1 : 1))) {
    if (reduction.state === "ended" || month < reduction.from || month > reduction.through) continue;
    const mine = [...groups.values()].filter(({ stream }) => reduction.streams?.includes(stream) ?? true);
    const sum = mine.reduce((total, { left }) => total + left, 0);
    if (sum <= 0 || sum < (reduction.leastMinor ?? 0)) continue;
    const whole = [...groups.values()].reduce((total, { left }) => total + left, 0);
    const taken = spread(
      Math.min(discountOf(sum, reduction.less), Math.max(0, whole)),
      mine.map(({ left }) => Math.max(0, left)),
    );
    for (const [at, group] of mine.entries()) {
      const amountMinor = taken[at] ?? 0;
      if (amountMinor === 0) continue;
      group.left -= amountMinor;
      const { left: _, ...taxed } = group;
      parts.push({ ...taxed, reduction, amountMinor });
    }
  }
  return parts;
}

/** The charge of what is new of a part: below nothing, at the rate and of the stream that it lessens. Undefined when nothing is. */
export function reductionCharge(
  bill: Pick<Invoice, "company" | "month">,
  part: Part,
  chargedMinor: number,
): Bare | undefined {
  const amountMinor = -part.amountMinor - chargedMinor;
  if (amountMinor === 0) return undefined;
  const { reduction, stream, taxBasis, taxReason } = part;
  return {
    ...{ company: bill.company, month: bill.month, day: `${bill.month}-01`, service: "discount", stream },
    about: { id: reduction.id, name: reduction.name },
    ...{ quantity: 1, per: "once", unitMinor: amountMinor, amountMinor },
    ...{ taxBasis, taxMinor: taxWithin(amountMinor, taxBasis) },
    ...(taxReason ? { taxReason } : {}),
    source: { kind: "discount", document: reduction.id },
  };
}
