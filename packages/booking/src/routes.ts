import {
  answers,
  body,
  createRoute,
  etag,
  ifMatch,
  inSpace,
  listQuery,
  may,
  pageOf,
  router,
  z,
} from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { ownCompany } from "@yihao/kernel/scope";
import { CompanyIdSchema } from "@yihao/members/model";
import { makeBooking } from "./booking-actions.ts";
import { leaseRoutes } from "./lease-routes.ts";
import { mailRoutes } from "./mail-routes.ts";
import {
  AvailabilitySchema,
  BookingIdSchema,
  BookingQuoteSchema,
  BookingRowViewSchema,
  BookingViewSchema,
  BulkResourcesSchema,
  CancelSchema,
  DaySchema,
  FloorFactsSchema,
  FloorIdSchema,
  FloorViewSchema,
  InstantSchema,
  NewBookingSchema,
  NewResourceSchema,
  PresenceSchema,
  ResourceFactsSchema,
  ResourceIdSchema,
  ResourceViewSchema,
  SiteFactsSchema,
  SiteIdSchema,
  SiteViewSchema,
  WishSchema,
} from "./model.ts";
import { quoteBooking } from "./quote-actions.ts";
import { requestRoutes } from "./request-routes.ts";
import { addResource, addResources, changeResource } from "./resource-actions.ts";
import { agenda, availability, companyBookings, presence } from "./see-actions.ts";
import { seriesRoutes } from "./series-routes.ts";
import { addFloor, addSite, changeFloor, changeSite } from "./site-actions.ts";
import { floorsOf, resourcePage, sitesOf } from "./store.ts";
import { trainingRoutes } from "./training-routes.ts";
import { cancelBooking, checkIn, seeBooking } from "./upkeep-actions.ts";
import { floorView, resourceView } from "./views.ts";
import { waitRoutes } from "./wait-routes.ts";

const tags = ["booking"];
const anyone = may({ staff: "any", company: "any" });
const managers = may({ right: "booking.sites" });

const bookers = may({ right: "booking.desk", company: "any" });

const onDay = z.object({ day: DaySchema });

const places = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/sites",
      summary: "Sites with their opening hours",
      tags,
      middleware: [anyone] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(z.object({ items: z.array(SiteViewSchema) })) },
    }),
    async (c) => c.json({ items: await sitesOf(c.var.scope) }, 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/sites",
      summary: "Add a site",
      tags,
      middleware: [managers] as const,
      request: { params: inSpace({}), body: body(SiteFactsSchema) },
      responses: { 201: answers(SiteViewSchema) },
    }),
    async (c) => c.json(take(await addSite(c.var.scope, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/sites/{site}",
      summary: "Change a site; its resources follow its hours",
      tags,
      middleware: [managers] as const,
      request: { params: inSpace({ site: SiteIdSchema }), body: body(SiteFactsSchema) },
      responses: { 200: answers(SiteViewSchema) },
    }),
    async (c) => {
      const site = take(await changeSite(c.var.scope, c.req.valid("param").site, ifMatch(c), c.req.valid("json")));
      etag(c, site.rev);
      return c.json(site, 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/floors",
      summary: "Floors of all sites",
      tags,
      middleware: [anyone] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(z.object({ items: z.array(FloorViewSchema) })) },
    }),
    async (c) => {
      const own = ownCompany(c.var.scope);
      return c.json({ items: (await floorsOf(c.var.scope)).map((floor) => floorView(floor, own)) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/floors",
      summary: "Add a floor",
      tags,
      middleware: [managers] as const,
      request: { params: inSpace({}), body: body(FloorFactsSchema) },
      responses: { 201: answers(FloorViewSchema) },
    }),
    async (c) => c.json(take(await addFloor(c.var.scope, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/floors/{floor}",
      summary: "Change a floor; its resources follow its rules",
      tags,
      middleware: [managers] as const,
      request: { params: inSpace({ floor: FloorIdSchema }), body: body(FloorFactsSchema) },
      responses: { 200: answers(FloorViewSchema) },
    }),
    async (c) => {
      const floor = take(await changeFloor(c.var.scope, c.req.valid("param").floor, ifMatch(c), c.req.valid("json")));
      etag(c, floor.rev);
      return c.json(floor, 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/resources",
      summary: "What can be booked or let",
      tags,
      middleware: [anyone] as const,
      request: { params: inSpace({}), query: listQuery },
      responses: { 200: answers(pageOf(ResourceViewSchema)) },
    }),
    async (c) => {
      const page = await resourcePage(c.var.scope, { limit: 200, ...given(c.req.valid("query")) });
      const own = ownCompany(c.var.scope);
      return c.json({ items: page.items.map((one) => resourceView(one, own)), next: page.next }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/resources",
      summary: "Add something that can be booked or let",
      tags,
      middleware: [managers] as const,
      request: { params: inSpace({}), body: body(NewResourceSchema) },
      responses: { 201: answers(ResourceViewSchema) },
    }),
    async (c) => c.json(resourceView(take(await addResource(c.var.scope, c.req.valid("json")))), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/resources/bulk",
      summary: "Add many of one kind by their codes, all or none",
      tags,
      middleware: [managers] as const,
      request: { params: inSpace({}), body: body(BulkResourcesSchema) },
      responses: { 201: answers(z.object({ items: z.array(ResourceViewSchema) })) },
    }),
    async (c) => {
      const made = take(await addResources(c.var.scope, c.req.valid("json")));
      return c.json({ items: made.map((one) => resourceView(one)) }, 201);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/resources/{resource}",
      summary: "Change what can be booked",
      tags,
      middleware: [managers] as const,
      request: { params: inSpace({ resource: ResourceIdSchema }), body: body(ResourceFactsSchema) },
      responses: { 200: answers(ResourceViewSchema) },
    }),
    async (c) => {
      const { resource: id } = c.req.valid("param");
      const resource = take(await changeResource(c.var.scope, id, ifMatch(c), c.req.valid("json")));
      etag(c, resource.rev);
      return c.json(resourceView(resource), 200);
    },
  );

