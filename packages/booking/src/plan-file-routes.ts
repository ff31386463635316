import type { Files } from "@yihao/http/files";
import { answers, body, createRoute, inSpace, may, router, z } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { FloorIdSchema } from "./model.ts";
import { askPlanImage, askPlanUpload, finishPlanUpload } from "./plan-files.ts";
import {
  NewPlanImageSchema,
  PlanImageIdSchema,
  PlanImageSizeSchema,
  PlanUploadSchema,
  PlanViewSchema,
} from "./plan-model.ts";

const tags = ["plans"];
const at = "/files/spaces/{space}/floors/{floor}/plan-image";
const managers = may({ right: "booking.sites" });

/** Routes of the files function for images of plans. */
export function planFileRoutes(files: Files) {
  return router()
    .openapi(
      createRoute({
        method: "post",
        path: at,
        tags,
        summary: "Ask for a link to put a plan's image under",
        middleware: [managers] as const,
        request: { params: inSpace({ floor: FloorIdSchema }), body: body(NewPlanImageSchema) },
        responses: { 201: answers(PlanUploadSchema) },
      }),
      async (c) => {
        const { floor } = c.req.valid("param");
        const { image, url, headers } = take(await askPlanUpload(c.var.scope, files, floor, c.req.valid("json")));
        return c.json({ image, url, headers: { ...headers } }, 201);
      },
    )
    .openapi(
      createRoute({
        method: "post",
        path: `${at}/{image}/done`,
        tags,
        summary: "Take a plan's image whose bytes have come",
        middleware: [managers] as const,
        request: {
          params: inSpace({ floor: FloorIdSchema, image: PlanImageIdSchema }),
          body: body(PlanImageSizeSchema),
        },
        responses: { 201: answers(PlanViewSchema) },
      }),
      async (c) => {
        const { floor, image } = c.req.valid("param");
        return c.json(take(await finishPlanUpload(c.var.scope, files, floor, image, c.req.valid("json"))), 201);
      },
    )
    .openapi(
      createRoute({
        method: "get",
        path: at,
        tags,
        summary: "Ask for a link to show a plan's image",
        middleware: [may({ staff: "any", company: "any" })] as const,
        request: { params: inSpace({ floor: FloorIdSchema }) },
        responses: { 200: answers(z.object({ url: z.string() })) },
      }),
      async (c) => c.json(take(await askPlanImage(c.var.scope, files, c.req.valid("param").floor)), 200),
    );
}
