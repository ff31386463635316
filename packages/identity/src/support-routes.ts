import { answers, body, createRoute, inSpace, listQuery, may, pageOf, router } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { grantSupport, readLooks, readSupport, revokeSupport } from "./support-actions.ts";
import { GrantSchema, LookSchema, NewGrantSchema, SupportSchema } from "./support-model.ts";

const tags = ["support"];
const staff = may({ staff: "any" });
const owners = may({ staff: ["owner"] });

/** Routes by which owners let the platform's support look in, and see what it looked at. `emails` are those of support, asked per request. */
export const supportRoutes = (emails: () => readonly string[]) =>
  router()
    .openapi(
      createRoute({
        method: "get",
        path: "/spaces/{space}/support",
        tags,
        summary: "Whether the platform's support may look into the space now",
        middleware: [staff] as const,
        request: { params: inSpace({}) },
        responses: { 200: answers(SupportSchema) },
      }),
      async (c) => c.json(await readSupport(c.var.scope, emails()), 200),
    )
    .openapi(
      createRoute({
        method: "post",
        path: "/spaces/{space}/support",
        tags,
        summary: "Let the platform's support look into the space for some hours, without writing",
        middleware: [owners] as const,
        request: { params: inSpace({}), body: body(NewGrantSchema) },
        responses: { 201: answers(GrantSchema) },
      }),
      async (c) => {
        const byName = c.var.caller.name || c.var.caller.email;
        return c.json(take(await grantSupport(c.var.scope, byName, c.req.valid("json"), emails())), 201);
      },
    )
    .openapi(
      createRoute({
        method: "delete",
        path: "/spaces/{space}/support",
        tags,
        summary: "Take the leave back; it holds at support's next request",
        middleware: [owners] as const,
        request: { params: inSpace({}) },
        responses: { 200: answers(GrantSchema) },
      }),
      async (c) => c.json(take(await revokeSupport(c.var.scope)), 200),
    )
    .openapi(
      createRoute({
        method: "get",
        path: "/spaces/{space}/support/requests",
        tags,
        summary: "List what support asked for, newest first",
        middleware: [owners] as const,
        request: { params: inSpace({}), query: listQuery },
        responses: { 200: answers(pageOf(LookSchema)) },
      }),
      async (c) => c.json(await readLooks(c.var.scope, c.req.valid("query")), 200),
    );
