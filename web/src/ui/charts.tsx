import { createSignal, For, type JSX, Show } from "solid-js";
import { dictionary } from "../i18n.ts";
import { IconButton } from "./button.tsx";
import { widthOf } from "./ruler.tsx";

const words = dictionary({
  zh: { table: "看表格", chart: "看图", target: "目标", reorder: "补货线", runsOut: "跌破", total: "合计" },
  en: {
    table: "As table",
    chart: "As chart",
    target: "Target",
    reorder: "Reorder",
    runsOut: "Below from",
    total: "Total",
  },
});

/** Colour of a stream, 1 to 8; the same stream keeps its number everywhere. */
export type Hue = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;
const hue = (index: Hue): string => `var(--color-chart-${index})`;

/** A chart with its table view behind one press, and a sentence for those who see neither. */
function Chart(props: {
  title: string;
  summary: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
  children: JSX.Element;
}) {
  const t = words();
  const [table, setTable] = createSignal(false);
  return (
    <figure class="y-chart" aria-label={`${props.title}: ${props.summary}`}>
      <span class="y-chart-switch">
        <IconButton
          icon={table() ? "chart" : "table"}
          size="sm"
          label={`${props.title}, ${table() ? t.chart : t.table}`}
          aria-pressed={table()}
          onClick={() => setTable(!table())}
        />
      </span>
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
      <figcaption class="y-hidden">{props.summary}</figcaption>
    </figure>
  );
}

export interface Part {
  readonly key: string;
  readonly name: string;
  readonly value: number;
  readonly hue: Hue;
  /** How it stands to last time (+2.1%), in neutral ink. */
  readonly change?: string;
}

