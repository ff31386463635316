import type { PublicDay, PublicResource } from "@yihao/booking/guest-model";
import { openSpans } from "@yihao/booking/hours";
import { createSignal, For, Match, Show, Switch } from "solid-js";
import { clock, clockRange, dayProse, money } from "../../format.ts";
import { Button } from "../../ui/button.tsx";
import { Loading } from "../../ui/feedback.tsx";
import { Plate } from "../../ui/plate.tsx";
import { freeStarts, takenStarts, usualMinutes } from "./free.ts";
import { guestWords } from "./words.ts";

/** A place at a time: to be booked, or with `wait` to be waited for since it is taken. */
export type Chosen = { place: PublicResource; from?: string; minutes: number; wait?: boolean };
/** How many starts of a place are shown at once. */
const startsMost = 16;

/** A place with what it costs, when it is open, and what is free of it on the day. */
export function PlaceItem(props: {
  space: string;
  place: PublicResource;
  day: string;
  busy: PublicDay["resources"][string];
  loaded: boolean;
  now: string;
  onChoose: (chosen: Chosen) => void;
}) {
  const t = guestWords();
  const zone = () => props.place.calendar.zone;
  const open = () => openSpans(props.place.calendar, props.day);
  const openText = () => open().map(({ from, until }) => clockRange(from, until, zone()));
  const minutes = () => usualMinutes(props.place);
  const [all, setAll] = createSignal(false);
  const starts = () => freeStarts(props.place, props.day, props.busy, minutes(), props.now);
  const shown = () => (all() ? starts() : starts().slice(0, startsMost));
  const [asking, setAsking] = createSignal(false);
  const taken = () => takenStarts(props.place, props.day, props.busy, minutes(), props.now);
  const later = () => starts().length - shown().length;
  const said = (minor: number) => {
    if (minor === 0) return t.free;
    return props.place.by === "day" ? t.perDay(money(minor)) : t.perHour(money(minor));
  };
  // A day has the price that holds on it, and tells from when it is another.
  const price = () =>
    said(props.place.ahead?.findLast(({ from }) => from <= props.day)?.priceMinor ?? props.place.priceMinor);
  const next = () => props.place.ahead?.find(({ from }) => from > props.day);
  const over = () => open().every(({ until }) => until <= props.now);
  return (
    <li class="flex flex-col gap-3 border-b border-line py-4">
      <Show when={props.place.picture}>
        {(id) => (
          <img
            class="aspect-video w-full border border-line object-cover"
            loading="lazy"
            src={`/api/v1/files/guests/${props.space}/resources/${props.place.id}/picture?${id()}`}
            alt={props.place.name}
          />
        )}
      </Show>
      <p class="flex items-start gap-3">
        <Plate size="lg" han>
          {props.place.code}
        </Plate>
        <span class="min-w-0 flex-1">
          <b class="block">{props.place.name}</b>
          <span class="text-xs text-fg-3">
            {[
              t.kinds[props.place.kind],
              ...(props.place.kind === "room" ? [t.seats(props.place.capacity)] : []),
              ...(open().length > 0 ? [t.open(openText().join(", "))] : []),
            ].join(" · ")}
          </span>
        </span>
        <span class="text-right tabular-nums">
          <b class="block">{price()}</b>
          <Show when={next()}>
            {(one) => (
              <span class="text-xs text-fg-2">
                {t.priceFrom(dayProse(one().from, { weekday: false }), said(one().priceMinor))}
              </span>
            )}
          </Show>
        </span>
      </p>
      <Switch>
        <Match when={open().length === 0 || over()}>
          <p class="text-xs text-fg-3">{t.shut}</p>
        </Match>
        <Match when={!props.loaded}>
          <Loading rows={1} />
        </Match>
        <Match when={props.place.by === "day" && props.busy.left === 0}>
          <p class="flex items-center gap-3">
            <Button
              size="lg"
              onClick={() => props.onChoose({ place: props.place, minutes: 0, wait: true })}
              aria-label={`${props.place.code} ${t.wait}`}
            >
              {t.wait}
            </Button>
            <span class="text-xs text-fg-3">{t.full}</span>
          </p>
        </Match>
        <Match when={props.place.by === "day"}>
          <p class="flex items-center gap-3">
            <Button
              size="lg"
              onClick={() => props.onChoose({ place: props.place, minutes: 0 })}
              aria-label={`${props.place.code} ${t.dayPass}`}
            >
              {t.dayPass}
            </Button>
            <Show when={props.place.units > 1}>
              <span class="text-xs text-fg-2">{t.left(props.busy.left ?? props.place.units)}</span>
            </Show>
          </p>
        </Match>
        <Match when={starts().length === 0}>
          <p class="text-xs text-fg-3">{t.full}</p>
        </Match>
        <Match when={true}>
          <fieldset class="flex flex-wrap gap-2" aria-label={t.startAt(props.place.code)}>
            <For each={shown()}>
              {({ from }) => (
                <Button
                  size="lg"
                  onClick={() => props.onChoose({ place: props.place, from, minutes: minutes() })}
                  aria-label={`${props.place.code} ${clock(from, zone())}`}
                >
                  {clock(from, zone())}
                </Button>
              )}
            </For>
            <Show when={later() > 0}>
              <Button size="lg" kind="text" onClick={() => setAll(true)}>
                {t.later(later())}
              </Button>
            </Show>
          </fieldset>
        </Match>
      </Switch>
      <Show when={props.loaded && props.place.by !== "day" && taken().length > 0}>
        <Show
          when={asking()}
          fallback={
            <p>
              <Button kind="text" onClick={() => setAsking(true)} aria-label={`${props.place.code} ${t.waitFor}`}>
                {t.waitFor}
              </Button>
            </p>
          }
        >
          <fieldset class="flex flex-wrap gap-2" aria-label={t.takenAt(props.place.code)}>
            <For each={taken()}>
              {({ from }) => (
                <Button
                  onClick={() => props.onChoose({ place: props.place, from, minutes: minutes(), wait: true })}
                  aria-label={`${props.place.code} ${t.wait} ${clock(from, zone())}`}
                >
                  {t.waitAt(clock(from, zone()))}
                </Button>
              )}
            </For>
          </fieldset>
        </Show>
      </Show>
    </li>
  );
}
