import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Page } from "@yihao/kernel/paging";
import { actorName, type Scope } from "@yihao/kernel/scope";
import type { Entry } from "@yihao/ledger/model";
import { planTransfers } from "@yihao/ledger/store";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { giveWay } from "@yihao/table/give-way";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import { check, insert, type Write } from "@yihao/table/write";
import { cleanBin } from "./bin-code.ts";
import {
  binAccount,
  placeBook,
  promiseBook,
  quarantineAccount,
  receivingAccount,
  skuOf,
  transitAccount,
} from "./books.ts";
import { lotFor } from "./lot.ts";
import { lotKey, lotOf } from "./lot-store.ts";
import type { ProductId, WarehouseId } from "./model.ts";
import { ownerFor } from "./owners.ts";
import { shortOf } from "./stock-actions.ts";
import { binKey, entryKind, listed, productsOf, revise, warehouseOf } from "./store.ts";
import type {
  NewSiteTransfer,
  ReceiveTransfer,
  SiteTransfer,
  SiteTransferId,
  SiteTransferView,
} from "./transfer-model.ts";

/*
 * Transfers between warehouses (调拨).
 *
 * | item            | key                                       | written by            | W |
 * |-----------------|-------------------------------------------|-----------------------|---|
 * | transfer        | `trf#<id>` / -                            | send, receive, close  | 2 a kB |
 * | its list entries| `trfs#<from>`, `trfs#<to>` / `<at>#<id>`  | send                  | 4 |
 */
const tries = 20;
export const siteTransferKind = kindOf<SiteTransfer>("trf");
export const siteTransferKey = (scope: Scope, id: string): Key => keyIn(partition(scope, "trf", id));
export const siteTransferList = (scope: Scope, warehouse: string) => partition(scope, "trfs", warehouse);
const transferOf = (scope: Scope, id: string): Promise<Stored<SiteTransfer> | undefined> =>
  get(scope, siteTransferKind, siteTransferKey(scope, id));

/**
 * Sends an owner's goods to another warehouse (调出): bins → transit, and free → held, since what is on its way is promised to nobody. Refused, nothing sent: `missing`, `transfer.same`,
 * `lot.wanted`, `lot.expired` for goods whose day has just passed and that are not held yet, `bin.locked`, `stock.short` when a bin has less or less is free. `beside` are writes of the same commit, made of the transfer's id.
 */
