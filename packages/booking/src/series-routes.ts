import { answers, body, createRoute, inSpace, may, router } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { moveBooking } from "./booking-actions.ts";
import {
  BookingIdSchema,
  BookingQuoteSchema,
  BookingViewSchema,
  MoveSchema,
  MoveWishSchema,
  SeriesIdSchema,
} from "./model.ts";
import { quoteBooking } from "./quote-actions.ts";
import { bookSeries, quoteSeries, seeSeries } from "./series-actions.ts";
import {
  EndedSeriesSchema,
  EndSeriesSchema,
  MovedSeriesSchema,
  MoveSeriesSchema,
  NewSeriesSchema,
  SeriesQuoteSchema,
  SeriesViewSchema,
  SeriesWishSchema,
} from "./series-model.ts";
import { endSeries, moveSeries } from "./series-upkeep.ts";
import { seeBooking } from "./upkeep-actions.ts";

const tags = ["booking"];
const bookers = may({ right: "booking.desk", company: "any" });
const oneSeries = inSpace({ series: SeriesIdSchema });
const oneBooking = inSpace({ booking: BookingIdSchema });

/** Routes of bookings over time: series, and moving. */
export const seriesRoutes = router()
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/quotes/series",
      summary: "What a series of bookings would cost, occurrence by occurrence; writes nothing",
      tags,
      middleware: [bookers] as const,
      request: { params: inSpace({}), body: body(SeriesWishSchema) },
      responses: { 200: answers(SeriesQuoteSchema) },
    }),
    async (c) => c.json(take(await quoteSeries(c.var.scope, c.req.valid("json"))), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/series",
      summary: "Book a series as it was shown, all or nothing, or without its conflicts",
      tags,
      middleware: [bookers] as const,
      request: { params: inSpace({}), body: body(NewSeriesSchema) },
      responses: { 201: answers(SeriesViewSchema) },
    }),
    async (c) => {
      const { person, name } = c.var.caller;
      const made = take(await bookSeries(c.var.scope, { person, name }, c.req.valid("json")));
      return c.json(SeriesViewSchema.parse(made), 201);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/series/{series}",
      summary: "A series with its bookings as they stand",
      tags,
      middleware: [bookers] as const,
      request: { params: oneSeries },
      responses: { 200: answers(SeriesViewSchema) },
    }),
    async (c) => c.json(SeriesViewSchema.parse(take(await seeSeries(c.var.scope, c.req.valid("param").series))), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/series/{series}/cancel",
      summary: "Cancel this and all following of a series, or all to come",
      tags,
      middleware: [bookers] as const,
      request: { params: oneSeries, body: body(EndSeriesSchema) },
      responses: { 201: answers(EndedSeriesSchema) },
    }),
    async (c) => c.json(take(await endSeries(c.var.scope, c.req.valid("param").series, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/series/{series}/quote-move",
      summary: "What moving this and all following would come to; writes nothing",
      tags,
      middleware: [bookers] as const,
      request: { params: oneSeries, body: body(MoveSeriesSchema) },
      responses: { 200: answers(MovedSeriesSchema) },
    }),
    async (c) =>
      c.json(take(await moveSeries(c.var.scope, c.req.valid("param").series, c.req.valid("json"), "price")), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/series/{series}/move",
      summary: "Move this and all following of a series; what cannot move stays",
      tags,
      middleware: [bookers] as const,
      request: { params: oneSeries, body: body(MoveSeriesSchema) },
      responses: { 201: answers(MovedSeriesSchema) },
    }),
    async (c) =>
      c.json(take(await moveSeries(c.var.scope, c.req.valid("param").series, c.req.valid("json"), "move")), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/bookings/{booking}/quote-move",
      summary: "What moving a booking would cost; writes nothing",
      tags,
      middleware: [bookers] as const,
      request: { params: oneBooking, body: body(MoveWishSchema) },
      responses: { 200: answers(BookingQuoteSchema) },
    }),
    async (c) => {
      const booking = take(await seeBooking(c.var.scope, c.req.valid("param").booking));
      const wish = { ...c.req.valid("json"), company: booking.company };
      return c.json(take(await quoteBooking(c.var.scope, wish, booking)), 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/bookings/{booking}/move",
      summary: "Move a booking to another time or a like resource at the price that was shown",
      tags,
      middleware: [bookers] as const,
      request: { params: oneBooking, body: body(MoveSchema) },
      responses: { 201: answers(BookingViewSchema) },
    }),
    async (c) => {
      const made = take(await moveBooking(c.var.scope, c.req.valid("param").booking, c.req.valid("json")));
      return c.json(BookingViewSchema.parse(made), 201);
    },
  );
