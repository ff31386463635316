import type { FaceEdit } from "@yihao/warehouse/face-model";
import type { KitEdit, KitWork } from "@yihao/warehouse/kit-model";
import type { BinEdit } from "@yihao/warehouse/model";
import type { OrderView } from "@yihao/warehouse/order-model";
import type { NewSiteTransfer, ReceiveTransfer } from "@yihao/warehouse/transfer-model";
import type { NewWave } from "@yihao/warehouse/wave-model";
import { type Intent, ifMatch, ok } from "../../api.ts";
import { api, papers } from "../../client.ts";
import { createQuery, liveEveryMs, queryClient } from "../../query.ts";
import { saveBlob } from "../../save.ts";

const inSpace = api.spaces[":space"];
const labels$ = papers.spaces[":space"].labels;
async function renewed<T>(space: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } finally {
    void queryClient.invalidateQueries({ queryKey: ["wh", space] });
  }
}

export type LabelFormat = "pdf" | "zpl";

/** Hands out labels of bins from one to another along the walk. */
export async function saveBinLabels(space: string, warehouse: string, from: string, to: string, format: LabelFormat) {
  const answer = await labels$.bins.$get({ param: { space }, query: { warehouse, from, to, format } });
  saveBlob(`bins-${from}.${format}`, await answer.blob());
}

/** Hands out labels of a product, of one lot where it is kept by lot. */
export async function saveProductLabels(
  space: string,
  product: { id: string; code: string },
  wish: { copies: number; lot?: string },
  format: LabelFormat,
) {
  const query = { copies: String(wish.copies), format, ...(wish.lot === undefined ? {} : { lot: wish.lot }) };
  const answer = await labels$.products[":product"].$get({ param: { space, product: product.id }, query });
  saveBlob(`${product.code}.${format}`, await answer.blob());
}

/** Hands out labels of an order's cartons, all or one. */
export async function saveCartonLabels(space: string, order: string, number: number | undefined, format: LabelFormat) {
  const query = { format, ...(number === undefined ? {} : { number: String(number) }) };
  const answer = await labels$.orders[":order"].cartons.$get({ param: { space, order }, query });
  saveBlob(`cartons-${order.slice(4, 10)}.${format}`, await answer.blob());
}

/** Writes down labels that were put on a product's goods or an order's cartons, to be charged. */
export const recordLabels = (
  space: string,
  of: { product: string } | { order: string },
  labels: number,
  intent: Intent,
): Promise<unknown> => {
  const json = { labels };
  return "product" in of
    ? ok(inSpace.products[":product"].labels.$post({ param: { space, product: of.product }, json }, intent.with()))
    : ok(inSpace.orders[":order"].labels.$post({ param: { space, order: of.order }, json }, intent.with()));
};

/** Changes a bin as it was seen. */
export const editBin = (space: string, warehouse: string, bin: { code: string; rev: number }, edit: BinEdit) => {
  const param = { space, warehouse, bin: bin.code };
  const bin$ = inSpace.warehouses[":warehouse"].bins[":bin"];
  return renewed(space, ok(bin$.$patch({ param, json: edit }, ifMatch(`"${bin.rev}"`))));
};

/** Locks a bin with a reason, or opens it, as it was seen. */
export const lockBin = (space: string, warehouse: string, bin: { code: string; rev: number }, lock: string | null) =>
  editBin(space, warehouse, bin, { lock });

/** Bins that are one product's own. */
export const useFaces = (space: () => string, warehouse: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "faces", warehouse()],
    queryFn: async () => {
      const param = { space: space(), warehouse: warehouse() ?? "" };
      return (await ok(inSpace.warehouses[":warehouse"].faces.$get({ param }))).items;
    },
    enabled: warehouse() !== undefined,
  }));

/** Makes a bin one product's own. */
export const setFace = (space: string, warehouse: string, bin: string, wish: FaceEdit) => {
  const face$ = inSpace.warehouses[":warehouse"].faces[":bin"];
  return renewed(space, ok(face$.$put({ param: { space, warehouse, bin }, json: wish })));
};

/** Lets a bin be anybody's again. */
export const clearFace = (space: string, warehouse: string, bin: string) =>
  renewed(space, ok(inSpace.warehouses[":warehouse"].faces[":bin"].$delete({ param: { space, warehouse, bin } })));

