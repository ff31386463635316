import type { Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get } from "@yihao/table/read";

/*
 * | item     | key             | written by                                      | units | size   |
 * |----------|-----------------|-------------------------------------------------|-------|--------|
 * | merchant | `merchant`, `-` | the owner's first wish, the provider's news of it | 2   | 0.2 kB |
 */

/** A space's own account at the payment provider (收单账户): it charges there once it is `enabled`, and through the platform's own before. */
export type Merchant = {
  readonly account: string;
  readonly provider: string;
  readonly submitted: boolean;
  readonly enabled: boolean;
  readonly openedAt: string;
};
export const merchantKind = kindOf<Merchant>("merchant");
export const merchantKey = (scope: Scope): Key => keyIn(partition(scope, "merchant"));

/** The space's own account; undefined before one was opened. One consistent read unit. */
export const merchantOf = (scope: Scope): Promise<Stored<Merchant> | undefined> =>
  get(scope, merchantKind, merchantKey(scope));

/** In whose account new payments are made: the space's own once it may charge, otherwise the platform's. */
export async function accountFor(scope: Scope): Promise<{ readonly account?: string }> {
  const merchant = await merchantOf(scope);
  return merchant?.enabled ? { account: merchant.account } : {};
}