export async function sendTransfer(
  scope: Scope,
  wish: NewSiteTransfer,
  beside: (id: SiteTransferId) => readonly Write[] = () => [],
): Promise<Outcome<SiteTransferView>> {
  if (wish.from === wish.to) return refuse("transfer.same");
  const ids = wish.lines.map(({ product }) => product as ProductId);
  const [owner, from, to, products] = await Promise.all([
    ownerFor(scope, wish.company),
    warehouseOf(scope, wish.from),
    warehouseOf(scope, wish.to),
    productsOf(scope, ids),
  ]);
  if (!owner.ok) return owner;
  if (!from || !to) return refuse("missing");
  const id: SiteTransferId = idFor(scope, "trf");
  const lines: SiteTransfer["lines"] = [];
  const entries: Entry[] = [];
  const checks = new Map<string, Write>();
  const lots = await Promise.all(
    wish.lines.map(({ lot }, index) =>
      lot !== undefined && products[index]?.dated ? lotOf(scope, products[index].id, lot, true) : undefined,
    ),
  );
  for (const [index, asked] of wish.lines.entries()) {
    const product = products[index];
    if (!product || product.company !== owner.value) return refuse("missing");
    const lot = lotFor(product, asked.lot);
    if (!lot.ok) return lot;
    const [bin, line] = [cleanBin(asked.bin), index + 1];
    const common = { do: "move", document: id, amount: asked.units, note: { line } } as const;
    entries.push({
      ...{ ...common, book: placeBook(owner.value, product.id), unit: skuOf(product.id, lot.value) },
      ...{ from: binAccount(from.id, bin), to: transitAccount(to.id) },
    });
    const past = lots[index]?.expired === true;
    // What is past its day is held already: it takes nothing of what is free.
    if (!past) {
      const promise = { book: promiseBook(owner.value, product.id), unit: skuOf(product.id) };
      entries.push({ ...common, ...promise, from: "free", to: "held" });
    }
    if (lot.value !== undefined && product.dated && !past)
      checks.set(
        `lot ${product.id} ${lot.value}`,
        check(lotKey(scope, product.id, lot.value), [["until", "absent-or", ">", scope.now]], "lot"),
      );
    checks.set(bin, check(binKey(scope, from.id, bin), [["lock", "absent"]], `bin ${bin}`));
    const { name, code, gtin } = product;
    lines.push({
      ...{ line, product: product.id, name, code, bin, units: asked.units, received: 0, damaged: 0 },
      ...(gtin === undefined ? {} : { gtin }),
      ...(lot.value === undefined ? {} : { lot: lot.value }),
      ...(product.track === "serial" ? { serial: true } : {}),
    });
  }
  const transfer: SiteTransfer = {
    ...{
      id,
      company: owner.value,
      from: from.id,
      to: to.id,
      at: scope.now,
      by: actorName(scope),
      state: "sent",
      lines,
    },
    ...(wish.note === undefined ? {} : { note: wish.note }),
  };
  const plan = planTransfers(scope, entries);
  const entry = { id, company: owner.value, at: scope.now };
  const writes: Write[] = [
    ...plan.writes,
    ...beside(id),
    ...checks.values(),
    insert(siteTransferKey(scope, id), siteTransferKind, transfer),
    insert(keyIn(siteTransferList(scope, from.id), scope.now, id), entryKind, entry),
    insert(keyIn(siteTransferList(scope, to.id), scope.now, id), entryKind, entry),
  ];
  const outcome = await commit(scope, writes, { answer: { ...transfer, rev: 1 } as SiteTransferView });
  if (outcome.done) return accept(outcome.answer);
  const late = outcome.lost.lot;
  if (late) return refuse("lot.expired", { lot: late.lot, expiry: late.expiry });
  const locked = Object.entries(outcome.lost).find(([tag]) => tag.startsWith("bin "));
  if (locked) return refuse("bin.locked", { bin: locked[0].slice(4), lock: locked[1]?.lock ?? "", suggestions: [] });
  const short = plan.shortages(outcome.lost);
  return short.length > 0 ? refuse("stock.short", { lines: shortOf(short) }) : refuse("conflict");
}

/** What comes of a line in a commit: sound goods are free again and wait to be put away, damaged ones stay held in quarantine, lost ones are gone. */
function arrive(
  transfer: SiteTransfer,
  line: SiteTransfer["lines"][number],
  come: { sound: number; damaged: number; lost: number },
): Entry[] {
  const common = { do: "move", document: transfer.id, note: { line: line.line } } as const;
  const place = { ...common, book: placeBook(transfer.company, line.product), unit: skuOf(line.product, line.lot) };
  const promise = { ...common, book: promiseBook(transfer.company, line.product), unit: skuOf(line.product) };
  const from = transitAccount(transfer.to);
  const ways: Entry[] = [
    { ...place, from, to: receivingAccount(transfer.to), amount: come.sound },
    { ...promise, from: "held", to: "free", amount: come.sound },
    { ...place, from, to: quarantineAccount(transfer.to), amount: come.damaged },
    { ...place, from, to: "variance", amount: come.lost },
    { ...promise, from: "held", to: "outside", amount: come.lost },
  ];
  return ways.filter((entry) => entry.do !== "move" || entry.amount > 0);
}

type Lines = SiteTransfer["lines"];
const over = (lines: Lines) => lines.every((line) => line.received === line.units);

