import type { Files } from "@yihao/http/files";
import { answers, body, createRoute, inSpace, may, router, z } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { askDownload, askUpload, finishUpload } from "./document-actions.ts";
import { DocumentIdSchema, DocumentViewSchema, NewDocumentSchema, UploadSchema } from "./document-model.ts";
import { CompanyIdSchema } from "./model.ts";
import { seen } from "./routes.ts";

const tags = ["documents"];
const at = "/files/spaces/{space}/companies/{company}/documents";
const params = inSpace({ company: CompanyIdSchema, document: DocumentIdSchema });
const everyone = may({ staff: "any", company: "any" });
const keepers = may({ right: "members.companies", company: ["admin"] });

/** The routes of the files function: links under which a browser puts and fetches bytes. Apart from the API because it carries the storage's SDK. */
export function fileRoutes(files: Files) {
  return router()
    .openapi(
      createRoute({
        method: "post",
        path: at,
        tags,
        summary: "Ask for a link to put a document under",
        middleware: [keepers] as const,
        request: { params: inSpace({ company: CompanyIdSchema }), body: body(NewDocumentSchema) },
        responses: { 201: answers(UploadSchema) },
      }),
      async (c) => {
        const { scope, caller } = c.var;
        const company = seen(scope, c.req.valid("param").company);
        const { document, url, headers } = take(await askUpload(scope, files, company, caller, c.req.valid("json")));
        return c.json({ document, url, headers: { ...headers } }, 201);
      },
    )
    .openapi(
      createRoute({
        method: "post",
        path: `${at}/{document}/done`,
        tags,
        summary: "Take a document whose bytes have come",
        middleware: [keepers] as const,
        request: { params, body: body(z.strictObject({})) },
        responses: { 201: answers(DocumentViewSchema) },
      }),
      async (c) => {
        const { company, document } = c.req.valid("param");
        return c.json(take(await finishUpload(c.var.scope, files, seen(c.var.scope, company), document)), 201);
      },
    )
    .openapi(
      createRoute({
        method: "get",
        path: `${at}/{document}/link`,
        tags,
        summary: "Ask for a link to fetch a document under",
        middleware: [everyone] as const,
        request: { params },
        responses: { 200: answers(z.object({ url: z.string() })) },
      }),
      async (c) => {
        const { company, document } = c.req.valid("param");
        return c.json(take(await askDownload(c.var.scope, files, seen(c.var.scope, company), document)), 200);
      },
    );
}
