import type { Mover } from "@yihao/insight/stream-model";
import { otherThanRentGoal } from "@yihao/insight/streams";
import type { Stream } from "@yihao/pricing/model";
import { count, money, monthShort, percent } from "../../format.ts";
import { hueOf, streamWords } from "../../streams.ts";
import { Metric, media } from "../../ui/panes.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { perNote } from "./streams-charts.tsx";
import type { CompanyRow, figuresOf, StreamRow } from "./streams-view.ts";
import { streamPageWords } from "./streams-words.ts";

const dash = (value: number | undefined, text: (value: number) => string) => (value === undefined ? "—" : text(value));
const sumOf = <Row,>(rows: readonly Row[], of: (row: Row) => number | undefined) =>
  rows.reduce((sum, row) => sum + (of(row) ?? 0), 0);

/** The figures of the period: all revenue, the share beside rent, revenue a square metre and a bin. */
export function StreamFigures(props: { figures: ReturnType<typeof figuresOf>; months: number }) {
  const t = streamPageWords();
  const other = () => props.figures.otherThanRent;
  return (
    <div class="flex flex-wrap gap-x-10 gap-y-3 border-b border-line px-4 py-3">
      <Metric size="2xl" label={t.net} value={money(props.figures.netMinor)} unit={t.lastMonths(props.months)} />
      <Metric
        size="2xl"
        label={t.other}
        value={dash(other(), (share) => percent(share, 1))}
        unit={other() === undefined ? t.otherNote : t.otherGoal((other() ?? 0) >= otherThanRentGoal)}
      />
      <Metric
        size="2xl"
        label={t.perM2}
        value={dash(props.figures.perM2Minor, money)}
        unit={perNote(t, "m2", props.figures.areaM2)}
      />
      <Metric
        size="2xl"
        label={t.perBin}
        value={dash(props.figures.perBinMinor, money)}
        unit={perNote(t, "bin", props.figures.bins)}
      />
    </div>
  );
}

/** The streams of a month with what they cost and leave; a press chooses one, and the companies below are those of it. */
export function StreamTable(props: {
  rows: readonly StreamRow[];
  month: string;
  current: Stream | "";
  onOpen: (stream: Stream) => void;
}) {
  const t = streamPageWords();
  const names = streamWords();
  const tablet = media("(min-width: 768px)");
  const all = () => props.rows;
  const columns = (): Column<StreamRow>[] => [
    {
      key: "stream",
      head: t.stream,
      total: t.total,
      cell: ({ stream }) => (
        <span class="flex min-w-0 items-center gap-2">
          <i
            class="inline-block size-2.5 flex-none"
            aria-hidden="true"
            style={{ background: `var(--color-chart-${hueOf[stream]})` }}
          />
          <span class="truncate">{names[stream]}</span>
        </span>
      ),
    },
    {
      key: "net",
      head: t.net,
      width: tablet() ? "140px" : "124px",
      align: "end",
      cell: ({ netMinor }) => <b class="text-fg">{money(netMinor)}</b>,
      total: <b>{money(sumOf(all(), (row) => row.netMinor))}</b>,
    },
    ...(tablet()
      ? ([
          {
            key: "share",
            head: t.share,
            width: "80px",
            align: "end",
            cell: ({ share }) => dash(share, (value) => percent(value, 1)),
          },
          {
            key: "before",
            head: t.before,
            width: "140px",
            align: "end",
            from: "desk",
            cell: ({ beforeMinor }) => money(beforeMinor),
            total: money(sumOf(all(), (row) => row.beforeMinor)),
          },
          {
            key: "credited",
            head: t.credited,
            width: "120px",
            align: "end",
            from: "desk",
            cell: ({ creditedMinor }) => (creditedMinor === 0 ? "—" : money(creditedMinor)),
            total: money(sumOf(all(), (row) => row.creditedMinor)),
          },
          { key: "cost", head: t.cost, width: "132px", align: "end", cell: ({ costMinor }) => dash(costMinor, money) },
        ] satisfies Column<StreamRow>[])
      : []),
    {
      key: "margin",
      head: t.margin,
      width: tablet() ? "190px" : "112px",
      align: "end",
      cell: ({ marginMinor, marginShare }) =>
        marginMinor === undefined
          ? "—"
          : tablet() && marginShare !== undefined
            ? `${money(marginMinor)} · ${percent(marginShare)}`
            : money(marginMinor),
      total: all().some(({ marginMinor }) => marginMinor !== undefined)
        ? money(sumOf(all(), (row) => row.marginMinor))
        : "—",
    },
  ];
  return (
    <DataTable
      label={t.streamsTable(monthShort(props.month))}
      rows={all()}
      columns={columns()}
      rowKey={({ stream }) => stream}
      current={props.current || undefined}
      onOpen={({ stream }) => props.onOpen(stream)}
    />
  );
}