/** What is to be brought to the pick faces now. */
export const useReplenishments = (space: () => string, warehouse: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "replenishments", warehouse()],
    queryFn: async () => {
      const param = { space: space(), warehouse: warehouse() ?? "" };
      return (await ok(inSpace.warehouses[":warehouse"].replenishments.$get({ param }))).items;
    },
    enabled: warehouse() !== undefined,
    refetchInterval: liveEveryMs,
  }));

/** Waves of a warehouse, newest first. */
export const useWaves = (space: () => string, warehouse: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "waves", warehouse()],
    queryFn: async () => {
      const query = { warehouse: warehouse() ?? "", limit: "50" };
      return (await ok(inSpace.waves.$get({ param: { space: space() }, query }))).items;
    },
    enabled: warehouse() !== undefined,
    refetchInterval: liveEveryMs,
  }));

/** A wave with its walk and slots; of one zone when it is given. */
export const useWave = (space: () => string, wave: () => string | undefined, zone: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "wave", wave(), zone()],
    queryFn: () => {
      const one = zone();
      const query = one === undefined ? {} : { zone: one };
      return ok(inSpace.waves[":wave"].$get({ param: { space: space(), wave: wave() ?? "" }, query }));
    },
    enabled: wave() !== undefined,
    refetchInterval: liveEveryMs,
  }));

/** Makes a wave of open orders. */
export const makeWave = (space: string, wish: NewWave, intent: Intent) =>
  renewed(space, ok(inSpace.waves.$post({ param: { space }, json: wish }, intent.with())));

/** Ends a wave. */
export const endWave = (space: string, wave: string, intent: Intent) =>
  renewed(space, ok(inSpace.waves[":wave"].end.$post({ param: { space, wave } }, intent.with())));

/** Transfers from and to a warehouse, newest first. */
export const useTransfers = (space: () => string, warehouse: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "transfers", warehouse()],
    queryFn: async () => {
      const query = { warehouse: warehouse() ?? "", limit: "100" };
      return (await ok(inSpace.transfers.$get({ param: { space: space() }, query }))).items;
    },
    enabled: warehouse() !== undefined,
    refetchInterval: liveEveryMs,
  }));

/** Sends goods to another warehouse. */
export const sendTransfer = (space: string, wish: NewSiteTransfer, intent: Intent) =>
  renewed(space, ok(inSpace.transfers.$post({ param: { space }, json: wish }, intent.with())));

/** Takes in what came of a transfer's line. */
export const receiveTransfer = (
  space: string,
  transfer: string,
  line: number,
  wish: ReceiveTransfer,
  intent: Intent,
) => {
  const param = { space, transfer, line: String(line) };
  const line$ = inSpace.transfers[":transfer"].lines[":line"];
  return renewed(space, ok(line$.receive.$post({ param, json: wish }, intent.with())));
};

/** Closes a transfer. */
export const closeTransfer = (space: string, transfer: string, intent: Intent) =>
  renewed(space, ok(inSpace.transfers[":transfer"].close.$post({ param: { space, transfer } }, intent.with())));

/** What a product is made of. */
export const useKit = (space: () => string, product: () => string) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "kit", product()],
    queryFn: () => ok(inSpace.products[":product"].kit.$get({ param: { space: space(), product: product() } })),
  }));

/** Says what a product is made of, as it was seen. */
export const saveKit = (space: string, product: string, rev: number, wish: KitEdit) => {
  const kit$ = inSpace.products[":product"].kit;
  return renewed(space, ok(kit$.$put({ param: { space, product }, json: wish }, ifMatch(`"${rev}"`))));
};

/** Puts kits together or takes them apart. */
export const workKit = (
  space: string,
  product: string,
  how: "assemble" | "take-apart",
  wish: KitWork,
  intent: Intent,
) =>
  renewed(space, ok(inSpace.products[":product"][how].$post({ param: { space, product }, json: wish }, intent.with())));

/** Reserves anew what was taken back from an order. */
export const reserveAgain = (space: string, order: string, intent: Intent): Promise<OrderView> =>
  renewed(space, ok(inSpace.orders[":order"].reserve.$post({ param: { space, order } }, intent.with())));
