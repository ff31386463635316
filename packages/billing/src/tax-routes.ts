import { answers, createRoute, etag, inSpace, may, router, z } from "@yihao/http/room";
import { Refused } from "@yihao/kernel/outcome";
import { CompanyIdSchema } from "@yihao/members/model";
import { companyOf } from "@yihao/members/store";
import { TaxSettingsSchema, TaxSettingsViewSchema } from "@yihao/pricing/tax-model";
import { taxSettingsOf } from "@yihao/pricing/tax-store";
import { taxBackground } from "./taxes.ts";

const finance = may({ right: "billing.read" });
const StretchSchema = z.object({ from: z.iso.date(), until: z.iso.date().optional() });
/** What the tax of a company's charges depends on; `settings` are null while the space has said nothing. */
export const TaxBackgroundSchema = z.object({
  settings: TaxSettingsSchema.nullable(),
  incubated: z.array(StretchSchema),
});

/** Routes of how a space is taxed (税务设置). It is changed by two people, as a proposal. */
export const taxRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/tax-settings",
      tags: ["billing"],
      summary: "How the space is taxed: rates of its streams, its titles, and since when it accounts separately",
      middleware: [finance] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(TaxSettingsViewSchema) },
    }),
    async (c) => {
      const { rev, ...settings } = await taxSettingsOf(c.var.scope);
      etag(c, rev);
      return c.json({ settings, rev }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/companies/{company}/tax-background",
      tags: ["billing"],
      summary:
        "What the tax of a company's charges depends on: how the space is taxed, and when the company is incubated",
      middleware: [finance] as const,
      request: { params: inSpace({ company: CompanyIdSchema }) },
      responses: { 200: answers(TaxBackgroundSchema) },
    }),
    async (c) => {
      const { company } = c.req.valid("param");
      const [owner, found] = await Promise.all([companyOf(c.var.scope, company), taxBackground(c.var.scope, company)]);
      if (!owner) throw new Refused("missing");
      return c.json({ settings: found?.settings ?? null, incubated: [...(found?.incubated ?? [])] }, 200);
    },
  );
