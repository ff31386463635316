/**
 * Items of community.
 *
 * | item           | key                                      | written by                          | units         | size     |
 * |----------------|------------------------------------------|-------------------------------------|---------------|----------|
 * | ticket         | `tik#<id>`, `-`                          | open, edit, move, reply             | 2–8           | 0.5–4 kB |
 * | reply          | `tik#<id>`, `say#<instant>#<id>`         | reply                               | 2–6           | ≤ 3 kB   |
 * | internal note  | `tik#<id>`, `note#<instant>#<id>`        | note; read for staff only           | 2–6           | ≤ 3 kB   |
 * | its row        | `tiks#<state>`, `<rank><instant>#<id>`   | with the ticket                     | 2 (4 moved)   | 0.4 kB   |
 * | company's row  | `tiks-of#<company>`, `<instant>#<id>`    | with the ticket                     | 2             | 0.4 kB   |
 * | month figures  | `tikfig`, `<month>`                      | what opens, answers, solves one     | 2             | 0.2 kB   |
 * | parcel         | `par#<id>`, `-`                          | arrival, edit, reminder, hand-out   | 2             | 0.5 kB   |
 * | its row        | `pars#<waiting, done>`, `<instant>#<id>` | with the parcel                     | 2 (4 gone)    | 0.5 kB   |
 * | company's row  | `pars-of#<company>`, `<instant>#<id>`    | with the parcel                     | 2             | 0.5 kB   |
 * | claim          | `uniq#…` (code; waybill number)          | arrival; gone when it is            | 2 each        | 0.2 kB   |
 * | announcement   | `ann#<id>`, `-`                          | publish, edit, end                  | 2–10          | 0.5–5 kB |
 * | its row        | `anns`, `<until>#<id>`                   | with the announcement               | 2 (4 moved)   | 0.4 kB   |
 * | its figures    | `ann#<id>`, `counts`                     | each reader; each chunk of letters  | 2             | 0.1 kB   |
 * | read mark      | `annread#<person>`, `<announcement>`     | reading                             | 2             | 0.1 kB   |
 * | card           | `card#<company>`, `-`                    | company's admin; name, leaving      | 2             | 0.3–1 kB |
 * | directory      | `cards`, `<name order>#<company>`        | with a card, while it is published  | 2             | 0.3–1 kB |
 * | card's words   | `tok#card…`, `<token>#<company>`         | publishing, edits, withdrawing      | 2 each, ≤ 48  | 0.1 kB   |
 *
 * Opening a ticket is ticket, two rows, figures, event, receipt and a letter for each of the staff told: 12 and 2–4 a letter. A reply is
 * reply, ticket, rows, event, receipt and one letter: 16–30. A note is note and receipt, and touches nothing that a company reads. A page
 * of 50 rows is 2.5 units. A parcel that came is parcel, rows, claims, two timers, event, receipt and a letter for each of the people told: 18 and
 * 2–4 a letter; handing it out 16. Rows of parcels are whole: a page of 50 is 3.5 units. A chunk of a mailing looks at 25 people: 2–8 a letter,
 * figures, event, receipt. Publishing a card is 8 and 2 a token; withdrawing it the same.
 */
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { ownCompany, type Scope } from "@yihao/kernel/scope";
import type { Company } from "@yihao/members/model";
import { companyOf } from "@yihao/members/store";
import type { Stored } from "@yihao/table/kind";
import type { Side } from "./ticket-model.ts";

/** The side on which the actor of a request stands. */
export const sideOf = (scope: Scope): Side => (ownCompany(scope) === undefined ? "staff" : "company");

/** Whether the actor may see what belongs to a company: staff everything, a company's people their own. */
export const mayRead = (scope: Scope, company: string): boolean => {
  const own = ownCompany(scope);
  return own === undefined || own === company;
};

/** The company that a wish is for: one's own, or the one that staff name. `missing` when there is none that the actor may see, `company.left` when it is no more. */
export async function companyFor(
  scope: Scope,
  named: CompanyId | undefined,
): Promise<Outcome<Stored<Company>, "missing" | "company.left">> {
  const id = named ?? ownCompany(scope);
  const company = id !== undefined && mayRead(scope, id) ? await companyOf(scope, id) : undefined;
  if (!company) return refuse("missing");
  return company.state === "active" ? accept(company) : refuse("company.left");
}
