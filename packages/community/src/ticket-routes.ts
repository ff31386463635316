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
import type { Scope } from "@yihao/kernel/scope";
import type { Stored } from "@yihao/table/kind";
import type { Context } from "hono";
import { changeTicket, moveTicket, noteTicket, openTicket, replyTicket } from "./ticket-actions.ts";
import {
  EntrySchema,
  FiguresSchema,
  NewNoteSchema,
  NewReplySchema,
  NewTicketSchema,
  type Ticket,
  TicketChangeSchema,
  TicketIdSchema,
  TicketMoveSchema,
  TicketRowSchema,
  TicketViewSchema,
  ticketStates,
} from "./ticket-model.ts";
import { recentFigures, seeTicket, seeTickets, shownTicket } from "./ticket-reads.ts";

const tags = ["tickets"];
const staff = may({ staff: "any" });
const keepers = may({ right: "community.tickets" });
const everyone = may({ right: "community.tickets", company: "any" });
const readers = may({ staff: "any", company: "any" });
const params = inSpace({ ticket: TicketIdSchema });
const at = "/spaces/{space}/tickets";

/** Answers a ticket with its revision, as its reader may see it. */
function told(c: Context, scope: Scope, ticket: Stored<Ticket>): Stored<Ticket> {
  etag(c, ticket.rev);
  return shownTicket(scope, ticket);
}

/** Routes of tickets (报修 / 求助): the queue for staff, one's own for a company's people. */
export const ticketRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: at,
      tags,
      summary:
        "List tickets in a state, the pressing ones first; a company's people get all of their own, the newest first",
      middleware: [readers] as const,
      request: { params: inSpace({}), query: listQuery.extend({ state: z.enum(ticketStates).default("open") }) },
      responses: { 200: answers(pageOf(TicketRowSchema)) },
    }),
    async (c) => c.json(await seeTickets(c.var.scope, c.req.valid("query")), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: at,
      tags,
      summary: "Open a ticket; staff name the company they write it down for",
      middleware: [everyone] as const,
      request: { params: inSpace({}), body: body(NewTicketSchema) },
      responses: { 201: answers(TicketViewSchema) },
    }),
    async (c) => {
      const { scope, caller } = c.var;
      return c.json(told(c, scope, take(await openTicket(scope, caller, c.req.valid("json")))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: `${at}/figures`,
      tags,
      summary: "How fast tickets were answered and solved, by the month they were opened in",
      middleware: [staff] as const,
      request: {
        params: inSpace({}),
        query: z.object({ months: z.coerce.number().int().min(1).max(24).default(6) }),
      },
      responses: { 200: answers(z.object({ items: z.array(FiguresSchema) })) },
    }),
    async (c) => c.json({ items: await recentFigures(c.var.scope, c.req.valid("query").months) }, 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: `${at}/{ticket}`,
      tags,
      summary: "Read a ticket with what was said of it; internal notes are for staff alone",
      middleware: [readers] as const,
      request: { params },
      responses: { 200: answers(z.object({ ticket: TicketViewSchema, entries: z.array(EntrySchema) })) },
    }),
    async (c) => {
      const found = await seeTicket(c.var.scope, c.req.valid("param").ticket);
      if (!found) throw new Refused("missing");
      etag(c, found.ticket.rev);
      return c.json(found, 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: `${at}/{ticket}`,
      tags,
      summary: "Put a ticket right: who has it, how much it presses, what and where it is",
      middleware: [keepers] as const,
      request: { params, body: body(TicketChangeSchema) },
      responses: { 200: answers(TicketViewSchema) },
    }),
    async (c) => {
      const { scope } = c.var;
      const { ticket } = c.req.valid("param");
      return c.json(told(c, scope, take(await changeTicket(scope, ticket, c.req.valid("json"), ifMatch(c)))), 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: `${at}/{ticket}/state`,
      tags,
      summary: "Move a ticket: staff through its states, a company closes it or takes it up again",
      middleware: [everyone] as const,
      request: { params, body: body(TicketMoveSchema) },
      responses: { 200: answers(TicketViewSchema) },
    }),
    async (c) => {
      const { scope } = c.var;
      const { ticket } = c.req.valid("param");
      const { state } = c.req.valid("json");
      return c.json(told(c, scope, take(await moveTicket(scope, ticket, state, ifMatch(c)))), 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/{ticket}/replies`,
      tags,
      summary: "Reply to the other side, which gets a letter",
      middleware: [everyone] as const,
      request: { params, body: body(NewReplySchema) },
      responses: { 201: answers(TicketViewSchema) },
    }),
    async (c) => {
      const { scope, caller } = c.var;
      const { ticket } = c.req.valid("param");
      return c.json(told(c, scope, take(await replyTicket(scope, caller, ticket, c.req.valid("json")))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/{ticket}/notes`,
      tags,
      summary: "Note something that only staff read",
      middleware: [keepers] as const,
      request: { params, body: body(NewNoteSchema) },
      responses: { 201: answers(EntrySchema) },
    }),
    async (c) => {
      const { scope, caller } = c.var;
      const { text } = c.req.valid("json");
      return c.json(take(await noteTicket(scope, caller, c.req.valid("param").ticket, text)), 201);
    },
  );
