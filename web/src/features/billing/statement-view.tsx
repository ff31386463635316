import type { Statement, StatementRow } from "@yihao/billing/statement";
import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { dayCell, money } from "../../format.ts";
import { bound } from "../../ui/binding.ts";
import { SelectField } from "../../ui/choice-field.tsx";
import { ExportMenu } from "../../ui/export-menu.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { media } from "../../ui/panes.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { DateField } from "../../ui/text-field.tsx";
import { PaperButton } from "./paper-button.tsx";
import {
  aboutOf,
  type SpanName,
  saveStatement,
  spanNames,
  spanOf,
  statementCells,
  useStatement,
} from "./statement-data.ts";
import { statementWords } from "./statement-words.ts";

/** A row of the table: a document, or how the account stood before and after them. */
type Shown = Partial<StatementRow> & {
  readonly key: string;
  readonly on: string;
  readonly text: string;
  readonly edge?: boolean;
  readonly owedMinor: number;
  readonly depositMinor: number;
};

/** A statement of account (对账单) of a company: days to choose, every document with what is owed after it, and the same as PDF, Excel or CSV. */
export function StatementView(props: { space: string; company: string; today: string; before?: JSX.Element }) {
  const t = statementWords();
  const [named, setNamed] = createSignal<SpanName | "own">("quarter");
  const [own, setOwn] = createSignal(spanOf("quarter", props.today));
  const span = () => {
    const name = named();
    return name === "own" ? own() : spanOf(name, props.today);
  };
  const read = useStatement(
    () => props.space,
    () => props.company,
    span,
  );
  const lateFee = (minor: number) => t.lateFee(money(minor));
  return (
    <div class="flex h-full min-h-0 flex-col">
      <div class="flex flex-none flex-wrap items-end gap-3 border-b border-line px-4 py-2">
        {props.before}
        <SelectField
          label={t.span}
          options={[...spanNames, "own" as const].map((value) => ({ value, label: t.spans[value] }))}
          bind={bound(named, (next) => {
            if (next === "own") setOwn(span());
            setNamed(next);
          })}
        />
        <Show when={named() === "own"}>
          <DateField
            label={t.from}
            today={props.today}
            bind={bound(
              () => own().from,
              (from) => setOwn({ ...own(), from }),
            )}
          />
          <DateField
            label={t.to}
            today={props.today}
            bind={bound(
              () => own().to,
              (to) => setOwn({ ...own(), to }),
            )}
          />
        </Show>
        <Show when={read.data}>
          {(data) => (
            <span class="ml-auto flex items-center gap-1 pb-1">
              <ExportMenu
                small
                name={t.file(data().companyName, data().from, data().to)}
                rows={() => statementCells(data(), lateFee)}
              />
              <PaperButton number={t.pdf} save={() => saveStatement(props.space, data())} />
            </span>
          )}
        </Show>
      </div>
      <Show when={props.company !== ""} fallback={<EmptyState title={t.pick} />}>
        <Rows read={read} today={props.today} lateFee={lateFee} />
      </Show>
    </div>
  );
}

