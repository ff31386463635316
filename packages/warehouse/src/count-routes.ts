import { answers, body, createRoute, inSpace, listQuery, may, pageOf, router, z } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { beginBin, countBin, planCount } from "./count-actions.ts";
import {
  CountIdSchema,
  CountSchema,
  FoundSchema,
  ListedCountSchema,
  NamedGoodsSchema,
  NewCountSchema,
  RecountSchema,
} from "./count-model.ts";
import { goodsNamed, listCounts, readCount } from "./count-reads.ts";
import { cancelCount, judgeCount } from "./count-review.ts";
import { BinCodeSchema, WarehouseIdSchema } from "./model.ts";

const tags = ["warehouse"];
const ofCount = inSpace({ count: CountIdSchema });
const ofBin = inSpace({ count: CountIdSchema, bin: BinCodeSchema });
const ofStaff = may({ right: "warehouse.work" });
const byManager = may({ right: "warehouse.manage" });

/** Counts (盘点): planned, counted blind, judged by somebody else. */
export const countRoutes = router()
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/counts",
      summary: "Plan a count by bins, product, class, emptiness or doubt",
      tags,
      middleware: [ofStaff] as const,
      request: { params: inSpace({}), body: body(NewCountSchema) },
      responses: { 201: answers(ListedCountSchema) },
    }),
    async (c) => c.json(take(await planCount(c.var.scope, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/counts",
      summary: "Counts of a warehouse, newest first",
      tags,
      middleware: [ofStaff] as const,
      request: { params: inSpace({}), query: listQuery.extend({ warehouse: WarehouseIdSchema }) },
      responses: { 200: answers(pageOf(ListedCountSchema)) },
    }),
    async (c) => c.json(take(await listCounts(c.var.scope, c.req.valid("query"))), 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/counts/{count}",
      summary: "A count with its bins; blind for whoever counts",
      tags,
      middleware: [ofStaff] as const,
      request: { params: ofCount },
      responses: { 200: answers(CountSchema) },
    }),
    async (c) => c.json(take(await readCount(c.var.scope, c.req.valid("param").count)), 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/counts/{count}/goods",
      summary: "Goods that a scanned code names, without figures",
      tags,
      middleware: [ofStaff] as const,
      request: { params: ofCount, query: z.object({ code: z.string().min(1).max(120) }) },
      responses: { 200: answers(z.object({ items: z.array(NamedGoodsSchema) })) },
    }),
    async (c) => {
      const found = await goodsNamed(c.var.scope, c.req.valid("param").count, c.req.valid("query").code);
      return c.json({ items: take(found) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/counts/{count}/bins/{bin}/begin",
      summary: "Begin to count a bin",
      tags,
      middleware: [ofStaff] as const,
      request: { params: ofBin },
      responses: { 201: answers(z.object({ code: z.string(), round: z.int() })) },
    }),
    async (c) => {
      const { count, bin } = c.req.valid("param");
      return c.json(take(await beginBin(c.var.scope, count, bin)), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/counts/{count}/bins/{bin}/found",
      summary: "Say what was found in a bin",
      tags,
      middleware: [ofStaff] as const,
      request: { params: ofBin, body: body(FoundSchema) },
      responses: { 201: answers(z.object({ code: z.string(), again: z.boolean() })) },
    }),
    async (c) => {
      const { count, bin } = c.req.valid("param");
      return c.json(take(await countBin(c.var.scope, count, bin, c.req.valid("json"))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/counts/{count}/recount",
      summary: "Send bins back to be counted again",
      tags,
      middleware: [byManager] as const,
      request: { params: ofCount, body: body(RecountSchema) },
      responses: { 201: answers(ListedCountSchema) },
    }),
    async (c) => {
      const { bins } = c.req.valid("json");
      return c.json(take(await judgeCount(c.var.scope, c.req.valid("param").count, { do: "recount", bins })), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/counts/{count}/approve",
      summary: "Approve a count and post what differs",
      tags,
      middleware: [byManager] as const,
      request: { params: ofCount },
      responses: { 201: answers(ListedCountSchema) },
    }),
    async (c) => c.json(take(await judgeCount(c.var.scope, c.req.valid("param").count, { do: "approve" })), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/counts/{count}/reject",
      summary: "Reject a count; nothing is posted",
      tags,
      middleware: [byManager] as const,
      request: { params: ofCount },
      responses: { 201: answers(ListedCountSchema) },
    }),
    async (c) => c.json(take(await judgeCount(c.var.scope, c.req.valid("param").count, { do: "reject" })), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/counts/{count}/cancel",
      summary: "Cancel a count that is not judged yet",
      tags,
      middleware: [ofStaff] as const,
      request: { params: ofCount },
      responses: { 201: answers(ListedCountSchema) },
    }),
    async (c) => c.json(take(await cancelCount(c.var.scope, c.req.valid("param").count)), 201),
  );
