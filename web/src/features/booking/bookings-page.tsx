import { useNavigate, useParams, useSearchParams } from "@solidjs/router";
import { type BookingRowView, bookedBy, type ResourceId, type ResourceView } from "@yihao/booking/model";
import { instantOf, plusDays } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { batch, createMemo, createSignal, Match, onCleanup, onMount, Show, Switch } from "solid-js";
import { clock, clockOfMinute, dayOf, minuteOfDay } from "../../format.ts";
import { useRuler } from "../../frame/slots.ts";
import { useMay } from "../../session.ts";
import { bound } from "../../ui/binding.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { Segmented, SelectField } from "../../ui/choice-field.tsx";
import { ComboField } from "../../ui/combo-field.tsx";
import { EmptyState, ErrorState, Loading } from "../../ui/feedback.tsx";
import { useKeys } from "../../ui/keys.ts";
import { PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { AgendaTable, BookingDetail } from "./agenda.tsx";
import { type Choice, createBookingDesk } from "./booking-desk.ts";
import { CancelDialog } from "./cancel-dialog.tsx";
import { WhenFields } from "./choice-fields.tsx";
import { findCompanies, useAgenda, useNow, usePlaces } from "./data.ts";
import { PlanPane, TimelinePane } from "./day-board.tsx";
import { kindWords } from "./kind-words.ts";
import { type Group, groupOf, groupsOf } from "./kinds.ts";
import { MoveDrawer } from "./move-drawer.tsx";
import { ConfirmButton, FreeMark, QuoteBody } from "./quote-panel.tsx";
import { RepeatFields } from "./repeat-fields.tsx";
import { useRequests } from "./request-data.ts";
import { requestWords } from "./request-words.ts";
import { RequestDetail, RequestsTable } from "./requests-pane.tsx";
import { heldByRows } from "./view.ts";
import { WaitsPane } from "./wait-panel.tsx";
import { WeekPane } from "./week-pane.tsx";
import { bookingWords } from "./words.ts";

type Shown = "all" | Group;
const views = ["plan", "week", "list", "requests"] as const;
type View = (typeof views)[number];

/** The operator's bookings of a day: plan and timeline of all places, a new booking priced beside them, and the list. */
export default function BookingsPage() {
  const t = bookingWords();
  const kinds = kindWords();
  const params = useParams<{ space: string }>();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams<{
    day?: string;
    site?: string;
    booking?: string;
    resource?: string;
    view?: string;
    request?: string;
  }>();
  const now = useNow();
  const places = usePlaces(() => params.space);
  const site = createMemo(() => places.data?.sites.find(({ id }) => id === search.site) ?? places.data?.sites[0]);
  const zone = () => site()?.zone ?? "Asia/Shanghai";
  const today = () => dayOf(now(), zone());
  const day = () => search.day ?? today();
  const [kind, setKind] = createSignal<Shown>("all");
  const [floor, setFloor] = createSignal("all");
  const view = (): View => views.find((one) => one === search.view) ?? "plan";
  const setView = (next: View) =>
    setSearch({ view: next === "plan" ? undefined : next, request: undefined, booking: undefined });
  const [chosen, setChosen] = createSignal<string | undefined>(search.resource);
  const [minutes, setMinutes] = createSignal<{ from: number; until: number } | undefined>();
  const [byChosen, setByChosen] = createSignal(false);
  const [panel, setPanel] = createSignal(search.resource !== undefined);
  const [company, setCompany] = createSignal<{ id: CompanyId; name: string } | undefined>();
  const [companies, setCompanies] = createSignal<{ id: CompanyId; name: string }[]>([]);
  const [cancelling, setCancelling] = createSignal<BookingRowView | undefined>();
  const [moving, setMoving] = createSignal<BookingRowView | undefined>();
  const [moveTo, setMoveTo] = createSignal<{ resource: ResourceId; from: number; until: number } | undefined>();
  const agenda = useAgenda(
    () => params.space,
    () => site()?.id,
    day,
  );
  const rows = () => agenda.data?.items ?? [];
  const may = useMay(() => params.space);
  const books = () => may("booking.desk");
  const requests = useRequests(
    () => params.space,
    () => may("booking.approve"),
  );
  const asking = () => view() === "requests";
  const request = () => requests.data?.find(({ booking }) => booking === search.request);
  const afterAnswer = () => {
    const all = requests.data ?? [];
    const at = all.findIndex(({ booking }) => booking === search.request);
    setSearch({ request: (all[at + 1] ?? all[at - 1])?.booking });
  };
  const held = createMemo(() => heldByRows(rows()));
  const ofSite = createMemo(() => (places.data?.resources ?? []).filter((one) => one.site === site()?.id));
  const floors = () => (places.data?.floors ?? []).filter((one) => one.site === site()?.id);
  const shown = createMemo(() =>
    ofSite().filter(
      (one) => (kind() === "all" || groupOf(one) === kind()) && (floor() === "all" || one.floor === floor()),
    ),
  );
  const timed = () => shown().filter((one) => bookedBy(one) === "time");
  const choice: Choice = {
    get resource() {
      return ofSite().find(({ id }) => id === chosen());
    },
    get day() {
      return day();
    },
    get minutes() {
      return minutes();
    },
  };
  const open = () => rows().find(({ id }) => id === search.booking);
  const looking = () => search.booking !== undefined;
  const moment = () => {
    const at = minutes();
    if ((byChosen() || day() !== today()) && at) return instantOf(day(), clockOfMinute(at.from), zone());
    return day() === today() ? now() : instantOf(day(), "12:00", zone());
  };
  const choose = (resource: ResourceView, at?: { from: number; until: number }) => {
    setSearch({ booking: undefined });
    setChosen(resource.id);
    if (bookedBy(resource) === "time") setMinutes(at ?? minutes() ?? nextHour());
    setPanel(books());
  };
  const nextHour = () => {
    const from = day() === today() ? Math.ceil((minuteOfDay(now(), day(), zone()) + 1) / 30) * 30 : 600;
    return { from: Math.min(from, 1380), until: Math.min(from + 60, 1440) };
  };
  const toDay = (next: string) => setSearch({ day: next === today() ? undefined : next, booking: undefined });
  const close = () => {
    setPanel(false);
    setChosen(undefined);
    setSearch({ booking: undefined });
  };
  const desk = createBookingDesk({
    get space() {
      return params.space;
    },
    get site() {
      return site();
    },
    choice,
    get company() {
      return company();
    },
    staff: true,
    onTime: setMinutes,
    onPlace: (resource) => setChosen(resource),
    onBooked: () => {
      setPanel(false);
      setChosen(undefined);
    },
  });
  const findCompany = (text: string) =>
    void findCompanies(params.space, text)
      .then(setCompanies)
      .catch(() => setCompanies([]));
  onMount(() => findCompany(""));
  useKeys([
    { keys: "n", label: t.newBooking, run: () => books() && setPanel(true) },
    { keys: "mod+enter", label: t.confirm, run: () => panel() && !asking() && void desk.confirm() },
  ]);
  const load = () => {
    const active = ofSite().filter((one) => one.state === "active").length;
    return Array.from({ length: 30 }, (_, index) => {
      const at = instantOf(day(), clockOfMinute(420 + index * 30), zone());
      const busy = rows().filter((row) => row.state !== "cancelled" && row.from <= at && at < row.until).length;
      return active === 0 ? 0 : Math.min(1, busy / active);
    });
  };
  useRuler(() => ({
    day: day(),
    load: load(),
    ...(byChosen() && minutes() ? { look: minutes()?.from } : {}),
    onLook: (minute) => {
      if (minute === undefined) {
        setByChosen(false);
        toDay(today());
        return;
      }
      const length = minutes() ? (minutes()?.until ?? 0) - (minutes()?.from ?? 0) : 60;
      const from = Math.round(minute / 30) * 30;
      setMinutes({ from, until: Math.min(1440, from + length) });
      setByChosen(true);
    },
    onDay: (by) => toDay(plusDays(day(), by)),
  }));
  const chosenLabel = () => {
    const at = minutes();
    return at ? t.chosenAt(`${clockOfMinute(at.from)}–${clockOfMinute(at.until)}`) : undefined;
  };
  onCleanup(() => setChosen(undefined));

  const newPanel = () => (
    <Pane
      label={t.newBooking}
      title={t.newBooking}
      flush={false}
      note={
        <Show when={choice.resource}>
          {(one) => (
            <Plate tone="brand" han>
              {one().code}
            </Plate>
          )}
        </Show>
      }
      actions={
        <Button kind="text" icon="close" onClick={close}>
          {t.close}
        </Button>
      }
      foot={<ConfirmButton desk={desk} label={t.confirm} keys />}
    >
      <div class="flex flex-col gap-4">
        <FreeMark desk={desk} bufferMinutes={choice.resource?.bufferMinutes ?? 0} />
        <WhenFields choice={choice} today={today()} onDay={toDay} onTime={setMinutes} />
        <RepeatFields
          values={desk.series.values()}
          day={day()}
          furthest={choice.resource && plusDays(today(), choice.resource.horizonDays)}
          onChange={desk.series.setValues}
        />
        <ComboField
          label={t.company}
          placeholder={t.companyHow}
          options={companies().map(({ id, name }) => ({ value: id, label: name }))}
          onSearch={findCompany}
          bind={bound(
            () => company()?.id ?? "",
            (id) => setCompany(companies().find((one) => one.id === id)),
          )}
        />
        <QuoteBody desk={desk} choice={choice} site={site()} staff companyName={company()?.name} />
      </div>
    </Pane>
  );
  return (
    <>
      <PageHead
        title={t.title}
        tabs={
          <span class="flex flex-wrap items-center gap-3">
            <Segmented
              bare
              label={t.show}
              options={[
                { value: "all", label: t.all },
                ...groupsOf(ofSite()).map((group) => ({ value: group, label: kinds.group[group] })),
              ]}
              bind={bound<Shown>(kind, setKind)}
            />
            <Show when={(places.data?.sites.length ?? 0) > 1}>
              <SelectField
                bare
                label={t.site}
                icon="building"
                options={(places.data?.sites ?? []).map(({ id, name }) => ({ value: id as string, label: name }))}
                bind={bound<string>(
                  () => site()?.id ?? "",
                  (id) => setSearch({ site: id, booking: undefined }),
                )}
              />
            </Show>
            <Show when={floors().length > 1}>
              <SelectField
                bare
                label={t.floor}
                icon="building"
                options={[
                  { value: "all", label: t.allFloors },
                  ...floors().map(({ id, name }) => ({ value: id as string, label: name })),
                ]}
                bind={bound<string>(floor, setFloor)}
              />
            </Show>
          </span>
        }
        actions={
          <>
            <Segmented
              bare
              label={t.view}
              options={[
                { value: "plan", label: t.byPlan },
                { value: "week", label: t.byWeek },
                { value: "list", label: t.byList },
                ...(may("booking.approve")
                  ? [{ value: "requests" as const, label: requestWords().tab(requests.data?.length ?? 0) }]
                  : []),
              ]}
              bind={bound<View>(view, setView)}
            />
            <LinkButton icon="building" href={`/s/${params.space}/plan`}>
              {t.floorPlan}
            </LinkButton>
            <Show when={may("booking.visitors")}>
              <LinkButton icon="door" href={`/s/${params.space}/visitors`}>
                {t.visitors}
              </LinkButton>
            </Show>
            <Show when={books()}>
              <Button icon="plus" keys={["N"]} onClick={() => setPanel(true)}>
                {t.newBooking}
              </Button>
            </Show>
          </>
        }
      />
      <Switch fallback={<Loading rows={8} slow={t.slow} />}>
        <Match when={places.isError}>
          <div class="p-4">
            <ErrorState title={t.placesNotRead} problem={places.error} onRetry={() => void places.refetch()} />
          </div>
        </Match>
        <Match when={places.data && ofSite().length === 0}>
          <EmptyState
            title={t.noPlaces}
            actions={
              <LinkButton kind="primary" href={`/s/${params.space}/settings/places`}>
                {t.setPlaces}
              </LinkButton>
            }
          >
            {t.noPlacesSay}
          </EmptyState>
        </Match>
        <Match when={site()}>
          {(here) => (
            <Panes
              detailWidth={384}
              detailOpen={asking() ? search.request !== undefined : panel() || looking()}
              detailTitle={asking() ? requestWords().request : looking() ? t.detail : t.newBooking}
              onCloseDetail={() => (asking() ? setSearch({ request: undefined }) : close())}
              detail={
                <Switch fallback={newPanel()}>
                  <Match when={asking()}>
                    <RequestDetail
                      space={params.space}
                      request={request()}
                      onDone={afterAnswer}
                      onClose={() => setSearch({ request: undefined })}
                      onDay={({ day, site, booking }) =>
                        setSearch({ view: undefined, request: undefined, day, site, booking })
                      }
                      onCompany={(id) => navigate(`/s/${params.space}/members/${id}`)}
                    />
                  </Match>
                  <Match when={looking()}>
                    <BookingDetail
                      space={params.space}
                      row={open()}
                      now={now()}
                      loading={agenda.isPending}
                      onCancel={setCancelling}
                      onMove={setMoving}
                      onClose={close}
                      onCompany={(id) => navigate(`/s/${params.space}/members/${id}`)}
                    />
                  </Match>
                </Switch>
              }
              work={
                <div class="flex min-h-0 flex-col overflow-auto">
                  <Show when={agenda.isError}>
                    <div class="p-4">
                      <ErrorState
                        title={t.notRead}
                        still={t.notReadStill}
                        problem={agenda.error}
                        onRetry={() => void agenda.refetch()}
                      />
                    </div>
                  </Show>
                  <Show when={asking()}>
                    {/* As high as its rows, so that who waits follows at once. */}
                    <div class="flex-none">
                      <RequestsTable
                        space={params.space}
                        requests={requests}
                        now={now()}
                        current={search.request}
                        onOpen={({ booking }) => setSearch({ request: booking })}
                      />
                    </div>
                    <Show when={books()}>
                      <WaitsPane space={params.space} staff />
                    </Show>
                  </Show>
                  <Show when={view() === "week"}>
                    <WeekPane
                      space={params.space}
                      site={here()}
                      places={shown()}
                      day={day()}
                      today={today()}
                      staff
                      onWeek={toDay}
                      onOpen={(place, on) => {
                        setSearch({ view: undefined, day: on === today() ? undefined : on });
                        choose(place);
                      }}
                    />
                  </Show>
                  <Show when={view() === "list"}>
                    <AgendaTable
                      rows={rows()}
                      resources={new Set(shown().map(({ id }) => id as string))}
                      now={now()}
                      loading={agenda.isPending}
                      current={search.booking}
                      onOpen={(row) => setSearch({ booking: row.id })}
                    />
                  </Show>
                  <Show when={view() === "plan"}>
                    <PlanPane
                      title={t.plan(floors().find(({ id }) => id === floor())?.name ?? here().name)}
                      resources={shown()}
                      held={held()}
                      site={here()}
                      moment={moment()}
                      nowLabel={day() === today() ? t.nowAt(clock(now(), zone())) : undefined}
                      chosenLabel={chosenLabel()}
                      byChosen={byChosen() || day() !== today()}
                      onMoment={setByChosen}
                      choice={choice}
                      onChoose={(one) => choose(one)}
                    />
                    <Show when={timed().length > 0}>
                      <TimelinePane
                        places={timed()}
                        held={held()}
                        site={here()}
                        day={day()}
                        now={now()}
                        today={day() === today()}
                        choice={choice}
                        onChoose={choose}
                        onOpen={(booking) => setSearch({ booking })}
                        onMove={(booking, { id }, span) =>
                          batch(() => {
                            setMoveTo({ resource: id, ...span });
                            setMoving(rows().find((row) => row.id === booking));
                          })
                        }
                      />
                    </Show>
                  </Show>
                </div>
              }
            />
          )}
        </Match>
      </Switch>
      <CancelDialog space={params.space} staff row={cancelling()} onClose={() => setCancelling(undefined)} />
      <MoveDrawer
        space={params.space}
        row={moving()}
        to={moveTo()}
        places={places.data}
        onClose={() =>
          batch(() => {
            setMoveTo(undefined);
            setMoving(undefined);
          })
        }
        onMoved={(booking) =>
          booking && setSearch({ day: booking.day === today() ? undefined : booking.day, booking: booking.id })
        }
      />
    </>
  );
}
