import { A } from "@solidjs/router";
import { minutesTo, movesOf } from "@yihao/community/ticket";
import {
  type Entry,
  type Side,
  type TicketState,
  type TicketView,
  ticketPriorities,
} from "@yihao/community/ticket-model";
import { For, Show } from "solid-js";
import { usePeople } from "../../people.ts";
import { Problem } from "../../problem.ts";
import { explain } from "../../refusals.ts";
import { useMay, useMe } from "../../session.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Segmented, SelectField } from "../../ui/choice-field.tsx";
import { Facts, Pane } from "../../ui/panes.tsx";
import { toast } from "../../ui/toast.tsx";
import { useZone } from "./data.ts";
import { Answer } from "./ticket-answer.tsx";
import { changeTicket, moveTicket, renewTickets } from "./ticket-data.ts";
import { atText, durationText, PriorityMark, TicketStatus } from "./ticket-view.tsx";
import { ticketWords } from "./ticket-words.ts";
import { communityWords } from "./words.ts";

/** Does something under a revision; who was beaten to it is told and sees the latest. */
async function guarded(space: string, work: () => Promise<void>, done: string): Promise<void> {
  const t = ticketWords();
  try {
    await work();
    toast({ text: done });
  } catch (error) {
    const stale = error instanceof Problem && error.status === 412;
    if (stale) await renewTickets(space);
    toast({ text: stale ? t.changed : explain(error), tone: "bad" });
  }
}

/** A ticket with all that was said of it; both sides answer here, staff also move, assign and note. */
export function TicketDetail(props: { space: string; side: Side; ticket: TicketView; entries: readonly Entry[] }) {
  const t = ticketWords();
  const zone = useZone(() => props.space);
  const may = useMay(() => props.space);
  const acts = () => props.side === "company" || may("community.tickets");
  const ticket = () => props.ticket;
  const facts = () => [
    ...(props.side === "staff"
      ? [
          {
            label: communityWords().company,
            value: (
              <A class="y-link" href={`/s/${props.space}/members/${ticket().company}`}>
                {ticket().companyName}
              </A>
            ),
          },
        ]
      : []),
    { label: t.kind, value: t.kinds[ticket().kind] },
    { label: t.place, value: ticket().place ?? "—" },
    ...(props.side === "company" ? [{ label: t.priority, value: <PriorityMark priority={ticket().priority} /> }] : []),
    { label: t.opened, value: t.openedBy(ticket().byName || t.byStaff, atText(ticket().at, zone())) },
    {
      label: t.answeredAfter,
      value: ticket().respondedAt ? durationText(minutesTo(ticket(), ticket().respondedAt ?? "")) : t.notYet,
    },
    {
      label: t.solvedAfter,
      value: ticket().solvedAt ? durationText(minutesTo(ticket(), ticket().solvedAt ?? "")) : t.notYet,
    },
  ];
  return (
    <Pane title={ticket().title} label={ticket().title} actions={<TicketStatus state={ticket().state} />}>
      <section class="border-b border-line p-4">
        <Facts items={facts()} />
        <Show when={props.side === "staff" && acts()}>
          <Assigning space={props.space} ticket={ticket()} />
        </Show>
        <Show when={acts()}>
          <Moves space={props.space} side={props.side} ticket={ticket()} />
        </Show>
      </section>
      <section aria-label={t.talk}>
        <ol>
          <Show when={ticket().text !== ""}>
            <Said
              who={ticket().byName || t.byStaff}
              at={atText(ticket().at, zone())}
              text={ticket().text}
              staff={ticket().forCompany === true}
            />
          </Show>
          <For each={props.entries}>
            {(entry) => (
              <Said
                who={entry.byName || t.space}
                at={atText(entry.at, zone())}
                text={entry.text}
                staff={entry.from === "staff"}
                internal={entry.internal === true}
              />
            )}
          </For>
        </ol>
        <Show when={acts()}>
          <Show
            when={ticket().state !== "closed" || props.side === "staff"}
            fallback={<p class="p-4">{t.closedSay}</p>}
          >
            <Answer space={props.space} side={props.side} ticket={ticket()} />
          </Show>
        </Show>
      </section>
    </Pane>
  );
}

