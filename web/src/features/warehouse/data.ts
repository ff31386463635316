import type { AsnCheck, AsnView, NewAsn } from "@yihao/warehouse/asn-model";
import type { BinPattern } from "@yihao/warehouse/model";
import type { NewOrder, OrderView, Pick } from "@yihao/warehouse/order-model";
import type { NewProduct, ProductEdit } from "@yihao/warehouse/product-model";
import type { Movement } from "@yihao/warehouse/stock-model";
import { type Intent, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { allPages, firstPages, whileGrowing } from "../../pages.ts";
import { createInfiniteQuery, createQuery, liveEveryMs, queryClient } from "../../query.ts";
import "./words.ts";

const inSpace = api.spaces[":space"];
/** Stock that others move is asked for more often than the rest. */
const stockEveryMs = Math.min(liveEveryMs, 1_000);

/** Documents that a list shows at first, and by how many it grows. */
export const documentsMost = 100;
const beyond = (most: number) => (most > documentsMost ? [most] : []);
/** The warehouses of a space. */
export const useWarehouses = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "warehouses"],
    queryFn: async () => (await ok(inSpace.warehouses.$get({ param: { space: space() } }))).items,
    staleTime: 60_000,
  }));

/** Bins and what stands in a warehouse, live. */
export const useElevation = (space: () => string, warehouse: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "map", warehouse()],
    queryFn: () =>
      ok(inSpace.warehouses[":warehouse"].bins.$get({ param: { space: space(), warehouse: warehouse() ?? "" } })),
    enabled: warehouse() !== undefined,
    refetchInterval: liveEveryMs,
  }));

/** The newest movements of a warehouse, live. */
export const useMovements = (space: () => string, warehouse: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "movements", warehouse()],
    queryFn: async (): Promise<Movement[]> =>
      (
        await ok(
          inSpace.warehouses[":warehouse"].movements.$get({
            param: { space: space(), warehouse: warehouse() ?? "" },
            query: { limit: "40" },
          }),
        )
      ).items,
    enabled: warehouse() !== undefined,
    refetchInterval: stockEveryMs,
  }));

/** Companies that have goods here; staff only. */
export const useOwners = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "owners"],
    queryFn: async () => (await ok(inSpace.owners.$get({ param: { space: space() } }))).items,
  }));

/** Companies to act for, by name; staff only. */
export const useCompanyNames = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "companies"],
    queryFn: async () =>
      (await ok(inSpace.companies.$get({ param: { space: space() }, query: { limit: "200" } }))).items,
  }));

/** Stock product by product, page after page, live; `company` is for staff. */
export const useStock = (space: () => string, company: () => string | undefined, text: () => string) =>
  createInfiniteQuery(() => ({
    queryKey: ["wh", space(), "stock", company() ?? "own", text()],
    queryFn: ({ pageParam }: { pageParam: string }) =>
      ok(
        inSpace.stock.$get({
          param: { space: space() },
          query: {
            ...(company() ? { company: company() } : {}),
            ...(text() ? { text: text() } : {}),
            ...(pageParam ? { cursor: pageParam } : {}),
          },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last: { next: string | null }) => last.next ?? undefined,
    enabled: company() !== "",
    refetchInterval: stockEveryMs,
  }));

/** All products of an owner with their stock, for an export. */
export const allStock = (space: string, company: string | undefined) =>
  allPages((query) =>
    ok(inSpace.stock.$get({ param: { space }, query: { ...query, ...(company ? { company } : {}) } })),
  );

/** All products of an owner with all that an import takes of them. */
export const allProducts = (space: string, company: string | undefined) =>
  allPages((query) =>
    ok(
      inSpace.products.$get({
        param: { space },
        query: { ...query, ...(company ? { company } : {}), whole: "true" as const },
      }),
    ),
  );

/** One product with its stock and places. */
export const readProduct = (space: string, product: string) =>
  ok(inSpace.products[":product"].$get({ param: { space, product } }));

/** One product with its stock and places, live. */
export const useProduct = (space: () => string, product: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "product", product()],
    queryFn: () => readProduct(space(), product() ?? ""),
    enabled: product() !== undefined,
    refetchInterval: stockEveryMs,
  }));

