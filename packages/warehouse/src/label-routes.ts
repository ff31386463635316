import { createRoute, inSpace, may, router, z } from "@yihao/http/room";
import { getSpace } from "@yihao/identity/store";
import type { CompanyId } from "@yihao/kernel/ids";
import { Refused, take } from "@yihao/kernel/outcome";
import { companyOf } from "@yihao/members/store";
import { cleanBin } from "./bin-code.ts";
import { binLabel, cartonLabel, type Label, palletLabel, productLabel } from "./label.ts";
import { mostLabels } from "./label-model.ts";
import { zplOf } from "./label-zpl.ts";
import { LotSchema } from "./lot.ts";
import { lotOf } from "./lot-store.ts";
import { BinCodeSchema, OrderIdSchema, type ProductId, ProductIdSchema, WarehouseIdSchema } from "./model.ts";
import { readOrder } from "./order-actions.ts";
import { PalletIdSchema } from "./pallet-model.ts";
import { readPallet } from "./pallet-reads.ts";
import { readProduct } from "./product-actions.ts";
import { elevationOf, warehouseOf } from "./store.ts";

const formats = ["pdf", "zpl"] as const;
const tags = ["warehouse"];
const format = z.enum(formats).default("pdf");
const file = {
  200: {
    description: "The labels",
    content: {
      "application/pdf": { schema: z.string().openapi({ format: "binary" }) },
      "text/plain": { schema: z.string() },
    },
  },
} as const;

/** What draws labels as a PDF. It is handed in, since whoever only describes the routes draws nothing and needs no fonts. */
export type PrintLabels = (labels: readonly Label[], at: string) => Promise<Uint8Array<ArrayBuffer>>;

/** Labels of bins, products and cartons, as PDF or for label printers as ZPL. */
export const labelRoutes = (print: PrintLabels) => {
  const asFile = async (name: string, labels: readonly Label[], as: (typeof formats)[number], at: string) => {
    const headers = (type: string) => ({
      "content-type": type,
      "content-disposition": `attachment; filename="${name}.${as}"`,
      "cache-control": "private, no-store",
    });
    return as === "zpl"
      ? new Response(zplOf(labels), { headers: headers("text/plain; charset=utf-8") })
      : new Response(await print(labels, at), { headers: headers("application/pdf") });
  };
  return router()
    .openapi(
      createRoute({
        method: "get",
        path: "/papers/spaces/{space}/labels/bins",
        tags,
        summary: "Labels of bins, from one to another along the walk",
        middleware: [may({ staff: "any" })] as const,
        request: {
          params: inSpace({}),
          query: z.object({ warehouse: WarehouseIdSchema, from: BinCodeSchema, to: BinCodeSchema, format }),
        },
        responses: file,
      }),
      async (c) => {
        const { warehouse: id, from, to, format: as } = c.req.valid("query");
        const warehouse = await warehouseOf(c.var.scope, id);
        if (!warehouse) throw new Refused("missing");
        const { bins } = await elevationOf(c.var.scope, warehouse);
        const walk = [...bins].sort((a, b) => a.sequence - b.sequence);
        const at = (code: string) => walk.findIndex((bin) => bin.code === cleanBin(code));
        const [first, last] = [at(from), at(to)].sort((a, b) => a - b) as [number, number];
        if (first < 0) throw new Refused("bin.missing", { bin: at(from) < 0 ? from : to, suggestions: [] });
        if (last - first >= mostLabels)
          throw new Refused("bin.too-many", { count: last - first + 1, most: mostLabels });
        const labels = walk.slice(first, last + 1).map((bin) => {
          const zone = warehouse.zones.find((one) => one.code === bin.zone)?.name ?? bin.zone;
          return binLabel(bin, zone, warehouse.name);
        });
        return (await asFile(`bins-${cleanBin(from)}`, labels, as, c.var.scope.now)) as never;
      },
    )
    .openapi(
      createRoute({
        method: "get",
        path: "/papers/spaces/{space}/labels/products/{product}",
        tags,
        summary: "Labels of a product, of one lot where it is kept by lot",
        middleware: [may({ staff: "any", company: "any" })] as const,
        request: {
          params: inSpace({ product: ProductIdSchema }),
          query: z.object({
            copies: z.coerce.number().int().min(1).max(mostLabels).default(1),
            lot: LotSchema.optional(),
            format,
          }),
        },
        responses: file,
      }),
      async (c) => {
        const { copies, lot, format: as } = c.req.valid("query");
        const product = take(await readProduct(c.var.scope, c.req.valid("param").product as ProductId));
        const known = lot === undefined ? undefined : await lotOf(c.var.scope, product.id, lot);
        if (lot !== undefined && !known) throw new Refused("missing");
        const label = productLabel(product, known && { lot: known.lot, expiry: known.expiry });
        const name = product.code.replaceAll(/[^\w.-]/g, "-");
        return (await asFile(
          name,
          Array.from({ length: copies }, () => label),
          as,
          c.var.scope.now,
        )) as never;
      },
    )
    .openapi(
      createRoute({
        method: "get",
        path: "/papers/spaces/{space}/labels/pallets/{pallet}",
        tags,
        summary: "The label of a pallet",
        middleware: [may({ staff: "any" })] as const,
        request: { params: inSpace({ pallet: PalletIdSchema }), query: z.object({ format }) },
        responses: file,
      }),
      async (c) => {
        const [found, space] = await Promise.all([
          readPallet(c.var.scope, c.req.valid("param").pallet),
          getSpace(c.var.scope),
        ]);
        const pallet = take(found);
        const owner = await companyOf(c.var.scope, pallet.company as CompanyId, { consistent: false });
        const label = palletLabel(pallet, owner?.name ?? "", space?.name ?? "");
        return (await asFile(`pallet-${pallet.code}`, [label], c.req.valid("query").format, c.var.scope.now)) as never;
      },
    )
    .openapi(
      createRoute({
        method: "get",
        path: "/papers/spaces/{space}/labels/orders/{order}/cartons",
        tags,
        summary: "Labels of an order's cartons, all or one",
        middleware: [may({ staff: "any" })] as const,
        request: {
          params: inSpace({ order: OrderIdSchema }),
          query: z.object({ number: z.coerce.number().int().min(1).optional(), format }),
        },
        responses: file,
      }),
      async (c) => {
        const { number, format: as } = c.req.valid("query");
        const [found, space] = await Promise.all([
          readOrder(c.var.scope, c.req.valid("param").order),
          getSpace(c.var.scope),
        ]);
        const order = take(found);
        const cartons = (order.cartons ?? []).filter((one) => number === undefined || one.number === number);
        if (cartons.length === 0) throw new Refused("missing");
        const labels = cartons.map((carton) => cartonLabel(order, carton, space?.name ?? ""));
        return (await asFile(`cartons-${order.id.slice(4, 10)}`, labels, as, c.var.scope.now)) as never;
      },
    );
};
