import { answers, body, createRoute, etag, ifMatch, inSpace, may, router, z } from "@yihao/http/room";
import { Refused, take } from "@yihao/kernel/outcome";
import { allows } from "@yihao/kernel/permissions";
import type { Context } from "hono";
import { eraseEarly } from "./erase-early.ts";
import {
  askAgain,
  changeExit,
  changeExitSettings,
  completeExit,
  markExit,
  planExit,
  readExit,
  stopExit,
  takeInAgain,
} from "./exit-actions.ts";
import {
  ExitItemSchema,
  ExitMarkSchema,
  ExitRowSchema,
  ExitSettingsSchema,
  type ExitView,
  ExitViewSchema,
  ReturnSchema,
} from "./exit-model.ts";
import { exitRowsOf, exitSettingsOf } from "./exit-store.ts";
import { CompanyIdSchema, CompanyViewSchema, ExitSchema } from "./model.ts";

const tags = ["members"];
const staff = may({ staff: "any" });
const keepers = may({ right: "members.companies" });
const managers = may({ right: "members.exit" });
const at = "/spaces/{space}/companies/{company}/exit";
const params = inSpace({ company: CompanyIdSchema });
const settingsView = ExitSettingsSchema.extend({ rev: z.int() });

function told(c: Context, exit: ExitView): ExitView {
  etag(c, exit.rev);
  return exit;
}

/** Routes of leaving (退驻): the plan, the list of what must be settled, going, and coming back. For staff alone. */
export const exitRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/exits",
      tags,
      summary: "List who is to leave, and goods that count as abandoned, by day",
      middleware: [staff] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(z.object({ items: z.array(ExitRowSchema) })) },
    }),
    async (c) => c.json({ items: await exitRowsOf(c.var.scope) }, 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: at,
      tags,
      summary: "Read a company's exit list, every item as it stands",
      middleware: [staff] as const,
      request: { params },
      responses: { 200: answers(ExitViewSchema) },
    }),
    async (c) => c.json(told(c, take(await readExit(c.var.scope, c.req.valid("param").company))), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: at,
      tags,
      summary: "Plan a company's exit",
      middleware: [managers] as const,
      request: { params, body: body(ExitSchema) },
      responses: { 201: answers(ExitViewSchema) },
    }),
    async (c) => {
      const { company } = c.req.valid("param");
      return c.json(take(await planExit(c.var.scope, company, c.req.valid("json"))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: at,
      tags,
      summary: "Change the day or reason of a planned exit",
      middleware: [managers] as const,
      request: { params, body: body(ExitSchema) },
      responses: { 200: answers(ExitViewSchema) },
    }),
    async (c) => {
      const { company } = c.req.valid("param");
      return c.json(told(c, take(await changeExit(c.var.scope, company, c.req.valid("json"), ifMatch(c)))), 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: `${at}/items/{item}`,
      tags,
      summary: "Tick an item of an exit list, waive it with a reason, or open it again",
      middleware: [keepers] as const,
      request: { params: inSpace({ company: CompanyIdSchema, item: ExitItemSchema }), body: body(ExitMarkSchema) },
      responses: { 200: answers(ExitViewSchema) },
    }),
    async (c) => {
      const { company, item } = c.req.valid("param");
      const { actor } = c.var.scope;
      const mark = c.req.valid("json");
      const manages = actor.kind === "staff" && allows(actor, "members.exit");
      if (mark.how === "waived" && !manages)
        throw new Refused("auth.role", { staff: ["manager"], company: [], right: "members.exit" });
      return c.json(told(c, take(await markExit(c.var.scope, company, item, mark, c.var.caller, ifMatch(c)))), 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/ask`,
      tags,
      summary: "Ask again what a company has in store and owes",
      middleware: [keepers] as const,
      request: { params, body: body(z.strictObject({})) },
      responses: { 201: answers(z.object({})) },
    }),
    async (c) => {
      take(await askAgain(c.var.scope, c.req.valid("param").company));
      return c.json({}, 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/complete`,
      tags,
      summary: "Let a company go: every item is clear, done or waived",
      middleware: [managers] as const,
      request: { params, body: body(z.strictObject({})) },
      responses: { 201: answers(CompanyViewSchema) },
    }),
    async (c) => c.json(take(await completeExit(c.var.scope, c.req.valid("param").company)), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/stop`,
      tags,
      summary: "Give up a planned exit",
      middleware: [managers] as const,
      request: { params, body: body(z.strictObject({})) },
      responses: { 201: answers(z.object({})) },
    }),
    async (c) => {
      take(await stopExit(c.var.scope, c.req.valid("param").company));
      return c.json({}, 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/companies/{company}/return",
      tags,
      summary: "Take a company that left in again",
      middleware: [managers] as const,
      request: { params, body: body(ReturnSchema) },
      responses: { 201: answers(CompanyViewSchema) },
    }),
    async (c) => {
      const { company } = c.req.valid("param");
      return c.json(take(await takeInAgain(c.var.scope, company, c.req.valid("json"))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/companies/{company}/erase",
      tags,
      summary: "Have what is known of the people of a company that left erased before its time",
      middleware: [managers] as const,
      request: { params, body: body(z.strictObject({})) },
      responses: { 201: answers(z.object({})) },
    }),
    async (c) => {
      take(await eraseEarly(c.var.scope, c.req.valid("param").company));
      return c.json({}, 201);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/exit-settings",
      tags,
      summary: "Read how long goods left behind wait, and what is known of people is kept",
      middleware: [staff] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(settingsView) },
    }),
    async (c) => {
      const settings = await exitSettingsOf(c.var.scope);
      etag(c, settings.rev);
      return c.json(settings, 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/exit-settings",
      tags,
      summary: "Set how long goods left behind wait, and what is known of people is kept",
      middleware: [managers] as const,
      request: { params: inSpace({}), body: body(ExitSettingsSchema) },
      responses: { 200: answers(settingsView) },
    }),
    async (c) => {
      const settings = take(await changeExitSettings(c.var.scope, c.req.valid("json"), ifMatch(c)));
      etag(c, settings.rev);
      return c.json(settings, 200);
    },
  );
