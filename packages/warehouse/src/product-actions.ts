import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Page } from "@yihao/kernel/paging";
import { pinyinForms } from "@yihao/kernel/pinyin";
import type { Scope } from "@yihao/kernel/scope";
import type { DocumentId } from "@yihao/members/document-model";
import { documentOf } from "@yihao/members/document-store";
import { companyOf } from "@yihao/members/store";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { keyIn } from "@yihao/table/key";
import type { Stored } from "@yihao/table/kind";
import { getMany, query, queryAll } from "@yihao/table/read";
import { indexWrites, search } from "@yihao/table/search";
import { claim, ownerOf, unclaim } from "@yihao/table/unique";
import { insert, overwrite, type Write } from "@yihao/table/write";
import { mm3Of } from "./bin-load.ts";
import { cleanGtin, gtin14, gtinFault } from "./gtin.ts";
import { watchLow } from "./low-stock-actions.ts";
import type { ProductId } from "./model.ts";
import { maySee, ownerFor } from "./owners.ts";
import { cleanPacks, packGtins } from "./packaging.ts";
import type { ListedProduct, NewProduct, Product, ProductEdit, ProductView, WholeProduct } from "./product-model.ts";
import { nothingThere, refreshStock, stockOf } from "./projections.ts";
import {
  listedKey,
  listedKind,
  listOf,
  ownerKind,
  owners,
  productKey,
  productKind,
  productOf,
  productsOf,
  revise,
} from "./store.ts";

/** The list entry of a product, with the stock it had when it was last looked at. */
export const listing = (product: Product, stock: Omit<ListedProduct, keyof Product>): ListedProduct => ({
  id: product.id,
  company: product.company,
  name: product.name,
  code: product.code,
  unit: product.unit,
  ...(product.gtin === undefined ? {} : { gtin: product.gtin }),
  ...(product.reorderPoint === undefined ? {} : { reorderPoint: product.reorderPoint }),
  ...(product.track === undefined ? {} : { track: product.track }),
  ...(product.dated ? { dated: true } : {}),
  ...(product.packs === undefined ? {} : { packs: product.packs }),
  ...(product.shelfDays === undefined ? {} : { shelfDays: product.shelfDays }),
  ...(product.former === undefined ? {} : { former: product.former }),
  ...stock,
});
const nothing = { onHand: 0, free: 0, reserved: 0, pledged: 0, held: 0 };

/** The words a product is found by. */
export function textsOf({ name, code, gtin, packs }: Product): string[] {
  const [full, initials] = pinyinForms(name);
  return [code, ...(gtin ? [gtin] : []), ...packGtins(packs), initials, full, name];
}
export const nounOf = (company: CompanyId) => `product.${company}`;
const indexed = (scope: Scope, product: Product, before: readonly string[], after: readonly string[]): Write[] => [
  ...indexWrites(scope, nounOf(product.company), product.id, before, after, product.name),
  ...indexWrites(scope, "product", product.id, before, after, product.name),
];

export const gtinOf = (company: CompanyId) => `gtin.${company}`;
/** The GTINs that a product and its packs are known by, each its owner's once. */
export const gtinsOf = ({ gtin, packs }: Pick<Product, "gtin" | "packs">): string[] =>
  [...(gtin === undefined ? [] : [gtin]), ...packGtins(packs)].map(gtin14);
export const codeOf = (company: CompanyId) => `code.${company}`;

/**
 * Adds a product (货品) of an owner. Refused: `gtin.invalid` with the fault, `packs.same`, `product.picture` unless it is a document of its owner, `product.taken` with the product that has the
 * code or GTIN already. `seed` tells apart several products of one command.
 */
export async function addProduct(scope: Scope, wish: NewProduct, seed = ""): Promise<Outcome<ProductView>> {
  const owner = await ownerFor(scope, wish.company);
  if (!owner.ok) return owner;
  const company = owner.value;
  const decided = newProduct(company, idFor(scope, "prd", seed), wish);
  if (!decided.ok) return decided;
  if (!(await pictured(scope, company, wish.picture))) return refuse("product.picture");
  const product = decided.value;
  const name = (await companyOf(scope, company, { consistent: false }))?.name ?? company;
  const outcome = await commit(
    scope,
    [...productWrites(scope, product), overwrite(keyIn(owners(scope), company), ownerKind, { company, name })],
    { answer: { ...product, rev: 1 } as ProductView },
  );
  if (outcome.done) return accept(outcome.answer);
  return taken(outcome.lost, company);
}

