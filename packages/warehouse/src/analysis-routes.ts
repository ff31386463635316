import { answers, body, createRoute, inSpace, listQuery, may, pageOf, router, z } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import {
  AnalysisSchema,
  OwnerFiguresSchema,
  SheetSchema,
  StockDaySchema,
  StockOnDaySchema,
  TopQuerySchema,
} from "./analysis-model.ts";
import { readAnalysis, readBinFlow, readSheets, readStockOn, readTop } from "./analysis-reads.ts";
import { shownOf } from "./count-reads.ts";
import { CompanyIdSchema, WarehouseIdSchema } from "./model.ts";
import { refreshFigures } from "./stock-run.ts";

const tags = ["warehouse"];
const reading = may({ staff: "any", company: "any" });
const ofOwner = z.object({ company: CompanyIdSchema.optional() });

/** Analysis and value of stock (库存分析、库存金额). */
export const analysisRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/stock/analysis",
      summary: "ABC, age, cover, dead stock and value: of one owner, or of all",
      tags,
      middleware: [reading] as const,
      request: { params: inSpace({}), query: ofOwner },
      responses: { 200: answers(AnalysisSchema) },
    }),
    async (c) => c.json(take(await readAnalysis(c.var.scope, c.req.valid("query").company)), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/stock/analysis",
      summary: "Work out an owner's figures of this moment",
      tags,
      middleware: [may({ right: "warehouse.work", company: "any" })] as const,
      request: { params: inSpace({}), body: body(z.strictObject({ company: CompanyIdSchema.optional() })) },
      responses: { 201: answers(OwnerFiguresSchema) },
    }),
    async (c) => c.json(take(await refreshFigures(c.var.scope, c.req.valid("json").company)), 201),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/stock/top",
      summary: "Products that are dead longest, run out first or matter most",
      tags,
      middleware: [reading] as const,
      request: { params: inSpace({}), query: TopQuerySchema },
      responses: { 200: answers(z.object({ items: z.array(SheetSchema), day: z.string() })) },
    }),
    async (c) => {
      const found = take(await readTop(c.var.scope, c.req.valid("query")));
      return c.json({ ...found, items: await shownOf(c.var.scope, found.items) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/stock/sheets",
      summary: "Figures product by product, by code",
      tags,
      middleware: [reading] as const,
      request: { params: inSpace({}), query: listQuery.extend({ company: CompanyIdSchema.optional() }) },
      responses: { 200: answers(pageOf(SheetSchema)) },
    }),
    async (c) => {
      const found = take(await readSheets(c.var.scope, c.req.valid("query")));
      return c.json({ ...found, items: await shownOf(c.var.scope, found.items) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/stock/on",
      summary: "Stock and its value at the end of a day, from the ledger",
      tags,
      middleware: [reading] as const,
      request: {
        params: inSpace({}),
        query: listQuery.extend({ company: CompanyIdSchema.optional(), day: z.iso.date() }),
      },
      responses: { 200: answers(pageOf(StockOnDaySchema).extend({ total: StockDaySchema.nullable() })) },
    }),
    async (c) => {
      const found = take(await readStockOn(c.var.scope, c.req.valid("query")));
      return c.json({ ...found, items: await shownOf(c.var.scope, found.items) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/warehouses/{warehouse}/flow",
      summary: "How often goods moved at each bin in the last seven days",
      tags,
      middleware: [may({ staff: "any" })] as const,
      request: { params: inSpace({ warehouse: WarehouseIdSchema }) },
      responses: { 200: answers(z.object({ items: z.array(z.object({ bin: z.string(), moves: z.int() })) })) },
    }),
    async (c) => c.json({ items: take(await readBinFlow(c.var.scope, c.req.valid("param").warehouse)) }, 200),
  );