/** Query parameters without those that were not given. */
function given<Query extends Record<string, unknown>>(query: Query) {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Query]?: Exclude<Query[Name], undefined>;
  };
}

const seeing = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/sites/{site}/availability",
      summary: "Who has what on a local day; a company sees others as busy",
      tags,
      middleware: [anyone] as const,
      request: { params: inSpace({ site: SiteIdSchema }), query: onDay },
      responses: { 200: answers(AvailabilitySchema) },
    }),
    async (c) =>
      c.json(take(await availability(c.var.scope, c.req.valid("param").site, c.req.valid("query").day)), 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/sites/{site}/agenda",
      summary: "The bookings of a local day",
      tags,
      middleware: [may({ staff: "any" })] as const,
      request: { params: inSpace({ site: SiteIdSchema }), query: onDay },
      responses: { 200: answers(z.object({ items: z.array(BookingRowViewSchema) })) },
    }),
    async (c) =>
      c.json({ items: take(await agenda(c.var.scope, c.req.valid("param").site, c.req.valid("query").day)) }, 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/sites/{site}/presence",
      summary: "Who is in now, in figures",
      tags,
      middleware: [may({ staff: "any" })] as const,
      request: { params: inSpace({ site: SiteIdSchema }) },
      responses: { 200: answers(PresenceSchema) },
    }),
    async (c) => c.json(take(await presence(c.var.scope, c.req.valid("param").site)), 200),
  );

const listing = listQuery.extend({
  company: CompanyIdSchema.optional(),
  from: InstantSchema.optional(),
  newest: z.enum(["true"]).optional(),
});
const one = inSpace({ booking: BookingIdSchema });

const booking = router()
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/quotes/booking",
      summary: "What a booking would cost; writes nothing",
      tags,
      middleware: [bookers] as const,
      request: { params: inSpace({}), body: body(WishSchema) },
      responses: { 200: answers(BookingQuoteSchema) },
    }),
    async (c) => c.json(take(await quoteBooking(c.var.scope, c.req.valid("json"))), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/bookings",
      summary: "Book at the price that was shown",
      tags,
      middleware: [bookers] as const,
      request: { params: inSpace({}), body: body(NewBookingSchema) },
      responses: { 201: answers(BookingViewSchema) },
    }),
    async (c) => {
      const { person, name } = c.var.caller;
      const made = take(await makeBooking(c.var.scope, { person, name }, c.req.valid("json")));
      // In the schema's order: an item that was read back has its attributes in another, and a replay is the same byte for byte.
      return c.json(BookingViewSchema.parse(made), 201);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/bookings",
      summary: "A company's bookings in order of their start",
      tags,
      middleware: [bookers] as const,
      request: { params: inSpace({}), query: listing },
      responses: { 200: answers(pageOf(BookingRowViewSchema)) },
    }),
    async (c) => {
      const { company, from, newest, cursor, limit } = c.req.valid("query");
      const range = { from, newest: newest === "true", cursor, limit };
      return c.json(take(await companyBookings(c.var.scope, company, range)), 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/bookings/{booking}",
      summary: "A booking",
      tags,
      middleware: [bookers] as const,
      request: { params: one },
      responses: { 200: answers(BookingViewSchema) },
    }),
    async (c) => {
      const found = take(await seeBooking(c.var.scope, c.req.valid("param").booking));
      etag(c, found.rev);
      return c.json(found, 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/bookings/{booking}/cancel",
      summary: "Cancel a booking before it starts",
      tags,
      middleware: [bookers] as const,
      request: { params: one, body: body(CancelSchema) },
      responses: { 201: answers(BookingViewSchema) },
    }),
    async (c) => c.json(take(await cancelBooking(c.var.scope, c.req.valid("param").booking, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/bookings/{booking}/check-in",
      summary: "Check in",
      tags,
      middleware: [bookers] as const,
      request: { params: one },
      responses: { 201: answers(BookingViewSchema) },
    }),
    async (c) => c.json(take(await checkIn(c.var.scope, c.req.valid("param").booking)), 201),
  );

export const bookingRoutes = router()
  .route("/", places)
  .route("/", seeing)
  .route("/", booking)
  .route("/", mailRoutes)
  .route("/", seriesRoutes)
  .route("/", requestRoutes)
  .route("/", waitRoutes)
  .route("/", leaseRoutes)
  .route("/", trainingRoutes);
