import { answers, createRoute, inSpace, may, router, z } from "@yihao/http/room";
import type { CompanyId } from "@yihao/kernel/ids";
import { take } from "@yihao/kernel/outcome";
import { CompanyIdSchema } from "@yihao/members/model";
import { companyOfQuery } from "./approval-routes.ts";
import { DaySchema } from "./model.ts";
import { StatementSchema } from "./statement.ts";
import { readStatement } from "./statement-reads.ts";

/** Which days a statement is of, both included. */
export const statementQuery = z.object({ from: DaySchema, to: DaySchema });

/** The route of statements of account (对账单), for the space and for the company they are of. */
export const statementRoutes = router().openapi(
  createRoute({
    method: "get",
    path: "/accounts/spaces/{space}/companies/{company}/statement",
    tags: ["billing"],
    summary: "A company's statement of account: how it stood, every document of the days, how it stands then",
    middleware: [may({ right: "billing.read", company: "any" })] as const,
    request: { params: inSpace({ company: CompanyIdSchema }), query: statementQuery },
    responses: { 200: answers(StatementSchema) },
  }),
  async (c) => {
    const company = companyOfQuery(c.var.scope, c.req.valid("param").company) as CompanyId;
    return c.json(take(await readStatement(c.var.scope, company, c.req.valid("query"))), 200);
  },
);
