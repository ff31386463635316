import type { Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, queryAll } from "@yihao/table/read";
import { ownerOf } from "@yihao/table/unique";
import type { Coupon, Reduction } from "./reduction-model.ts";

/*
 * | item      | key                              | written by                    | units | size   |
 * |-----------|----------------------------------|-------------------------------|-------|--------|
 * | reduction | `reductions-of#<company>`, `<id>` | finance; a coupon's redeeming | 2     | 0.3 kB |
 * | coupon    | `coupons`, `<id>`                | finance; each redeeming       | 2     | 0.3 kB |
 *
 * Redeeming costs about 14 with its claim (once a company), event and receipt. Each draw reads a company's reductions in one query; what each took of a month's bill lies beside the months of plans.
 */
export const reductionKind = kindOf<Reduction>("rdc");
export const couponKind = kindOf<Coupon>("cpn");

export const reductionKey = (scope: Scope, company: string, id: string): Key =>
  keyIn(partition(scope, "reductions-of", company), id);
export const couponKey = (scope: Scope, id: string): Key => keyIn(partition(scope, "coupons"), id);

/** Every reduction of a company, ended ones included. One query. */
export const reductionsOf = (scope: Scope, company: string): Promise<Stored<Reduction>[]> =>
  queryAll(scope, reductionKind, partition(scope, "reductions-of", company), { consistent: true });

/** A company's reduction. One consistent read unit. */
export const reductionOf = (scope: Scope, company: string, id: string): Promise<Stored<Reduction> | undefined> =>
  get(scope, reductionKind, reductionKey(scope, company, id));

/** Every coupon of the space. One query. */
export const couponsOf = (scope: Scope): Promise<Stored<Coupon>[]> =>
  queryAll(scope, couponKind, partition(scope, "coupons"), { consistent: true });

/** A coupon. One consistent read unit. */
export const couponOf = (scope: Scope, id: string): Promise<Stored<Coupon> | undefined> =>
  get(scope, couponKind, couponKey(scope, id));

/** The coupon of a code, whatever its case. Two read units. */
export async function couponByCode(scope: Scope, code: string): Promise<Stored<Coupon> | undefined> {
  const id = await ownerOf(scope, "coupon", code);
  return id === undefined ? undefined : couponOf(scope, id);
}
