import { answers, body, createRoute, etag, ifMatch, inSpace, may, router, z } from "@yihao/http/room";
import { accept, type Outcome, Refused, refuse, take } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { CompanyIdSchema } from "@yihao/members/model";
import { companyOf } from "@yihao/members/store";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { type BillWay, BillWaySchema } from "./model.ts";
import { billWayOf, billWayWrite } from "./store.ts";

const tags = ["billing"];
const of = inSpace({ company: CompanyIdSchema });
const BillWayViewSchema = BillWaySchema.extend({ rev: z.int() }).strip();

/** Says how a company is billed (出账方式), as it was read at `rev`; months that were begun stay as they are. Refused as `missing` and `stale`. */
async function changeWay(
  scope: Scope,
  company: z.infer<typeof CompanyIdSchema>,
  way: BillWay,
  rev: number,
): Promise<Outcome<Stored<BillWay>, "missing" | "stale">> {
  if (!(await companyOf(scope, company))) return refuse("missing");
  const now = await billWayOf(scope, company);
  if (now.rev !== rev) return refuse("stale", { current: now.rev });
  const told = happened(scope, "bill-way.changed", company, { company, before: now.bills, after: way.bills });
  const outcome = await commit(scope, [billWayWrite(scope, company, way, rev), told], {
    answer: { ...way, rev: rev + 1 },
  });
  return outcome.done ? accept(outcome.answer) : refuse("stale");
}

/** Routes of how a company is billed: by one bill a month, or by one each for rent, warehouse and the rest. */
export const billWayRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/companies/{company}/bill-way",
      tags,
      summary: "Whether a company has one bill a month or one for each part of it",
      middleware: [may({ right: "billing.read" })] as const,
      request: { params: of },
      responses: { 200: answers(BillWayViewSchema) },
    }),
    async (c) => {
      const { company } = c.req.valid("param");
      if (!(await companyOf(c.var.scope, company))) throw new Refused("missing");
      const way = await billWayOf(c.var.scope, company);
      etag(c, way.rev);
      return c.json(way, 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/accounts/spaces/{space}/companies/{company}/bill-way",
      tags,
      summary: "Say whether a company has one bill a month or one for each part of it",
      middleware: [may({ right: "billing.keep" })] as const,
      request: { params: of, body: body(BillWaySchema) },
      responses: { 200: answers(BillWayViewSchema) },
    }),
    async (c) => {
      const way = take(await changeWay(c.var.scope, c.req.valid("param").company, c.req.valid("json"), ifMatch(c)));
      etag(c, way.rev);
      return c.json(way, 200);
    },
  );