/** What something is made of: one bar of parts and a list of values. `of` is the full length (a target), `pace` 0…1. */
export function StackedBar(props: {
  title: string;
  summary: string;
  parts: readonly Part[];
  format: (value: number) => string;
  of?: number;
  pace?: number;
  bare?: boolean;
}) {
  const t = words();
  const sum = () => props.parts.reduce((all, part) => all + part.value, 0);
  const whole = () => Math.max(props.of ?? 0, sum(), 1);
  return (
    <Chart
      title={props.title}
      summary={props.summary}
      head={[props.title, t.total]}
      rows={props.parts.map((part) => [part.name, props.format(part.value)])}
    >
      <div class="y-stack" aria-hidden="true">
        <For each={props.parts}>
          {(part) => <i style={{ width: `${(part.value / whole()) * 100}%`, background: hue(part.hue) }} />}
        </For>
        <Show when={props.pace !== undefined}>
          <u style={{ left: `${(props.pace ?? 0) * 100}%` }} />
        </Show>
      </div>
      <Show when={!props.bare}>
        <ul class="y-values">
          <For each={props.parts}>
            {(part) => (
              <li>
                <i style={{ background: hue(part.hue) }} />
                <span class="min-w-0 flex-1 truncate">{part.name}</span>
                <span>{props.format(part.value)}</span>
                <Show when={props.parts.some((one) => one.change !== undefined)}>
                  <span class="w-14 text-right text-xs text-fg-2">{part.change}</span>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </Chart>
  );
}

const niceTop = (most: number): number => {
  if (most <= 0) return 1;
  const size = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 2.5, 3, 4, 5, 6, 8, 10].map((step) => step * size).find((top) => top >= most) ?? most;
};

function Grid(props: {
  top: number;
  left: number;
  width: number;
  height: number;
  format: (value: number) => string;
  steps?: number;
}) {
  const steps = () => props.steps ?? 2;
  return (
    <For each={Array.from({ length: steps() + 1 }, (_, index) => (props.top / steps()) * index)}>
      {(value) => {
        const y = () => props.height - (value / props.top) * (props.height - 16) - 0.5;
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

/** Made of what, over time: a column per period; the current one is marked, `expected` draws its unfinished rest dashed. */
export function StackedColumns(props: {
  title: string;
  summary: string;
  series: readonly { key: string; name: string; hue: Hue }[];
  columns: readonly { label: string; values: readonly number[]; current?: boolean; expected?: number }[];
  axis: (value: number) => string;
  format: (value: number) => string;
  height?: number;
}) {
  let frame: HTMLDivElement | undefined;
  const width = widthOf(() => frame);
  const height = () => props.height ?? 160;
  const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
  const top = () =>
    niceTop(Math.max(...props.columns.map((column) => Math.max(sum(column.values), column.expected ?? 0)), 1));
  const step = () => (width() - 34) / Math.max(1, props.columns.length);
  const scale = (value: number) => (value / top()) * (height() - 16);
  return (
    <Chart
      title={props.title}
      summary={props.summary}
      head={["", ...props.series.map((one) => one.name)]}
      rows={props.columns.map((column) => [column.label, ...column.values.map(props.format)])}
    >
      <div
        ref={(element) => {
          frame = element;
        }}
      >
        <svg width={width()} height={height() + 20} aria-hidden="true" class="block max-w-full">
          <Grid top={top()} left={32} width={width()} height={height()} format={props.axis} />
          <For each={props.columns}>
            {(column, index) => {
              const x = () => 34 + index() * step() + step() * 0.16;
              const bar = () => step() * 0.68;
              return (
                <>
                  <For each={column.values}>
                    {(value, part) => (
                      <rect
                        x={x()}
                        width={bar()}
                        y={height() - scale(sum(column.values.slice(0, part() + 1)))}
                        height={Math.max(0, scale(value) - 1)}
                        fill={hue(props.series[part()]?.hue ?? 1)}
                      />
                    )}
                  </For>
                  <Show when={column.expected !== undefined && column.expected > sum(column.values)}>
                    <rect
                      x={x()}
                      width={bar()}
                      y={height() - scale(column.expected ?? 0)}
                      height={scale((column.expected ?? 0) - sum(column.values))}
                      fill="none"
                      stroke="var(--color-line-control)"
                      stroke-dasharray="3 2"
                    />
                  </Show>
                  <text
                    x={x() + bar() / 2}
                    y={height() + 15}
                    text-anchor="middle"
                    class="y-axis"
                    classList={{ "y-axis-now": column.current === true }}
                  >
                    {column.label}
                  </text>
                </>
              );
            }}
          </For>
        </svg>
      </div>
      <ul class="y-legend mt-2">
        <For each={props.series}>
          {(one) => (
            <li>
              <i class="block h-2.5 w-2.5" style={{ background: hue(one.hue) }} />
              {one.name}
            </li>
          )}
        </For>
      </ul>
    </Chart>
  );
}

const steps = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], index) => (index === 0 ? `M${x} ${y}` : `H${x}V${y}`)).join("");

/** On pace? A cumulative step line against the last period and a target; values start at the first label. */
export function StepLine(props: {
  title: string;
  summary: string;
  labels: readonly string[];
  now: { name: string; values: readonly number[] };
  before?: { name: string; values: readonly number[] };
  target?: number;
  axis: (value: number) => string;
  format: (value: number) => string;
  height?: number;
}) {
  const t = words();
  let frame: HTMLDivElement | undefined;
  const width = widthOf(() => frame);
  const height = () => props.height ?? 96;
  const top = () => Math.max(...props.now.values, ...(props.before?.values ?? []), props.target ?? 0, 1) * 1.06;
  const x = (index: number) => 1 + (index / Math.max(1, props.labels.length - 1)) * (width() - 2);
  const y = (value: number) => height() - (value / top()) * (height() - 18);
  const path = (values: readonly number[]) => steps(values.map((value, index) => [x(index), y(value)] as const));
  const last = () => props.now.values.length - 1;
  const every = () => Math.max(1, Math.round(props.labels.length / 5));
  return (
    <Chart
      title={props.title}
      summary={props.summary}
      head={["", props.now.name, ...(props.before ? [props.before.name] : [])]}
      rows={props.labels.map((label, index) => [
        label,
        ...[props.now.values, ...(props.before ? [props.before.values] : [])].map((values) =>
          values[index] === undefined ? "—" : props.format(values[index]!),
        ),
      ])}
    >
      <div
        ref={(element) => {
          frame = element;
        }}
      >
        <svg width={width()} height={height() + 20} aria-hidden="true" class="block max-w-full overflow-visible">
          <Show when={props.target !== undefined}>
            <path
              d={`M0 ${y(props.target ?? 0)}H${width()}`}
              stroke="var(--color-line-control)"
              stroke-dasharray="3 3"
            />
            <text x={width()} y={y(props.target ?? 0) - 5} text-anchor="end" class="y-axis">
              {t.target} {props.axis(props.target ?? 0)}
            </text>
          </Show>
          <path d={`M0 ${height() + 0.5}H${width()}`} stroke="var(--color-line-control)" />
          <Show when={props.before}>
            {(before) => (
              <path d={path(before().values)} fill="none" stroke="var(--color-line-control)" stroke-width="1.5" />
            )}
          </Show>
          <path d={path(props.now.values)} fill="none" stroke="var(--color-mark)" stroke-width="2" />
          <circle cx={x(last())} cy={y(props.now.values[last()] ?? 0)} r="3" fill="var(--color-mark)" />
          <text
            x={Math.max(60, x(last()) - 6)}
            y={y(props.now.values[last()] ?? 0) - 7}
            text-anchor="end"
            class="y-axis y-axis-brand"
          >
            {props.now.name} {props.axis(props.now.values[last()] ?? 0)}
          </text>
          <Show when={props.before}>
            {(before) => (
              <text
                x={width()}
                y={y(before().values[before().values.length - 1] ?? 0) + 18}
                text-anchor="end"
                class="y-axis"
              >
                {before().name}
              </text>
            )}
          </Show>
          <For each={props.labels}>
            {(label, index) => (
              <Show when={index() % every() === 0}>
                <path d={`M${x(index())} ${height()}v4`} stroke="var(--color-line-control)" />
                <text x={x(index())} y={height() + 16} text-anchor={index() === 0 ? "start" : "middle"} class="y-axis">
                  {label}
                </text>
              </Show>
            )}
          </For>
        </svg>
      </div>
    </Chart>
  );
}

/** Who owes, how long: a bar per age, ochre deepening with age; the first (not yet due) is neutral. */
export function AgeingBars(props: {
  title: string;
  summary: string;
  rows: readonly { label: string; note?: string; value: number }[];
  format: (value: number) => string;
  total?: { label: string; value: number };
}) {
  const most = () => Math.max(...props.rows.map((row) => row.value), 1);
  const ink = (index: number) =>
    index === 0 ? "var(--color-line-control)" : `var(--color-age-${Math.min(5, index + 2)})`;
  return (
    <Chart
      title={props.title}
      summary={props.summary}
      head={[props.title, ""]}
      rows={props.rows.map((row) => [row.label, props.format(row.value)])}
    >
      <ul class="y-ageing">
        <For each={props.rows}>
          {(row, index) => (
            <li>
              <span class="text-xs text-fg-2">{row.label}</span>
              <span class="flex min-w-0 items-center gap-2">
                <i style={{ width: `${(row.value / most()) * 70}%`, background: ink(index()) }} />
                <span class="text-xs whitespace-nowrap text-fg-3">{row.note}</span>
              </span>
              <span>{props.format(row.value)}</span>
            </li>
          )}
        </For>
        <Show when={props.total}>
          {(total) => (
            <li class="border-t border-line-strong pt-1">
              <span class="text-xs text-fg-2">{total().label}</span>
              <span />
              <b>{props.format(total().value)}</b>
            </li>
          )}
        </Show>
      </ul>
    </Chart>
  );
}

/** Will it run out? Stock as a step line, the reorder line, a dotted forecast and the label where they cross. */
export function StockLine(props: {
  title: string;
  summary: string;
  labels: readonly string[];
  values: readonly number[];
  forecast?: readonly number[];
  reorder?: number;
  format: (value: number) => string;
  height?: number;
  nowLabel: string;
}) {
  const t = words();
  let frame: HTMLDivElement | undefined;
  const width = widthOf(() => frame);
  const height = () => props.height ?? 110;
  const count = () => props.values.length + (props.forecast?.length ?? 0);
  const top = () => niceTop(Math.max(...props.values, props.reorder ?? 0, 1));
  const x = (index: number) => 34 + (index / Math.max(1, count() - 1)) * (width() - 36);
  const y = (value: number) => height() - (value / top()) * (height() - 16);
  const last = () => props.values.length - 1;
  const crossing = () => {
    const line = props.reorder;
    if (line === undefined || !props.forecast) return -1;
    const found = props.forecast.findIndex((value) => value < line);
    return found < 0 ? -1 : props.values.length + found;
  };
  const every = () => Math.max(1, Math.round(count() / 4));
  return (
    <Chart
      title={props.title}
      summary={props.summary}
      head={["", props.title]}
      rows={props.labels.map((label, index) => [
        label,
        props.format(props.values[index] ?? props.forecast?.[index - props.values.length] ?? 0),
      ])}
    >
      <div
        ref={(element) => {
          frame = element;
        }}
      >
        <svg width={width()} height={height() + 20} aria-hidden="true" class="block max-w-full overflow-visible">
          <Grid top={top()} left={32} width={width()} height={height()} format={props.format} />
          <path
            d={`${steps(props.values.map((value, index) => [x(index), y(value)] as const))}V${height()}H34z`}
            fill="var(--color-brand-soft)"
            opacity="0.6"
          />
          <path
            d={steps(props.values.map((value, index) => [x(index), y(value)] as const))}
            fill="none"
            stroke="var(--color-mark)"
            stroke-width="2"
          />
          <Show when={props.forecast}>
            {(forecast) => (
              <path
                d={`M${x(last())} ${y(props.values[last()] ?? 0)}${forecast()
                  .map((value, index) => `L${x(props.values.length + index)} ${y(value)}`)
                  .join("")}`}
                fill="none"
                stroke="var(--color-mark)"
                stroke-width="1.5"
                stroke-dasharray="2 3"
              />
            )}
          </Show>
          <Show when={props.reorder !== undefined}>
            <path d={`M34 ${y(props.reorder ?? 0)}H${width()}`} stroke="var(--color-warn)" stroke-dasharray="3 2" />
            <text x={(width() + 34) / 2} y={y(props.reorder ?? 0) + 14} text-anchor="middle" class="y-axis y-axis-warn">
              {t.reorder} {props.format(props.reorder ?? 0)}
            </text>
          </Show>
          <circle cx={x(last())} cy={y(props.values[last()] ?? 0)} r="3.5" fill="var(--color-mark)" />
          <text x={x(last()) - 2} y={y(props.values[last()] ?? 0) - 8} text-anchor="middle" class="y-axis y-axis-now">
            {props.nowLabel}
          </text>
          <Show when={crossing() >= 0}>
            <path d={`M${x(crossing())} ${y(props.reorder ?? 0)}V${height()}`} stroke="var(--color-warn)" />
            <text x={x(crossing())} y={height() + 15} text-anchor="middle" class="y-axis y-axis-warn">
              {props.labels[crossing()]}
            </text>
          </Show>
          <For each={props.labels}>
            {(label, index) => (
              <Show when={index() % every() === 0 && Math.abs(index() - crossing()) > every() / 2}>
                <text x={x(index())} y={height() + 15} text-anchor={index() === 0 ? "start" : "middle"} class="y-axis">
                  {label}
                </text>
              </Show>
            )}
          </For>
        </svg>
      </div>
    </Chart>
  );
}
