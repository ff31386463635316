import type { OrderView } from "@yihao/warehouse/order-model";
import type { GoodsSettingsEdit, Shipment } from "@yihao/warehouse/pack-model";
import { type Intent, ifMatch, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { createQuery, queryClient } from "../../query.ts";

const inSpace = api.spaces[":space"];
const order$ = inSpace.orders[":order"];
async function renewed<T>(space: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } finally {
    void queryClient.invalidateQueries({ queryKey: ["wh", space] });
  }
}

/** Unpacks a carton. */
export const openCarton = (space: string, order: string, number: number, intent: Intent): Promise<OrderView> =>
  renewed(
    space,
    ok(order$.cartons[":number"].open.$post({ param: { space, order, number: String(number) } }, intent.with())),
  );

/** Ships an order, by a carrier when one is given. */
export const shipOrder = (
  space: string,
  order: string,
  shipment: Shipment | undefined,
  intent: Intent,
): Promise<OrderView> => {
  const json = shipment === undefined ? {} : { shipment };
  return renewed(space, ok(order$.ship.$post({ param: { space, order }, json }, intent.with())));
};

/** Puts right how a shipped order left. */
export const editShipment = (space: string, order: string, shipment: Shipment): Promise<OrderView> =>
  renewed(space, ok(order$.shipment.$put({ param: { space, order }, json: shipment })));

/** How cartons are numbered. */
export const useGoodsSettings = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "settings"],
    queryFn: () => ok(inSpace["warehouse-settings"].$get({ param: { space: space() } })),
  }));

/** Sets how cartons are numbered, as it was seen. */
export const saveGoodsSettings = (space: string, rev: number, wish: GoodsSettingsEdit) =>
  renewed(space, ok(inSpace["warehouse-settings"].$put({ param: { space }, json: wish }, ifMatch(`"${rev}"`))));
