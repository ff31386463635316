import { answers, body, createRoute, etag, ifMatch, inSpace, may, router, z } from "@yihao/http/room";
import type { PublicEnv } from "@yihao/identity/me-routes";
import { take } from "@yihao/kernel/outcome";
import { listDisplays, makeDisplay, readDoor, revokeDisplay } from "./display-actions.ts";
import {
  DisplayIdSchema,
  DisplaySchema,
  DoorSettingsSchema,
  DoorSettingsViewSchema,
  DoorViewSchema,
  NewDisplaySchema,
  ShownDisplaySchema,
} from "./display-model.ts";
import { doorSettingsOf } from "./display-store.ts";
import { changeDoorSettings } from "./door-settings.ts";

const tags = ["displays"];
const managers = may({ right: "booking.sites" });
const at = "/doors/spaces/{space}";

/** Routes of displays at doors (门口屏) and of what the space decided about its doors. */
export const displayRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: `${at}/displays`,
      tags,
      summary: "Displays at doors",
      middleware: [managers] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(z.object({ items: z.array(DisplaySchema) })) },
    }),
    async (c) => c.json({ items: await listDisplays(c.var.scope) }, 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: `${at}/displays`,
      tags,
      summary: "Make a display for the door of a resource",
      middleware: [managers] as const,
      request: { params: inSpace({}), body: body(NewDisplaySchema) },
      responses: { 201: answers(ShownDisplaySchema) },
    }),
    async (c) => c.json(take(await makeDisplay(c.var.scope, c.req.valid("json").resource)), 201),
  )
  .openapi(
    createRoute({
      method: "delete",
      path: `${at}/displays/{display}`,
      tags,
      summary: "End a display",
      middleware: [managers] as const,
      request: { params: inSpace({ display: DisplayIdSchema }) },
      responses: { 200: answers(z.object({})) },
    }),
    async (c) => {
      take(await revokeDisplay(c.var.scope, c.req.valid("param").display));
      return c.json({}, 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: `${at}/settings`,
      tags,
      summary: "What the space decided about its doors",
      middleware: [may({ staff: "any" })] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(DoorSettingsViewSchema) },
    }),
    async (c) => {
      const found = await doorSettingsOf(c.var.scope, { consistent: true });
      etag(c, found.rev);
      return c.json(found, 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: `${at}/settings`,
      tags,
      summary: "Decide about the doors of the space",
      middleware: [managers] as const,
      request: { params: inSpace({}), body: body(DoorSettingsSchema) },
      responses: { 200: answers(DoorSettingsViewSchema) },
    }),
    async (c) => {
      const saved = take(await changeDoorSettings(c.var.scope, c.req.valid("json"), ifMatch(c)));
      etag(c, saved.rev);
      return c.json(saved, 200);
    },
  );

/** The address that a display asks: nobody is asked who they are. */
export const publicDisplayRoutes = router<PublicEnv>().openapi(
  createRoute({
    method: "get",
    path: "/doors/displays/{token}",
    tags,
    summary: "What a display shows",
    request: { params: z.object({ token: z.string().max(80) }) },
    responses: { 200: answers(DoorViewSchema) },
  }),
  async (c) => c.json(take(await readDoor(c.var.scope, c.req.valid("param").token)), 200),
);
