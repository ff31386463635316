import type { TicketPriority, TicketState } from "@yihao/community/ticket-model";
import { Show } from "solid-js";
import { clock, dayCell, dayOf } from "../../format.ts";
import { Status, type StatusName } from "../../ui/status.tsx";
import { ticketWords } from "./ticket-words.ts";

const looks: Readonly<Record<TicketState, StatusName>> = {
  open: "due",
  working: "inProgress",
  waiting: "queued",
  solved: "in",
  closed: "done",
};

/** Where a ticket stands, in the vocabulary of states. */
export function TicketStatus(props: { state: TicketState }) {
  return <Status is={looks[props.state]} text={ticketWords().states[props.state]} />;
}

/** How much a ticket presses; only what is urgent has a mark. */
export function PriorityMark(props: { priority: TicketPriority }) {
  const t = ticketWords();
  return (
    <Show when={props.priority === "urgent"} fallback={t.priorities[props.priority]}>
      <Status is="overdue" text={t.priorities.urgent} />
    </Show>
  );
}

/** A stretch of minutes as people say it: minutes, hours, days. */
export function durationText(minutes: number): string {
  const t = ticketWords();
  if (minutes < 60) return t.minutes(Math.round(minutes));
  const tenth = (value: number) => String(Math.round(value * 10) / 10);
  return minutes < 1440 ? t.hours(tenth(minutes / 60)) : t.days(tenth(minutes / 1440));
}

/** An instant with its local day: `11-23 10:42`. */
export function atText(instant: string, zone: string): string {
  const year = Number(dayOf(new Date().toISOString(), zone).slice(0, 4));
  return `${dayCell(dayOf(instant, zone), year)} ${clock(instant, zone)}`;
}
