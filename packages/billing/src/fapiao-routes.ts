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
import { askFapiao, changeTitle, readFapiaos, readTitle, stepOn } from "./fapiao-actions.ts";
import {
  FapiaoIdSchema,
  FapiaoSchema,
  FapiaoStepSchema,
  FapiaoTitleSchema,
  FapiaoTitleViewSchema,
  FapiaoViewSchema,
} from "./fapiao-model.ts";
import { InvoiceIdSchema } from "./model.ts";

const tags = ["billing"];
const readers = may({ right: "billing.read", company: "any" });
const askers = may({ right: "billing.keep", company: ["admin"] });

/** A company that the caller may see. */
function own(scope: Scope, company: string) {
  const mine = ownCompany(scope);
  if (mine && mine !== company) throw new Refused("missing");
  return CompanyIdSchema.parse(company);
}

/** Routes of fapiao (发票): titles, asking for one, and what became of it on the tax platform. */
export const fapiaoRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/companies/{company}/fapiao-title",
      tags,
      summary: "What a company's fapiao are made out to",
      middleware: [readers] as const,
      request: { params: inSpace({ company: CompanyIdSchema }) },
      responses: { 200: answers(FapiaoTitleViewSchema) },
    }),
    async (c) => {
      const { scope } = c.var;
      const title = await readTitle(scope, own(scope, c.req.valid("param").company));
      if (!title) throw new Refused("missing");
      etag(c, title.rev);
      return c.json(title, 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/accounts/spaces/{space}/companies/{company}/fapiao-title",
      tags,
      summary: "Say what a company's fapiao are made out to",
      middleware: [askers] as const,
      request: { params: inSpace({ company: CompanyIdSchema }), body: body(FapiaoTitleSchema) },
      responses: { 200: answers(FapiaoTitleViewSchema) },
    }),
    async (c) => {
      const { scope } = c.var;
      const company = own(scope, c.req.valid("param").company);
      const title = take(await changeTitle(scope, company, c.req.valid("json"), ifMatch(c)));
      etag(c, title.rev);
      return c.json(title, 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/accounts/spaces/{space}/invoices/{invoice}/fapiao",
      tags,
      summary: "Ask for the fapiao of a bill",
      middleware: [askers] as const,
      request: { params: inSpace({ invoice: InvoiceIdSchema }), body: body(z.strictObject({})) },
      responses: { 201: answers(FapiaoSchema) },
    }),
    async (c) => c.json(take(await askFapiao(c.var.scope, c.req.valid("param").invoice)), 201),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/fapiao",
      tags,
      summary: "List fapiao that wait or that are done, or those of a company",
      middleware: [readers] as const,
      request: {
        params: inSpace({}),
        query: listQuery.extend({
          company: CompanyIdSchema.optional(),
          state: z.enum(["open", "done"]).default("open"),
        }),
      },
      responses: { 200: answers(pageOf(FapiaoViewSchema)) },
    }),
    async (c) => {
      const { state, company, ...page } = c.req.valid("query");
      if (company) own(c.var.scope, company);
      return c.json(await readFapiaos(c.var.scope, { ...page, company, open: state === "open" }), 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/accounts/spaces/{space}/fapiao/{fapiao}/step",
      tags,
      summary: "Record that a fapiao was issued, declined, withdrawn or red-inked",
      middleware: [askers] as const,
      request: { params: inSpace({ fapiao: FapiaoIdSchema }), body: body(FapiaoStepSchema) },
      responses: { 201: answers(FapiaoSchema) },
    }),
    async (c) => c.json(take(await stepOn(c.var.scope, c.req.valid("param").fapiao, c.req.valid("json"))), 201),
  );
