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
import { Refused, take } from "@yihao/kernel/outcome";
import {
  amendAgreement,
  changeAgreement,
  draftAgreement,
  dropDraft,
  endAgreement,
  renewAgreement,
  seeAgreements,
  signAgreement,
} from "./agreement-actions.ts";
import {
  AgreementAmendSchema,
  AgreementEndSchema,
  AgreementFactsSchema,
  AgreementRenewSchema,
  AgreementRowSchema,
  AgreementViewSchema,
  SignSchema,
} from "./agreement-model.ts";
import { agreementPage } from "./agreement-store.ts";
import { AgreementIdSchema, CompanyIdSchema } from "./model.ts";
import { seen } from "./routes.ts";
import { companyOf } from "./store.ts";

const tags = ["agreements"];
const staff = may({ staff: "any" });
const everyone = may({ staff: "any", company: "any" });
const managers = may({ right: "members.agreements" });
const at = "/spaces/{space}/companies/{company}/agreements";
const ofCompany = inSpace({ company: CompanyIdSchema });
const params = inSpace({ company: CompanyIdSchema, agreement: AgreementIdSchema });

/** Routes of agreements (协议): drafts, signing, renewal, end. A company's people see their own that were signed. */
export const agreementRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/agreements",
      tags,
      summary: "List agreements: drafts and running ones by the day they end, or ended ones, the latest first",
      middleware: [staff] as const,
      request: { params: inSpace({}), query: listQuery.extend({ shelf: z.enum(["open", "done"]).default("open") }) },
      responses: { 200: answers(pageOf(AgreementRowSchema)) },
    }),
    async (c) => {
      const { shelf, ...page } = c.req.valid("query");
      return c.json(await agreementPage(c.var.scope, shelf, page), 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: at,
      tags,
      summary: "List a company's agreements, the latest first",
      middleware: [everyone] as const,
      request: { params: ofCompany },
      responses: { 200: answers(z.object({ items: z.array(AgreementViewSchema) })) },
    }),
    async (c) => {
      const company = seen(c.var.scope, c.req.valid("param").company);
      if (!(await companyOf(c.var.scope, company))) throw new Refused("missing");
      return c.json({ items: await seeAgreements(c.var.scope, company) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: at,
      tags,
      summary: "Draft an agreement with a company",
      middleware: [managers] as const,
      request: { params: ofCompany, body: body(AgreementFactsSchema) },
      responses: { 201: answers(AgreementViewSchema) },
    }),
    async (c) => {
      const { company } = c.req.valid("param");
      return c.json(take(await draftAgreement(c.var.scope, company, c.req.valid("json"))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: `${at}/{agreement}`,
      tags,
      summary: "Change an agreement; once signed, only what does not bind",
      middleware: [managers] as const,
      request: { params, body: body(AgreementFactsSchema) },
      responses: { 200: answers(AgreementViewSchema) },
    }),
    async (c) => {
      const { company, agreement } = c.req.valid("param");
      const wish = c.req.valid("json");
      const changed = take(await changeAgreement(c.var.scope, company, agreement, wish, ifMatch(c)));
      etag(c, changed.rev);
      return c.json(changed, 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/{agreement}/drop`,
      tags,
      summary: "Drop a draft as it was read",
      middleware: [managers] as const,
      request: { params, body: body(z.strictObject({ rev: z.int() })) },
      responses: { 201: answers(z.object({})) },
    }),
    async (c) => {
      const { company, agreement } = c.req.valid("param");
      take(await dropDraft(c.var.scope, company, agreement, c.req.valid("json").rev));
      return c.json({}, 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/{agreement}/sign`,
      tags,
      summary: "Sign an agreement: it runs, and lets what it names",
      middleware: [managers] as const,
      request: { params, body: body(SignSchema) },
      responses: { 201: answers(AgreementViewSchema) },
    }),
    async (c) => {
      const { company, agreement } = c.req.valid("param");
      return c.json(take(await signAgreement(c.var.scope, company, agreement, c.req.valid("json").signedOn)), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/{agreement}/renew`,
      tags,
      summary: "Renew an agreement to a later day",
      middleware: [managers] as const,
      request: { params, body: body(AgreementRenewSchema) },
      responses: { 201: answers(AgreementViewSchema) },
    }),
    async (c) => {
      const { company, agreement } = c.req.valid("param");
      return c.json(take(await renewAgreement(c.var.scope, company, agreement, c.req.valid("json"))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/{agreement}/amend`,
      tags,
      summary: "Change the rent from a day on, the days without rent, or the deposit of a running agreement",
      middleware: [managers] as const,
      request: { params, body: body(AgreementAmendSchema) },
      responses: { 201: answers(AgreementViewSchema) },
    }),
    async (c) => {
      const { company, agreement } = c.req.valid("param");
      return c.json(take(await amendAgreement(c.var.scope, company, agreement, c.req.valid("json"))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/{agreement}/end`,
      tags,
      summary: "End an agreement before its day",
      middleware: [managers] as const,
      request: { params, body: body(AgreementEndSchema) },
      responses: { 201: answers(AgreementViewSchema) },
    }),
    async (c) => {
      const { company, agreement } = c.req.valid("param");
      return c.json(take(await endAgreement(c.var.scope, company, agreement, c.req.valid("json"))), 201);
    },
  );
