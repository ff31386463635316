import type { PersonEnv } from "@yihao/http/context";
import { answers, createRoute, router, z } from "@yihao/http/room";
import { Refused } from "@yihao/kernel/outcome";
import { MonthSchema } from "./model.ts";
import { PlatformBillsSchema } from "./platform-model.ts";
import { lastBilledMonth } from "./platform-price.ts";
import { platformRows } from "./platform-store.ts";

/** What all spaces owe for the platform, for its owner; to everybody else it is missing, as the platform's usage is. */
export const platformBillRoutes = (owners: () => readonly string[]) =>
  router<PersonEnv>().openapi(
    createRoute({
      method: "get",
      path: "/platform/bills",
      tags: ["platform"],
      summary: "The platform's own bills to all spaces for a month, the last that was billed unless named",
      request: { query: z.object({ month: MonthSchema.optional() }) },
      responses: { 200: answers(PlatformBillsSchema) },
    }),
    async (c) => {
      if (!owners().includes(c.var.caller.email.toLowerCase())) throw new Refused("missing");
      const month = c.req.valid("query").month ?? lastBilledMonth(c.var.scope.now);
      const items = await platformRows(c.var.scope, month);
      const sum = (of: "amountMinor" | "paidMinor") => items.reduce((all, row) => all + row[of], 0);
      return c.json({ month, items, amountMinor: sum("amountMinor"), paidMinor: sum("paidMinor") }, 200);
    },
  );
