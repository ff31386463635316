import { answers, body, createRoute, inSpace, listQuery, may, pageOf, router } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { BookingSchema, ResourceIdSchema, WishSchema } from "./model.ts";
import { joinWait, leaveWait, listWaits, quoteWait } from "./wait-actions.ts";
import { NewWaitSchema, WaitIdSchema, WaitQuoteSchema, WaitViewSchema } from "./wait-model.ts";

const tags = ["booking"];
const bookers = may({ right: "booking.desk", company: "any" });

/** Routes of waiting for what is taken (候补). */
export const waitRoutes = router()
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/quotes/wait",
      summary: "What waiting for something taken would be for; writes nothing",
      tags,
      middleware: [bookers] as const,
      request: { params: inSpace({}), body: body(WishSchema) },
      responses: { 200: answers(WaitQuoteSchema) },
    }),
    async (c) => c.json(take(await quoteWait(c.var.scope, c.req.valid("json"))), 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/waits",
      summary: "What one's company waits for; to staff all that is waited for",
      tags,
      middleware: [bookers] as const,
      request: { params: inSpace({}), query: listQuery.extend({ company: BookingSchema.shape.company.optional() }) },
      responses: { 200: answers(pageOf(WaitViewSchema)) },
    }),
    async (c) => {
      const { items, next } = take(await listWaits(c.var.scope, c.req.valid("query")));
      return c.json({ items: items.map((one) => WaitViewSchema.parse(one)), next }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/waits",
      summary: "Wait for something taken",
      tags,
      middleware: [bookers] as const,
      request: { params: inSpace({}), body: body(NewWaitSchema) },
      responses: { 201: answers(WaitViewSchema) },
    }),
    async (c) => {
      const { person, name } = c.var.caller;
      const made = take(await joinWait(c.var.scope, { person, name }, c.req.valid("json")));
      return c.json(WaitViewSchema.parse(made), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/resources/{resource}/waits/{wait}/leave",
      summary: "Wait no more",
      tags,
      middleware: [bookers] as const,
      request: { params: inSpace({ resource: ResourceIdSchema, wait: WaitIdSchema }) },
      responses: { 201: answers(WaitViewSchema) },
    }),
    async (c) => {
      const { resource, wait } = c.req.valid("param");
      return c.json(WaitViewSchema.parse(take(await leaveWait(c.var.scope, resource, wait))), 201);
    },
  );
