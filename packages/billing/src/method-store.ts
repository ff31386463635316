import type { Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, queryAll } from "@yihao/table/read";
import { accountFor } from "./merchant-store.ts";
import type { MethodId, PayMethod, PayProfile } from "./method-model.ts";

/*
 * | item         | key                            | written by                                   | units | size   |
 * |--------------|--------------------------------|----------------------------------------------|-------|--------|
 * | saved method | `pay-methods#<company>`, `<id>` | asked, saved by the webhook, removed         | 2     | 0.9 kB |
 * | pay profile  | `pay-profile#<company>`, `-`   | the first page, a method saved, chosen, removed | 2  | 0.1–0.8 kB |
 * | card         | `pay-card#<reference>`, `-`    | the provider told of a card                  | 2     | 0.1 kB |
 *
 * Saving costs about 10: method, profile, event, the provider's event and the receipt.
 */
export const methodKind = kindOf<PayMethod>("pay-method");
export const profileKind = kindOf<PayProfile>("pay-profile");

/** What the provider has told of a card that it keeps: which method of ours it is, and that it is gone. Whoever hears of one card at the same time meets here. */
export const cardKind = kindOf<{ readonly method?: MethodId | undefined; readonly gone?: boolean }>("pay-card");
export const cardKey = (scope: Scope, reference: string): Key => keyIn(partition(scope, "pay-card", reference));

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
  return usualIn(scope, company, (await accountFor(scope)).account);
}

/** The same in an account of the provider. */
export async function usualIn(scope: Scope, company: string, account: string | undefined) {
  const profile = await profileOf(scope, company);
  if (profile?.account !== account) return undefined;
  const method = profile?.usual ? await methodOf(scope, company, profile.usual) : undefined;
  if (!profile || method?.state !== "saved" || !method.reference || !method.card) return undefined;
  return { id: method.id, customer: profile.customer, reference: method.reference, card: method.card, account };
}
