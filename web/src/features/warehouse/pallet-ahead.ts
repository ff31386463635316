import type { Outcome } from "@yihao/kernel/outcome";
import { accept, refuse } from "@yihao/kernel/outcome";
import type { Order, OrderView } from "@yihao/warehouse/order-model";
import type { Pallet, PalletCarton, PalletView } from "@yihao/warehouse/pallet-model";
import { decideLoad, decideSend, orderNumber } from "@yihao/warehouse/pallet-rules";
import { readScan } from "@yihao/warehouse/scan";
import type { Step } from "./hand-steps.ts";

/** What a phone shows and refuses of pallets before the server knows, by the rules of pallets themselves. */

const same = (one: Pick<PalletCarton, "order" | "number">) => (other: Pick<PalletCarton, "order" | "number">) =>
  one.order === other.order && one.number === other.number;

/** A pallet with the cartons that were put on it or taken off, closed, opened again or gone. */
export function palletAhead(pallet: PalletView, steps: readonly Step[]): PalletView {
  let { state, cartons } = pallet;
  for (const step of steps) {
    if (step.kind === "pallet-ship" && step.about.pallets.includes(pallet.id)) state = "shipped";
    if (!("pallet" in step.about) || step.about.pallet !== pallet.id) continue;
    if (step.kind === "pallet-load" && step.about.carton !== undefined && !cartons.some(same(step.about.carton)))
      cartons = [...cartons, step.about.carton];
    if (step.kind === "pallet-unload") {
      const off = same(step.about);
      cartons = cartons.filter((one) => !off(one));
    }
    if (step.kind === "pallet-close") state = "closed";
    if (step.kind === "pallet-open") state = "open";
    if (step.kind === "pallet-dissolve") state = "dissolved";
  }
  return { ...pallet, state, cartons };
}

/** Pallets that stand here with those that were begun on this phone, newest first: their number is to come. */
export function palletsAhead(all: readonly PalletView[], steps: readonly Step[]): PalletView[] {
  const begun = steps.flatMap((step): PalletView[] => {
    if (step.kind !== "pallet-begin" || all.some(({ id }) => id === step.about.pallet)) return [];
    const { pallet: id, code, company, warehouse } = step.about;
    return [{ id, code, company, warehouse, state: "open", cartons: [], at: step.at, by: "", rev: 0 }];
  });
  return [...begun.reverse(), ...all].map((one) => palletAhead(one, steps));
}

/** An order's cartons as they stand on pallets, and the order itself once these have left. */
export function cartonsAhead<Part extends Pick<Order, "id" | "cartons" | "state">>(order: Part, step: Step): Part {
  const { cartons } = order;
  if (cartons === undefined) return order;
  if (step.kind === "pallet-ship") {
    const left = cartons.some(({ pallet }) => pallet !== undefined && step.about.pallets.includes(pallet.id));
    return left ? { ...order, state: "shipped" } : order;
  }
  const on = step.kind === "pallet-load" ? step.about.carton : step.kind === "pallet-unload" ? step.about : undefined;
  if (on?.order !== order.id) return order;
  return {
    ...order,
    cartons: cartons.map((carton) => {
      if (carton.number !== on.number) return carton;
      const { pallet: _left, ...bare } = carton;
      return step.kind === "pallet-load" ? { ...bare, pallet: { id: step.about.pallet, code: step.about.code } } : bare;
    }),
  };
}

/** The carton that a scanned label names among the orders that this phone knows; `year` is the present one. */
export function cartonCoded(
  scanned: string,
  orders: readonly OrderView[],
  year: number,
): { order: OrderView; carton: PalletCarton } | undefined {
  const scan = readScan(scanned, year);
  if (!scan.ok) return undefined;
  const code = scan.value.sscc ?? scan.value.text.toUpperCase();
  for (const order of orders)
    for (const { number, sscc, grams } of order.cartons ?? [])
      if (sscc === code || `${orderNumber(order.id)}-${number}` === code) {
        const carton = { order: order.id, number, grams, to: order.recipient.name };
        return { order, carton: { ...carton, ...(sscc === undefined ? {} : { sscc }) } };
      }
  return undefined;
}

/** Whether a scanned carton may go on a pallet, as far as this phone knows. Refused: as the server does, and `client.carton-unknown` for a label that the phone does not know. */
export function mayLoad(
  pallet: PalletView,
  scanned: string,
  orders: readonly OrderView[],
  year: number,
): Outcome<PalletCarton> {
  const scan = readScan(scanned, year);
  if (!scan.ok) return scan;
  const found = cartonCoded(scanned, orders, year);
  if (!found) return refuse("client.carton-unknown", { code: scan.value.sscc ?? scan.value.text });
  const decided = decideLoad(pallet as Pallet, found.order as unknown as Order, found.carton.number);
  return decided.ok ? accept(found.carton) : decided;
}

/** Whether pallets may leave together, as far as this phone knows their orders. Refused: as the server does. */
export const maySend = (pallets: readonly PalletView[], orders: readonly OrderView[]): Outcome<null> =>
  decideSend(
    pallets as readonly Pallet[],
    orders.filter((order) =>
      pallets.some(({ cartons }) => cartons.some((carton) => carton.order === order.id)),
    ) as unknown as Order[],
  );
