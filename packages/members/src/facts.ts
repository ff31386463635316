import type { Company, CompanyChanged, OtherContact } from "./model.ts";

/** Other contacts as one text, as histories show them: name, role, phone and e-mail of each. */
export function contactsText(contacts: readonly OtherContact[]): string {
  return contacts
    .map(({ name, role, phone, email }) => [name, role, phone, email].filter(Boolean).join(" "))
    .join("; ");
}

/** The facts whose changes are told, in the order in which histories show them. */
export const toldFacts = [
  "name",
  "code",
  "kind",
  "industry",
  "legalPerson",
  "registeredOn",
  "since",
  "entry",
  "contactName",
  "contactPhone",
  "contactEmail",
  "address",
  "contacts",
] as const;
export type ToldFact = (typeof toldFacts)[number];
/** Facts that say something of a person, which are erased when the law says so (个人信息保护法 第四十七条). */
export const personalFacts = [
  "legalPerson",
  "contactName",
  "contactPhone",
  "contactEmail",
  "address",
  "contacts",
] as const satisfies readonly ToldFact[];

/** One fact of a company as text; an absent one is null. */
export function factText(company: Company, fact: ToldFact): string | null {
  switch (fact) {
    case "contacts":
      return company.contacts?.length ? contactsText(company.contacts) : null;
    case "entry":
      return company.entry ? [company.entry.reason, company.entry.note].filter(Boolean).join(" ") : null;
    default:
      return company[fact] || null;
  }
}

/** The facts that differ between two versions of a company, before and after. */
export function difference(before: Company, after: Company): Pick<CompanyChanged, "before" | "after"> {
  const facts = toldFacts.filter((fact) => factText(before, fact) !== factText(after, fact));
  const of = (company: Company) => Object.fromEntries(facts.map((fact) => [fact, factText(company, fact)]));
  return { before: of(before), after: of(after) };
}

/** What an operator must know of who it lets in (入驻核验): a registered company with its code and 法定代表人, anybody with a way to be reached. */
export function missingFacts(company: Company): ToldFact[] {
  const wanted: readonly ToldFact[] =
    company.kind === "company"
      ? ["code", "legalPerson", "registeredOn", "contactName", "contactPhone", "address"]
      : ["contactName", "contactPhone"];
  return wanted.filter((fact) => factText(company, fact) === null);
}
