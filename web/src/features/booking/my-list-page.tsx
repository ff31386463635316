import { useParams } from "@solidjs/router";
import type { BookingRowView } from "@yihao/booking/model";
import { daySpan } from "@yihao/kernel/days";
import { createSignal, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { clock, clockRange, dayOf, dayProse } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { Segmented } from "../../ui/choice-field.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { Pane } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status } from "../../ui/status.tsx";
import { DataTable } from "../../ui/table.tsx";
import { toast } from "../../ui/toast.tsx";
import { priceText } from "./agenda.tsx";
import { CancelDialog } from "./cancel-dialog.tsx";
import { checkIn, useNow, useOwnBookings, usePlaces } from "./data.ts";
import { MyHead } from "./my-head.tsx";
import { statusOf } from "./view.ts";
import { bookingWords } from "./words.ts";

/** What the company has booked: from today on in order of start, or earlier ones newest first; each can be checked in or cancelled in its time. */
export default function MyListPage() {
  const t = bookingWords();
  const params = useParams<{ space: string }>();
  const now = useNow();
  const places = usePlaces(() => params.space);
  const zone = () => places.data?.sites[0]?.zone ?? "Asia/Shanghai";
  const begins = () => daySpan(dayOf(now(), zone()), zone()).from;
  const [which, setWhich] = createSignal<"upcoming" | "past">("upcoming");
  const [cancelling, setCancelling] = createSignal<BookingRowView | undefined>();
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
    if (row.state !== "booked" || now() >= row.until || row.checkedInAt) return null;
    const soon = Date.parse(now()) >= Date.parse(row.from) - 30 * 60_000;
    return (
      <span class="inline-flex gap-2">
        <Show when={soon}>
          <Button size="sm" icon="check" onClick={() => enter(row)}>
            {t.checkIn}
          </Button>
        </Show>
        <Show when={now() < row.from}>
          <Button size="sm" kind="text" onClick={() => setCancelling(row)} aria-label={t.cancelTitle(row.code)}>
            {t.cancel}
          </Button>
        </Show>
      </span>
    );
  };
  return (
    <>
      <MyHead space={params.space} />
      <div class="min-h-0 flex-1">
        <Pane
          title={t.mineTitle}
          actions={
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
          }
        >
          <DataTable
            label={t.mineTitle}
            rows={rows()}
            rowKey={(row) => row.id}
            rowHeight={44}
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
                      {row.kind === "desk" ? t.wholeDay : clockRange(row.from, row.until, row.zone)}
                    </span>
                  </span>
                ),
              },
              { key: "who", head: t.person, from: "tablet", cell: (row) => row.personName },
              {
                key: "price",
                head: t.price,
                align: "end",
                from: "tablet",
                cell: (row) => priceText(row, t.byAllowance),
              },
              { key: "act", head: t.act, width: "150px", cell: act },
              { key: "status", head: t.status, width: "88px", cell: (row) => <Status is={statusOf(row, now())} /> },
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
      <CancelDialog space={params.space} row={cancelling()} onClose={() => setCancelling(undefined)} />
    </>
  );
}
