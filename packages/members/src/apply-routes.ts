import { answers, body, createRoute, router, z } from "@yihao/http/room";
import type { PublicEnv } from "@yihao/identity/me-routes";
import { SpaceIdSchema } from "@yihao/identity/model";
import { take } from "@yihao/kernel/outcome";
import { digest } from "@yihao/table/command";
import type { Context } from "hono";
import { apply, readApplyForm } from "./apply-actions.ts";
import { ApplicationSchema, ApplicationTakenSchema, ApplyFormSchema } from "./lead-model.ts";

const tags = ["apply"];
const params = z.object({ space: SpaceIdSchema });

type Event = { event?: { requestContext?: { http?: { sourceIp?: string } } } };
/** Where a request comes from, as API Gateway saw it. */
const addressOf = (c: Context) => (c.env as Event | undefined)?.event?.requestContext?.http?.sourceIp ?? "";

/** Routes for outsiders who apply to a space: nobody is asked who they are. */
export const applyRoutes = router<PublicEnv>()
  .openapi(
    createRoute({
      method: "get",
      path: "/apply/{space}",
      tags,
      summary: "The application form of a space, when it shows one",
      request: { params },
      responses: { 200: answers(ApplyFormSchema) },
    }),
    async (c) => c.json(take(await readApplyForm(c.var.scope, c.req.valid("param").space)), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/apply/{space}",
      tags,
      summary: "Apply to a space",
      request: { params, body: body(ApplicationSchema) },
      responses: { 201: answers(ApplicationTakenSchema) },
    }),
    async (c) => {
      const { space } = c.req.valid("param");
      const key = c.req.header("idempotency-key");
      const known = key !== undefined && /^[\x21-\x7e]{8,200}$/.test(key);
      const command = known
        ? { id: `apply ${key}`, print: digest(space, await c.req.text()) }
        : { id: `auto:${crypto.randomUUID()}`, print: "" };
      const scope = { ...c.var.scope, command };
      return c.json(take(await apply(scope, space, addressOf(c), c.req.valid("json"))), 201);
    },
  );
