import type { Use } from "@yihao/insight/model";
import { For, Show } from "solid-js";
import { count, hours, percent } from "../../format.ts";
import { Chart } from "../../ui/chart.tsx";
import { WeekHeat } from "../../ui/week-heat.tsx";
import type { Cell } from "./use-view.ts";
import { useWords } from "./use-words.ts";

/** When it is full, and how long ahead people book. */
export function UseCharts(props: { use: Use; cells: readonly Cell[]; fullest: number | undefined }) {
  const t = useWords();
  const hourOf = (cell: number) => {
    const day = new Date(Date.UTC(2026, 0, 5 + Math.floor(cell / 24)));
    const name = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "long", timeZone: "UTC" }).format(
      day,
    );
    return `${name} ${cell % 24}:00`;
  };
  const say = () => {
    const { fullest } = props;
    return fullest === undefined ? t.heatNone : t.heatSay(hourOf(fullest), percent(props.cells[fullest]?.share ?? 0));
  };
  const sum = () => props.use.lead.reduce((all, { bookings }) => all + bookings, 0);
  const most = () => Math.max(1, ...props.use.lead.map(({ bookings }) => bookings));
  return (
    <div class="grid grid-cols-1 border-b border-line min-[1120px]:grid-cols-[minmax(0,2fr)_minmax(260px,1fr)]">
      <WeekHeat
        title={t.heat}
        note={t.heatNote}
        summary={say()}
        cells={props.cells.map(({ share, takenMinutes }) => ({
          share,
          text: share === undefined ? t.closed : t.cell(percent(share), hours(takenMinutes)),
        }))}
      />
      <div class="border-t border-line min-[1120px]:border-t-0 min-[1120px]:border-l">
        <Chart
          title={t.lead}
          summary={t.leadSay(sum())}
          pane
          heading={
            <>
              <h2>{t.lead}</h2>
              <span class="min-w-0 flex-1 truncate text-xs text-fg-3">{t.leadNote}</span>
            </>
          }
          head={[t.lead, t.bookings]}
          rows={props.use.lead.map(({ minutes, bookings }) => [leadName(t, minutes), count(bookings)])}
        >
          <Show when={sum() > 0} fallback={<p class="text-fg-2">{t.leadNone}</p>}>
            <ul class="flex flex-col gap-1.5">
              <For each={props.use.lead}>
                {({ minutes, bookings }) => (
                  <li class="grid grid-cols-[96px_minmax(0,1fr)_40px] items-center gap-2 text-xs">
                    <span class="text-fg-2">{leadName(t, minutes)}</span>
                    <span class="h-3.5 bg-plate">
                      <span
                        class="block h-full"
                        style={{ width: `${(bookings / most()) * 100}%`, background: "var(--color-fill-3)" }}
                      />
                    </span>
                    <span class="text-end">{count(bookings)}</span>
                  </li>
                )}
              </For>
            </ul>
          </Show>
        </Chart>
      </div>
    </div>
  );
}

const leadName = (t: ReturnType<typeof useWords>, minutes: number): string =>
  t.leadSteps[minutes as keyof typeof t.leadSteps] ?? "";
