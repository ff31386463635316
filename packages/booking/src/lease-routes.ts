import { answers, body, createRoute, inSpace, may, router, z } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { endLease, letResource } from "./lease-actions.ts";
import { DaySchema, ResourceIdSchema } from "./model.ts";
import { LeaseIdSchema, LeaseViewSchema, NewLeaseSchema } from "./rules-model.ts";
import { leaseView } from "./views.ts";

const tags = ["booking"];
const managers = may({ right: "booking.sites" });

/** Routes of what is let for months. */
export const leaseRoutes = router()
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/resources/{resource}/leases",
      summary: "Let a desk or an office to a company for months",
      tags,
      middleware: [managers] as const,
      request: { params: inSpace({ resource: ResourceIdSchema }), body: body(NewLeaseSchema) },
      responses: { 201: answers(LeaseViewSchema) },
    }),
    async (c) => {
      const lease = take(await letResource(c.var.scope, c.req.valid("param").resource, c.req.valid("json")));
      return c.json(leaseView(lease), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/resources/{resource}/leases/{lease}/end",
      summary: "End a lease on a day",
      tags,
      middleware: [managers] as const,
      request: {
        params: inSpace({ resource: ResourceIdSchema, lease: LeaseIdSchema }),
        body: body(z.strictObject({ until: DaySchema })),
      },
      responses: { 201: answers(LeaseViewSchema) },
    }),
    async (c) => {
      const { resource, lease } = c.req.valid("param");
      return c.json(leaseView(take(await endLease(c.var.scope, resource, lease, c.req.valid("json").until))), 201);
    },
  );
