import { answers, body, createRoute, etag, ifMatch, inSpace, may, router } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { editKit, readKit, workKit } from "./kit-actions.ts";
import { KitDoneSchema, KitEditSchema, KitSchema, KitWorkSchema } from "./kit-model.ts";
import { type ProductId, ProductIdSchema } from "./model.ts";

const tags = ["warehouse"];
const ofProduct = inSpace({ product: ProductIdSchema });
const byStaff = may({ right: "warehouse.work" });

/** Kits (组套). */
export const kitRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/products/{product}/kit",
      summary: "What a product is made of, and how many can be made now",
      tags,
      middleware: [may({ staff: "any", company: "any" })] as const,
      request: { params: ofProduct },
      responses: { 200: answers(KitSchema) },
    }),
    async (c) => {
      const kit = take(await readKit(c.var.scope, c.req.valid("param").product as ProductId));
      etag(c, kit.rev);
      return c.json(kit, 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/products/{product}/kit",
      summary: "Say what a product is made of",
      tags,
      middleware: [may({ right: "warehouse.work", company: ["admin"] })] as const,
      request: { params: ofProduct, body: body(KitEditSchema) },
      responses: { 200: answers(KitSchema) },
    }),
    async (c) => {
      const { product } = c.req.valid("param");
      const kit = take(await editKit(c.var.scope, product as ProductId, ifMatch(c), c.req.valid("json")));
      etag(c, kit.rev);
      return c.json(kit, 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/products/{product}/assemble",
      summary: "Put kits together of their components",
      tags,
      middleware: [byStaff] as const,
      request: { params: ofProduct, body: body(KitWorkSchema) },
      responses: { 201: answers(KitDoneSchema) },
    }),
    async (c) => {
      const product = c.req.valid("param").product as ProductId;
      return c.json(take(await workKit(c.var.scope, product, "assemble", c.req.valid("json"))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/products/{product}/take-apart",
      summary: "Take kits apart into their components",
      tags,
      middleware: [byStaff] as const,
      request: { params: ofProduct, body: body(KitWorkSchema) },
      responses: { 201: answers(KitDoneSchema) },
    }),
    async (c) => {
      const product = c.req.valid("param").product as ProductId;
      return c.json(take(await workKit(c.var.scope, product, "take-apart", c.req.valid("json"))), 201);
    },
  );
