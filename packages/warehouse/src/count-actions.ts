import { plusDays } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { actorName, type Scope } from "@yihao/kernel/scope";
import type { Balance } from "@yihao/ledger/model";
import { balanceOf, stillStands } from "@yihao/ledger/store";
import { idFor, stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { giveWay } from "@yihao/table/give-way";
import { keyIn } from "@yihao/table/key";
import type { Stored } from "@yihao/table/kind";
import { get, query, queryAll } from "@yihao/table/read";
import { insert, type Write } from "@yihao/table/write";
import { binAccount, placeBook, skuOf } from "./books.ts";
import { countDone } from "./count-done.ts";
import type { Count, CountBin, CountLine, Found, ListedCount, NewCount } from "./count-model.ts";
import { usualTolerance } from "./count-model.ts";
import { adjustedBy, adjustmentsAt } from "./count-post.ts";
import { binsToCount, decideVariance, needsRecount, stateAfter } from "./count-rules.ts";
import {
  countBinKey,
  countBinKind,
  countEntryKind,
  countGoodsKey,
  countGoodsKind,
  countKey,
  countKind,
  countList,
  countWithBins,
  openCountKey,
} from "./count-store.ts";
import { lotFor } from "./lot.ts";
import type { ProductId, Warehouse } from "./model.ts";
import { ownerFor } from "./owners.ts";
import type { Product } from "./product-model.ts";
import type { Movement } from "./stock-model.ts";
import {
  binKey,
  binKind,
  binsOfWarehouse,
  contentKind,
  type Elevation,
  elevationOf,
  movementKind,
  movementsOf,
  productsOf,
  revise,
  warehouseOf,
} from "./store.ts";

const tries = 20;
const binsPerCommit = 90;
const mostBins = 500;
/** Products of a count that are written down: one item holds no more. */
const mostGoods = 8_000;
/** Movements that classes and emptied bins are known from. */
const daysBack = 90;
const mostMoves = 5_000;
/** Differences whose balances must still stand in the commit; of more, the figure is that of a moment before. */
const mostChecks = 80;

/** Who asks, as a person: what a key does its maker answers for. */
export function personOf(scope: Scope): string {
  return scope.actor.kind === "system" ? actorName(scope) : scope.actor.person;
}

/** A count's head as lists show it. */
export function listedCount({ rev: _rev, codes: _codes, ...head }: Count & { rev?: number }): ListedCount {
  return head;
}

async function recentMoves(scope: Scope, warehouse: string): Promise<Movement[]> {
  const from = `${plusDays(scope.now.slice(0, 10), -daysBack)}T00:00:00.000Z`;
  return (await query(scope, movementKind, movementsOf(scope, warehouse), { from, newest: true, limit: mostMoves }))
    .items;
}

/** What a count is planned by: all that stands in the warehouse, but for one bin named by its code, which needs nothing of the rest. */
async function shelvesFor(scope: Scope, warehouse: Stored<Warehouse>, basis: NewCount["basis"]): Promise<Elevation> {
  if (basis.kind !== "bins" || basis.from !== basis.to) return elevationOf(scope, warehouse);
  const bin = await get(scope, binKind, binKey(scope, warehouse.id, basis.from));
  return { bins: bin && warehouse.batches.includes(bin.batch) ? [bin] : [], contents: [] };
}

/**
 * Plans a count (盘点单) of bins by range, product, class, emptiness or doubt, with what differs too much to be believed once. The count is there once
 * its head is, with all its bins. Refused: `missing`, `count.empty` when no bin is meant, `count.bins` when they are over 500.
 */
export async function planCount(scope: Scope, wish: NewCount): Promise<Outcome<ListedCount>> {
  const warehouse = await warehouseOf(scope, wish.warehouse);
  if (!warehouse) return refuse("missing");
  const { basis } = wish;
  if (wish.asked !== undefined) {
    const owner = await ownerFor(scope, wish.asked);
    if (!owner.ok) return owner;
  }
  const [{ bins, contents }, moves] = await Promise.all([
    shelvesFor(scope, warehouse, basis),
    basis.kind === "abc" || basis.kind === "zero" ? recentMoves(scope, warehouse.id) : [],
  ]);
  const costs = new Map<string, number>();
  if (basis.kind === "abc")
    for (const product of await productsOf(scope, [...new Set(contents.map((one) => one.product as ProductId))]))
      if (product?.costMinor !== undefined) costs.set(product.id, product.costMinor);
  const chosen = binsToCount(basis, bins, contents, moves, costs);
  if (chosen.length === 0) return refuse("count.empty");
  if (chosen.length > mostBins) return refuse("count.bins", { bins: chosen.length, most: mostBins });
  const codes = new Set(chosen.map(({ code }) => code));
  const inside =
    basis.kind === "bins" && basis.from === basis.to
      ? await goodsIn(scope, warehouse.id, basis.from)
      : contents.filter(({ bin }) => bin !== undefined && codes.has(bin));
  const goods = { products: [...new Set(inside.map(({ product }) => product as string))].slice(0, mostGoods) };
  const id = idFor(scope, "cyc");
  const count: Count = {
    id,
    warehouse: warehouse.id,
    at: scope.now,
    by: actorName(scope),
    basis,
    tolerance: wish.tolerance ?? usualTolerance,
    state: "requested",
    bins: chosen.length,
    done: 0,
    counters: [],
    codes: [...codes],
    ...(wish.asked === undefined ? {} : { asked: wish.asked }),
  };
  const inserts = chosen.map(({ code, sequence }): Write => {
    const bin: CountBin = { code, sequence, state: "open", round: 1 };
    return {
      do: "put",
      key: countBinKey(scope, id, code),
      kind: countBinKind,
      data: bin,
      rev: 1,
      when: [["pk", "absent"]],
    };
  });
  for (let start = binsPerCommit; start < inserts.length; start += binsPerCommit)
    await commit(stepOf(scope, `bins ${start}`), inserts.slice(start, start + binsPerCommit), { answer: null });
  const entry = { id, company: "" as CompanyId, at: scope.now };
  const answer = listedCount(count);
  const outcome = await commit(
    scope,
    [
      insert(countKey(scope, id), countKind, count, "count"),
      insert(keyIn(countList(scope, warehouse.id), scope.now, id), countEntryKind, entry),
      insert(openCountKey(scope, count), countEntryKind, entry),
      insert(countGoodsKey(scope, id), countGoodsKind, goods),
      ...inserts.slice(0, binsPerCommit),
    ],
    { answer },
  );
  return outcome.done ? accept(outcome.answer) : refuse("conflict");
}

type Goods = { readonly company: CompanyId; readonly product: ProductId; readonly lot?: string | undefined };
const nameOf = ({ company, product, lot }: Goods) => `${company}/${product}/${lot ?? ""}`;

/** What lies in a bin by the copies that follow the stream: whose goods to ask the ledger about. */
async function goodsIn(scope: Scope, warehouse: string, code: string): Promise<Goods[]> {
  const found = await queryAll(scope, contentKind, binsOfWarehouse(scope, warehouse), { prefix: `bin#${code}#` });
  return found.map(({ company, product, lot }) => ({
    company: company as CompanyId,
    product: product as ProductId,
    ...(lot === undefined ? {} : { lot }),
  }));
}

const balanceIn = (scope: Scope, count: Pick<Count, "warehouse">, code: string, { company, product, lot }: Goods) =>
  balanceOf(scope, placeBook(company, product), binAccount(count.warehouse, code), skuOf(product, lot));
const unitsOf = ({ available, held }: Balance) => available + held;

/** Begins to count a bin: what the ledger has there is noted, and told to nobody. Refused: `missing`, `count.state`. */
export async function beginBin(
  scope: Scope,
  id: string,
  code: string,
): Promise<Outcome<{ code: string; round: number }>> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const found = await countWithBins(scope, id);
    const bin = found?.bins.find((one) => one.code === code);
    if (!found || !bin) return refuse("missing");
    const { count } = found;
    if ((count.state !== "requested" && count.state !== "counting") || bin.state === "counted")
      return refuse("count.state", { state: bin.state === "counted" ? "counted" : count.state });
    const goods = await goodsIn(scope, count.warehouse, code);
    const balances = await Promise.all(goods.map((one) => balanceIn(scope, count, code, one)));
    const before = Object.fromEntries(goods.map((one, at) => [nameOf(one), unitsOf(balances[at] as Balance)]));
    const answer = { code, round: bin.round };
    const outcome = await commit(
      scope,
      [
        revise(countBinKey(scope, id, code), bin.rev, { state: "counting", before, by: personOf(scope) }),
        ...(count.state === "counting" ? [] : [revise(countKey(scope, id), count.rev, { state: "counting" })]),
      ],
      { answer },
    );
    if (outcome.done) return accept(outcome.answer);
    await giveWay(scope, attempt + 1);
  }
  return refuse("busy");
}

