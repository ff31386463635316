import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { Chart, Grid, type Hue, hue, ticksTo } from "./chart.tsx";
import { widthOf } from "./ruler.tsx";

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
