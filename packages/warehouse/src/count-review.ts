import { accountsNow } from "@yihao/identity/person-merge";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { plusMinutes } from "@yihao/kernel/span";
import type { Entry } from "@yihao/ledger/model";
import { balanceOf, planTransfers } from "@yihao/ledger/store";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { happened } from "@yihao/table/event";
import { giveWay } from "@yihao/table/give-way";
import type { Stored } from "@yihao/table/kind";
import type { Write } from "@yihao/table/write";
import { ofToday, renewBin } from "./bin-actions.ts";
import { comesIn } from "./bin-load.ts";
import { binAccount, placeBook, promiseBook, skuOf } from "./books.ts";
import { listedCount, personOf } from "./count-actions.ts";
import { countDone } from "./count-done.ts";
import type { Count, CountBin, CountLine, CountState, ListedCount } from "./count-model.ts";
import { decideJudge } from "./count-rules.ts";
import { countBinKey, countKey, countOf, countWithBins } from "./count-store.ts";
import { type Lot, lotKey, lotOf, receiveLot } from "./lot-store.ts";
import type { ProductId, WarehouseEvents } from "./model.ts";
import type { Product } from "./product-model.ts";
import { stockOf } from "./projections.ts";
import { binKey, productOf, revise } from "./store.ts";
import { planTakeBack } from "./take-back.ts";

const tries = 20;

/**
 * Judges a count (审核): approves it, which posts every difference; rejects it; or with `bins` sends some back to be counted again. Refused:
 * `missing`, `count.state`, and `count.counter` for whoever counted any of it, under this account or one that was merged into it.
 */
export async function judgeCount(
  scope: Scope,
  id: string,
  judgement: { do: "approve" | "reject" } | { do: "recount"; bins: readonly string[] },
): Promise<Outcome<ListedCount>> {
  const person = personOf(scope);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const found = await countWithBins(scope, id);
    if (!found) return refuse("missing");
    const { count, bins } = found;
    const approving = judgement.do === "approve";
    const counters = await accountsNow(scope, count.counters);
    const decided = decideJudge({ ...count, counters }, person, approving ? ["to-review", "posting"] : ["to-review"]);
    if (!decided.ok) return decided;
    if (count.state === "posting") return postCount(scope, id);
    const again = judgement.do === "recount" ? bins.filter(({ code }) => judgement.bins.includes(code)) : [];
    if (judgement.do === "recount" && again.length === 0) return refuse("missing");
    const state: CountState = approving ? "posting" : judgement.do === "reject" ? "rejected" : "counting";
    const set = {
      state,
      ...(judgement.do === "recount" ? { done: count.done - again.length } : { judgedBy: person }),
      ...(judgement.do === "reject" ? { endedAt: scope.now } : {}),
    };
    const step = approving ? stepOf(scope, "approved") : scope;
    const answer = listedCount({ ...count, ...set });
    const outcome = await commit(
      step,
      [
        revise(countKey(scope, id), count.rev, set),
        ...again.map((bin) =>
          revise(countBinKey(scope, id, bin.code), bin.rev, { state: "recount", round: bin.round + 1 }),
        ),
        ...(approving ? [dueAt(scope, plusMinutes(scope.now, 2), "warehouse.count-step", id)] : []),
      ],
      { answer },
    );
    if (outcome.done) return approving ? postCount(scope, id) : accept(outcome.answer);
    await giveWay(scope, attempt + 1);
  }
  return refuse("busy");
}

/** Ends a count that is not judged yet. Refused: `missing`, `count.state`. */
export async function cancelCount(scope: Scope, id: string): Promise<Outcome<ListedCount>> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const count = await countOf(scope, id);
    if (!count) return refuse("missing");
    if (!["requested", "counting", "to-review"].includes(count.state))
      return refuse("count.state", { state: count.state });
    const set = { state: "cancelled", endedAt: scope.now } as const;
    const outcome = await commit(scope, [revise(countKey(scope, id), count.rev, set)], {
      answer: listedCount({ ...count, ...set }),
    });
    if (outcome.done) return accept(outcome.answer);
    await giveWay(scope, attempt + 1);
  }
  return refuse("busy");
}

/**
 * Posts an approved count line by line as transfers to and from `variance`, each under the revision of its bin, so that whoever asks
 * again goes on from there and no line is posted twice. The difference is posted, not the figure: what moved since stays moved.
 */
export async function postCount(scope: Scope, id: string): Promise<Outcome<ListedCount>> {
  for (let attempt = 0; attempt < tries * 30; attempt += 1) {
    const found = await countWithBins(scope, id);
    if (!found) return refuse("missing");
    const { count, bins } = found;
    if (count.state === "posted") return accept(listedCount(count));
    if (count.state !== "posting") return refuse("count.state", { state: count.state });
    const next = bins
      .flatMap((bin) => (bin.lines ?? []).map((line, at) => ({ bin, line, at })))
      .find(({ line }) => line.variance !== 0 && line.posted === undefined);
    if (!next) {
      const set = { state: "posted", endedAt: scope.now } as const;
      const told = await countDone(scope, count, bins);
      const outcome = await commit(scope, [revise(countKey(scope, id), count.rev, set), ...told], {
        answer: listedCount({ ...count, ...set }),
      });
      if (outcome.done) return accept(outcome.answer);
    } else if (!(await postLine(scope, count, next.bin, next.line, next.at))) await giveWay(scope, attempt + 1);
  }
  return refuse("busy");
}

