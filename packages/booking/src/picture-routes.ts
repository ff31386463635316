import type { Files } from "@yihao/http/files";
import { answers, body, createRoute, inSpace, may, router, z } from "@yihao/http/room";
import type { PublicEnv } from "@yihao/identity/me-routes";
import { SpaceIdSchema } from "@yihao/identity/model";
import { take } from "@yihao/kernel/outcome";
import { PictureIdSchema, ResourceIdSchema, ResourceViewSchema } from "./model.ts";
import { askPicture, finishPicture, pictureLink, publicPictureLink, removePicture } from "./picture-files.ts";
import { NewPlanImageSchema } from "./plan-model.ts";
import { resourceView } from "./views.ts";

const tags = ["places"];
const at = "/files/spaces/{space}/resources/{resource}/picture";
const managers = may({ right: "booking.sites" });
const of = inSpace({ resource: ResourceIdSchema });
const UploadSchema = z.object({
  picture: PictureIdSchema,
  url: z.string(),
  headers: z.record(z.string(), z.string()),
});
/** A picture is the same for everybody for some minutes; its link works a little longer. */
const cached = "private, max-age=300";
const seen = { 302: { description: "Where the picture lies" } };

/** Routes of the files function for pictures of resources. */
export function pictureRoutes(files: Files) {
  return router()
    .openapi(
      createRoute({
        method: "post",
        path: at,
        tags,
        summary: "Ask for a link to put a resource's picture under",
        middleware: [managers] as const,
        request: { params: of, body: body(NewPlanImageSchema) },
        responses: { 201: answers(UploadSchema) },
      }),
      async (c) => {
        const { resource } = c.req.valid("param");
        const { picture, url, headers } = take(await askPicture(c.var.scope, files, resource, c.req.valid("json")));
        return c.json({ picture, url, headers: { ...headers } }, 201);
      },
    )
    .openapi(
      createRoute({
        method: "post",
        path: `${at}/{picture}/done`,
        tags,
        summary: "Show a picture whose bytes have come",
        middleware: [managers] as const,
        request: { params: inSpace({ resource: ResourceIdSchema, picture: PictureIdSchema }) },
        responses: { 201: answers(ResourceViewSchema) },
      }),
      async (c) => {
        const { resource, picture } = c.req.valid("param");
        return c.json(resourceView(take(await finishPicture(c.var.scope, files, resource, picture))), 201);
      },
    )
    .openapi(
      createRoute({
        method: "delete",
        path: at,
        tags,
        summary: "Take a resource's picture away",
        middleware: [managers] as const,
        request: { params: of },
        responses: { 200: answers(ResourceViewSchema) },
      }),
      async (c) => c.json(resourceView(take(await removePicture(c.var.scope, c.req.valid("param").resource))), 200),
    )
    .openapi(
      createRoute({
        method: "get",
        path: at,
        tags,
        summary: "A resource's picture",
        middleware: [may({ staff: "any", company: "any" })] as const,
        request: { params: of },
        responses: seen,
      }),
      async (c) => {
        c.header("cache-control", cached);
        return c.redirect(take(await pictureLink(c.var.scope, files, c.req.valid("param").resource)), 302);
      },
    );
}

/** The picture of what the public may book: nobody is asked who they are. */
export const publicPictureRoutes = (files: Files) =>
  router<PublicEnv>().openapi(
    createRoute({
      method: "get",
      path: "/files/guests/{space}/resources/{resource}/picture",
      tags,
      summary: "The picture of what the public may book",
      request: { params: z.object({ space: SpaceIdSchema, resource: ResourceIdSchema }) },
      responses: seen,
    }),
    async (c) => {
      const { space, resource } = c.req.valid("param");
      c.header("cache-control", cached);
      return c.redirect(take(await publicPictureLink(c.var.scope, files, space, resource)), 302);
    },
  );
