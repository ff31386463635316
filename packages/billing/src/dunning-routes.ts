import { answers, body, createRoute, etag, ifMatch, inSpace, may, router, z } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { ownCompany } from "@yihao/kernel/scope";
import { CompanyIdSchema } from "@yihao/members/model";
import { changeDunning, promiseToPay, withdrawPromise } from "./dunning-actions.ts";
import { DunningFileSchema, DunningSettingsSchema, DunningViewSchema, NewPromiseSchema } from "./dunning-model.ts";
import { readDunning, readDunningOf } from "./dunning-reads.ts";
import { dunningSettingsOf } from "./dunning-store.ts";

const tags = ["billing"];
const finance = may({ right: "billing.keep" });
const readers = may({ right: "billing.read", company: "any" });
const SettingsViewSchema = DunningSettingsSchema.extend({ rev: z.int() }).strip();

/** Routes of dunning (催缴): who is at which level and what comes next, promises to pay, and how the space duns. */
export const dunningRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/dunning",
      tags,
      summary:
        "List companies with bills that are over: their level, what comes next, promises; a company's people see their own",
      middleware: [readers] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(z.object({ on: z.boolean(), items: z.array(DunningViewSchema) })) },
    }),
    async (c) => {
      const { scope } = c.var;
      const own = ownCompany(scope);
      return c.json(own ? await readDunningOf(scope, own) : await readDunning(scope), 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/dunning-settings",
      tags,
      summary: "How the space duns: levels, late fee",
      middleware: [readers] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(SettingsViewSchema) },
    }),
    async (c) => {
      const settings = await dunningSettingsOf(c.var.scope);
      etag(c, settings.rev);
      return c.json(settings, 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/accounts/spaces/{space}/dunning-settings",
      tags,
      summary: "Set how the space duns",
      middleware: [finance] as const,
      request: { params: inSpace({}), body: body(DunningSettingsSchema) },
      responses: { 200: answers(SettingsViewSchema) },
    }),
    async (c) => {
      const settings = take(await changeDunning(c.var.scope, c.req.valid("json"), ifMatch(c)));
      etag(c, settings.rev);
      return c.json(settings, 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/accounts/spaces/{space}/companies/{company}/promises",
      tags,
      summary: "Keep a company's promise to pay: dunning rests up to its day",
      middleware: [finance] as const,
      request: { params: inSpace({ company: CompanyIdSchema }), body: body(NewPromiseSchema) },
      responses: { 201: answers(DunningFileSchema) },
    }),
    async (c) => {
      const { company } = c.req.valid("param");
      return c.json(take(await promiseToPay(c.var.scope, company, c.req.valid("json"))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/accounts/spaces/{space}/companies/{company}/promises/withdraw",
      tags,
      summary: "Take back a promise that will not be kept: dunning goes on",
      middleware: [finance] as const,
      request: { params: inSpace({ company: CompanyIdSchema }), body: body(z.strictObject({})) },
      responses: { 201: answers(DunningFileSchema) },
    }),
    async (c) => c.json(take(await withdrawPromise(c.var.scope, c.req.valid("param").company)), 201),
  );
