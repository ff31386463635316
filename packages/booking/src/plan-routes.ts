import { answers, body, createRoute, etag, ifMatch, inSpace, may, router } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { FloorIdSchema } from "./model.ts";
import { savePlan, seePlan } from "./plan-actions.ts";
import { PlanFactsSchema, PlanViewSchema } from "./plan-model.ts";

const tags = ["plans"];
const path = "/doors/spaces/{space}/floors/{floor}/plan";
const params = inSpace({ floor: FloorIdSchema });

/** Routes of floor plans (平面图). */
export const planRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path,
      tags,
      summary: "Where the places of a floor stand",
      middleware: [may({ staff: "any", company: "any" })] as const,
      request: { params },
      responses: { 200: answers(PlanViewSchema) },
    }),
    async (c) => {
      const plan = take(await seePlan(c.var.scope, c.req.valid("param").floor));
      etag(c, plan.rev);
      return c.json(plan, 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path,
      tags,
      summary: "Save where the places of a floor stand",
      middleware: [may({ right: "booking.sites" })] as const,
      request: { params, body: body(PlanFactsSchema) },
      responses: { 200: answers(PlanViewSchema) },
    }),
    async (c) => {
      const saved = take(await savePlan(c.var.scope, c.req.valid("param").floor, c.req.valid("json"), ifMatch(c)));
      etag(c, saved.rev);
      return c.json(saved, 200);
    },
  );
