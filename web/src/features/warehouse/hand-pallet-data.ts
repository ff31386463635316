import { newId } from "@yihao/kernel/ids";
import type { Outcome } from "@yihao/kernel/outcome";
import type { PalletView } from "@yihao/warehouse/pallet-model";
import { orderNumber, signOf } from "@yihao/warehouse/pallet-rules";
import { createMemo } from "solid-js";
import { offlineSince } from "../../api.ts";
import { patienceMs, shownQueue } from "../../offline/outbox.ts";
import { Problem } from "../../problem.ts";
import type { Asked } from "../../query.ts";
import { ahead, doStep, requests, useOrders } from "./hand-data.ts";
import { stepsOf } from "./hand-steps.ts";
import { cartonCoded, mayLoad, maySend, palletAhead, palletsAhead } from "./pallet-ahead.ts";
import { usePallet as askPallet, usePallets as askPallets, type PalletActs } from "./pallet-data.ts";

/** Pallets that stand here, with what was done to them on this phone. */
export const usePallets = (space: () => string) =>
  ahead(
    askPallets(space, () => true),
    (all, steps) =>
      palletsAhead(all, steps).filter(({ state }) => state === "open" || state === "closed" || state === "shipping"),
  );

/** One pallet; what the phone read of all that stand here tells of it while it was not read itself. */
export function usePallet(space: () => string, pallet: () => string | undefined): Asked<PalletView> {
  const asked = ahead(askPallet(space, pallet), palletAhead);
  const listed = ahead(
    askPallets(space, () => true),
    palletsAhead,
  );
  const data = createMemo(() => asked.data ?? listed.data?.find(({ id }) => id === pallet()));
  return Object.defineProperties(Object.create(asked), {
    data: { get: data },
    isError: { get: () => asked.isError && data() === undefined },
  }) as Asked<PalletView>;
}

const withoutNetwork = () => offlineSince() !== undefined || !navigator.onLine;
const year = () => new Date().getFullYear();

/** Begins a pallet under an id of the phone's own, so that cartons go on it at once; the server gives its number when it hears of it. */
export async function beginHere(space: string, warehouse: string, owner: { company: string; name: string }) {
  const id = newId("plt");
  const [{ company, name }, code] = [owner, signOf(id)];
  const about = { pallet: id, code, name: `${code} · ${name}`, company, warehouse };
  const { kept } = await doStep("pallet-begin", requests.pallets(space), { id, company, warehouse }, about);
  return { id, kept };
}

/** The sign of a pallet that stood here without a number: it was written on the pallet, and its label goes over it. None when its number came at once. */
export function signHere(pallet: string): string | undefined {
  const begun = stepsOf(shownQueue()).find((step) => step.kind === "pallet-begin" && step.about.pallet === pallet);
  if (begun === undefined) return undefined;
  const waited = Date.parse(begun.doneAt ?? "") - Date.parse(begun.at);
  return begun.state === "done" && waited <= patienceMs ? undefined : signOf(pallet);
}

function orThrow<Value>(decided: Outcome<Value>): Value {
  if (decided.ok) return decided.value;
  throw new Problem({ ...decided.refusal, params: { ...decided.refusal.params }, status: 409 });
}

/** What is done with pallets on the phone: on its disk first, sent in order. Without a network the phone refuses what it knows to be wrong, since nobody else can before the carton stands there. */
export function usePalletActs(space: () => string): PalletActs {
  const orders = useOrders(space);
  const known = () => orders.data ?? [];
  const at = ({ id, code }: PalletView, name: string) => ({ pallet: id, code, name });
  return {
    load: async (pallet, code) => {
      const carton = withoutNetwork()
        ? orThrow(mayLoad(pallet, code, known(), year()))
        : cartonCoded(code, known(), year())?.carton;
      const name = carton === undefined ? code : `${orderNumber(carton.order)}-${carton.number}`;
      const about = { ...at(pallet, `${name} → ${pallet.code}`), ...(carton === undefined ? {} : { carton }) };
      return doStep("pallet-load", requests.pallet(space(), pallet.id, "load"), { code }, about);
    },
    unload: (pallet, { order, number }) => {
      const about = at(pallet, `${orderNumber(order)}-${number} → ${pallet.code}`);
      const path = requests.pallet(space(), pallet.id, "unload");
      return doStep("pallet-unload", path, { order, number }, { ...about, order, number });
    },
    turn: (pallet, to) => {
      const [path, about] = [requests.pallet(space(), pallet.id, "turn"), at(pallet, pallet.code)];
      if (to === "closed") return doStep("pallet-close", path, { to }, about);
      return to === "open"
        ? doStep("pallet-open", path, { to }, about)
        : doStep("pallet-dissolve", path, { to }, about);
    },
    ship: async (pallets, shipment) => {
      if (withoutNetwork()) orThrow(maySend(pallets, known()));
      const ids = pallets.map(({ id }) => id);
      const name = pallets
        .map(({ code }) => code)
        .join(" ")
        .slice(0, 120);
      const body = { pallets: ids, ...(shipment === undefined ? {} : { shipment }) };
      return doStep("pallet-ship", requests.palletShip(space()), body, { name, pallets: ids });
    },
  };
}
