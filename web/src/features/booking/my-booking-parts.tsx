import type { ResourceView } from "@yihao/booking/model";
import { For, Show } from "solid-js";
import { clockOfMinute, dayProse, weekday } from "../../format.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Segmented } from "../../ui/choice-field.tsx";
import { Plate } from "../../ui/plate.tsx";
import { DateField } from "../../ui/text-field.tsx";
import { kindWords } from "./kind-words.ts";
import type { Group } from "./kinds.ts";
import { bookingWords } from "./words.ts";

/** Seven days side by side; a closed one is muted but can be looked at. */
export function DayStrip(props: {
  days: readonly string[];
  day: string;
  closed: (day: string) => boolean;
  onDay: (day: string) => void;
}) {
  const t = bookingWords();
  return (
    <fieldset class="flex gap-1 overflow-x-auto border-b border-line px-4 py-2" aria-label={t.week}>
      <For each={props.days}>
        {(on, index) => (
          <button
            type="button"
            class="flex h-14 min-w-12 flex-1 flex-col items-center justify-center tablet:max-w-20"
            classList={{
              "bg-brand text-fg-on-solid": on === props.day,
              "text-fg-3": on !== props.day && props.closed(on),
            }}
            aria-pressed={on === props.day}
            title={`${dayProse(on)}${props.closed(on) ? ` ${t.closedDay}` : ""}`}
            onClick={() => props.onDay(on)}
          >
            <span class="text-xs">{index() === 0 ? t.today : weekday(on)}</span>
            <b class="text-md tabular-nums">{Number(on.slice(8))}</b>
          </button>
        )}
      </For>
    </fieldset>
  );
}

/** What of the site is shown and how: which kind of place, a day or a week, another day; and the first seat that is free, at one tap. */
export function ShowBar(props: {
  groups: readonly Group[];
  group: Group;
  onGroup: (group: Group) => void;
  weekly: boolean;
  onWeekly: (weekly: boolean) => void;
  day: string;
  today: string;
  onDay: (day: string) => void;
  seat: ResourceView | undefined;
  onSeat: (seat: ResourceView) => void;
}) {
  const t = bookingWords();
  const kinds = kindWords();
  return (
    <div class="flex flex-wrap items-end gap-3 border-b border-line px-4 py-3">
      <Segmented
        bare
        size="lg"
        label={t.show}
        options={props.groups.map((one) => ({ value: one, label: kinds.group[one] }))}
        bind={bound<Group>(
          () => props.group,
          (next) => props.onGroup(next),
        )}
      />
      <Show when={props.seat}>
        {(one) => (
          <Button size="lg" icon="check" onClick={() => props.onSeat(one())}>
            {t.quickDesk} {one().code}
          </Button>
        )}
      </Show>
      <Segmented
        bare
        size="lg"
        label={t.view}
        options={[
          { value: "day", label: t.byDay },
          { value: "week", label: t.byWeek },
        ]}
        bind={bound<"day" | "week">(
          () => (props.weekly ? "week" : "day"),
          (next) => props.onWeekly(next === "week"),
        )}
      />
      <span class="ml-auto hidden w-44 tablet:block">
        <DateField
          bare
          label={t.otherDay}
          bind={bound(
            () => props.day,
            (next) => props.onDay(next),
          )}
          min={props.today}
          size="lg"
        />
      </span>
    </div>
  );
}

/** Each place with the times at which an hour of it is free: one tap chooses it. */
export function PlaceStarts(props: {
  places: readonly ResourceView[];
  starts: (place: ResourceView) => number[];
  note: (place: ResourceView) => string | undefined;
  onStart: (place: ResourceView, from: number) => void;
}) {
  const t = bookingWords();
  const kinds = kindWords();
  return (
    <ul aria-label={t.startAt}>
      <For each={props.places}>
        {(room) => (
          <li class="flex flex-col gap-2 border-b border-line px-4 py-3">
            <p class="flex items-center gap-2">
              <Plate han>{room.code}</Plate>
              <b class="min-w-0 flex-1 truncate">{room.name}</b>
              <span class="text-xs text-fg-3">
                {room.kind === "room" ? t.seats(room.capacity) : kinds.kind[room.kind]}
              </span>
              <Show when={props.note(room)}>{(note) => <span class="text-xs text-fg-2">{note()}</span>}</Show>
            </p>
            <p class="flex flex-wrap gap-2">
              <For each={props.starts(room).slice(0, 8)} fallback={<span class="text-xs text-fg-3">{t.noStart}</span>}>
                {(from) => (
                  <Button
                    size="lg"
                    onClick={() => props.onStart(room, from)}
                    aria-label={`${room.code} ${clockOfMinute(from)}`}
                  >
                    {clockOfMinute(from)}
                  </Button>
                )}
              </For>
            </p>
          </li>
        )}
      </For>
    </ul>
  );
}