/** A product's stock card, newest first, page after page. */
export const useCard = (space: () => string, product: () => string | undefined) =>
  createInfiniteQuery(() => ({
    queryKey: ["wh", space(), "card", product()],
    queryFn: ({ pageParam }: { pageParam: string }) =>
      ok(
        inSpace.products[":product"].card.$get({
          param: { space: space(), product: product() ?? "" },
          query: { limit: "30", ...(pageParam ? { cursor: pageParam } : {}) },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last: { next: string | null }) => last.next ?? undefined,
    enabled: product() !== undefined,
    refetchInterval: liveEveryMs,
  }));

/** On hand at the end of each of the last 30 days. */
export const useSeries = (space: () => string, product: () => string | undefined, zone: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "series", product(), zone()],
    queryFn: () =>
      ok(
        inSpace.products[":product"].series.$get({
          param: { space: space(), product: product() ?? "" },
          query: { days: "30", ...(zone() ? { zone: zone() } : {}) },
        }),
      ),
    enabled: product() !== undefined,
    refetchInterval: liveEveryMs,
  }));

/** What may be promised of a product now and as announced goods come in. */
export const usePromisable = (space: () => string, product: () => string) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "promisable", product()],
    queryFn: () => ok(inSpace.products[":product"].promisable.$get({ param: { space: space(), product: product() } })),
  }));

/** Inbound notices, newest first: the own company's, or for staff those of a warehouse. */
export const useAsns = (
  space: () => string,
  warehouse: () => string | undefined,
  own = false,
  most: () => number = () => documentsMost,
) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "asns", own ? "own" : warehouse(), ...beyond(most())],
    queryFn: () =>
      firstPages(most(), (page) =>
        ok(
          inSpace.asns.$get({
            param: { space: space() },
            query: { ...page, ...(own || !warehouse() ? {} : { warehouse: warehouse() }) },
          }),
        ),
      ),
    placeholderData: whileGrowing("wh", space(), "asns", own ? "own" : warehouse()),
    enabled: own || warehouse() !== undefined,
    refetchInterval: liveEveryMs,
  }));

/** One inbound notice with its lines. */
export const useAsn = (space: () => string, asn: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "asn", asn()],
    queryFn: () => ok(inSpace.asns[":asn"].$get({ param: { space: space(), asn: asn() ?? "" } })),
    enabled: asn() !== undefined,
    refetchInterval: liveEveryMs,
  }));

/** Orders: the open ones oldest first, or all newest first. */
export const useOrders = (
  space: () => string,
  open: () => boolean,
  text: () => string = () => "",
  most: () => number = () => documentsMost,
) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "orders", open(), text(), ...beyond(most())],
    queryFn: (): Promise<OrderView[]> =>
      firstPages(most(), (page) =>
        ok(
          inSpace.orders.$get({
            param: { space: space() },
            query: { ...page, ...(open() ? { open: "true" } : {}), ...(text() === "" ? {} : { text: text() }) },
          }),
        ),
      ),
    placeholderData: whileGrowing("wh", space(), "orders", open(), text()),
    refetchInterval: liveEveryMs,
  }));

/** One order. */
export const useOrder = (space: () => string, order: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "order", order()],
    queryFn: async (): Promise<OrderView> =>
      ok(inSpace.orders[":order"].$get({ param: { space: space(), order: order() ?? "" } })),
    enabled: order() !== undefined,
    refetchInterval: liveEveryMs,
  }));

/** Where to pick an order's open lines. */
export const usePicks = (space: () => string, order: () => string, warehouse: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "picks", order(), warehouse()],
    queryFn: async () =>
      (
        await ok(
          inSpace.orders[":order"].picks.$get({
            param: { space: space(), order: order() },
            query: { warehouse: warehouse() ?? "" },
          }),
        )
      ).items,
    enabled: warehouse() !== undefined,
  }));

