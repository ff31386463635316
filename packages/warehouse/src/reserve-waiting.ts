import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { type Key, keyIn } from "@yihao/table/key";
import { queryAll } from "@yihao/table/read";
import { overwrite, type Write } from "@yihao/table/write";
import type { ProductId } from "./model.ts";
import type { Order } from "./order-model.ts";
import { goodsSettingsOf } from "./pack-store.ts";
import { reserveAgain } from "./reserve-again.ts";
import { entryKind, orderList, orderOf } from "./store.ts";

type Waiting = Pick<Order, "id" | "company" | "at">;
/** Orders from which a product was taken back and that wait for it, oldest first. */
const waitingFor = (scope: Scope, company: string, product: string) => orderList(scope, `short.${company}.${product}`);
const keyOf = (scope: Scope, product: string, { id, company, at }: Waiting): Key =>
  keyIn(waitingFor(scope, company, product), at, id);

/** Puts an order among those that wait for a product, in the commit that takes it back. */
export function waits(scope: Scope, product: string, { id, company, at }: Waiting): Write {
  return overwrite(keyOf(scope, product, { id, company, at }), entryKind, { id, company, at });
}

/**
 * Gives a product that came free to the orders that wait for it (缺货自动补占): the oldest first, each as far as it goes, never more than is free, since every order reserves in a commit of its own.
 * Does nothing where the space reserves by hand. Who waits no longer goes off the list.
 */
export async function reserveWaiting(scope: Scope, company: CompanyId, product: ProductId): Promise<void> {
  const waiting = await queryAll(scope, entryKind, waitingFor(scope, company, product));
  if (waiting.length === 0 || (await goodsSettingsOf(scope))?.reserveAgain === false) return;
  for (const entry of waiting) {
    const done = await reserveAgain(stepOf(scope, `again ${entry.id}`), entry.id);
    if (!done.ok && done.refusal.code === "busy") throw new Error(`order ${entry.id} keeps changing`);
    const order = done.ok ? done.value : await orderOf(scope, entry.id);
    const wants = order?.lines.some((line) => line.product === product && (line.backordered ?? 0) > 0) ?? false;
    const open = order !== undefined && ["reserved", "picking", "back-ordered", "picked"].includes(order.state);
    // The oldest that still wants it got what there was.
    if (wants && open) return;
    const gone: Write = { do: "delete", key: keyOf(scope, product, { ...entry, id: entry.id as Order["id"] }) };
    await commit(stepOf(scope, `waited ${entry.id}`), [gone], { answer: null });
  }
}
