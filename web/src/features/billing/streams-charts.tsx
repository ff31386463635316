import type { RecurringView, Streams } from "@yihao/insight/stream-model";
import { netOf, otherThanRent, otherThanRentGoal } from "@yihao/insight/streams";
import { streams } from "@yihao/pricing/model";
import { createSignal, Show } from "solid-js";
import { count, money, moneyAxis, monthShort, monthTitle, percent } from "../../format.ts";
import { hueOf, streamWords } from "../../streams.ts";
import { bound } from "../../ui/binding.ts";
import { Segmented } from "../../ui/choice-field.tsx";
import { StackedColumns } from "../../ui/column-charts.tsx";
import { StepLine } from "../../ui/line-charts.tsx";
import { MrrChart } from "./mrr-chart.tsx";
import { cellsAt } from "./streams-view.ts";
import { streamPageWords } from "./streams-words.ts";

const label = (month: string, index: number) =>
  `${index === 0 || (index > 1 && month.endsWith("-01")) ? `${month.slice(2, 4)}/` : ""}${Number(month.slice(5))}`;

/** What the months were made of (收入构成), the chosen one told by the stream, and which share was not rent. */
export function IncomeCharts(props: { read: Streams; site: string; month: string }) {
  const t = streamPageWords();
  const names = streamWords();
  const [by, setBy] = createSignal<"amount" | "share">("amount");
  const months = () => props.read.months;
  const sums = () => months().map((month) => netOf(cellsAt(month, props.site)));
  const axis = () => moneyAxis(Math.max(...sums(), 0));
  const now = () => months().at(-1);
  const totalOf = (at: number) => {
    const month = months()[at];
    if (!month) return t.sumTotal;
    return (month === now() ? t.toDate : t.monthTotal)(monthShort(month.month));
  };
  /** From the first to the last month that brought something: of a month that is not billed yet there is no share. */
  const judged = () => {
    const brought = (sum: number) => sum !== 0;
    const first = sums().findIndex(brought);
    return first < 0 ? months() : months().slice(first, sums().findLastIndex(brought) + 1);
  };
  const shares = () => judged().map((month) => otherThanRent(cellsAt(month, props.site)) ?? 0);
  const last = () => shares().findLast((share) => share > 0) ?? 0;
  return (
    <div class="grid grid-cols-1 border-b border-line min-[1120px]:grid-cols-[minmax(0,2fr)_minmax(280px,1fr)]">
      <StackedColumns
        title={t.byStream}
        summary={t.byStreamSay(monthShort(now()?.month ?? ""), money(sums().at(-1) ?? 0))}
        pane
        heading={
          <>
            <h2>{t.byStream}</h2>
            <span class="min-w-0 flex-1 truncate text-xs text-fg-3">{t.byStreamNote(axis().unit)}</span>
            <Segmented
              label={t.byStream}
              bare
              small
              options={[
                { value: "amount" as const, label: t.amount },
                { value: "share" as const, label: t.asShare },
              ]}
              bind={bound(by, setBy)}
            />
          </>
        }
        series={streams.map((stream) => ({ key: stream, name: names[stream], hue: hueOf[stream] }))}
        columns={months().map((month, index) => ({
          label: label(month.month, index),
          name: monthTitle(month.month),
          // A month of more credit notes than bills has no column to draw.
          values: streams.map((stream) => Math.max(0, netOf(cellsAt(month, props.site), stream))),
          current: month.month === props.month,
        }))}
        axis={(value) => axis().text(value)}
        format={(value) => money(value)}
        share={by() === "share"}
        total={(at) => totalOf(at)}
      />
      <div class="border-t border-line min-[1120px]:border-t-0 min-[1120px]:border-l">
        <StepLine
          title={t.other}
          bands
          summary={t.otherSay(percent(last(), 1))}
          pane
          heading={
            <>
              <h2>{t.other}</h2>
              <span class="min-w-0 flex-1 truncate text-xs text-fg-3">{t.otherNote}</span>
            </>
          }
          labels={judged().map(({ month }, index) => label(month, index))}
          now={{ name: t.share, values: shares() }}
          target={otherThanRentGoal}
          axis={(value) => percent(value)}
          format={(value) => percent(value, 1)}
          height={150}
        />
      </div>
    </div>
  );
}

/** Monthly recurring revenue with its changes, and what is to come. */
export function RecurringCharts(props: { view: RecurringView }) {
  const t = streamPageWords();
  const now = () => props.view.months.at(-1);
  const most = () => Math.max(...props.view.months.map(({ endMinor }) => endMinor), 0);
  const unit = () => moneyAxis(most()).unit;
  const next = () => props.view.forecast[0];
  const axis = () =>
    moneyAxis(Math.max(...props.view.forecast.map(({ plansMinor, rentsMinor }) => plansMinor + rentsMinor), 0));
  return (
    <Show
      when={most() > 0 || props.view.forecast.some(({ plansMinor, rentsMinor }) => plansMinor + rentsMinor > 0)}
      fallback={<p class="border-b border-line px-4 py-3 text-fg-2">{t.mrrNone}</p>}
    >
      <div class="grid grid-cols-1 border-b border-line min-[1120px]:grid-cols-2">
        <MrrChart
          months={props.view.months}
          summary={t.mrrSay(money(now()?.endMinor ?? 0), now()?.companies ?? 0)}
          heading={
            <>
              <h2>{t.mrr}</h2>
              <span class="min-w-0 flex-1 truncate text-xs text-fg-3">{t.mrrNote(unit())}</span>
              <span class="text-xs text-fg-2">
                <b class="text-fg">{money(now()?.endMinor ?? 0)}</b> · {t.companiesCount(now()?.companies ?? 0)}
              </span>
            </>
          }
        />
        <div class="border-t border-line min-[1120px]:border-t-0 min-[1120px]:border-l">
          <StackedColumns
            title={t.forecast}
            summary={t.forecastSay(
              monthShort(next()?.month ?? ""),
              money((next()?.plansMinor ?? 0) + (next()?.rentsMinor ?? 0)),
            )}
            pane
            heading={
              <>
                <h2>{t.forecast}</h2>
                <span class="min-w-0 flex-1 truncate text-xs text-fg-3">{t.forecastNote}</span>
              </>
            }
            series={[
              { key: "plans", name: t.plans, hue: hueOf.membership },
              { key: "rents", name: t.rents, hue: hueOf.rent },
            ]}
            columns={props.view.forecast.map(({ month, plansMinor, rentsMinor }, index) => ({
              label: label(month, index),
              name: monthTitle(month),
              values: [plansMinor, rentsMinor],
              current: index === 0,
            }))}
            axis={(value) => axis().text(value)}
            format={(value) => money(value)}
            total={(at) => t.monthTotal(monthShort(props.view.forecast[at]?.month ?? ""))}
            height={148}
          />
        </div>
      </div>
    </Show>
  );
}

/** The sentence under a figure of sizes: what it is of. */
export const perNote = (t: ReturnType<typeof streamPageWords>, of: "m2" | "bin", size: number): string =>
  of === "m2" ? (size === 0 ? t.noSize : t.perM2Note(count(size))) : size === 0 ? t.noBins : t.perBinNote(count(size));