/** Whether a product's picture, if it has one, lies among its owner's documents. */
const pictured = async (scope: Scope, company: CompanyId, picture: DocumentId | undefined): Promise<boolean> =>
  picture === undefined || (await documentOf(scope, company, picture))?.state === "ready";

/** A product of an owner as it is wished. Refused: `gtin.invalid` with the fault, `packs.same`. */
export function newProduct(company: CompanyId, id: ProductId, wish: NewProduct): Outcome<Product> {
  const gtin = wish.gtin === undefined || wish.gtin.trim() === "" ? undefined : cleanGtin(wish.gtin);
  const fault = gtin === undefined ? undefined : gtinFault(gtin);
  if (fault) return refuse("gtin.invalid", { fault, gtin: wish.gtin });
  const packs = cleanPacks(wish.packs ?? [], gtin);
  if (!packs.ok) return packs;
  return accept({
    id,
    company,
    name: wish.name,
    code: wish.code ?? gtin ?? id.slice(4, 12).toUpperCase(),
    unit: wish.unit ?? "件",
    ...(gtin === undefined ? {} : { gtin }),
    ...(wish.size === undefined ? {} : { size: wish.size }),
    ...(wish.weightGrams === undefined ? {} : { weightGrams: wish.weightGrams }),
    ...(wish.reorderPoint === undefined ? {} : { reorderPoint: wish.reorderPoint }),
    ...(wish.track === undefined ? {} : { track: wish.track }),
    ...(wish.dated ? { dated: true } : {}),
    ...(wish.costMinor === undefined ? {} : { costMinor: wish.costMinor }),
    ...(wish.class === undefined || wish.class === "general" ? {} : { class: wish.class }),
    ...(packs.value.length === 0 ? {} : { packs: packs.value }),
    ...(wish.shelfDays === undefined ? {} : { shelfDays: wish.shelfDays }),
    ...(wish.picture === undefined ? {} : { picture: wish.picture }),
  });
}

/** The writes of a new product: itself, its place in the list, its code and GTIN as its owner's once, and the words it is found by. */
export function productWrites(scope: Scope, product: Product, words = textsOf(product)): Write[] {
  const { company, id, code } = product;
  return [
    insert(productKey(scope, id), productKind, product, `product ${id}`),
    insert(listedKey(scope, product), listedKind, listing(product, nothing)),
    claim(scope, codeOf(company), code, id),
    ...gtinsOf(product).map((gtin) => claim(scope, gtinOf(company), gtin, id)),
    ...indexed(scope, product, [], words),
  ];
}

/** Which code or GTIN an owner has already, from what a commit lost. */
export function taken(
  lost: Readonly<Record<string, Record<string, unknown> | null>>,
  company: CompanyId,
): Outcome<never> {
  for (const field of ["gtin", "code"]) {
    const held = lost[`unique ${field}.${company}`];
    if (held) return refuse("product.taken", { of: field, value: held.value, product: held.owner });
  }
  return refuse("conflict");
}

