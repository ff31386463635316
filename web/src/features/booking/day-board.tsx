import type { ResourceView } from "@yihao/booking/model";
import { createMemo, For, Show } from "solid-js";
import { clock, clockOfMinute, dayProse, minuteOfDay } from "../../format.ts";
import { bound } from "../../ui/binding.ts";
import { Segmented } from "../../ui/choice-field.tsx";
import { DeskLegend, type DeskState, FloorPlan } from "../../ui/floor-plan.tsx";
import { Pane } from "../../ui/panes.tsx";
import { Status } from "../../ui/status.tsx";
import { Timeline, type TimelineChoice } from "../../ui/timeline.tsx";
import type { Choice } from "./quote-panel.tsx";
import {
  byArea,
  cellLabel,
  deskState,
  type HeldBy,
  heldAt,
  heldNext,
  type SiteView,
  shownMinutes,
  statusOf,
} from "./view.ts";
import { bookingWords } from "./words.ts";

const legendOrder: readonly DeskState[] = ["free", "later", "taken", "away", "mine", "off"];

/** A room as the plan shows it: its name, how it stands at the moment, and until when. */
function RoomCell(props: {
  room: ResourceView;
  held: HeldBy;
  moment: string;
  zone: string;
  chosen: boolean;
  choiceLabel: string | undefined;
  onChoose: () => void;
}) {
  const t = bookingWords();
  const now = () => heldAt(props.held, props.room.id, props.moment);
  const next = () => heldNext(props.held, props.room.id, props.moment);
  const off = () => props.room.state === "off";
  return (
    <button
      type="button"
      class="relative flex min-h-24 min-w-36 flex-1 flex-col gap-0.5 border-b border-r border-line px-2.5 py-2 text-left"
      classList={{
        "bg-brand-soft outline-2 -outline-offset-2 outline-brand": props.chosen,
        "bg-sunken": !props.chosen && (now() !== undefined || off()),
      }}
      aria-pressed={props.chosen}
      aria-disabled={off() ? "true" : undefined}
      onClick={() => !off() && props.onChoose()}
    >
      <b>{props.room.name}</b>
      <Show when={!off()} fallback={<Status is="off" />}>
        <Show
          when={now()}
          fallback={
            <>
              <Status is="free" />
              <span class="text-xs text-fg-2">
                {next() ? t.freeUntil(clock(next()?.from ?? "", props.zone)) : t.freeAllDay}
              </span>
            </>
          }
        >
          {(held) => (
            <>
              <Status is={held().row ? statusOf(held().row as never, props.moment) : "inUse"} />
              <span class="truncate text-xs text-fg-2">
                {held().row?.companyName ?? (held().mine ? t.ours : t.taken)}
              </span>
              <span class="text-xs text-fg-2">{t.until(clock(held().until, props.zone))}</span>
            </>
          )}
        </Show>
      </Show>
      <Show when={props.chosen && props.choiceLabel}>
        <span class="absolute bottom-1 right-1 bg-brand px-1.5 text-xs text-fg-on-solid tabular-nums">
          {props.choiceLabel}
        </span>
      </Show>
    </button>
  );
}

