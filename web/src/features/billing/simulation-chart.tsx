import type { Sums } from "@yihao/billing/simulation";
import type { Stream } from "@yihao/pricing/model";
import { For } from "solid-js";
import { money } from "../../format.ts";
import { hueOf, streamWords } from "../../streams.ts";
import { Chart } from "../../ui/chart.tsx";
import { simulationWords } from "./simulation-words.ts";

export type StreamSums = Sums & { readonly key: Stream };

/** What each stream came to and would have: two bars of one scale, the present above and calmer. A press shows one stream alone. */
export function StreamBars(props: {
  rows: readonly StreamSums[];
  current: Stream | "";
  onPick: (stream: Stream | "") => void;
}) {
  const t = simulationWords();
  const names = streamWords();
  const most = () => Math.max(...props.rows.flatMap(({ nowMinor, thenMinor }) => [nowMinor, thenMinor]), 1);
  const sum = (of: (row: StreamSums) => number) => props.rows.reduce((total, row) => total + of(row), 0);
  const share = (minor: number) => `${(Math.max(0, minor) / most()) * 100}%`;
  return (
    <Chart
      title={t.byStream}
      pane
      summary={t.byStreamSay(money(sum((row) => row.nowMinor)), money(sum((row) => row.thenMinor)))}
      heading={
        <>
          <h2>{t.byStream}</h2>
          <span class="min-w-0 flex-1 truncate text-xs text-fg-3">{t.byStreamNote}</span>
        </>
      }
      head={[t.stream, t.now, t.after, t.difference]}
      rows={props.rows.map(({ key, nowMinor, thenMinor }) => [
        ...[names[key], money(nowMinor), money(thenMinor), money(thenMinor - nowMinor, { sign: true })],
      ])}
    >
      <ul class="-mx-4 -my-3 flex flex-col">
        <For each={props.rows}>
          {({ key, nowMinor, thenMinor }) => (
            <li class="border-b border-line last:border-b-0">
              <button
                type="button"
                class="grid min-h-12 w-full grid-cols-[72px_minmax(0,1fr)_auto] items-center gap-x-3 px-4 py-1.5 text-left hover:bg-sunken tablet:grid-cols-[112px_minmax(0,1fr)_auto_104px]"
                classList={{ "bg-brand-soft": props.current === key }}
                aria-pressed={props.current === key}
                onClick={() => props.onPick(props.current === key ? "" : key)}
              >
                <span class="text-xs leading-4 text-fg-2">{names[key]}</span>
                <span class="flex min-w-0 flex-col gap-1" aria-hidden="true">
                  <i
                    class="block h-2 min-w-px opacity-45"
                    style={{ width: share(nowMinor), background: `var(--color-chart-${hueOf[key]})` }}
                  />
                  <i
                    class="block h-2 min-w-px"
                    style={{ width: share(thenMinor), background: `var(--color-chart-${hueOf[key]})` }}
                  />
                </span>
                <span class="text-right text-xs leading-4 tabular-nums">
                  <span class="block text-fg-3">{money(nowMinor)}</span>
                  <span class="block text-fg-1">{money(thenMinor)}</span>
                </span>
                <span class="hidden text-right tabular-nums tablet:block">
                  {thenMinor === nowMinor ? "—" : money(thenMinor - nowMinor, { sign: true })}
                </span>
              </button>
            </li>
          )}
        </For>
      </ul>
    </Chart>
  );
}
