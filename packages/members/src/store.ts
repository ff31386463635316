/**
 * Items of members.
 *
 * | item           | key                           | written by                   | units | size       |
 * |----------------|-------------------------------|------------------------------|-------|------------|
 * | company        | `cmp#<id>`, `-`               | add, edit, plan, suspension  | 2     | 0.3–1 kB   |
 * | list entry     | `cmps`, `<name order>#<id>`   | the same commits             | 2 (4 when renamed) | 0.2 kB |
 * | claim          | `uniq#…` (name; code)         | add, edit                    | 2 each | 0.2 kB    |
 * | search tokens  | `tok#company`, `<token>#<id>` | add, edit of the name        | 2 each, ≤ 16 | 0.1 kB |
 * | import         | `imp#<id>`, `-`               | each chunk of an import      | 2     | 0.3 kB     |
 *
 * Adding one company by hand: company, entry, claims, tokens and event, 12–40 units. An import stages 23 companies a commit
 * (4 items each), flips one item, and settles each company afterwards. Reading one company is one unit (half when eventual).
 */
import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import type { Company } from "./model.ts";

/** A company as it is kept: while its import is not settled, it names the import, on whose state it hangs whether anyone sees it. */
export type KeptCompany = Company & { readonly staged?: string };
export const companyKind = kindOf<KeptCompany>("cmp");

/** An import of companies: `staging` shows nothing, `done` shows all, `dropped` shows nothing and is swept. */
export type ImportDoc = {
  readonly id: string;
  readonly state: "staging" | "done" | "dropped";
  readonly rows: number;
  readonly companies: readonly CompanyId[];
};
export const importKind = kindOf<ImportDoc>("imp");

/** Where a company lies. */
export const companyKey = (scope: Scope, id: string) => keyIn(partition(scope, "cmp", id));
/** Where an import lies. */
export const importKey = (scope: Scope, id: string) => keyIn(partition(scope, "imp", id));

/** A company, or undefined when there is none or its import has not come through. One read unit, half when not consistent. */
export async function companyOf(
  scope: Scope,
  id: CompanyId,
  options: { consistent?: boolean } = {},
): Promise<Stored<Company> | undefined> {
  const found = await get(scope, companyKind, companyKey(scope, id), options);
  if (!found?.staged) return found;
  const { staged, ...company } = found;
  return (await get(scope, importKind, importKey(scope, staged)))?.state === "done" ? company : undefined;
}
