import { answers, body, createRoute, inSpace, may, router, z } from "@yihao/http/room";
import { Refused, take } from "@yihao/kernel/outcome";
import { ownCompany } from "@yihao/kernel/scope";
import { allowancesOf, creditsOf } from "./allowance-actions.ts";
import { CompanyIdSchema, CompanyViewSchema } from "./model.ts";
import { sellPack, useCredits } from "./pack-actions.ts";
import { seen } from "./routes.ts";
import { companyOf, subscriptionsOf } from "./store.ts";
import {
  amendSubscription,
  endSubscription,
  giveNotice,
  pauseSubscription,
  renewSubscription,
  resumeSubscription,
  startSubscription,
  withdrawNotice,
} from "./subscription-actions.ts";
import {
  AllowanceSchema,
  AmendmentSchema,
  CreditSchema,
  CreditUseSchema,
  LotSchema,
  NewLotSchema,
  NewNoticeSchema,
  NewPauseSchema,
  NewSubscriptionSchema,
  RenewSchema,
  ResumeSchema,
  SubscriptionEndSchema,
  SubscriptionSchema,
} from "./subscription-model.ts";

const tags = ["members"];
const everyone = may({ staff: "any", company: "any" });
const managers = may({ right: "members.plans" });
const keepers = may({ right: "members.companies" });
/** A company's own admin gives notice and takes it back as a manager does. */
const bound = may({ right: "members.plans", company: ["admin"] });
const params = inSpace({ company: CompanyIdSchema });
const at = "/spaces/{space}/companies/{company}";

/** Routes of a company's plan: start, change, pause, renew, notice, end; and of its credits. */
export const subscriptionRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: `${at}/subscriptions`,
      tags,
      summary: "List every plan that a company has or had",
      middleware: [everyone] as const,
      request: { params },
      responses: { 200: answers(z.object({ items: z.array(SubscriptionSchema) })) },
    }),
    async (c) => {
      const company = await companyOf(c.var.scope, seen(c.var.scope, c.req.valid("param").company));
      if (!company) throw new Refused("missing");
      return c.json({ items: await subscriptionsOf(c.var.scope, company) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/subscription`,
      tags,
      summary: "Start a plan for a company",
      middleware: [managers] as const,
      request: { params, body: body(NewSubscriptionSchema) },
      responses: { 201: answers(CompanyViewSchema) },
    }),
    async (c) => {
      const { company } = c.req.valid("param");
      return c.json(take(await startSubscription(c.var.scope, company, c.req.valid("json"))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/subscription/amend`,
      tags,
      summary: "Change a company's plan from a day on",
      middleware: [managers] as const,
      request: { params, body: body(AmendmentSchema) },
      responses: { 201: answers(CompanyViewSchema) },
    }),
    async (c) => {
      const { company } = c.req.valid("param");
      return c.json(take(await amendSubscription(c.var.scope, company, c.req.valid("json"))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/subscription/pause`,
      tags,
      summary: "Rest a company's plan for some days",
      middleware: [managers] as const,
      request: { params, body: body(NewPauseSchema) },
      responses: { 201: answers(CompanyViewSchema) },
    }),
    async (c) => {
      const { company } = c.req.valid("param");
      return c.json(take(await pauseSubscription(c.var.scope, company, c.req.valid("json"))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/subscription/resume`,
      tags,
      summary: "Let a company's plan run again from a day on",
      middleware: [managers] as const,
      request: { params, body: body(ResumeSchema) },
      responses: { 201: answers(CompanyViewSchema) },
    }),
    async (c) => {
      const { company } = c.req.valid("param");
      return c.json(take(await resumeSubscription(c.var.scope, company, c.req.valid("json").from)), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/subscription/renew`,
      tags,
      summary: "Bind a company to its plan for more months",
      middleware: [managers] as const,
      request: { params, body: body(RenewSchema) },
      responses: { 201: answers(CompanyViewSchema) },
    }),
    async (c) => {
      const { company } = c.req.valid("param");
      const { months, plan } = c.req.valid("json");
      const wish = { months, ...(plan ? { plan } : {}) };
      return c.json(take(await renewSubscription(c.var.scope, company, wish)), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/subscription/notice`,
      tags,
      summary: "Give notice of a company's plan",
      middleware: [bound] as const,
      request: { params, body: body(NewNoticeSchema) },
      responses: { 201: answers(CompanyViewSchema) },
    }),
    async (c) => {
      const { scope } = c.var;
      const { until, reason } = c.req.valid("json");
      const by = ownCompany(scope) === undefined ? "space" : "company";
      const wish = { by, ...(until ? { until } : {}), ...(reason ? { reason } : {}) } as const;
      return c.json(take(await giveNotice(scope, seen(scope, c.req.valid("param").company), wish)), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/subscription/notice/withdraw`,
      tags,
      summary: "Take notice back",
      middleware: [bound] as const,
      request: { params, body: body(z.strictObject({})) },
      responses: { 201: answers(CompanyViewSchema) },
    }),
    async (c) => {
      const company = seen(c.var.scope, c.req.valid("param").company);
      return c.json(take(await withdrawNotice(c.var.scope, company)), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/subscription/end`,
      tags,
      summary: "End a company's plan on a day, whatever its term says",
      middleware: [managers] as const,
      request: { params, body: body(SubscriptionEndSchema) },
      responses: { 201: answers(CompanyViewSchema) },
    }),
    async (c) => {
      const { company } = c.req.valid("param");
      const { until, reason } = c.req.valid("json");
      return c.json(take(await endSubscription(c.var.scope, company, until, reason)), 201);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: `${at}/allowances`,
      tags,
      summary: "Read a company's room minutes month by month, and all its credits by source",
      middleware: [everyone] as const,
      request: { params },
      responses: {
        200: answers(z.object({ items: z.array(AllowanceSchema), credits: z.array(CreditSchema) })),
      },
    }),
    async (c) => {
      const company = seen(c.var.scope, c.req.valid("param").company);
      if (!(await companyOf(c.var.scope, company))) throw new Refused("missing");
      const credits = await creditsOf(c.var.scope, company);
      return c.json({ items: allowancesOf(credits), credits }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/packs`,
      tags,
      summary: "Sell a pack of credits to a company",
      middleware: [managers] as const,
      request: { params, body: body(NewLotSchema) },
      responses: { 201: answers(LotSchema) },
    }),
    async (c) => {
      const { company } = c.req.valid("param");
      return c.json(take(await sellPack(c.var.scope, company, c.req.valid("json"))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/credits/use`,
      tags,
      summary: "Use credits of a company by hand, e.g. a guest's pass",
      middleware: [keepers] as const,
      request: { params, body: body(CreditUseSchema) },
      responses: { 201: answers(z.object({ left: z.int() })) },
    }),
    async (c) => {
      const { company } = c.req.valid("param");
      return c.json(take(await useCredits(c.var.scope, company, c.req.valid("json"))), 201);
    },
  );
