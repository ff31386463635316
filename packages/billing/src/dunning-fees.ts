import { type Day, dayOf, plusDays } from "@yihao/kernel/days";
import type { Scope } from "@yihao/kernel/scope";
import { taxFor } from "@yihao/pricing/tax";
import { creditsOn } from "./credit-store.ts";
import { dunningSettingsOf } from "./dunning-store.ts";
import { feeCharge, feeParts, feesOn, lateFeeOf, type Settled } from "./late-fee.ts";
import { chargeDifference } from "./plan-month.ts";
import { headOf, linesOn, paymentsOn } from "./store.ts";
import { zoneOf } from "./zone.ts";

/**
 * Charges what is new of the late fee of a bill, up to the day before this one: the difference of what is due by all that was settled of it, and what was charged before, so that a payment that is recorded late gives
 * back what it had cost. Safe to run again.
 */
export async function followFee(scope: Scope, invoice: string): Promise<void> {
  const { on, fee } = await dunningSettingsOf(scope);
  if (!on || fee.kind === "none") return;
  const head = await headOf(scope, invoice);
  if (!head?.dueOn || head.state === "draft") return;
  const zone = await zoneOf(scope);
  const through = plusDays(dayOf(scope.now, zone), -1);
  if (through <= head.dueOn) return;
  const [lines, payments, notes] = await Promise.all([
    linesOn(scope, head),
    paymentsOn(scope, invoice),
    creditsOn(scope, invoice),
  ]);
  const settled: Settled[] = [
    ...payments.flatMap(({ allocations, receivedOn, at }) =>
      allocations
        .filter((one) => one.invoice === invoice)
        .map(({ amountMinor }) => ({ on: receivedOn ?? (dayOf(at, zone) as Day), amountMinor })),
    ),
    ...notes.map(({ issuedOn, totalMinor, freedMinor }) => ({ on: issuedOn, amountMinor: totalMinor - freedMinor })),
    // What was given up bears no fee.
    ...(head.writtenOffMinor ? [{ on: head.dueOn, amountMinor: head.writtenOffMinor }] : []),
  ];
  const bill = { totalMinor: head.totalMinor, dueOn: head.dueOn, feeMinor: feesOn(lines) };
  const dueMinor = lateFeeOf(fee, bill, settled, through);
  const otherwise = taxFor({ day: through, class: "service" }).basis;
  for (const part of feeParts(dueMinor, lines, otherwise)) {
    const phase = `fee-${invoice}-${part.taxBasis}${part.taxReason ? `-${part.taxReason}` : ""}`;
    await chargeDifference(scope, head.company, head.month, phase, (charged) =>
      feeCharge(head, part, charged, through),
    );
  }
}
