import type { Scope } from "@yihao/kernel/scope";
import type { Write } from "@yihao/table/write";
import type { Order } from "./order-model.ts";
import { palletKey, palletsOf } from "./pallet-store.ts";
import { revise } from "./store.ts";

/** The writes that take an order's cartons off their pallets, each under its revision: what is cancelled stands on none. */
export async function leavePallets(scope: Scope, order: Pick<Order, "id" | "cartons">): Promise<Write[]> {
  const ids = (order.cartons ?? []).flatMap(({ pallet }) => pallet?.id ?? []);
  if (ids.length === 0) return [];
  return (await palletsOf(scope, ids)).map(({ id, rev, cartons }) =>
    revise(palletKey(scope, id), rev, { cartons: cartons.filter((one) => one.order !== order.id) }, [], "pallet"),
  );
}
