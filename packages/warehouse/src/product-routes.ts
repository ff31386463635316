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
import { isZone } from "@yihao/kernel/days";
import { take } from "@yihao/kernel/outcome";
import { blindBins, blindGoods, hiddenStock, listedBlindly } from "./count-reads.ts";
import { readSerial, writeEpc } from "./epc-actions.ts";
import { PromisableSchema } from "./incoming.ts";
import { LotSchema } from "./lot.ts";
import { CompanyIdSchema, type ProductId, ProductIdSchema } from "./model.ts";
import { addProduct, editProduct, listOwners, listProducts } from "./product-actions.ts";
import {
  ListedProductSchema,
  NewProductSchema,
  ProductEditSchema,
  ProductSchema,
  SerialSchema,
  StockSchema,
  TagEditSchema,
  WholeProductSchema,
} from "./product-model.ts";
import { CardRowSchema, SeriesSchema } from "./stock-model.ts";
import { promisableFor, seriesOf, stockCard, stockDetail } from "./stock-reads.ts";
import { productOf } from "./store.ts";

const tags = ["warehouse"];
const ofSerial = inSpace({ product: ProductIdSchema, serial: LotSchema });
const ofProduct = inSpace({ product: ProductIdSchema });
const reading = may({ staff: "any", company: "any" });
const writing = may({ right: "warehouse.work", company: "any" });
const productList = listQuery.extend({ company: CompanyIdSchema.optional(), text: z.string().max(60).optional() });
/** Up to fifty ids by commas. */
const idsText = z.string().regex(/^prd_[0-9a-zA-Z-]{3,40}(,prd_[0-9a-zA-Z-]{3,40}){0,49}$/);
const PlacedStockSchema = StockSchema.extend({
  places: z.array(
    z.object({
      place: z.string(),
      warehouse: z.string(),
      bin: z.string().optional(),
      units: z.int(),
      lot: z.string().optional(),
      expiry: z.string().optional(),
    }),
  ),
});

