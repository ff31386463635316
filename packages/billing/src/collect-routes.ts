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
import { take } from "@yihao/kernel/outcome";
import { changeCollect, retryCollection } from "./collect-actions.ts";
import { CollectionSchema, CollectSettingsSchema } from "./collect-model.ts";
import { collectSettingsOf, listCollections } from "./collect-store.ts";
import { InvoiceIdSchema } from "./model.ts";

const tags = ["billing"];
const finance = may({ right: "billing.keep" });
const SettingsViewSchema = CollectSettingsSchema.extend({ rev: z.int() }).strip();

/** Routes of collection (自动扣款): what is under way and how it ended, trying again, and how the space collects. */
export const collectRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/collections",
      tags,
      summary: "List collections of bills by saved methods, those under way or those that are over",
      middleware: [may({ right: "billing.read" })] as const,
      request: { params: inSpace({}), query: listQuery.extend({ state: z.enum(["open", "done"]).default("open") }) },
      responses: { 200: answers(pageOf(CollectionSchema)) },
    }),
    async (c) => {
      const { state, ...page } = c.req.valid("query");
      const { items, next } = await listCollections(c.var.scope, { ...page, open: state === "open" });
      return c.json({ items: items.map(({ rev: _rev, ...one }) => one), next }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/accounts/spaces/{space}/collections/{invoice}/retry",
      tags,
      summary: "Try a collection that has stopped once more, at once",
      middleware: [finance] as const,
      request: { params: inSpace({ invoice: InvoiceIdSchema }), body: body(z.strictObject({})) },
      responses: { 201: answers(CollectionSchema) },
    }),
    async (c) => c.json(take(await retryCollection(c.var.scope, c.req.valid("param").invoice)), 201),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/collection-settings",
      tags,
      summary: "Whether bills are collected by saved methods, and on which days",
      middleware: [may({ right: "billing.read", company: "any" })] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(SettingsViewSchema) },
    }),
    async (c) => {
      const settings = await collectSettingsOf(c.var.scope);
      etag(c, settings.rev);
      return c.json(settings, 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/accounts/spaces/{space}/collection-settings",
      tags,
      summary: "Set whether bills are collected by saved methods, and on which days",
      middleware: [finance] as const,
      request: { params: inSpace({}), body: body(CollectSettingsSchema) },
      responses: { 200: answers(SettingsViewSchema) },
    }),
    async (c) => {
      const settings = take(await changeCollect(c.var.scope, c.req.valid("json"), ifMatch(c)));
      etag(c, settings.rev);
      return c.json(settings, 200);
    },
  );
