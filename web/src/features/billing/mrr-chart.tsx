import type { MrrMonth } from "@yihao/insight/stream-model";
import { For, type JSX } from "solid-js";
import { money, moneyAxis, monthTitle } from "../../format.ts";
import { Chart } from "../../ui/chart.tsx";
import { widthOf } from "../../ui/ruler.tsx";
import { streamPageWords } from "./streams-words.ts";

const ups = ["new", "reactivation", "expansion"] as const;
const downs = ["contraction", "churn"] as const;
const inks = {
  new: "var(--color-fill-4)",
  reactivation: "var(--color-fill-2)",
  expansion: "var(--color-fill-3)",
  contraction: "var(--color-age-3)",
  churn: "var(--color-age-5)",
} as const;
type Kind = keyof typeof inks;

/** Monthly recurring revenue by month: what came above the line, what went below it. */
export function MrrChart(props: { months: readonly MrrMonth[]; heading: JSX.Element; summary: string }) {
  const t = streamPageWords();
  let frame: HTMLDivElement | undefined;
  const width = widthOf(() => frame);
  const sum = (month: MrrMonth, kinds: readonly Kind[]) => kinds.reduce((all, kind) => all + month.moves[kind], 0);
  const up = () => Math.max(1, ...props.months.map((month) => sum(month, ups)));
  const down = () => Math.max(0, ...props.months.map((month) => sum(month, downs)));
  const height = 148;
  const scale = () => height / (up() + down());
  const zero = () => up() * scale();
  const step = () => (width() - 38) / Math.max(1, props.months.length);
  const axis = () => moneyAxis(Math.max(up(), down()));
  const marks = () => [up(), 0, ...(down() > 0 ? [-down()] : [])];
  /** Whether what a line stands for would be written over the zero. */
  const near = (value: number) => value !== 0 && Math.abs(value) * scale() < 14;
  const bars = (month: MrrMonth) => {
    const all: { kind: Kind; y: number; height: number }[] = [];
    let [above, below] = [zero(), zero()];
    for (const kind of ups) {
      const size = month.moves[kind] * scale();
      above -= size;
      if (size > 0) all.push({ kind, y: above, height: size });
    }
    for (const kind of downs) {
      const size = month.moves[kind] * scale();
      if (size > 0) all.push({ kind, y: below, height: size });
      below += size;
    }
    return all;
  };
  const used = () => [...ups, ...downs].filter((kind) => props.months.some((month) => month.moves[kind] > 0));
  return (
    <Chart
      title={t.mrr}
      summary={props.summary}
      heading={props.heading}
      pane
      head={["", t.start, ...[...ups, ...downs].map((kind) => t.moves[kind]), t.end]}
      rows={props.months.map((month) => [
        monthTitle(month.month),
        money(month.startMinor),
        ...ups.map((kind) => money(month.moves[kind])),
        ...downs.map((kind) => money(-month.moves[kind])),
        money(month.endMinor),
      ])}
    >
      <div
        ref={(element) => {
          frame = element;
        }}
      >
        <svg width={width()} height={height + 34} aria-hidden="true" class="block max-w-full">
          <g transform="translate(0 10)">
            <For each={marks()}>
              {(value) => (
                <>
                  <path
                    d={`M36 ${zero() - value * scale()}H${width()}`}
                    stroke={value === 0 ? "var(--color-line-control)" : "var(--color-line)"}
                  />
                  <text x="32" y={zero() - value * scale() + 4} text-anchor="end" class="y-axis">
                    {near(value) ? "" : `${value < 0 ? "−" : ""}${axis().text(Math.abs(value))}`}
                  </text>
                </>
              )}
            </For>
            <For each={props.months}>
              {(month, index) => (
                <g>
                  <For each={bars(month)}>
                    {(bar) => (
                      <rect
                        x={38 + index() * step() + step() * 0.16}
                        width={step() * 0.68}
                        y={bar.y}
                        height={Math.max(1, bar.height - 1)}
                        fill={inks[bar.kind]}
                      />
                    )}
                  </For>
                  <text
                    x={38 + (index() + 0.5) * step()}
                    y={height + 17}
                    text-anchor="middle"
                    class="y-axis"
                    classList={{ "y-axis-now": index() === props.months.length - 1 }}
                  >
                    {`${index() === 0 ? `${month.month.slice(2, 4)}/` : ""}${Number(month.month.slice(5))}`}
                  </text>
                </g>
              )}
            </For>
          </g>
        </svg>
      </div>
      <ul class="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-xs text-fg-2">
        <For each={used()}>
          {(kind) => (
            <li class="flex items-center gap-1.5">
              <i class="inline-block size-2.5" style={{ background: inks[kind] }} />
              {t.moves[kind]}
            </li>
          )}
        </For>
      </ul>
    </Chart>
  );
}
