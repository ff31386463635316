import { isPublic, leftOf } from "@yihao/booking/guest";
import { makeGuestBooking } from "@yihao/booking/guest-actions";
import { PhoneSchema } from "@yihao/booking/guest-model";
import { settleHold } from "@yihao/booking/hold-actions";
import { leaseOver } from "@yihao/booking/lease";
import {
  bookedBy,
  LanguageSchema,
  type Resource,
  ResourceIdSchema,
  ResourceKindSchema,
  SiteIdSchema,
} from "@yihao/booking/model";
import { type BookingRefusals, quoteBooking } from "@yihao/booking/quote-actions";
import { daySheets, resourceOf, resourcesOf, sitesOf } from "@yihao/booking/store";
import { dayOf, daySpan } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { guestOf } from "@yihao/members/guest-actions";
import { stepOf } from "@yihao/table/command";
import { z } from "zod";
import { bookingReference } from "./guest-checkout.ts";
import { type BillingRefusal, DaySchema, MinorSchema } from "./model.ts";
import { recordPayment } from "./payments.ts";

export const dayPassWays = ["cash", "transfer", "link"] as const;
/** A day pass (日票) for somebody who stands at the desk: where, who, how to reach them, how they pay. */
export const NewDayPassSchema = z.strictObject({
  resource: ResourceIdSchema,
  name: z.string().trim().min(1).max(40),
  /** Their e-mail or phone. */
  contact: z.union([z.email().max(120), PhoneSchema]),
  way: z.enum(dayPassWays),
  expectMinor: z.int().min(0),
  language: LanguageSchema,
});
export type NewDayPass = z.infer<typeof NewDayPassSchema>;
/** What can be sold today: what is had by the day and has a unit left. */
export const DayPassPlaceSchema = z.object({
  resource: ResourceIdSchema,
  site: SiteIdSchema,
  siteName: z.string(),
  kind: ResourceKindSchema,
  code: z.string(),
  name: z.string(),
  day: DaySchema,
  left: z.int(),
  totalMinor: MinorSchema,
  public: z.boolean(),
});
export type DayPassPlace = z.infer<typeof DayPassPlaceSchema>;
/** A pass that was sold: `booked` once it is paid; the page of its guest, where it is paid by link. */
export const DayPassSchema = z.object({
  booking: z.string(),
  state: z.enum(["booked", "held"]),
  totalMinor: MinorSchema,
  page: z.string(),
});
export type DayPass = z.infer<typeof DayPassSchema>;
type Refusals = BookingRefusals | BillingRefusal;

/** A record that only asks what a guest pays. */
const somebody = { id: "cmp_nobody", kind: "guest", name: "", state: "active", since: "2000-01-01", rev: 0 } as const;

const isDayPlace = (one: Resource) =>
  bookedBy(one) === "day" && one.state === "active" && (one.kind === "pool" || one.kind === "desk");

/** The places of all sites of which a day pass can be sold today, with what it costs somebody without a company; pools first. */
export async function dayPassPlaces(scope: Scope): Promise<DayPassPlace[]> {
  const found: DayPassPlace[] = [];
  for (const site of await sitesOf(scope)) {
    const day = dayOf(scope.now, site.zone);
    const [resources, sheets] = await Promise.all([resourcesOf(scope, site.id), daySheets(scope, site.id, day)]);
    for (const one of resources.filter(isDayPlace)) {
      const left = leaseOver(one, daySpan(day, site.zone), scope.now) ? 0 : leftOf(sheets.get(one.id) ?? [], one.units);
      // Single desks are many: those that are taken are no news.
      if (left === 0 && one.kind !== "pool") continue;
      const quoted = await quoteBooking(scope, { resource: one.id, company: somebody.id, day }, undefined, somebody);
      if (!quoted.ok && left > 0) continue;
      const { id: resource, kind, code, name } = one;
      const totalMinor = quoted.ok ? quoted.value.quote.totalMinor : 0;
      found.push({
        resource,
        site: site.id,
        siteName: site.name,
        kind,
        code,
        name,
        day,
        left,
        totalMinor,
        public: isPublic(one),
      });
      if (found.length >= placesMost) return inOrder(found);
    }
  }
  return inOrder(found);
}

/** So many places a desk chooses from. */
const placesMost = 40;
const inOrder = (places: readonly DayPassPlace[]) =>
  places.toSorted((a, b) => rank(a) - rank(b) || a.code.localeCompare(b.code, "en", { numeric: true }));
const rank = ({ kind, left }: DayPassPlace) => (left === 0 ? 2 : kind === "pool" ? 0 : 1);

/**
 * Sells a day pass for today at the desk. Cash and transfers are recorded at once, and the guest is in: on reception's list and checked in; by link it is held for a quarter of an hour and its guest's page is what
 * they pay on. Refuses `missing`, `booking.by-day` for what is not had by the day, and what booking and payments refuse.
 */
export async function sellDayPass(scope: Scope, wish: NewDayPass): Promise<Outcome<DayPass, Refusals>> {
  const resource = await resourceOf(scope, wish.resource, { consistent: false });
  if (!resource) return refuse("missing");
  if (!isDayPlace(resource)) return refuse("booking.by-day", { kind: resource.kind, by: bookedBy(resource) });
  const day = dayOf(scope.now, resource.calendar.zone);
  const { name, contact, language, expectMinor, way } = wish;
  const reach = contact.includes("@") ? { email: contact } : { phone: contact };
  const guest = await guestOf(scope, { name, ...reach });
  if (!guest.ok) return guest;
  const { company } = guest.value;
  const place = { resource: resource.id, company, day, expectMinor, language };
  const made = await makeGuestBooking(stepOf(scope, "book"), guest.value, place, { ...reach, language, walkIn: true });
  if (!made.ok) return made;
  const { made: booking, token, state } = made.value;
  const sold = { booking: booking.id, totalMinor: booking.price.totalMinor, page: `/guest/${token}` };
  if (state === "booked") return accept({ ...sold, state: "booked" });
  if (way === "link") return accept({ ...sold, state: "held" });
  const paid = await recordPayment(
    stepOf(scope, "pay"),
    {
      ...{ company, amountMinor: booking.price.totalMinor, way },
      ...{ reference: bookingReference(booking), receivedOn: day },
    },
    undefined,
    { booking: booking.id },
  );
  if (!paid.ok) return paid;
  const settled = await settleHold(stepOf(scope, "settle"), booking.id, paid.value.id);
  if (!settled.ok) return settled;
  return settled.value === "booked" ? accept({ ...sold, state: "booked" }) : refuse("booking.not-held");
}
