import type { StockOnDay } from "@yihao/warehouse/analysis-model";
import { createMemo, createSignal, Show } from "solid-js";
import { count, dayOf, money } from "../../format.ts";
import { useNow } from "../../frame/data.ts";
import { bound } from "../../ui/binding.ts";
import { ExportMenu } from "../../ui/export-menu.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { DateField } from "../../ui/text-field.tsx";
import { allStockOn, useStockOn } from "./analysis-data.ts";
import { analysisWords } from "./analysis-words.ts";

type Sum = { units: number; valueMinor: number; fifoMinor: number };

/** What an owner's stock was at the end of any day (历史库存), with its value; on screen and as a file. */
export function AnalysisPast(props: {
  space: string;
  company: string | undefined;
  zone: string;
  current: string | undefined;
  onOpen: (product: string) => void;
}) {
  const t = analysisWords();
  const now = useNow();
  const today = () => dayOf(now(), props.zone);
  const [chosen, setDay] = createSignal<string>();
  const day = () => chosen() ?? today();
  const stock = useStockOn(
    () => props.space,
    () => props.company,
    day,
  );
  const rows = createMemo(() => stock.data?.pages.flatMap((page) => page.items) ?? []);
  const sumOf = (all: readonly StockOnDay[]): Sum => ({
    units: all.reduce((sum, one) => sum + one.onHand, 0),
    valueMinor: all.reduce((sum, one) => sum + one.valueMinor, 0),
    fifoMinor: all.reduce((sum, one) => sum + one.fifoMinor, 0),
  });
  const closed = () => stock.data?.pages[0]?.total ?? undefined;
  const sum = (): Sum => closed() ?? sumOf(rows());
  const exported = async (progress: (rows: number) => void) => {
    const all = await allStockOn(props.space, props.company, day(), progress);
    const whole = sumOf(all);
    return [
      [t.day, t.code, t.product, t.onHand, t.value, t.fifo, t.unpricedHead],
      ...all.map((one) => [
        ...[day(), one.code, one.name, one.onHand, one.valueMinor / 100, one.fifoMinor / 100, one.unpriced],
      ]),
      [day(), "", t.total, whole.units, whole.valueMinor / 100, whole.fifoMinor / 100, ""],
    ];
  };
  const worth = (one: StockOnDay, minor: number) =>
    one.onHand > 0 && one.unpriced === one.onHand ? "—" : money(minor);
  const columns = (): Column<StockOnDay>[] => [
    {
      key: "name",
      head: t.product,
      cell: (one) => (
        <span class="flex min-w-0 flex-col">
          <b class="truncate">{one.name}</b>
          <span class="truncate font-mono text-xs text-fg-2">{one.code}</span>
        </span>
      ),
      total: closed() || !stock.hasNextPage ? t.total : t.totalLoaded(rows().length),
    },
    {
      key: "onHand",
      head: t.onHand,
      width: "88px",
      align: "end",
      cell: (one) => count(one.onHand),
      total: count(sum().units),
    },
    {
      key: "value",
      head: t.value,
      width: "152px",
      align: "end",
      cell: (one) => worth(one, one.valueMinor),
      total: money(sum().valueMinor),
    },
    {
      key: "fifo",
      head: t.fifo,
      width: "152px",
      align: "end",
      from: "tablet",
      cell: (one) => worth(one, one.fifoMinor),
      total: money(sum().fifoMinor),
    },
  ];
  return (
    <div class="flex h-full min-h-0 flex-col">
      <div class="flex flex-wrap items-end gap-3 border-b border-line px-4 py-2">
        <DateField
          label={t.day}
          max={today()}
          today={today()}
          bind={bound(day, (value) => value && value <= today() && setDay(value))}
        />
        <p class="min-w-0 flex-1 pb-2 text-xs text-pretty text-fg-2">{t.pastSay}</p>
        <Show when={rows().length > 0}>
          <ExportMenu small name={t.pastFile(day())} rows={exported} />
        </Show>
      </div>
      <div class="flex min-h-0 flex-1 flex-col">
        <DataTable
          label={t.views.past}
          rows={rows()}
          columns={columns()}
          rowKey={(one) => one.product}
          current={props.current}
          onOpen={(one) => props.onOpen(one.product)}
          state={props.company === "" ? "ready" : stock.isPending ? "loading" : stock.isError ? "error" : "ready"}
          problem={stock.error}
          errorTitle={t.listNotRead}
          onRetry={() => void stock.refetch()}
          rowHeight={44}
          {...(stock.hasNextPage ? { onMore: () => void stock.fetchNextPage() } : {})}
          empty={<EmptyState title={props.company === "" ? t.choose : t.pastEmpty} />}
        />
      </div>
    </div>
  );
}
