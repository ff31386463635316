import { type StockFigures, sumFigures } from "@yihao/warehouse/analysis";
import type { OwnerFigures, StockDay } from "@yihao/warehouse/analysis-model";
import { createMemo, createSignal, Show } from "solid-js";
import { count, joined, money, moneyAxis, percent } from "../../format.ts";
import { AgeingBars, StackedBar } from "../../ui/bar-charts.tsx";
import { bound } from "../../ui/binding.ts";
import { Segmented } from "../../ui/choice-field.tsx";
import { StepLine } from "../../ui/line-charts.tsx";
import { Metric } from "../../ui/panes.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { analysisWords } from "./analysis-words.ts";

type At = "0" | "1" | "2";
const classNames = ["A", "B", "C"] as const;
const classHue = { A: 2, B: 4, C: 6 } as const;

/** The stock figures of one owner or of all: what it is worth, what of it moves, how old it is and how long it lasts. */
export function AnalysisOverview(props: {
  items: readonly OwnerFigures[];
  days: readonly StockDay[];
  onCompany?: (company: string) => void;
}) {
  const t = analysisWords();
  const figures = createMemo((): StockFigures => sumFigures(props.items));
  const [at, setAt] = createSignal<At>("1");
  const window = () => figures().windows[Number(at())];
  const priced = () => (window()?.issuedMinor ?? 0) > 0 || figures().fifoMinor > 0;
  const [wanted, setBy] = createSignal<"value" | "units">("value");
  const by = () => (priced() ? wanted() : "units");
  const parts = () =>
    classNames.map((name) => {
      const part = (by() === "value" ? window()?.byValue : window()?.byUnits)?.[name];
      const value = by() === "value" ? (part?.issuedMinor ?? 0) : (part?.issued ?? 0);
      const whole = by() === "value" ? (window()?.issuedMinor ?? 0) : (window()?.issued ?? 0);
      return { name, value, products: part?.products ?? 0, share: whole === 0 ? 0 : value / whole };
    });
  const figure = (value: number) => (by() === "value" ? money(value) : count(value));
  const aged = (cell: { units: number; valueMinor: number }) => (by() === "value" ? cell.valueMinor : cell.units);
  const axis = createMemo(() => moneyAxis(Math.max(0, ...props.days.map(({ valueMinor }) => valueMinor))));
  const companies = (): Column<OwnerFigures>[] => [
    { key: "name", head: t.company, cell: (one) => <b class="truncate">{one.name}</b> },
    { key: "units", head: t.units, width: "88px", align: "end", cell: (one) => count(one.units) },
    { key: "value", head: t.amount, width: "128px", align: "end", cell: (one) => money(one.valueMinor) },
    {
      key: "sold",
      head: t.sellThrough,
      width: "96px",
      align: "end",
      from: "tablet",
      cell: (one) => shareOf(one.windows[Number(at())]),
    },
    {
      key: "dead",
      head: t.dead,
      width: "88px",
      align: "end",
      from: "tablet",
      cell: (one) => t.kinds(one.dead.products),
    },
  ];
  return (
    <div class="flex flex-col gap-5 p-4">
      <div class="flex flex-wrap items-end gap-x-8 gap-y-3">
        <Metric label={t.units} value={count(figures().units)} unit={t.piece} size="xl" />
        <Metric label={t.value} value={money(figures().valueMinor)} size="xl" />
        <Metric label={t.fifo} value={money(figures().fifoMinor)} />
        <Metric
          label={t.sellThrough}
          value={shareOf(window())}
          unit={t.sellSay(window()?.moved ?? 0, window()?.base ?? 0)}
          size="xl"
        />
      </div>
      <Show when={figures().unpriced > 0}>
        <p class="text-xs text-fg-2">{t.unpriced(count(figures().unpriced))}</p>
      </Show>
      <div class="flex flex-wrap gap-4">
        <Segmented
          label={t.window}
          bind={bound(at, setAt)}
          options={(["0", "1", "2"] as const).map((value) => ({ value, label: t.windows[value] }))}
        />
        <Show when={priced()}>
          <Segmented
            label={t.by}
            bind={bound(by, setBy)}
            options={(["value", "units"] as const).map((value) => ({ value, label: t.bys[value] }))}
          />
        </Show>
      </div>
      <div class="grid gap-x-8 gap-y-6 tablet:grid-cols-2">
        <section class="flex flex-col gap-2" aria-label={t.abc}>
          <h3 class="font-strong">{t.abc}</h3>
          <StackedBar
            title={t.abc}
            summary={joined(parts().map(({ name, products, share }) => t.classOf(name, products, percent(share))))}
            parts={parts().map(({ name, value, products, share }) => ({
              ...{ key: name, value, hue: classHue[name] },
              name: t.classOf(name, products, percent(share)),
            }))}
            format={figure}
          />
          <p class="text-xs text-pretty text-fg-2">{priced() ? t.abcSay : `${t.abcSay} ${t.abcNoCost}`}</p>
        </section>
        <section class="flex flex-col gap-2" aria-label={t.dead}>
          <h3 class="font-strong">{t.dead}</h3>
          <p>
            <b class="text-xl">{count(figures().dead.units)}</b> <span class="text-xs text-fg-3">{t.piece}</span>
          </p>
          <p class="text-pretty text-fg-2">{t.deadSay(figures().dead.products, money(figures().dead.valueMinor))}</p>
        </section>
        <AgeingBars
          title={t.ages}
          heading={<h3 class="font-strong">{t.ages}</h3>}
          summary={t.agesSay}
          rows={figures().ages.map((cell, index) => ({
            label: t.ageNames[index as keyof typeof t.ageNames] ?? "",
            value: aged(cell),
          }))}
          format={figure}
          total={{ label: t.total, value: figures().ages.reduce((sum, cell) => sum + aged(cell), 0) }}
        />
        <AgeingBars
          title={t.cover}
          heading={<h3 class="font-strong">{t.cover}</h3>}
          summary={t.coverSay}
          rows={figures().cover.map((value, index) => ({
            label: t.coverNames[index as keyof typeof t.coverNames] ?? "",
            value,
          }))}
          format={t.kinds}
          total={{ label: t.total, value: figures().stocked }}
        />
      </div>
      <p class="text-xs text-pretty text-fg-2">
        {t.agesSay} {t.coverSay}
      </p>
      <Show when={props.days.length > 1 && figures().valueMinor > 0}>
        <StepLine
          title={t.trend}
          heading={
            <h3 class="font-strong">
              {t.trend} <span class="text-xs font-regular text-fg-3">{axis().unit}</span>
            </h3>
          }
          summary={t.trendSay(
            props.days[0]?.day ?? "",
            props.days.at(-1)?.day ?? "",
            money(props.days.at(-1)?.valueMinor ?? 0),
          )}
          labels={props.days.map(({ day }) => day.slice(5))}
          now={{ name: t.amount, values: props.days.map(({ valueMinor }) => valueMinor) }}
          axis={axis().text}
          format={money}
        />
      </Show>
      <Show when={props.onCompany && props.items.length > 1}>
        <section class="flex flex-col gap-2" aria-label={t.companies}>
          <h3 class="font-strong">{t.companies}</h3>
          <div class="flex max-h-96 flex-col border border-line">
            <DataTable
              label={t.companies}
              rows={[...props.items].sort((a, b) => b.valueMinor - a.valueMinor || b.units - a.units)}
              columns={companies()}
              rowKey={(one) => one.company}
              onOpen={(one) => props.onCompany?.(one.company)}
            />
          </div>
          <p class="text-xs text-fg-2">{t.companiesSay}</p>
        </section>
      </Show>
    </div>
  );
}

const shareOf = (window: { moved: number; base: number } | undefined): string =>
  window && window.base > 0 ? percent(window.moved / window.base) : "—";
