import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import type { Account, Unit } from "@yihao/ledger/model";
import { balanceOf, balancesOf, stillStands } from "@yihao/ledger/store";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { get, queryAll } from "@yihao/table/read";
import { overwrite, type Write } from "@yihao/table/write";
import { goodsOfUnit, placeBook, placeOf, promiseBook, skuOf } from "./books.ts";
import { lotOf } from "./lot-store.ts";
import type { Content } from "./model.ts";
import type { ListedProduct, Product, Stock } from "./product-model.ts";
import { contentKey, contentKind, listedKey, listedKind, listOf, ownerKind, owners, productOf } from "./store.ts";

const tries = 20;
/** A scope whose commits leave no receipt: what it writes may be written again. */
const unsigned = (scope: Scope): Scope => {
  const step = stepOf(scope, "project");
  return { ...step, command: { ...step.command, id: `auto:${step.command.id}` } };
};

const promised = ["free", "reserved", "pledged", "held"] as const;

/** What an owner has of a product now (库存), one read. On hand is the sum of free, reserved, pledged and held. */
export async function stockOf(scope: Scope, product: Pick<Product, "company" | "id">): Promise<Stock> {
  const balances = await balancesOf(scope, promiseBook(product.company, product.id), { consistent: true });
  const of = (account: (typeof promised)[number]) => {
    const balance = balances.find((one) => one.account === account);
    return balance ? balance.available + balance.held : 0;
  };
  const [free, reserved, pledged, held] = promised.map(of) as [number, number, number, number];
  return { onHand: free + reserved + pledged + held, free, reserved, pledged, held };
}

/** Asserts that nothing is promised of a product, so that nothing of it is there: all accounts of its promise book are one item. */
export function nothingThere(scope: Scope, product: Pick<Product, "company" | "id">, tag: string): Write {
  const book = promiseBook(product.company, product.id);
  const zero = (account: Account) =>
    stillStands(scope, book, { account, unit: skuOf(product.id), available: 0, held: 0 }, tag);
  const all = promised.map(zero);
  return { ...zero("free"), when: all.flatMap((one) => one.when ?? []) };
}

/**
 * Copies a product's stock to its list entry under the condition that the balances still stand as they were read: it may be
 * done again and by many at one time, and never goes back to an older state.
 */
export async function refreshStock(scope: Scope, product: Product): Promise<void> {
  const book = promiseBook(product.company, product.id);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const balances = await balancesOf(scope, book, { consistent: true });
    const of = (account: (typeof promised)[number]) =>
      balances.find((one) => one.account === account) ?? {
        account,
        unit: skuOf(product.id),
        available: 0,
        held: 0,
      };
    const [free, reserved, pledged, held] = promised.map((account) => of(account).available + of(account).held) as [
      number,
      number,
      number,
      number,
    ];
    // All accounts of this book are one item, so one check stands for all: free and reserved change with every promise.
    const [first, ...rest] = promised.map((account) => stillStands(scope, book, of(account), "still"));
    if (!first) return;
    const still = { ...first, when: [...(first.when ?? []), ...rest.flatMap((one) => one.when ?? [])] };
    const stock: Stock = { onHand: free + reserved + pledged + held, free, reserved, pledged, held };
    const outcome = await commit(
      unsigned(scope),
      [still, { do: "update", key: listedKey(scope, product), set: stock, when: [["pk", "present"]], tag: "entry" }],
      { answer: null },
    );
    if (outcome.done || (outcome.lost.entry !== undefined && outcome.lost.still === undefined)) return;
  }
  throw new Error(`stock of ${product.id} keeps changing`);
}

/** Copies what one place holds of a product to the warehouse's map, under the same condition as the stock. `at` is when goods moved: from then on they are there, unless they were before. */
export async function refreshContent(
  scope: Scope,
  product: Product,
  account: Account,
  unit: Unit,
  at?: string,
): Promise<void> {
  const place = placeOf(account);
  if (!place) return;
  const { lot } = goodsOfUnit(unit);
  const known = lot === undefined ? undefined : await lotOf(scope, product.id, lot);
  const book = placeBook(product.company, product.id);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const balance = await balanceOf(scope, book, account, unit);
    const content: Content = {
      place: place.place,
      ...(place.bin === undefined ? {} : { bin: place.bin }),
      company: product.company,
      product: product.id,
      name: product.name,
      code: product.code,
      ...(product.gtin === undefined ? {} : { gtin: product.gtin }),
      units: balance.available + balance.held,
      ...(lot === undefined ? {} : { lot }),
      ...(known?.expiry === undefined ? {} : { expiry: known.expiry }),
      ...(known === undefined ? {} : { since: known.since }),
      ...(product.class === undefined ? {} : { class: product.class }),
    };
    const key = contentKey(scope, place.warehouse, content);
    const arrived = (await get(scope, contentKind, key, { consistent: false }))?.arrived ?? at;
    const shown = arrived === undefined ? content : { ...content, arrived };
    const outcome = await commit(
      unsigned(scope),
      [
        stillStands(scope, book, balance, "still"),
        content.units === 0 ? { do: "delete", key } : overwrite(key, contentKind, shown),
      ],
      { answer: null },
    );
    if (outcome.done) return;
  }
  throw new Error(`contents of ${account} keep changing`);
}

/** Makes every product's list entry and every place's content anew from the balances; safe while work goes on. */
export async function rebuildProjections(scope: Scope): Promise<number> {
  let places = 0;
  for (const { company } of await queryAll(scope, ownerKind, owners(scope)))
    for (const entry of await queryAll(scope, listedKind, listOf(scope, company as CompanyId)))
      places += await rebuildProduct(scope, entry);
  return places;
}

async function rebuildProduct(scope: Scope, entry: Pick<ListedProduct, "id">): Promise<number> {
  const product = await productOf(scope, entry.id);
  if (!product) return 0;
  await refreshStock(scope, product);
  const balances = await balancesOf(scope, placeBook(product.company, product.id));
  for (const { account, unit } of balances) await refreshContent(scope, product, account, unit);
  return balances.length;
}
