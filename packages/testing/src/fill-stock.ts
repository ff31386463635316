import { dayOf, type Zone } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { foldWrite, planTransfers } from "@yihao/ledger/store";
import { idFor } from "@yihao/table/command";
import { keyIn } from "@yihao/table/key";
import { indexWrites } from "@yihao/table/search";
import { claim } from "@yihao/table/unique";
import { insert, overwrite, type Write } from "@yihao/table/write";
import { countFlow } from "@yihao/warehouse/analysis-store";
import { fromBefore } from "@yihao/warehouse/bin-load";
import { binAccount, placeBook, promiseBook, skuOf } from "@yihao/warehouse/books";
import type { Content, ProductId, WarehouseId } from "@yihao/warehouse/model";
import { listing } from "@yihao/warehouse/product-actions";
import type { Product } from "@yihao/warehouse/product-model";
import {
  binKey,
  contentKey,
  contentKind,
  listedKey,
  listedKind,
  ownerKind,
  owners,
  productKey,
  productKind,
} from "@yihao/warehouse/store";

export type FillStock = {
  readonly company: CompanyId;
  readonly warehouse: WarehouseId;
  /** Bins of one place each; product after product lies in the next one. */
  readonly bins: readonly string[];
  /** Products are numbered from here: `P-0000042`. */
  readonly first: number;
  readonly count: number;
  readonly units: number;
  /** Of the warehouse: by it the day of the flow. */
  readonly zone: Zone;
};

/** The code of the product of a number. */
export const filledCode = (at: number) => `P-${String(at).padStart(7, "0")}`;
const numbers = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index);

/** Ids of the products of some numbers. */
export function filledId(scope: Scope, company: CompanyId, at: number): ProductId {
  return idFor({ ...scope, command: { id: `fill ${company}`, print: "" } }, "prd", String(at));
}

/**
 * The writes of so many products of an owner with stock in bins, as opening stock and all that hears of it leave them (product, list, code, words, both books with their open totals, contents, bins, the day's
 * flow), new ones once each: for showing what does not depend on how many there are. The words are the code alone, and the feed of movements is left out.
 */
export function* stockWrites(scope: Scope, wish: FillStock): Generator<Write> {
  const { company, warehouse, bins, first, count, units } = wish;
  const used = new Map<string, number>();
  const day = dayOf(scope.now, wish.zone);
  yield overwrite(keyIn(owners(scope), company), ownerKind, { company, name: company });
  for (const at of numbers(first, count)) {
    const id = filledId(scope, company, at);
    const code = filledCode(at);
    const name = `货品 ${at}`;
    const bin = bins[at % bins.length] ?? "";
    const product: Product = { id, company, name, code, unit: "件", costMinor: 1_000 };
    const stock = { onHand: units, free: units, reserved: 0, pledged: 0, held: 0 };
    const content: Content = { place: "bin", bin, company, product: id, name, code, units };
    const common = { do: "move", amount: units, reason: "opening" } as const;
    const unit = skuOf(id);
    const plan = planTransfers(
      scope,
      [
        { ...common, book: placeBook(company, id), unit, from: "opening", to: binAccount(warehouse, bin) },
        { ...common, book: promiseBook(company, id), unit, from: "outside", to: "free" },
      ],
      `fill ${company} ${at} `,
    );
    yield insert(productKey(scope, id), productKind, product);
    yield insert(listedKey(scope, product), listedKind, listing(product, stock));
    yield claim(scope, `code.${company}`, code, id);
    yield* indexWrites(scope, `product.${company}`, id, [], [code], name);
    yield* indexWrites(scope, "product", id, [], [code], name);
    yield overwrite(contentKey(scope, warehouse, content), contentKind, content);
    yield* plan.writes;
    yield foldWrite(scope, "opening", unit, -units);
    yield foldWrite(scope, "outside", unit, -units);
    yield countFlow(scope, company, id, day, "i", units);
    used.set(bin, (used.get(bin) ?? 0) + units);
  }
  for (const [bin, by] of used)
    yield { do: "update", key: binKey(scope, warehouse, bin), add: { used: by, room: -by, ...fromBefore(by) } };
}
