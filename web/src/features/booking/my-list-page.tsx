import { useParams } from "@solidjs/router";
import { type BookingRowView, bookedBy } from "@yihao/booking/model";
import { daySpan } from "@yihao/kernel/days";
import { createSignal, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { clock, clockRange, dayOf, dayProse } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { Segmented } from "../../ui/choice-field.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { Sheet } from "../../ui/overlay.tsx";
import { media, Pane } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status } from "../../ui/status.tsx";
import { DataTable } from "../../ui/table.tsx";
import { toast } from "../../ui/toast.tsx";
import { BookingFacts } from "./agenda.tsx";
import { CancelDialog } from "./cancel-dialog.tsx";
import { checkIn, useNow, useOwnBookings, usePlaces } from "./data.ts";
import { MoveDrawer } from "./move-drawer.tsx";
import { MyHead } from "./my-head.tsx";
import { priceText } from "./price-text.ts";
import { RequestNote } from "./request-state.tsx";
import { requestWords } from "./request-words.ts";
import { seriesWords } from "./series-words.ts";
import { SubscribeDrawer } from "./subscribe-panel.tsx";
import { subscribeWords } from "./subscribe-words.ts";
import { statusOf } from "./view.ts";
import { WaitsPane } from "./wait-panel.tsx";
import { bookingWords } from "./words.ts";

/** What the company has booked: from today on in order of start, or earlier ones newest first; each can be checked in or cancelled in its time. */
export default function MyListPage() {
  const t = bookingWords();
  const s = seriesWords();
  const r = requestWords();
  const params = useParams<{ space: string }>();
  const now = useNow();
  const places = usePlaces(() => params.space);
  const zone = () => places.data?.sites[0]?.zone ?? "Asia/Shanghai";
  const begins = () => daySpan(dayOf(now(), zone()), zone()).from;
  const [which, setWhich] = createSignal<"upcoming" | "past">("upcoming");
  const [cancelling, setCancelling] = createSignal<BookingRowView | undefined>();
  const phone = media("(max-width: 767px)");
  const [opened, setOpened] = createSignal<string | undefined>();
  const looking = () => rows().find(({ id }) => id === opened());
  const [moving, setMoving] = createSignal<BookingRowView | undefined>();
  const [subscribing, setSubscribing] = createSignal(false);
  const own = useOwnBookings(
    () => params.space,
    () => (which() === "upcoming" ? { from: begins() } : { newest: true }),
  );
  const rows = () => (own.data?.items ?? []).filter((row) => which() === "upcoming" || row.from < begins());
  const enter = (row: BookingRowView) =>
    void checkIn(params.space, row, newIntent())
      .then((made) => toast({ text: t.checkedIn(clock(made.checkedInAt ?? now(), row.zone)) }))
      .catch((error: unknown) => toast({ text: explain(error), tone: "bad" }));
  const act = (row: BookingRowView) => {
    if (row.state === "cancelled" || now() >= row.until || row.checkedInAt) return null;
    const waits = row.state === "tentative";
    const soon = !waits && Date.parse(now()) >= Date.parse(row.from) - 30 * 60_000;
    return (
      <span class="inline-flex gap-2">
        <Show when={soon}>
          <Button size="sm" icon="check" onClick={() => enter(row)}>
            {t.checkIn}
          </Button>
        </Show>
        <Show when={now() < row.from}>
          <Show when={!waits}>
            <Button size="sm" kind="text" onClick={() => setMoving(row)} aria-label={`${s.move} ${row.code}`}>
              {s.move}
            </Button>
          </Show>
          <Button
            size="sm"
            kind="text"
            onClick={() => setCancelling(row)}
            aria-label={`${waits ? r.withdraw : t.cancel} ${row.code}`}
          >
            {waits ? r.withdraw : t.cancel}
          </Button>
        </Show>
      </span>
    );
  };
  return (
    <>
      <MyHead space={params.space} />
      <div class="min-h-0 flex-1 overflow-auto">
        <Show when={which() === "upcoming"}>
          <div class="border-b border-line">
            <WaitsPane space={params.space} staff={false} />
          </div>
        </Show>
        <div>
          <Pane
            title={t.mineTitle}
            actions={
              <>
                <Button size="sm" icon="calendar" onClick={() => setSubscribing(true)}>
                  {subscribeWords().title}
                </Button>
                <Segmented
                  bare
                  small
                  label={t.view}
                  options={[
                    { value: "upcoming", label: t.upcoming },
                    { value: "past", label: t.past },
                  ]}
                  bind={bound<"upcoming" | "past">(which, setWhich)}
                />
              </>
            }
          >
            <DataTable
              label={t.mineTitle}
              rows={rows()}
              rowKey={(row) => row.id}
              rowHeight={44}
              {...(phone() ? { onOpen: (row: BookingRowView) => setOpened(row.id) } : {})}
              state={own.isError ? "error" : own.isPending ? "loading" : "ready"}
              problem={own.error}
              errorTitle={t.notRead}
              onRetry={() => void own.refetch()}
              slow={t.slow}
              columns={[
                { key: "place", head: t.place, width: "84px", cell: (row) => <Plate han>{row.code}</Plate> },
                {
                  key: "when",
                  head: t.time,
                  cell: (row) => (
                    <span>
                      {dayProse(row.day)}{" "}
                      <span class="text-fg-2">
                        {bookedBy(row) === "day" ? t.wholeDay : clockRange(row.from, row.until, row.zone)}
                      </span>
                      <Show when={row.series}>
                        <span class="text-xs text-fg-3"> · {s.series}</span>
                      </Show>
                      <RequestNote row={row} />
                    </span>
                  ),
                },
                { key: "who", head: t.person, from: "tablet", cell: (row) => row.personName },
                {
                  key: "price",
                  head: t.price,
                  align: "end",
                  from: "tablet",
                  cell: (row) => priceText(row, t),
                },
                { key: "act", head: t.act, width: "190px", from: "tablet", cell: act },
                { key: "status", head: t.status, width: "116px", cell: (row) => <Status is={statusOf(row, now())} /> },
              ]}
              empty={
                <EmptyState
                  title={t.mineEmpty}
                  actions={<LinkButton href={`/s/${params.space}/my/bookings`}>{t.book}</LinkButton>}
                >
                  {t.mineEmptySay}
                </EmptyState>
              }
            />
          </Pane>
        </div>
      </div>
      <Sheet
        open={phone() && looking() !== undefined}
        onClose={() => setOpened(undefined)}
        title={looking()?.code ?? ""}
      >
        <Show when={looking()}>
          {(row) => (
            <BookingFacts
              space={params.space}
              row={row()}
              now={now()}
              onCancel={(one) => {
                setOpened(undefined);
                setCancelling(one);
              }}
              onMove={(one) => {
                setOpened(undefined);
                setMoving(one);
              }}
            />
          )}
        </Show>
      </Sheet>
      <SubscribeDrawer
        space={params.space}
        resources={places.data?.resources ?? []}
        open={subscribing()}
        onClose={() => setSubscribing(false)}
      />
      <CancelDialog space={params.space} row={cancelling()} onClose={() => setCancelling(undefined)} />
      <MoveDrawer space={params.space} row={moving()} places={places.data} onClose={() => setMoving(undefined)} />
    </>
  );
}
