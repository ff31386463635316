import type { FloorId, ResourceView } from "@yihao/booking/model";
import { instantOf } from "@yihao/kernel/days";
import { createMemo, createSignal, For, type JSX, onCleanup, Show } from "solid-js";
import { clock, clockOfMinute, dayOf, minuteOfDay } from "../../format.ts";
import { bound } from "../../ui/binding.ts";
import { Button, TextLink } from "../../ui/button.tsx";
import { Segmented, SelectField } from "../../ui/choice-field.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Reading } from "../../ui/reading.tsx";
import { Status } from "../../ui/status.tsx";
import { DateField, TimeField } from "../../ui/text-field.tsx";
import { type Places, usePlaces } from "./data.ts";
import { PlanPicture } from "./plan-canvas.tsx";
import { useAvailability, usePlan, usePlanImage } from "./plan-data.ts";
import { type SpotState, spotStatus, stateAt } from "./plan-view.ts";
import { planWords } from "./plan-words.ts";

/** The plan of a floor at a chosen time (平面图): live states of all its places in shape and word, and the way to book a free one; as a list too. */
export function PlanBoard(props: {
  space: string;
  /** Where a free place is booked. */
  bookHref: (one: ResourceView, when: { day: string; at: string }) => string;
  /** What stands in place of the picture, for a floor that is arranged just now. */
  editor?: (floor: FloorId, places: Places) => JSX.Element;
  actions?: JSX.Element;
}) {
  const t = planWords();
  const places = usePlaces(() => props.space);
  const [now, setNow] = createSignal(new Date().toISOString());
  const timer = setInterval(() => setNow(new Date().toISOString()), 30_000);
  onCleanup(() => clearInterval(timer));
  const [picked, setPicked] = createSignal<FloorId | undefined>();
  const [day, setDay] = createSignal<string | undefined>();
  const [time, setTime] = createSignal<string | undefined>();
  const [view, setView] = createSignal<"plan" | "list">("plan");
  const floor = () => picked() ?? places.data?.floors[0]?.id;
  const site = createMemo(() => {
    const on = places.data?.floors.find(({ id }) => id === floor())?.site;
    return places.data?.sites.find(({ id }) => id === on);
  });
  const zone = () => site()?.zone ?? "Asia/Shanghai";
  const shownDay = () => day() ?? dayOf(now(), zone());
  const shownTime = () => time() ?? clock(now(), zone());
  const live = () => day() === undefined && time() === undefined;
  const at = () => (live() ? now() : instantOf(shownDay(), shownTime(), zone()));
  const plan = usePlan(() => props.space, floor);
  const image = usePlanImage(
    () => props.space,
    floor,
    () => plan.data?.image,
  );
  const seen = useAvailability(
    () => props.space,
    () => site()?.id,
    shownDay,
  );
  const ofFloor = createMemo(() => (places.data?.resources ?? []).filter((one) => one.floor === floor()));
  const stateOf = (one: ResourceView): SpotState => {
    const here = site();
    return here ? stateAt(one, here, seen.data, shownDay(), at()) : "closed";
  };
  const wordOf = (state: SpotState) => (state === "taken" && !live() ? t.states.later : t.states[state]);
  const href = (one: ResourceView) => props.bookHref(one, { day: shownDay(), at: at() });
  const spots = createMemo(() =>
    (plan.data?.spots ?? []).flatMap((spot) => {
      const one = ofFloor().find(({ id }) => id === spot.resource);
      const state = one && stateOf(one);
      return one && state ? [{ one, spot, state, word: wordOf(state) }] : [];
    }),
  );
  const statusName = (state: SpotState) => (state === "taken" && !live() ? "booked" : spotStatus[state]);
  const list = () => (
    <ul>
      <For each={ofFloor()}>
        {(one) => (
          <li class="flex min-h-12 items-center gap-3 border-b border-line px-1 py-1">
            <span class="w-24 shrink-0">
              <Plate han>{one.code}</Plate>
            </span>
            <span class="min-w-0 flex-1">{one.name === one.code ? "" : one.name}</span>
            <Show when={stateOf(one) === "free"}>
              <TextLink href={href(one)}>{t.book}</TextLink>
            </Show>
            <span class="w-24 shrink-0">
              <Status is={statusName(stateOf(one))} text={wordOf(stateOf(one))} />
            </span>
          </li>
        )}
      </For>
    </ul>
  );
  return (
    <div class="mx-auto flex w-full max-w-[1200px] flex-col gap-4 p-4">
      <div class="flex flex-wrap items-end gap-3">
        <Show when={(places.data?.floors.length ?? 0) > 1}>
          <SelectField
            label={t.floor}
            options={(places.data?.floors ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            bind={bound<FloorId>(() => floor() ?? ("" as FloorId), setPicked)}
          />
        </Show>
        <span class="w-44">
          <DateField label={t.day} bind={bound(shownDay, setDay)} />
        </span>
        <span class="w-32">
          <TimeField label={t.time} step={1800} bind={bound(shownTime, setTime)} />
        </span>
        <Button
          aria-pressed={live()}
          onClick={() => {
            setDay(undefined);
            setTime(undefined);
          }}
        >
          {t.now}
        </Button>
        <Segmented
          bare
          label={t.view}
          options={[
            { value: "plan", label: t.byPlan },
            { value: "list", label: t.byList },
          ]}
          bind={bound<"plan" | "list">(view, setView)}
        />
        {props.actions}
      </div>
      <Reading asked={places} failed={t.notRead} rows={8}>
        {(all) => (
          <Show when={floor()} fallback={<EmptyState title={t.noFloor} />} keyed>
            {(id) => (
              <Show
                when={props.editor}
                fallback={
                  <Reading asked={plan} failed={t.notRead} rows={8}>
                    {(read) => (
                      <Show when={view() === "plan"} fallback={list()}>
                        <Show
                          when={read().rev > 0}
                          fallback={
                            <>
                              <EmptyState art={false} title={t.empty}>
                                {t.emptySay}
                              </EmptyState>
                              {list()}
                            </>
                          }
                        >
                          <PlanPicture plan={read()} image={image.data} spots={spots()} href={href} />
                        </Show>
                      </Show>
                    )}
                  </Reading>
                }
              >
                {(editor) => editor()(id, all())}
              </Show>
            )}
          </Show>
        )}
      </Reading>
    </div>
  );
}

/** From when until when a place is wished that is looked at for an instant: the half hour it falls in, for an hour. */
export function wishAt(day: string, at: string, zone: string): { from: string; until: string } {
  const from = Math.ceil(minuteOfDay(at, day, zone) / 30) * 30;
  return {
    from: instantOf(day, clockOfMinute(Math.min(from, 1380)), zone),
    until: instantOf(day, clockOfMinute(Math.min(from + 60, 1440)), zone),
  };
}
