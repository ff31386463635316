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
import { ownCompany, type Scope } from "@yihao/kernel/scope";
import { CompanyIdSchema } from "@yihao/members/model";
import { finaliseInvoice } from "./finalise.ts";
import { InvoiceViewSchema } from "./invoice-view.ts";
import {
  BalanceSchema,
  BillingSettingsSchema,
  ChargeSchema,
  InvoiceIdSchema,
  InvoiceRowSchema,
  InvoiceSchema,
  MonthSchema,
  NewPaymentSchema,
  NewRunSchema,
  OpenChargeSchema,
  PaymentViewSchema,
  RunSchema,
  SummarySchema,
} from "./model.ts";
import { recordPayment } from "./payments.ts";
import {
  listInvoices,
  lists,
  paymentView,
  readBalance,
  readInvoice,
  readOpenCharges,
  readSummary,
  seenHead,
} from "./reads.ts";
import { askRun } from "./run.ts";
import { changeSettings } from "./settings-actions.ts";
import { listChargesOn, listPayments, runOf, settingsOf } from "./store.ts";

const tags = ["billing"];
const finance = may({ right: "billing.read" });
const issuers = may({ right: "billing.issue" });
const readers = may({ right: "billing.read", company: "any" });
const everyone = may({ staff: "any", company: "any" });
const SettingsViewSchema = BillingSettingsSchema.extend({ rev: z.int() }).strip();
const BilledChargeSchema = ChargeSchema.extend({ invoice: InvoiceIdSchema.optional() });

function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Refused("missing");
  return value;
}

/** The company that a query names, for someone who may see it. */
function seen(scope: Scope, company: string | undefined): string | undefined {
  const own = ownCompany(scope);
  if (own !== undefined && company !== undefined && own !== company) throw new Refused("missing");
  return own ?? company;
}

const ofCompany = listQuery.extend({ company: CompanyIdSchema.optional() });

/** Routes of charges, bills and payments. A company's people see what is their company's, and no drafts. */
export const billingRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/charges",
      tags,
      summary: "List charges that are on no bill yet, each with why",
      middleware: [readers] as const,
      request: { params: inSpace({}), query: ofCompany },
      responses: { 200: answers(pageOf(OpenChargeSchema)) },
    }),
    async (c) => {
      const { company, ...page } = c.req.valid("query");
      return c.json(await readOpenCharges(c.var.scope, { ...page, company: seen(c.var.scope, company) }), 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/invoices/run",
      tags,
      summary: "Draw a month's bills as drafts, for all companies or some",
      middleware: [issuers] as const,
      request: { params: inSpace({}), body: body(NewRunSchema) },
      responses: { 201: answers(RunSchema) },
    }),
    async (c) => {
      const { month, companies } = c.req.valid("json");
      return c.json(take(await askRun(c.var.scope, month, companies)), 201);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/invoices/run/{month}",
      tags,
      summary: "How far a month's run is; null when nobody asked for one",
      middleware: [finance] as const,
      request: { params: inSpace({ month: MonthSchema }) },
      responses: { 200: answers(RunSchema.nullable()) },
    }),
    async (c) => c.json((await runOf(c.var.scope, c.req.valid("param").month)) ?? null, 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/invoices/summary",
      tags,
      summary: "Bills by state and receivables by age",
      middleware: [finance] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(SummarySchema) },
    }),
    async (c) => c.json(await readSummary(c.var.scope), 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/invoices",
      tags,
      summary: "List bills by state, or those of a company",
      middleware: [readers] as const,
      request: { params: inSpace({}), query: ofCompany.extend({ state: z.enum(lists).optional() }) },
      responses: { 200: answers(pageOf(InvoiceRowSchema)) },
    }),
    async (c) => {
      const { company, ...wish } = c.req.valid("query");
      return c.json(await listInvoices(c.var.scope, { ...wish, company: seen(c.var.scope, company) }), 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/invoices/{invoice}",
      tags,
      summary: "A bill with its lines and payments",
      middleware: [readers] as const,
      request: { params: inSpace({ invoice: InvoiceIdSchema }) },
      responses: { 200: answers(InvoiceViewSchema) },
    }),
    async (c) => {
      const invoice = found(await readInvoice(c.var.scope, c.req.valid("param").invoice));
      etag(c, invoice.rev);
      return c.json(invoice, 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/invoices/{invoice}/charges",
      tags,
      summary: "List the charges behind a bill's lines",
      middleware: [readers] as const,
      request: { params: inSpace({ invoice: InvoiceIdSchema }), query: listQuery },
      responses: { 200: answers(pageOf(BilledChargeSchema)) },
    }),
    async (c) => {
      const head = found(await seenHead(c.var.scope, c.req.valid("param").invoice));
      const page = await listChargesOn(c.var.scope, head.id, c.req.valid("query"));
      return c.json({ items: page.items.map(({ rev: _rev, ...charge }) => charge), next: page.next }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/invoices/{invoice}/finalise",
      tags,
      summary: "Finalise a draft: its number, the ledger's transfers, and no more changes",
      middleware: [issuers] as const,
      request: {
        params: inSpace({ invoice: InvoiceIdSchema }),
        body: body(z.strictObject({ totalMinor: z.int().optional() })),
      },
      responses: { 201: answers(InvoiceSchema) },
    }),
    async (c) => {
      const { invoice } = c.req.valid("param");
      return c.json(take(await finaliseInvoice(c.var.scope, invoice, c.req.valid("json"))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/payments",
      tags,
      summary: "Record a bank transfer or cash",
      middleware: [may({ right: "billing.keep" })] as const,
      request: { params: inSpace({}), body: body(NewPaymentSchema) },
      responses: { 201: answers(PaymentViewSchema) },
    }),
    async (c) => c.json(paymentView(take(await recordPayment(c.var.scope, c.req.valid("json")))), 201),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/payments",
      tags,
      summary: "List received payments, latest first",
      middleware: [readers] as const,
      request: { params: inSpace({}), query: ofCompany },
      responses: { 200: answers(pageOf(PaymentViewSchema)) },
    }),
    async (c) => {
      const { company, ...page } = c.req.valid("query");
      const { items, next } = await listPayments(c.var.scope, { ...page, company: seen(c.var.scope, company) });
      return c.json({ items: items.map(paymentView), next }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/companies/{company}/balance",
      tags,
      summary: "What a company owes, has paid ahead and has left as a deposit",
      middleware: [readers] as const,
      request: { params: inSpace({ company: CompanyIdSchema }) },
      responses: { 200: answers(BalanceSchema) },
    }),
    async (c) => {
      const { company } = c.req.valid("param");
      seen(c.var.scope, company);
      return c.json(await readBalance(c.var.scope, company), 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/billing-settings",
      tags,
      summary: "Days until bills are due, and the account for transfers",
      middleware: [everyone] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(SettingsViewSchema) },
    }),
    async (c) => {
      const settings = await settingsOf(c.var.scope);
      etag(c, settings.rev);
      return c.json(settings, 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/billing-settings",
      tags,
      summary: "Set days until bills are due, and the account for transfers",
      middleware: [may({ right: "billing.keep" })] as const,
      request: { params: inSpace({}), body: body(BillingSettingsSchema) },
      responses: { 200: answers(SettingsViewSchema) },
    }),
    async (c) => {
      const settings = take(await changeSettings(c.var.scope, c.req.valid("json"), ifMatch(c)));
      etag(c, settings.rev);
      return c.json(settings, 200);
    },
  );
