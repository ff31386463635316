import {
  answers,
  body,
  createRoute,
  etag,
  ifMatch,
  inSpace,
  listQuery,
  may,
  pageOf,
  router,
  z,
} from "@yihao/http/room";
import { Refused, take } from "@yihao/kernel/outcome";
import { binView, editBin } from "./bin-actions.ts";
import { loadOf } from "./bin-load.ts";
import { blindBins, blinded, blindly } from "./count-reads.ts";
import { facesOf } from "./face-actions.ts";
import { FaceSchema } from "./face-model.ts";
import {
  BinCodeSchema,
  BinEditSchema,
  BinPatternSchema,
  BinSchema,
  type BinView,
  ContentSchema,
  NewWarehouseSchema,
  type ProductId,
  ProductIdSchema,
  WarehouseIdSchema,
  WarehouseSchema,
  ZoneEditSchema,
} from "./model.ts";
import { putawaysOf } from "./putaway-reads.ts";
import { moveGoods, putAway, suggestFor } from "./stock-actions.ts";
import { MovedSchema, MovementSchema, MoveSchema, PutawaySchema, SuggestionSchema } from "./stock-model.ts";
import { movementsIn } from "./stock-reads.ts";
import { elevationOf, warehouseOf, warehousesOf } from "./store.ts";
import { createWarehouse, editZone, generateBins, warehouseView } from "./warehouse-actions.ts";

const tags = ["warehouse"];
/** A bin without what lies in it, for whoever counts it. */
const emptied = (bin: BinView): BinView => ({ ...bin, used: 0, ...loadOf({}) });
const ofWarehouse = inSpace({ warehouse: WarehouseIdSchema });
const ofStaff = may({ staff: "any" });
const byStaff = may({ right: "warehouse.work" });
const byManager = may({ right: "warehouse.manage" });

