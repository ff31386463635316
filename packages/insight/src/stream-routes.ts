import { answers, body, createRoute, ifMatch, inSpace, listQuery, may, pageOf, router, z } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { CompanyIdSchema } from "@yihao/members/model";
import { MonthSchema } from "./model.ts";
import { fillStreams, setCosts, setSizes } from "./stream-actions.ts";
import {
  CostsViewSchema,
  CostsWishSchema,
  EntrySchema,
  FilledSchema,
  FillWishSchema,
  MoverSchema,
  RecurringViewSchema,
  SizesSchema,
  SizesWishSchema,
  StreamLineSchema,
  StreamsSchema,
} from "./stream-model.ts";
import { readEntries, readMovers, readRecurring, readStreamLines, readStreams } from "./stream-reads.ts";

const tags = ["insight"];
const finance = may({ right: "insight.figures" });
const ofMonth = inSpace({ month: MonthSchema });

/** Routes of revenue by stream (收入来源): for managers and finance alone. */
export const streamRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/insight/streams",
      tags,
      summary: "Revenue by stream, month and site: finalised bills less credit notes, with costs and sizes",
      middleware: [finance] as const,
      request: {
        params: inSpace({}),
        query: z.object({ months: z.coerce.number().int().min(1).max(36).default(12) }),
      },
      responses: { 200: answers(StreamsSchema) },
    }),
    async (c) => c.json(await readStreams(c.var.scope, c.req.valid("query").months), 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/insight/streams/{month}/documents",
      tags,
      summary: "The bills and credit notes posted to a month, by company",
      middleware: [finance] as const,
      request: { params: ofMonth, query: listQuery.extend({ company: CompanyIdSchema.optional() }) },
      responses: { 200: answers(pageOf(EntrySchema)) },
    }),
    async (c) => c.json(await readEntries(c.var.scope, c.req.valid("param").month, c.req.valid("query")), 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/insight/streams/{month}/lines",
      tags,
      summary: "The lines of a company's bills and credit notes that were posted to a month",
      middleware: [finance] as const,
      request: { params: ofMonth, query: z.object({ company: CompanyIdSchema }) },
      responses: { 200: answers(z.object({ items: z.array(StreamLineSchema) })) },
    }),
    async (c) => {
      const { company } = c.req.valid("query");
      return c.json({ items: await readStreamLines(c.var.scope, c.req.valid("param").month, company) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/insight/streams/fill",
      tags,
      summary: "Take bills and plans from before these figures were kept into them, a step at a time",
      middleware: [finance] as const,
      request: { params: inSpace({}), body: body(FillWishSchema) },
      responses: { 201: answers(FilledSchema) },
    }),
    async (c) => c.json(await fillStreams(c.var.scope, c.req.valid("json").cursor), 201),
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/insight/costs/{month}",
      tags,
      summary: "Set what the streams cost in a month",
      middleware: [finance] as const,
      request: { params: ofMonth, body: body(CostsWishSchema) },
      responses: { 200: answers(CostsViewSchema) },
    }),
    async (c) => {
      const { month } = c.req.valid("param");
      return c.json(take(await setCosts(c.var.scope, month, c.req.valid("json").costs, ifMatch(c))), 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/insight/sizes",
      tags,
      summary: "Set the floor area of sites; counts their bins",
      middleware: [finance] as const,
      request: { params: inSpace({}), body: body(SizesWishSchema) },
      responses: { 200: answers(SizesSchema) },
    }),
    async (c) => c.json(take(await setSizes(c.var.scope, c.req.valid("json").sites, ifMatch(c))), 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/insight/recurring",
      tags,
      summary: "Monthly recurring revenue and its changes, and what plans and rents will bring",
      middleware: [finance] as const,
      request: {
        params: inSpace({}),
        query: z.object({
          months: z.coerce.number().int().min(1).max(36).default(12),
          ahead: z.coerce.number().int().min(0).max(12).default(6),
        }),
      },
      responses: { 200: answers(RecurringViewSchema) },
    }),
    async (c) => c.json(await readRecurring(c.var.scope, c.req.valid("query")), 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/insight/recurring/{month}",
      tags,
      summary: "Companies whose monthly revenue changed over a month",
      middleware: [finance] as const,
      request: { params: ofMonth },
      responses: { 200: answers(z.object({ items: z.array(MoverSchema) })) },
    }),
    async (c) => c.json({ items: await readMovers(c.var.scope, c.req.valid("param").month) }, 200),
  );