/** Products and their stock. */
export const productRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/owners",
      summary: "Companies that have goods here",
      tags,
      middleware: [may({ staff: "any" })] as const,
      request: { params: inSpace({}) },
      responses: {
        200: answers(z.object({ items: z.array(z.object({ company: CompanyIdSchema, name: z.string() })) })),
      },
    }),
    async (c) => c.json({ items: await listOwners(c.var.scope) }, 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/products",
      summary: "Products of an owner by code, found by text, or by their ids",
      tags,
      middleware: [reading] as const,
      request: {
        params: inSpace({}),
        query: productList.extend({ whole: z.literal("true").optional(), ids: idsText.optional() }),
      },
      responses: { 200: answers(pageOf(WholeProductSchema)) },
    }),
    async (c) =>
      c.json(await listedBlindly(c.var.scope, take(await listProducts(c.var.scope, c.req.valid("query")))), 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/stock",
      summary: "Stock of an owner, product by product",
      tags,
      middleware: [reading] as const,
      request: { params: inSpace({}), query: productList },
      responses: { 200: answers(pageOf(ListedProductSchema)) },
    }),
    async (c) =>
      c.json(await listedBlindly(c.var.scope, take(await listProducts(c.var.scope, c.req.valid("query")))), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/products",
      summary: "Add a product",
      tags,
      middleware: [writing] as const,
      request: { params: inSpace({}), body: body(NewProductSchema) },
      responses: { 201: answers(ProductSchema) },
    }),
    async (c) => c.json(take(await addProduct(c.var.scope, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/products/{product}",
      summary: "A product, its stock and where it lies",
      tags,
      middleware: [reading] as const,
      request: { params: ofProduct },
      responses: { 200: answers(z.object({ product: ProductSchema, stock: PlacedStockSchema })) },
    }),
    async (c) => {
      const id = c.req.valid("param").product as ProductId;
      const { product, stock: all } = take(await stockDetail(c.var.scope, id));
      const blind = new Map<string, ReadonlySet<string>>();
      for (const { warehouse } of all.places)
        if (!blind.has(warehouse)) blind.set(warehouse, await blindBins(c.var.scope, warehouse));
      const places = all.places.filter(({ warehouse, bin }) => bin === undefined || !blind.get(warehouse)?.has(bin));
      const hidden = places.length < all.places.length || (await blindGoods(c.var.scope)).has(id);
      const stock = { ...all, ...(hidden ? hiddenStock : {}), places };
      const rev = (await productOf(c.var.scope, id))?.rev ?? 1;
      etag(c, rev);
      return c.json({ product: { ...product, rev }, stock }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/products/{product}",
      summary: "Change a product",
      tags,
      middleware: [writing] as const,
      request: { params: ofProduct, body: body(ProductEditSchema) },
      responses: { 200: answers(ProductSchema) },
    }),
    async (c) => {
      const id = c.req.valid("param").product as ProductId;
      const edited = take(await editProduct(c.var.scope, id, ifMatch(c), c.req.valid("json")));
      etag(c, edited.rev);
      return c.json(edited, 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/products/{product}/card",
      summary: "Stock card: every movement with before, change and after, newest first",
      tags,
      middleware: [reading] as const,
      request: { params: ofProduct, query: listQuery },
      responses: { 200: answers(pageOf(CardRowSchema).extend({ onHand: z.int(), hidden: z.boolean().optional() })) },
    }),
    async (c) => {
      const id = c.req.valid("param").product as ProductId;
      const card = take(await stockCard(c.var.scope, id, c.req.valid("query")));
      // Movements that are summed up tell what there is.
      const hidden = (await blindGoods(c.var.scope)).has(id);
      return c.json(hidden ? { items: [], next: null, onHand: 0, hidden } : card, 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/products/{product}/promisable",
      summary: "What may be promised now and as announced goods come in",
      tags,
      middleware: [reading] as const,
      request: { params: ofProduct },
      responses: { 200: answers(PromisableSchema) },
    }),
    async (c) => {
      const id = c.req.valid("param").product as ProductId;
      const promisable = take(await promisableFor(c.var.scope, id));
      const hidden = (await blindGoods(c.var.scope)).has(id);
      return c.json(hidden ? { ...promisable, now: 0, coming: [] } : promisable, 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/products/{product}/series",
      summary: "On hand at the end of each of the last days",
      tags,
      middleware: [reading] as const,
      request: {
        params: ofProduct,
        query: z.object({
          days: z.coerce.number().int().min(2).max(90).optional(),
          zone: z.string().max(60).refine(isZone).optional(),
        }),
      },
      responses: { 200: answers(SeriesSchema) },
    }),
    async (c) => {
      const { days = 30, zone = "Asia/Shanghai" } = c.req.valid("query");
      const id = c.req.valid("param").product as ProductId;
      const series = take(await seriesOf(c.var.scope, id, days, zone));
      return c.json((await blindGoods(c.var.scope)).has(id) ? { ...series, days: [], hidden: true } : series, 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/products/{product}/serials/{serial}",
      summary: "One piece by its serial number, with the EPC of its tag",
      tags,
      middleware: [reading] as const,
      request: { params: ofSerial },
      responses: { 200: answers(SerialSchema) },
    }),
    async (c) => {
      const { product, serial } = c.req.valid("param");
      const found = take(await readSerial(c.var.scope, product as ProductId, serial));
      etag(c, found.rev);
      return c.json(found, 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/products/{product}/serials/{serial}",
      summary: "Write down the EPC that the tag of a piece bears",
      tags,
      middleware: [may({ right: "warehouse.work" })] as const,
      request: { params: ofSerial, body: body(TagEditSchema) },
      responses: { 200: answers(SerialSchema) },
    }),
    async (c) => {
      const { product, serial } = c.req.valid("param");
      const { epc } = c.req.valid("json");
      const written = take(await writeEpc(c.var.scope, product as ProductId, serial, ifMatch(c), epc));
      etag(c, written.rev);
      return c.json(written, 200);
    },
  );
