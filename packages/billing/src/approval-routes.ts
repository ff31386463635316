import { answers, body, createRoute, inSpace, listQuery, may, pageOf, router, z } from "@yihao/http/room";
import { Refused, take } from "@yihao/kernel/outcome";
import { ownCompany, type Scope } from "@yihao/kernel/scope";
import { CompanyIdSchema } from "@yihao/members/model";
import {
  type Approval,
  ApprovalIdSchema,
  ApprovalViewSchema,
  DepositDemandSchema,
  DepositSchema,
  NewApplicationSchema,
  NewApprovalSchema,
  NewDepositSchema,
  RefundSchema,
} from "./approval-model.ts";
import { depositsOf, listApprovals, refundsOf } from "./approval-store.ts";
import { decide, personOf, propose } from "./approvals.ts";
import { openDemands } from "./demands.ts";
import { applyOwn, takeDeposit } from "./deposits.ts";
import { MonthSchema, PaymentViewSchema } from "./model.ts";
import { closedThrough, closePeriod } from "./period.ts";
import { paymentView } from "./reads.ts";

const tags = ["billing"];
const finance = may({ right: "billing.keep" });
const seers = may({ right: "billing.read" });
const deciders = may({ right: "billing.approve" });
const readers = may({ right: "billing.read", company: "any" });
const ofCompany = z.object({ company: CompanyIdSchema.optional() });

/** The company whose things are asked for: a company's people see their own, staff name one. */
export function companyOfQuery(scope: Scope, company: string | undefined): string {
  const own = ownCompany(scope);
  const wanted = own ?? company;
  if (wanted === undefined || (company !== undefined && company !== wanted)) throw new Refused("missing");
  return wanted;
}

const view = (scope: Scope, { rev = 1, ...approval }: Approval & { rev?: number }) => ({
  ...approval,
  rev,
  mine: approval.proposedBy === personOf(scope),
});
const plain = <T extends { rev: number }>({ rev: _rev, ...rest }: T) => rest;

/** Routes of what takes two people, of deposits and balances, and of closed periods. */
export const approvalRoutes = router()
  .openapi(
    createRoute({
      method: "post",
      path: "/accounts/spaces/{space}/approvals",
      tags,
      summary: "Propose a refund, a write-off, a deposit's return or another account for transfers",
      middleware: [finance] as const,
      request: { params: inSpace({}), body: body(NewApprovalSchema) },
      responses: { 201: answers(ApprovalViewSchema) },
    }),
    async (c) => {
      const { scope } = c.var;
      return c.json(view(scope, take(await propose(scope, c.req.valid("json"), c.var.caller.name))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/approvals",
      tags,
      summary: "List what waits for a second person, or what was decided",
      middleware: [seers] as const,
      request: { params: inSpace({}), query: listQuery.extend({ state: z.enum(["open", "done"]).default("open") }) },
      responses: { 200: answers(pageOf(ApprovalViewSchema)) },
    }),
    async (c) => {
      const { state, ...page } = c.req.valid("query");
      const { items, next } = await listApprovals(c.var.scope, { ...page, open: state === "open" });
      return c.json({ items: items.map((one) => view(c.var.scope, one)), next }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/accounts/spaces/{space}/approvals/{approval}/decision",
      tags,
      summary: "Approve or decline what another proposed, or withdraw what one proposed oneself",
      middleware: [deciders] as const,
      request: {
        params: inSpace({ approval: ApprovalIdSchema }),
        body: body(z.strictObject({ decision: z.enum(["approve", "decline", "withdraw"]) })),
      },
      responses: { 201: answers(ApprovalViewSchema) },
    }),
    async (c) => {
      const { scope } = c.var;
      const decided = await decide(scope, c.req.valid("param").approval, c.req.valid("json").decision);
      return c.json(view(scope, take(decided)), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/accounts/spaces/{space}/deposits",
      tags,
      summary: "Take a deposit",
      middleware: [finance] as const,
      request: { params: inSpace({}), body: body(NewDepositSchema) },
      responses: { 201: answers(DepositSchema) },
    }),
    async (c) => c.json(take(await takeDeposit(c.var.scope, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/deposits",
      tags,
      summary: "List the movements of a company's deposit",
      middleware: [readers] as const,
      request: { params: inSpace({}), query: ofCompany },
      responses: { 200: answers(z.object({ items: z.array(DepositSchema) })) },
    }),
    async (c) => {
      const company = companyOfQuery(c.var.scope, c.req.valid("query").company);
      return c.json({ items: (await depositsOf(c.var.scope, company)).map(plain) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/deposit-demands",
      tags,
      summary: "List deposits that agreements ask for and that have not come, of the space or of a company",
      middleware: [readers] as const,
      request: { params: inSpace({}), query: ofCompany },
      responses: { 200: answers(z.object({ items: z.array(DepositDemandSchema) })) },
    }),
    async (c) => {
      const { company } = c.req.valid("query");
      const all = company === undefined && ownCompany(c.var.scope) === undefined;
      const items = await openDemands(c.var.scope, all ? undefined : companyOfQuery(c.var.scope, company));
      return c.json({ items }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/refunds",
      tags,
      summary: "List what was given back to a company",
      middleware: [readers] as const,
      request: { params: inSpace({}), query: ofCompany },
      responses: { 200: answers(z.object({ items: z.array(RefundSchema) })) },
    }),
    async (c) => {
      const company = companyOfQuery(c.var.scope, c.req.valid("query").company);
      return c.json({ items: (await refundsOf(c.var.scope, company)).map(plain) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/accounts/spaces/{space}/applications",
      tags,
      summary: "Pay bills from a company's balance or deposit",
      middleware: [finance] as const,
      request: { params: inSpace({}), body: body(NewApplicationSchema) },
      responses: { 201: answers(PaymentViewSchema) },
    }),
    async (c) => c.json(paymentView(take(await applyOwn(c.var.scope, c.req.valid("json")))), 201),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/closed-period",
      tags,
      summary: "The last month that is closed for postings",
      middleware: [seers] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(z.object({ through: MonthSchema.nullable() })) },
    }),
    async (c) => c.json({ through: (await closedThrough(c.var.scope)) ?? null }, 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/accounts/spaces/{space}/closed-period",
      tags,
      summary: "Close every month up to one for postings",
      middleware: [finance] as const,
      request: { params: inSpace({}), body: body(z.strictObject({ through: MonthSchema })) },
      responses: { 201: answers(z.object({ through: MonthSchema })) },
    }),
    async (c) => c.json(take(await closePeriod(c.var.scope, c.req.valid("json").through)), 201),
  );
