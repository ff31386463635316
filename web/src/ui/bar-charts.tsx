import { For, type JSX, Show } from "solid-js";
import { Chart, type Hue, hue } from "./chart.tsx";

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
