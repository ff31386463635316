import { useParams, useSearchParams } from "@solidjs/router";
import { openSpans } from "@yihao/booking/hours";
import type { ResourceId, ResourceView } from "@yihao/booking/model";
import { instantOf, plusDays } from "@yihao/kernel/days";
import { createEffect, createMemo, createSignal, For, Match, Show, Switch, untrack } from "solid-js";
import { clockOfMinute, dayOf, dayProse, hours, minuteOfDay, weekday } from "../../format.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Segmented } from "../../ui/choice-field.tsx";
import { EmptyState, ErrorState, Loading } from "../../ui/feedback.tsx";
import { Sheet } from "../../ui/overlay.tsx";
import { media, Pane, Panes } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { DateField } from "../../ui/text-field.tsx";
import { WhenFields } from "./choice-fields.tsx";
import { useAvailability, useNow, usePlaces } from "./data.ts";
import { PlanPane, TimelinePane } from "./day-board.tsx";
import { MyHead } from "./my-head.tsx";
import { wishedSlot } from "./prefill.ts";
import { type Choice, ConfirmButton, createBookingDesk, FreeMark, QuoteBody } from "./quote-panel.tsx";
import { heldByGrains, isFree } from "./view.ts";
import { bookingWords } from "./words.ts";

/** A company books for itself: a day, a desk or a room and its time, the price with every line, and done. On a phone it is three taps. */
export default function MyBookingPage() {
  const t = bookingWords();
  const params = useParams<{ space: string }>();
  const now = useNow();
  const phone = media("(max-width: 767px)");
  const places = usePlaces(() => params.space);
  const site = () => places.data?.sites[0];
  const zone = () => site()?.zone ?? "Asia/Shanghai";
  const today = () => dayOf(now(), zone());
  const [search] = useSearchParams<{ resource?: string; day?: string; from?: string; until?: string }>();
  const wished = wishedSlot(search);
  const [picked, setPicked] = createSignal<string | undefined>(wished.day);
  const day = () => picked() ?? today();
  const [kind, setKind] = createSignal<"desk" | "room">("desk");
  const [chosen, setChosen] = createSignal<ResourceId | undefined>();
  const [minutes, setMinutes] = createSignal<{ from: number; until: number } | undefined>();
  const seen = useAvailability(
    () => params.space,
    () => site()?.id,
    day,
  );
  const active = createMemo(() =>
    (places.data?.resources ?? []).filter((one) => one.site === site()?.id && one.state === "active"),
  );
  const shown = () => active().filter((one) => one.kind === kind());
  const held = createMemo(() => (seen.data ? heldByGrains(seen.data, zone(), active()) : new Map()));
  const choice: Choice = {
    get resource() {
      return active().find(({ id }) => id === chosen());
    },
    get day() {
      return day();
    },
    get minutes() {
      return minutes();
    },
  };
  const desk = createBookingDesk({
    get space() {
      return params.space;
    },
    get site() {
      return site();
    },
    choice,
    staff: false,
    onTime: setMinutes,
    onPlace: setChosen,
    onBooked: () => setChosen(undefined),
  });
  const openOn = (on: string) => {
    const here = site();
    return here ? openSpans(here, on) : [];
  };
  const moment = () => {
    const at = minutes();
    if (kind() === "room" && at) return instantOf(day(), clockOfMinute(at.from), zone());
    const opening = openOn(day())[0]?.from ?? instantOf(day(), "12:00", zone());
    return day() === today() && now() > opening ? now() : opening;
  };
  const days = () => Array.from({ length: 7 }, (_, index) => plusDays(today(), index));
  const dayWord = (on: string) => (on === today() ? t.today : on === plusDays(today(), 1) ? t.tomorrow : dayProse(on));
  const choose = (one: ResourceView, at?: { from: number; until: number }) => {
    setChosen(one.id);
    if (one.kind === "room") setMinutes(at ?? minutes() ?? firstFree(one));
  };
  let asked = wished.resource !== undefined;
  createEffect(() => {
    const one = asked && active().find(({ id }) => id === wished.resource);
    if (!one) return;
    asked = false;
    untrack(() => {
      const { from, until } = wished;
      setKind(one.kind);
      choose(
        one,
        from && until
          ? { from: minuteOfDay(from, day(), zone()), until: minuteOfDay(until, day(), zone()) }
          : undefined,
      );
    });
  });
  const starts = (one: ResourceView): number[] => {
    const found: number[] = [];
    for (const open of openOn(day())) {
      const from = minuteOfDay(open.from, day(), zone());
      const until = minuteOfDay(open.until, day(), zone());
      for (let at = Math.ceil(from / 30) * 30; at + 60 <= until; at += 30) {
        const start = instantOf(day(), clockOfMinute(at), zone());
        const end = instantOf(day(), clockOfMinute(at + 60), zone());
        if (start > now() && isFree(held(), one, start, end)) found.push(at);
      }
    }
    return found;
  };
  const firstFree = (one: ResourceView) => {
    const from = starts(one)[0] ?? 600;
    return { from, until: from + 60 };
  };
  const firstDesk = () => {
    const [open] = openOn(day());
    const last = openOn(day()).at(-1);
    return open && last && active().find((one) => one.kind === "desk" && isFree(held(), one, open.from, last.until));
  };
  const confirmLabel = () => {
    const one = choice.resource;
    const at = minutes();
    if (!one) return t.confirm;
    if (one.kind === "desk") return t.confirmDesk(one.code, dayWord(day()));
    return at ? t.confirmRoom(one.code, `${clockOfMinute(at.from)}–${clockOfMinute(at.until)}`) : t.confirm;
  };
  const body = () => (
    <div class="flex flex-col gap-4">
      <div class="flex flex-wrap items-center gap-3">
        <Show when={choice.resource}>
          {(one) => (
            <>
              <Plate tone="solid" size="lg" han>
                {one().code}
              </Plate>
              <span class="min-w-0 flex-1">
                <b class="block">{one().name}</b>
                <span class="text-xs text-fg-3">{t.seats(one().capacity)}</span>
              </span>
            </>
          )}
        </Show>
        <FreeMark desk={desk} bufferMinutes={choice.resource?.bufferMinutes ?? 0} />
      </div>
      <Show when={!phone() || choice.resource?.kind === "room"}>
        <WhenFields choice={choice} today={today()} size="lg" onDay={setPicked} onTime={setMinutes} />
      </Show>
      <Show when={choice.resource?.kind === "room" && minutes()}>
        {(at) => (
          <Segmented
            label={t.howLong}
            size="lg"
            options={[30, 60, 90, 120].map((length) => ({ value: String(length), label: t.hoursLong(hours(length)) }))}
            bind={bound(
              () => String(at().until - at().from),
              (length) => setMinutes({ from: at().from, until: Math.min(1440, at().from + Number(length)) }),
            )}
          />
        )}
      </Show>
      <QuoteBody desk={desk} choice={choice} site={site()} staff={false} />
    </div>
  );
  const confirm = () => <ConfirmButton desk={desk} label={confirmLabel()} big={phone()} />;
  return (
    <>
      <MyHead space={params.space} />
      <Switch fallback={<Loading rows={8} slow={t.slow} />}>
        <Match when={places.isError}>
          <div class="p-4">
            <ErrorState title={t.placesNotRead} problem={places.error} onRetry={() => void places.refetch()} />
          </div>
        </Match>
        <Match when={places.data && active().length === 0}>
          <EmptyState title={t.noPlaces}>{t.noPlacesPortal}</EmptyState>
        </Match>
        <Match when={site()}>
          {(here) => (
            <>
              <Panes
                detailWidth={400}
                detailOpen={chosen() !== undefined && !phone()}
                detailTitle={t.newBooking}
                onCloseDetail={() => setChosen(undefined)}
                {...(phone()
                  ? {}
                  : {
                      detail: (
                        <Pane
                          title={t.newBooking}
                          flush={false}
                          foot={confirm()}
                          actions={
                            <Button kind="text" icon="close" onClick={() => setChosen(undefined)}>
                              {t.close}
                            </Button>
                          }
                        >
                          {body()}
                        </Pane>
                      ),
                    })}
                work={
                  <div class="flex min-h-0 flex-col overflow-auto">
                    <DayStrip days={days()} day={day()} closed={(on) => openOn(on).length === 0} onDay={setPicked} />
                    <div class="flex flex-wrap items-end gap-3 border-b border-line px-4 py-3">
                      <Segmented
                        bare
                        size="lg"
                        label={t.show}
                        options={[
                          { value: "desk", label: t.desks },
                          { value: "room", label: t.rooms },
                        ]}
                        bind={bound<"desk" | "room">(kind, setKind)}
                      />
                      <Show when={kind() === "desk" && firstDesk()}>
                        {(one) => (
                          <Button size="lg" icon="check" onClick={() => choose(one())}>
                            {t.quickDesk} {one().code}
                          </Button>
                        )}
                      </Show>
                      <span class="ml-auto hidden w-44 tablet:block">
                        <DateField bare label={t.otherDay} bind={bound(day, setPicked)} min={today()} size="lg" />
                      </span>
                    </div>
                    <Show when={seen.isError}>
                      <div class="p-4">
                        <ErrorState
                          title={t.notRead}
                          still={t.notReadStill}
                          problem={seen.error}
                          onRetry={() => void seen.refetch()}
                        />
                      </div>
                    </Show>
                    <Show when={openOn(day()).length > 0} fallback={<EmptyState title={t.closedDay} />}>
                      <Show
                        when={kind() === "room"}
                        fallback={
                          <PlanPane
                            title={here().name}
                            resources={shown()}
                            held={held()}
                            site={here()}
                            moment={moment()}
                            nowLabel={undefined}
                            chosenLabel={undefined}
                            byChosen={false}
                            onMoment={() => {}}
                            choice={choice}
                            onChoose={choose}
                          />
                        }
                      >
                        <Show when={!phone()}>
                          <TimelinePane
                            rooms={shown()}
                            held={held()}
                            site={here()}
                            day={day()}
                            now={now()}
                            today={day() === today()}
                            choice={choice}
                            onChoose={choose}
                          />
                        </Show>
                        <RoomStarts
                          rooms={shown()}
                          starts={starts}
                          onStart={(one, from) => choose(one, { from, until: from + 60 })}
                        />
                      </Show>
                    </Show>
                  </div>
                }
              />
              <Show when={phone()}>
                <Sheet
                  open={chosen() !== undefined}
                  onClose={() => setChosen(undefined)}
                  title={dayProse(day())}
                  foot={confirm()}
                >
                  {body()}
                </Sheet>
              </Show>
            </>
          )}
        </Match>
      </Switch>
    </>
  );
}

/** Seven days side by side; a closed one is muted but can be looked at. */
function DayStrip(props: {
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

/** Each room with the times at which an hour of it is free: one tap chooses it. */
function RoomStarts(props: {
  rooms: readonly ResourceView[];
  starts: (room: ResourceView) => number[];
  onStart: (room: ResourceView, from: number) => void;
}) {
  const t = bookingWords();
  return (
    <ul aria-label={t.startAt}>
      <For each={props.rooms}>
        {(room) => (
          <li class="flex flex-col gap-2 border-b border-line px-4 py-3">
            <p class="flex items-center gap-2">
              <Plate han>{room.code}</Plate>
              <b class="min-w-0 flex-1 truncate">{room.name}</b>
              <span class="text-xs text-fg-3">{t.seats(room.capacity)}</span>
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
