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
import { addPack, addPlan, changePack, changePlan, setRateCard } from "./actions.ts";
import {
  NewPackSchema,
  NewPlanSchema,
  PackChangeSchema,
  PackIdSchema,
  PackViewSchema,
  PastCardSchema,
  PlanChangeSchema,
  PlanIdSchema,
  PlanViewSchema,
  RateCardAnswerSchema,
  RateCardSchema,
} from "./model.ts";
import { packsOf, pastCards, planOf, plansOf, rateCardOf } from "./store.ts";

const tags = ["pricing"];
const everyone = may({ staff: "any", company: "any" });
const managers = may({ right: "pricing.manage" });

/** Routes of prices and plans. Everyone of the space may read them; managers set them. */
export const pricingRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/rate-card",
      tags,
      summary: "Read the rate card",
      request: { params: inSpace({}) },
      middleware: [everyone] as const,
      responses: { 200: answers(RateCardAnswerSchema) },
    }),
    async (c) => {
      const found = await rateCardOf(c.var.scope, { consistent: true });
      const { rev, ...card } = found ?? { rev: 0 };
      etag(c, rev);
      return c.json({ card: found ? RateCardSchema.parse(card) : null, rev }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/rate-card",
      tags,
      summary: "Set the rate card",
      request: { params: inSpace({}), body: body(RateCardSchema) },
      middleware: [managers] as const,
      responses: { 200: answers(RateCardAnswerSchema) },
    }),
    async (c) => {
      const { rev, ...card } = take(await setRateCard(c.var.scope, c.req.valid("json"), ifMatch(c)));
      etag(c, rev);
      return c.json({ card, rev }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/rate-card/past",
      tags,
      summary: "List the cards that held before, newest first",
      request: { params: inSpace({}), query: listQuery },
      middleware: [may({ staff: "any" })] as const,
      responses: { 200: answers(pageOf(PastCardSchema)) },
    }),
    async (c) => c.json(await pastCards(c.var.scope, c.req.valid("query")), 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/plans",
      tags,
      summary: "List the plans",
      request: { params: inSpace({}) },
      middleware: [everyone] as const,
      responses: { 200: answers(z.object({ items: z.array(PlanViewSchema) })) },
    }),
    async (c) => c.json({ items: await plansOf(c.var.scope) }, 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/plans",
      tags,
      summary: "Add a plan",
      request: { params: inSpace({}), body: body(NewPlanSchema) },
      middleware: [managers] as const,
      responses: { 201: answers(PlanViewSchema) },
    }),
    async (c) => c.json(take(await addPlan(c.var.scope, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/plans/{plan}",
      tags,
      summary: "Read a plan",
      request: { params: inSpace({ plan: PlanIdSchema }) },
      middleware: [everyone] as const,
      responses: { 200: answers(PlanViewSchema) },
    }),
    async (c) => {
      const plan = await planOf(c.var.scope, c.req.valid("param").plan);
      if (!plan) throw new Refused("missing");
      etag(c, plan.rev);
      return c.json(plan, 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/plans/{plan}",
      tags,
      summary: "Change or retire a plan",
      request: { params: inSpace({ plan: PlanIdSchema }), body: body(PlanChangeSchema) },
      middleware: [managers] as const,
      responses: { 200: answers(PlanViewSchema) },
    }),
    async (c) => {
      const { plan } = c.req.valid("param");
      const changed = take(await changePlan(c.var.scope, plan, c.req.valid("json"), ifMatch(c)));
      etag(c, changed.rev);
      return c.json(changed, 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/packs",
      tags,
      summary: "List the packs of credits that are sold",
      request: { params: inSpace({}) },
      middleware: [everyone] as const,
      responses: { 200: answers(z.object({ items: z.array(PackViewSchema) })) },
    }),
    async (c) => c.json({ items: await packsOf(c.var.scope) }, 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/packs",
      tags,
      summary: "Add a pack of credits",
      request: { params: inSpace({}), body: body(NewPackSchema) },
      middleware: [managers] as const,
      responses: { 201: answers(PackViewSchema) },
    }),
    async (c) => c.json(take(await addPack(c.var.scope, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/packs/{pack}",
      tags,
      summary: "Change or retire a pack of credits",
      request: { params: inSpace({ pack: PackIdSchema }), body: body(PackChangeSchema) },
      middleware: [managers] as const,
      responses: { 200: answers(PackViewSchema) },
    }),
    async (c) => {
      const { pack } = c.req.valid("param");
      const changed = take(await changePack(c.var.scope, pack, c.req.valid("json"), ifMatch(c)));
      etag(c, changed.rev);
      return c.json(changed, 200);
    },
  );
