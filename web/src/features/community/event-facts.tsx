import type { EventView } from "@yihao/community/event-model";
import { clockRange, dayOf, dayProse } from "../../format.ts";
import { Facts } from "../../ui/panes.tsx";
import { noticeWords } from "./notice-words.ts";

/** When and where an event is, and how many seats are taken. */
export function EventFacts(props: { event: EventView; zone: string }) {
  const t = noticeWords();
  const when = () =>
    `${dayProse(dayOf(props.event.from, props.zone))} ${clockRange(props.event.from, props.event.until, props.zone)}`;
  return (
    <Facts
      items={[
        { label: t.event, value: when() },
        { label: t.place, value: props.event.place },
        { label: t.seats, value: t.seatsSay(props.event.coming, props.event.seats, props.event.waiting) },
      ]}
    />
  );
}