/** Takes in what came of a line (调入). Refused: `missing`, `transfer.state` once it is closed, `transfer.over` with what is still on its way, `lot.expired` for goods past their day unless they are damaged. */
export async function receiveTransfer(
  scope: Scope,
  id: string,
  number: number,
  wish: ReceiveTransfer,
): Promise<Outcome<SiteTransferView>> {
  const damaged = wish.damaged ?? 0;
  return advance(scope, id, (transfer) => {
    const line = transfer.lines.find((one) => one.line === number);
    if (!line) return refuse("missing");
    const left = line.units - line.received;
    if (wish.units > left) return refuse("transfer.over", { left, units: wish.units });
    const after = { ...line, received: line.received + wish.units, damaged: line.damaged + damaged };
    const sound = wish.units - damaged;
    const fresh =
      line.lot === undefined || sound === 0
        ? []
        : [check(lotKey(scope, line.product, line.lot), [["until", "absent-or", ">", scope.now]], "lot")];
    return accept({
      lines: transfer.lines.map((one) => (one.line === number ? after : one)),
      entries: arrive(transfer, line, { sound, damaged, lost: 0 }),
      writes: fresh,
      closed: false,
    });
  });
}

/** Closes a transfer of which no more will come: what is missing is lost on the way and written off (在途损失). Refused: `missing`, `transfer.state`. */
export async function closeTransfer(scope: Scope, id: string): Promise<Outcome<SiteTransferView>> {
  return advance(scope, id, (transfer) =>
    accept({
      lines: transfer.lines,
      entries: transfer.lines.flatMap((line) =>
        arrive(transfer, line, { sound: 0, damaged: 0, lost: line.units - line.received }),
      ),
      // A serial that was lost is no longer here.
      writes: transfer.lines.flatMap(({ serial, lot, product, units, received }): Write[] =>
        serial && lot !== undefined && received < units
          ? [{ do: "update", key: lotKey(scope, product, lot), set: { here: false } }]
          : [],
      ),
      closed: true,
    }),
  );
}

type Step = { lines: Lines; entries: Entry[]; writes: Write[]; closed: boolean };

async function advance(
  scope: Scope,
  id: string,
  decide: (transfer: SiteTransfer) => Outcome<Step>,
): Promise<Outcome<SiteTransferView>> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const transfer = await transferOf(scope, id);
    if (!transfer) return refuse("missing");
    if (transfer.state === "closed") return refuse("transfer.state", { state: transfer.state });
    const decided = decide(transfer);
    if (!decided.ok) return decided;
    const { lines, entries, writes, closed } = decided.value;
    const ended = closed || over(lines) ? ({ state: "closed", closedAt: scope.now } as const) : {};
    const set = { lines, ...ended };
    const plan = planTransfers(scope, entries);
    const answer: SiteTransferView = { ...transfer, ...set, rev: transfer.rev + 1 };
    const outcome = await commit(
      scope,
      [...plan.writes, ...writes, revise(siteTransferKey(scope, id), transfer.rev, set)],
      {
        answer,
      },
    );
    if (outcome.done) return accept(outcome.answer);
    if (outcome.lost.stale === undefined && outcome.lost.lot)
      return refuse("lot.expired", { lot: outcome.lost.lot.lot, expiry: outcome.lost.lot.expiry });
    await giveWay(scope, attempt + 1);
  }
  return refuse("busy");
}

/** A transfer between warehouses. */
export async function readTransfer(scope: Scope, id: string): Promise<Outcome<SiteTransferView>> {
  const transfer = await transferOf(scope, id);
  return transfer ? accept(transfer) : refuse("missing");
}

/** Transfers from and to a warehouse, newest first. */
export async function listTransfers(
  scope: Scope,
  warehouse: WarehouseId,
  range: { cursor?: string | undefined; limit?: number | undefined },
): Promise<Page<SiteTransferView>> {
  return listed<SiteTransfer>(
    scope,
    siteTransferList(scope, warehouse),
    siteTransferKind,
    (id) => siteTransferKey(scope, id),
    range,
  );
}
