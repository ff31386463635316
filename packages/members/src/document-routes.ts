import { answers, body, createRoute, etag, ifMatch, inSpace, may, router, z } from "@yihao/http/room";
import { Refused, take } from "@yihao/kernel/outcome";
import { changeDocument, removeDocument, seeDocuments } from "./document-actions.ts";
import { DocumentChangeSchema, DocumentIdSchema, DocumentViewSchema } from "./document-model.ts";
import { CompanyIdSchema } from "./model.ts";
import { seen } from "./routes.ts";
import { companyOf } from "./store.ts";

const tags = ["documents"];
const everyone = may({ staff: "any", company: "any" });
const keepers = may({ right: "members.companies", company: ["admin"] });
const at = "/spaces/{space}/companies/{company}/documents";
const params = inSpace({ company: CompanyIdSchema, document: DocumentIdSchema });

/** Routes of a company's documents but for their bytes, which the files function gives links to. */
export const documentRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: at,
      tags,
      summary: "List a company's documents, the newest first; its own people see those that are visible",
      middleware: [everyone] as const,
      request: { params: inSpace({ company: CompanyIdSchema }) },
      responses: { 200: answers(z.object({ items: z.array(DocumentViewSchema) })) },
    }),
    async (c) => {
      const company = seen(c.var.scope, c.req.valid("param").company);
      if (!(await companyOf(c.var.scope, company))) throw new Refused("missing");
      return c.json({ items: await seeDocuments(c.var.scope, company) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: `${at}/{document}`,
      tags,
      summary: "Change a document's name, topic or who sees it",
      middleware: [keepers] as const,
      request: { params, body: body(DocumentChangeSchema) },
      responses: { 200: answers(DocumentViewSchema) },
    }),
    async (c) => {
      const { company, document } = c.req.valid("param");
      const owner = seen(c.var.scope, company);
      const changed = take(await changeDocument(c.var.scope, owner, document, c.req.valid("json"), ifMatch(c)));
      etag(c, changed.rev);
      return c.json(changed, 200);
    },
  )
  .openapi(
    createRoute({
      method: "delete",
      path: `${at}/{document}`,
      tags,
      summary: "Remove a document",
      middleware: [keepers] as const,
      request: { params },
      responses: { 200: answers(z.object({})) },
    }),
    async (c) => {
      const { company, document } = c.req.valid("param");
      take(await removeDocument(c.var.scope, seen(c.var.scope, company), document));
      return c.json({}, 200);
    },
  );
