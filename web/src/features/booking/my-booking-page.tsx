import { useParams, useSearchParams } from "@solidjs/router";
import { whoOf } from "@yihao/booking/area";
import { type BookingRowView, bookedBy, type ResourceId, type ResourceView } from "@yihao/booking/model";
import { trainedOn } from "@yihao/booking/training";
import { instantOf, plusDays } from "@yihao/kernel/days";
import { batch, createEffect, createMemo, createSignal, Match, Show, Switch, untrack } from "solid-js";
import { clockOfMinute, dayOf, dayProse, hours, minuteOfDay } from "../../format.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Segmented } from "../../ui/choice-field.tsx";
import { EmptyState, ErrorState, Loading } from "../../ui/feedback.tsx";
import { Sheet } from "../../ui/overlay.tsx";
import { media, Pane, Panes } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { type Choice, createBookingDesk } from "./booking-desk.ts";
import { WhenFields } from "./choice-fields.tsx";
import { useAvailability, useNow, useOwnBookings, useOwnTraining, usePlaces } from "./data.ts";
import { PlanPane, TimelinePane } from "./day-board.tsx";
import { kindWords } from "./kind-words.ts";
import { type Group, groupOf, groupsOf } from "./kinds.ts";
import { MoveDrawer } from "./move-drawer.tsx";
import { DayStrip, PlaceStarts, ShowBar } from "./my-booking-parts.tsx";
import { MyHead } from "./my-head.tsx";
import { wishedSlot } from "./prefill.ts";
import { ConfirmButton, FreeMark, QuoteBody } from "./quote-panel.tsx";
import { RepeatFields } from "./repeat-fields.tsx";
import { asResource, freeAt, heldByGrains, isFree, openOn } from "./view.ts";
import { WeekPane } from "./week-pane.tsx";
import { bookingWords } from "./words.ts";

