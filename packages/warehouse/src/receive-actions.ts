import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import type { Entry } from "@yihao/ledger/model";
import { planTransfers } from "@yihao/ledger/store";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { giveWay } from "@yihao/table/give-way";
import type { Stored } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import type { Write } from "@yihao/table/write";
import type { z } from "zod";
import type { AsnLine, AsnLineSchema, ReceiveSchema } from "./asn-model.ts";
import { placeBook, promiseBook, quarantineAccount, receivingAccount, skuOf } from "./books.ts";
import { type Arrival, decideArrival, isTracked, lotOfDay, type Parcel } from "./lot.ts";
import { expiredFrom, type Lot, lotOf, receiveLot } from "./lot-store.ts";
import type { AsnId } from "./model.ts";
import { checkComing } from "./owner-actions.ts";
import { letIn, letInNote } from "./owner-gate.ts";
import type { Product } from "./product-model.ts";
import { mlOf } from "./storage.ts";
import { asnLineKey, asnLineKind, asnOf, productOf, revise, warehouseOf } from "./store.ts";

const tries = 20;

type ReceivedLine = z.infer<typeof AsnLineSchema>;
type Wish = z.infer<typeof ReceiveSchema>;

/** A line as it is shown. */
export function lineView({ rev: _rev, ...line }: Stored<AsnLine>): ReceivedLine {
  return line;
}

/**
 * Takes in goods of a notice's line (收货): supplier → receiving and outside → free in one commit; damaged ones stand apart and
 * held, and so do those past their day. More than expected is taken in and shown as over. Refused: `missing`, `asn.state` when closed,
 * `asn.damaged`; for goods told apart `lot.wanted`, `lot.expiry`, `lot.serials`, and `lot.here` for a serial that is here already; and what its owner may not store.
 */
export async function receiveLine(scope: Scope, asn: AsnId, line: number, wish: Wish): Promise<Outcome<ReceivedLine>> {
  const damaged = wish.damaged ?? 0;
  if (damaged > wish.units) return refuse("asn.damaged", { units: wish.units, damaged });
  const key = asnLineKey(scope, asn, line);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const consistent = attempt > 0;
    const [head, before] = await Promise.all([
      asnOf(scope, asn, consistent),
      get(scope, asnLineKind, key, { consistent }),
    ]);
    if (!head || !before) {
      if (consistent) return refuse("missing");
      continue;
    }
    if (head.closedAt !== undefined) return refuse("asn.state", { state: "closed" });
    const product = await productOf(scope, before.product);
    if (!product) return refuse("missing");
    const allowed = await checkComing(scope, head.company, [{ product, units: wish.units }]);
    if (!allowed.ok) return allowed;
    const arrived = await arrivalOf(scope, product, head.warehouse, wish);
    if (!arrived.ok) return arrived;
    const { parcels, lots, past } = arrived.value;
    const place = placeBook(head.company, before.product);
    const promise = promiseBook(head.company, before.product);
    const costMinor = before.costMinor ?? product.costMinor;
    const gate = allowed.value;
    const note = { line, ...(costMinor === undefined ? {} : { costMinor }), ...letInNote(gate) };
    const common = { do: "move", document: asn, note } as const;
    const entries: Entry[] = [];
    const come = (amount: number, lot: string | undefined, good: boolean) => {
      const to = good ? receivingAccount(head.warehouse) : quarantineAccount(head.warehouse);
      if (amount > 0)
        entries.push({ ...common, book: place, unit: skuOf(product.id, lot), from: "supplier", to, amount });
    };
    let bad = damaged;
    for (const { lot, units } of parcels) {
      const worse = Math.min(bad, units);
      bad -= worse;
      come(units - worse, lot, true);
      come(worse, lot, false);
    }
    const unit = skuOf(product.id);
    const good = past ? 0 : wish.units - damaged;
    if (good > 0) entries.push({ ...common, book: promise, unit, from: "outside", to: "free", amount: good });
    if (good < wish.units)
      entries.push({ ...common, book: promise, unit, from: "outside", to: "held", amount: wish.units - good });
    const received = before.received + wish.units;
    const after = {
      received,
      damaged: before.damaged + damaged,
      done: before.done || wish.done === true || received >= before.expected,
    };
    const plan = planTransfers(scope, entries);
    const answer = lineView({ ...before, ...after });
    const ml = mlOf(product);
    const coming = letIn(scope, head.company, gate, plan.transfers, ({ from, amount }) =>
      from === "supplier" ? { units: amount, ml: amount * ml } : undefined,
    );
    const outcome = await commit(scope, [...plan.writes, ...lots, ...coming, revise(key, before.rev, after)], {
      answer,
    });
    if (outcome.done) return accept(outcome.answer);
    if (outcome.lost.stale === undefined && product.track === "serial") {
      const here = parcels.filter(({ lot }) => outcome.lost[`lot ${lot}`]).map(({ lot }) => lot);
      if (here.length > 0) return refuse("lot.here", { serials: here });
    }
    await giveWay(scope, attempt + 1);
  }
  return refuse("busy");
}

export type Arrived = { readonly parcels: readonly Parcel[]; readonly lots: Write[]; readonly past: boolean };

/** Lots that come in with some goods, their writes, and whether they are past their day. Reads nothing when goods are not told apart. */
export async function arrivalOf(
  scope: Scope,
  product: Product,
  warehouse: string,
  wish: Arrival,
): Promise<Outcome<Arrived>> {
  if (!isTracked(product)) return accept({ parcels: [{ units: wish.units }], lots: [], past: false });
  const named = wish.lot ?? (wish.expiry === undefined || product.track ? undefined : lotOfDay(wish.expiry));
  const [known, place] = await Promise.all([
    named === undefined || product.track === "serial" ? undefined : lotOf(scope, product.id, named, true),
    product.dated ? warehouseOf(scope, warehouse) : undefined,
  ]);
  const decided = decideArrival(product, wish, known);
  if (!decided.ok) return decided;
  const { parcels, expiry } = decided.value;
  const until =
    expiry === undefined ? undefined : (known?.until ?? expiredFrom(expiry, place?.zone ?? "Asia/Shanghai"));
  // Of a lot that is here and whose day has just passed, all is held together, by its timer: until then what comes is as what lies there.
  const past = known ? known.expired === true : until !== undefined && until <= scope.now;
  const lots: Write[] = [];
  for (const { lot = "" } of parcels) {
    const facts: Lot = {
      product: product.id,
      company: product.company,
      lot,
      since: known?.since ?? scope.now,
      ...(expiry === undefined ? {} : { expiry }),
      ...(until === undefined ? {} : { until }),
      ...(past ? { expired: true } : {}),
      ...(product.track === "serial" ? { here: true } : {}),
    };
    lots.push(receiveLot(scope, facts));
    // A lot that a count found had no day yet.
    if (until !== undefined && !past && known?.until === undefined)
      lots.push(dueAt(scope, until, "warehouse.lot-expired", `${product.id}/${lot}`));
  }
  return accept({ parcels, lots, past });
}
