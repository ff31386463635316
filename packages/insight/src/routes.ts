import { answers, createRoute, inSpace, listQuery, may, pageOf, router, z } from "@yihao/http/room";
import { Refused, take } from "@yihao/kernel/outcome";
import { tableOf } from "@yihao/table/client";
import { type Hearing, replayDeadLetter } from "@yihao/table/stream";
import { DaySchema, DeadLetterSchema, MonthRevenueSchema, TodaySchema, UseSchema } from "./model.ts";
import { readDeadLetters, readRevenue, readToday, readUse } from "./reads.ts";

const tags = ["insight"];
const staff = may({ staff: "any" });
const managers = may({ staff: ["manager"] });

/** Routes for the operator's own eyes. `hearing` gives every room's reactions, with which stuck work is tried again; it is asked per request. */
export const insightRoutes = (hearing: () => Pick<Hearing, "reactions">) =>
  router()
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
    )
    .openapi(
      createRoute({
        method: "get",
        path: "/spaces/{space}/dead-letters",
        tags,
        summary: "List work that failed for good",
        middleware: [managers] as const,
        request: { params: inSpace({}), query: listQuery.pick({ cursor: true }) },
        responses: { 200: answers(pageOf(DeadLetterSchema)) },
      }),
      async (c) => c.json(await readDeadLetters(c.var.scope, c.req.valid("query").cursor), 200),
    )
    .openapi(
      createRoute({
        method: "post",
        path: "/spaces/{space}/dead-letters/{letter}/replay",
        tags,
        summary: "Try stuck work again; it leaves the list when every reaction takes it",
        middleware: [managers] as const,
        request: { params: inSpace({ letter: z.string().max(200) }) },
        responses: { 201: answers(z.object({ id: z.string() })) },
      }),
      async (c) => {
        const { letter } = c.req.valid("param");
        const { scope } = c.var;
        const { reactions } = hearing();
        const now = () => scope.now;
        let done: boolean;
        try {
          done = await replayDeadLetter({ table: tableOf(scope), reactions, now }, scope, letter);
        } catch (error) {
          throw new Refused("dead-letter.failed", { error: error instanceof Error ? error.message.slice(0, 200) : "" });
        }
        if (!done) throw new Refused("missing");
        return c.json({ id: letter }, 201);
      },
    );
