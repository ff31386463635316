import { type BookingRowView, bookedBy } from "@yihao/booking/model";
import { createSignal, For, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { clock, clockRange, money } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { useMay } from "../../session.ts";
import { Button, LinkButton, TextButton } from "../../ui/button.tsx";
import { EmptyState, Loading, Note } from "../../ui/feedback.tsx";
import { Facts, Pane } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status } from "../../ui/status.tsx";
import { DataTable } from "../../ui/table.tsx";
import { toast } from "../../ui/toast.tsx";
import { whenOf } from "./cancel-dialog.tsx";
import { checkIn } from "./data.ts";
import { creditParts, priceText } from "./price-text.ts";
import { RequestState } from "./request-state.tsx";
import { requestWords } from "./request-words.ts";
import { SeriesLine, useSeriesOf } from "./series-part.tsx";
import { seriesWords } from "./series-words.ts";
import { statusOf } from "./view.ts";
import { bookingWords } from "./words.ts";

/** The bookings of a day as a list, in order of their start. */
export function AgendaTable(props: {
  rows: readonly BookingRowView[];
  resources: ReadonlySet<string>;
  now: string;
  loading: boolean;
  current: string | undefined;
  onOpen: (row: BookingRowView) => void;
}) {
  const t = bookingWords();
  return (
    <DataTable
      label={t.title}
      rows={props.rows.filter((row) => props.resources.has(row.resource))}
      rowKey={(row) => row.id}
      current={props.current}
      onOpen={props.onOpen}
      state={props.loading ? "loading" : "ready"}
      slow={t.slow}
      columns={[
        { key: "place", head: t.place, width: "120px", cell: (row) => <Plate han>{row.code}</Plate> },
        {
          key: "time",
          head: t.time,
          width: "120px",
          cell: (row) => (bookedBy(row) === "day" ? t.wholeDay : clockRange(row.from, row.until, row.zone)),
        },
        { key: "company", head: t.company, cell: (row) => row.companyName },
        { key: "person", head: t.person, from: "tablet", cell: (row) => row.personName },
        { key: "price", head: t.price, align: "end", from: "tablet", cell: (row) => priceText(row, t) },
        { key: "status", head: t.status, width: "104px", cell: (row) => <Status is={statusOf(row, props.now)} /> },
      ]}
      empty={<EmptyState title={t.listEmpty}>{t.listEmptySay}</EmptyState>}
    />
  );
}

/** One booking beside the day: who, when, at what price, and what can be done with it now. */
export function BookingDetail(props: {
  space: string;
  row: BookingRowView | undefined;
  now: string;
  loading: boolean;
  onCancel: (row: BookingRowView) => void;
  onMove: (row: BookingRowView) => void;
  onClose: () => void;
  onCompany: (company: string) => void;
}) {
  const t = bookingWords();
  return (
    <Pane
      title={t.detail}
      flush={false}
      note={
        <Show when={props.row}>
          {(row) => (
            <Plate tone="brand" han>
              {row().code}
            </Plate>
          )}
        </Show>
      }
      actions={
        <Button kind="text" icon="close" onClick={() => props.onClose()}>
          {t.close}
        </Button>
      }
    >
      <Show
        when={props.row}
        fallback={props.loading ? <Loading rows={4} /> : <EmptyState art={false} title={t.listEmpty} />}
      >
        {(row) => <BookingFacts {...props} row={row()} />}
      </Show>
    </Pane>
  );
}

/** What a booking costs: its money, and a line for each part that plan and packs pay. */
function Paid(props: { row: BookingRowView }) {
  const t = bookingWords();
  const parts = () => creditParts(props.row, t);
  return (
    <>
      <Show when={props.row.totalMinor > 0 || parts().length === 0}>
        <span class="block">{money(props.row.totalMinor)}</span>
      </Show>
      <For each={parts()}>{({ label, how }) => <span class="block">{`${label} ${how}`}</span>}</For>
    </>
  );
}

