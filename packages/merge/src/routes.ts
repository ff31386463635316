import { answers, body, createRoute, inSpace, may, router, z } from "@yihao/http/room";
import { MergedPersonSchema, PersonIdSchema } from "@yihao/identity/model";
import { mergeMembers } from "@yihao/identity/person-merge";
import { take } from "@yihao/kernel/outcome";
import { CompanyIdSchema } from "@yihao/members/model";
import { mergeCompany, previewMerge } from "./actions.ts";
import { MergedSchema, MergePreviewSchema, MergeWishSchema } from "./model.ts";

const tags = ["members"];
const managers = may({ staff: ["manager"] });
const params = inSpace({ company: CompanyIdSchema });
const at = "/spaces/{space}/companies/{company}/merge";

/** Routes of merging: what it would do, and doing it. */
export const mergeRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: at,
      tags,
      summary: "What merging a company into another would move, where the two differ, and what must be settled first",
      middleware: [managers] as const,
      request: { params, query: z.object({ into: CompanyIdSchema }) },
      responses: { 200: answers(MergePreviewSchema) },
    }),
    async (c) => {
      const { company } = c.req.valid("param");
      return c.json(take(await previewMerge(c.var.scope, company, c.req.valid("query").into)), 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: at,
      tags,
      summary: "Merge a company into another that it turned out to be",
      middleware: [managers] as const,
      request: { params, body: body(MergeWishSchema) },
      responses: { 201: answers(MergedSchema) },
    }),
    async (c) => c.json(take(await mergeCompany(c.var.scope, c.req.valid("param").company, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/people/{person}/merge",
      tags: ["identity"],
      summary: "Merge a person's account into another account of the same person, within the space",
      middleware: [managers] as const,
      request: {
        params: inSpace({ person: PersonIdSchema }),
        body: body(z.strictObject({ into: PersonIdSchema })),
      },
      responses: { 201: answers(MergedPersonSchema) },
    }),
    async (c) => {
      const { person } = c.req.valid("param");
      return c.json(take(await mergeMembers(c.var.scope, person, c.req.valid("json").into)), 201);
    },
  );
