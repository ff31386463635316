import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { ownCompany, type Scope } from "@yihao/kernel/scope";
import { companyOf } from "@yihao/members/store";

/**
 * Whose goods a command is about (货主): a company's person always for their own company, staff for the one they name.
 * Refused: staff naming none (`owner.missing`) or one that does not exist, a company naming another (`missing`).
 */
export async function ownerFor(scope: Scope, named: string | undefined): Promise<Outcome<CompanyId>> {
  const own = ownCompany(scope);
  if (own) return named === undefined || named === own ? accept(own) : refuse("missing");
  if (named === undefined) return refuse("owner.missing");
  if (scope.actor.kind === "system") return accept(named as CompanyId);
  const company = await companyOf(scope, named as CompanyId, { consistent: false });
  return company ? accept(company.id) : refuse("missing");
}

/** Whether the scope may see what belongs to a company. */
export function maySee(scope: Scope, company: string): boolean {
  const own = ownCompany(scope);
  return own === undefined || own === company;
}
