import type { PersonEnv } from "@yihao/http/context";
import { answers, createRoute, router, z } from "@yihao/http/room";
import { Refused } from "@yihao/kernel/outcome";
import type { Prices } from "./cost.ts";
import { PlatformSchema, UsageMonthSchema, UsageSchema } from "./model.ts";
import { readUsage } from "./reads.ts";

const tags = ["platform"];

/**
 * Routes of the platform's owner. `owners` gives the e-mails of those who are, in small letters; they are signed in by a code that came to that e-mail. To everybody else, the operators of spaces too, what is
 * here is missing.
 */
export const usageRoutes = (owners: () => readonly string[], prices: Prices) =>
  router<PersonEnv>()
    .openapi(
      createRoute({
        method: "get",
        path: "/platform",
        tags,
        summary: "Whether the person signed in owns the platform",
        responses: { 200: answers(PlatformSchema) },
      }),
      (c) => c.json({ owner: owners().includes(c.var.caller.email.toLowerCase()) }, 200),
    )
    .openapi(
      createRoute({
        method: "get",
        path: "/platform/usage",
        tags,
        summary: "What every space used in a month, and what it cost at list prices",
        request: { query: z.object({ month: UsageMonthSchema.optional() }) },
        responses: { 200: answers(UsageSchema) },
      }),
      async (c) => {
        if (!owners().includes(c.var.caller.email.toLowerCase())) throw new Refused("missing");
        return c.json(await readUsage(c.var.scope, prices, c.req.valid("query").month), 200);
      },
    );
