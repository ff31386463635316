import { createSignal, For, type JSX, Show } from "solid-js";
import { dictionary } from "../i18n.ts";
import { IconButton } from "./button.tsx";

const words = dictionary({
  zh: { table: "看表格", chart: "看图" },
  en: { table: "As table", chart: "As chart" },
});

/** Colour of a stream, 1 to 8; the same stream keeps its number everywhere. */
export type Hue = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
export const hue = (index: Hue): string => `var(--color-chart-${index})`;

/**
 * A chart with its table view behind one press, and a sentence for those who see neither. The press stands at the right end of `heading`; as the
 * head of a pane with `pane`, where the chart is all that the pane holds.
 */
export function Chart(props: {
  title: string;
  summary: string;
  heading?: JSX.Element;
  pane?: boolean | undefined;
  head: readonly string[];
  rows: readonly (readonly string[])[];
  children: JSX.Element;
}) {
  const t = words();
  const [table, setTable] = createSignal(false);
  const press = () => (
    <IconButton
      icon={table() ? "chart" : "table"}
      size="sm"
      label={`${props.title}, ${table() ? t.chart : t.table}`}
      aria-pressed={table()}
      onClick={() => setTable(!table())}
    />
  );
  return (
    <figure class="y-chart" aria-label={`${props.title}: ${props.summary}`}>
      <Show when={props.heading} fallback={<span class="y-chart-switch">{press()}</span>}>
        <div class={props.pane ? "y-pane-head" : "y-chart-head"}>
          <div class="flex min-w-0 flex-1 flex-wrap items-center gap-x-2">{props.heading}</div>
          {press()}
        </div>
      </Show>
      <div classList={{ "px-4 py-3": props.pane === true }}>
        <Show when={table()} fallback={props.children}>
          <div class="overflow-x-auto">
            <table class="y-chart-table">
              <thead>
                <tr>
                  <For each={props.head}>{(cell) => <th scope="col">{cell}</th>}</For>
                </tr>
              </thead>
              <tbody>
                <For each={props.rows}>
                  {(row) => (
                    <tr>
                      <For each={row}>
                        {(cell, index) => (index() === 0 ? <th scope="row">{cell}</th> : <td>{cell}</td>)}
                      </For>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
          </div>
        </Show>
      </div>
      <figcaption class="y-hidden">{props.summary}</figcaption>
    </figure>
  );
}

/** The round value at or above the highest one. */
export const niceTop = (most: number): number => {
  if (most <= 0) return 1;
  const size = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 2.5, 3, 4, 5, 6, 8, 10].map((step) => step * size).find((top) => top >= most) ?? most;
};

/** Lines across a chart at the values of its ticks, each with its value at the left. */
export function Grid(props: {
  /** The values that a line stands for; the first is 0. */
  ticks: readonly number[];
  scale: (value: number) => number;
  left: number;
  width: number;
  height: number;
  format: (value: number) => string;
}) {
  return (
    <For each={props.ticks}>
      {(value) => {
        const y = () => props.height - props.scale(value) - 0.5;
        return (
          <>
            <path
              d={`M${props.left} ${y()}H${props.width}`}
              stroke={value === 0 ? "var(--color-line-control)" : "var(--color-chart-grid)"}
            />
            <text x={props.left - 6} y={y() + 4} text-anchor="end" class="y-axis">
              {props.format(value)}
            </text>
          </>
        );
      }}
    </For>
  );
}

/** Round values from 0 up to the highest one, three or four of them. */
export function ticksTo(most: number): number[] {
  const size = 10 ** Math.floor(Math.log10(Math.max(most, 1)));
  const step = [0.2, 0.5, 1, 2, 5].map((one) => one * size).find((one) => most / one < 4) ?? 5 * size;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step);
}

/** A path that keeps each value until the next point. */
export const steps = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], index) => (index === 0 ? `M${x} ${y}` : `H${x}V${y}`)).join("");
