import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { companyOf } from "@yihao/members/store";

/** Who pays for what a company did: a company that was merged into another is that one. */
export async function payerOf(scope: Scope, company: CompanyId): Promise<CompanyId> {
  const merged = (await companyOf(scope, company))?.merged;
  return merged ? payerOf(scope, merged.into as CompanyId) : company;
}
