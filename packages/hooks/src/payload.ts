import { InvoiceFinalisedSchema, InvoicePaidSchema, PaymentRecordedSchema } from "@yihao/billing/model";
import { BookingCancelledSchema, BookingCheckedInSchema, BookingMadeSchema } from "@yihao/booking/model";
import type { SpaceId } from "@yihao/kernel/ids";
import type { Event } from "@yihao/table/event";
import { warehouseEvents } from "@yihao/warehouse/model";
import { z } from "zod";
import type { HookKind } from "./model.ts";

const ofBooking = {
  booking: true,
  resource: true,
  resourceName: true,
  kind: true,
  site: true,
  company: true,
  from: true,
  until: true,
  day: true,
  zone: true,
} as const;

/**
 * What leaves the house of each kind: these fields and no others, so that a field added to an event later goes to nobody by itself. Ids, figures and days; nothing of a person. Money in whole minor
 * units. A field that is taken away or changes its meaning makes another `version`.
 */
export const payloads = {
  "company.added": z.object({ company: z.string(), name: z.string() }),
  "company.left": z.object({ company: z.string(), on: z.string() }),
  "booking.made": BookingMadeSchema.pick(ofBooking).extend({ quote: z.object({ totalMinor: z.int() }) }),
  "booking.cancelled": BookingCancelledSchema.pick({ ...ofBooking, refundMinor: true, feeMinor: true, noShow: true }),
  "booking.checked-in": BookingCheckedInSchema,
  "goods.received": warehouseEvents["goods.received"],
  "order.shipped": warehouseEvents["order.shipped"],
  "order.cancelled": warehouseEvents["order.cancelled"],
  "stock.counted": warehouseEvents["stock.counted"],
  "stock.low": warehouseEvents["stock.low"],
  "invoice.finalised": InvoiceFinalisedSchema,
  "invoice.paid": InvoicePaidSchema,
  "payment.recorded": PaymentRecordedSchema,
  "ticket.opened": z.object({ ticket: z.string(), company: z.string(), kind: z.string(), priority: z.string() }),
  "parcel.arrived": z.object({ parcel: z.string(), company: z.string(), carrier: z.string(), kind: z.string() }),
} as const satisfies Readonly<Record<HookKind, z.ZodType>>;

/** The version of what is sent; a receiver may rely on the fields of one version. */
export const payloadVersion = 1;

/** What is sent of a fact, as the text that is signed. Undefined when its data are not of the kind, as after the law had them erased. */
export function bodyOf(
  space: SpaceId,
  event: Pick<Event, "id" | "type" | "at" | "subject" | "data">,
): string | undefined {
  const known = payloads[event.type as HookKind]?.safeParse(event.data);
  if (!known?.success) return undefined;
  const { id, type, at, subject } = event;
  return JSON.stringify({ type, version: payloadVersion, timestamp: at, id, space, subject, data: known.data });
}

/** What a ping sends. */
export function pingBody(space: SpaceId, id: string, at: string, hook: string): string {
  return JSON.stringify({
    type: "hook.ping",
    version: payloadVersion,
    timestamp: at,
    id,
    space,
    subject: hook,
    data: { hook },
  });
}
