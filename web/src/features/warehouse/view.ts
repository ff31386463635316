import type { AsnState } from "@yihao/warehouse/asn-model";
import type { OrderLine, OrderState } from "@yihao/warehouse/order-model";
import type { StatusName } from "../../ui/status.tsx";

/** The mark of a notice's state. */
export const asnMark: Record<AsnState, StatusName> = {
  expected: "due",
  arrived: "in",
  receiving: "inProgress",
  received: "in",
  putaway: "done",
  closed: "done",
};

/** The mark of an order's state. */
export const orderMark: Record<OrderState, StatusName> = {
  reserved: "booked",
  "back-ordered": "soldOut",
  picking: "picking",
  picked: "queued",
  packed: "queued",
  shipping: "inProgress",
  shipped: "sent",
  cancelling: "inProgress",
  cancelled: "closed",
};

/** The short number of a document, from its id. */
export const docNumber = (id: string): string => id.slice(4, 10).toUpperCase();

/** Units of an order over all lines. */
export const unitsOf = (lines: readonly Pick<OrderLine, "units">[]): number =>
  lines.reduce((sum, line) => sum + line.units, 0);

/** The bin or place that an account of the stock card names. */
export function placeName(account: string): { place: string; bin?: string } {
  const [place = "", , bin] = account.split(":");
  return bin === undefined ? { place } : { place, bin };
}

/** How a product's goods are told apart, in words; nothing when they are not. */
export function tracking(
  t: { tracks: { lot: string; serial: string; dated: string } },
  product: { track?: "lot" | "serial" | undefined; dated?: boolean | undefined },
): string {
  return [product.track === undefined ? [] : t.tracks[product.track], product.dated ? t.tracks.dated : []]
    .flat()
    .join(" · ");
}
