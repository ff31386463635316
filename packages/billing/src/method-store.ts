import type { Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, queryAll } from "@yihao/table/read";
import { accountFor } from "./merchant-store.ts";
import type { PayMethod, PayProfile } from "./method-model.ts";

/*
 * | item         | key                            | written by                                   | units | size   |
 * |--------------|--------------------------------|----------------------------------------------|-------|--------|
 * | saved method | `pay-methods#<company>`, `<id>` | asked, saved by the webhook, removed         | 2     | 0.9 kB |
 * | pay profile  | `pay-profile#<company>`, `-`   | the first page, a method saved, chosen, removed | 2  | 0.1 kB |
 *
 * Saving costs about 10: method, profile, event, the provider's event and the receipt.
 */
export const methodKind = kindOf<PayMethod>("pay-method");
export const profileKind = kindOf<PayProfile>("pay-profile");

export const methodKey = (scope: Scope, company: string, id: string): Key =>
  keyIn(partition(scope, "pay-methods", company), id);
export const profileKey = (scope: Scope, company: string): Key => keyIn(partition(scope, "pay-profile", company));

/** A company's method. One consistent read unit. */
export const methodOf = (scope: Scope, company: string, id: string): Promise<Stored<PayMethod> | undefined> =>
  get(scope, methodKind, methodKey(scope, company, id));

/** Every method that a company has or had. One query. */
export const methodsOf = (scope: Scope, company: string): Promise<Stored<PayMethod>[]> =>
  queryAll(scope, methodKind, partition(scope, "pay-methods", company), { consistent: true });

/** Who a company is to the provider. One consistent read unit. */
export const profileOf = (scope: Scope, company: string): Promise<Stored<PayProfile> | undefined> =>
  get(scope, profileKind, profileKey(scope, company));

/** The method that a company's bills are collected by in the account that the space charges in now, with who the company is to the provider; undefined when it has none. */
export async function usualMethod(scope: Scope, company: string) {
  const [profile, { account }] = await Promise.all([profileOf(scope, company), accountFor(scope)]);
  if (profile?.account !== account) return undefined;
  const method = profile?.usual ? await methodOf(scope, company, profile.usual) : undefined;
  if (!profile || method?.state !== "saved" || !method.reference || !method.card) return undefined;
  return { id: method.id, customer: profile.customer, reference: method.reference, card: method.card, account };
}
