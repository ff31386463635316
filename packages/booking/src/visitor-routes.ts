import { answers, body, createRoute, inSpace, may, router, z } from "@yihao/http/room";
import type { PublicEnv } from "@yihao/identity/me-routes";
import { take } from "@yihao/kernel/outcome";
import { DaySchema } from "./model.ts";
import {
  arriveVisitor,
  findByPass,
  inviteVisitor,
  leaveVisitor,
  listVisitors,
  readPass,
  renewPass,
  seeVisitor,
  uninviteVisitor,
} from "./visitor-actions.ts";
import {
  NewVisitorSchema,
  PassSchema,
  PassTextSchema,
  ShownVisitorSchema,
  VisitorIdSchema,
  VisitorViewSchema,
} from "./visitor-model.ts";

const tags = ["visitors"];
const hosts = may({ right: "booking.visitors", company: "any" });
const reception = may({ right: "booking.visitors" });
const at = "/doors/spaces/{space}/visitors";
const one = inSpace({ visitor: VisitorIdSchema });

const hosting = router()
  .openapi(
    createRoute({
      method: "get",
      path: at,
      tags,
      summary: "Visitors: of a day for reception, of one's own company for its people",
      middleware: [hosts] as const,
      request: { params: inSpace({}), query: z.object({ day: DaySchema.optional() }) },
      responses: { 200: answers(z.object({ items: z.array(VisitorViewSchema) })) },
    }),
    async (c) => c.json({ items: await listVisitors(c.var.scope, c.req.valid("query").day) }, 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: at,
      tags,
      summary: "Expect a visitor, or take one in who is there",
      middleware: [hosts] as const,
      request: { params: inSpace({}), body: body(NewVisitorSchema) },
      responses: { 201: answers(ShownVisitorSchema) },
    }),
    async (c) => {
      const { person, name } = c.var.caller;
      return c.json(take(await inviteVisitor(c.var.scope, { person, name }, c.req.valid("json"))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: `${at}/{visitor}`,
      tags,
      summary: "A visitor",
      middleware: [hosts] as const,
      request: { params: one },
      responses: { 200: answers(VisitorViewSchema) },
    }),
    async (c) => c.json(take(await seeVisitor(c.var.scope, c.req.valid("param").visitor)), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/{visitor}/pass`,
      tags,
      summary: "Give a visitor a new pass",
      middleware: [hosts] as const,
      request: { params: one },
      responses: { 201: answers(ShownVisitorSchema) },
    }),
    async (c) => c.json(take(await renewPass(c.var.scope, c.req.valid("param").visitor)), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/{visitor}/cancel`,
      tags,
      summary: "Take an invitation back",
      middleware: [hosts] as const,
      request: { params: one },
      responses: { 201: answers(VisitorViewSchema) },
    }),
    async (c) => c.json(take(await uninviteVisitor(c.var.scope, c.req.valid("param").visitor)), 201),
  );

const desk = router()
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/find`,
      tags,
      summary: "Whose pass this is",
      middleware: [reception] as const,
      request: { params: inSpace({}), body: body(PassTextSchema) },
      responses: { 201: answers(VisitorViewSchema) },
    }),
    async (c) => c.json(take(await findByPass(c.var.scope, c.req.valid("json").text)), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/{visitor}/arrive`,
      tags,
      summary: "Let a visitor in",
      middleware: [reception] as const,
      request: { params: one },
      responses: { 201: answers(VisitorViewSchema) },
    }),
    async (c) => c.json(take(await arriveVisitor(c.var.scope, c.req.valid("param").visitor)), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/{visitor}/leave`,
      tags,
      summary: "Let a visitor go",
      middleware: [reception] as const,
      request: { params: one },
      responses: { 201: answers(VisitorViewSchema) },
    }),
    async (c) => c.json(take(await leaveVisitor(c.var.scope, c.req.valid("param").visitor)), 201),
  );

/** Routes of visitors (访客) for hosts and for reception. */
export const visitorRoutes = router().route("/", hosting).route("/", desk);

/** The address of a pass: nobody is asked who they are. */
export const publicVisitorRoutes = router<PublicEnv>().openapi(
  createRoute({
    method: "get",
    path: "/doors/passes/{token}",
    tags,
    summary: "A visitor's pass",
    request: { params: z.object({ token: z.string().max(80) }) },
    responses: { 200: answers(PassSchema) },
  }),
  async (c) => c.json(take(await readPass(c.var.scope, c.req.valid("param").token)), 200),
);
