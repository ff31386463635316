import { membershipOf } from "@yihao/identity/store";
import type { CompanyId, PersonId } from "@yihao/kernel/ids";
import { isId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import type { From } from "@yihao/members/letters";
import { companyPeople, mailingAll, senderOf } from "@yihao/members/post";
import { type StaffReader, staffReader, staffReaders } from "@yihao/members/staff-mail";
import type { Write } from "@yihao/table/write";
import { openedLetter, repliedLetter, solvedLetter } from "./letters.ts";
import { contradictDays, type Entry, type Ticket } from "./ticket-model.ts";

const staffLink = (scope: Scope, { id }: Ticket) => `/s/${scope.space}/community/tickets/${id}`;
const companyLink = (scope: Scope, { id }: Ticket) => `/s/${scope.space}/my/tickets/${id}`;
const saidOf = ({ title, companyName, place }: Ticket) => ({ title, company: companyName, place });

/** Who of the staff hears of a ticket: whoever has it while they are staff, else those who keep the front desk. */
async function staffOf(scope: Scope, ticket: Ticket, { language }: From): Promise<StaffReader[]> {
  const member = ticket.assignee ? await membershipOf(scope, ticket.assignee as PersonId) : undefined;
  return member && member.roles.length > 0
    ? staffReader(scope, "tickets", member, language)
    : staffReaders(scope, "tickets", language);
}

/** Who of the company hears of it: whoever opened it while they belong to it, else all of its people. */
async function companyOf(scope: Scope, { by, company }: Ticket): Promise<string[]> {
  const member = isId("per", by) ? await membershipOf(scope, by as PersonId) : undefined;
  if (member?.companies.some((one) => one.company === company)) return [member.email];
  return (await companyPeople(scope, company as CompanyId)).map(({ email }) => email);
}

/** The letters that tell staff of a new ticket; none when staff wrote it down themselves. */
export async function lettersOfOpening(scope: Scope, ticket: Ticket): Promise<Write[]> {
  if (ticket.forCompany) return [];
  const from = await senderOf(scope);
  const readers = await staffOf(scope, ticket, from);
  const said = { ...saidOf(ticket), text: ticket.text };
  return mailingAll(
    scope,
    readers.map(({ email, language }) => openedLetter(email, { ...from, language }, said, staffLink(scope, ticket))),
  );
}

/** The letters of a reply to the other side. */
export async function lettersOfReply(scope: Scope, ticket: Ticket, entry: Entry): Promise<Write[]> {
  const toCompany = entry.from === "staff";
  const from = await senderOf(scope);
  const readers = toCompany
    ? (await companyOf(scope, ticket)).map((email) => ({ email, language: from.language }))
    : await staffOf(scope, ticket, from);
  const said = { ...saidOf(ticket), text: entry.text, by: toCompany ? from.space : ticket.companyName };
  const link = (toCompany ? companyLink : staffLink)(scope, ticket);
  return mailingAll(
    scope,
    readers.map(({ email, language }) => repliedLetter(email, { ...from, language }, said, link)),
  );
}

/** The letters that tell a company that its ticket is solved. */
export async function lettersOfSolving(scope: Scope, ticket: Ticket): Promise<Write[]> {
  const [from, emails] = await Promise.all([senderOf(scope), companyOf(scope, ticket)]);
  const said = { ...saidOf(ticket), days: contradictDays };
  return mailingAll(
    scope,
    emails.map((to) => solvedLetter(to, from, said, companyLink(scope, ticket))),
  );
}
