import type { Scope } from "@yihao/kernel/scope";
import type { Company } from "@yihao/members/model";
import { companyPeople } from "@yihao/members/post";

/** Who is written to of a company's bills: its admins, its main contact and those it named for finance; each address once. */
export async function readersOf(scope: Scope, company: Company): Promise<string[]> {
  const admins = (await companyPeople(scope, company.id)).filter(({ companies }) =>
    companies.some((one) => one.company === company.id && one.role === "admin"),
  );
  const contacts = (company.contacts ?? []).filter(({ role }) => role === "finance");
  const all = [...admins, ...contacts].map(({ email }) => email ?? "");
  return [...new Set([...all, company.contactEmail ?? ""].map((one) => one.toLowerCase()))]
    .filter(Boolean)
    .slice(0, 20);
}
