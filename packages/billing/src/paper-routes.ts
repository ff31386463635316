import { createRoute, inSpace, may, router, z } from "@yihao/http/room";
import { getSpace } from "@yihao/identity/store";
import type { CompanyId } from "@yihao/kernel/ids";
import { Refused, take } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { CompanyIdSchema } from "@yihao/members/model";
import { companyOfQuery } from "./approval-routes.ts";
import { openDemand } from "./demand.ts";
import { demandsOf } from "./demand-store.ts";
import { InvoiceIdSchema } from "./model.ts";
import { type OpenDeposit, type Paper, paperOfCredit, paperOfInvoice } from "./paper.ts";
import { type PaperLanguage, paperLanguages } from "./paper-words.ts";
import { readInvoice } from "./reads.ts";
import { paperOfStatement } from "./statement-paper.ts";
import { readStatement } from "./statement-reads.ts";
import { statementQuery } from "./statement-routes.ts";
import { settingsOf } from "./store.ts";

const readers = may({ right: "billing.read", company: "any" });
const query = z.object({ language: z.enum(paperLanguages).default("zh") });
const pdf = {
  200: { description: "The PDF", content: { "application/pdf": { schema: z.string().openapi({ format: "binary" }) } } },
} as const;

/** What draws a paper as a PDF. It is handed in, since whoever only describes the routes draws nothing and needs no fonts. */
export type Print = (paper: Paper, at: string) => Promise<Uint8Array<ArrayBuffer>>;

async function finalised(scope: Scope, invoice: string) {
  const [bill, space] = await Promise.all([readInvoice(scope, invoice), getSpace(scope)]);
  if (!bill || bill.state === "draft") throw new Refused("missing");
  return { bill, issuer: space?.name ?? "" };
}

/** What agreements of a company ask for as deposits and have not got. */
async function depositsAsked(scope: Scope, company: string): Promise<OpenDeposit[]> {
  return (await demandsOf(scope, company))
    .map((demand) => ({ title: demand.title, openMinor: openDemand(demand) }))
    .filter(({ openMinor }) => openMinor > 0);
}

/** A paper as the file of an answer. */
export async function asFile(print: Print, paper: Paper, at: string): Promise<Response> {
  return new Response(await print(paper, at), {
    headers: {
      "content-type": "application/pdf",
      "content-disposition": `attachment; filename="${paper.number}.pdf"`,
      "cache-control": "private, no-store",
    },
  });
}

/** Routes of printed bills, credit notes and statements, for the space and for the company they are of. */
export const paperRoutes = (print: Print) =>
  router()
    .openapi(
      createRoute({
        method: "get",
        path: "/papers/spaces/{space}/invoices/{invoice}",
        tags: ["billing"],
        summary: "A finalised bill as a PDF, in Chinese or English",
        middleware: [readers] as const,
        request: { params: inSpace({ invoice: InvoiceIdSchema }), query },
        responses: pdf,
      }),
      async (c) => {
        const { scope } = c.var;
        const { bill, issuer } = await finalised(scope, c.req.valid("param").invoice);
        const [settings, deposits] = await Promise.all([settingsOf(scope), depositsAsked(scope, bill.company)]);
        const language: PaperLanguage = c.req.valid("query").language;
        return (await asFile(
          print,
          paperOfInvoice(bill, { issuer, settings, deposits }, language),
          bill.finalisedAt ?? scope.now,
        )) as never;
      },
    )
    .openapi(
      createRoute({
        method: "get",
        path: "/papers/spaces/{space}/invoices/{invoice}/credits/{credit}",
        tags: ["billing"],
        summary: "A credit note as a PDF, in Chinese or English",
        middleware: [readers] as const,
        request: {
          params: inSpace({ invoice: InvoiceIdSchema, credit: z.string().regex(/^HC-\d{6}-\d{4,}$/) }),
          query,
        },
        responses: pdf,
      }),
      async (c) => {
        const { invoice, credit } = c.req.valid("param");
        const { bill, issuer } = await finalised(c.var.scope, invoice);
        const note = bill.credits.find(({ number }) => number === credit);
        if (!note) throw new Refused("missing");
        const paper = paperOfCredit(note, { issuer, companyCode: bill.companyCode }, c.req.valid("query").language);
        return (await asFile(print, paper, note.at)) as never;
      },
    )
    .openapi(
      createRoute({
        method: "get",
        path: "/papers/spaces/{space}/companies/{company}/statement",
        tags: ["billing"],
        summary: "A company's statement of account as a PDF, in Chinese or English",
        middleware: [readers] as const,
        request: { params: inSpace({ company: CompanyIdSchema }), query: query.extend(statementQuery.shape) },
        responses: pdf,
      }),
      async (c) => {
        const { scope } = c.var;
        const { language, ...span } = c.req.valid("query");
        const company = companyOfQuery(scope, c.req.valid("param").company) as CompanyId;
        const [read, space] = await Promise.all([readStatement(scope, company, span), getSpace(scope)]);
        return (await asFile(print, paperOfStatement(take(read), space?.name ?? "", language), scope.now)) as never;
      },
    );