/** Changes a product as it was seen. Refused: `missing`, `stale`, `gtin.invalid`, `packs.same`, `product.picture`, `product.taken`, `product.tracked` while goods are there. */
export async function editProduct(
  scope: Scope,
  id: ProductId,
  rev: number,
  edit: ProductEdit,
): Promise<Outcome<ProductView>> {
  const before = await productOf(scope, id);
  if (!before || !maySee(scope, before.company)) return refuse("missing");
  if (before.rev !== rev) return refuse("stale", { current: before.rev });
  const gtin = edit.gtin === undefined || edit.gtin.trim() === "" ? undefined : cleanGtin(edit.gtin);
  const fault = gtin === undefined ? undefined : gtinFault(gtin);
  if (fault) return refuse("gtin.invalid", { fault, gtin: edit.gtin });
  const packs = cleanPacks(edit.packs ?? [], gtin);
  if (!packs.ok) return packs;
  const { rev: _rev, ...old } = before;
  const { company } = old;
  if (edit.picture !== old.picture && !(await pictured(scope, company, edit.picture))) return refuse("product.picture");
  const stock = await stockOf(scope, old);
  // Goods that lie there would have no lot, or one that nobody asks for.
  const toldApart = old.track !== edit.track || (old.dated ?? false) !== (edit.dated ?? false);
  if (stock.onHand > 0 && toldApart) return refuse("product.tracked", { onHand: stock.onHand });
  const product: Product = {
    id,
    company,
    name: edit.name,
    code: edit.code,
    unit: edit.unit,
    ...(gtin === undefined ? {} : { gtin }),
    ...(edit.size === undefined ? {} : { size: edit.size }),
    ...(edit.weightGrams === undefined ? {} : { weightGrams: edit.weightGrams }),
    ...(edit.reorderPoint === undefined ? {} : { reorderPoint: edit.reorderPoint }),
    ...(edit.track === undefined ? {} : { track: edit.track }),
    ...(edit.dated ? { dated: true } : {}),
    ...(edit.costMinor === undefined ? {} : { costMinor: edit.costMinor }),
    ...(old.former === undefined ? {} : { former: old.former }),
    ...(edit.class === undefined || edit.class === "general" ? {} : { class: edit.class }),
    ...(packs.value.length === 0 ? {} : { packs: packs.value }),
    ...(edit.shelfDays === undefined ? {} : { shelfDays: edit.shelfDays }),
    ...(edit.picture === undefined ? {} : { picture: edit.picture }),
  };
  const writes: Write[] = [
    revise(
      productKey(scope, id),
      rev,
      { ...product },
      (
        [
          "gtin",
          "size",
          "weightGrams",
          "reorderPoint",
          "track",
          "dated",
          "costMinor",
          "class",
          "packs",
          "shelfDays",
          "picture",
        ] as const
      ).filter((name) => product[name] === undefined),
    ),
  ];
  if (old.code.toUpperCase() !== product.code.toUpperCase()) {
    writes.push(unclaim(scope, codeOf(company), old.code, id), claim(scope, codeOf(company), product.code, id));
    writes.push({ do: "delete", key: listedKey(scope, old) });
  }
  const [had, has] = [gtinsOf(old), gtinsOf(product)];
  for (const gone of had) if (!has.includes(gone)) writes.push(unclaim(scope, gtinOf(company), gone, id));
  for (const fresh of has) if (!had.includes(fresh)) writes.push(claim(scope, gtinOf(company), fresh, id));
  writes.push(overwrite(listedKey(scope, product), listedKind, listing(product, stock)));
  writes.push(...indexed(scope, product, textsOf(old), textsOf(product)));
  // Some may come in this very moment.
  if (toldApart) writes.push(nothingThere(scope, old, "there"));
  // What lies in bins is weighed anew, bin by bin.
  if (old.weightGrams !== product.weightGrams || mm3Of(old.size) !== mm3Of(product.size))
    writes.push(dueAt(scope, scope.now, "warehouse.weigh", id));
  const outcome = await commit(scope, writes, { answer: { ...product, rev: rev + 1 } });
  if (outcome.done) {
    // The figures just copied may be older than a movement of this very moment.
    await refreshStock(scope, product);
    // A replay finds the crossing told; another reorder point may be one.
    if (old.reorderPoint !== product.reorderPoint) await watchLow(scope, id);
    return accept(outcome.answer);
  }
  if (outcome.lost.stale !== undefined) return refuse("stale", { current: Number(outcome.lost.stale?.rev ?? 0) });
  if (outcome.lost.there !== undefined)
    return refuse("product.tracked", { onHand: (await stockOf(scope, old)).onHand });
  return taken(outcome.lost, company);
}

/** A product that the caller may see, as it is now: whoever just changed it reads it again, and the next change is made of what is read. */
export async function readProduct(scope: Scope, id: ProductId): Promise<Outcome<Stored<Product>>> {
  const product = await productOf(scope, id, true);
  return product && maySee(scope, product.company) ? accept(product) : refuse("missing");
}

/**
 * A page of an owner's products by code with their stock: one query, its cost the same on every page. With `text`, those whose
 * name, pinyin, code or GTIN begins so, all owners' for staff who name none. `whole` adds each one's weight, size and cost, read from the products.
 */
