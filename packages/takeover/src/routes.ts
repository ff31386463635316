import { answers, body, createRoute, inSpace, listQuery, may, pageOf, router } from "@yihao/http/room";
import { getSpace } from "@yihao/identity/store";
import { Refused, take } from "@yihao/kernel/outcome";
import { askTakeover, dryRunTakeover, readReport, takeoverView } from "./actions.ts";
import {
  TakeoverDryRunSchema,
  TakeoverIdSchema,
  TakeoverReportSchema,
  TakeoverSchema,
  TakeoverWishSchema,
} from "./model.ts";
import { takeoverPage } from "./store.ts";

const tags = ["takeover"];
const managers = may({ staff: ["manager"] });
const readers = may({ staff: ["manager", "finance"] });

/** Routes of going live: take a running space's books over, file by file, and read what came of it. */
export const takeoverRoutes = router()
  .openapi(
    createRoute({
      method: "post",
      path: "/takeover/spaces/{space}/files",
      tags,
      summary: "Check a file of leases, plans, packs, deposits or open balances, or take it over",
      middleware: [managers] as const,
      request: { params: inSpace({}), body: body(TakeoverWishSchema) },
      responses: { 200: answers(TakeoverDryRunSchema, "What it would do"), 201: answers(TakeoverSchema, "Asked for") },
    }),
    async (c) => {
      const wish = c.req.valid("json");
      if (wish.mode === "dry-run") return c.json(take(await dryRunTakeover(c.var.scope, wish)), 200);
      return c.json(take(await askTakeover(c.var.scope, wish)), 201);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/takeover/spaces/{space}/files",
      tags,
      summary: "List the files that were taken over, the latest first",
      middleware: [readers] as const,
      request: { params: inSpace({}), query: listQuery },
      responses: { 200: answers(pageOf(TakeoverSchema)) },
    }),
    async (c) => {
      const { items, next } = await takeoverPage(c.var.scope, c.req.valid("query"));
      return c.json({ items: items.map(takeoverView), next }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/takeover/spaces/{space}/files/{takeover}",
      tags,
      summary: "Read the report of a file: its totals and every row",
      middleware: [readers] as const,
      request: { params: inSpace({ takeover: TakeoverIdSchema }) },
      responses: { 200: answers(TakeoverReportSchema) },
    }),
    async (c) => {
      const currency = (await getSpace(c.var.scope))?.currency ?? "CNY";
      const report = await readReport(c.var.scope, c.req.valid("param").takeover, currency);
      if (!report) throw new Refused("missing");
      return c.json(report, 200);
    },
  );
