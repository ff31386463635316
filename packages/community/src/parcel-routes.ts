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
import { Refused, take } from "@yihao/kernel/outcome";
import { ownCompany, type Scope } from "@yihao/kernel/scope";
import type { Stored } from "@yihao/table/kind";
import type { Context } from "hono";
import { plainTracking } from "./parcel.ts";
import { changeParcel, handOut, registerParcel, returnParcel } from "./parcel-actions.ts";
import {
  HandOutSchema,
  NewParcelSchema,
  type Parcel,
  ParcelChangeSchema,
  ParcelIdSchema,
  type ParcelView,
  ParcelViewSchema,
  ReturnSchema,
} from "./parcel-model.ts";
import { companyParcels, parcelOf, parcelPage, shownParcel, waitingUnder } from "./parcel-store.ts";
import { mayRead } from "./store.ts";

const tags = ["parcels"];
const keepers = may({ right: "community.parcels" });
const readers = may({ staff: "any", company: "any" });
const params = inSpace({ parcel: ParcelIdSchema });
const at = "/spaces/{space}/parcels";

/** Answers a parcel with its revision, as its reader may see it. */
function told(c: Context, scope: Scope, parcel: Stored<Parcel>): ParcelView {
  etag(c, parcel.rev);
  return shownParcel(scope, parcel);
}

/** Routes of parcels and mail (快递代收): the front desk's list, and what came for one's own company. */
export const parcelRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: at,
      tags,
      summary:
        "List what waits, the oldest first, or what is gone; a company's people get what came for theirs, the latest first",
      middleware: [readers] as const,
      request: {
        params: inSpace({}),
        query: listQuery.extend({
          shelf: z.enum(["waiting", "done"]).default("waiting"),
          under: z
            .string()
            .max(60)
            .optional()
            .openapi({ description: "A pick-up code or a waybill number, for staff" }),
        }),
      },
      responses: { 200: answers(pageOf(ParcelViewSchema)) },
    }),
    async (c) => {
      const { scope } = c.var;
      const { shelf, under, ...page } = c.req.valid("query");
      const own = ownCompany(scope);
      if (own === undefined && under !== undefined) {
        const found = await waitingUnder(scope, plainTracking(under));
        return c.json({ items: found ? [shownParcel(scope, found)] : [], next: null }, 200);
      }
      const { items, next } = own ? await companyParcels(scope, own, page) : await parcelPage(scope, shelf, page);
      return c.json({ items: items.map((one) => shownParcel(scope, one)), next }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: at,
      tags,
      summary: "Write down what came for a company, whose people are told",
      middleware: [keepers] as const,
      request: { params: inSpace({}), body: body(NewParcelSchema) },
      responses: { 201: answers(ParcelViewSchema) },
    }),
    async (c) => {
      const { scope, caller } = c.var;
      return c.json(told(c, scope, take(await registerParcel(scope, caller, c.req.valid("json")))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: `${at}/{parcel}`,
      tags,
      summary: "Read a parcel; its code is for the company it came for",
      middleware: [readers] as const,
      request: { params },
      responses: { 200: answers(ParcelViewSchema) },
    }),
    async (c) => {
      const { scope } = c.var;
      const parcel = await parcelOf(scope, c.req.valid("param").parcel);
      if (!parcel || !mayRead(scope, parcel.company)) throw new Refused("missing");
      return c.json(told(c, scope, parcel), 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: `${at}/{parcel}`,
      tags,
      summary: "Put right where a parcel lies and what it is",
      middleware: [keepers] as const,
      request: { params, body: body(ParcelChangeSchema) },
      responses: { 200: answers(ParcelViewSchema) },
    }),
    async (c) => {
      const { scope } = c.var;
      const { parcel } = c.req.valid("param");
      return c.json(told(c, scope, take(await changeParcel(scope, parcel, c.req.valid("json"), ifMatch(c)))), 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/{parcel}/hand-out`,
      tags,
      summary: "Hand a parcel out against its code or a signature, once",
      middleware: [keepers] as const,
      request: { params, body: body(HandOutSchema) },
      responses: { 201: answers(ParcelViewSchema) },
    }),
    async (c) => {
      const { scope, caller } = c.var;
      const { parcel } = c.req.valid("param");
      return c.json(told(c, scope, take(await handOut(scope, caller, parcel, c.req.valid("json")))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/{parcel}/return`,
      tags,
      summary: "Take a parcel off the list that nobody of the company gets",
      middleware: [keepers] as const,
      request: { params, body: body(ReturnSchema) },
      responses: { 201: answers(ParcelViewSchema) },
    }),
    async (c) => {
      const { scope, caller } = c.var;
      const { parcel } = c.req.valid("param");
      const { reason } = c.req.valid("json");
      return c.json(told(c, scope, take(await returnParcel(scope, caller, parcel, reason))), 201);
    },
  );
