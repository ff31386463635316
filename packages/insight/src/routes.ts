import { answers, createRoute, inSpace, may, router, z } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { DaySchema, MonthRevenueSchema, TodaySchema, UseSchema } from "./model.ts";
import { readRevenue, readToday, readUse } from "./reads.ts";

const tags = ["insight"];
const staff = may({ staff: "any" });

/** Routes for the operator's own eyes. */
export const insightRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/insight/today",
      tags,
      summary: "Bookings, occupancy, stock, bills, revenue and things to do of a day",
      middleware: [staff] as const,
      request: { params: inSpace({}), query: z.object({ day: DaySchema.optional() }) },
      responses: { 200: answers(TodaySchema) },
    }),
    async (c) => c.json(await readToday(c.var.scope, c.req.valid("query").day), 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/insight/revenue",
      tags,
      summary: "Revenue by stream of the last months",
      middleware: [may({ right: "insight.figures" })] as const,
      request: {
        params: inSpace({}),
        query: z.object({ months: z.coerce.number().int().min(1).max(36).default(12) }),
      },
      responses: { 200: answers(z.object({ months: z.array(MonthRevenueSchema) })) },
    }),
    async (c) => c.json({ months: await readRevenue(c.var.scope, c.req.valid("query").months) }, 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/insight/use",
      tags,
      summary: "How a site was used: by hour of the week, resource and company, over at most 92 days",
      middleware: [staff] as const,
      request: {
        params: inSpace({}),
        query: z.object({ site: z.string().max(60), from: DaySchema, to: DaySchema }),
      },
      responses: { 200: answers(UseSchema) },
    }),
    async (c) => c.json(take(await readUse(c.var.scope, c.req.valid("query"))), 200),
  );
