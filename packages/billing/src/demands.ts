import type { Scope } from "@yihao/kernel/scope";
import type { Agreement } from "@yihao/members/agreement-model";
import { commit } from "@yihao/table/commit";
import { insert, replace } from "@yihao/table/write";
import type { DepositDemand } from "./approval-model.ts";
import { demandFor, openDemand } from "./demand.ts";
import { demandKey, demandKind, demandOf, demandsOf } from "./demand-store.ts";
import { unsigned } from "./plan-month.ts";

/** Asks for an agreement's deposit as it stands now (应收押金), once however often it is heard; of one that ran before the space came here, `settled` there, only what later changes add. */
export async function followDeposit(scope: Scope, agreement: Agreement, settled = false): Promise<void> {
  const { company, id } = agreement;
  for (;;) {
    const stored = await demandOf(scope, company, id);
    const { rev, ...before } = stored ?? { rev: 0 };
    const found = stored ? (before as DepositDemand) : undefined;
    const asked = demandFor(agreement, found);
    if (!asked || JSON.stringify(asked) === JSON.stringify(found)) return;
    const after = settled && !found ? { ...asked, takenMinor: asked.amountMinor } : asked;
    const key = demandKey(scope, company, id);
    const write = stored ? replace(key, demandKind, after, rev, "demand") : insert(key, demandKind, after, "demand");
    if ((await commit(unsigned(scope), [write], { answer: null })).done) return;
  }
}

/** Deposits that are asked for and have not come whole, of one company or of the space. */
export async function openDemands(scope: Scope, company?: string): Promise<DepositDemand[]> {
  const all = await demandsOf(scope, company);
  return all.filter((one) => openDemand(one) > 0).map(({ rev: _rev, ...demand }) => demand);
}
