import { dayOf, plusDays } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import type { Account, Balance, Book, Entry, Unit } from "@yihao/ledger/model";
import { balancesOf, planTransfers } from "@yihao/ledger/store";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { type Key, keyIn, partition } from "@yihao/table/key";
import type { Stored } from "@yihao/table/kind";
import { get, query, queryAll } from "@yihao/table/read";
import { indexWrites } from "@yihao/table/search";
import { claim, ownerOf, unclaim } from "@yihao/table/unique";
import { overwrite, type Write } from "@yihao/table/write";
import { goodsOfUnit, ownerAccount, placeBook, placeOf, promiseBook } from "./books.ts";
import { faceKey, facesOf } from "./face-actions.ts";
import { kitKey, kitKind } from "./kit-actions.ts";
import { type Lot, lotKey, lotKind } from "./lot-store.ts";
import type { AsnId, ProductId } from "./model.ts";
import { moveFigures } from "./move-figures.ts";
import { referenceOf } from "./order-actions.ts";
import { palletKey, palletList, palletOf } from "./pallet-store.ts";
import { codeOf, gtinOf, gtinsOf, listing, nounOf, textsOf } from "./product-actions.ts";
import type { Product } from "./product-model.ts";
import { stockOf } from "./projections.ts";
import { returnKey, returnList, returnOf } from "./return-store.ts";
import { stockZone } from "./stock-run.ts";
import { closeStorageDays } from "./storage.ts";
import {
  asnKey,
  asnList,
  asnOf,
  binKey,
  contentKey,
  contentKind,
  elevationOf,
  entryKind,
  listedKey,
  listedKind,
  listOf,
  orderKey,
  orderList,
  orderOf,
  ownerKind,
  owners,
  productKey,
  productKind,
  revise,
  warehousesOf,
} from "./store.ts";
import { siteTransferKey, siteTransferKind, siteTransferList } from "./transfer-actions.ts";

/** The company that stays. */
export type GoodsInto = { readonly id: CompanyId; readonly name: string };
const rounds = 20;
const atOnce = 50;
/** Balances that one commit takes over, four writes each, alone and beside their product. */
const balancesAlone = 20;
const balancesBeside = 10;
const lotsBeside = 15;

const unsigned = (scope: Scope): Scope => ({ ...scope, command: { id: `auto:${scope.command.id}`, print: "" } });
const write = async (scope: Scope, writes: readonly Write[]) =>
  writes.length === 0 || (await commit(unsigned(scope), writes, { answer: null })).done;

/** The transfers that take a balance from one owner's book into another's, through the account `merge` of both. */
function overEntries(
  books: readonly [from: Book, into: Book],
  { account, unit, available }: Pick<Balance, "account" | "unit" | "available">,
  arrived?: string,
): Entry[] {
  const about = { do: "move", unit, amount: available, reason: "merge" } as const;
  const note = arrived === undefined ? {} : { note: { arrived } };
  return [
    { ...about, book: books[0], from: account, to: ownerAccount },
    { ...about, book: books[1], from: ownerAccount, to: account, ...note },
  ];
}

/** Since when goods have been at a place, as its copy says: they go on being there since then. */
async function arrivedAt(scope: Scope, product: Product, account: Account, unit: Unit): Promise<string | undefined> {
  const place = placeOf(account);
  if (!place) return undefined;
  const { lot } = goodsOfUnit(unit);
  const { company, id, name, code } = product;
  const where = {
    ...place,
    company,
    product: id as string,
    name,
    code,
    units: 0,
    ...(lot === undefined ? {} : { lot }),
  };
  return (await get(scope, contentKind, contentKey(scope, place.warehouse, where), { consistent: false }))?.arrived;
}

type Going = { readonly product: Product; readonly from: CompanyId; readonly into: CompanyId };

/** The transfers of all that one owner has of a product, promise first, or of some of what lies at places. */
async function entriesOf(scope: Scope, { product, from, into }: Going, places: readonly Balance[]): Promise<Entry[]> {
  const books = [placeBook(from, product.id), placeBook(into, product.id)] as const;
  const found = await Promise.all(
    places.map(async (one) =>
      overEntries(books, one, await arrivedAt(scope, { ...product, company: from }, one.account, one.unit)),
    ),
  );
  return found.flat();
}

