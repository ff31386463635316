import type { LeadRowView } from "@yihao/members/lead-model";
import { createSignal, For, Show } from "solid-js";
import { instantCell } from "../../format.ts";
import { media } from "../../ui/panes.tsx";
import { StatusMark } from "../../ui/status.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { leadWords, openStages } from "./lead-words.ts";

export type OpenStage = (typeof openStages)[number];
/** Days after which a lead that stands still is pointed out. */
const stillDays: Record<OpenStage, number> = { new: 2, contacted: 7, tour: 7, offered: 10 };
/** Whole days since an instant. */
export const daysSince = (at: string, now: string) =>
  Math.max(0, Math.floor((Date.parse(now) - Date.parse(at)) / 864e5));

type BoardProps = {
  rows: readonly LeadRowView[];
  current: string | undefined;
  zone: string;
  now: string;
  mayMove: boolean;
  onOpen: (id: string) => void;
  onMove: (row: LeadRowView, stage: OpenStage) => void;
};

/** Open leads by stage: columns side by side, on a phone one stage at a time. Cards are dragged, or walked with the arrow keys and moved with ⇧← ⇧→. */
export function LeadBoard(props: BoardProps) {
  const t = leadWords();
  const wide = media("(min-width: 768px)");
  const [stage, setStage] = createSignal<OpenStage>("new");
  const at = (which: OpenStage) => props.rows.filter((row) => row.stage === which);
  return (
    <Show
      when={wide()}
      fallback={
        <div class="flex min-h-0 flex-1 flex-col overflow-auto bg-surface">
          <div class="border-b border-line px-4">
            <Tabs
              label={t.stage}
              items={openStages.map((key) => ({ key, label: t.stages[key], count: at(key).length }))}
              value={stage()}
              onChange={setStage}
            />
          </div>
          <Column {...props} stage={stage()} rows={at(stage())} />
        </div>
      }
    >
      <div class="grid min-h-0 flex-1 grid-cols-4 bg-surface">
        <For each={openStages}>{(one) => <Column {...props} stage={one} rows={at(one)} framed />}</For>
      </div>
    </Show>
  );
}

function Column(props: BoardProps & { stage: OpenStage; framed?: boolean }) {
  const t = leadWords();
  const [over, setOver] = createSignal(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const id = event.dataTransfer?.getData("text/x-lead") ?? "";
    const [lead, rev, name] = id.split("|");
    if (lead && rev) props.onMove({ id: lead, rev: Number(rev), name: name ?? "" } as LeadRowView, props.stage);
  };
  return (
    <section
      class="flex min-h-0 min-w-0 flex-col border-line [&+&]:border-l"
      classList={{ "bg-brand-soft": over() }}
      aria-label={t.stages[props.stage]}
      onDragOver={(event) => {
        if (!props.mayMove || !event.dataTransfer?.types.includes("text/x-lead")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Show when={props.framed}>
        <header class="flex min-h-9 items-center gap-2 border-b border-line bg-sunken px-4">
          <h2 class="text-sm">{t.stages[props.stage]}</h2>
          <span class="text-xs text-fg-3">{props.rows.length}</span>
        </header>
      </Show>
      <ul class="min-h-0 flex-1 overflow-auto" data-stage={props.stage}>
        <For each={props.rows} fallback={<li class="px-4 py-3 text-xs text-fg-3">{t.empty}</li>}>
          {(row) => <Card {...props} row={row} />}
        </For>
      </ul>
    </section>
  );
}

function Card(props: BoardProps & { row: LeadRowView; stage: OpenStage }) {
  const t = leadWords();
  const days = () => daysSince(props.row.since, props.now);
  const over = () => props.row.stage === "tour" && props.row.tour !== undefined && props.row.tour.at < props.now;
  const still = () => !over() && days() >= stillDays[props.stage];
  const key = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const side = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (side === 0 && step === 0) return;
    event.preventDefault();
    if (side !== 0 && event.shiftKey) {
      const next = openStages[openStages.indexOf(props.stage) + side];
      if (next && props.mayMove) props.onMove(props.row, next);
      return;
    }
    const list = event.currentTarget.closest("ul");
    const cards = (from: Element | null | undefined) => [...(from?.querySelectorAll<HTMLElement>("button") ?? [])];
    if (step !== 0) {
      const all = cards(list);
      all[all.indexOf(event.currentTarget) + step]?.focus();
      return;
    }
    const lists = [...document.querySelectorAll("ul[data-stage]")];
    for (let index = lists.indexOf(list as Element) + side; lists[index]; index += side) {
      const [first] = cards(lists[index]);
      if (first) return first.focus();
    }
  };
  return (
    <li class="border-b border-line">
      <button
        type="button"
        class="block w-full px-4 py-2 text-left hover:bg-hover"
        classList={{ "bg-brand-soft": props.current === props.row.id }}
        aria-current={props.current === props.row.id ? "true" : undefined}
        data-lead={props.row.id}
        draggable={props.mayMove}
        onDragStart={(event) =>
          event.dataTransfer?.setData("text/x-lead", `${props.row.id}|${props.row.rev}|${props.row.name}`)
        }
        onClick={() => props.onOpen(props.row.id)}
        onKeyDown={key}
      >
        <span class="flex items-baseline gap-2">
          <b class="min-w-0 flex-1 truncate">{props.row.name}</b>
          <span class="text-xs whitespace-nowrap text-fg-3">{t.since(days())}</span>
        </span>
        <span class="block truncate text-xs text-fg-2">
          {[
            props.row.contactName,
            (props.row.needs ?? []).map((one) => t.needs[one]).join(t.separator),
            props.row.people ? t.peopleOf(props.row.people) : "",
          ]
            .filter(Boolean)
            .join(" · ") || t.sources[props.row.source]}
        </span>
        <span class="flex items-center gap-2 text-xs text-fg-3">
          <Show when={props.row.stage === "tour" && props.row.tour}>
            {(tour) => (
              <span class="flex items-center gap-1 text-fg-2" classList={{ "text-warn-fg": over() }}>
                <StatusMark shape={over() ? "triangle" : "clock"} tone={over() ? "warn" : "neutral"} size={12} />
                {instantCell(tour().at, props.zone)}
              </span>
            )}
          </Show>
          <Show when={still()}>
            <span class="flex items-center gap-1 text-warn-fg">
              <StatusMark shape="triangle" tone="warn" size={12} />
              {t.stuck(days())}
            </span>
          </Show>
          <span class="ml-auto truncate">{props.row.keeperName}</span>
        </span>
      </button>
    </li>
  );
}
