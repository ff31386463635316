import { answers, body, createRoute, ifMatch, inSpace, listQuery, may, pageOf, router, z } from "@yihao/http/room";
import { monthOf } from "@yihao/kernel/days";
import { take } from "@yihao/kernel/outcome";
import { CompanyIdSchema } from "@yihao/members/model";
import { itemsFor } from "@yihao/pricing/tariff";
import {
  NewTariffSchema,
  PenaltiesSchema,
  TariffEndSchema,
  TariffIdSchema,
  TariffViewSchema,
  UsageSchema,
} from "@yihao/pricing/tariff-model";
import { addTariff, endTariff, tariffsOf } from "@yihao/pricing/tariff-store";
import { companyOfQuery } from "./approval-routes.ts";
import { MonthSchema } from "./model.ts";
import { todayOf } from "./reads.ts";
import { readUsage } from "./usage.ts";

const tags = ["billing"];
const readers = may({ right: "billing.read" });
const managers = may({ right: "billing.tariffs" });

/** Routes of tariffs (仓储与作业价目) and of the use that they are put on: with both the browser shows what a month would cost under any of them. */
export const tariffRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/tariffs",
      tags,
      summary: "List what storage and handling cost, with the months in which it holds",
      middleware: [readers] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(z.object({ items: z.array(TariffViewSchema) })) },
    }),
    async (c) => c.json({ items: await tariffsOf(c.var.scope) }, 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/accounts/spaces/{space}/tariffs",
      tags,
      summary: "Add a tariff from a month to come, for all companies or one",
      middleware: [managers] as const,
      request: { params: inSpace({}), body: body(NewTariffSchema) },
      responses: { 201: answers(TariffViewSchema) },
    }),
    async (c) => {
      const { scope } = c.var;
      return c.json(take(await addTariff(scope, c.req.valid("json"), monthOf(await todayOf(scope)))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/accounts/spaces/{space}/tariffs/{tariff}/end",
      tags,
      summary: "End a tariff before a month to come",
      middleware: [managers] as const,
      request: { params: inSpace({ tariff: TariffIdSchema }), body: body(TariffEndSchema) },
      responses: { 200: answers(TariffViewSchema) },
    }),
    async (c) => {
      const { scope } = c.var;
      const facts = { month: monthOf(await todayOf(scope)), rev: ifMatch(c) };
      const { tariff } = c.req.valid("param");
      return c.json(take(await endTariff(scope, tariff, c.req.valid("json").until, facts)), 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/usage/{month}",
      tags,
      summary: "What companies used of the warehouse in a month",
      middleware: [readers] as const,
      request: { params: inSpace({ month: MonthSchema }), query: listQuery },
      responses: { 200: answers(pageOf(UsageSchema)) },
    }),
    async (c) => c.json(await readUsage(c.var.scope, c.req.valid("param").month, c.req.valid("query")), 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/companies/{company}/penalties",
      tags,
      summary:
        "What late cancelling, not coming and the like cost a company in a month, this one unless another is named",
      middleware: [may({ staff: "any", company: "any" })] as const,
      request: {
        params: inSpace({ company: CompanyIdSchema }),
        query: z.object({ month: MonthSchema.optional() }),
      },
      responses: { 200: answers(PenaltiesSchema) },
    }),
    async (c) => {
      const { scope } = c.var;
      const company = companyOfQuery(scope, c.req.valid("param").company);
      const month = c.req.valid("query").month ?? monthOf(await todayOf(scope));
      const items = itemsFor(await tariffsOf(scope), company, month).filter(({ on }) => on !== undefined);
      return c.json({ month, items }, 200);
    },
  );