async function promiseEntries(scope: Scope, { product, from, into }: Going): Promise<Entry[]> {
  const books = [promiseBook(from, product.id), promiseBook(into, product.id)] as const;
  const balances = await balancesOf(scope, books[0], { consistent: true });
  return balances.filter(({ available }) => available > 0).flatMap((one) => overEntries(books, one));
}

async function placesOf(scope: Scope, company: CompanyId, product: ProductId): Promise<Balance[]> {
  const balances = await balancesOf(scope, placeBook(company, product), { consistent: true });
  return balances.filter(({ available }) => available > 0);
}

const lotsToMove = async (scope: Scope, id: ProductId, into: CompanyId): Promise<Stored<Lot>[]> =>
  (await queryAll(scope, lotKind, partition(scope, "prd", id), { prefix: "lot#", consistent: true })).filter(
    ({ company }) => company !== into,
  );
const lotWrites = (scope: Scope, id: ProductId, lots: readonly Lot[], into: CompanyId): Write[] =>
  lots.map(({ lot }) => ({
    ...{ do: "update", key: lotKey(scope, id, lot), set: { company: into } },
    ...{ when: [["lot", "present"]], tag: "lot" },
  }));

/** A product as its new owner has it. What that owner made under the same code or GTIN a moment ago keeps it: this one gets another code, and no GTIN. */
function asOf(product: Product, from: CompanyId, into: CompanyId, lost: Readonly<Record<string, unknown>>): Product {
  const { gtin, packs, ...rest } = product;
  const taken = lost[`unique ${gtinOf(into)}`] !== undefined;
  const kept = {
    ...(gtin === undefined || taken ? {} : { gtin }),
    ...(packs === undefined ? {} : { packs: taken ? packs.map(({ name, units }) => ({ name, units })) : packs }),
  };
  const code = lost[`unique ${codeOf(into)}`] ? `${product.code}-${product.id.slice(4, 10)}` : product.code;
  return { ...rest, ...kept, code, company: into, former: [from, ...(product.former ?? [])] };
}

/** The writes by which a product is another owner's: itself, its place in the lists, its claims, its list of parts. */
async function productWrites(scope: Scope, before: Stored<Product>, after: Product): Promise<Write[]> {
  const { id, company: from } = before;
  const into = after.company;
  const [stock, kit] = await Promise.all([stockOf(scope, before), get(scope, kitKind, kitKey(scope, id))]);
  const { code, former, gtin, packs } = after;
  return [
    revise(
      productKey(scope, id),
      before.rev,
      { company: into, code, former, ...(packs ? { packs } : {}) },
      gtin === undefined ? ["gtin"] : [],
    ),
    { do: "delete", key: listedKey(scope, before) },
    overwrite(listedKey(scope, after), listedKind, listing(after, stock)),
    unclaim(scope, codeOf(from), before.code, id),
    claim(scope, codeOf(into), code, id),
    ...gtinsOf(before).map((had) => unclaim(scope, gtinOf(from), had, id)),
    ...gtinsOf(after).map((has) => claim(scope, gtinOf(into), has, id)),
    ...(kit ? [revise(kitKey(scope, id), kit.rev, { company: into }, [], "kit")] : []),
  ];
}

/** Words by which the product is found: those of the one owner go, the other gets them, in commits of their own since there are many, and before the product since they may be written again. */
async function moveWords(scope: Scope, before: Product, after: Product): Promise<void> {
  const [old, fresh] = [textsOf(before), textsOf(after)];
  await write(scope, indexWrites(scope, nounOf(before.company), before.id, old, [], before.name));
  await write(scope, [
    ...indexWrites(scope, nounOf(after.company), after.id, [], fresh, after.name),
    ...indexWrites(scope, "product", after.id, old, fresh, after.name),
  ]);
}

/**
 * Gives a product with all its goods to another owner: what is promised and what lies at up to ten places in one commit with the product itself, so that nobody sees half of it; of goods at more places, or of many
 * lots, the rest goes before. Each balance moves as it is when the commit is written.
 */
