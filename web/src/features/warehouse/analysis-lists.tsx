import { coverDays, type TopList, topLists } from "@yihao/warehouse/analysis";
import type { SheetView } from "@yihao/warehouse/analysis-model";
import { createSignal } from "solid-js";
import { count, money } from "../../format.ts";
import { bound } from "../../ui/binding.ts";
import { Segmented } from "../../ui/choice-field.tsx";
import { ExportMenu } from "../../ui/export-menu.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { allSheets, useTop } from "./analysis-data.ts";
import { analysisWords } from "./analysis-words.ts";

const cover = (one: SheetView) => coverDays(one.onHand, one.issued[0], 30);
const lastMove = (one: SheetView) => [one.lastIn ?? "", one.lastOut ?? ""].sort()[1] || "—";

/** Products that are dead longest, run out first or are issued most; all products of an owner as a file. */
export function AnalysisLists(props: {
  space: string;
  company: string | undefined;
  day: string;
  current: string | undefined;
  /** An owner is chosen, so that all its products can be handed out. */
  whole: boolean;
  onOpen: (product: string) => void;
}) {
  const t = analysisWords();
  const [list, setList] = createSignal<TopList>("dead");
  const top = useTop(
    () => props.space,
    () => props.company,
    list,
  );
  const exported = async (progress: (rows: number) => void) => [
    [
      ...[t.code, t.product, t.onHand, t.value, t.fifo, t.unpricedHead, t.issued30, t.issued90, t.issued365],
      ...[`ABC ${t.bys.value}`, `ABC ${t.bys.units}`, t.days, t.oldest, t.lastMove, ...Object.values(t.ageNames)],
    ],
    ...(await allSheets(props.space, props.company, progress)).map((one) => [
      ...[one.code, one.name, one.onHand, one.valueMinor / 100, one.fifoMinor / 100, one.unpriced, ...one.issued],
      ...[one.byValue?.[1] ?? "", one.byUnits?.[1] ?? "", cover(one) ?? "", one.oldest ?? "", lastMove(one)],
      ...one.ages.map(({ units }) => units),
    ]),
  ];
  const columns = (): Column<SheetView>[] => [
    {
      key: "name",
      head: t.product,
      cell: (one) => (
        <span class="flex min-w-0 flex-col">
          <b class="truncate">{one.name}</b>
          <span class="truncate font-mono text-xs text-fg-2">{one.code}</span>
        </span>
      ),
    },
    { key: "onHand", head: t.onHand, width: "80px", align: "end", cell: (one) => count(one.onHand) },
    {
      key: "value",
      head: t.amount,
      width: "120px",
      align: "end",
      from: "tablet",
      cell: (one) => (one.onHand > one.unpriced ? money(one.valueMinor) : "—"),
    },
    ...(list() === "dead"
      ? [{ key: "last", head: t.lastMove, width: "104px", align: "end" as const, cell: lastMove }]
      : [
          {
            key: "issued",
            head: list() === "cover" ? t.issued30 : t.issued90,
            width: "104px",
            align: "end" as const,
            cell: (one: SheetView) => count(one.issued[list() === "cover" ? 0 : 1]),
          },
        ]),
    {
      key: "days",
      head: t.days,
      width: "88px",
      align: "end",
      from: "tablet",
      cell: (one) => {
        const days = cover(one);
        return days === null ? "—" : count(days);
      },
    },
    { key: "abc", head: t.classHead, width: "48px", align: "end", cell: (one) => one.byValue?.[1] ?? "—" },
  ];
  return (
    <div class="flex h-full min-h-0 flex-col">
      <div class="flex flex-wrap items-center gap-3 border-b border-line px-4 py-2">
        <Segmented
          bare
          label={t.views.lists}
          bind={bound(list, setList)}
          options={topLists.map((value) => ({ value, label: t.lists[value] }))}
        />
        <span class="min-w-0 flex-1 text-xs text-pretty text-fg-2">{t.listSay[list()]}</span>
        {props.whole && <ExportMenu small name={t.file(props.day)} rows={exported} />}
      </div>
      <div class="flex min-h-0 flex-1 flex-col">
        <DataTable
          label={t.lists[list()]}
          rows={top.data?.items ?? []}
          columns={columns()}
          rowKey={(one) => one.product}
          current={props.current}
          onOpen={(one) => props.onOpen(one.product)}
          state={top.isPending ? "loading" : top.isError ? "error" : "ready"}
          problem={top.error}
          errorTitle={t.listNotRead}
          onRetry={() => void top.refetch()}
          rowHeight={44}
          empty={<EmptyState title={t.listEmpty[list()]} />}
        />
      </div>
    </div>
  );
}
