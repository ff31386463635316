import { answers, createRoute, inSpace, may, router, z } from "@yihao/http/room";
import { DisputeSchema } from "./dispute-model.ts";
import { disputesOf } from "./dispute-store.ts";

/** Routes of disputed payments (争议). */
export const disputeRoutes = router().openapi(
  createRoute({
    method: "get",
    path: "/accounts/spaces/{space}/disputes",
    tags: ["billing"],
    summary: "List payments that payers' banks dispute, those that are open first",
    middleware: [may({ right: "billing.read" })] as const,
    request: { params: inSpace({}) },
    responses: { 200: answers(z.object({ items: z.array(DisputeSchema) })) },
  }),
  async (c) => c.json({ items: (await disputesOf(c.var.scope)).map(({ rev: _rev, ...one }) => one) }, 200),
);
