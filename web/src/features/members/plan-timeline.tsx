import { phasesOf } from "@yihao/members/subscription";
import type { Subscription } from "@yihao/members/subscription-model";
import { createMemo, For, Show } from "solid-js";
import { dayCell, money, monthShort } from "../../format.ts";
import { StatusMark } from "../../ui/status.tsx";
import { lastDayOf, pictureOf } from "./plan-view.ts";
import { planWords } from "./plan-words.ts";

const share = (value: number) => `${(value * 100).toFixed(3)}%`;
const fill = { past: "bg-line-strong", now: "bg-mark", later: "bg-fill-2" } as const;

/** A company's plans over time: a bar a phase, pauses hatched, the end of the term and of the plan marked, today as a line. A list says the same. */
export function PlanTimeline(props: { subscriptions: readonly Subscription[]; today: string }) {
  const t = planWords();
  const picture = createMemo(() => pictureOf(props.subscriptions, props.today));
  const year = () => Number(props.today.slice(0, 4));
  const cell = (day: string) => dayCell(day, year());
  const said = () =>
    picture()
      .bars.map(({ name, from, until }) => `${name} ${from} – ${until ? lastDayOf(until) : ""}`)
      .join(t.separator);
  const price = (from: string) =>
    props.subscriptions.flatMap(phasesOf).find((phase) => phase.from === from)?.snapshot.monthlyMinor ?? 0;
  return (
    <figure class="mt-3">
      <div class="relative h-17" role="img" aria-label={`${t.timeline}: ${said()}`}>
        <For each={picture().months}>
          {({ month, at }) => (
            <span class="absolute top-0 bottom-0 border-l border-chart-grid" style={{ left: share(at) }}>
              <span class="y-axis absolute bottom-0 left-1 whitespace-nowrap text-fg-3" style={{ "font-size": "11px" }}>
                {monthShort(month)}
              </span>
            </span>
          )}
        </For>
        <For each={picture().bars}>
          {(bar) => (
            <>
              <span
                class="absolute top-0 truncate text-xs"
                classList={{ "text-fg": bar.look === "now", "text-fg-3": bar.look !== "now" }}
                style={{ left: share(bar.start), width: share(bar.end - bar.start), "padding-right": "6px" }}
              >
                {bar.name}
              </span>
              <span
                class={`absolute top-5 h-3 ${fill[bar.look]}`}
                style={{ left: share(bar.start), width: `calc(${share(bar.end - bar.start)} - 1px)` }}
              />
            </>
          )}
        </For>
        <For each={picture().pauses}>
          {(pause) => (
            <span
              class="absolute top-5 h-3 border-x border-line-control"
              style={{
                left: share(pause.start),
                width: share(pause.end - pause.start),
                background:
                  "repeating-linear-gradient(135deg, var(--color-surface) 0 3px, var(--color-line-strong) 3px 5px)",
              }}
            />
          )}
        </For>
        <For each={picture().marks}>
          {(mark) => (
            <span
              class="absolute top-9 -translate-x-1/2 leading-none"
              classList={{ "text-warn-fg": mark.key === "end", "text-fg-3": mark.key === "term" }}
              style={{ left: share(mark.at), "font-size": "11px" }}
            >
              {mark.key === "end" ? "◆" : "◇"}
            </span>
          )}
        </For>
        <span class="absolute top-4 h-6 w-0.5 -translate-x-1/2 bg-brand" style={{ left: share(picture().today) }} />
      </div>
      <figcaption>
        <ol class="mt-1 text-xs">
          <For each={picture().bars}>
            {(bar) => (
              <li class="flex flex-wrap items-baseline gap-x-2 border-t border-line py-1 first:border-0">
                <i class={`inline-block size-2 ${fill[bar.look]}`} aria-hidden="true" />
                <span class="min-w-0 flex-1" classList={{ "text-fg-2": bar.look !== "now" }}>
                  {bar.name} <span class="text-fg-3">{money(price(bar.from))}</span>
                </span>
                <span class="text-fg-2">
                  {cell(bar.from)} – {bar.until ? cell(lastDayOf(bar.until)) : ""}
                </span>
              </li>
            )}
          </For>
          <For each={props.subscriptions.flatMap(({ pauses }) => pauses ?? [])}>
            {(pause) => (
              <li class="flex items-baseline gap-x-2 border-t border-line py-1 text-fg-2">
                <StatusMark shape="slashed" size={10} />
                <span class="flex-1">{t.pause}</span>
                <span>
                  {cell(pause.from)} – {pause.until ? cell(lastDayOf(pause.until)) : ""}
                </span>
              </li>
            )}
          </For>
          <For each={picture().marks}>
            {(mark) => (
              <Show when={mark.key === "term"}>
                <li class="border-t border-line py-1 text-fg-2">◇ {t.bound(cell(lastDayOf(mark.day)))}</li>
              </Show>
            )}
          </For>
        </ol>
      </figcaption>
    </figure>
  );
}
