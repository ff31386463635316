import { createSignal, For, Show } from "solid-js";
import { dictionary } from "../i18n.ts";
import { Chart } from "./chart.tsx";

const words = dictionary({
  zh: {
    days: "周一 周二 周三 周四 周五 周六 周日",
    day: "星期",
    closed: "不开放",
    least: "空",
    most: "满",
    cell: (day: string, hour: number) => `${day} ${hour}:00–${hour + 1}:00`,
  },
  en: {
    days: "Mon Tue Wed Thu Fri Sat Sun",
    day: "Day",
    closed: "Closed",
    least: "Empty",
    most: "Full",
    cell: (day: string, hour: number) => `${day} ${hour}:00–${hour + 1}:00`,
  },
});

/** One hour of the week: how full it was, 0…1, and that as words; without a share it was not open. */
export interface HeatCell {
  readonly share: number | undefined;
  readonly text: string;
}

const stepOf = (share: number) => (share <= 0 ? 0 : Math.min(5, Math.max(1, Math.ceil(share * 5))));

/**
 * How full the hours of a week are: a row a day, a column an hour, ink by share. Arrow keys walk the cells; what the cell in hand says stands below. `cells` has
 * 168, Monday 00:00 first; hours in which nothing was ever open or used are left out at both ends.
 */
export function WeekHeat(props: { title: string; note?: string; summary: string; cells: readonly HeatCell[] }) {
  const t = words();
  const days = () => t.days.split(" ");
  const [at, setAt] = createSignal<number>();
  const used = (hour: number) => days().some((_, day) => props.cells[day * 24 + hour]?.share !== undefined);
  const hours = () => {
    const all = Array.from({ length: 24 }, (_, hour) => hour);
    const [first, last] = [all.find(used) ?? 9, all.findLast(used) ?? 17];
    return all.slice(first, last + 1);
  };
  const cellOf = (day: number, hour: number): HeatCell =>
    props.cells[day * 24 + hour] ?? { share: undefined, text: t.closed };
  const spoken = (day: number, hour: number) => `${t.cell(days()[day] ?? "", hour)} ${cellOf(day, hour).text}`;
  const move = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    const across = hours().length;
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const all = [...(event.currentTarget.closest(".y-week")?.querySelectorAll<HTMLElement>("button") ?? [])];
    all[all.indexOf(event.currentTarget) + by]?.focus();
  };
  return (
    <Chart
      title={props.title}
      summary={props.summary}
      pane
      heading={
        <>
          <h2>{props.title}</h2>
          <span class="min-w-0 flex-1 truncate text-xs text-fg-3">{props.note}</span>
        </>
      }
      head={[t.day, ...hours().map((hour) => `${hour}:00`)]}
      rows={days().map((name, day) => [name, ...hours().map((hour) => cellOf(day, hour).text)])}
    >
      <div class="overflow-x-auto">
        <div class="y-week" style={{ "grid-template-columns": `44px repeat(${hours().length}, minmax(20px, 1fr))` }}>
          <span />
          <For each={hours()}>{(hour) => <span class="y-week-hour">{hour}</span>}</For>
          <For each={days()}>
            {(name, day) => (
              <>
                <span class="y-week-day">{name}</span>
                <For each={hours()}>
                  {(hour, column) => (
                    <button
                      type="button"
                      classList={{ "y-week-closed": cellOf(day(), hour).share === undefined }}
                      style={{ background: `var(--color-fill-${stepOf(cellOf(day(), hour).share ?? 0)})` }}
                      aria-label={spoken(day(), hour)}
                      tabindex={
                        (at() ?? hours()[0]) === day() * 24 + hour || (at() === undefined && day() + column() === 0)
                          ? 0
                          : -1
                      }
                      onFocus={() => setAt(day() * 24 + hour)}
                      onMouseEnter={() => setAt(day() * 24 + hour)}
                      onKeyDown={move}
                    />
                  )}
                </For>
              </>
            )}
          </For>
        </div>
      </div>
      <div class="mt-2 flex items-center gap-3 text-xs text-fg-2">
        <span class="min-w-0 flex-1 truncate" aria-hidden="true">
          <Show when={at()} fallback={props.summary}>
            {(cell) => spoken(Math.floor(cell() / 24), cell() % 24)}
          </Show>
        </span>
        <span class="flex items-center gap-1" aria-hidden="true">
          {t.least}
          <For each={[0, 1, 2, 3, 4, 5]}>
            {(step) => <i class="y-week-key" style={{ background: `var(--color-fill-${step})` }} />}
          </For>
          {t.most}
        </span>
      </div>
    </Chart>
  );
}