async function moveProduct(scope: Scope, id: ProductId, from: CompanyId, into: CompanyId): Promise<void> {
  let lost: Readonly<Record<string, unknown>> = {};
  for (let round = 0; round < rounds * 10; round += 1) {
    const stored = await get(scope, productKind, productKey(scope, id));
    if (stored?.company !== from) return;
    const { rev: _, ...product } = stored;
    const going = { product, from, into };
    const [places, lots] = await Promise.all([placesOf(scope, from, id), lotsToMove(scope, id, into)]);
    const step = stepOf(unsigned(scope), `goods ${id} ${round}`);
    if (lots.length > lotsBeside) {
      await write(step, lotWrites(scope, id, lots.slice(0, atOnce), into));
      continue;
    }
    if (places.length > balancesBeside) {
      const some = await entriesOf(scope, going, places.slice(0, balancesAlone));
      await write(step, planTransfers(step, some, "over").writes);
      continue;
    }
    const after = asOf(product, from, into, lost);
    await moveWords(scope, product, after);
    const entries = [...(await promiseEntries(scope, going)), ...(await entriesOf(scope, going, places))];
    const outcome = await commit(
      unsigned(step),
      [
        ...planTransfers(step, entries, "over").writes,
        ...(await productWrites(scope, stored, after)),
        ...lotWrites(scope, id, lots, into),
      ],
      { answer: null },
    );
    if (outcome.done) return;
    lost = { ...lost, ...Object.fromEntries(Object.entries(outcome.lost).filter(([, item]) => item !== null)) };
  }
  throw new Error(`the goods ${id} found no quiet moment`);
}

/** Takes over what came into the books of a former owner by work that had begun before. */
async function moveLeft(scope: Scope, product: Product, from: CompanyId): Promise<void> {
  const going = { product, from, into: product.company };
  for (let round = 0; round < rounds; round += 1) {
    const places = await placesOf(scope, from, product.id);
    const promised = await promiseEntries(scope, going);
    if (places.length + promised.length === 0) return;
    const some = [...promised, ...(await entriesOf(scope, going, places.slice(0, balancesAlone)))];
    const step = stepOf(unsigned(scope), `left ${product.id} ${round}`);
    await write(step, planTransfers(step, some, "left").writes);
  }
  throw new Error(`the goods ${product.id} found no quiet moment`);
}

type Document = { readonly id: string; readonly company: CompanyId; readonly at: string; readonly rev: number };
type Documents = {
  readonly list: (scope: Scope, of: string) => Key["pk"];
  readonly read: (scope: Scope, id: string) => Promise<(Document & { readonly warehouse?: string }) | undefined>;
  readonly key: (scope: Scope, id: string) => Key;
  /** The other lists that a document stands in. */
  readonly beside: (document: { readonly warehouse?: string }) => readonly string[];
  /** What of it is unique for its owner. */
  readonly numbered?: (scope: Scope, document: Document, into: CompanyId) => Promise<Write[]>;
};
/** An owner's own number of an order (外部单号) goes along, unless the other has an order of that number: then that one keeps it. */
async function numberedAnew(scope: Scope, { id, company }: Document, into: CompanyId): Promise<Write[]> {
  const number = (await orderOf(scope, id))?.reference;
  if (number === undefined) return [];
  const held = await ownerOf(scope, referenceOf(into), number);
  const gone = unclaim(scope, referenceOf(company), number, id);
  return held === undefined ? [gone, claim(scope, referenceOf(into), number, id)] : [gone];
}
const ofWarehouse = ({ warehouse }: { readonly warehouse?: string }) => (warehouse === undefined ? [] : [warehouse]);
const documents: readonly Documents[] = [
  { list: asnList, read: (scope, id) => asnOf(scope, id as AsnId), key: asnKey, beside: ofWarehouse },
  { list: orderList, read: orderOf, key: orderKey, beside: () => ["all"], numbered: numberedAnew },
  { list: palletList, read: palletOf, key: palletKey, beside: () => ["all"] },
  { list: returnList, read: returnOf, key: returnKey, beside: ofWarehouse },
];

