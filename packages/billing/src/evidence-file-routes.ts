import type { Files } from "@yihao/http/files";
import { answers, body, createRoute, inSpace, may, router, z } from "@yihao/http/room";
import type { CompanyId } from "@yihao/kernel/ids";
import { Refused, take } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { askUpload, finishUpload } from "@yihao/members/document-actions";
import { DocumentIdSchema, DocumentViewSchema, NewDocumentSchema, UploadSchema } from "@yihao/members/document-model";
import { DisputeIdSchema } from "./dispute-model.ts";
import { disputeOf } from "./dispute-store.ts";
import { payerOf } from "./payer.ts";

const at = "/files/spaces/{space}/disputes/{dispute}/documents";
const keepers = may({ right: "billing.keep" });

/** The company whose documents a dispute's evidence is kept among, where its own people do not see it; the one that it was merged into, if it was. */
async function companyOf(scope: Scope, id: string): Promise<CompanyId> {
  const dispute = await disputeOf(scope, id);
  if (!dispute) throw new Refused("missing");
  return payerOf(scope, dispute.company as CompanyId);
}

/** Routes by which book-keepers put files of evidence (举证材料), who may put no other documents of companies. */
export const evidenceFileRoutes = (files: Files) =>
  router()
    .openapi(
      createRoute({
        method: "post",
        path: at,
        tags: ["billing"],
        summary: "Ask for a link to put a file of evidence under",
        middleware: [keepers] as const,
        request: {
          params: inSpace({ dispute: DisputeIdSchema }),
          body: body(NewDocumentSchema.pick({ name: true, type: true, bytes: true })),
        },
        responses: { 201: answers(UploadSchema) },
      }),
      async (c) => {
        const { scope, caller } = c.var;
        const company = await companyOf(scope, c.req.valid("param").dispute);
        const wish = { ...c.req.valid("json"), topic: "other" as const, visible: false };
        const { document, url, headers } = take(await askUpload(scope, files, company, caller, wish));
        return c.json({ document, url, headers: { ...headers } }, 201);
      },
    )
    .openapi(
      createRoute({
        method: "post",
        path: `${at}/{document}/done`,
        tags: ["billing"],
        summary: "Take a file of evidence whose bytes have come",
        middleware: [keepers] as const,
        request: {
          params: inSpace({ dispute: DisputeIdSchema, document: DocumentIdSchema }),
          body: body(z.strictObject({})),
        },
        responses: { 201: answers(DocumentViewSchema) },
      }),
      async (c) => {
        const { dispute, document } = c.req.valid("param");
        const company = await companyOf(c.var.scope, dispute);
        return c.json(take(await finishUpload(c.var.scope, files, company, document)), 201);
      },
    );
