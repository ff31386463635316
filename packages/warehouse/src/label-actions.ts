import { dayOf } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import type { LabelWork } from "./label-model.ts";
import type { ProductId, WarehouseEvents } from "./model.ts";
import { readOrder } from "./order-actions.ts";
import { readProduct } from "./product-actions.ts";
import { stockZone } from "./stock-run.ts";

/** Whose labels they are. */
async function ownerOf(scope: Scope, of: { product: string } | { order: string }): Promise<Outcome<CompanyId>> {
  const found = "product" in of ? await readProduct(scope, of.product as ProductId) : await readOrder(scope, of.order);
  return found.ok ? accept(found.value.company as CompanyId) : found;
}

/**
 * Writes down that labels were put on an owner's goods or cartons (贴标), which is told as handling, once a command. Whoever prints a label again because the first was spoilt says so by not writing it down.
 * Refused: `missing`.
 */
export async function recordLabels(
  scope: Scope,
  of: { product: string } | { order: string },
  labels: number,
): Promise<Outcome<LabelWork>> {
  const owner = await ownerOf(scope, of);
  if (!owner.ok) return owner;
  const company = owner.value;
  const document = idFor(scope, "lbl");
  const data: WarehouseEvents["handling.done"] = {
    ...{ company, operation: "label", units: labels, document },
    ...{ day: dayOf(scope.now, await stockZone(scope)), warehouse: "" },
  };
  const answer: LabelWork = { id: document, company, labels };
  const outcome = await commit(scope, [happened(scope, "handling.done", company, data)], { answer });
  return outcome.done ? accept(outcome.answer) : refuse("conflict");
}