function Said(props: { who: string; at: string; text: string; staff: boolean; internal?: boolean }) {
  const t = ticketWords();
  return (
    <li class="border-b border-line px-4 py-3" classList={{ "bg-sunken": props.internal === true }}>
      <p class="flex flex-wrap items-baseline gap-x-2 text-xs text-fg-2">
        <b class="text-fg">{props.who}</b>
        <Show when={props.staff && props.who !== t.space}>
          <span>{t.space}</span>
        </Show>
        <Show when={props.internal}>
          <b class="text-warn-fg">{t.internal}</b>
        </Show>
        <span class="ml-auto">{props.at}</span>
      </p>
      <p class="mt-1 whitespace-pre-wrap break-words">{props.text}</p>
    </li>
  );
}

/** Who of the staff has it and how much it presses; each holds as soon as it is chosen. */
function Assigning(props: { space: string; ticket: TicketView }) {
  const t = ticketWords();
  const people = usePeople(() => props.space);
  const me = useMe();
  const staff = () => {
    const found = (people.data?.items ?? [])
      .filter(({ roles }) => roles.length > 0)
      .map(({ person, name }) => ({ value: person as string, label: name }));
    const own = me.data ? [{ value: me.data.person as string, label: me.data.name || me.data.email }] : [];
    const { assignee, assigneeName = "" } = props.ticket;
    const known = [...found, ...own, ...(assignee ? [{ value: assignee as string, label: assigneeName }] : [])];
    return [...new Map(known.map((one) => [one.value, one])).values()];
  };
  const save = (part: { assignee?: string; priority?: TicketView["priority"] }) => {
    const { kind, title, place, priority } = props.ticket;
    const assignee = (part.assignee ?? props.ticket.assignee ?? "") as NonNullable<TicketView["assignee"]> | "";
    const change = {
      ...{ kind, title, priority: part.priority ?? priority },
      ...(place ? { place } : {}),
      ...(assignee ? { assignee } : {}),
    };
    const work = () => changeTicket(props.space, props.ticket.id, change, props.ticket.rev);
    void guarded(props.space, work, t.saved);
  };
  return (
    <div class="mt-3 grid grid-cols-1 gap-3 tablet:grid-cols-2">
      <SelectField
        label={t.assignee}
        options={[{ value: "", label: t.nobody }, ...staff()]}
        bind={bound(
          () => props.ticket.assignee ?? "",
          (assignee: string) => save({ assignee }),
        )}
      />
      <Segmented
        label={t.priority}
        options={ticketPriorities.map((value) => ({ value, label: t.priorities[value] }))}
        bind={bound(
          () => props.ticket.priority,
          (priority) => save({ priority }),
        )}
      />
    </div>
  );
}

/** Where the ticket may go from here; what usually comes next is the outlined one in front. */
function Moves(props: { space: string; side: Side; ticket: TicketView }) {
  const t = ticketWords();
  const order: readonly TicketState[] = ["solved", "working", "waiting", "open", "closed"];
  const moves = () => order.filter((to) => movesOf(props.ticket.state, props.side).includes(to));
  const word = (to: TicketState) => {
    if (props.side === "company") return to === "open" ? t.myMoves.open : t.myMoves.closed;
    return to === "open" && props.ticket.state === "working" ? t.putBack : t.moves[to];
  };
  const go = (to: TicketState) =>
    void guarded(
      props.space,
      () => moveTicket(props.space, props.ticket.id, to, props.ticket.rev),
      t.moved(t.states[to]),
    );
  return (
    <div class="mt-3 flex flex-wrap gap-2">
      <For each={moves()}>
        {(to) => (
          <Button size={props.side === "company" ? "lg" : "md"} onClick={() => go(to)}>
            {word(to)}
          </Button>
        )}
      </For>
    </div>
  );
}