/** The companies of a month by what they brought; a press opens their bill lines. */
export function CompanyTable(props: {
  rows: readonly CompanyRow[];
  label: string;
  current: string | undefined;
  onOpen: (company: string) => void;
  state: "ready" | "loading" | "error";
  problem?: unknown;
  onRetry?: () => unknown;
}) {
  const t = streamPageWords();
  const tablet = media("(min-width: 768px)");
  const columns = (): Column<CompanyRow>[] => [
    { key: "name", head: t.company, cell: ({ name }) => <span class="truncate">{name}</span>, total: t.total },
    ...(tablet()
      ? ([
          {
            key: "documents",
            head: t.documents,
            width: "88px",
            align: "end",
            cell: ({ documents }) => count(documents),
            total: count(sumOf(props.rows, (row) => row.documents)),
          },
          {
            key: "credited",
            head: t.credited,
            width: "132px",
            align: "end",
            cell: ({ creditedMinor }) => (creditedMinor === 0 ? "—" : money(creditedMinor)),
            total: money(sumOf(props.rows, (row) => row.creditedMinor)),
          },
        ] satisfies Column<CompanyRow>[])
      : []),
    {
      key: "net",
      head: t.net,
      width: "140px",
      align: "end",
      cell: ({ netMinor }) => <b class="text-fg">{money(netMinor)}</b>,
      total: <b>{money(sumOf(props.rows, (row) => row.netMinor))}</b>,
    },
  ];
  return (
    <DataTable
      label={props.label}
      rows={props.rows}
      columns={columns()}
      rowKey={({ company }) => company}
      current={props.current}
      onOpen={({ company }) => props.onOpen(company)}
      state={props.state}
      problem={props.problem}
      errorTitle={t.notRead}
      {...(props.onRetry ? { onRetry: props.onRetry } : {})}
      empty={<p class="px-4 py-3 text-fg-2">{t.noneMonth}</p>}
    />
  );
}

/** Companies whose monthly revenue changed over a month. */
export function MoverTable(props: { rows: readonly Mover[]; month: string; state: "ready" | "loading" | "error" }) {
  const t = streamPageWords();
  const columns = (): Column<Mover>[] => [
    { key: "name", head: t.company, cell: ({ name }) => <span class="truncate">{name}</span> },
    {
      key: "before",
      head: t.start,
      width: "120px",
      align: "end",
      from: "tablet",
      cell: (row) => money(row.beforeMinor),
    },
    { key: "after", head: t.end, width: "120px", align: "end", cell: (row) => money(row.afterMinor) },
    { key: "move", head: t.change, width: "96px", cell: ({ move }) => t.moves[move] },
  ];
  return (
    <DataTable
      label={t.movers(monthShort(props.month))}
      rows={props.rows}
      columns={columns()}
      rowKey={({ company }) => company}
      state={props.state}
      empty={<p class="px-4 py-3 text-fg-2">{t.noMovers}</p>}
    />
  );
}
