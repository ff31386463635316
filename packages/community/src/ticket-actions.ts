import { membershipOf } from "@yihao/identity/store";
import { dayOf, monthOf } from "@yihao/kernel/days";
import type { PersonId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { actorName, type Scope } from "@yihao/kernel/scope";
import { plusMinutes } from "@yihao/kernel/span";
import { zoneOf } from "@yihao/members/days";
import { idFor } from "@yihao/table/command";
import { commit, recall } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { insert, type Write } from "@yihao/table/write";
import type { CommunityRefusal } from "./model.ts";
import { companyFor, mayRead, sideOf } from "./store.ts";
import { moved, replied } from "./ticket.ts";
import { lettersOfOpening, lettersOfReply, lettersOfSolving } from "./ticket-letters.ts";
import {
  contradictDays,
  type Entry,
  type NewReply,
  type NewTicket,
  type Ticket,
  type TicketChange,
  type TicketState,
} from "./ticket-model.ts";
import { entryKey, entryKind, saveTicket, ticketOf, ticketWrites } from "./ticket-store.ts";

type Refusal = "missing" | "stale" | "company.left" | CommunityRefusal;
/** Who acts, by the name that they are called. */
export type By = { readonly name: string };
const dayMinutes = 1440;
/** Replies of both sides meet now and then: each is tried again on what the other left. */
const tries = 8;

const told = (scope: Scope, type: string, ticket: Ticket, data: object = {}): Write =>
  happened(scope, type, ticket.id, { ticket: ticket.id, company: ticket.company, ...data });

/** A ticket that the actor may see. */
async function seenTicket(scope: Scope, id: string): Promise<Stored<Ticket> | undefined> {
  const ticket = await ticketOf(scope, id);
  return ticket && mayRead(scope, ticket.company) ? ticket : undefined;
}

/** Opens a ticket (报修 / 求助) and writes to the staff who keep the front desk. */
export async function openTicket(scope: Scope, by: By, wish: NewTicket): Promise<Outcome<Stored<Ticket>, Refusal>> {
  const company = await companyFor(scope, wish.company);
  if (!company.ok) return company;
  const { kind, title, text, place, priority } = wish;
  const month = monthOf(dayOf(scope.now, await zoneOf(scope)));
  const ticket: Ticket = {
    ...{ id: idFor(scope, "tik"), company: company.value.id, companyName: company.value.name },
    ...{ kind, title, text, priority, state: "open", since: scope.now, at: scope.now, month, replies: 0 },
    ...(place ? { place } : {}),
    ...{ by: actorName(scope), byName: by.name },
    ...(sideOf(scope) === "staff" ? { forCompany: true } : {}),
  };
  const letters = await lettersOfOpening(scope, ticket);
  const writes = [
    ...ticketWrites(scope, ticket),
    told(scope, "ticket.opened", ticket, { kind, title, priority }),
    ...letters,
  ];
  const outcome = await commit(scope, writes, { answer: { ...ticket, rev: 1 } });
  if (!outcome.done) throw new Error(`ticket ${ticket.id} is there already`);
  return accept(outcome.answer);
}

async function save(
  scope: Scope,
  before: Stored<Ticket>,
  after: Ticket,
  more: readonly Write[],
): Promise<Outcome<Stored<Ticket>, "stale">> {
  const outcome = await commit(scope, [...saveTicket(scope, before, after), ...more], {
    answer: { ...after, rev: before.rev + 1 },
  });
  return outcome.done ? accept(outcome.answer) : refuse("stale", { current: Number(outcome.lost.stale?.rev ?? 0) });
}

const toldFacts = ["kind", "title", "place", "priority", "assigneeName"] as const;

/** Puts a ticket right, as it was read at `rev`: who of the staff has it, how much it presses, what and where it is. */
export async function changeTicket(
  scope: Scope,
  id: string,
  { assignee, place, ...facts }: TicketChange,
  rev: number,
): Promise<Outcome<Stored<Ticket>, Refusal>> {
  const [before, member] = await Promise.all([
    seenTicket(scope, id),
    assignee ? membershipOf(scope, assignee as PersonId) : undefined,
  ]);
  if (!before) return refuse("missing");
  if (before.rev !== rev) return refuse("stale", { current: before.rev });
  if (assignee && !member?.roles.length) return refuse("ticket.assignee");
  const { rev: _, place: _place, assignee: _was, assigneeName: _name, ...kept } = before;
  const after: Ticket = {
    ...{ ...kept, ...facts },
    ...(place ? { place } : {}),
    ...(member ? { assignee: member.person, assigneeName: member.name } : {}),
  };
  const names = toldFacts.filter((name) => before[name] !== after[name]);
  const of = (ticket: Ticket) => Object.fromEntries(names.map((name) => [name, ticket[name] ?? null]));
  return save(scope, before, after, [told(scope, "ticket.changed", after, { before: of(before), after: of(after) })]);
}

/** Moves a ticket as it was read at `rev`. When staff solve it the company is told, and it closes by itself a week later. */
export async function moveTicket(
  scope: Scope,
  id: string,
  to: TicketState,
  rev: number,
): Promise<Outcome<Stored<Ticket>, Refusal>> {
  const before = await seenTicket(scope, id);
  if (!before) return refuse("missing");
  if (before.rev !== rev) return refuse("stale", { current: before.rev });
  const { rev: _, ...ticket } = before;
  const after = moved(ticket, to, sideOf(scope), scope.now);
  if (!after.ok) return after;
  const more: Write[] = [told(scope, "ticket.moved", after.value, { from: ticket.state, to })];
  if (to === "solved") {
    more.push(dueAt(scope, plusMinutes(scope.now, contradictDays * dayMinutes), "community.ticket-close", id));
    more.push(...(await lettersOfSolving(scope, after.value)));
  }
  return save(scope, before, after.value, more);
}

/** Closes a ticket that was solved a week ago and that nobody contradicted. */
export async function closeSolved(scope: Scope, id: string): Promise<void> {
  const before = await ticketOf(scope, id);
  if (before?.state !== "solved" || plusMinutes(before.since, contradictDays * dayMinutes) > scope.now) return;
  const { rev: _, ...ticket } = before;
  const after = moved(ticket, "closed", "staff", scope.now);
  if (!after.ok) return;
  const moving = told(scope, "ticket.moved", after.value, { from: "solved", to: "closed" });
  await save(scope, before, after.value, [moving]);
}

/** Replies to the other side, which gets a letter. A reply that meets another's takes what that one left. */
export async function replyTicket(
  scope: Scope,
  by: By,
  id: string,
  reply: NewReply,
): Promise<Outcome<Stored<Ticket>, Refusal>> {
  const side = sideOf(scope);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const before = await seenTicket(scope, id);
    if (!before) return refuse("missing");
    const { rev: _, ...ticket } = before;
    const after = replied(ticket, side, side === "staff" && reply.waiting === true, scope.now);
    if (!after.ok) {
      const first = await recall(scope);
      return first ? accept(first.answer as Stored<Ticket>) : after;
    }
    const entry: Entry = {
      ...{ id: idFor(scope, "say"), at: scope.now, from: side },
      ...{ by: actorName(scope), byName: by.name, text: reply.text },
    };
    const saved = await save(scope, before, after.value, [
      insert(entryKey(scope, id, entry), entryKind, entry, "entry"),
      told(scope, "ticket.replied", after.value, { from: side, state: after.value.state }),
      ...(await lettersOfReply(scope, after.value, entry)),
    ]);
    if (saved.ok) return saved;
  }
  return refuse("stale");
}

/** Notes something that only staff read (内部备注). It touches nothing that the company reads, not even the ticket's revision. */
export async function noteTicket(scope: Scope, by: By, id: string, text: string): Promise<Outcome<Entry, "missing">> {
  const ticket = await seenTicket(scope, id);
  if (!ticket) return refuse("missing");
  const entry: Entry = {
    ...{ id: idFor(scope, "say"), at: scope.now, from: "staff", by: actorName(scope), byName: by.name },
    ...{ text, internal: true },
  };
  const outcome = await commit(scope, [insert(entryKey(scope, id, entry), entryKind, entry, "entry")], {
    answer: entry,
  });
  return outcome.done ? accept(outcome.answer) : accept(entry);
}
