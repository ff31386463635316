import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import type { ExitAsked, ExitGoods } from "@yihao/members/exit-model";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { queryAll } from "@yihao/table/read";
import type { ProductId } from "./model.ts";
import { stockOf } from "./projections.ts";
import { listedKind, listOf } from "./store.ts";

/** Answers what goods a company that is to leave has in store (退驻库存), product by product straight from the ledger. */
export async function answerExit(scope: Scope, asked: ExitAsked): Promise<void> {
  const company = asked.company as CompanyId;
  let [units, products] = [0, 0];
  for (const { id } of await queryAll(scope, listedKind, listOf(scope, company), { consistent: true })) {
    const { onHand } = await stockOf(scope, { company, id: id as ProductId });
    units += onHand;
    if (onHand > 0) products += 1;
  }
  const answer: ExitGoods = { ...asked, units, products };
  await commit(scope, [happened(scope, "exit.goods", asked.exit, answer, { seed: String(asked.ask) })], {
    answer: null,
  });
}
