import { answers, body, createRoute, inSpace, may, router } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { recordLabels } from "./label-actions.ts";
import { LabelWorkSchema, NewLabelWorkSchema } from "./label-model.ts";
import { OrderIdSchema, ProductIdSchema } from "./model.ts";

const tags = ["warehouse"];
const byStaff = may({ right: "warehouse.work" });

/** Labels that were put on goods and cartons (贴标), to be charged; their files are among the papers. */
export const labelWorkRoutes = router()
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/products/{product}/labels",
      summary: "Write down labels that were put on a product's goods",
      tags,
      middleware: [byStaff] as const,
      request: { params: inSpace({ product: ProductIdSchema }), body: body(NewLabelWorkSchema) },
      responses: { 201: answers(LabelWorkSchema) },
    }),
    async (c) => {
      const { product } = c.req.valid("param");
      return c.json(take(await recordLabels(c.var.scope, { product }, c.req.valid("json").labels)), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/orders/{order}/labels",
      summary: "Write down labels that were put on an order's cartons",
      tags,
      middleware: [byStaff] as const,
      request: { params: inSpace({ order: OrderIdSchema }), body: body(NewLabelWorkSchema) },
      responses: { 201: answers(LabelWorkSchema) },
    }),
    async (c) => {
      const { order } = c.req.valid("param");
      return c.json(take(await recordLabels(c.var.scope, { order }, c.req.valid("json").labels)), 201);
    },
  );
