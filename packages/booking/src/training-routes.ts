import { answers, body, createRoute, inSpace, listQuery, may, pageOf, router, z } from "@yihao/http/room";
import { PersonIdSchema } from "@yihao/identity/model";
import { take } from "@yihao/kernel/outcome";
import { ResourceIdSchema } from "./model.ts";
import { NewTrainingSchema } from "./rules-model.ts";
import { TrainingViewSchema } from "./training.ts";
import { grantTraining, revokeTraining } from "./training-actions.ts";
import { trainingPage, trainingsOf } from "./training-store.ts";

const tags = ["booking"];
const trainers = may({ right: "booking.desk" });
const equipment = inSpace({ resource: ResourceIdSchema });

/** Routes of training records. */
export const trainingRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/resources/{resource}/training",
      summary: "Who was trained on an equipment",
      tags,
      middleware: [may({ staff: "any" })] as const,
      request: { params: equipment, query: listQuery },
      responses: { 200: answers(pageOf(TrainingViewSchema)) },
    }),
    async (c) => {
      const { cursor, limit = 200 } = c.req.valid("query");
      return c.json(await trainingPage(c.var.scope, c.req.valid("param").resource, { cursor, limit }), 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/resources/{resource}/training",
      summary: "Record that somebody was trained",
      tags,
      middleware: [trainers] as const,
      request: { params: equipment, body: body(NewTrainingSchema) },
      responses: { 201: answers(TrainingViewSchema) },
    }),
    async (c) =>
      c.json(take(await grantTraining(c.var.scope, c.req.valid("param").resource, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "delete",
      path: "/spaces/{space}/resources/{resource}/training/{person}",
      summary: "Take a training record away",
      tags,
      middleware: [trainers] as const,
      request: { params: inSpace({ resource: ResourceIdSchema, person: PersonIdSchema }) },
      responses: { 200: answers(z.object({})) },
    }),
    async (c) => {
      const { resource, person } = c.req.valid("param");
      take(await revokeTraining(c.var.scope, resource, person));
      return c.json({}, 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/training",
      summary: "One's own training records",
      tags,
      middleware: [may({ staff: "any", company: "any" })] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(z.object({ items: z.array(TrainingViewSchema) })) },
    }),
    async (c) => {
      const { actor } = c.var.scope;
      return c.json({ items: actor.kind === "system" ? [] : await trainingsOf(c.var.scope, actor.person) }, 200);
    },
  );
