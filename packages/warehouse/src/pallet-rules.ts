import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Order } from "./order-model.ts";
import type { Carton } from "./pack-model.ts";
import { mostOnPallet, mostOrders, type Pallet, type PalletCarton } from "./pallet-model.ts";

type Loading = Pick<Pallet, "id" | "code" | "company" | "warehouse" | "state" | "cartons">;
type Loaded = Pick<Order, "id" | "company" | "warehouse" | "state" | "cartons" | "recipient">;

/** The number that people call an order by, as it stands on its cartons' labels. */
export const orderNumber = (order: string): string => order.slice(4, 10).toUpperCase();

/** What is written on a pallet by hand, and stands for its code, until its number is known (待编号): the end of its id. */
export const signOf = (pallet: string): string => `#${pallet.slice(-4).toUpperCase()}`;
/** Whether a pallet's number is known: no code that a label bears begins as a sign does. */
export const isNumbered = ({ code }: { readonly code: string }): boolean => !code.startsWith("#");

/** Cartons of an order, all of them or all but those that leave a pallet, or with one that is put on it. */
const withPallet = (cartons: readonly Carton[], is: (carton: Carton) => boolean, pallet: Carton["pallet"]): Carton[] =>
  cartons.map((carton) => {
    if (!is(carton)) return carton;
    const { pallet: _left, ...bare } = carton;
    return pallet === undefined ? bare : { ...bare, pallet };
  });

/**
 * A pallet and an order after one of its cartons was put on it (码托). Refused: `pallet.state` unless it is open, `pallet.owner` for another owner's carton, `order.warehouse`, `order.state` once the order leaves,
 * `missing`, `pallet.taken` with the pallet that the carton stands on, `pallet.full`.
 */
export function decideLoad(
  pallet: Loading,
  order: Loaded,
  number: number,
): Outcome<{ cartons: Carton[]; onPallet: Pallet["cartons"] }> {
  if (pallet.state !== "open") return refuse("pallet.state", { state: pallet.state });
  if (order.company !== pallet.company) return refuse("pallet.owner");
  if (order.state !== "picked" && order.state !== "packed") return refuse("order.state", { state: order.state });
  if (order.warehouse !== undefined && order.warehouse !== pallet.warehouse)
    return refuse("order.warehouse", { warehouse: order.warehouse });
  const carton = order.cartons?.find((one) => one.number === number);
  if (!carton) return refuse("missing");
  if (carton.pallet)
    return refuse("pallet.taken", { pallet: carton.pallet.code, same: carton.pallet.id === pallet.id });
  if (pallet.cartons.length >= mostOnPallet) return refuse("pallet.full", { most: mostOnPallet });
  const { id, code } = pallet;
  const { sscc, grams } = carton;
  const added = { order: order.id, number, grams, to: order.recipient.name, ...(sscc === undefined ? {} : { sscc }) };
  return accept({
    cartons: withPallet(order.cartons ?? [], (one) => one.number === number, { id, code }),
    onPallet: [...pallet.cartons, added],
  });
}

/** The same after a carton was taken off. Refused: `pallet.state` unless it is open, `missing` when the carton is not on it. */
export function decideUnload(
  pallet: Loading,
  order: Pick<Loaded, "id" | "cartons">,
  number: number,
): Outcome<{ cartons: Carton[]; onPallet: Pallet["cartons"] }> {
  if (pallet.state !== "open") return refuse("pallet.state", { state: pallet.state });
  const is = (one: Pick<PalletCarton, "order" | "number">) => one.order === order.id && one.number === number;
  if (!pallet.cartons.some(is)) return refuse("missing");
  return accept({
    cartons: withPallet(order.cartons ?? [], (one) => one.number === number, undefined),
    onPallet: pallet.cartons.filter((one) => !is(one)),
  });
}

/** Cartons of an order that is cancelled: they stand on no pallet any more. */
export const offPallets = (cartons: readonly Carton[]): Carton[] => withPallet(cartons, () => true, undefined);

/**
 * Whether pallets may leave together: every order on them is packed, and all its cartons stand on these, so that nothing of it stays behind. Refused: `pallet.state` unless closed, `pallet.empty`,
 * `order.state`, `pallet.apart` with the order and how many of its cartons stand elsewhere, `pallet.orders` when there are too many for one time.
 */
export function decideSend(
  pallets: readonly Pick<Pallet, "id" | "code" | "state" | "cartons">[],
  orders: readonly Pick<Order, "id" | "state" | "cartons">[],
): Outcome<null> {
  for (const { state, cartons, code } of pallets) {
    if (state !== "closed" && state !== "shipping") return refuse("pallet.state", { state });
    if (cartons.length === 0) return refuse("pallet.empty", { pallet: code });
  }
  if (orders.length > mostOrders) return refuse("pallet.orders", { most: mostOrders });
  const going = new Set<string>(pallets.map(({ id }) => id));
  for (const { id, state, cartons = [] } of orders) {
    if (state === "shipping" || state === "shipped") continue;
    if (state !== "packed") return refuse("order.state", { state, order: orderNumber(id) });
    const left = cartons.filter(({ pallet }) => !pallet || !going.has(pallet.id)).length;
    if (left > 0) return refuse("pallet.apart", { order: orderNumber(id), left });
  }
  return accept(null);
}

/** What a pallet weighs by its cartons, in grams; the wood is not weighed. */
export const palletGrams = ({ cartons }: { readonly cartons: readonly { readonly grams: number }[] }): number =>
  cartons.reduce((sum, { grams }) => sum + grams, 0);
