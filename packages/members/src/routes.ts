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
import { addCompany, changeCompany, changeContact, changeEntry, setPrices } from "./company-actions.ts";
import { dryRun, importCompanies } from "./import-actions.ts";
import { DryRunSchema, ImportedSchema, ImportWishSchema } from "./import-model.ts";
import {
  CompanyEntrySchema,
  CompanyFactsSchema,
  CompanyIdSchema,
  CompanyPricesSchema,
  CompanyViewSchema,
  ContactSchema,
  EntryChangeSchema,
  NewCompanySchema,
  TimelineEntrySchema,
} from "./model.ts";
import { companyTimeline, findCompanies } from "./reads.ts";
import { companyDetails, companyOf, companyPage } from "./store.ts";

const tags = ["members"];
const staff = may({ staff: "any" });
const everyone = may({ staff: "any", company: "any" });
const keepers = may({ right: "members.companies" });
const contacts = may({ right: "members.companies", company: ["admin"] });
const params = inSpace({ company: CompanyIdSchema });

/** The company that a path names, for someone who may see it: another company's answers as one that is missing. */
export function seen(scope: Scope, company: CompanyId): CompanyId {
  const own = ownCompany(scope);
  if (own !== undefined && own !== company) throw new Refused("missing");
  return company;
}

/** Routes of companies, their import and timelines. A company's people reach their own company and no other. */
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
      method: "get",
      path: "/spaces/{space}/companies/details",
      tags,
      summary: "List companies by name with all that is known of them, to hand them on",
      middleware: [keepers] as const,
      request: { params: inSpace({}), query: listQuery },
      responses: { 200: answers(pageOf(CompanyViewSchema)) },
    }),
    async (c) => c.json(await companyDetails(c.var.scope, c.req.valid("query")), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/companies",
      tags,
      summary: "Add a company",
      middleware: [keepers] as const,
      request: { params: inSpace({}), body: body(NewCompanySchema) },
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
      request: { params, body: body(CompanyFactsSchema) },
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
      method: "put",
      path: "/spaces/{space}/companies/{company}/entry",
      tags,
      summary: "Put right on which day and how a company came",
      middleware: [keepers] as const,
      request: { params, body: body(EntryChangeSchema) },
      responses: { 200: answers(CompanyViewSchema) },
    }),
    async (c) => {
      const { company } = c.req.valid("param");
      const changed = take(await changeEntry(c.var.scope, company, c.req.valid("json"), ifMatch(c)));
      etag(c, changed.rev);
      return c.json(changed, 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/companies/{company}/prices",
      tags,
      summary: "Set what a company pays where that is not what all pay",
      middleware: [may({ right: "pricing.manage" })] as const,
      request: { params, body: body(CompanyPricesSchema) },
      responses: { 200: answers(CompanyViewSchema) },
    }),
    async (c) => {
      const { company } = c.req.valid("param");
      const changed = take(await setPrices(c.var.scope, company, c.req.valid("json").prices, ifMatch(c)));
      etag(c, changed.rev);
      return c.json(changed, 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/companies/{company}/timeline",
      tags,
      summary: "Read a company's timeline, newest first; only what changed the company itself when asked so",
      middleware: [everyone] as const,
      request: { params, query: listQuery.extend({ only: z.enum(["changes"]).optional() }) },
      responses: { 200: answers(pageOf(TimelineEntrySchema)) },
    }),
    async (c) => {
      const company = seen(c.var.scope, c.req.valid("param").company);
      if (!(await companyOf(c.var.scope, company, { consistent: false }))) throw new Refused("missing");
      return c.json(await companyTimeline(c.var.scope, company, c.req.valid("query")), 200);
    },
  );
