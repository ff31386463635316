import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
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
export type Hue = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
const hue = (index: Hue): string => `var(--color-chart-${index})`;

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

export interface Part {
  readonly key: string;
  readonly name: string;
  readonly value: number;
  readonly hue: Hue;
  /** How it stands to last time (+2.1%), in neutral ink. */
  readonly change?: string;
}

/** What is left of something against the line at which more is ordered: a bar with a tick. `of` is what the whole length stands for. */
export function CoverBar(props: {
  value: number;
  line: number;
  of: number;
  tone: "enough" | "low" | "out";
  label: string;
}) {
  const share = (value: number) => `${Math.min(100, Math.max(0, (value / Math.max(1, props.of)) * 100))}%`;
  return (
    <span
      class="y-cover"
      classList={{ "y-cover-low": props.tone === "low", "y-cover-out": props.tone === "out" }}
      role="img"
      aria-label={props.label}
    >
      <i style={{ width: share(props.value) }} />
      <u style={{ left: share(props.line) }} />
    </span>
  );
}

/** How many stand at each stage of a flow, in its order: one bar whose ink deepens, under each part its number and name. At most five stages. */
export function StageBar(props: {
  title: string;
  summary: string;
  stages: readonly { key: string; name: string; value: number }[];
  format: (value: number) => string;
}) {
  const ink = (index: number) => `var(--color-fill-${Math.max(1, 6 - props.stages.length + index)})`;
  return (
    <figure class="y-chart" aria-label={`${props.title}: ${props.summary}`}>
      <ul class="y-stages">
        <For each={props.stages}>
          {(stage, index) => (
            <li style={{ "flex-grow": stage.value }} classList={{ "text-fg-3": stage.value === 0 }}>
              <i style={{ background: stage.value === 0 ? "var(--color-plate)" : ink(index()) }} />
              <b classList={{ "font-regular": stage.value === 0 }}>{props.format(stage.value)}</b>
              <span>{stage.name}</span>
            </li>
          )}
        </For>
      </ul>
      <figcaption class="y-hidden">{props.summary}</figcaption>
    </figure>
  );
}

/** What something is made of: one bar of parts and a list of values, which is its table. `of` is the full length (a target), `pace` 0…1. */
export function StackedBar(props: {
  title: string;
  summary: string;
  parts: readonly Part[];
  format: (value: number) => string;
  of?: number;
  pace?: number;
}) {
  const sum = () => props.parts.reduce((all, part) => all + part.value, 0);
  const whole = () => Math.max(props.of ?? 0, sum(), 1);
  return (
    <figure class="y-chart" aria-label={`${props.title}: ${props.summary}`}>
      <div class="y-stack" aria-hidden="true">
        <For each={props.parts.filter(({ value }) => value > 0)}>
          {(part) => <i style={{ width: `${(part.value / whole()) * 100}%`, background: hue(part.hue) }} />}
        </For>
        <Show when={props.pace !== undefined}>
          <u style={{ left: `${(props.pace ?? 0) * 100}%` }} />
        </Show>
      </div>
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
      <figcaption class="y-hidden">{props.summary}</figcaption>
    </figure>
  );
}

const niceTop = (most: number): number => {
  if (most <= 0) return 1;
  const size = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 2.5, 3, 4, 5, 6, 8, 10].map((step) => step * size).find((top) => top >= most) ?? most;
};

