import type { PersonEnv } from "@yihao/http/context";
import { answers, body, createRoute, router, z } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import type { Meter, PlatformScope, Store } from "@yihao/kernel/scope";
import type { MiddlewareHandler } from "hono";
import { BrandSchema } from "./brand.ts";
import { publicBrand } from "./brand-actions.ts";
import { acceptInvitation, readInvitation } from "./invitation-actions.ts";
import {
  InvitationTokenSchema,
  MeSchema,
  OpenInvitationSchema,
  PlaceSchema,
  SpaceIdSchema,
  SpaceSchema,
  SpaceSettingsSchema,
} from "./model.ts";
import { createSpace, readMe } from "./space-actions.ts";

const tags = ["identity"];

/** Routes of a signed-in person in no space: who am I, found a space, join one. */
export const meRoutes = router<PersonEnv>()
  .openapi(
    createRoute({
      method: "get",
      path: "/me",
      tags,
      summary: "Who is signed in, and their spaces",
      responses: { 200: answers(MeSchema) },
    }),
    async (c) => c.json(await readMe(c.var.scope, c.var.caller), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/me/spaces",
      tags,
      summary: "Create a space",
      request: { body: body(SpaceSettingsSchema) },
      responses: { 201: answers(SpaceSchema) },
    }),
    async (c) => c.json(take(await createSpace(c.var.scope, c.var.caller, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/me/places",
      tags,
      summary: "Accept an invitation",
      request: { body: body(z.strictObject({ token: InvitationTokenSchema })) },
      responses: { 201: answers(PlaceSchema) },
    }),
    async (c) => c.json(take(await acceptInvitation(c.var.scope, c.var.caller, c.req.valid("json").token)), 201),
  );

/** What routes that ask nobody who they are find in their context. */
export type PublicEnv = { Variables: { scope: PlatformScope } };

/** Middleware for routes that need no sign-in: a scope of the platform in nobody's name. */
export function outside(door: {
  table: Store;
  now: () => string;
}): MiddlewareHandler<PublicEnv & { Variables: { meter: Meter } }> {
  return async (c, next) => {
    c.set("scope", {
      space: "platform",
      actor: { kind: "system", name: "anyone" },
      now: door.now(),
      command: { id: `auto:${crypto.randomUUID()}`, print: "" },
      meter: c.get("meter"),
      table: door.table,
    });
    await next();
  };
}

/** Routes for whoever holds a secret link, or an address of a space that is open to the public. */
export const publicIdentityRoutes = router<PublicEnv>()
  .openapi(
    createRoute({
      method: "get",
      path: "/brands/{space}",
      tags,
      summary: "Colour and logo of a space that set some",
      request: { params: z.object({ space: SpaceIdSchema }) },
      responses: { 200: answers(BrandSchema) },
    }),
    async (c) => {
      c.header("cache-control", "public, max-age=300");
      return c.json(await publicBrand(c.var.scope, c.req.valid("param").space), 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/invitations/{token}",
      tags,
      summary: "What an invitation's link opens",
      request: { params: z.object({ token: InvitationTokenSchema }) },
      responses: { 200: answers(OpenInvitationSchema) },
    }),
    async (c) => c.json(take(await readInvitation(c.var.scope, c.req.valid("param").token)), 200),
  );
