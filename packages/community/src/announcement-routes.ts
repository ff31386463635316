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
import { PersonIdSchema } from "@yihao/identity/model";
import { Refused, take } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import type { Stored } from "@yihao/table/kind";
import type { Context } from "hono";
import { announce, changeAnnouncement, endAnnouncement, readAnnouncement } from "./announcement-actions.ts";
import {
  type Announcement,
  AnnouncementChangeSchema,
  AnnouncementIdSchema,
  type AnnouncementView,
  AnnouncementViewSchema,
  NewAnnouncementSchema,
} from "./announcement-model.ts";
import { seeAnnouncement, seeAnnouncements, shownAnnouncements } from "./announcement-reads.ts";
import { leaveEvent, markCame, register, seeRegistrations } from "./event-actions.ts";
import { CameSchema, RegistrationSchema } from "./event-model.ts";

const tags = ["announcements"];
const keepers = may({ right: "community.news" });
const readers = may({ staff: "any", company: "any" });
const people = may({ company: "any" });
const params = inSpace({ announcement: AnnouncementIdSchema });
const at = "/spaces/{space}/announcements";

async function told(c: Context, scope: Scope, one: Stored<Announcement>): Promise<AnnouncementView> {
  const [shown] = await shownAnnouncements(scope, [one]);
  if (!shown) throw new Refused("missing");
  etag(c, one.rev);
  return shown;
}

/** Routes of announcements (公告): writing them for staff, reading them for a company's people. */
export const announcementRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: at,
      tags,
      summary:
        "List announcements: for staff all that stand or are to come, or are over; for a company's people those shown to them now",
      middleware: [readers] as const,
      request: {
        params: inSpace({}),
        query: listQuery.extend({ shelf: z.enum(["standing", "ended"]).default("standing") }),
      },
      responses: { 200: answers(pageOf(AnnouncementViewSchema)) },
    }),
    async (c) => c.json(await seeAnnouncements(c.var.scope, c.req.valid("query")), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: at,
      tags,
      summary: "Publish an announcement, by letter too when wished",
      middleware: [keepers] as const,
      request: { params: inSpace({}), body: body(NewAnnouncementSchema) },
      responses: { 201: answers(AnnouncementViewSchema) },
    }),
    async (c) => {
      const { scope, caller } = c.var;
      return c.json(await told(c, scope, take(await announce(scope, caller, c.req.valid("json")))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: `${at}/{announcement}`,
      tags,
      summary: "Read an announcement",
      middleware: [readers] as const,
      request: { params },
      responses: { 200: answers(AnnouncementViewSchema) },
    }),
    async (c) => {
      const one = await seeAnnouncement(c.var.scope, c.req.valid("param").announcement);
      if (!one) throw new Refused("missing");
      etag(c, one.rev);
      return c.json(one, 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: `${at}/{announcement}`,
      tags,
      summary: "Change an announcement",
      middleware: [keepers] as const,
      request: { params, body: body(AnnouncementChangeSchema) },
      responses: { 200: answers(AnnouncementViewSchema) },
    }),
    async (c) => {
      const { scope } = c.var;
      const { announcement } = c.req.valid("param");
      const changed = take(await changeAnnouncement(scope, announcement, c.req.valid("json"), ifMatch(c)));
      return c.json(await told(c, scope, changed), 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: `${at}/{announcement}/end`,
      tags,
      summary: "Take an announcement down",
      middleware: [keepers] as const,
      request: { params, body: body(z.strictObject({})) },
      responses: { 200: answers(AnnouncementViewSchema) },
    }),
    async (c) => {
      const { scope } = c.var;
      const { announcement } = c.req.valid("param");
      return c.json(await told(c, scope, take(await endAnnouncement(scope, announcement, ifMatch(c)))), 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/{announcement}/read`,
      tags,
      summary: "Mark an announcement as read",
      middleware: [people] as const,
      request: { params, body: body(z.strictObject({})) },
      responses: { 201: answers(z.object({})) },
    }),
    async (c) => {
      take(await readAnnouncement(c.var.scope, c.req.valid("param").announcement));
      return c.json({}, 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/{announcement}/registration`,
      tags,
      summary: "Register for an event: with a seat, or waiting for one",
      middleware: [people] as const,
      request: { params, body: body(z.strictObject({})) },
      responses: { 201: answers(RegistrationSchema) },
    }),
    async (c) => {
      const { scope, caller } = c.var;
      return c.json(take(await register(scope, c.req.valid("param").announcement, caller)), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/{announcement}/registration/leave`,
      tags,
      summary: "Give up one's registration for an event",
      middleware: [people] as const,
      request: { params, body: body(z.strictObject({})) },
      responses: { 201: answers(z.object({})) },
    }),
    async (c) => {
      take(await leaveEvent(c.var.scope, c.req.valid("param").announcement));
      return c.json({}, 201);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: `${at}/{announcement}/registrations`,
      tags,
      summary: "Who registered for an event, in that order",
      middleware: [may({ staff: "any" })] as const,
      request: { params },
      responses: { 200: answers(z.object({ items: z.array(RegistrationSchema) })) },
    }),
    async (c) => c.json({ items: take(await seeRegistrations(c.var.scope, c.req.valid("param").announcement)) }, 200),
  )
  .openapi(
    createRoute({
      method: "put",
      path: `${at}/{announcement}/registrations/{person}`,
      tags,
      summary: "Note that somebody was seen at an event, or take it back",
      middleware: [keepers] as const,
      request: {
        params: inSpace({ announcement: AnnouncementIdSchema, person: PersonIdSchema }),
        body: body(CameSchema),
      },
      responses: { 200: answers(RegistrationSchema) },
    }),
    async (c) => {
      const { announcement, person } = c.req.valid("param");
      return c.json(take(await markCame(c.var.scope, announcement, person, c.req.valid("json").came)), 200);
    },
  );