function Rows(props: { read: ReturnType<typeof useStatement>; today: string; lateFee: (minor: number) => string }) {
  const t = statementWords();
  const tablet = media("(min-width: 768px)");
  const year = () => Number(props.today.slice(0, 4));
  const owed = (minor: number) => (minor < 0 ? t.ahead(money(-minor)) : minor > 0 ? t.owes(money(minor)) : t.even);
  const rows = createMemo((): Shown[] => {
    const data: Statement | undefined = props.read.data;
    if (!data) return [];
    return [
      { key: "opening", on: data.from, text: t.opening, edge: true, ...data.opening },
      ...data.rows.map((row) => ({ key: `${row.on} ${row.kind} ${row.document}`, text: t.kinds[row.kind], ...row })),
      { key: "closing", on: data.to, text: t.closing, edge: true, ...data.closing },
    ];
  });
  const some = (minor = 0) => (minor === 0 ? "" : money(minor));
  const about = (row: Shown) => (row.kind ? aboutOf(row as StatementRow, props.lateFee) : "");
  const strong = (row: Shown, text: string) => (row.edge ? <b class="text-fg">{text}</b> : text);
  const held = () => rows().some(({ depositMinor, heldMinor = 0 }) => depositMinor !== 0 || heldMinor !== 0);
  const wide = (): Column<Shown>[] => [
    { key: "day", head: t.day, width: "96px", cell: ({ on }) => dayCell(on, year()) },
    { key: "what", head: t.what, width: "148px", cell: (row) => strong(row, row.text), total: t.total },
    {
      key: "number",
      head: t.number,
      cell: (row) => (
        <span class="block truncate" title={[row.number, about(row)].filter(Boolean).join(" · ")}>
          <span class="font-mono text-xs">{row.number}</span> <span class="text-xs text-fg-2">{about(row)}</span>
        </span>
      ),
    },
    {
      key: "charged",
      head: t.charged,
      width: "120px",
      align: "end",
      cell: ({ chargedMinor }) => some(chargedMinor),
      total: <b>{money(props.read.data?.chargedMinor ?? 0)}</b>,
    },
    {
      key: "settled",
      head: t.settled,
      width: "120px",
      align: "end",
      cell: ({ settledMinor }) => some(settledMinor),
      total: <b>{money(props.read.data?.settledMinor ?? 0)}</b>,
    },
    {
      key: "balance",
      head: t.balance,
      width: "128px",
      align: "end",
      cell: (row) => strong(row, money(row.owedMinor)),
    },
    ...(held()
      ? ([
          {
            key: "deposit",
            head: t.deposit,
            width: "120px",
            align: "end",
            from: "desk",
            cell: (row) => strong(row, money(row.depositMinor)),
          },
        ] satisfies Column<Shown>[])
      : []),
  ];
  const narrow = (): Column<Shown>[] => [
    {
      key: "what",
      head: t.what,
      cell: (row) => (
        <span class="block leading-5">
          <span class="block truncate">{strong(row, row.text)}</span>
          <span class="block truncate text-xs text-fg-3">
            {dayCell(row.on, year())} {row.number ?? ""}
          </span>
        </span>
      ),
    },
    {
      key: "balance",
      head: t.balance,
      width: "164px",
      align: "end",
      cell: (row) => (
        <span class="block leading-5">
          <span class="block text-fg">{strong(row, row.edge ? money(row.owedMinor) : moved(row))}</span>
          <Show when={!row.edge}>
            <span class="block text-xs text-fg-3">{money(row.owedMinor)}</span>
          </Show>
        </span>
      ),
    },
  ];
  const moved = ({ chargedMinor = 0, settledMinor = 0, heldMinor = 0 }: Shown) =>
    chargedMinor === settledMinor
      ? heldMinor === 0
        ? money(0)
        : t.depositOf(money(heldMinor, { sign: true }))
      : money(chargedMinor - settledMinor, { sign: true });
  return (
    <DataTable
      label={t.title}
      rows={rows()}
      columns={tablet() ? wide() : narrow()}
      rowKey={({ key }) => key}
      rowHeight={tablet() ? 34 : 56}
      state={props.read.isPending ? "loading" : props.read.isError ? "error" : "ready"}
      problem={props.read.error}
      errorTitle={t.notRead}
      onRetry={() => props.read.refetch()}
      foot={
        <Show when={props.read.data}>
          {(data) => (
            <span role="status">
              {data().rows.length === 0 ? `${t.none} · ` : ""}
              {t.closing} {owed(data().closing.owedMinor)}
              {data().closing.depositMinor === 0 ? "" : ` · ${t.depositOf(money(data().closing.depositMinor))}`}
            </span>
          )}
        </Show>
      }
    />
  );
}
