import type { OpenCharge } from "@yihao/billing/model";
import type { NewCharge, NewCoupon, NewReduction, Reduction } from "@yihao/billing/reduction-model";
import type { CompanyId } from "@yihao/kernel/ids";
import { actingCompany, type Intent, ok } from "../../api.ts";
import { accounts } from "../../client.ts";
import { createQuery } from "../../query.ts";
import "./accounts-words.ts";
import { renewBilling } from "./data.ts";

const space$ = accounts.spaces[":space"];

/** A company's reductions; its own people's when none is named. */
export const useReductions = (space: () => string, company: () => CompanyId | undefined) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "reductions", company() ?? actingCompany() ?? ""],
    queryFn: async () => {
      const named = company();
      const query = named ? { company: named } : {};
      return (await ok(space$.reductions.$get({ param: { space: space() }, query }))).items;
    },
  }));

/** Every coupon of the space, the latest first. */
export const useCoupons = (space: () => string, wanted: () => boolean) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "coupons"],
    queryFn: async () => (await ok(space$.coupons.$get({ param: { space: space() } }))).items,
    enabled: wanted(),
  }));
export type CouponRow = NonNullable<ReturnType<typeof useCoupons>["data"]>[number];

async function told<T>(space: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } finally {
    await renewBilling(space);
  }
}

/** Charges something by hand. */
export const addCharge = (space: string, json: NewCharge, intent: Intent) =>
  told(space, ok(space$.charges.$post({ param: { space }, json }, intent.with())));

/** Takes back what was charged by hand. */
export function reverseCharge(space: string, { company, id, month }: OpenCharge, intent: Intent) {
  const call = space$.companies[":company"]["charge-reversals"];
  return told(space, ok(call.$post({ param: { space, company }, json: { id, month } }, intent.with())));
}

/** Gives a company a reduction. */
export const grantReduction = (space: string, json: NewReduction, intent: Intent) =>
  told(space, ok(space$.reductions.$post({ param: { space }, json }, intent.with())));

/** Ends a reduction. */
export function endReduction(space: string, { company, id }: Pick<Reduction, "company" | "id">, intent: Intent) {
  const call = space$.companies[":company"].reductions[":reduction"].end;
  return told(space, ok(call.$post({ param: { space, company, reduction: id }, json: {} }, intent.with())));
}

/** Makes a coupon. */
export const addCoupon = (space: string, json: NewCoupon, intent: Intent) =>
  told(space, ok(space$.coupons.$post({ param: { space }, json }, intent.with())));

/** Retires a coupon. */
export const retireCoupon = (space: string, coupon: CouponRow["id"], intent: Intent) =>
  told(space, ok(space$.coupons[":coupon"].retire.$post({ param: { space, coupon }, json: {} }, intent.with())));

/** Takes a coupon by its code for the company that the person acts for. */
export const redeemCoupon = (space: string, code: string, intent: Intent) =>
  told(space, ok(space$["coupon-uses"].$post({ param: { space }, json: { code } }, intent.with())));
