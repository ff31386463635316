import { bookedBy, type ResourceView } from "@yihao/booking/model";
import type { LeaseView } from "@yihao/booking/rules-model";
import { plusDays } from "@yihao/kernel/days";
import { createMemo, For, Match, Show, Switch } from "solid-js";
import { actingCompany } from "../../api.ts";
import { clock, clockOfMinute, dayProse, minuteOfDay } from "../../format.ts";
import { bound } from "../../ui/binding.ts";
import { Segmented } from "../../ui/choice-field.tsx";
import { DeskLegend, type DeskState, FloorPlan } from "../../ui/floor-plan.tsx";
import { Pane } from "../../ui/panes.tsx";
import { Status } from "../../ui/status.tsx";
import { type Tick, Ticks } from "../../ui/ticks.tsx";
import { Timeline, type TimelineChoice } from "../../ui/timeline.tsx";
import type { Choice } from "./booking-desk.ts";
import { kindWords } from "./kind-words.ts";
import {
  byArea,
  byKind,
  cellLabel,
  deskState,
  freeAt,
  type Held,
  type HeldBy,
  heldAt,
  heldNext,
  lanesOf,
  leaseAt,
  type SiteView,
  shownMinutes,
  statusOf,
} from "./view.ts";
import { bookingWords } from "./words.ts";

const legendOrder: readonly DeskState[] = ["free", "later", "taken", "away", "mine", "off"];

/** Up to so many units are drawn one by one; of more the figure says enough. */
const ticksMost = 40;

/** A place as the plan shows it: its name, how it stands at the moment and until when; of many units, each as a tick and how many are left. */
function PlaceCell(props: {
  place: ResourceView;
  held: HeldBy;
  site: SiteView;
  moment: string;
  chosen: boolean;
  choiceLabel: string | undefined;
  note: string | undefined;
  onChoose: () => void;
}) {
  const t = bookingWords();
  const kinds = kindWords();
  const zone = () => props.site.zone;
  const units = () => props.place.units ?? 1;
  const now = () => heldAt(props.held, props.place.id, props.moment);
  const next = () => heldNext(props.held, props.place.id, props.moment);
  const lease = () => leaseAt(props.site, props.place, props.moment);
  const free = () => freeAt(props.held, props.site, props.place, props.moment);
  const off = () => props.place.state === "off";
  const shut = () => off() || lease() !== undefined || bookedBy(props.place) === "lease";
  /** Its kind, unless its name says it already. */
  const kindAside = () => {
    const kind = kinds.kind[props.place.kind];
    const said = props.place.kind === "room" || props.place.name.toLowerCase().includes(kind.toLowerCase());
    return said ? undefined : kind;
  };
  const ticks = (): Tick[] => Array.from({ length: units() }, (_, index) => (index < units() - free() ? "in" : "free"));
  return (
    <button
      type="button"
      class="relative flex min-h-24 min-w-0 flex-col gap-0.5 border-b border-r border-line px-2.5 py-2 text-left"
      classList={{
        "bg-brand-soft outline-2 -outline-offset-2 outline-brand": props.chosen,
        "bg-sunken": !props.chosen && (free() === 0 || off()),
      }}
      aria-pressed={props.chosen}
      aria-disabled={shut() ? "true" : undefined}
      onClick={() => !shut() && props.onChoose()}
    >
      <span class="flex flex-wrap items-baseline gap-x-2">
        <b class="min-w-0 break-words">{props.place.name}</b>
        <Show when={kindAside()}>{(kind) => <span class="text-xs text-fg-3">{kind()}</span>}</Show>
      </span>
      <Switch
        fallback={
          <>
            <Status is="free" />
            <span class="text-xs text-fg-2">
              {next() ? t.freeUntil(clock(next()?.from ?? "", zone())) : t.freeAllDay}
            </span>
          </>
        }
      >
        <Match when={off()}>
          <Status is="off" />
        </Match>
        <Match when={lease()}>
          {(one) => (
            <>
              <Status is="inUse" text={letText(one(), t)} />
              <Show when={one().until}>
                {(day) => <span class="text-xs text-fg-2">{t.letUntil(lastDay(day(), props.moment))}</span>}
              </Show>
            </>
          )}
        </Match>
        <Match when={bookedBy(props.place) === "lease"}>
          <Status is="free" />
          <span class="text-xs text-fg-2">{t.byLease}</span>
        </Match>
        <Match when={units() > 1}>
          <Status is={free() > 0 ? "free" : "soldOut"} text={t.leftOf(free(), units())} />
          <Show when={units() <= ticksMost}>
            <Ticks units={ticks()} label={t.leftOf(free(), units())} group={10} />
          </Show>
        </Match>
        <Match when={now()}>
          {(held) => (
            <>
              <Status is={held().row ? statusOf(held().row as never, props.moment) : "inUse"} />
              <span class="truncate text-xs text-fg-2">
                {held().row?.companyName ?? (held().mine ? t.ours : t.taken)}
              </span>
              <span class="text-xs text-fg-2">{t.until(clock(held().until, zone()))}</span>
            </>
          )}
        </Match>
      </Switch>
      <Show when={props.note}>
        <span class="text-xs text-fg-3">{props.note}</span>
      </Show>
      <Show when={props.chosen && props.choiceLabel}>
        <span class="absolute bottom-1 right-1 bg-brand px-1.5 text-xs text-fg-on-solid tabular-nums">
          {props.choiceLabel}
        </span>
      </Show>
    </button>
  );
}

