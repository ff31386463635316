import { dayOf, monthOf, plusMonths } from "@yihao/kernel/days";
import type { Page } from "@yihao/kernel/paging";
import { ownCompany, type Scope } from "@yihao/kernel/scope";
import { zoneOf } from "@yihao/members/days";
import type { Stored } from "@yihao/table/kind";
import { mayRead } from "./store.ts";
import type { Entry, Figures, Ticket, TicketRow, TicketState } from "./ticket-model.ts";
import { companyTickets, figuresBetween, notesOf, repliesOf, ticketOf, ticketPage } from "./ticket-store.ts";

/** What a company does not learn of a ticket: who of the staff has it or wrote it down. */
export function shownTicket<One extends Stored<Ticket> | Stored<TicketRow>>(scope: Scope, ticket: One): One {
  if (ownCompany(scope) === undefined) return ticket;
  const { assignee: _, assigneeName: _name, ...shown } = ticket;
  const hidden = "forCompany" in ticket && ticket.forCompany ? { by: "space", byName: "" } : {};
  return { ...shown, ...hidden } as One;
}

/** A page of tickets: of a state for staff, of one's own company otherwise. */
export async function seeTickets(
  scope: Scope,
  { state, ...page }: { state: TicketState; cursor?: string | undefined; limit?: number | undefined },
): Promise<Page<Stored<TicketRow>>> {
  const own = ownCompany(scope);
  const { items, next } = own ? await companyTickets(scope, own, page) : await ticketPage(scope, state, page);
  return { items: items.map((one) => shownTicket(scope, one)), next };
}

/** A ticket with what was said of it, in order; notes among it for staff alone. */
export async function seeTicket(
  scope: Scope,
  id: string,
): Promise<{ ticket: Stored<Ticket>; entries: Entry[] } | undefined> {
  const ticket = await ticketOf(scope, id);
  if (!ticket || !mayRead(scope, ticket.company)) return undefined;
  const company = ownCompany(scope) !== undefined;
  const [replies, notes] = await Promise.all([repliesOf(scope, id), company ? [] : notesOf(scope, id)]);
  const entries = [...replies, ...notes]
    .toSorted((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1))
    .map(({ rev: _, ...entry }) => (company && entry.from === "staff" ? { ...entry, by: "space", byName: "" } : entry));
  return { ticket: shownTicket(scope, ticket), entries };
}

/** Figures of the last months, this one the last. One query. */
export async function recentFigures(scope: Scope, months: number): Promise<Figures[]> {
  const now = monthOf(dayOf(scope.now, await zoneOf(scope)));
  return figuresBetween(scope, plusMonths(now, 1 - months), plusMonths(now, 1));
}
