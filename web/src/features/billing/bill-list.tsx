import type { InvoiceRow } from "@yihao/billing/model";
import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { dayCell, dayProse, money } from "../../format.ts";
import { lang } from "../../i18n.ts";
import type { Asked } from "../../query.ts";
import { Button } from "../../ui/button.tsx";
import { NoMatch } from "../../ui/feedback.tsx";
import { media } from "../../ui/panes.tsx";
import { Behind } from "../../ui/reading.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { SearchBox } from "../../ui/text-field.tsx";
import { monthOf, partWords } from "./bill-parts.ts";
import type { useBills, usePaidBills, useSummary } from "./data.ts";
import { isOverdue, openOf, statusOf } from "./view.ts";
import { billWords } from "./words.ts";

export const listStates = ["due", "overdue", "paid", "draft"] as const;
export type ListState = (typeof listStates)[number];
type SortKey = "company" | "total" | "due";

/** Bills by state (账单列表): tabs, search, and a row each; on a phone two lines a row. Drafts can be chosen and finalised together. */
export function BillList(props: {
  mayIssue: boolean;
  state: ListState;
  onState: (state: ListState) => void;
  today: string;
  summary: ReturnType<typeof useSummary>;
  bills: ReturnType<typeof useBills>;
  paid: ReturnType<typeof usePaidBills>;
  current: string | undefined;
  onOpen: (id: string) => void;
  /** The due day that the ruler looks at. */
  day: string | undefined;
  onClearDay: () => void;
  /** Tells which bills are listed, for walking through them. */
  onShown: (bills: readonly InvoiceRow[]) => void;
  onFinalise: (drafts: readonly InvoiceRow[]) => void;
  empty: JSX.Element;
}) {
  const t = billWords();
  const tablet = media("(min-width: 768px)");
  const desk = media("(min-width: 1120px)");
  const roomy = media("(min-width: 1360px)");
  const [text, setText] = createSignal("");
  const [sort, setSort] = createSignal<{ key: SortKey; down: boolean }>({ key: "due", down: false });
  const [chosen, setChosen] = createSignal<ReadonlySet<string>>(new Set());
  const asked = (): Asked<unknown> => (props.state === "paid" ? props.paid : props.bills);
  const rows = () =>
    props.state === "paid" ? (props.paid.data?.pages.flatMap(({ items }) => items) ?? []) : (props.bills.data ?? []);
  const shown = createMemo(() => {
    const wanted = text().trim().toLowerCase();
    const found = rows().filter(
      (one) =>
        (props.state !== "overdue" || isOverdue(one, props.today)) &&
        (props.day === undefined || one.dueOn === props.day) &&
        `${one.companyName} ${one.number ?? ""}`.toLowerCase().includes(wanted),
    );
    const sorted = props.state === "paid" ? found : found.sort(order(sort()));
    props.onShown(sorted);
    return sorted;
  });
  const sorting = (key: SortKey) =>
    props.state === "paid"
      ? {}
      : {
          sort:
            sort().key === key ? (sort().down ? ("descending" as const) : ("ascending" as const)) : ("none" as const),
          onSort: () => setSort((now) => ({ key, down: now.key === key && !now.down })),
        };
  const year = () => Number(props.today.slice(0, 4));
  const isDraft = () => props.state === "draft";
  /** Whether there is room for the month, which says what of it a bill is for; the company's cell does otherwise. */
  const dated = () => roomy() || (props.current === undefined && desk()) || isDraft();
  // With the whole width for itself the table spreads its columns evenly; beside a bill they are as wide as what they hold.
  const width = (share: string, least: string) => (props.current === undefined && desk() ? share : least);
  const leastMonth = () => (shown().some(({ part }) => part) ? (lang() === "en" ? "156px" : "124px") : "80px");
  const wide = (): Column<InvoiceRow>[] => [
    ...(isDraft()
      ? []
      : [
          {
            key: "number",
            head: t.number,
            width: width("16%", "150px"),
            cell: (one: InvoiceRow) => <span class="font-mono text-xs">{one.number ?? "—"}</span>,
          },
        ]),
    {
      key: "company",
      head: t.company,
      cell: (one) => (one.part && !dated() ? `${one.companyName} · ${partWords().parts[one.part]}` : one.companyName),
      ...sorting("company"),
    },
    ...(dated()
      ? [
          {
            key: "month",
            head: t.month,
            width: width("14%", leastMonth()),
            cell: (one: InvoiceRow) => monthOf(one, String),
          },
        ]
      : []),
    {
      key: "total",
      head: t.total,
      width: width("14%", "112px"),
      align: "end",
      cell: (one) => <span class="text-fg">{money(one.totalMinor)}</span>,
      ...sorting("total"),
    },
    ...(isDraft()
      ? []
      : [
          {
            key: "received",
            head: t.paidPart,
            width: width("14%", "112px"),
            align: "end" as const,
            cell: (one: InvoiceRow) => (one.paidMinor === 0 ? "—" : money(one.paidMinor)),
          },
          {
            key: "due",
            head: t.dueOn,
            width: width("12%", "84px"),
            cell: (one: InvoiceRow) => (one.dueOn ? dayCell(one.dueOn, year()) : "—"),
            ...sorting("due"),
          },
        ]),
    {
      key: "state",
      head: t.state,
      width: width("16%", lang() === "en" ? "152px" : "132px"),
      cell: (one) => <Status {...statusOf(one, props.today)} />,
    },
  ];
  const narrow = (): Column<InvoiceRow>[] => [
    {
      key: "company",
      head: t.company,
      cell: (one) => (
        <span class="block leading-5">
          <b class="block truncate font-regular">{one.companyName}</b>
          <span class="block truncate text-xs text-fg-3">
            {[one.number ?? one.month, one.part && partWords().parts[one.part]].filter(Boolean).join(" · ")}
          </span>
        </span>
      ),
    },
    {
      key: "total",
      head: t.total,
      width: "136px",
      align: "end",
      cell: (one) => (
        <span class="block leading-5">
          <span class="block text-fg">{money(isDraft() || props.state === "paid" ? one.totalMinor : openOf(one))}</span>
          <Status {...statusOf(one, props.today)} />
        </span>
      ),
    },
  ];
  const counts = (): Partial<Record<ListState, number>> =>
    props.summary.data
      ? {
          due: props.summary.data.due.count,
          overdue: props.summary.data.overdue.count,
          draft: props.summary.data.drafts.count,
        }
      : {};
  const tabs = () =>
    listStates.map((key) => {
      const count = counts()[key];
      return { key, label: t[key], ...(count === undefined ? {} : { count }) };
    });
  const sumOf = (pick: (one: InvoiceRow) => number) => shown().reduce((all, one) => all + pick(one), 0);
  const sums = () => (
    <span class="flex flex-wrap items-center gap-x-4">
      <span class="min-w-16 flex-1 whitespace-nowrap">{t.shown(shown().length)}</span>
      <Sum label={t.sumTotal} minor={sumOf((one) => one.totalMinor)} />
      <Show when={!isDraft() && (tablet() || props.state === "paid")}>
        <Sum label={t.sumPaid} minor={sumOf((one) => one.paidMinor)} />
      </Show>
      <Show when={props.state === "due" || props.state === "overdue"}>
        <Sum label={t.sumOpen} minor={sumOf(openOf)} />
      </Show>
    </span>
  );
  const picked = createMemo(() => shown().filter(({ id }) => chosen().has(id)));
  const toState = (state: ListState) => {
    setChosen(new Set<string>());
    props.onState(state);
  };
  return (
    <div class="flex min-h-80 flex-1 flex-col">
      <div class="flex flex-none flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-1 tablet:py-0">
        <Tabs label={t.filter} items={tabs()} value={props.state} onChange={toState} />
        <Behind asked={asked()} />
        <div class="ml-auto flex w-full items-center gap-2 py-1 tablet:w-auto">
          <span class="min-w-0 flex-1 tablet:w-52">
            <SearchBox value={text()} onInput={setText} label={t.search} clear={t.clear} />
          </span>
          <Show when={props.mayIssue && isDraft() && shown().length > 0 && chosen().size === 0}>
            <Button icon="stamp" onClick={() => props.onFinalise(shown())}>
              {t.finaliseAll}
            </Button>
          </Show>
        </div>
      </div>
      <Show when={props.day}>
        {(day) => (
          <div class="flex-none border-b border-line">
            <NoMatch
              text={t.onDay(dayProse(day(), { weekday: false }), shown().length)}
              clear={t.clear}
              onClear={props.onClearDay}
            />
          </div>
        )}
      </Show>
      <DataTable
        label={t.list}
        rows={shown()}
        columns={tablet() ? wide() : narrow()}
        rowKey={(one) => one.id}
        rowHeight={tablet() ? 34 : 56}
        current={props.current}
        onOpen={(one) => props.onOpen(one.id)}
        {...(props.mayIssue && isDraft()
          ? {
              selection: {
                keys: new Set(picked().map(({ id }) => id)),
                onChange: setChosen,
                sum: (drafts: readonly InvoiceRow[]) =>
                  t.chosenSum(money(drafts.reduce((sum, one) => sum + one.totalMinor, 0))),
                actions: [{ label: t.finaliseChosen, icon: "stamp" as const, run: () => props.onFinalise(picked()) }],
              },
            }
          : {})}
        state={asked().isPending ? "loading" : asked().isError ? "error" : "ready"}
        problem={asked().error}
        errorTitle={t.notRead}
        onRetry={() => asked().refetch()}
        {...(props.state === "paid" && props.paid.hasNextPage ? { onMore: () => void props.paid.fetchNextPage() } : {})}
        empty={
          <Show when={text().trim()} fallback={props.empty}>
            {(wanted) => <NoMatch text={t.noMatch(wanted())} clear={t.clear} onClear={() => setText("")} />}
          </Show>
        }
        {...(shown().length > 0 ? { foot: sums() } : {})}
      />
    </div>
  );
}

function Sum(props: { label: string; minor: number }) {
  return (
    <span>
      {props.label} <b class="text-fg">{money(props.minor)}</b>
    </span>
  );
}

function order({ key, down }: { key: SortKey; down: boolean }) {
  const by = (a: InvoiceRow, b: InvoiceRow) =>
    key === "total"
      ? a.totalMinor - b.totalMinor
      : key === "company"
        ? a.companyName.localeCompare(b.companyName, "zh-CN")
        : // Of one day those of a company stand together.
          (a.dueOn ?? a.month).localeCompare(b.dueOn ?? b.month) || a.companyName.localeCompare(b.companyName, "zh-CN");
  return (a: InvoiceRow, b: InvoiceRow) => (down ? by(b, a) : by(a, b));
}
