import { answers, createRoute, inSpace, listQuery, may, pageOf, router } from "@yihao/http/room";
import { MonthSchema } from "./model.ts";
import { UsedBookingSchema, UsedPlanSchema } from "./simulation-model.ts";
import { readBookingUse, readPlanUse } from "./simulation-reads.ts";

const tags = ["billing"];
const readers = may({ right: "billing.read" });

/** Routes of what bookings and plans of a month were: with them, and with what was used of the warehouse, the browser shows what the month would have cost under other prices. They write nothing. */
export const simulationRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/simulation/{month}/bookings",
      tags,
      summary: "What was booked in a month and charged, with what its prices hang on",
      middleware: [readers] as const,
      request: { params: inSpace({ month: MonthSchema }), query: listQuery },
      responses: { 200: answers(pageOf(UsedBookingSchema)) },
    }),
    async (c) => c.json(await readBookingUse(c.var.scope, c.req.valid("param").month, c.req.valid("query")), 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/simulation/{month}/plans",
      tags,
      summary: "Which plans companies had in a month, as they took them",
      middleware: [readers] as const,
      request: { params: inSpace({ month: MonthSchema }), query: listQuery },
      responses: { 200: answers(pageOf(UsedPlanSchema)) },
    }),
    async (c) => c.json(await readPlanUse(c.var.scope, c.req.valid("param").month, c.req.valid("query")), 200),
  );
