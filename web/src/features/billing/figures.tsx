import type { Summary } from "@yihao/billing/model";
import { createSignal, Show } from "solid-js";
import { money, moneyAxis, monthShort, monthTitle } from "../../format.ts";
import { useMay } from "../../session.ts";
import { hueOf, streamWords } from "../../streams.ts";
import { AgeingBars } from "../../ui/bar-charts.tsx";
import { bound } from "../../ui/binding.ts";
import { Segmented } from "../../ui/choice-field.tsx";
import { StackedColumns } from "../../ui/column-charts.tsx";
import { Behind, Reading } from "../../ui/reading.tsx";
import { widthOf } from "../../ui/ruler.tsx";
import { useRevenue, useSummary } from "./data.ts";
import { billWords } from "./words.ts";

type Months = NonNullable<ReturnType<typeof useRevenue>["data"]>;

/** Revenue by stream, for those who may see it, and receivables by age, side by side; where there is no room for both, behind one line that says the sums. */
export function Figures(props: { space: string }) {
  const t = billWords();
  const summary = useSummary(() => props.space);
  const may = useMay(() => props.space);
  const earns = () => may("insight.figures");
  const revenue = useRevenue(() => props.space, earns);
  let frame: HTMLDivElement | undefined;
  const width = widthOf(() => frame);
  const both = () => (
    <div class="y-figures">
      <Show when={earns()}>
        <section aria-label={t.revenue}>
          <Reading asked={revenue} title={t.revenue} failed={t.revenueNotRead} still={t.still} rows={5}>
            {(months) => (
              <Show
                when={months().some(({ grossMinor }) => grossMinor !== 0)}
                fallback={
                  <>
                    <header class="y-pane-head">
                      <h2>{t.revenue}</h2>
                    </header>
                    <p class="px-4 py-3 text-fg-2">{t.noRevenue}</p>
                  </>
                }
              >
                <Revenue months={months()} />
              </Show>
            )}
          </Reading>
        </section>
      </Show>
      <section aria-label={t.ages}>
        <Reading asked={summary} title={t.ages} failed={t.agesNotRead} still={t.still} rows={5}>
          {(now) => (
            <>
              <Ages summary={now()} />
              <Show when={summary.behind}>
                <p class="px-4 pb-2">
                  <Behind asked={summary} />
                </p>
              </Show>
            </>
          )}
        </Reading>
      </section>
    </div>
  );
  return (
    <div
      class="flex-none border-b border-line"
      ref={(element) => {
        frame = element;
      }}
    >
      <Show when={width() < 780} fallback={both()}>
        <details class="y-fold">
          <summary>
            <Show when={summary.data} fallback={t.ages}>
              {(now) => t.figures(money(now().due.openMinor), money(now().overdue.openMinor))}
            </Show>
          </summary>
          {both()}
        </details>
      </Show>
    </div>
  );
}

/** Twelve columns, the months, each made of the streams (收入构成). */
function Revenue(props: { months: Months }) {
  const t = billWords();
  const names = streamWords();
  const [by, setBy] = createSignal<"amount" | "share">("amount");
  const streams = () => Object.keys(hueOf) as (keyof typeof hueOf)[];
  const grossOf = (month: Months[number], stream: keyof typeof hueOf) =>
    month.streams.find((one) => one.stream === stream)?.grossMinor ?? 0;
  const axis = () => moneyAxis(Math.max(...props.months.map(({ grossMinor }) => grossMinor), 0));
  const now = () => props.months.at(-1);
  const label = (month: string, index: number) =>
    `${index === 0 ? `${month.slice(2, 4)}/` : ""}${Number(month.slice(5))}`;
  const totalOf = (at: number) => {
    const month = props.months[at];
    if (!month) return t.sumTotal;
    return (month === now() ? t.toDate : t.monthTotal)(monthShort(month.month));
  };
  return (
    <StackedColumns
      title={t.revenue}
      summary={t.revenueSay(monthShort(now()?.month ?? ""), money(now()?.grossMinor ?? 0))}
      pane
      heading={
        <>
          <h2>{t.revenue}</h2>
          <span class="min-w-0 flex-1 truncate text-xs text-fg-3">{t.revenueNote(axis().unit)}</span>
          <Segmented
            label={t.by}
            bare
            small
            options={[
              { value: "amount" as const, label: t.amount },
              { value: "share" as const, label: t.share },
            ]}
            bind={bound(by, setBy)}
          />
        </>
      }
      series={streams().map((stream) => ({ key: stream, name: names[stream], hue: hueOf[stream] }))}
      columns={props.months.map((month, index) => ({
        label: label(month.month, index),
        name: monthTitle(month.month),
        values: streams().map((stream) => grossOf(month, stream)),
        current: index === props.months.length - 1,
      }))}
      axis={(value) => axis().text(value)}
      format={(value) => money(value)}
      share={by() === "share"}
      total={(at) => totalOf(at)}
    />
  );
}

/** Receivables by how long they are over (应收账龄). */
function Ages(props: { summary: Summary }) {
  const t = billWords();
  const rows = () =>
    props.summary.ages.map(({ upTo, count, openMinor }, index, all) => ({
      label:
        index === 0
          ? t.notDue
          : upTo === null
            ? t.daysMore(all[index - 1]?.upTo ?? 90)
            : t.days((all[index - 1]?.upTo ?? 0) + 1, upTo),
      note: t.bills(count),
      value: openMinor,
    }));
  return (
    <AgeingBars
      title={t.ages}
      summary={t.figures(money(props.summary.due.openMinor), money(props.summary.overdue.openMinor))}
      pane
      heading={
        <>
          <h2>{t.ages}</h2>
          <span
            class="ml-auto text-xs"
            classList={{
              "text-bad-fg": props.summary.overdue.openMinor > 0,
              "text-fg-3": props.summary.overdue.openMinor === 0,
            }}
          >
            {t.overdueSum(money(props.summary.overdue.openMinor))}
          </span>
        </>
      }
      rows={rows()}
      format={money}
      total={{ label: t.agesTotal(props.summary.due.count), value: props.summary.due.openMinor }}
    />
  );
}
