import type { BookingRowView } from "@yihao/booking/model";
import { Show } from "solid-js";
import { clock, dayOf, dayProse } from "../../format.ts";
import { Note } from "../../ui/feedback.tsx";
import { requestWords } from "./request-words.ts";

/** A local instant in prose: the day with its time. */
export const instantProse = (at: string, zone: string): string => `${dayProse(dayOf(at, zone))} ${clock(at, zone)}`;

/** Says beside a price that staff approve first, and until when they answer. */
export function ApprovalNote(props: { until: string | undefined; zone: string }) {
  const t = requestWords();
  return (
    <Show when={props.until}>
      {(until) => (
        <Note tone="info" title={t.noteTitle}>
          {t.note(instantProse(until(), props.zone))}
        </Note>
      )}
    </Show>
  );
}

/** How a request stands, said where its booking is looked at: until when it waits, or why it came to nothing. */
export function RequestState(props: { row: Pick<BookingRowView, "state" | "asked" | "answered" | "hold" | "zone"> }) {
  const t = requestWords();
  const said = () => {
    const { state, asked, answered, hold, zone } = props.row;
    if (state === "tentative" && hold) return t.heldUntil(instantProse(hold.until, zone));
    if (state === "tentative" && asked) return t.waitsUntil(instantProse(asked.until, zone));
    if (answered?.as === "declined") return t.declined(answered.reason ?? "");
    if (answered?.as === "unpaid") return t.unpaid;
    return answered?.as === "lapsed" ? t.lapsed : undefined;
  };
  return <Show when={said()}>{(text) => <p class="text-xs text-fg-2">{text()}</p>}</Show>;
}

/** The reason for which a request came to nothing, in a line of a list. */
export function RequestNote(props: { row: Pick<BookingRowView, "answered"> }) {
  const t = requestWords();
  return (
    <Show when={props.row.answered?.as === "declined" ? props.row.answered.reason : undefined}>
      {(reason) => <span class="block text-xs text-fg-3">{t.declined(reason())}</span>}
    </Show>
  );
}
