import { For, type JSX, Show } from "solid-js";
import { dictionary } from "../i18n.ts";
import { Chart, Grid, niceTop, steps } from "./chart.tsx";
import { widthOf } from "./ruler.tsx";

const words = dictionary({
  zh: { target: "目标", reorder: "补货线" },
  en: { target: "Target", reorder: "Reorder" },
});

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
