import { answers, body, createRoute, inSpace, may, router, z } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { askPage } from "./checkout.ts";
import { InvoiceIdSchema, PaymentIdSchema } from "./model.ts";
import type { PaymentProvider } from "./provider.ts";

/** The routes of the pay function. `home` is the address that the payer comes back to. */
export function payRoutes(env: { readonly provider: PaymentProvider; readonly home: string }) {
  return router().openapi(
    createRoute({
      method: "post",
      path: "/pay/spaces/{space}/invoices/{invoice}/checkout",
      tags: ["billing"],
      summary: "Ask for a hosted page to pay what is open of a bill",
      middleware: [may({ staff: ["manager", "finance"], company: ["admin"] })] as const,
      request: {
        params: inSpace({ invoice: InvoiceIdSchema }),
        body: body(z.strictObject({ language: z.enum(["zh", "en"]) })),
      },
      responses: { 201: answers(z.object({ payment: PaymentIdSchema, url: z.string() })) },
    }),
    async (c) => {
      const { invoice } = c.req.valid("param");
      const { language } = c.req.valid("json");
      return c.json(take(await askPage(c.var.scope, env.provider, invoice, { language, home: env.home })), 201);
    },
  );
}
