import { answers, createRoute, inSpace, listQuery, may, pageOf, router } from "@yihao/http/room";
import { pricesHeld } from "@yihao/pricing/held";
import { HeldPricesSchema } from "@yihao/pricing/model";
import { DaySchema, MonthSchema } from "./model.ts";
import { readDuesUse } from "./simulation-dues-reads.ts";
import { UsedBookingSchema, UsedDuesSchema, UsedPlanSchema } from "./simulation-model.ts";
import { readBookingUse, readPlanUse } from "./simulation-reads.ts";
import { zoneOf } from "./zone.ts";

const tags = ["billing"];
const readers = may({ right: "billing.read" });

/** Routes of what bookings, plans and all else of a month that has a price was: with them, and with what was used of the warehouse, the browser shows what the month would have cost under other prices, those of a day gone by too. They write nothing. */
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
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/simulation/{month}/dues",
      tags,
      summary: "What companies owed of a month beside: rents, packs, penalties, what was charged by hand",
      middleware: [readers] as const,
      request: { params: inSpace({ month: MonthSchema }), query: listQuery },
      responses: { 200: answers(pageOf(UsedDuesSchema)) },
    }),
    async (c) => c.json(await readDuesUse(c.var.scope, c.req.valid("param").month, c.req.valid("query")), 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/prices-held/{day}",
      tags,
      summary: "The prices that held on a day",
      middleware: [readers] as const,
      request: { params: inSpace({ day: DaySchema }) },
      responses: { 200: answers(HeldPricesSchema) },
    }),
    async (c) => {
      const { scope } = c.var;
      return c.json(await pricesHeld(scope, c.req.valid("param").day, await zoneOf(scope)), 200);
    },
  );
