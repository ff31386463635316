import type { BookingRowView } from "@yihao/booking/model";
import { createSignal, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { clock, clockRange, hours, money } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { Button, TextButton } from "../../ui/button.tsx";
import { EmptyState, Loading, Note } from "../../ui/feedback.tsx";
import { Facts, Pane } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status } from "../../ui/status.tsx";
import { DataTable } from "../../ui/table.tsx";
import { toast } from "../../ui/toast.tsx";
import { whenOf } from "./cancel-dialog.tsx";
import { checkIn } from "./data.ts";
import { statusOf } from "./view.ts";
import { bookingWords } from "./words.ts";

/** What a booking costs in a list: money, and the plan's hours when they pay. */
export function priceText(row: Pick<BookingRowView, "totalMinor" | "allowanceMinutes">, byPlan: string): string {
  if (row.allowanceMinutes === 0) return money(row.totalMinor);
  const part = `${byPlan} ${hours(row.allowanceMinutes)} h`;
  return row.totalMinor > 0 ? `${money(row.totalMinor)} + ${part}` : part;
}

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
          cell: (row) => (row.kind === "desk" ? t.wholeDay : clockRange(row.from, row.until, row.zone)),
        },
        { key: "company", head: t.company, cell: (row) => row.companyName },
        { key: "person", head: t.person, from: "tablet", cell: (row) => row.personName },
        { key: "price", head: t.price, align: "end", from: "tablet", cell: (row) => priceText(row, t.byAllowance) },
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
  onClose: () => void;
  onCompany: (company: string) => void;
}) {
  const t = bookingWords();
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
  const mayEnter = (row: BookingRowView) =>
    row.state === "booked" &&
    !row.checkedInAt &&
    Date.parse(props.now) >= Date.parse(row.from) - 30 * 60_000 &&
    props.now < row.until;
  const mayCancel = (row: BookingRowView) => row.state === "booked" && props.now < row.from;
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
        {(row) => (
          <div class="flex flex-col gap-4">
            <Status is={statusOf(row(), props.now)} />
            <Facts
              items={[
                { label: t.when, value: whenOf(row(), t.wholeDay) },
                { label: t.place, value: row().resourceName },
                {
                  label: t.company,
                  value: <TextButton onClick={() => props.onCompany(row().company)}>{row().companyName}</TextButton>,
                },
                { label: t.who, value: row().personName },
                { label: t.paid, value: priceText(row(), t.byAllowance) },
              ]}
            />
            <Show when={row().checkedInAt}>
              {(at) => <p class="text-xs text-fg-2">{t.checkedIn(clock(at(), row().zone))}</p>}
            </Show>
            <Show when={problem() !== undefined}>
              <Note tone="bad" alert>
                {explain(problem())}
              </Note>
            </Show>
            <div class="flex flex-wrap gap-2">
              <Show when={mayEnter(row())}>
                <Button kind="primary" icon="check" busy={busy()} onClick={() => void enter(row())}>
                  {t.checkIn}
                </Button>
              </Show>
              <Show when={mayCancel(row())}>
                <Button kind="danger-outline" onClick={() => props.onCancel(row())}>
                  {t.cancel}
                </Button>
              </Show>
            </div>
          </div>
        )}
      </Show>
    </Pane>
  );
}