/** The last day of a lease whose first day without it is given; with its year when that is not the moment's. */
function lastDay(until: string, moment: string): string {
  const last = plusDays(until, -1);
  return dayProse(last, { weekday: false, year: last.slice(0, 4) !== moment.slice(0, 4) });
}

/** Whose a lease is, as far as its reader may know. */
function letText(lease: LeaseView, t: ReturnType<typeof bookingWords>): string {
  return lease.company && lease.company === actingCompany() ? t.letOurs : t.letTo(lease.companyName ?? "");
}

/** The plan of a floor at one moment: rooms, pools and the like in rows, desks as they stand, each with its state. */
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
  /** What must be known of a place before it is chosen. */
  note?: (resource: ResourceView) => string | undefined;
  onChoose: (resource: ResourceView) => void;
}) {
  const t = bookingWords();
  const isDesk = (one: ResourceView) => one.kind === "desk" && (one.units ?? 1) === 1;
  const desks = () => props.resources.filter(isDesk);
  const places = () => byKind(props.resources.filter((one) => !isDesk(one)));
  const states = createMemo(
    () => new Map(desks().map((desk) => [desk.id, deskState(props.held, props.site, desk, props.moment)])),
  );
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
        const lease = leaseAt(props.site, desk, props.moment);
        const note = lease ? letText(lease, t) : held?.row?.companyName;
        return {
          key: desk.id,
          address: desk.code,
          label: cellLabel(desk.code),
          state: states().get(desk.id) ?? ("free" as const),
          seated: lease !== undefined || held?.row?.checkedInAt !== undefined,
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
      <Show when={places().length > 0}>
        <div class="grid grid-cols-[repeat(auto-fit,minmax(9.5rem,1fr))] border-t border-line">
          <For each={places()}>
            {(place) => (
              <PlaceCell
                place={place}
                held={props.held}
                site={props.site}
                moment={props.moment}
                chosen={props.choice.resource?.id === place.id}
                choiceLabel={
                  props.chosenLabel && props.choice.minutes && bookedBy(place) === "time"
                    ? choiceSpan(props.choice)
                    : undefined
                }
                note={props.note?.(place)}
                onChoose={() => props.onChoose(place)}
              />
            )}
          </For>
        </div>
      </Show>
      <Show when={desks().length > 0}>
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
      </Show>
    </Pane>
  );
}

