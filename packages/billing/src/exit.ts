import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import type { ExitAsked, ExitDebts } from "@yihao/members/exit-model";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { readBalance } from "./reads.ts";
import { draftsOf, openChargesOf } from "./store.ts";

/** Answers what a company that is to leave owes (退驻欠款): open bills, charges on no final bill yet, money it paid ahead, deposit that is held. */
export async function answerExit(scope: Scope, asked: ExitAsked): Promise<void> {
  const company = asked.company as CompanyId;
  const [balance, open, drafts] = await Promise.all([
    readBalance(scope, company),
    openChargesOf(scope, company),
    draftsOf(scope, company),
  ]);
  const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
  const answer: ExitDebts = {
    ...asked,
    owedMinor: balance.receivableMinor,
    unbilledMinor: sum(open.map(({ amountMinor }) => amountMinor)) + sum(drafts.map(({ totalMinor }) => totalMinor)),
    creditMinor: balance.creditMinor,
    depositMinor: balance.depositMinor,
  };
  await commit(scope, [happened(scope, "exit.debts", asked.exit, answer, { seed: String(asked.ask) })], {
    answer: null,
  });
}