function Grid(props: {
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
function ticksTo(most: number): number[] {
  const size = 10 ** Math.floor(Math.log10(Math.max(most, 1)));
  const step = [0.2, 0.5, 1, 2, 5].map((one) => one * size).find((one) => most / one < 4) ?? 5 * size;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step);
}

/**
 * Made of what, over time: a column per period, the current one marked, and beside them the values of the period under the pointer or else the
 * current one. `share` draws every column as parts of its whole. A series keeps its place and colour; those that never had a value are left out.
 */
export function StackedColumns(props: {
  title: string;
  summary: string;
  heading?: JSX.Element;
  pane?: boolean;
  series: readonly { key: string; name: string; hue: Hue }[];
  columns: readonly { label: string; name: string; values: readonly number[]; current?: boolean }[];
  axis: (value: number) => string;
  format: (value: number) => string;
  share?: boolean;
  height?: number;
  /** What the sum of a period is called, by its place; of no period, the head of the table's last column. */
  total: (at: number) => string;
}) {
  let frame: HTMLDivElement | undefined;
  const columns = createMemo(() => props.columns);
  const width = widthOf(() => frame);
  const [over, setOver] = createSignal<number>();
  const height = () => props.height ?? 168;
  const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
  const used = () =>
    props.series
      .map((one, index) => ({ ...one, index }))
      .filter(({ index }) => columns().some(({ values }) => (values[index] ?? 0) !== 0));
  const most = () => Math.max(...columns().map((column) => sum(column.values)), 1);
  const whole = (column: { values: readonly number[] }) => (props.share ? Math.max(sum(column.values), 1) : most());
  const room = () => height() - 22;
  const step = () => (width() - 38) / Math.max(1, columns().length);
  const at = () =>
    over() ??
    Math.max(
      0,
      columns().findIndex(({ current }) => current),
    );
  const shown = () => columns()[at()];
  const percent = (value: number) => `${Math.round(value * 100)}%`;
  return (
    <Chart
      title={props.title}
      summary={props.summary}
      heading={props.heading}
      pane={props.pane}
      head={["", ...used().map((one) => one.name), props.total(-1)]}
      rows={columns().map((column) => [
        column.name,
        ...used().map(({ index }) => props.format(column.values[index] ?? 0)),
        props.format(sum(column.values)),
      ])}
    >
      <div class="y-columns">
        <div
          ref={(element) => {
            frame = element;
          }}
        >
          <svg
            width={width()}
            height={height() + 20}
            aria-hidden="true"
            class="block max-w-full"
            onPointerLeave={() => setOver(undefined)}
          >
            <Show
              when={props.share}
              fallback={
                <Grid
                  ticks={ticksTo(most())}
                  scale={(value) => (value / most()) * room()}
                  left={36}
                  width={width()}
                  height={height()}
                  format={props.axis}
                />
              }
            >
              <Grid
                ticks={[0, 0.5, 1]}
                scale={(value) => value * room()}
                left={36}
                width={width()}
                height={height()}
                format={percent}
              />
            </Show>
            <For each={columns()}>
              {(column, index) => {
                const x = () => 38 + index() * step() + step() * 0.16;
                const bar = () => step() * 0.68;
                const scale = (value: number) => (value / whole(column)) * room();
                const isShown = () => shown() === column;
                // The sum is wider than a narrow column: at the edge it stands inside of it.
                const atEdge = () => x() + bar() / 2 + 30 > width();
                const upTo = (at: number) =>
                  sum(
                    used()
                      .slice(0, at)
                      .map((one) => column.values[one.index] ?? 0),
                  );
                return (
                  <g onPointerEnter={() => setOver(index())}>
                    <rect x={38 + index() * step()} y="0" width={step()} height={height() + 20} fill="transparent" />
                    <For each={used()}>
                      {(one, part) => (
                        <rect
                          x={x()}
                          width={bar()}
                          y={height() - scale(upTo(part() + 1))}
                          height={Math.max(0, scale(column.values[one.index] ?? 0) - 1)}
                          fill={hue(one.hue)}
                        />
                      )}
                    </For>
                    <Show when={isShown() && sum(column.values) > 0 && !props.share}>
                      <text
                        x={atEdge() ? width() : x() + bar() / 2}
                        y={height() - scale(sum(column.values)) - 6}
                        text-anchor={atEdge() ? "end" : "middle"}
                        class="y-axis y-axis-now"
                      >
                        {props.axis(sum(column.values))}
                      </text>
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
                  </g>
                );
              }}
            </For>
          </svg>
        </div>
        <Show when={shown()}>
          {(column) => (
            <ul class="y-columns-values">
              <For each={[...used()].reverse()}>
                {(one) => (
                  <li>
                    <i style={{ background: hue(one.hue) }} />
                    <span class="min-w-0 flex-1 truncate">{one.name}</span>
                    <span>
                      {props.share
                        ? percent((column().values[one.index] ?? 0) / Math.max(sum(column().values), 1))
                        : props.format(column().values[one.index] ?? 0)}
                    </span>
                  </li>
                )}
              </For>
              <li class="y-columns-total">
                <span class="min-w-0 flex-1 truncate">{props.total(at())}</span>
                <b>{props.format(sum(column().values))}</b>
              </li>
            </ul>
          )}
        </Show>
      </div>
    </Chart>
  );
}

const steps = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], index) => (index === 0 ? `M${x} ${y}` : `H${x}V${y}`)).join("");

