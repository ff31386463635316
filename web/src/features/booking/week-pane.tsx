import { mostHad } from "@yihao/booking/grains";
import { bookedBy, type ResourceView } from "@yihao/booking/model";
import { plusDays } from "@yihao/kernel/days";
import { createMemo, createSignal, For, Show } from "solid-js";
import { clockRange, dayProse, joined, minuteOfDay, weekday } from "../../format.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorState } from "../../ui/feedback.tsx";
import { Pane } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { useWeek } from "./data.ts";
import { byKind, type Held, type HeldBy, heldByGrains, leaseAt, openOn, type SiteView } from "./view.ts";
import { bookingWords } from "./words.ts";

type Cell = {
  readonly day: string;
  readonly open: boolean;
  /** Shares of the day's open hours, 0 to 1. */
  readonly bars: readonly { readonly from: number; readonly until: number; readonly mine: boolean }[];
  /** Of a place of many units: how many are had at once at most. */
  readonly had?: string;
  readonly said: string;
};

/** A week of all places of a site (一周): a row each, a column a day, what is taken drawn over the open hours. A day is one query, 2 read units for 100 places. Arrows walk the cells, ↵ opens the day. */
export function WeekPane(props: {
  space: string;
  site: SiteView;
  places: readonly ResourceView[];
  /** The first day shown. */
  day: string;
  today: string;
  /** Staff see all alike; a company its own apart from the others'. */
  staff: boolean;
  onWeek: (day: string) => void;
  onOpen: (place: ResourceView, day: string) => void;
}) {
  const t = bookingWords();
  const places = createMemo(() => byKind(props.places));
  const days = () => Array.from({ length: 7 }, (_, index) => plusDays(props.day, index));
  const week = useWeek(
    () => props.space,
    () => props.site.id,
    days,
  );
  const held = createMemo((): readonly (HeldBy | undefined)[] =>
    week.map(({ data }) => data && heldByGrains(data, props.site.zone, places())),
  );
  const failed = () => week.find(({ isError }) => isError);
  const cellOf = (place: ResourceView, index: number): Cell => {
    const day = days()[index] ?? props.day;
    const { zone } = props.site;
    const open = openOn(props.site, place, day);
    const [first, last] = [open[0]?.from, open.at(-1)?.until];
    const name = `${place.name} ${dayProse(day)}`;
    if (!first || !last) return { day, open: false, bars: [], said: `${name} ${t.closed}` };
    const minute = (at: string) => minuteOfDay(at, day, zone);
    const [begins, ends] = [minute(first), minute(last)];
    const share = (at: number) => Math.min(1, Math.max(0, (at - begins) / (ends - begins)));
    const all: readonly Held[] = held()[index]?.get(place.id) ?? [];
    const lease = leaseAt(props.site, place, first);
    if (lease) return { day, open: true, bars: [{ from: 0, until: 1, mine: false }], said: `${name} ${t.letTo("")}` };
    const spans = all.map((one) => ({ from: minute(one.from), until: minute(one.until), mine: one.mine }));
    const units = place.units ?? 1;
    const most = mostHad(
      spans.map((one) => ({ ...one, booking: "bok_" })),
      { from: begins, until: ends },
    );
    const times = joined(all.map((one) => clockRange(one.from, one.until, zone)));
    const taken = bookedBy(place) === "day" ? t.wholeDay : times;
    const said = units > 1 ? t.mostHad(most, units) : all.length > 0 ? t.cellTaken(taken) : t.cellFree;
    return {
      ...{ day, open: true, said: `${name} ${said}` },
      bars: units > 1 ? [] : spans.map((one) => ({ ...one, from: share(one.from), until: share(one.until) })),
      ...(units > 1 ? { had: `${most}/${units}` } : {}),
    };
  };
  const [at, setAt] = createSignal<readonly [number, number]>([0, 0]);
  let grid: HTMLTableElement | undefined;
  const walk = (event: KeyboardEvent) => {
    const by = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!by) return;
    event.preventDefault();
    const row = Math.min(places().length - 1, Math.max(0, at()[0] + (by[0] ?? 0)));
    const column = Math.min(6, Math.max(0, at()[1] + (by[1] ?? 0)));
    setAt([row, column]);
    grid?.querySelector<HTMLElement>(`[data-cell="${row} ${column}"]`)?.focus();
  };
  const span = () => {
    const [from = props.day, until = props.day] = [days()[0], days()[6]];
    return t.weekOf(dayProse(from, { weekday: false }), dayProse(until, { weekday: false }));
  };
  return (
    <Pane
      title={span()}
      note={t.weekHow}
      actions={
        <span class="flex gap-2">
          <Button size="sm" onClick={() => props.onWeek(plusDays(props.day, -7))}>
            {t.weekBefore}
          </Button>
          <Button size="sm" onClick={() => props.onWeek(props.today)}>
            {t.today}
          </Button>
          <Button size="sm" onClick={() => props.onWeek(plusDays(props.day, 7))}>
            {t.weekAfter}
          </Button>
        </span>
      }
    >
      <Show when={!props.staff}>
        <p class="flex gap-4 border-t border-line px-3 py-1.5 text-xs text-fg-2">
          <span class="flex items-center gap-1.5">
            <i class="h-3 w-4 bg-brand" />
            {t.ours}
          </span>
          <span class="flex items-center gap-1.5">
            <i class="relative h-3 w-4">
              <i class="y-cleaning w-4" />
            </i>
            {t.taken}
          </span>
        </p>
      </Show>
      <Show when={failed()}>
        {(one) => (
          <div class="p-4">
            <ErrorState
              title={t.notRead}
              still={t.notReadStill}
              problem={one().error}
              onRetry={() => void one().refetch()}
            />
          </div>
        )}
      </Show>
      <div class="overflow-x-auto">
        <table
          class="w-full min-w-[640px] table-fixed border-collapse"
          aria-label={t.byWeek}
          ref={(element) => {
            grid = element;
          }}
          onKeyDown={walk}
        >
          <thead class="bg-sunken text-xs text-fg-3">
            <tr>
              <th class="sticky left-0 z-10 w-[136px] bg-sunken px-3 py-1.5 text-left font-regular" scope="col">
                {t.timelineHead}
              </th>
              <For each={days()}>
                {(day) => (
                  <th class="px-1 py-1.5 text-left font-regular tabular-nums" scope="col">
                    <span classList={{ "font-strong text-brand": day === props.today }}>
                      {weekday(day)} {Number(day.slice(8))}
                    </span>
                  </th>
                )}
              </For>
            </tr>
          </thead>
          <tbody>
            <For each={places()}>
              {(place, row) => (
                <tr class="border-t border-line">
                  <th class="sticky left-0 z-10 truncate bg-surface px-3 py-1 text-left font-regular" scope="row">
                    <span class="flex items-center gap-2">
                      <Plate han>{place.code}</Plate>
                      <Show when={place.name !== place.code}>
                        <span class="truncate text-xs text-fg-2">{place.name}</span>
                      </Show>
                    </span>
                  </th>
                  <For each={days()}>
                    {(day, column) => {
                      const cell = createMemo(() => cellOf(place, column()));
                      return (
                        <td class="p-0.5">
                          <button
                            type="button"
                            data-cell={`${row()} ${column()}`}
                            tabIndex={at()[0] === row() && at()[1] === column() ? 0 : -1}
                            class="relative block h-12 w-full tablet:h-7 overflow-hidden border border-line"
                            classList={{
                              "bg-surface": cell().open && day >= props.today,
                              "bg-sunken": !cell().open || day < props.today,
                            }}
                            aria-label={cell().said}
                            title={cell().said}
                            onFocus={() => setAt([row(), column()])}
                            onClick={() => props.onOpen(place, day)}
                          >
                            <Show when={cell().had}>
                              <span class="text-xs tabular-nums text-fg-2">{cell().had}</span>
                            </Show>
                            <For each={cell().bars}>
                              {(bar) => (
                                <i
                                  class="absolute inset-y-1"
                                  classList={{
                                    "bg-brand": bar.mine,
                                    "bg-mark": !bar.mine && props.staff,
                                    "y-cleaning": !bar.mine && !props.staff,
                                  }}
                                  style={{ left: `${bar.from * 100}%`, width: `${(bar.until - bar.from) * 100}%` }}
                                />
                              )}
                            </For>
                          </button>
                        </td>
                      );
                    }}
                  </For>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </Pane>
  );
}