/** What a booking is and what can be done with it now: its body beside the day, and in a sheet on a phone. */
export function BookingFacts(props: {
  space: string;
  row: BookingRowView;
  now: string;
  onCancel: (row: BookingRowView) => void;
  onMove: (row: BookingRowView) => void;
  /** Given where whose it is can be looked up. */
  onCompany?: (company: string) => void;
}) {
  const t = bookingWords();
  const s = seriesWords();
  const r = requestWords();
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const enter = async (row: BookingRowView) => {
    setBusy(true);
    setProblem(undefined);
    try {
      const made = await checkIn(props.space, row, newIntent());
      toast({ text: t.checkedIn(clock(made.checkedInAt ?? props.now, row.zone)) });
    } catch (error) {
      setProblem(() => error);
    } finally {
      setBusy(false);
    }
  };
  const series = useSeriesOf(
    () => props.space,
    () => props.row,
    () => props.now,
  );
  const mayEnter = (row: BookingRowView) =>
    row.state === "booked" &&
    !row.checkedInAt &&
    Date.parse(props.now) >= Date.parse(row.from) - 30 * 60_000 &&
    props.now < row.until;
  const may = useMay(() => props.space);
  /** A company does with its own what it likes; of staff, whoever has the desk. */
  const acts = () => props.onCompany === undefined || may("booking.desk");
  const answerOf = ({ id, series }: BookingRowView) => (series ? "" : `&request=${id}`);
  const waits = (row: BookingRowView) => row.state === "tentative" && !row.hold;
  const mayCancel = (row: BookingRowView) => row.state !== "cancelled" && props.now < row.from;
  return (
    <div class="flex flex-col gap-4">
      <Status is={statusOf(props.row, props.now)} />
      <Facts
        items={[
          { label: t.when, value: whenOf(props.row, t.wholeDay) },
          { label: t.place, value: props.row.resourceName },
          ...(props.onCompany && !props.row.guest
            ? [
                {
                  label: t.company,
                  value: (
                    <TextButton onClick={() => props.onCompany?.(props.row.company)}>
                      {props.row.companyName}
                    </TextButton>
                  ),
                },
              ]
            : []),
          { label: t.who, value: props.row.personName },
          ...(props.row.guest ? [{ label: t.source, value: t.fromPublic }] : []),
          { label: t.paid, value: <Paid row={props.row} /> },
          ...(props.row.series ? [{ label: s.series, value: <SeriesLine of={series} /> }] : []),
        ]}
      />
      <Show when={props.row.checkedInAt}>
        {(at) => <p class="text-xs text-fg-2">{t.checkedIn(clock(at(), props.row.zone))}</p>}
      </Show>
      <Show when={props.row.noShowAt}>
        {(at) => <p class="text-xs text-fg-2">{t.releasedAt(clock(at(), props.row.zone))}</p>}
      </Show>
      <Show when={props.row.state === "booked" && !props.row.checkedInAt && props.row.noShowMinutes}>
        {(minutes) => (
          <p class="text-xs text-fg-2">{t.noShowTerms(minutes(), props.row.cancellation?.percent ?? 100)}</p>
        )}
      </Show>
      <RequestState row={props.row} />
      <Show when={problem() !== undefined}>
        <Note tone="bad" alert>
          {explain(problem())}
        </Note>
      </Show>
      <div class="flex flex-wrap gap-2">
        <Show when={acts() && mayEnter(props.row)}>
          <Button kind="primary" icon="check" busy={busy()} onClick={() => void enter(props.row)}>
            {t.checkIn}
          </Button>
        </Show>
        <Show when={waits(props.row) && props.onCompany && may("booking.approve")}>
          <LinkButton
            kind="primary"
            icon="check"
            href={`/s/${props.space}/bookings?view=requests${answerOf(props.row)}`}
          >
            {r.answer}
          </LinkButton>
        </Show>
        <Show when={acts() && mayCancel(props.row)}>
          <Show when={props.row.state === "booked" && !props.row.guest}>
            <Button onClick={() => props.onMove(props.row)}>{s.move}</Button>
          </Show>
          <Button kind="danger-outline" onClick={() => props.onCancel(props.row)}>
            {waits(props.row) ? r.withdraw : t.cancel}
          </Button>
        </Show>
      </div>
    </div>
  );
}
