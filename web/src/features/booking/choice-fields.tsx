import { bookedBy, type ResourceView } from "@yihao/booking/model";
import { Show } from "solid-js";
import { clockOfMinute } from "../../format.ts";
import { bound } from "../../ui/binding.ts";
import { DateField, TimeField } from "../../ui/text-field.tsx";
import type { Choice } from "./booking-desk.ts";
import { bookingWords } from "./words.ts";

const minuteOf = (text: string): number | undefined => {
  const match = /^(\d{2}):(\d{2})$/.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
};

/** The day and, for rooms, the two ends of what is chosen. */
export function WhenFields(props: {
  choice: Choice;
  today: string;
  size?: "md" | "lg";
  /** Left out where the day stays. */
  onDay?: (day: string) => void;
  onTime: (minutes: { from: number; until: number }) => void;
}) {
  const t = bookingWords();
  const step = (one: ResourceView | undefined) => one?.granularityMinutes ?? 30;
  const set = (end: "from" | "until") => (text: string) => {
    const minute = minuteOf(text);
    const now = props.choice.minutes;
    if (minute === undefined || !now) return;
    if (end === "until") return props.onTime({ ...now, until: minute === 0 ? 1440 : minute });
    const length = now.until - now.from;
    props.onTime({ from: minute, until: Math.min(1440, minute + length) });
  };
  const size = () => props.size ?? "md";
  return (
    <div class="flex flex-wrap items-end gap-2">
      <Show when={props.onDay}>
        {(onDay) => (
          <span class="min-w-32 flex-1">
            <DateField label={t.day} bind={bound(() => props.choice.day, onDay())} min={props.today} size={size()} />
          </span>
        )}
      </Show>
      <Show when={(!props.choice.resource || bookedBy(props.choice.resource) === "time") && props.choice.minutes}>
        {(minutes) => (
          <>
            <span class="w-24">
              <TimeField
                label={t.from}
                bind={bound(() => clockOfMinute(minutes().from), set("from"))}
                step={step(props.choice.resource)}
                size={size()}
              />
            </span>
            <span class="w-24">
              <TimeField
                label={t.till}
                bind={bound(() => clockOfMinute(minutes().until % 1440), set("until"))}
                step={step(props.choice.resource)}
                size={size()}
              />
            </span>
          </>
        )}
      </Show>
    </div>
  );
}
