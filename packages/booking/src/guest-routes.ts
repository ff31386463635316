import { answers, body, createRoute, router, z } from "@yihao/http/room";
import type { PublicEnv } from "@yihao/identity/me-routes";
import { SpaceIdSchema } from "@yihao/identity/model";
import { take } from "@yihao/kernel/outcome";
import { digest } from "@yihao/table/command";
import type { Context } from "hono";
import {
  askGuestCode,
  bookAsGuest,
  cancelAsGuest,
  publicDay,
  quoteGuest,
  readPublicPage,
  seeGuestBooking,
} from "./guest-actions.ts";
import {
  GuestBookingSchema,
  GuestCancelSchema,
  GuestCodeWishSchema,
  GuestMoveQuoteSchema,
  GuestMoveSchema,
  GuestMoveWishSchema,
  GuestQuoteSchema,
  GuestWaitQuoteSchema,
  GuestWaitSchema,
  GuestWishSchema,
  MadeGuestBookingSchema,
  MadeGuestWaitSchema,
  NewGuestBookingSchema,
  PublicDaySchema,
  PublicPageSchema,
} from "./guest-model.ts";
import { moveAsGuest, quoteGuestMove } from "./guest-move.ts";
import { leaveAsGuest, quoteGuestWait, seeGuestWait, waitAsGuest } from "./guest-wait.ts";
import { DaySchema, SiteIdSchema } from "./model.ts";

const tags = ["guests"];
const inSpace = z.object({ space: SpaceIdSchema });
export const byToken = z.object({ token: z.string().max(80) });

type Event = { event?: { requestContext?: { http?: { sourceIp?: string } } } };
/** Where a request comes from, as API Gateway saw it. */
const addressOf = (c: Context) => (c.env as Event | undefined)?.event?.requestContext?.http?.sourceIp ?? "";

/** The command of a guest's request: by its `Idempotency-Key` and everything that it says, so that nobody gets another's answer. */
export async function guestCommand(c: Context, of: string): Promise<{ id: string; print: string }> {
  const key = c.req.header("idempotency-key");
  if (key === undefined || !/^[\x21-\x7e]{8,200}$/.test(key)) return { id: `auto:${crypto.randomUUID()}`, print: "" };
  return { id: `guest ${of} ${key}`, print: digest(of, await c.req.text()) };
}

/** Routes for guests (散客): nobody is asked who they are, and nobody is told who others are. */
export const guestRoutes = router<PublicEnv>()
  .openapi(
    createRoute({
      method: "get",
      path: "/guests/{space}",
      tags,
      summary: "What the public may book of a space, when it opens anything to it",
      request: { params: inSpace },
      responses: { 200: answers(PublicPageSchema) },
    }),
    async (c) => c.json(take(await readPublicPage(c.var.scope, c.req.valid("param").space)), 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/guests/{space}/sites/{site}/days/{day}",
      tags,
      summary: "When nothing is left of what the public may book on a day",
      request: { params: inSpace.extend({ site: SiteIdSchema, day: DaySchema }) },
      responses: { 200: answers(PublicDaySchema) },
    }),
    async (c) => {
      const { space, site, day } = c.req.valid("param");
      return c.json(take(await publicDay(c.var.scope, space, site, day)), 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/guests/{space}/quotes",
      tags,
      summary: "What a guest would pay",
      request: { params: inSpace, body: body(GuestWishSchema) },
      responses: { 200: answers(GuestQuoteSchema) },
    }),
    async (c) => c.json(take(await quoteGuest(c.var.scope, c.req.valid("param").space, c.req.valid("json"))), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/guests/{space}/codes",
      tags,
      summary: "Send a code to a guest's e-mail",
      request: { params: inSpace, body: body(GuestCodeWishSchema) },
      responses: { 201: answers(z.object({ minutes: z.int() })) },
    }),
    async (c) => {
      const { space } = c.req.valid("param");
      return c.json(take(await askGuestCode(c.var.scope, space, addressOf(c), c.req.valid("json"))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/guests/{space}/bookings",
      tags,
      summary: "Book as a guest",
      request: { params: inSpace, body: body(NewGuestBookingSchema) },
      responses: { 201: answers(MadeGuestBookingSchema) },
    }),
    async (c) => {
      const { space } = c.req.valid("param");
      const scope = { ...c.var.scope, command: await guestCommand(c, space) };
      return c.json(take(await bookAsGuest(scope, space, addressOf(c), c.req.valid("json"))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/guests/{space}/wait-quotes",
      tags,
      summary: "What waiting for something taken would be for; writes nothing",
      request: { params: inSpace, body: body(GuestWishSchema) },
      responses: { 200: answers(GuestWaitQuoteSchema) },
    }),
    async (c) => c.json(take(await quoteGuestWait(c.var.scope, c.req.valid("param").space, c.req.valid("json"))), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/guests/{space}/waits",
      tags,
      summary: "Wait as a guest for something taken",
      request: { params: inSpace, body: body(NewGuestBookingSchema) },
      responses: { 201: answers(MadeGuestWaitSchema) },
    }),
    async (c) => {
      const { space } = c.req.valid("param");
      const scope = { ...c.var.scope, command: await guestCommand(c, space) };
      return c.json(take(await waitAsGuest(scope, space, addressOf(c), c.req.valid("json"))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/guest-waits/{token}",
      tags,
      summary: "A guest's wait under its secret address, as long as it waits",
      request: { params: byToken },
      responses: { 200: answers(GuestWaitSchema) },
    }),
    async (c) => c.json(take(await seeGuestWait(c.var.scope, c.req.valid("param").token)), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/guest-waits/{token}/leave",
      tags,
      summary: "Wait no more",
      request: { params: byToken },
      responses: { 204: { description: "The wait is over" } },
    }),
    async (c) => {
      const { token } = c.req.valid("param");
      take(await leaveAsGuest({ ...c.var.scope, command: await guestCommand(c, token) }, token));
      return c.body(null, 204);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/guest-bookings/{token}",
      tags,
      summary: "A guest's booking under its secret address",
      request: { params: byToken },
      responses: { 200: answers(GuestBookingSchema) },
    }),
    async (c) => c.json(take(await seeGuestBooking(c.var.scope, c.req.valid("param").token)), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/guest-bookings/{token}/quote-move",
      tags,
      summary: "What another time of a guest's booking would cost",
      request: { params: byToken, body: body(GuestMoveWishSchema) },
      responses: { 200: answers(GuestMoveQuoteSchema) },
    }),
    async (c) => c.json(take(await quoteGuestMove(c.var.scope, c.req.valid("param").token, c.req.valid("json"))), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/guest-bookings/{token}/move",
      tags,
      summary: "Move a guest's booking to another time",
      request: { params: byToken, body: body(GuestMoveSchema) },
      responses: { 200: answers(GuestBookingSchema) },
    }),
    async (c) => {
      const { token } = c.req.valid("param");
      const scope = { ...c.var.scope, command: await guestCommand(c, token) };
      return c.json(take(await moveAsGuest(scope, token, c.req.valid("json"))), 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/guest-bookings/{token}/cancel",
      tags,
      summary: "Cancel a guest's booking by its terms",
      request: { params: byToken, body: body(GuestCancelSchema) },
      responses: { 200: answers(GuestBookingSchema) },
    }),
    async (c) => {
      const { token } = c.req.valid("param");
      const scope = { ...c.var.scope, command: await guestCommand(c, token) };
      return c.json(take(await cancelAsGuest(scope, token, c.req.valid("json").rev)), 200);
    },
  );
