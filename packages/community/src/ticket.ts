import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { millis, plusMinutes } from "@yihao/kernel/span";
import { reopenDays, type Side, type Ticket, type TicketState } from "./ticket-model.ts";

const dayMinutes = 1440;

/** Where staff may move a ticket from each state; solved and closed ones are taken up again as open. */
const staffMoves: Readonly<Record<TicketState, readonly TicketState[]>> = {
  open: ["working", "waiting", "solved", "closed"],
  working: ["open", "waiting", "solved", "closed"],
  waiting: ["working", "solved", "closed"],
  solved: ["open", "closed"],
  closed: ["open"],
};
/** A company may say that it needs nothing any more, or that it is not solved. */
const companyMoves: Readonly<Record<TicketState, readonly TicketState[]>> = {
  open: ["closed"],
  working: ["closed"],
  waiting: ["closed"],
  solved: ["open", "closed"],
  closed: ["open"],
};

/** Where a side may move a ticket from where it stands. */
export const movesOf = (state: TicketState, side: Side): readonly TicketState[] =>
  (side === "staff" ? staffMoves : companyMoves)[state];

/** The ticket in another state: leaving a state is taking back what it said, so a reopened one is not solved. */
function standing({ solvedAt, ...ticket }: Ticket, state: TicketState, now: string): Ticket {
  const solved = state === "solved" ? now : state === "closed" ? solvedAt : undefined;
  return { ...ticket, state, since: now, ...(solved ? { solvedAt: solved } : {}) };
}

/**
 * Moves a ticket. Refuses `ticket.move` {from, to} where its side may not, and `ticket.reopen-late` {days} to a company that comes
 * back after a month. What staff move counts as their first answer.
 */
export function moved(
  ticket: Ticket,
  to: TicketState,
  side: Side,
  now: string,
): Outcome<Ticket, "ticket.move" | "ticket.reopen-late"> {
  if (!movesOf(ticket.state, side).includes(to)) return refuse("ticket.move", { from: ticket.state, to });
  const late = ticket.state === "closed" && plusMinutes(ticket.since, reopenDays * dayMinutes) < now;
  if (late && side === "company") return refuse("ticket.reopen-late", { days: reopenDays });
  const after = standing(ticket, to, now);
  return accept(side === "staff" ? answered(after, now) : after);
}

const answered = (ticket: Ticket, now: string): Ticket =>
  ticket.respondedAt ? ticket : { ...ticket, respondedAt: now };

/**
 * What a reply makes of a ticket: staff's word takes a new one into work, or waits for the company; the company's word takes up one that
 * waits for it or was solved. Nobody replies to a closed one: `ticket.closed`.
 */
export function replied(ticket: Ticket, side: Side, waiting: boolean, now: string): Outcome<Ticket, "ticket.closed"> {
  if (ticket.state === "closed") return refuse("ticket.closed");
  const counted: Ticket = { ...ticket, replies: ticket.replies + 1, lastReply: side };
  const to = (state: TicketState) => (state === ticket.state ? counted : standing(counted, state, now));
  if (side === "staff") {
    const next = waiting ? to("waiting") : ticket.state === "open" ? to("working") : counted;
    return accept(answered(next, now));
  }
  if (ticket.state === "solved") return accept(to("open"));
  return accept(ticket.state === "waiting" ? to(ticket.assignee ? "working" : "open") : counted);
}

/** Whole minutes from the opening of a ticket to an instant. */
export const minutesTo = (ticket: Pick<Ticket, "at">, at: string): number =>
  Math.max(0, Math.round((millis(at) - millis(ticket.at)) / 60_000));

/** What a change of a ticket adds to the figures of the month it was opened in; what was taken back is taken off. */
export function figuresOf(before: Ticket | undefined, after: Ticket): Record<string, number> {
  const counts = (ticket: Ticket | undefined) => ({
    opened: ticket ? 1 : 0,
    responded: ticket?.respondedAt ? 1 : 0,
    responseMinutes: ticket?.respondedAt ? minutesTo(ticket, ticket.respondedAt) : 0,
    solved: ticket?.solvedAt ? 1 : 0,
    solvingMinutes: ticket?.solvedAt ? minutesTo(ticket, ticket.solvedAt) : 0,
  });
  const was = counts(before);
  const differences = Object.entries(counts(after)).map(
    ([name, value]) => [name, value - was[name as keyof typeof was]] as const,
  );
  return Object.fromEntries(differences.filter(([, by]) => by !== 0));
}
