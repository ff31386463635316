import type { Agreement } from "@yihao/members/agreement-model";
import type { DepositDemand } from "./approval-model.ts";

/** What of a deposit that was asked for has not come yet, in fen. */
export const openDemand = ({ amountMinor, takenMinor }: Pick<DepositDemand, "amountMinor" | "takenMinor">): number =>
  Math.max(0, amountMinor - takenMinor);

/** What an agreement asks for as it stands now: its deposit while it runs, nothing more than came once it is over. Undefined when it never asked for any. */
export function demandFor(agreement: Agreement, before: DepositDemand | undefined): DepositDemand | undefined {
  const { company, id, title, state, depositMinor = 0, signedOn, from } = agreement;
  const takenMinor = before?.takenMinor ?? 0;
  const amountMinor = state === "running" ? depositMinor : takenMinor;
  if (!before && amountMinor === 0) return undefined;
  return { company, agreement: id, title, amountMinor, takenMinor, on: before?.on ?? signedOn ?? from };
}

/** Spreads a deposit that came over what is asked for, oldest first: how much each takes. What nobody asked for is held all the same. */
export function allotDeposit<Demand extends DepositDemand>(
  amountMinor: number,
  demands: readonly Demand[],
): { readonly demand: Demand; readonly amountMinor: number }[] {
  let left = amountMinor;
  return demands
    .filter((demand) => openDemand(demand) > 0)
    .toSorted((a, b) => (a.on + a.agreement < b.on + b.agreement ? -1 : 1))
    .flatMap((demand) => {
      const taken = Math.min(left, openDemand(demand));
      left -= taken;
      return taken > 0 ? [{ demand, amountMinor: taken }] : [];
    });
}
