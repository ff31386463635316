import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { planTransfers } from "@yihao/ledger/store";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { keyIn } from "@yihao/table/key";
import { indexWrites } from "@yihao/table/search";
import { claim } from "@yihao/table/unique";
import { insert, overwrite, type Write } from "@yihao/table/write";
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

const writesMost = 96;

export type FillStock = {
  readonly company: CompanyId;
  readonly warehouse: WarehouseId;
  /** Bins of one place each; product after product lies in the next one. */
  readonly bins: readonly string[];
  /** Products are numbered from here: `P-0000042`. */
  readonly first: number;
  readonly count: number;
  readonly units: number;
};

/** The code of the product of a number. */
export const filledCode = (at: number) => `P-${String(at).padStart(7, "0")}`;
const numbers = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index);
const quiet = (scope: Scope): Scope => ({ ...scope, command: { id: "auto:fill", print: "" } });

/** Ids of the products of some numbers. */
export function filledId(scope: Scope, company: CompanyId, at: number): ProductId {
  return idFor({ ...scope, command: { id: `fill ${company}`, print: "" } }, "prd", String(at));
}

/**
 * So many products of an owner with stock in bins, laid down as opening stock and its reactions do (product, list, code, words, both books, the map), many to a commit: for
 * showing what does not depend on how many there are. The words are code and name alone.
 */
export async function fillStock(scope: Scope, wish: FillStock): Promise<void> {
  const { company, warehouse, bins, first, count, units } = wish;
  let writes: Write[] = [overwrite(keyIn(owners(scope), company), ownerKind, { company, name: company })];
  const used = new Map<string, number>();
  const flush = async () => {
    const all = [
      ...writes,
      ...[...used].map(
        ([bin, by]): Write => ({
          do: "update",
          key: binKey(scope, warehouse, bin),
          add: { used: by, room: -by },
        }),
      ),
    ];
    writes = [];
    used.clear();
    await commit(quiet(scope), all, { answer: null });
  };
  for (const at of numbers(first, count)) {
    const id = filledId(scope, company, at);
    const code = filledCode(at);
    const name = `货品 ${at}`;
    const bin = bins[at % bins.length] ?? "";
    const product: Product = { id, company, name, code, unit: "件", costMinor: 1_000 };
    const stock = { onHand: units, free: units, reserved: 0, pledged: 0, held: 0 };
    const content: Content = { place: "bin", bin, company, product: id, name, code, units };
    const common = { do: "move", amount: units, reason: "opening" } as const;
    const plan = planTransfers(
      scope,
      [
        { ...common, book: placeBook(company, id), unit: skuOf(id), from: "opening", to: binAccount(warehouse, bin) },
        { ...common, book: promiseBook(company, id), unit: skuOf(id), from: "outside", to: "free" },
      ],
      `fill ${company} ${at} `,
    );
    const fresh: Write[] = [
      insert(productKey(scope, id), productKind, product),
      insert(listedKey(scope, product), listedKind, listing(product, stock)),
      claim(scope, `code.${company}`, code, id),
      ...indexWrites(scope, `product.${company}`, id, [], [code], name),
      ...indexWrites(scope, "product", id, [], [code], name),
      overwrite(contentKey(scope, warehouse, content), contentKind, content),
      ...plan.writes,
    ];
    if (writes.length + used.size + fresh.length + 1 > writesMost) await flush();
    writes.push(...fresh);
    used.set(bin, (used.get(bin) ?? 0) + units);
  }
  await flush();
}