/** The plan of a floor at one moment: rooms in a row, desks as they stand, each with its state. */
export function PlanPane(props: {
  title: string;
  resources: readonly ResourceView[];
  held: HeldBy;
  site: SiteView;
  /** The instant that the plan shows. */
  moment: string;
  nowLabel: string | undefined;
  chosenLabel: string | undefined;
  byChosen: boolean;
  onMoment: (chosen: boolean) => void;
  choice: Choice;
  onChoose: (resource: ResourceView) => void;
}) {
  const t = bookingWords();
  const desks = () => props.resources.filter(({ kind }) => kind === "desk");
  const rooms = () => props.resources.filter(({ kind }) => kind === "room");
  const states = createMemo(() => new Map(desks().map((desk) => [desk.id, deskState(props.held, desk, props.moment)])));
  const counts = () =>
    legendOrder
      .map((state) => ({ state, count: [...states().values()].filter((one) => one === state).length }))
      .filter(({ count }) => count > 0);
  const zones = () =>
    byArea(desks()).map(({ area, resources }) => ({
      name: area ? t.zone(area) : t.others,
      note: t.freeCount(resources.filter(({ id }) => states().get(id) === "free").length),
      desks: resources.map((desk) => {
        const held = heldAt(props.held, desk.id, props.moment) ?? heldNext(props.held, desk.id, props.moment);
        const note = held?.row?.companyName;
        return {
          key: desk.id,
          address: desk.code,
          label: cellLabel(desk.code),
          state: states().get(desk.id) ?? ("free" as const),
          seated: held?.row?.checkedInAt !== undefined,
          ...(note ? { note } : {}),
        };
      }),
    }));
  const moments = () => [
    ...(props.nowLabel ? [{ value: "now" as const, label: props.nowLabel }] : []),
    ...(props.chosenLabel ? [{ value: "chosen" as const, label: props.chosenLabel }] : []),
  ];
  return (
    <Pane
      title={props.title}
      actions={
        <span class="flex flex-wrap items-center justify-end gap-3">
          <Show when={moments().length > 1}>
            <Segmented
              small
              bare
              label={t.moment}
              options={moments()}
              bind={bound<"now" | "chosen">(
                () => (props.byChosen ? "chosen" : "now"),
                (value) => props.onMoment(value === "chosen"),
              )}
            />
          </Show>
          <DeskLegend items={counts()} />
        </span>
      }
    >
      <Show when={rooms().length > 0}>
        <div class="flex flex-wrap border-t border-line">
          <For each={rooms()}>
            {(room) => (
              <RoomCell
                room={room}
                held={props.held}
                moment={props.moment}
                zone={props.site.zone}
                chosen={props.choice.resource?.id === room.id}
                choiceLabel={props.chosenLabel && props.choice.minutes ? choiceSpan(props.choice) : undefined}
                onChoose={() => props.onChoose(room)}
              />
            )}
          </For>
        </div>
      </Show>
      <div class="p-4">
        <FloorPlan
          label={props.title}
          zones={zones()}
          chosen={new Set(props.choice.resource ? [props.choice.resource.id] : [])}
          onChoose={(desk) => {
            const found = props.resources.find(({ id }) => id === desk.key);
            if (found) props.onChoose(found);
          }}
        />
      </div>
    </Pane>
  );
}

const choiceSpan = ({ minutes }: Choice): string =>
  minutes ? `${clockOfMinute(minutes.from)}–${clockOfMinute(minutes.until)}` : "";

/** The day of all rooms, one row each: who has it when; drag or the arrow keys choose a time. */
export function TimelinePane(props: {
  rooms: readonly ResourceView[];
  held: HeldBy;
  site: SiteView;
  day: string;
  now: string;
  today: boolean;
  choice: Choice;
  onChoose: (room: ResourceView, minutes: { from: number; until: number }) => void;
  onOpen?: (booking: string) => void;
}) {
  const t = bookingWords();
  const zone = () => props.site.zone;
  const range = () => shownMinutes(props.site, props.day);
  const grain = () => Math.min(...props.rooms.map(({ granularityMinutes }) => granularityMinutes), 60);
  const rows = () =>
    props.rooms.map((room) => ({
      key: room.id,
      name: room.name,
      aside: t.seats(room.capacity),
      blocks: (props.held.get(room.id) ?? []).map((held) => ({
        key: held.key,
        from: minuteOfDay(held.from, props.day, zone()),
        until: minuteOfDay(held.until, props.day, zone()),
        label: held.row?.companyName ?? (held.mine ? t.ours : t.taken),
        is: held.row ? statusOf(held.row, props.now) : ("booked" as const),
        ...(room.bufferMinutes > 0 ? { cleaning: room.bufferMinutes } : {}),
      })),
    }));
  const choice = (): TimelineChoice | undefined => {
    const { resource, minutes } = props.choice;
    return resource?.kind === "room" && minutes ? { row: resource.id, ...minutes } : undefined;
  };
  const roomOf = (key: string) => props.rooms.find(({ id }) => id === key);
  return (
    <Pane title={t.timeline(dayProse(props.day, { weekday: false }))} note={t.timelineHow(grain())}>
      <Timeline
        label={t.timeline(dayProse(props.day))}
        rows={rows()}
        from={range().from}
        until={range().until}
        now={props.today ? minuteOfDay(props.now, props.day, zone()) : undefined}
        choice={choice()}
        choiceLabel={choiceSpan(props.choice)}
        head={t.timelineHead}
        labelWidth={150}
        rowHeight={36}
        grain={grain()}
        onChoose={({ row, from, until }) => {
          const room = roomOf(row);
          if (room && room.state === "active") props.onChoose(room, { from, until });
        }}
        {...(props.onOpen ? { onOpen: (_row: unknown, block: { key: string }) => props.onOpen?.(block.key) } : {})}
      />
    </Pane>
  );
}