/** On pace? A cumulative step line against the last period and a target; values start at the first label. With `bands` each value stands over its label's whole width: of months, say. */
export function StepLine(props: {
  title: string;
  bands?: boolean;
  summary: string;
  heading?: JSX.Element;
  pane?: boolean;
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
  // A longer period before is compared over the same days.
  const before = () => props.before && { ...props.before, values: props.before.values.slice(0, props.labels.length) };
  const top = () => Math.max(...props.now.values, ...(before()?.values ?? []), props.target ?? 0, 1) * 1.06;
  const x = (index: number) => 1 + (index / Math.max(1, props.labels.length - (props.bands ? 0 : 1))) * (width() - 2);
  const middle = (index: number) => (props.bands ? (x(index) + x(index + 1)) / 2 : x(index));
  const y = (value: number) => height() - (value / top()) * (height() - 18);
  const path = (values: readonly number[]) =>
    `${steps(values.map((value, index) => [x(index), y(value)] as const))}${props.bands ? `H${x(values.length)}` : ""}`;
  const last = () => props.now.values.length - 1;
  const end = () => (props.bands ? x(last() + 1) : x(last()));
  const every = () => Math.max(1, Math.round(props.labels.length / 5));
  return (
    <Chart
      title={props.title}
      summary={props.summary}
      heading={props.heading}
      pane={props.pane}
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
          <Show when={before()}>
            {(past) => (
              <path d={path(past().values)} fill="none" stroke="var(--color-line-control)" stroke-width="1.5" />
            )}
          </Show>
          <path d={path(props.now.values)} fill="none" stroke="var(--color-mark)" stroke-width="2" />
          <circle cx={middle(last())} cy={y(props.now.values[last()] ?? 0)} r="3" fill="var(--color-mark)" />
          <text
            x={Math.max(60, end() - 6)}
            y={y(props.now.values[last()] ?? 0) - 7}
            text-anchor="end"
            class="y-axis y-axis-brand"
          >
            {props.now.name} {props.axis(props.now.values[last()] ?? 0)}
          </text>
          <Show when={before()}>
            {(past) => (
              <text x={width()} y={y(past().values.at(-1) ?? 0) + 18} text-anchor="end" class="y-axis">
                {past().name}
              </text>
            )}
          </Show>
          <For each={props.labels}>
            {(label, index) => (
              <Show when={index() % every() === 0}>
                <path d={`M${middle(index())} ${height()}v4`} stroke="var(--color-line-control)" />
                <text
                  x={middle(index())}
                  y={height() + 16}
                  text-anchor={index() === 0 && !props.bands ? "start" : "middle"}
                  class="y-axis"
                >
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
  heading?: JSX.Element;
  pane?: boolean;
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
      heading={props.heading}
      pane={props.pane}
      head={[props.title, ""]}
      rows={props.rows.map((row) => [row.label, props.format(row.value)])}
    >
      <ul class="y-ageing">
        <For each={props.rows}>
          {(row, index) => (
            <li>
              <span class="text-xs text-fg-2">{row.label}</span>
              <span class="flex min-w-0 items-center gap-2">
                <i style={{ width: `calc((100% - 56px) * ${row.value / most()})`, background: ink(index()) }} />
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
          <Grid
            ticks={[0, top() / 2, top()]}
            scale={(value) => (value / top()) * (height() - 16)}
            left={32}
            width={width()}
            height={height()}
            format={props.format}
          />
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
          <text
            x={x(last()) - 2}
            y={y(props.values[last()] ?? 0) - 8}
            text-anchor={count() - last() < 4 ? "end" : "middle"}
            class="y-axis y-axis-now"
          >
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