/** Warehouses, bins and what moves in them. */
export const placeRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/warehouses",
      summary: "Warehouses of the space",
      tags,
      middleware: [may({ staff: "any", company: "any" })] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(z.object({ items: z.array(WarehouseSchema) })) },
    }),
    async (c) => c.json({ items: (await warehousesOf(c.var.scope)).map(warehouseView) }, 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/warehouses",
      summary: "Open a warehouse",
      tags,
      middleware: [byManager] as const,
      request: { params: inSpace({}), body: body(NewWarehouseSchema) },
      responses: { 201: answers(WarehouseSchema) },
    }),
    async (c) => c.json(take(await createWarehouse(c.var.scope, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/warehouses/{warehouse}/bins",
      summary: "Make bins by a pattern, all or none",
      tags,
      middleware: [byManager] as const,
      request: { params: ofWarehouse, body: body(BinPatternSchema) },
      responses: { 201: answers(z.object({ batch: z.string(), made: z.int() })) },
    }),
    async (c) =>
      c.json(take(await generateBins(c.var.scope, c.req.valid("param").warehouse, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/warehouses/{warehouse}/bins",
      summary: "Rack elevation: every bin and what stands in the warehouse",
      tags,
      middleware: [ofStaff] as const,
      request: { params: ofWarehouse },
      responses: {
        200: answers(
          z.object({
            warehouse: WarehouseSchema,
            bins: z.array(BinSchema),
            contents: z.array(ContentSchema),
            faces: z.array(FaceSchema),
          }),
        ),
      },
    }),
    async (c) => {
      const warehouse = await warehouseOf(c.var.scope, c.req.valid("param").warehouse, { consistent: true });
      if (!warehouse) throw new Refused("missing");
      const [{ bins, contents }, blind, faces] = await Promise.all([
        elevationOf(c.var.scope, warehouse),
        blindBins(c.var.scope, warehouse.id),
        facesOf(c.var.scope, warehouse.id),
      ]);
      const shown = {
        warehouse: warehouseView(warehouse),
        bins: bins.map((bin) => (blind.has(bin.code) ? emptied(binView(bin)) : binView(bin))),
        contents: blinded(contents, blind),
        faces,
      };
      return c.json(shown, 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/warehouses/{warehouse}/zones/{zone}",
      summary: "Name a zone and keep it to some kinds of goods",
      tags,
      middleware: [byManager] as const,
      request: {
        params: inSpace({ warehouse: WarehouseIdSchema, zone: z.string().min(1).max(20) }),
        body: body(ZoneEditSchema),
      },
      responses: { 200: answers(WarehouseSchema) },
    }),
    async (c) => {
      const { warehouse, zone } = c.req.valid("param");
      const edited = take(await editZone(c.var.scope, warehouse, zone, ifMatch(c), c.req.valid("json")));
      etag(c, edited.rev);
      return c.json(edited, 200);
    },
  )
  .openapi(
    createRoute({
      method: "patch",
      path: "/spaces/{space}/warehouses/{warehouse}/bins/{bin}",
      summary: "Change a bin's capacity, load, size, lock or place in the walk",
      tags,
      middleware: [byStaff] as const,
      request: {
        params: inSpace({ warehouse: WarehouseIdSchema, bin: BinCodeSchema }),
        body: body(BinEditSchema),
      },
      responses: { 200: answers(BinSchema) },
    }),
    async (c) => {
      const { warehouse, bin } = c.req.valid("param");
      const done = await editBin(c.var.scope, warehouse, bin, ifMatch(c), c.req.valid("json"));
      const edited = take(await blindly(c.var.scope, warehouse, undefined, done));
      etag(c, edited.rev);
      return c.json((await blindBins(c.var.scope, warehouse)).has(bin) ? emptied(edited) : edited, 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/warehouses/{warehouse}/movements",
      summary: "What moved, newest first",
      tags,
      middleware: [ofStaff] as const,
      request: { params: ofWarehouse, query: listQuery },
      responses: { 200: answers(pageOf(MovementSchema)) },
    }),
    async (c) =>
      c.json(take(await movementsIn(c.var.scope, c.req.valid("param").warehouse, c.req.valid("query"))), 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/warehouses/{warehouse}/suggestions",
      summary: "Bins to put units of a product into, best first",
      tags,
      middleware: [ofStaff] as const,
      request: {
        params: ofWarehouse,
        query: z.object({ product: ProductIdSchema, units: z.coerce.number().int().min(1).max(1_000_000) }),
      },
      responses: { 200: answers(z.object({ items: z.array(SuggestionSchema) })) },
    }),
    async (c) => {
      const { product, units } = c.req.valid("query");
      const found = await suggestFor(c.var.scope, c.req.valid("param").warehouse, product as ProductId, units);
      return c.json({ items: take(found) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/warehouses/{warehouse}/putaway",
      summary: "Goods that wait in receiving, with bins to put them into",
      tags,
      middleware: [ofStaff] as const,
      request: { params: ofWarehouse },
      responses: {
        200: answers(z.object({ items: z.array(ContentSchema.extend({ suggestions: z.array(SuggestionSchema) })) })),
      },
    }),
    async (c) => {
      const warehouse = await warehouseOf(c.var.scope, c.req.valid("param").warehouse, { consistent: true });
      if (!warehouse) throw new Refused("missing");
      return c.json({ items: await putawaysOf(c.var.scope, warehouse) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/putaway",
      summary: "Put goods away: receiving to the scanned bin",
      tags,
      middleware: [byStaff] as const,
      request: { params: inSpace({}), body: body(PutawaySchema) },
      responses: { 201: answers(MovedSchema) },
    }),
    async (c) => {
      const wish = c.req.valid("json");
      return c.json(take(await blindly(c.var.scope, wish.warehouse, undefined, await putAway(c.var.scope, wish))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/moves",
      summary: "Move goods from bin to bin",
      tags,
      middleware: [byStaff] as const,
      request: { params: inSpace({}), body: body(MoveSchema) },
      responses: { 201: answers(MovedSchema) },
    }),
    async (c) => {
      const wish = c.req.valid("json");
      return c.json(
        take(await blindly(c.var.scope, wish.warehouse, wish.from, await moveGoods(c.var.scope, wish))),
        201,
      );
    },
  );