async function postLine(
  scope: Scope,
  count: Count,
  bin: Stored<CountBin>,
  line: CountLine,
  at: number,
): Promise<boolean> {
  const company = line.company as CompanyId;
  const product = line.product as ProductId;
  const step = stepOf(scope, `post ${bin.code} ${at} ${bin.rev}`);
  const [lot, facts] = await Promise.all([
    line.lot === undefined ? undefined : lotOf(scope, product, line.lot, true),
    productOf(scope, product),
  ]);
  const serial = facts?.track === "serial";
  const goods: Goods = { company, product, lot: line.lot, known: lot, serial, facts: facts ?? { id: product } };
  const planned =
    line.variance > 0
      ? surplus(step, count, bin.code, goods, line.variance)
      : await loss(step, count, bin.code, goods, -line.variance);
  const posted = Math.sign(line.variance) * planned.units;
  const lines = (bin.lines ?? []).map((one, index) => (index === at ? { ...one, posted } : one));
  const plan = planTransfers(step, planned.entries);
  const data: WarehouseEvents["stock.counted"] = {
    company,
    product,
    units: posted,
    document: count.id,
    warehouse: count.warehouse,
    bin: bin.code,
  };
  const outcome = await commit(
    step,
    [
      ...plan.writes,
      ...planned.writes,
      revise(countBinKey(scope, count.id, bin.code), bin.rev, { lines }),
      happened(step, "stock.counted", company, data, { seed: `${bin.code} ${at}` }),
    ],
    { answer: null },
  );
  if (!outcome.done && outcome.lost.bin)
    await renewBin(step, binKey(scope, count.warehouse, bin.code), outcome.lost.bin);
  return outcome.done;
}

type Goods = {
  readonly company: CompanyId;
  readonly product: ProductId;
  readonly lot: string | undefined;
  readonly known: Lot | undefined;
  readonly serial: boolean;
  readonly facts: Pick<Product, "id" | "weightGrams" | "size">;
};
type Planned = { readonly units: number; readonly entries: Entry[]; readonly writes: Write[] };

/** More than the ledger had: variance → bin, and free to be promised unless it is past its day. A serial that is elsewhere stays there. */
function surplus(scope: Scope, count: Count, code: string, goods: Goods, units: number): Planned {
  const { company, product, lot, known, serial } = goods;
  if (serial && known?.here) return { units: 0, entries: [], writes: [] };
  const past = known?.expired === true;
  const common = { do: "move", amount: units, document: count.id, reason: "count" } as const;
  const writes: Write[] = [
    // The goods are there, whether they fit or not.
    {
      do: "update",
      key: binKey(scope, count.warehouse, code),
      add: comesIn(goods.facts, units),
      when: [["pk", "present"], ofToday],
      tag: "bin",
    },
  ];
  if (lot !== undefined && (serial || !known)) {
    const fresh = { product, company, lot, since: known?.since ?? scope.now };
    writes.push(receiveLot(scope, serial ? { ...fresh, here: true } : fresh));
  }
  return {
    units,
    entries: [
      {
        ...common,
        book: placeBook(company, product),
        unit: skuOf(product, lot),
        from: "variance",
        to: binAccount(count.warehouse, code),
      },
      {
        ...common,
        book: promiseBook(company, product),
        unit: skuOf(product),
        from: "outside",
        to: past ? "held" : "free",
      },
    ],
    writes,
  };
}

/** Less than the ledger had: bin → variance, out of what is held past its day, free, or promised to the newest orders, in this order. */
async function loss(scope: Scope, count: Count, code: string, goods: Goods, wanted: number): Promise<Planned> {
  const { company, product, lot, known, serial } = goods;
  const [place, promise] = [placeBook(company, product), promiseBook(company, product)];
  const account = binAccount(count.warehouse, code);
  const { available } = await balanceOf(scope, place, account, skuOf(product, lot));
  const there = Math.min(available, wanted);
  if (there === 0) return { units: 0, entries: [], writes: [] };
  const { held } = await stockOf(scope, { company, id: product });
  const fromHeld = known?.expired ? Math.min(held, there) : 0;
  const taken = await planTakeBack(scope, {
    company,
    product,
    units: there - fromHeld,
    to: "outside",
    document: count.id,
  });
  const units = there - taken.left;
  const entries: Entry[] = [...taken.entries];
  const common = { do: "move", document: count.id, reason: "count" } as const;
  if (fromHeld > 0)
    entries.push({ ...common, book: promise, unit: skuOf(product), from: "held", to: "outside", amount: fromHeld });
  if (units > 0)
    entries.push({ ...common, book: place, unit: skuOf(product, lot), from: account, to: "variance", amount: units });
  const gone: Write[] =
    serial && lot !== undefined && units > 0
      ? [{ do: "update", key: lotKey(scope, product, lot), set: { here: false } }]
      : [];
  return { units, entries, writes: [...taken.writes, ...gone] };
}
