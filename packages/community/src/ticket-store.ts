import type { Month } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import type { Page } from "@yihao/kernel/paging";
import type { Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, query, queryAll } from "@yihao/table/read";
import { insert, overwrite, replace, type Write } from "@yihao/table/write";
import { figuresOf } from "./ticket.ts";
import {
  type Entry,
  type Figures,
  type Ticket,
  type TicketRow,
  type TicketState,
  ticketPriorities,
} from "./ticket-model.ts";

export const ticketKind = kindOf<Ticket>("tik");
export const ticketRowKind = kindOf<TicketRow>("tikrow");
export const entryKind = kindOf<Entry>("tiksay");
export const figuresKind = kindOf<Partial<Figures>>("tikfig");

/** Where a ticket lies. */
export const ticketKey = (scope: Scope, id: string): Key => keyIn(partition(scope, "tik", id));
/** Where a word on a ticket lies: internal ones under a prefix of their own, which nothing asks for on behalf of a company. */
export const entryKey = (scope: Scope, ticket: string, entry: Entry): Key =>
  keyIn(partition(scope, "tik", ticket), entry.internal ? "note" : "say", entry.at, entry.id);
const queue = (scope: Scope, state: TicketState) => partition(scope, "tiks", state);
const companyList = (scope: Scope, company: string) => partition(scope, "tiks-of", company);
const done = (state: TicketState) => state === "solved" || state === "closed";

/** Where a ticket stands in its queue: the pressing ones first, each by when it was opened; those done by when they were. */
function rowKey(scope: Scope, ticket: Pick<Ticket, "id" | "state" | "since" | "at" | "priority">): Key {
  const rank = `${ticketPriorities.indexOf(ticket.priority)}${ticket.at}`;
  return keyIn(queue(scope, ticket.state), done(ticket.state) ? ticket.since : rank, ticket.id);
}

/** A ticket as lists show it. */
export function ticketRowOf({ text: _, by: _by, forCompany: _for, month: _month, ...row }: Ticket): TicketRow {
  return row;
}

const rows = (scope: Scope, ticket: Ticket): Write[] => {
  const row = ticketRowOf(ticket);
  const own = keyIn(companyList(scope, ticket.company), ticket.at, ticket.id);
  return [overwrite(rowKey(scope, ticket), ticketRowKind, row), overwrite(own, ticketRowKind, row)];
};

const counted = (scope: Scope, { month }: Ticket, add: Record<string, number>): Write[] =>
  Object.keys(add).length === 0
    ? []
    : [{ do: "update", key: keyIn(partition(scope, "tikfig"), month), kind: figuresKind, set: { month }, add }];

/** The writes of a new ticket, its rows and figures; lost under `ticket` when it is there. */
export const ticketWrites = (scope: Scope, ticket: Ticket): Write[] => [
  insert(ticketKey(scope, ticket.id), ticketKind, ticket, "ticket"),
  ...rows(scope, ticket),
  ...counted(scope, ticket, figuresOf(undefined, ticket)),
];

/** The writes that put `after` where `before` was read, with its rows and figures. Lost under `stale`. */
export function saveTicket(scope: Scope, { rev, ...before }: Stored<Ticket>, after: Ticket): Write[] {
  const was = rowKey(scope, before);
  const is = rowKey(scope, after);
  return [
    replace(ticketKey(scope, after.id), ticketKind, after, rev),
    ...(was.pk === is.pk && was.sk === is.sk ? [] : [{ do: "delete", key: was } as const]),
    ...rows(scope, after),
    ...counted(scope, after, figuresOf(before, after)),
  ];
}

/** The writes that give a ticket to another company, as it stands: its row in the first one's list goes. */
export const moveTicketWrites = (
  scope: Scope,
  before: Stored<Ticket>,
  into: { readonly id: CompanyId; readonly name: string },
): Write[] => {
  const { rev: _, ...ticket } = before;
  return [
    ...saveTicket(scope, before, { ...ticket, company: into.id, companyName: into.name }),
    { do: "delete", key: keyIn(companyList(scope, ticket.company), ticket.at, ticket.id) },
  ];
};

/** A ticket by id. One consistent read unit. */
export const ticketOf = (scope: Scope, id: string): Promise<Stored<Ticket> | undefined> =>
  get(scope, ticketKind, ticketKey(scope, id));

type Wanted = { readonly cursor?: string | undefined; readonly limit?: number | undefined };

/** A page of the tickets in a state: the pressing ones first, then the oldest; those done the latest first. */
export function ticketPage(scope: Scope, state: TicketState, page: Wanted): Promise<Page<Stored<TicketRow>>> {
  const { cursor, limit } = page;
  return query(scope, ticketRowKind, queue(scope, state), {
    ...{ cursor, consistent: true, newest: done(state) },
    ...(limit ? { limit } : {}),
  });
}

/** A page of a company's tickets, the newest first. */
export function companyTickets(scope: Scope, company: CompanyId, page: Wanted): Promise<Page<Stored<TicketRow>>> {
  const { cursor, limit } = page;
  return query(scope, ticketRowKind, companyList(scope, company), {
    ...{ cursor, consistent: true, newest: true },
    ...(limit ? { limit } : {}),
  });
}

/** What both sides said of a ticket, in order. One query. */
export const repliesOf = (scope: Scope, ticket: string): Promise<Stored<Entry>[]> =>
  queryAll(scope, entryKind, partition(scope, "tik", ticket), { prefix: "say#", consistent: true });
/** What staff noted for themselves. One query. */
export const notesOf = (scope: Scope, ticket: string): Promise<Stored<Entry>[]> =>
  queryAll(scope, entryKind, partition(scope, "tik", ticket), { prefix: "note#", consistent: true });

/** The figures of the months from one (included) to another (excluded), oldest first. One query. */
export async function figuresBetween(scope: Scope, from: Month, until: Month): Promise<Figures[]> {
  const found = await queryAll(scope, figuresKind, partition(scope, "tikfig"), { from, until });
  const none = { opened: 0, responded: 0, responseMinutes: 0, solved: 0, solvingMinutes: 0 };
  return found.map(({ rev: _, ...figures }) => ({ ...none, month: from, ...figures }));
}
