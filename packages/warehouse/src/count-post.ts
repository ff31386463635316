import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import type { Balance, Entry, Transfer } from "@yihao/ledger/model";
import { balanceOf, historyOf, planTransfers, stillStands } from "@yihao/ledger/store";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import type { Write } from "@yihao/table/write";
import { ofToday, renewBin } from "./bin-actions.ts";
import { comesIn } from "./bin-load.ts";
import { binAccount, placeBook, promiseBook, skuOf } from "./books.ts";
import type { Count, CountBin, CountLine } from "./count-model.ts";
import { stillWrong } from "./count-rules.ts";
import { countBinKey } from "./count-store.ts";
import { type Lot, lotKey, lotOf, receiveLot } from "./lot-store.ts";
import type { ProductId, WarehouseEvents } from "./model.ts";
import type { Product } from "./product-model.ts";
import { stockOf } from "./projections.ts";
import { binKey, productOf, revise } from "./store.ts";
import { planTakeBack } from "./take-back.ts";

/** Tries after which what is missing of a loss is taken to be promised to nobody: the list of orders follows the stream. */
const listTries = 5;
/** How far before a bin was counted adjustments of it are looked for, in milliseconds: one bears the instant at which its approval was asked for, and a long one goes on for a while. */
const longestPostMs = 3_600_000;

type Goods = {
  readonly company: CompanyId;
  readonly product: ProductId;
  readonly lot: string | undefined;
  readonly known: Lot | undefined;
  readonly serial: boolean;
  readonly facts: Pick<Product, "id" | "weightGrams" | "size">;
};
type Planned = { readonly units: number; readonly entries: Entry[]; readonly writes: Write[]; readonly more?: boolean };

/** What counts posted at one bin of some goods around the time at which it was counted, in time order. */
export async function adjustmentsAt(
  scope: Scope,
  at: string,
  place: { company: CompanyId; product: ProductId; lot?: string | undefined; account: string },
): Promise<Transfer[]> {
  const { company, product, lot, account } = place;
  const from = new Date(Date.parse(at) - longestPostMs).toISOString();
  const page = await historyOf(scope, placeBook(company, product), {
    ...{ from, newest: false, limit: Number.POSITIVE_INFINITY, consistent: true },
  });
  const unit = skuOf(product, lot);
  return page.items.filter(
    (one) =>
      one.unit === unit &&
      ((one.from === account && one.to === "variance") || (one.from === "variance" && one.to === account)),
  );
}

/** Units by which adjustments raised what a bin has. */
export const adjustedBy = (all: readonly Pick<Transfer, "from" | "amount">[]): number =>
  all.reduce((sum, { from, amount }) => sum + (from === "variance" ? amount : -amount), 0);

/**
 * Posts what is still to be posted of one line of a count, as far as one commit goes; gives whether it did: otherwise something moved in this moment, and it is planned anew. `lost` is how often that was so.
 */
