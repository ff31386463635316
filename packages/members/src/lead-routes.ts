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
import { Refused, take } from "@yihao/kernel/outcome";
import type { Context } from "hono";
import {
  addLead,
  changeApplySettings,
  changeLead,
  moveLead,
  noteLead,
  setOffer,
  setTour,
  winLead,
} from "./lead-actions.ts";
import {
  ApplySettingsSchema,
  type Lead,
  LeadChangeSchema,
  LeadMoveSchema,
  LeadNoteSchema,
  LeadRowViewSchema,
  LeadViewSchema,
  LeadWinSchema,
  NewLeadSchema,
  NewTourSchema,
  OfferSchema,
} from "./lead-model.ts";
import { applySettingsOf, leadOf, leadPage } from "./lead-store.ts";
import { CompanyViewSchema, LeadIdSchema, TimelineEntrySchema } from "./model.ts";
import { timelineOf } from "./reads.ts";

const tags = ["leads"];
const staff = may({ staff: "any" });
const keepers = may({ right: "members.leads" });
const managers = may({ right: "members.apply" });
const params = inSpace({ lead: LeadIdSchema });
const settingsView = ApplySettingsSchema.extend({ rev: z.int() });

/** Answers a lead with its revision. */
function told<L extends Lead & { rev: number }>(c: Context, lead: L): L {
  etag(c, lead.rev);
  return lead;
}

/** Routes of leads (意向客户): the board, visits, offers, and a lead that becomes a company. For staff alone. */
export const leadRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/leads",
      tags,
      summary: "List leads: open ones by when they came, or those won and lost, the latest first",
      middleware: [staff] as const,
      request: { params: inSpace({}), query: listQuery.extend({ shelf: z.enum(["open", "done"]).default("open") }) },
      responses: { 200: answers(pageOf(LeadRowViewSchema)) },
    }),
    async (c) => {
      const { shelf, ...page } = c.req.valid("query");
      return c.json(await leadPage(c.var.scope, shelf, page), 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/leads",
      tags,
      summary: "Write a lead down",
      middleware: [keepers] as const,
      request: { params: inSpace({}), body: body(NewLeadSchema) },
      responses: { 201: answers(LeadViewSchema) },
    }),
    async (c) => {
      const { source, ...facts } = c.req.valid("json");
      return c.json(take(await addLead(c.var.scope, facts, source)), 201);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/leads/{lead}",
      tags,
      summary: "Read a lead",
      middleware: [staff] as const,
      request: { params },
      responses: { 200: answers(LeadViewSchema) },
    }),
    async (c) => {
      const lead = await leadOf(c.var.scope, c.req.valid("param").lead);
      if (!lead) throw new Refused("missing");
      return c.json(told(c, lead), 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/leads/{lead}",
      tags,
      summary: "Change what is known of a lead",
      middleware: [keepers] as const,
      request: { params, body: body(LeadChangeSchema) },
      responses: { 200: answers(LeadViewSchema) },
    }),
    async (c) => {
      const { lead } = c.req.valid("param");
      return c.json(told(c, take(await changeLead(c.var.scope, lead, c.req.valid("json"), ifMatch(c)))), 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/leads/{lead}/stage",
      tags,
      summary: "Move a lead on the board, or lose it with a reason",
      middleware: [keepers] as const,
      request: { params, body: body(LeadMoveSchema) },
      responses: { 200: answers(LeadViewSchema) },
    }),
    async (c) => {
      const { lead } = c.req.valid("param");
      return c.json(told(c, take(await moveLead(c.var.scope, lead, c.req.valid("json"), ifMatch(c)))), 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/leads/{lead}/tour",
      tags,
      summary: "Set when a lead comes to see the place",
      middleware: [keepers] as const,
      request: { params, body: body(NewTourSchema) },
      responses: { 200: answers(LeadViewSchema) },
    }),
    async (c) => {
      const { lead } = c.req.valid("param");
      return c.json(told(c, take(await setTour(c.var.scope, lead, c.req.valid("json"), ifMatch(c)))), 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/leads/{lead}/offer",
      tags,
      summary: "Write down what was offered to a lead",
      middleware: [keepers] as const,
      request: { params, body: body(OfferSchema) },
      responses: { 200: answers(LeadViewSchema) },
    }),
    async (c) => {
      const { lead } = c.req.valid("param");
      return c.json(told(c, take(await setOffer(c.var.scope, lead, c.req.valid("json"), ifMatch(c)))), 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/leads/{lead}/notes",
      tags,
      summary: "Add a word to a lead",
      middleware: [keepers] as const,
      request: { params, body: body(LeadNoteSchema) },
      responses: { 201: answers(z.object({})) },
    }),
    async (c) => {
      take(await noteLead(c.var.scope, c.req.valid("param").lead, c.req.valid("json").text));
      return c.json({}, 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/leads/{lead}/company",
      tags,
      summary: "Make a lead a company, in one go and without typing it again",
      middleware: [keepers] as const,
      request: { params, body: body(LeadWinSchema) },
      responses: { 201: answers(CompanyViewSchema) },
    }),
    async (c) => c.json(take(await winLead(c.var.scope, c.req.valid("param").lead, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/leads/{lead}/timeline",
      tags,
      summary: "Read a lead's timeline, newest first",
      middleware: [staff] as const,
      request: { params, query: listQuery },
      responses: { 200: answers(pageOf(TimelineEntrySchema)) },
    }),
    async (c) => {
      const { lead } = c.req.valid("param");
      if (!(await leadOf(c.var.scope, lead))) throw new Refused("missing");
      return c.json(await timelineOf(c.var.scope, lead, c.req.valid("query")), 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/apply-form",
      tags,
      summary: "Read the settings of the public application form",
      middleware: [staff] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(settingsView) },
    }),
    async (c) => {
      const settings = await applySettingsOf(c.var.scope);
      etag(c, settings.rev);
      return c.json(settings, 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/apply-form",
      tags,
      summary: "Open or close the public application form",
      middleware: [managers] as const,
      request: { params: inSpace({}), body: body(ApplySettingsSchema) },
      responses: { 200: answers(settingsView) },
    }),
    async (c) => {
      const settings = take(await changeApplySettings(c.var.scope, c.req.valid("json"), ifMatch(c)));
      etag(c, settings.rev);
      return c.json(settings, 200);
    },
  );