/** Goods that wait in receiving, with bins to go to. */
export const usePutaways = (space: () => string, warehouse: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "putaways", warehouse()],
    queryFn: async () =>
      (
        await ok(
          inSpace.warehouses[":warehouse"].putaway.$get({ param: { space: space(), warehouse: warehouse() ?? "" } }),
        )
      ).items,
    enabled: warehouse() !== undefined,
    refetchInterval: liveEveryMs,
  }));

/** Everything of the warehouse on screen is read again: after an own command at once. */
const renew = (space: string) => queryClient.invalidateQueries({ queryKey: ["wh", space] });
async function done<T>(space: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } finally {
    void renew(space);
  }
}

/** Opens a warehouse with its first zone of bins. */
export async function openWarehouse(
  space: string,
  wish: { name: string; zone: string },
  bins: BinPattern,
  intent: Intent,
) {
  const made = await ok(inSpace.warehouses.$post({ param: { space }, json: wish }, intent.with()));
  return addBins(space, made.id, bins, intent.key);
}

/** Makes bins by a pattern. `key` is the intent's: the same wish is done once. */
export const addBins = (space: string, warehouse: string, bins: BinPattern, key: string) =>
  done(
    space,
    ok(
      inSpace.warehouses[":warehouse"].bins.$post(
        { param: { space, warehouse }, json: bins },
        { headers: { "Idempotency-Key": `${key}-bins` } },
      ),
    ),
  );

/** Adds a product. */
export const addProduct = (space: string, wish: NewProduct, intent: Intent) =>
  done(space, ok(inSpace.products.$post({ param: { space }, json: wish }, intent.with())));

/** Changes a product as it was seen. What is shown of it is the answer at once, however long it takes to be read anew. */
export const editProduct = (space: string, product: string, rev: number, wish: ProductEdit) => {
  const put$ = inSpace.products[":product"].$put;
  const answer = ok(put$({ param: { space, product }, json: wish }, { headers: { "If-Match": `"${rev}"` } }));
  const shown = answer.then((after) => {
    type Shown = Awaited<ReturnType<typeof readProduct>>;
    const key = ["wh", space, "product", product];
    queryClient.setQueryData<Shown>(key, (before) => before && { ...before, product: after });
    return after;
  });
  return done(space, shown);
};

/** Tries an inbound notice without writing it. */
export const tryAsn = (space: string, wish: NewAsn): Promise<AsnCheck> =>
  ok(inSpace.asns.check.$post({ param: { space }, json: wish }));

/** Announces goods. */
export const announce = (space: string, wish: NewAsn, intent: Intent): Promise<AsnView> =>
  done(space, ok(inSpace.asns.$post({ param: { space }, json: wish }, intent.with())));

/** Marks a notice as arrived on so many pallets, or puts their number right. */
export const arriveAsn = (space: string, asn: string, pallets: number, intent: Intent) =>
  done(space, ok(inSpace.asns[":asn"].arrive.$post({ param: { space, asn }, json: { pallets } }, intent.with())));

/** Closes a notice. */
export const closeAsn = (space: string, asn: string, intent: Intent) =>
  done(space, ok(inSpace.asns[":asn"].close.$post({ param: { space, asn } }, intent.with())));

/** Moves goods between bins. */
export const moveGoods = (
  space: string,
  wish: { warehouse: string; product: string; units: number; from: string; to: string; lot?: string },
  intent: Intent,
) => done(space, ok(inSpace.moves.$post({ param: { space }, json: wish }, intent.with())));

/** Orders goods out. */
export const placeOrder = (space: string, wish: NewOrder, intent: Intent): Promise<OrderView> =>
  done(space, ok(inSpace.orders.$post({ param: { space }, json: wish }, intent.with())));

/** Picks units of a line. */
export const pick = (space: string, order: string, wish: Pick, intent: Intent): Promise<OrderView> =>
  done(space, ok(inSpace.orders[":order"].pick.$post({ param: { space, order }, json: wish }, intent.with())));

/** Cancels an order. */
export const cancelOrder = (space: string, order: string, intent: Intent): Promise<OrderView> =>
  done(space, ok(inSpace.orders[":order"].cancel.$post({ param: { space, order } }, intent.with())));