export async function postLine(
  scope: Scope,
  count: Count,
  { bin, line, at }: { bin: Stored<CountBin>; line: CountLine; at: number },
  lost: number,
): Promise<boolean> {
  const company = line.company as CompanyId;
  const product = line.product as ProductId;
  const step = stepOf(scope, `post ${bin.code} ${at} ${bin.rev}`);
  const account = binAccount(count.warehouse, bin.code);
  const [lot, facts] = await Promise.all([
    line.lot === undefined ? undefined : lotOf(scope, product, line.lot, true),
    productOf(scope, product),
  ]);
  const goods: Goods = {
    ...{ company, product, lot: line.lot, known: lot, serial: facts?.track === "serial" },
    facts: facts ?? { id: product },
  };
  // First the balance, then what others posted: whatever comes between the two is lost for the balance.
  const balance = await balanceOf(scope, placeBook(company, product), account, skuOf(product, line.lot));
  const others =
    bin.at === undefined ? [] : await adjustmentsAt(scope, bin.at, { company, product, lot: line.lot, account });
  const wanted = stillWrong(bin, { ...line, at, adjusted: adjustedBy(others) }, count.id, others);
  const planned =
    wanted === 0
      ? { units: 0, entries: [], writes: [] }
      : wanted > 0
        ? surplus(step, count, bin, goods, wanted)
        : await loss(step, count, bin, goods, -wanted, balance);
  if (planned.units < Math.abs(wanted) && !planned.more && wanted < 0 && balance.available >= -wanted)
    if (lost < listTries) return false;
  const units = wanted < 0 ? 0 - planned.units : planned.units;
  const posted = units + (bin.posting?.line === at ? bin.posting.units : 0);
  const lines = (bin.lines ?? []).map((one, index) => (index === at ? { ...one, posted } : one));
  const plan = planTransfers(step, planned.entries);
  const data: WarehouseEvents["stock.counted"] = {
    ...{ company, product, units, document: count.id, warehouse: count.warehouse, bin: bin.code },
  };
  const set = planned.more ? { posting: { line: at, units: posted } } : { lines };
  const outcome = await commit(
    step,
    [
      ...under(plan.writes, stillStands(step, placeBook(company, product), balance)),
      ...planned.writes,
      revise(countBinKey(scope, count.id, bin.code), bin.rev, set, planned.more ? [] : ["posting"]),
      ...(units === 0 ? [] : [happened(step, "stock.counted", company, data, { seed: `${bin.code} ${at}` })]),
    ],
    { answer: null },
  );
  if (!outcome.done && outcome.lost.bin)
    await renewBin(step, binKey(scope, count.warehouse, bin.code), outcome.lost.bin);
  return outcome.done;
}

/** Writes under one more condition on an item that one of them may change itself. */
function under(writes: readonly Write[], asserted: Write): Write[] {
  const same = ({ key }: Write) => key.pk === asserted.key.pk && key.sk === asserted.key.sk;
  const with_ = (one: Write): Write => ({ ...one, when: [...(one.when ?? []), ...(asserted.when ?? [])] });
  return writes.some(same) ? writes.map((one) => (same(one) ? with_(one) : one)) : [...writes, asserted];
}

/** More than the ledger had: variance → bin, and free to be promised unless it is past its day. A serial that is elsewhere stays there. */
function surplus(scope: Scope, count: Count, bin: CountBin, goods: Goods, units: number): Planned {
  const { company, product, lot, known, serial } = goods;
  if (serial && known?.here) return { units: 0, entries: [], writes: [] };
  const past = known?.expired === true;
  const common = { do: "move", amount: units, document: count.id, reason: "count" } as const;
  const writes: Write[] = [
    // The goods are there, whether they fit or not.
    {
      do: "update",
      key: binKey(scope, count.warehouse, bin.code),
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
        to: binAccount(count.warehouse, bin.code),
        ...noteOf(bin),
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

/** When the bin was counted, for other counts of it that are posted later. */
const noteOf = ({ at }: CountBin) => (at === undefined ? {} : { note: { countedAt: at } });

/** Less than the ledger had: bin → variance, out of what is held past its day, free, kept for orders that did not find it, or promised to the newest orders, in this order. */
async function loss(
  scope: Scope,
  count: Count,
  bin: CountBin,
  goods: Goods,
  wanted: number,
  { available }: Balance,
): Promise<Planned> {
  const { company, product, lot, known, serial } = goods;
  const [place, promise] = [placeBook(company, product), promiseBook(company, product)];
  const account = binAccount(count.warehouse, bin.code);
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
    entries.push({
      ...{ ...common, book: place, unit: skuOf(product, lot), from: account, to: "variance", amount: units },
      ...noteOf(bin),
    });
  const gone: Write[] =
    serial && lot !== undefined && units > 0
      ? [{ do: "update", key: lotKey(scope, product, lot), set: { here: false } }]
      : [];
  return { units, entries, writes: [...taken.writes, ...gone], more: taken.more };
}
