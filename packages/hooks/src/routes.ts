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
import { changeHook, deleteHook, listHooks, makeHook, pauseHook, resumeHook, rotateHook } from "./actions.ts";
import { pingHook, readDeliveries, readDelivery, redeliver } from "./delivery-actions.ts";
import {
  DeliveryDetailSchema,
  DeliveryIdSchema,
  DeliverySchema,
  HookIdSchema,
  HookViewSchema,
  NewHookSchema,
  OverlapSchema,
  ShownHookSchema,
} from "./model.ts";

const tags = ["hooks"];
const owners = may({ staff: ["owner"] });
const one = inSpace({ hook: HookIdSchema });
const ofDelivery = inSpace({ hook: HookIdSchema, delivery: DeliveryIdSchema });

/** Routes of signed webhooks (Webhook), for the space's owners. `local` says, request by request, whether endpoints may be on this machine, for trying. */
export const hookRoutes = (local: () => boolean) =>
  router()
    .openapi(
      createRoute({
        method: "get",
        path: "/spaces/{space}/hooks",
        tags,
        summary: "List webhook endpoints",
        middleware: [owners] as const,
        request: { params: inSpace({}) },
        responses: { 200: answers(z.object({ items: z.array(HookViewSchema) })) },
      }),
      async (c) => c.json({ items: await listHooks(c.var.scope) }, 200),
    )
    .openapi(
      createRoute({
        method: "post",
        path: "/spaces/{space}/hooks",
        tags,
        summary: "Make a webhook endpoint; its secret is told this once",
        description:
          "Each event is posted as JSON and signed as Standard Webhooks say (webhook-id, webhook-timestamp, webhook-signature: v1, HMAC-SHA256). Deliveries may come twice and in any order: " +
          "`webhook-id` tells what was had, `timestamp` when it happened. Answer 2xx within ten seconds; otherwise it is sent again, ten times over three days. 410 pauses the endpoint.",
        middleware: [owners] as const,
        request: { params: inSpace({}), body: body(NewHookSchema) },
        responses: { 201: answers(ShownHookSchema) },
      }),
      async (c) => {
        const byName = c.var.caller.name || c.var.caller.email;
        return c.json(take(await makeHook(c.var.scope, byName, c.req.valid("json"), local())), 201);
      },
    )
    .openapi(
      createRoute({
        method: "put",
        path: "/spaces/{space}/hooks/{hook}",
        tags,
        summary: "Change a webhook endpoint",
        middleware: [owners] as const,
        request: { params: one, body: body(NewHookSchema) },
        responses: { 200: answers(HookViewSchema) },
      }),
      async (c) => {
        const { hook } = c.req.valid("param");
        const after = take(await changeHook(c.var.scope, hook, c.req.valid("json"), ifMatch(c), local()));
        etag(c, after.rev);
        return c.json(after, 200);
      },
    )
    .openapi(
      createRoute({
        method: "delete",
        path: "/spaces/{space}/hooks/{hook}",
        tags,
        summary: "Delete a webhook endpoint",
        middleware: [owners] as const,
        request: { params: one },
        responses: { 200: answers(z.object({ id: HookIdSchema })) },
      }),
      async (c) => c.json(take(await deleteHook(c.var.scope, c.req.valid("param").hook)), 200),
    )
    .openapi(
      createRoute({
        method: "post",
        path: "/spaces/{space}/hooks/{hook}/rotate",
        tags,
        summary: "Give a webhook endpoint a new secret",
        description:
          "For `overlapHours` every delivery carries the signatures of both secrets; 0 ends the former at once.",
        middleware: [owners] as const,
        request: { params: one, body: body(OverlapSchema) },
        responses: { 201: answers(ShownHookSchema) },
      }),
      async (c) => {
        const { overlapHours } = c.req.valid("json");
        return c.json(take(await rotateHook(c.var.scope, c.req.valid("param").hook, overlapHours)), 201);
      },
    )
    .openapi(
      createRoute({
        method: "post",
        path: "/spaces/{space}/hooks/{hook}/pause",
        tags,
        summary: "Pause a webhook endpoint",
        middleware: [owners] as const,
        request: { params: one },
        responses: { 201: answers(HookViewSchema) },
      }),
      async (c) => c.json(take(await pauseHook(c.var.scope, c.req.valid("param").hook)), 201),
    )
    .openapi(
      createRoute({
        method: "post",
        path: "/spaces/{space}/hooks/{hook}/resume",
        tags,
        summary: "Resume a webhook endpoint",
        middleware: [owners] as const,
        request: { params: one },
        responses: { 201: answers(HookViewSchema) },
      }),
      async (c) => c.json(take(await resumeHook(c.var.scope, c.req.valid("param").hook)), 201),
    )
    .openapi(
      createRoute({
        method: "post",
        path: "/spaces/{space}/hooks/{hook}/ping",
        tags,
        summary: "Send a test event to a webhook endpoint",
        middleware: [owners] as const,
        request: { params: one },
        responses: { 201: answers(DeliverySchema) },
      }),
      async (c) => c.json(take(await pingHook(c.var.scope, c.req.valid("param").hook)), 201),
    )
    .openapi(
      createRoute({
        method: "get",
        path: "/spaces/{space}/hooks/{hook}/deliveries",
        tags,
        summary: "List what was sent to a webhook endpoint, newest first",
        middleware: [owners] as const,
        request: { params: one, query: listQuery },
        responses: { 200: answers(pageOf(DeliverySchema)) },
      }),
      async (c) =>
        c.json(take(await readDeliveries(c.var.scope, c.req.valid("param").hook, c.req.valid("query"))), 200),
    )
    .openapi(
      createRoute({
        method: "get",
        path: "/spaces/{space}/hooks/{hook}/deliveries/{delivery}",
        tags,
        summary: "Read one delivery: what was sent and each attempt",
        middleware: [owners] as const,
        request: { params: ofDelivery },
        responses: { 200: answers(DeliveryDetailSchema) },
      }),
      async (c) => {
        const { hook, delivery } = c.req.valid("param");
        return c.json(take(await readDelivery(c.var.scope, hook, delivery)), 200);
      },
    )
    .openapi(
      createRoute({
        method: "post",
        path: "/spaces/{space}/hooks/{hook}/deliveries/{delivery}/redeliver",
        tags,
        summary: "Send a delivery again under the same id",
        middleware: [owners] as const,
        request: { params: ofDelivery },
        responses: { 201: answers(DeliverySchema) },
      }),
      async (c) => {
        const { hook, delivery } = c.req.valid("param");
        return c.json(take(await redeliver(c.var.scope, hook, delivery)), 201);
      },
    );
