import {
  answers,
  body,
  createRoute,
  etag,
  ifMatch,
  inSpace,
  listQuery,
  may,
  pageOf,
  router,
  z,
} from "@yihao/http/room";
import type { CompanyId } from "@yihao/kernel/ids";
import { Refused, take } from "@yihao/kernel/outcome";
import { ownCompany, type Scope } from "@yihao/kernel/scope";
import { addCompany, changeCompany, changeContact } from "./company-actions.ts";
import { dryRun, importCompanies } from "./import-actions.ts";
import { DryRunSchema, ImportedSchema, ImportWishSchema } from "./import-model.ts";
import {
  AllowanceSchema,
  CompanyChangeSchema,
  CompanyEntrySchema,
  CompanyFactsSchema,
  CompanyIdSchema,
  CompanyViewSchema,
  ContactSchema,
  NewSubscriptionSchema,
  SubscriptionEndSchema,
  TimelineEntrySchema,
} from "./model.ts";
import { companyTimeline, findCompanies } from "./reads.ts";
import { companyOf, companyPage } from "./store.ts";
import { allowancesOf, endSubscription, startSubscription } from "./subscription-actions.ts";

const tags = ["members"];
const staff = may({ staff: "any" });
const everyone = may({ staff: "any", company: "any" });
const keepers = may({ staff: ["manager", "frontdesk"] });
const managers = may({ staff: ["manager"] });
const contacts = may({ staff: ["manager", "frontdesk"], company: ["admin"] });
const params = inSpace({ company: CompanyIdSchema });

/** The company that a path names, for someone who may see it: another company's answers as one that is missing. */
function seen(scope: Scope, company: CompanyId): CompanyId {
  const own = ownCompany(scope);
  if (own !== undefined && own !== company) throw new Refused("missing");
  return company;
}

/** Routes of companies, their import, plans and timelines. A company's people reach their own company and no other. */
export const membersRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/companies",
      tags,
      summary: "List companies by name, or find them by name, pinyin or code",
      middleware: [staff] as const,
      request: { params: inSpace({}), query: listQuery.extend({ q: z.string().max(60).optional() }) },
      responses: { 200: answers(pageOf(CompanyEntrySchema)) },
    }),
    async (c) => {
      const { q, ...page } = c.req.valid("query");
      if (q?.trim()) return c.json({ items: await findCompanies(c.var.scope, q), next: null }, 200);
      return c.json(await companyPage(c.var.scope, page), 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/companies",
      tags,
      summary: "Add a company",
      middleware: [keepers] as const,
      request: { params: inSpace({}), body: body(CompanyFactsSchema) },
      responses: { 201: answers(CompanyViewSchema) },
    }),
    async (c) => c.json(take(await addCompany(c.var.scope, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/companies/import",
      tags,
      summary: "Check a CSV of companies, or import all of it or nothing",
      middleware: [keepers] as const,
      request: { params: inSpace({}), body: body(ImportWishSchema) },
      responses: { 200: answers(DryRunSchema, "What it would do"), 201: answers(ImportedSchema, "All imported") },
    }),
    async (c) => {
      const { csv, mode } = c.req.valid("json");
      if (mode === "dry-run") return c.json(take(await dryRun(c.var.scope, csv)), 200);
      return c.json(take(await importCompanies(c.var.scope, csv)), 201);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/companies/{company}",
      tags,
      summary: "Read a company",
      middleware: [everyone] as const,
      request: { params },
      responses: { 200: answers(CompanyViewSchema) },
    }),
    async (c) => {
      const company = await companyOf(c.var.scope, seen(c.var.scope, c.req.valid("param").company));
      if (!company) throw new Refused("missing");
      etag(c, company.rev);
      return c.json(company, 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/companies/{company}",
      tags,
      summary: "Change a company's facts",
      middleware: [keepers] as const,
      request: { params, body: body(CompanyChangeSchema) },
      responses: { 200: answers(CompanyViewSchema) },
    }),
    async (c) => {
      const { company } = c.req.valid("param");
      const changed = take(await changeCompany(c.var.scope, company, c.req.valid("json"), ifMatch(c)));
      etag(c, changed.rev);
      return c.json(changed, 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/companies/{company}/contact",
      tags,
      summary: "Change how to reach a company",
      middleware: [contacts] as const,
      request: { params, body: body(ContactSchema) },
      responses: { 200: answers(CompanyViewSchema) },
    }),
    async (c) => {
      const company = seen(c.var.scope, c.req.valid("param").company);
      const changed = take(await changeContact(c.var.scope, company, c.req.valid("json"), ifMatch(c)));
      etag(c, changed.rev);
      return c.json(changed, 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/companies/{company}/subscription",
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
      path: "/spaces/{space}/companies/{company}/subscription/end",
      tags,
      summary: "End a company's plan",
      middleware: [managers] as const,
      request: { params, body: body(SubscriptionEndSchema) },
      responses: { 201: answers(CompanyViewSchema) },
    }),
    async (c) => {
      const { company } = c.req.valid("param");
      return c.json(take(await endSubscription(c.var.scope, company, c.req.valid("json").until)), 201);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/companies/{company}/allowances",
      tags,
      summary: "Read a company's allowances month by month",
      middleware: [everyone] as const,
      request: { params },
      responses: { 200: answers(z.object({ items: z.array(AllowanceSchema) })) },
    }),
    async (c) => {
      const company = seen(c.var.scope, c.req.valid("param").company);
      if (!(await companyOf(c.var.scope, company))) throw new Refused("missing");
      return c.json({ items: await allowancesOf(c.var.scope, company) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/companies/{company}/timeline",
      tags,
      summary: "Read a company's timeline, newest first",
      middleware: [everyone] as const,
      request: { params, query: listQuery },
      responses: { 200: answers(pageOf(TimelineEntrySchema)) },
    }),
    async (c) => {
      const company = seen(c.var.scope, c.req.valid("param").company);
      if (!(await companyOf(c.var.scope, company, { consistent: false }))) throw new Refused("missing");
      return c.json(await companyTimeline(c.var.scope, company, c.req.valid("query")), 200);
    },
  );
