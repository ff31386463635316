import { answers, body, createRoute, inSpace, may, router, z } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { CompanyIdSchema } from "@yihao/members/model";
import { companyOfQuery } from "./approval-routes.ts";
import { addCharge, reverseCharge } from "./manual-charge.ts";
import { ChargeIdSchema, ChargeSchema, MonthSchema } from "./model.ts";
import { addCoupon, endReduction, grantReduction, redeemCoupon, retireCoupon } from "./reduction-actions.ts";
import {
  CouponIdSchema,
  CouponSchema,
  NewChargeSchema,
  NewCouponSchema,
  NewReductionSchema,
  RedeemSchema,
  ReductionIdSchema,
  ReductionSchema,
} from "./reduction-model.ts";
import { couponsOf, reductionsOf } from "./reduction-store.ts";

const tags = ["billing"];
const finance = may({ right: "billing.keep" });
const readers = may({ right: "billing.read", company: "any" });
const plain = <T extends { rev: number }>({ rev: _rev, ...rest }: T) => rest;

/** Routes of what is charged by hand, of reductions and of coupons. */
export const reductionRoutes = router()
  .openapi(
    createRoute({
      method: "post",
      path: "/accounts/spaces/{space}/charges",
      tags,
      summary: "Charge something by hand",
      middleware: [finance] as const,
      request: { params: inSpace({}), body: body(NewChargeSchema) },
      responses: { 201: answers(ChargeSchema) },
    }),
    async (c) => c.json(take(await addCharge(c.var.scope, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/accounts/spaces/{space}/companies/{company}/charge-reversals",
      tags,
      summary: "Take back what was charged by hand and is on no final bill",
      middleware: [finance] as const,
      request: {
        params: inSpace({ company: CompanyIdSchema }),
        body: body(z.strictObject({ id: ChargeIdSchema, month: MonthSchema })),
      },
      responses: { 201: answers(ChargeSchema) },
    }),
    async (c) => {
      const { company } = c.req.valid("param");
      return c.json(take(await reverseCharge(c.var.scope, company, c.req.valid("json"))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/reductions",
      tags,
      summary: "List a company's reductions",
      middleware: [readers] as const,
      request: { params: inSpace({}), query: z.object({ company: CompanyIdSchema.optional() }) },
      responses: { 200: answers(z.object({ items: z.array(ReductionSchema) })) },
    }),
    async (c) => {
      const company = companyOfQuery(c.var.scope, c.req.valid("query").company);
      return c.json({ items: (await reductionsOf(c.var.scope, company)).map(plain) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/accounts/spaces/{space}/reductions",
      tags,
      summary: "Give a company a reduction of its bills of some months",
      middleware: [finance] as const,
      request: { params: inSpace({}), body: body(NewReductionSchema) },
      responses: { 201: answers(ReductionSchema) },
    }),
    async (c) => c.json(take(await grantReduction(c.var.scope, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/accounts/spaces/{space}/companies/{company}/reductions/{reduction}/end",
      tags,
      summary: "End a company's reduction",
      middleware: [finance] as const,
      request: {
        params: inSpace({ company: CompanyIdSchema, reduction: ReductionIdSchema }),
        body: body(z.strictObject({})),
      },
      responses: { 201: answers(ReductionSchema) },
    }),
    async (c) => {
      const { company, reduction } = c.req.valid("param");
      return c.json(take(await endReduction(c.var.scope, company, reduction)), 201);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/coupons",
      tags,
      summary: "List coupons, how often each was used",
      middleware: [may({ right: "billing.read" })] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(z.object({ items: z.array(CouponSchema) })) },
    }),
    async (c) => {
      const all = await couponsOf(c.var.scope);
      return c.json({ items: all.map(plain).sort((a, b) => (a.at < b.at ? 1 : -1)) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/accounts/spaces/{space}/coupons",
      tags,
      summary: "Make a coupon",
      middleware: [finance] as const,
      request: { params: inSpace({}), body: body(NewCouponSchema) },
      responses: { 201: answers(CouponSchema) },
    }),
    async (c) => c.json(take(await addCoupon(c.var.scope, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/accounts/spaces/{space}/coupons/{coupon}/retire",
      tags,
      summary: "Retire a coupon",
      middleware: [finance] as const,
      request: { params: inSpace({ coupon: CouponIdSchema }), body: body(z.strictObject({})) },
      responses: { 201: answers(CouponSchema) },
    }),
    async (c) => c.json(take(await retireCoupon(c.var.scope, c.req.valid("param").coupon)), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/accounts/spaces/{space}/coupon-uses",
      tags,
      summary: "Take a coupon for a company, by its code",
      middleware: [may({ right: "billing.keep", company: ["admin"] })] as const,
      request: { params: inSpace({}), body: body(RedeemSchema) },
      responses: { 201: answers(ReductionSchema) },
    }),
    async (c) => {
      const { code, company } = c.req.valid("json");
      const id = CompanyIdSchema.parse(companyOfQuery(c.var.scope, company));
      return c.json(take(await redeemCoupon(c.var.scope, id, code)), 201);
    },
  );
