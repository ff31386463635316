import { answers, body, createRoute, inSpace, listQuery, may, pageOf, router, z } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { CompanyIdSchema } from "./model.ts";
import { beginPallet, loadPallet, sendPallets, turnPallet, unloadPallet } from "./pallet-actions.ts";
import { NewPalletSchema, OneCartonSchema, PalletIdSchema, PalletSchema, SendPalletsSchema } from "./pallet-model.ts";
import { listPallets, readPallet } from "./pallet-reads.ts";

const tags = ["warehouse"];
const ofPallet = inSpace({ pallet: PalletIdSchema });
const reading = may({ staff: "any", company: "any" });
const byStaff = may({ right: "warehouse.work" });
const TurnSchema = z.strictObject({ to: z.enum(["closed", "open", "dissolved"]) });

/** Something that staff do with one pallet. */
const step = <Name extends string, Wish extends z.ZodType>(name: Name, summary: string, wish: Wish) =>
  createRoute({
    method: "post",
    path: `/spaces/{space}/pallets/{pallet}/${name}`,
    summary,
    tags,
    middleware: [byStaff] as const,
    request: { params: ofPallet, body: body(wish) },
    responses: { 201: answers(PalletSchema) },
  });

/** Pallets (托盘): cartons are put on by scan, and they leave together. */
export const palletRoutes = router()
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/pallets",
      summary: "Begin a pallet of one owner",
      tags,
      middleware: [byStaff] as const,
      request: { params: inSpace({}), body: body(NewPalletSchema) },
      responses: { 201: answers(PalletSchema) },
    }),
    async (c) => c.json(take(await beginPallet(c.var.scope, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/pallets",
      summary: "Pallets, newest first; or the one that a scanned label names",
      tags,
      middleware: [reading] as const,
      request: {
        params: inSpace({}),
        query: listQuery.extend({
          company: CompanyIdSchema.optional(),
          open: z.enum(["true", "false"]).optional(),
          code: z.string().trim().min(1).max(120).optional(),
        }),
      },
      responses: { 200: answers(pageOf(PalletSchema)) },
    }),
    async (c) => {
      const { open, ...query } = c.req.valid("query");
      return c.json(take(await listPallets(c.var.scope, { ...query, open: open === "true" })), 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/pallets/ship",
      summary: "Ship pallets together, with every order on them",
      tags,
      middleware: [byStaff] as const,
      request: { params: inSpace({}), body: body(SendPalletsSchema) },
      responses: { 201: answers(z.object({ items: z.array(PalletSchema) })) },
    }),
    async (c) => c.json(take(await sendPallets(c.var.scope, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/pallets/{pallet}",
      summary: "A pallet with its cartons",
      tags,
      middleware: [reading] as const,
      request: { params: ofPallet },
      responses: { 200: answers(PalletSchema) },
    }),
    async (c) => c.json(take(await readPallet(c.var.scope, c.req.valid("param").pallet)), 200),
  )
  .openapi(step("load", "Put a carton on a pallet", OneCartonSchema), async (c) =>
    c.json(take(await loadPallet(c.var.scope, c.req.valid("param").pallet, c.req.valid("json"))), 201),
  )
  .openapi(step("unload", "Take a carton off a pallet", OneCartonSchema), async (c) =>
    c.json(take(await unloadPallet(c.var.scope, c.req.valid("param").pallet, c.req.valid("json"))), 201),
  )
  .openapi(step("turn", "Close a pallet, open it again, or dissolve it when it is empty", TurnSchema), async (c) =>
    c.json(take(await turnPallet(c.var.scope, c.req.valid("param").pallet, c.req.valid("json").to)), 201),
  );
