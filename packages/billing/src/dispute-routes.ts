import { answers, body, createRoute, inSpace, may, router, z } from "@yihao/http/room";
import { Refused, take } from "@yihao/kernel/outcome";
import { DisputeIdSchema, DisputeSchema, EvidenceSchema, NewEvidenceSchema } from "./dispute-model.ts";
import { disputesOf } from "./dispute-store.ts";
import { handInEvidence, readEvidence } from "./evidence-actions.ts";
import { InvoiceIdSchema } from "./model.ts";
import { paperLanguages } from "./paper-words.ts";

const tags = ["billing"];
const readers = may({ right: "billing.read" });
const of = inSpace({ dispute: DisputeIdSchema });
const ToHandInSchema = z.object({
  evidence: EvidenceSchema.nullable(),
  bills: z.array(z.object({ invoice: InvoiceIdSchema, number: z.string() })),
  usage: z.string(),
});

/** Routes of disputed payments (争议) and of what is handed in as evidence. */
export const disputeRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/disputes",
      tags,
      summary: "List payments that payers' banks dispute, those that are open first",
      middleware: [readers] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(z.object({ items: z.array(DisputeSchema) })) },
    }),
    async (c) => c.json({ items: (await disputesOf(c.var.scope)).map(({ rev: _rev, ...one }) => one) }, 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/disputes/{dispute}/evidence",
      tags,
      summary: "What was handed in as evidence of a dispute, and what there is to hand in",
      middleware: [readers] as const,
      request: { params: of, query: z.object({ language: z.enum(paperLanguages).default("zh") }) },
      responses: { 200: answers(ToHandInSchema) },
    }),
    async (c) => {
      const found = await readEvidence(c.var.scope, c.req.valid("param").dispute, c.req.valid("query").language);
      if (!found) throw new Refused("missing");
      return c.json(found, 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/accounts/spaces/{space}/disputes/{dispute}/evidence",
      tags,
      summary: "Hand evidence in: kept at the provider, or submitted to the payer's bank, which takes it once",
      middleware: [may({ right: "billing.keep" })] as const,
      request: { params: of, body: body(NewEvidenceSchema) },
      responses: { 201: answers(EvidenceSchema) },
    }),
    async (c) =>
      c.json(take(await handInEvidence(c.var.scope, c.req.valid("param").dispute, c.req.valid("json"))), 201),
  );
