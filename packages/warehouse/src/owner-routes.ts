import { answers, body, createRoute, etag, ifMatch, inSpace, may, router, z } from "@yihao/http/room";
import type { CompanyId } from "@yihao/kernel/ids";
import { take } from "@yihao/kernel/outcome";
import { CompanyIdSchema } from "./model.ts";
import { editOwnerRules, listOwnerRules, readOwnerRules } from "./owner-actions.ts";
import { OwnerRulesEditSchema, OwnerRulesSchema } from "./owner-model.ts";

const tags = ["warehouse"];
const ofOwner = inSpace({ company: CompanyIdSchema });

/** What owners may store and how much (货主规则). */
export const ownerRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/owners/storage",
      summary: "What each owner may store, and what it has now",
      tags,
      middleware: [may({ staff: "any" })] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(z.object({ items: z.array(OwnerRulesSchema) })) },
    }),
    async (c) => c.json({ items: await listOwnerRules(c.var.scope) }, 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/owners/{company}/storage",
      summary: "What an owner may store, and what it has now",
      tags,
      middleware: [may({ staff: "any", company: "any" })] as const,
      request: { params: ofOwner },
      responses: { 200: answers(OwnerRulesSchema) },
    }),
    async (c) => {
      const rules = take(await readOwnerRules(c.var.scope, c.req.valid("param").company as CompanyId));
      etag(c, rules.rev);
      return c.json(rules, 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/owners/{company}/storage",
      summary: "Say what an owner may store, and how much",
      tags,
      middleware: [may({ right: "warehouse.manage" })] as const,
      request: { params: ofOwner, body: body(OwnerRulesEditSchema) },
      responses: { 200: answers(OwnerRulesSchema) },
    }),
    async (c) => {
      const company = c.req.valid("param").company as CompanyId;
      const rules = take(await editOwnerRules(c.var.scope, company, ifMatch(c), c.req.valid("json")));
      etag(c, rules.rev);
      return c.json(rules, 200);
    },
  );
