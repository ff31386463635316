import { useNavigate, useParams } from "@solidjs/router";
import type { InvoiceRow } from "@yihao/billing/model";
import { createMemo, createSignal, Show } from "solid-js";
import { dayCell, money } from "../../format.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { AgeingBars } from "../../ui/charts.tsx";
import { ErrorState, Loading, NoRight } from "../../ui/feedback.tsx";
import { useKeys } from "../../ui/keys.ts";
import { PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { SearchBox } from "../../ui/text-field.tsx";
import { useBill, useBills, usePaidBills, useSummary } from "./data.ts";
import { FinaliseAllDialog, FinaliseDialog } from "./finalise-dialog.tsx";
import { RecordDrawer } from "./record-drawer.tsx";
import { useRights } from "./rights.ts";
import { RunDialog } from "./run-dialog.tsx";
import { BillPayments, BillSheet } from "./sheet.tsx";
import { deviceDay, isOverdue, openOf, statusOf } from "./view.ts";
import { billWords } from "./words.ts";

/** Bills (账单) for those who may see them. */
export default function BillingPage() {
  const t = billWords();
  const params = useParams<{ space: string }>();
  const rights = useRights(() => params.space);
  return (
    <Show when={rights.known()} fallback={<Loading rows={6} />}>
      <Show
        when={rights.mayRead()}
        fallback={
          <>
            <PageHead title={t.title} />
            <NoRight title={t.noRightTitle}>{t.noRight}</NoRight>
          </>
        }
      >
        <Bills mayRecord={rights.mayRecord()} />
      </Show>
    </Show>
  );
}

type ListState = "due" | "overdue" | "paid" | "draft";

/** Receivables by age, bills by state, one bill beside them; drawing, finalising and recording money. */
function Bills(props: { mayRecord: boolean }) {
  const t = billWords();
  const params = useParams<{ space: string; invoice?: string }>();
  const navigate = useNavigate();
  const space = () => params.space;
  const summary = useSummary(space);
  const today = () => summary.data?.today ?? deviceDay();
  const [state, setState] = createSignal<ListState>("due");
  const [text, setText] = createSignal("");
  const [drawing, setDrawing] = createSignal(false);
  const [recording, setRecording] = createSignal(false);
  const [finalising, setFinalising] = createSignal(false);
  const [finalisingAll, setFinalisingAll] = createSignal(false);
  const drafts = useBills(space, "draft");
  const due = useBills(space, "due");
  const paid = usePaidBills(space, () => state() === "paid");
  const bill = useBill(space, () => params.invoice);
  const query = () => ({ draft: drafts, due, overdue: due, paid })[state()];
  const shown = createMemo(() => {
    const paidRows = paid.data?.pages.flatMap(({ items }) => items) ?? [];
    const rows: readonly InvoiceRow[] =
      { draft: drafts.data, due: due.data, overdue: due.data, paid: paidRows }[state()] ?? [];
    const wanted = text().trim().toLowerCase();
    return rows.filter(
      (one) =>
        (state() !== "overdue" || isOverdue(one, today())) &&
        `${one.companyName} ${one.number ?? ""}`.toLowerCase().includes(wanted),
    );
  });
  const open = (id: string | undefined) => navigate(`/s/${space()}/billing${id ? `/${id}` : ""}`, { scroll: false });
  const step = (by: 1 | -1) => {
    const next = shown()[shown().findIndex(({ id }) => id === params.invoice) + by];
    if (next) open(next.id);
  };
  const waiting = () => bill.data !== undefined && bill.data.state !== "draft" && openOf(bill.data) > 0;
  useKeys([
    { keys: "p", label: t.record, run: () => props.mayRecord && setRecording(true) },
    { keys: "[", label: t.previous, run: () => step(-1) },
    { keys: "]", label: t.next, run: () => step(1) },
  ]);
  const columns = (): Column<InvoiceRow>[] => [
    {
      key: "number",
      head: t.number,
      width: "136px",
      cell: (one) => <span class="font-mono text-xs">{one.number ?? t.noNumber}</span>,
    },
    { key: "company", head: t.company, cell: (one) => <b>{one.companyName}</b> },
    { key: "month", head: t.month, width: "80px", from: "tablet", cell: (one) => one.month },
    { key: "total", head: t.total, width: "112px", align: "end", cell: (one) => money(one.totalMinor) },
    {
      key: "received",
      head: t.received,
      width: "112px",
      align: "end",
      from: "tablet",
      cell: (one) => (one.paidMinor === 0 ? "—" : money(one.paidMinor)),
    },
    {
      key: "due",
      head: t.dueOn,
      width: "72px",
      from: "tablet",
      cell: (one) => (one.dueOn ? dayCell(one.dueOn, Number(today().slice(0, 4))) : "—"),
    },
    { key: "state", head: t.state, width: "128px", cell: (one) => <Status {...statusOf(one, today())} /> },
  ];
  const tabs = () => [
    { key: "due" as const, label: t.due, ...(summary.data ? { count: summary.data.due.count } : {}) },
    { key: "overdue" as const, label: t.overdue, ...(summary.data ? { count: summary.data.overdue.count } : {}) },
    { key: "paid" as const, label: t.paid },
    { key: "draft" as const, label: t.draft, ...(summary.data ? { count: summary.data.drafts.count } : {}) },
  ];
  const ages = () =>
    (summary.data?.ages ?? []).map(({ upTo, count, openMinor }, index, all) => ({
      label:
        index === 0
          ? t.notDue
          : upTo === null
            ? t.daysMore(all[index - 1]?.upTo ?? 90)
            : t.days((all[index - 1]?.upTo ?? 0) + 1, upTo),
      note: t.bills(count),
      value: openMinor,
    }));
  const sums = () => {
    const sum = (pick: (one: InvoiceRow) => number) => shown().reduce((all, one) => all + pick(one), 0);
    return t.sums(money(sum((one) => one.totalMinor)), money(sum((one) => one.paidMinor)), money(sum(openOf)));
  };
  return (
    <>
      <PageHead
        title={t.title}
        say={summary.data ? t.say(money(summary.data.due.openMinor)) : undefined}
        actions={
          <>
            <LinkButton href={`/s/${space()}/settings/billing`} icon="settings">
              {t.settings}
            </LinkButton>
            <Show when={props.mayRecord}>
              <Button icon="bank" keys={["P"]} onClick={() => setRecording(true)}>
                {t.record}
              </Button>
            </Show>
            <Button icon="bill" onClick={() => setDrawing(true)}>
              {t.generate}
            </Button>
          </>
        }
      />
      <Panes
        detailOpen={params.invoice !== undefined}
        detailTitle={bill.data?.number ?? bill.data?.companyName ?? t.title}
        onCloseDetail={() => open(undefined)}
        work={
          <Pane label={t.list}>
            <Show when={(summary.data?.due.count ?? 0) > 0}>
              <div class="border-b border-line px-4 py-3">
                <AgeingBars
                  title={t.ages}
                  summary={t.agesSay(
                    money(summary.data?.due.openMinor ?? 0),
                    money(summary.data?.overdue.openMinor ?? 0),
                  )}
                  rows={ages()}
                  format={money}
                  total={{ label: t.agesTotal(summary.data?.due.count ?? 0), value: summary.data?.due.openMinor ?? 0 }}
                />
              </div>
            </Show>
            <div class="flex flex-wrap items-center gap-3 border-b border-line px-4 py-2">
              <Tabs label={t.filter} items={tabs()} value={state()} onChange={setState} />
              <div class="ml-auto w-full tablet:w-56">
                <SearchBox value={text()} onInput={setText} label={t.search} clear={t.clear} />
              </div>
              <Show when={state() === "draft" && (drafts.data?.length ?? 0) > 0}>
                <Button kind="primary" onClick={() => setFinalisingAll(true)}>
                  {t.finaliseAll}
                </Button>
              </Show>
            </div>
            <Show when={!query().isPending} fallback={<Loading rows={6} />}>
              <Show
                when={!query().isError}
                fallback={
                  <ErrorState title={t.notRead} problem={query().error} onRetry={() => void query().refetch()} />
                }
              >
                <DataTable
                  label={t.list}
                  rows={shown()}
                  columns={columns()}
                  rowKey={(one) => one.id}
                  current={params.invoice}
                  onOpen={(one) => open(one.id)}
                  empty={
                    <p class="px-4 py-6 text-fg-2">{text().trim() ? t.noMatch(text().trim()) : t.none[state()]}</p>
                  }
                />
                <Show when={shown().length > 0}>
                  <p class="border-t border-line px-4 py-2 text-right text-xs text-fg-2 tabular-nums">{sums()}</p>
                </Show>
                <Show when={state() === "paid" && paid.hasNextPage}>
                  <div class="p-3">
                    <Button onClick={() => void paid.fetchNextPage()}>{t.more}</Button>
                  </div>
                </Show>
              </Show>
            </Show>
          </Pane>
        }
        detail={
          <Show when={params.invoice !== undefined} fallback={<p class="p-4 text-fg-2">{t.pick}</p>}>
            <Show
              when={bill.data}
              fallback={
                <Show when={bill.isError} fallback={<Loading rows={6} />}>
                  <ErrorState title={t.billNotRead} problem={bill.error} onRetry={() => void bill.refetch()} />
                </Show>
              }
            >
              {(one) => (
                <Pane
                  title={one().companyName}
                  note={one().number ?? t.noNumber}
                  actions={<Status {...statusOf(one(), today())} />}
                  flush={false}
                  foot={
                    <>
                      <Show when={one().state === "draft"}>
                        <Button kind="primary" onClick={() => setFinalising(true)}>
                          {t.finalise}
                        </Button>
                      </Show>
                      <Show when={props.mayRecord && waiting()}>
                        <Button kind="primary" icon="bank" onClick={() => setRecording(true)}>
                          {t.record}
                        </Button>
                      </Show>
                    </>
                  }
                >
                  <BillSheet bill={one()} />
                  <BillPayments bill={one()} />
                </Pane>
              )}
            </Show>
          </Show>
        }
      />
      <RunDialog
        space={space()}
        today={today()}
        open={drawing()}
        onClose={() => setDrawing(false)}
        onDrafts={() => {
          setDrawing(false);
          setState("draft");
        }}
      />
      <Show when={bill.data?.state === "draft" && bill.data}>
        {(draft) => (
          <FinaliseDialog space={space()} draft={draft()} open={finalising()} onClose={() => setFinalising(false)} />
        )}
      </Show>
      <FinaliseAllDialog
        space={space()}
        drafts={drafts.data ?? []}
        open={finalisingAll()}
        onClose={() => setFinalisingAll(false)}
      />
      <Show when={recording()}>
        <RecordDrawer
          space={space()}
          today={today()}
          bill={waiting() ? bill.data : undefined}
          open={recording()}
          onClose={() => setRecording(false)}
        />
      </Show>
    </>
  );
}