const choiceSpan = ({ minutes }: Choice): string =>
  minutes ? `${clockOfMinute(minutes.from)}–${clockOfMinute(minutes.until)}` : "";

/** Beyond so many rows a place of many units is not drawn any further. */
const lanesMost = 4;

/** The day of all that is had by time, a row each, or as many rows as it has units: who has it when; drag or the arrow keys choose a time. */
export function TimelinePane(props: {
  places: readonly ResourceView[];
  held: HeldBy;
  site: SiteView;
  day: string;
  now: string;
  today: boolean;
  choice: Choice;
  onChoose: (place: ResourceView, minutes: { from: number; until: number }) => void;
  onOpen?: (booking: string) => void;
  /** For who sees only their own: whether a booking is theirs to move. What is not is not opened either. */
  mayMove?: (booking: string) => boolean;
  /** Where a booking was dragged to. */
  onMove?: (booking: string, place: ResourceView, minutes: { from: number; until: number }) => void;
}) {
  const t = bookingWords();
  const zone = () => props.site.zone;
  const range = () => shownMinutes(props.site, props.places, props.day);
  const grain = () => Math.min(...props.places.map(({ granularityMinutes }) => granularityMinutes), 60);
  const rows = () =>
    byKind(props.places).flatMap((place) => {
      const units = Math.min(lanesMost, place.units ?? 1);
      const lanes = lanesOf(props.held.get(place.id) ?? []);
      return Array.from({ length: units }, (_, index) => ({
        key: index === 0 ? (place.id as string) : `${place.id} ${index}`,
        name: units > 1 ? t.unit(place.name, index + 1) : place.name,
        aside: place.kind === "room" ? t.seats(place.capacity) : "",
        blocks: (lanes[index] ?? []).map((held) => ({
          key: held.key,
          from: minuteOfDay(held.from, props.day, zone()),
          until: minuteOfDay(held.until, props.day, zone()),
          label: held.row?.companyName ?? (held.mine ? t.ours : t.taken),
          is: held.row ? statusOf(held.row, props.now) : ("booked" as const),
          ...(movable(held) ? { movable: true } : props.mayMove ? { still: true } : {}),
          ...(place.bufferMinutes > 0 ? { cleaning: place.bufferMinutes } : {}),
        })),
      }));
    });
  const movable = (held: Held) =>
    props.mayMove?.(held.key) ?? (held.row?.state === "booked" && props.now < held.row.from);
  const choice = (): TimelineChoice | undefined => {
    const { resource, minutes } = props.choice;
    return resource && bookedBy(resource) === "time" && minutes ? { row: resource.id, ...minutes } : undefined;
  };
  /** A booking goes to what is had like its own place. */
  const mayDrop = (booking: string, row: string) => {
    const to = placeOf(row);
    const was = props.places.find(({ id }) => props.held.get(id)?.some(({ key }) => key === booking));
    return to !== undefined && was !== undefined && to.kind === was.kind && to.state === "active";
  };
  const placeOf = (key: string) => props.places.find(({ id }) => id === key.split(" ", 1)[0]);
  return (
    <Pane
      title={t.timeline(dayProse(props.day, { weekday: false }))}
      note={props.onMove ? t.timelineMove(grain()) : t.timelineHow(grain())}
    >
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
          const place = placeOf(row);
          if (place && place.state === "active") props.onChoose(place, { from, until });
        }}
        {...(props.onMove
          ? {
              mayDrop: (block: { key: string }, row: string) => mayDrop(block.key, row),
              onMove: (block: { key: string }, { row, from, until }: TimelineChoice) => {
                const place = placeOf(row);
                if (place) props.onMove?.(block.key, place, { from, until });
              },
            }
          : {})}
        {...(props.onOpen ? { onOpen: (_row: unknown, block: { key: string }) => props.onOpen?.(block.key) } : {})}
      />
    </Pane>
  );
}
