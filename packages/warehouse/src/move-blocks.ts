import type { CompanyId } from "@yihao/kernel/ids";
import type { Page } from "@yihao/kernel/paging";
import type { Scope } from "@yihao/kernel/scope";
import { queryAll } from "@yihao/table/read";
import type { AsnState } from "./asn-model.ts";
import { asnState } from "./asn-state.ts";
import type { CountState } from "./count-model.ts";
import { countsOf } from "./count-store.ts";
import { gtin14 } from "./gtin.ts";
import type { ProductId } from "./model.ts";
import type { Order } from "./order-model.ts";
import { codesTaken } from "./product-actions.ts";
import type { Product } from "./product-model.ts";
import type { Return } from "./return-model.ts";
import { returnKey, returnKind, returnList } from "./return-store.ts";
import {
  asnKey,
  asnKind,
  asnList,
  elevationOf,
  listed,
  listedKind,
  listOf,
  orderKey,
  orderKind,
  orderList,
  productsOf,
  warehousesOf,
} from "./store.ts";
import { listTransfers } from "./transfer-actions.ts";

/** What of an owner's goods is in somebody's hands, or would be named twice. */
export type GoodsBlock = {
  readonly what: "codes" | "notices" | "orders" | "returns" | "transfers" | "counts";
  readonly items: readonly { readonly id: string; readonly label: string }[];
};

const pageSize = 100;
const inWork = {
  asn: new Set<AsnState>(["arrived", "receiving", "received"]),
  order: new Set<Order["state"]>(["picking", "picked", "packed", "shipping", "cancelling"]),
  count: new Set<CountState>(["requested", "counting", "to-review", "posting"]),
};
const shortId = (id: string) => id.slice(4, 10).toUpperCase();

/** Every document of a list, page by page. */
export async function allListed<Item>(read: (range: { cursor?: string; limit: number }) => Promise<Page<Item>>) {
  const items: Item[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await read({ limit: pageSize, ...(cursor === undefined ? {} : { cursor }) });
    items.push(...page.items);
    if (page.next === null) return items;
    cursor = page.next;
  }
}

/** An owner's products, strongly consistent. */
export async function productsOfOwner(scope: Scope, company: CompanyId): Promise<Product[]> {
  const rows = await queryAll(scope, listedKind, listOf(scope, company), { consistent: true });
  const found = await productsOf(
    scope,
    rows.map(({ id }) => id as ProductId),
  );
  return found.flatMap((one) => (one?.company === company ? [one] : []));
}

/** Counts that are not over, of bins in which the owner has goods. */
async function countsAt(scope: Scope, company: CompanyId): Promise<GoodsBlock["items"]> {
  const found: { id: string; label: string }[] = [];
  for (const warehouse of await warehousesOf(scope)) {
    const open = (await countsOf(scope, warehouse.id, { limit: pageSize })).items.filter(({ state }) =>
      inWork.count.has(state),
    );
    if (open.length === 0) continue;
    const { contents } = await elevationOf(scope, warehouse);
    const bins = new Set(contents.flatMap((one) => (one.company === company && one.bin ? [one.bin] : [])));
    for (const { id, codes } of open) if (codes.some((code) => bins.has(code))) found.push({ id, label: shortId(id) });
  }
  return found;
}

async function transfersUnderWay(scope: Scope, company: CompanyId): Promise<GoodsBlock["items"]> {
  const found = new Map<string, string>();
  for (const { id } of await warehousesOf(scope))
    for (const one of await allListed((range) => listTransfers(scope, id, range)))
      if (one.company === company && one.state === "sent") found.set(one.id, shortId(one.id));
  return [...found].map(([id, label]) => ({ id, label }));
}

/**
 * What stands in the way of an owner's goods going over to another: products of both under one code or GTIN (`codes`), and documents in the middle of work, each by its id and what people call it: notices of which
 * something came and is not put away, orders of which something was picked or that stand in a wave, returns that wait for a decision, transfers on their way, counts of bins where its goods lie.
 */
export async function goodsBlocks(scope: Scope, company: CompanyId, into: CompanyId): Promise<GoodsBlock[]> {
  const products = await productsOfOwner(scope, company);
  if (products.length === 0) return [];
  const [taken, notices, orders, returns, transfers, counts] = await Promise.all([
    codesTaken(scope, into, products),
    allListed((range) => listed(scope, asnList(scope, company), asnKind, (id) => asnKey(scope, id), range)),
    allListed((range) => listed(scope, orderList(scope, "open"), orderKind, (id) => orderKey(scope, id), range)),
    allListed((range) =>
      listed<Return>(scope, returnList(scope, company), returnKind, (id) => returnKey(scope, id), range),
    ),
    transfersUnderWay(scope, company),
    countsAt(scope, company),
  ]);
  const blocks: GoodsBlock[] = [
    {
      what: "codes",
      items: products.flatMap((one) => {
        const held = taken(one);
        const own = held?.of === "gtin" && one.gtin !== undefined && gtin14(one.gtin) === held.value;
        return held ? [{ id: one.id, label: `${one.name} · ${own ? one.gtin : held.value}` }] : [];
      }),
    },
    {
      what: "notices",
      items: notices
        .filter((one) => inWork.asn.has(asnState(one)))
        .map(({ id, reference }) => ({ id, label: reference ?? shortId(id) })),
    },
    {
      what: "orders",
      items: orders
        .filter((one) => one.company === company && (inWork.order.has(one.state) || one.wave !== undefined))
        .map(({ id, recipient }) => ({ id, label: `${shortId(id)} ${recipient.name}` })),
    },
    {
      what: "returns",
      items: returns.filter(({ state }) => state === "receiving").map(({ id }) => ({ id, label: shortId(id) })),
    },
    { what: "transfers", items: transfers },
    { what: "counts", items: counts },
  ];
  return blocks.filter(({ items }) => items.length > 0);
}

/** What of an owner's goods goes over: products, and open notices, orders and returns. */
export async function goodsToMove(scope: Scope, company: CompanyId): Promise<{ products: number; orders: number }> {
  const [products, orders] = await Promise.all([
    productsOfOwner(scope, company),
    allListed((range) => listed(scope, orderList(scope, company), orderKind, (id) => orderKey(scope, id), range)),
  ]);
  return { products: products.length, orders: orders.length };
}