/** Gives every notice, order or return of an owner to another, open ones and those that are over; each under its revision, so that whoever works at it goes on with the other owner. */
async function moveDocuments(scope: Scope, of: Documents, from: CompanyId, into: CompanyId): Promise<void> {
  for (let misses = 0; misses < rounds; ) {
    const page = await query(scope, entryKind, of.list(scope, from), { limit: atOnce, consistent: true });
    if (page.items.length === 0) return;
    for (const { id, at } of page.items) {
      const found = await of.read(scope, id);
      const entry = { id, company: into, at };
      const fresh = (list: string) => overwrite(keyIn(of.list(scope, list), at, id), entryKind, entry);
      const done = await write(scope, [
        { do: "delete", key: keyIn(of.list(scope, from), at, id) },
        ...(found ? [fresh(into)] : []),
        ...(found?.company === from
          ? [
              revise(of.key(scope, id), found.rev, { company: into }),
              ...of.beside(found).map(fresh),
              ...((await of.numbered?.(scope, found, into)) ?? []),
            ]
          : []),
      ]);
      if (!done) misses += 1;
    }
  }
  throw new Error(`the documents of ${from} found no quiet moment`);
}

/** Transfers between warehouses and pick faces stand in the lists of their warehouses, and bins say whose goods came in last. */
async function moveInWarehouses(scope: Scope, from: CompanyId, into: CompanyId): Promise<void> {
  for (const place of await warehousesOf(scope)) {
    const { id: warehouse } = place;
    for (const { code, whose } of (await elevationOf(scope, place, true)).bins)
      if (whose === from)
        await write(scope, [
          {
            ...{ do: "update", key: binKey(scope, warehouse, code), set: { whose: into } },
            ...{ when: [["whose", "=", from]], tag: "bin" },
          },
        ]);
    for (const entry of await queryAll(scope, entryKind, siteTransferList(scope, warehouse))) {
      if (entry.company !== from) continue;
      const { id, at } = entry;
      const found = await get(scope, siteTransferKind, siteTransferKey(scope, id));
      await write(scope, [
        overwrite(keyIn(siteTransferList(scope, warehouse), at, id), entryKind, { id, company: into, at }),
        ...(found?.company === from ? [revise(siteTransferKey(scope, id), found.rev, { company: into })] : []),
      ]);
    }
    for (const { bin, company } of await facesOf(scope, warehouse))
      if (company === from)
        await write(scope, [
          {
            ...{ do: "update", key: faceKey(scope, warehouse, bin), set: { company: into } },
            ...{ when: [["company", "=", from]], tag: "face" },
          },
        ]);
  }
}

/**
 * Gives the goods of an owner (货主) to the company that it turned out to be: products under their own ids, so that labels, lots, serials and history stay theirs; what is promised and what lies where, as transfers
 * between the books of both; notices, orders, returns and transfers, pick faces, kits and figures. Days of storage that have ended are closed before, for the one who had the goods then. Nothing moves in
 * the warehouse. Safe to run again: what went over is in the lists of the one that goes no more.
 */
export async function moveGoods(scope: Scope, from: CompanyId, into: GoodsInto): Promise<void> {
  const own = await get(scope, ownerKind, keyIn(owners(scope), from));
  if (own) {
    const until = plusDays(dayOf(scope.now, await stockZone(scope)), -1);
    for (const { id } of await warehousesOf(scope)) await closeStorageDays(stepOf(scope, id), { warehouse: id, until });
  }
  for (const of of documents) await moveDocuments(scope, of, from, into.id);
  for (const { id } of await queryAll(scope, listedKind, listOf(scope, from), { consistent: true }))
    await moveProduct(scope, id as ProductId, from, into.id);
  const came = (await queryAll(scope, listedKind, listOf(scope, into.id), { consistent: true })).filter((one) =>
    one.former?.includes(from),
  );
  for (const { id } of came) {
    const product = await get(scope, productKind, productKey(scope, id));
    if (product?.company === into.id) await moveLeft(scope, product, from);
  }
  if (own || came.length > 0) {
    await moveInWarehouses(scope, from, into.id);
    await moveFigures(scope, from, into.id);
    await write(scope, [
      { do: "delete", key: keyIn(owners(scope), from) },
      overwrite(keyIn(owners(scope), into.id), ownerKind, { company: into.id, name: into.name }),
    ]);
  }
}
