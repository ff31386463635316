import type { Dispute, DisputeNews, DisputeState } from "./dispute-model.ts";

/** How far a dispute is: what is further is never undone by news that comes late. */
const far: Readonly<Record<DisputeState, number>> = { "needs-response": 0, "in-review": 1, closed: 2, won: 2, lost: 2 };

type Known = Pick<Dispute, "state" | "withdrawn" | "reinstated" | "feeMinor" | "moves" | "evidenceBy">;
export type Merged = Required<Omit<Known, "evidenceBy">> &
  Pick<Known, "evidenceBy"> & {
    /** What is to be moved because of the news, each once whatever came in which order. */
    readonly withdraw: boolean;
    readonly reinstate: boolean;
    readonly lose: boolean;
    /** Money that was lost came back after all. */
    readonly comeBack: boolean;
    readonly feeDeltaMinor: number;
  };

/**
 * Lays a provider's news of a dispute over what is known, in any order: every piece of news tells the whole dispute as it was then, so flags only rise and the state only goes on. A loss or money that came back says that
 * money was withdrawn, also when nobody told of that. Money that is back by the time a loss is heard of was never lost.
 */
export function mergeDispute(before: Known | undefined, news: DisputeNews): Merged {
  const state = before && far[before.state] >= far[news.state] ? before.state : news.state;
  const reinstated = (before?.reinstated ?? false) || news.reinstated;
  const withdrawn = (before?.withdrawn ?? false) || news.withdrawn || reinstated || state === "lost";
  const newer = !before || news.moves >= before.moves;
  const feeMinor = newer ? news.feeMinor : before.feeMinor;
  const evidenceBy = news.evidenceBy ?? before?.evidenceBy;
  return {
    ...{ state, withdrawn, reinstated, feeMinor, moves: Math.max(news.moves, before?.moves ?? 0) },
    ...(evidenceBy ? { evidenceBy } : {}),
    withdraw: withdrawn && !before?.withdrawn,
    reinstate: reinstated && !before?.reinstated && before?.state !== "lost",
    lose: state === "lost" && before?.state !== "lost" && !reinstated,
    comeBack: reinstated && !before?.reinstated && before?.state === "lost",
    feeDeltaMinor: feeMinor - (before?.feeMinor ?? 0),
  };
}

/** A bill that the lost payment paid: how much of it that was, and what of the bill can be open again. */
export type Reopenable = { readonly invoice: string; readonly amountMinor: number; readonly mostMinor: number };

/**
 * Where lost money is taken from again: the bills it paid, the latest first, as far as their payment was not freed by credit notes; then what it left as balance, as far as that is there; the rest is a loss to be
 * decided on.
 */
export function spreadLoss(
  amountMinor: number,
  bills: readonly Reopenable[],
  creditMinor: number,
): {
  readonly bills: { readonly invoice: string; readonly amountMinor: number }[];
  readonly creditMinor: number;
  readonly restMinor: number;
} {
  let left = amountMinor;
  const parts: { invoice: string; amountMinor: number }[] = [];
  for (const bill of [...bills].reverse()) {
    const part = Math.min(left, bill.amountMinor, bill.mostMinor);
    if (part <= 0) continue;
    parts.push({ invoice: bill.invoice, amountMinor: part });
    left -= part;
  }
  const fromCredit = Math.max(0, Math.min(left, creditMinor));
  return { bills: parts, creditMinor: fromCredit, restMinor: left - fromCredit };
}

/** A bill that a loss opened again: how much, and how much of it is open or was given up by now. */
export type Owed = {
  readonly invoice: string;
  readonly lostMinor: number;
  readonly openMinor: number;
  readonly writtenOffMinor: number;
};

/**
 * Where lost money goes that came back: first to what is still withheld, then to what was written off of it, then to the bills that it had paid as far as they are open or were given up (`recoveredMinor` of each part), the rest
 * is balance.
 */
export function spreadReturn(
  amountMinor: number,
  { heldMinor, writtenOffMinor }: { readonly heldMinor: number; readonly writtenOffMinor: number },
  bills: readonly Owed[],
) {
  let left = amountMinor - heldMinor - writtenOffMinor;
  const parts: { invoice: string; amountMinor: number; recoveredMinor: number }[] = [];
  for (const bill of bills) {
    const part = Math.min(left, bill.lostMinor, bill.openMinor + bill.writtenOffMinor);
    if (part <= 0) continue;
    parts.push({ invoice: bill.invoice, amountMinor: part, recoveredMinor: Math.max(0, part - bill.openMinor) });
    left -= part;
  }
  return { heldMinor, recoveredMinor: writtenOffMinor, bills: parts, creditMinor: left };
}
