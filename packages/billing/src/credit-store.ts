import type { Page } from "@yihao/kernel/paging";
import type { Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { getMany, query, queryAll } from "@yihao/table/read";
import type { Write } from "@yihao/table/write";
import type { CreditNote } from "./credit-model.ts";

/*
 * | item             | key                                  | written by             | units   | size           |
 * |------------------|--------------------------------------|------------------------|---------|----------------|
 * | credit note      | `bill#<invoice>`, `crn#<number>`     | crediting, once        | 2 a kB  | 0.4 kB + lines |
 * | rows of it       | `credits`, `credits-of#<company>`    | crediting              | 2 + 2   | 0.1 kB         |
 */
export const creditKind = kindOf<CreditNote>("crn");
const refKind = kindOf<{ invoice: string; number: string }>("crn-ref");

export const creditKey = (scope: Scope, invoice: string, number: string): Key =>
  keyIn(partition(scope, "bill", invoice), "crn", number);

/** The credit notes of a bill, in the order of their numbers. One query. */
export function creditsOn(scope: Scope, invoice: string): Promise<Stored<CreditNote>[]> {
  return queryAll(scope, creditKind, partition(scope, "bill", invoice), { prefix: "crn#", consistent: true });
}

/** Writes that list a credit note for the space and its company. */
export function creditRows(scope: Scope, { invoice, number, company, issuedOn }: CreditNote): Write[] {
  const keys = [
    keyIn(partition(scope, "credits"), issuedOn, number),
    keyIn(partition(scope, "credits-of", company), issuedOn, number),
  ];
  return keys.map((key) => ({ do: "put", key, kind: refKind, data: { invoice, number }, rev: 1 }));
}

/** A page of credit notes, latest first, of the space or of one company. */
export async function listCredits(
  scope: Scope,
  page: { company?: string | undefined; cursor?: string | undefined; limit?: number | undefined },
): Promise<Page<Stored<CreditNote>>> {
  const pk = page.company ? partition(scope, "credits-of", page.company) : partition(scope, "credits");
  const limit = page.limit ? { limit: page.limit } : {};
  const refs = await query(scope, refKind, pk, { newest: true, cursor: page.cursor, ...limit });
  const found = await getMany(
    scope,
    creditKind,
    refs.items.map(({ invoice, number }) => creditKey(scope, invoice, number)),
  );
  return { items: found.filter((one) => one !== undefined), next: refs.next };
}