export async function listProducts(
  scope: Scope,
  wish: {
    company?: string | undefined;
    text?: string | undefined;
    cursor?: string | undefined;
    limit?: number | undefined;
    whole?: "true" | undefined;
    /** Only these, as far as the scope may see them; by commas. */
    ids?: string | undefined;
  },
): Promise<Outcome<Page<WholeProduct>>> {
  const page = await listedPage(scope, wish);
  if (!page.ok || wish.whole === undefined) return page;
  const products = await productsOf(
    scope,
    page.value.items.map(({ id }) => id as ProductId),
  );
  const items = page.value.items.map((one, at) => {
    const { weightGrams, size, costMinor } = products[at] ?? {};
    return {
      ...one,
      ...(weightGrams === undefined ? {} : { weightGrams }),
      ...(size === undefined ? {} : { size }),
      ...(costMinor === undefined ? {} : { costMinor }),
    };
  });
  return accept({ items, next: page.value.next });
}

async function listedPage(
  scope: Scope,
  wish: Omit<Parameters<typeof listProducts>[1], "whole">,
): Promise<Outcome<Page<ListedProduct>>> {
  if (wish.ids !== undefined) {
    const named = [...new Set(wish.ids.split(","))] as ProductId[];
    return accept({ items: await entriesOf(scope, named), next: null });
  }
  const searching = wish.text !== undefined && wish.text.trim() !== "";
  if (searching && wish.company === undefined && scope.actor.kind === "staff")
    return accept(await found(scope, "product", wish.text ?? ""));
  const owner = await ownerFor(scope, wish.company);
  if (!owner.ok) return owner;
  if (searching) return accept(await found(scope, nounOf(owner.value), wish.text ?? ""));
  const page = await query(scope, listedKind, listOf(scope, owner.value), {
    cursor: wish.cursor,
    ...(wish.limit === undefined ? {} : { limit: wish.limit }),
  });
  return accept({ items: page.items.map(plain), next: page.next });
}

const plain = ({ rev: _rev, ...listed }: Stored<ListedProduct>): ListedProduct => listed;

async function found(scope: Scope, noun: string, text: string): Promise<Page<ListedProduct>> {
  const hits = await search(scope, noun, text, 50);
  const items = await entriesOf(
    scope,
    hits.map(({ id }) => id as ProductId),
  );
  return { items, next: null };
}

/** Products by their ids as lists show them, those that are there and that the scope may see. */
async function entriesOf(scope: Scope, ids: readonly ProductId[]): Promise<ListedProduct[]> {
  const products = (await productsOf(scope, ids)).filter((one) => one !== undefined);
  const seen = products.filter(({ company }) => maySee(scope, company)).map((one) => listedKey(scope, one));
  return (await getMany(scope, listedKind, seen)).filter((one) => one !== undefined).map(plain);
}

/** The product of an owner that a GTIN or own code names exactly, or undefined. */
export async function productByCode(
  scope: Scope,
  company: CompanyId,
  code: { gtin?: string | undefined; code?: string | undefined },
): Promise<ProductId | undefined> {
  const byGtin = code.gtin === undefined ? undefined : await ownerOf(scope, gtinOf(company), gtin14(code.gtin));
  const id = byGtin ?? (code.code === undefined ? undefined : await ownerOf(scope, codeOf(company), code.code));
  return id as ProductId | undefined;
}

/** Which of some products have a code or GTIN, of their own or of a pack, that their owner has already: tells which and what. Two reads a product, all in batches. */
export async function codesTaken(
  scope: Scope,
  company: CompanyId,
  products: readonly Product[],
): Promise<(product: Product) => { of: "gtin" | "code"; value: string } | undefined> {
  const held = new Map<Product, { of: "gtin" | "code"; value: string }>();
  await Promise.all(
    products.map(async (product) => {
      const [byGtin, byCode] = await Promise.all([
        Promise.all(gtinsOf(product).map((gtin) => ownerOf(scope, gtinOf(company), gtin))),
        ownerOf(scope, codeOf(company), product.code),
      ]);
      const known = gtinsOf(product).find((_, at) => byGtin[at] !== undefined);
      if (known !== undefined) held.set(product, { of: "gtin", value: known });
      else if (byCode) held.set(product, { of: "code", value: product.code });
    }),
  );
  return (product) => held.get(product);
}

/** Companies that have goods here (货主), by id. */
export async function listOwners(scope: Scope): Promise<{ company: CompanyId; name: string }[]> {
  return (await queryAll(scope, ownerKind, owners(scope))).map(({ company, name }) => ({ company, name }));
}
