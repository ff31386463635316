import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Lead, LeadMove } from "./lead-model.ts";
import type { MembersRefusal } from "./model.ts";

/**
 * Where a move puts a lead. Open ones go anywhere on the board and back, to `tour` only with a day to come; a lost one comes back by
 * any move; a won one has become a company and stays.
 */
export function moved(lead: Lead, move: LeadMove, now: string): Outcome<Lead, MembersRefusal> {
  if (lead.stage === "won") return refuse("lead.won", { company: lead.company });
  if (lead.erasedAt) return refuse("lead.erased");
  if (move.stage === "tour" && !lead.tour) return refuse("lead.tour-missing");
  const { lost: _, ...rest } = lead;
  const since = lead.stage === move.stage ? lead.since : now;
  if (move.stage !== "lost") return accept({ ...rest, stage: move.stage, since });
  const { reason, note } = move;
  return accept({ ...rest, stage: "lost", since, lost: { reason, ...(note ? { note } : {}) } });
}

/** What of a lead is about people, gone: its name, needs and fate stay for the figures. */
export function withoutPeople(lead: Lead, now: string): Lead {
  const {
    contactName: _1,
    contactPhone: _2,
    contactEmail: _3,
    legalPerson: _4,
    about: _5,
    address: _6,
    ...rest
  } = lead;
  const { tour, offer: _7, lost, ...kept } = rest;
  return {
    ...kept,
    ...(tour ? { tour: { at: tour.at, minutes: tour.minutes } } : {}),
    ...(lost ? { lost: { reason: lost.reason } } : {}),
    erasedAt: now,
  };
}
