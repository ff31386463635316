import type { CompanyId } from "@yihao/kernel/ids";
import type { Account, Book, Transfer } from "@yihao/ledger/model";
import type { ProductId, placeKinds, WarehouseId } from "./model.ts";
import type { MovementType } from "./stock-model.ts";

/** Through which goods go over from the books of one owner into those of another that it turned out to be; they stay where they lie. */
export const ownerAccount = "merge";
const outside = new Set(["outside", ownerAccount]);
/** Where goods come from and go to for good: `scrap` is what was thrown away (报废), `kit` what went into sets and came out of them (组套), `opening` what was there at first (期初). */
const world = new Set(["supplier", "customer", "variance", "scrap", "kit", "opening", ownerAccount]);

/** Whether a transfer only gives goods to another owner: nothing moves, nothing comes and nothing leaves. */
export const changesOwner = ({ from, to }: Pick<Transfer, "from" | "to">): boolean =>
  from === ownerAccount || to === ownerAccount;

/** What is promised of a product (承诺账): free, reserved, pledged and held, in one balance item; `outside` and `merge` are open. */
export function promiseBook(company: CompanyId, product: ProductId): Book {
  return { parts: ["promise", company, product], layout: "shared", open: (account) => outside.has(account) };
}

/** Where a product lies (库位账): a balance per bin, receiving, packing, quarantine, returns and transit; supplier, customer, variance, scrap, kit, opening and merge are open. */
export function placeBook(company: CompanyId, product: ProductId): Book {
  return { parts: ["place", company, product], layout: "each", open: (account) => world.has(account) };
}

/** The unit in which a product is counted: where it lies by lot or serial, what is promised of it without. */
export function skuOf(product: ProductId, lot?: string): string {
  return lot === undefined ? `sku:${product}` : `sku:${product}:${lot}`;
}

/** The product that a unit counts, and the lot or serial when it names one. */
export function goodsOfUnit(unit: string): { product: string; lot?: string } {
  const [, product = "", lot] = /^sku:([^:]+)(?::(.+))?$/.exec(unit) ?? [];
  return { product, ...(lot === undefined ? {} : { lot }) };
}

export const binAccount = (warehouse: WarehouseId, code: string): Account => `bin:${warehouse}:${code}`;
export const receivingAccount = (warehouse: WarehouseId): Account => `receiving:${warehouse}`;
export const packingAccount = (warehouse: WarehouseId): Account => `packing:${warehouse}`;
/** Damaged goods stand apart, held and never promised. */
export const quarantineAccount = (warehouse: WarehouseId): Account => `quarantine:${warehouse}`;

/** What came back waits here for a decision, held. */
export const returnsAccount = (warehouse: WarehouseId): Account => `returns:${warehouse}`;
/** Goods on their way to a warehouse from another of the space (在途), held. */
export const transitAccount = (to: WarehouseId): Account => `transit:${to}`;

export type Place = {
  readonly place: (typeof placeKinds)[number];
  readonly warehouse: WarehouseId;
  readonly bin?: string;
};

/** The place that an account of the place book names; undefined for open accounts. */
export function placeOf(account: Account): Place | undefined {
  const found = /^(bin|receiving|packing|quarantine|returns|transit):(whs_[^:]+)(?::(.+))?$/.exec(account);
  if (!found) return undefined;
  const [, place, warehouse, bin] = found;
  return {
    place: place as Place["place"],
    warehouse: warehouse as WarehouseId,
    ...(bin === undefined ? {} : { bin }),
  };
}

/** The owner and product of a goods book by its name, and which book it is. */
export function goodsOf(
  book: string,
): { book: "promise" | "place"; company: CompanyId; product: ProductId } | undefined {
  const [kind, company, product] = book.split("/");
  if ((kind !== "promise" && kind !== "place") || !company || !product) return undefined;
  return { book: kind, company: company as CompanyId, product: product as ProductId };
}

/** Whether an account of a goods book, given by its name, is open. */
export function isOpenGoods(book: string, account: Account): boolean {
  const goods = goodsOf(book);
  if (!goods) return false;
  return (goods.book === "promise" ? outside : world).has(account);
}

/** What a transfer of the place book was (作业类型). */
export function movementOf(transfer: Pick<Transfer, "from" | "to">): MovementType {
  const from = placeOf(transfer.from)?.place;
  const to = placeOf(transfer.to)?.place;
  if (transfer.from === "supplier") return "receive";
  if (transfer.from === "customer") return "return";
  if (transfer.from === "kit" || transfer.to === "kit") return "kit";
  if (transfer.to === "scrap") return "scrap";
  if (transfer.to === "customer") return from === "returns" ? "send-back" : "ship";
  if (from === undefined || to === undefined) return "adjust";
  if (from === "transit" || to === "transit") return "transfer";
  if (from === "returns") return "grade";
  if (to === "packing") return "pick";
  if (from === "packing") return "return";
  if (from === "receiving") return "putaway";
  return "move";
}