/** A company books for itself: a day, a desk or a room and its time, the price with every line, and done. On a phone it is three taps. */
export default function MyBookingPage() {
  const t = bookingWords();
  const kinds = kindWords();
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
  const [weekly, setWeekly] = createSignal(false);
  const [picking, setPicking] = createSignal<Group | undefined>();
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
  const present = () => groupsOf(active());
  const group = (): Group => picking() ?? present()[0] ?? "seat";
  const shown = () => active().filter((one) => groupOf(one) === group());
  const timed = () => shown().filter((one) => bookedBy(one) === "time");
  const daily = () => shown().filter((one) => bookedBy(one) !== "time");
  const trained = useOwnTraining(() => params.space);
  const trainings = () => trained.data ?? [];
  const held = createMemo(() => (seen.data ? heldByGrains(seen.data, zone(), active()) : new Map()));
  const own = useOwnBookings(
    () => params.space,
    () => ({ from: instantOf(day(), "00:00", zone()) }),
  );
  /** One's own booking that has not begun: to be moved by hand. */
  const ownOf = (booking: string) =>
    own.data?.items.find(({ id, state, from }) => id === booking && state === "booked" && now() < from);
  const [moving, setMoving] = createSignal<BookingRowView | undefined>();
  const [to, setTo] = createSignal<{ resource: ResourceId; from: number; until: number } | undefined>();
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
    get trainings() {
      return trained.data;
    },
    onTime: setMinutes,
    onPlace: setChosen,
    onBooked: () => setChosen(undefined),
  });
  /** When what is shown is open on a day: from the first of it to open until the last. */
  const openings = (on: string, places: readonly ResourceView[] = shown()) => {
    const here = site();
    return here ? places.flatMap((one) => openOn(here, one, on)).sort((a, b) => (a.from < b.from ? -1 : 1)) : [];
  };
  const moment = () => {
    const at = minutes();
    if (daily().length === 0 && at) return instantOf(day(), clockOfMinute(at.from), zone());
    const opening = openings(day())[0]?.from ?? instantOf(day(), "12:00", zone());
    return day() === today() && now() > opening ? now() : opening;
  };
  const days = () => Array.from({ length: 7 }, (_, index) => plusDays(today(), index));
  const dayWord = (on: string) => (on === today() ? t.today : on === plusDays(today(), 1) ? t.tomorrow : dayProse(on));
  const choose = (one: ResourceView, at?: { from: number; until: number }) => {
    setChosen(one.id);
    if (bookedBy(one) === "time") setMinutes(at ?? minutes() ?? firstFree(one));
  };
  let asked = wished.resource !== undefined;
  createEffect(() => {
    const one = asked && active().find(({ id }) => id === wished.resource);
    if (!one) return;
    asked = false;
    untrack(() => {
      const { from, until } = wished;
      setPicking(groupOf(one));
      const at =
        from && until
          ? { from: minuteOfDay(from, day(), zone()), until: minuteOfDay(until, day(), zone()) }
          : undefined;
      // On a phone the sheet has to be there before it opens.
      setTimeout(() => choose(one, at));
    });
  });
  /** What one tap on a start books: an hour, or the nearest to it that the place allows. */
  const shortest = (one: ResourceView) => Math.min(one.mostMinutes, Math.max(60, one.leastMinutes));
  const starts = (one: ResourceView): number[] => {
    const found: number[] = [];
    const length = shortest(one);
    for (const open of openings(day(), [one])) {
      const from = minuteOfDay(open.from, day(), zone());
      const until = minuteOfDay(open.until, day(), zone());
      for (let at = Math.ceil(from / 30) * 30; at + length <= until; at += 30) {
        const start = instantOf(day(), clockOfMinute(at), zone());
        const end = instantOf(day(), clockOfMinute(at + length), zone());
        if (start > now() && isFree(held(), one, start, end)) found.push(at);
      }
    }
    return found;
  };
  const firstFree = (one: ResourceView) => {
    const from = starts(one)[0] ?? 600;
    return { from, until: from + shortest(one) };
  };
  const firstSeat = () =>
    daily().find((one) => {
      const spans = openings(day(), [one]);
      const [open, last] = [spans[0], spans.at(-1)];
      const here = site();
      if (!here || !open || !last || bookedBy(one) !== "day" || noteOf(one)) return false;
      return freeAt(held(), here, one, open.from) > 0 && isFree(held(), one, open.from, last.until);
    });
  const noteOf = (one: ResourceView): string | undefined => {
    const here = site();
    if (here && whoOf(asResource(here, one)).of === "staff") return t.staffOnly;
    if (!one.training) return undefined;
    const mine = trainings().find(({ resource }) => resource === one.id);
    if (!mine) return t.needsTraining;
    if (!mine.until) return t.trained;
    const until = dayProse(mine.until, { weekday: false });
    return trainedOn(mine, day()) ? t.trainedUntil(until) : t.trainingOver(until);
  };
  const confirmLabel = () => {
    const one = choice.resource;
    const at = minutes();
    if (!one) return t.confirm;
    if (bookedBy(one) === "day") return t.confirmDesk(one.code, dayWord(day()));
    return at ? t.confirmRoom(one.code, `${clockOfMinute(at.from)}–${clockOfMinute(at.until)}`) : t.confirm;
  };
  const byTime = () => choice.resource !== undefined && bookedBy(choice.resource) === "time";
  const lengths = () => {
    const { leastMinutes = 30, mostMinutes = 1440, granularityMinutes = 30 } = choice.resource ?? {};
    return [30, 60, 90, 120].filter(
      (length) => leastMinutes <= length && length <= mostMinutes && length % granularityMinutes === 0,
    );
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
                <span class="text-xs text-fg-3">
                  {one().kind === "room" ? t.seats(one().capacity) : kinds.kind[one().kind]}
                  <Show when={noteOf(one())}>{(note) => <> · {note()}</>}</Show>
                </span>
              </span>
            </>
          )}
        </Show>
        <FreeMark desk={desk} bufferMinutes={choice.resource?.bufferMinutes ?? 0} />
      </div>
      <Show when={!phone() || byTime()}>
        <WhenFields choice={choice} today={today()} size="lg" onDay={setPicked} onTime={setMinutes} />
      </Show>
      <Show when={byTime() && minutes()}>
        {(at) => (
          <Segmented
            label={t.howLong}
            size="lg"
            options={lengths().map((length) => ({ value: String(length), label: t.hoursLong(hours(length)) }))}
            bind={bound(
              () => String(at().until - at().from),
              (length) => setMinutes({ from: at().from, until: Math.min(1440, at().from + Number(length)) }),
            )}
          />
        )}
      </Show>
      <RepeatFields
        values={desk.series.values()}
        day={day()}
        furthest={choice.resource && plusDays(today(), choice.resource.horizonDays)}
        size="lg"
        onChange={desk.series.setValues}
      />
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
                    <Show when={!weekly()}>
                      <DayStrip
                        days={days()}
                        day={day()}
                        closed={(on) => openings(on).length === 0}
                        onDay={setPicked}
                      />
                    </Show>
                    <ShowBar
                      groups={present()}
                      group={group()}
                      onGroup={setPicking}
                      weekly={weekly()}
                      onWeekly={setWeekly}
                      day={day()}
                      today={today()}
                      onDay={setPicked}
                      seat={group() === "seat" ? firstSeat() : undefined}
                      onSeat={choose}
                    />
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
                    <Show when={weekly()}>
                      <WeekPane
                        space={params.space}
                        site={here()}
                        places={shown()}
                        day={day()}
                        today={today()}
                        staff={false}
                        onWeek={setPicked}
                        onOpen={(place, on) => {
                          setWeekly(false);
                          setPicked(on);
                          choose(place);
                        }}
                      />
                    </Show>
                    <Show when={!weekly()}>
                      <Show when={openings(day()).length > 0} fallback={<EmptyState title={t.closedDay} />}>
                        <Show when={daily().length > 0}>
                          <PlanPane
                            title={here().name}
                            resources={daily()}
                            held={held()}
                            site={here()}
                            moment={moment()}
                            nowLabel={undefined}
                            chosenLabel={undefined}
                            byChosen={false}
                            onMoment={() => {}}
                            choice={choice}
                            note={noteOf}
                            onChoose={choose}
                          />
                        </Show>
                        <Show when={timed().length > 0}>
                          <Show when={!phone()}>
                            <TimelinePane
                              places={timed()}
                              held={held()}
                              site={here()}
                              day={day()}
                              now={now()}
                              today={day() === today()}
                              choice={choice}
                              onChoose={choose}
                              mayMove={(booking) => ownOf(booking) !== undefined}
                              onOpen={(booking) => setMoving(ownOf(booking))}
                              onMove={(booking, { id }, span) =>
                                batch(() => {
                                  setTo({ resource: id, ...span });
                                  setMoving(ownOf(booking));
                                })
                              }
                            />
                          </Show>
                          <PlaceStarts
                            places={timed()}
                            starts={starts}
                            note={noteOf}
                            onStart={(one, from) => choose(one, { from, until: from + shortest(one) })}
                          />
                        </Show>
                      </Show>
                    </Show>
                  </div>
                }
              />
              <MoveDrawer
                space={params.space}
                row={moving()}
                to={to()}
                places={places.data}
                onClose={() =>
                  batch(() => {
                    setMoving(undefined);
                    setTo(undefined);
                  })
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