/** What a phone may be late with without being asked about, in milliseconds, and how far its clock may be off. */
const lateMs = 60_000;
const clockMs = 120_000;

/** Whether goods came to or left a bin after a phone without a network began to count it: what it found then may be of before or after. */
async function movedSince(scope: Scope, warehouse: string, bin: string, since: string | undefined): Promise<boolean> {
  if (since === undefined || Date.parse(scope.now) - Date.parse(since) < lateMs) return false;
  const from = new Date(Date.parse(since) - clockMs).toISOString();
  const moves = await query(scope, movementKind, movementsOf(scope, warehouse), {
    from,
    newest: true,
    limit: mostMoves,
  });
  return moves.items.some((move) => move.at >= from && (move.from === bin || move.to === bin));
}

/**
 * Takes what somebody found in a bin. What the ledger has is read, and where it differs must still stand in the commit, so that the difference is
 * exact at that moment. The answer says only whether the bin is to be counted once more. Refused: `missing`, `count.state`, `lot.wanted`, `lot.serials` for a serial that is found more than once.
 */
export async function countBin(
  scope: Scope,
  id: string,
  code: string,
  wish: Found,
): Promise<Outcome<{ code: string; again: boolean }>> {
  const sums = new Map<string, Goods & { units: number; of: Product }>();
  const products = await productsOf(
    scope,
    wish.lines.map(({ product }) => product as ProductId),
  );
  for (const [at, line] of wish.lines.entries()) {
    const product = products[at];
    if (!product) return refuse("missing");
    const lot = lotFor(product, line.lot);
    if (!lot.ok) return lot;
    const goods = { company: product.company, product: product.id, lot: lot.value };
    const name = nameOf(goods);
    const units = (sums.get(name)?.units ?? 0) + line.units;
    // Each piece has a number of its own: there is never more than one of it.
    if (product.track === "serial" && units > 1) return refuse("lot.serials", { units, serials: 1 });
    sums.set(name, { ...goods, of: product, units });
  }
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const found = await countWithBins(scope, id);
    const bin = found?.bins.find((one) => one.code === code);
    if (!found || !bin) return refuse("missing");
    const { count, bins } = found;
    if (count.state !== "counting" || bin.state !== "counting")
      return refuse("count.state", { state: bin.state === "counting" ? count.state : bin.state });
    const goods = [
      ...new Map(
        [...(await goodsIn(scope, count.warehouse, code)), ...sums.values()].map((one) => [nameOf(one), one]),
      ).values(),
    ];
    const balances = await Promise.all(goods.map((one) => balanceIn(scope, count, code, one)));
    const facts = await productsOf(
      scope,
      goods.map(({ product }) => product),
    );
    const lines: CountLine[] = [];
    let unsure = await movedSince(scope, count.warehouse, code, wish.since);
    for (const [at, one] of goods.entries()) {
      const now = unitsOf(balances[at] as Balance);
      const counted = sums.get(nameOf(one))?.units ?? 0;
      const before = bin.before?.[nameOf(one)] ?? (bin.before === undefined ? now : 0);
      const decided = decideVariance({ before, now, counted });
      unsure ||= decided.unsure;
      const product = facts[at];
      const cost = product?.costMinor;
      lines.push({
        company: one.company,
        product: one.product,
        name: product?.name ?? one.product,
        code: product?.code ?? "",
        ...(one.lot === undefined ? {} : { lot: one.lot }),
        expected: now,
        counted,
        variance: decided.variance,
        ...(cost === undefined ? {} : { valueMinor: decided.variance * cost }),
      });
    }
    const again = needsRecount(lines, unsure, bin.round, count.tolerance);
    const adjusted = await Promise.all(
      goods.map(async (one, index) => {
        if (lines[index]?.variance === 0) return 0;
        const place = { ...one, account: binAccount(count.warehouse, code) };
        return adjustedBy(await adjustmentsAt(scope, scope.now, place));
      }),
    );
    const told = { lines, at: scope.now, adjusted };
    const round = bin.round + (again ? 1 : 0);
    const after: CountBin = { ...bin, state: again ? "recount" : "counted", round, ...told };
    const all = bins.map((other) => (other.code === code ? after : other));
    const state = stateAfter(all);
    const person = personOf(scope);
    const counters = count.counters.includes(person) ? count.counters : [...count.counters, person];
    const done = all.filter((one) => one.state === "counted").length;
    const over = state === "posted" ? { endedAt: scope.now } : {};
    const ended = state === "posted" ? await countDone(scope, count, all) : [];
    const doubted = again ? undefined : await get(scope, binKind, binKey(scope, count.warehouse, code));
    const writes: Write[] = [
      ...goods
        .flatMap((one, at) => (lines[at]?.variance === 0 ? [] : [{ one, balance: balances[at] as Balance }]))
        .slice(0, mostChecks)
        .map(({ one, balance }) => stillStands(scope, placeBook(one.company, one.product), balance, "still")),
      revise(countBinKey(scope, id, code), bin.rev, { state: after.state, round, ...told, by: person }),
      revise(countKey(scope, id), count.rev, { state, counters, done, ...over }),
      ...(doubted?.doubt === undefined
        ? []
        : [{ do: "update", key: binKey(scope, count.warehouse, code), remove: ["doubt"] } satisfies Write]),
      ...ended,
    ];
    const outcome = await commit(scope, writes, { answer: { code, again } });
    if (outcome.done) return accept(outcome.answer);
    await giveWay(scope, attempt + 1);
  }
  return refuse("busy");
}
