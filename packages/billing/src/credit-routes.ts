import { answers, body, createRoute, inSpace, listQuery, may, pageOf, router, z } from "@yihao/http/room";
import { Refused, take } from "@yihao/kernel/outcome";
import { ownCompany } from "@yihao/kernel/scope";
import { CompanyIdSchema } from "@yihao/members/model";
import { mailBill } from "./bill-letters.ts";
import { creditInvoice } from "./credit-actions.ts";
import { CreditNoteSchema, NewCreditSchema } from "./credit-model.ts";
import { listCredits } from "./credit-store.ts";
import { InvoiceIdSchema, InvoiceMailedSchema } from "./model.ts";

const tags = ["billing"];

/** Routes of what is done to a final bill: credit notes, which a company's people see of their own, and writing of it once more. */
export const creditRoutes = router()
  .openapi(
    createRoute({
      method: "post",
      path: "/accounts/spaces/{space}/invoices/{invoice}/letters",
      tags,
      summary: "Write to the company of a final bill once more",
      middleware: [may({ right: "billing.issue" })] as const,
      request: { params: inSpace({ invoice: InvoiceIdSchema }), body: body(z.strictObject({})) },
      responses: { 201: answers(InvoiceMailedSchema) },
    }),
    async (c) => c.json(take(await mailBill(c.var.scope, c.req.valid("param").invoice)), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/accounts/spaces/{space}/invoices/{invoice}/credits",
      tags,
      summary: "Take a finalised bill back, whole or in part, by a credit note",
      middleware: [may({ right: "billing.keep" })] as const,
      request: { params: inSpace({ invoice: InvoiceIdSchema }), body: body(NewCreditSchema) },
      responses: { 201: answers(CreditNoteSchema) },
    }),
    async (c) => {
      const { invoice } = c.req.valid("param");
      return c.json(take(await creditInvoice(c.var.scope, invoice, c.req.valid("json"))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/credits",
      tags,
      summary: "List credit notes, latest first",
      middleware: [may({ right: "billing.read", company: "any" })] as const,
      request: { params: inSpace({}), query: listQuery.extend({ company: CompanyIdSchema.optional() }) },
      responses: { 200: answers(pageOf(CreditNoteSchema)) },
    }),
    async (c) => {
      const { company, ...page } = c.req.valid("query");
      const own = ownCompany(c.var.scope);
      if (own && company && own !== company) throw new Refused("missing");
      const { items, next } = await listCredits(c.var.scope, { ...page, company: own ?? company });
      return c.json({ items: items.map(({ rev: _rev, ...note }) => note), next }, 200);
    },
  );
