import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { clockOfMinute } from "../format.ts";
import { dictionary } from "../i18n.ts";
import { widthOf } from "./ruler.tsx";
import { StatusMark, type StatusName, statusLook, statusWord } from "./status.tsx";
import { createTimelineDrag } from "./timeline-drag.ts";

const words = dictionary({
  zh: { free: "空闲", chosen: "已选", grid: "时间轴", list: "按场地列出" },
  en: { free: "free", chosen: "chosen", grid: "Timeline", list: "Listed by place" },
});

export interface TimelineBlock {
  readonly key: string;
  readonly from: number;
  readonly until: number;
  readonly label: string;
  readonly is: StatusName;
  /** Minutes of cleaning drawn after it. */
  readonly cleaning?: number;
  /** May be dragged to another time or row. */
  readonly movable?: boolean;
  /** Not to be opened: somebody else's. */
  readonly still?: boolean;
}
export interface TimelineRow {
  readonly key: string;
  readonly name: string;
  readonly note?: string;
  readonly aside?: string;
  readonly blocks: readonly TimelineBlock[];
}
export interface TimelineChoice {
  readonly row: string;
  readonly from: number;
  readonly until: number;
}

const look: Partial<Record<StatusName, string>> = {
  inUse: "live",
  live: "live",
  noShow: "late",
  conflict: "conflict",
  off: "off",
  requested: "asked",
  checkedIn: "done",
  done: "done",
  closed: "done",
};

/**
 * Who has which place when: a row per place, blocks by status, the line of now, cleaning hatched. Drag over free time,
 * or focus a row and use ← → (15 min) and ⇧ (stretch), to choose a span; ↵ on a block opens it. A movable block is dragged to where it should be, by a finger after it rested on it, or moved by the arrow keys and ↵; Esc lets go. Local minutes.
 */
export function Timeline(props: {
  label: string;
  rows: readonly TimelineRow[];
  from?: number;
  until?: number;
  now?: number | undefined;
  choice?: TimelineChoice | undefined;
  choiceLabel?: string;
  onChoose?: (choice: TimelineChoice) => void;
  onOpen?: (row: TimelineRow, block: TimelineBlock) => void;
  /** Where a block was dropped; rows that `mayDrop` refuses are passed over. */
  onMove?: (block: TimelineBlock, to: TimelineChoice) => void;
  mayDrop?: (block: TimelineBlock, row: string) => boolean;
  head?: JSX.Element;
  labelWidth?: number;
  rowHeight?: number;
  grain?: number;
}) {
  const t = words();
  const from = () => props.from ?? 8 * 60;
  const until = () => props.until ?? 21 * 60;
  const grain = () => props.grain ?? 15;
  const share = (minute: number) =>
    `${((Math.min(until(), Math.max(from(), minute)) - from()) / (until() - from())) * 100}%`;
  const span = (a: number, b: number) =>
    `${((Math.min(until(), b) - Math.max(from(), a)) / (until() - from())) * 100}%`;
  const hours = createMemo(() => {
    const first = Math.ceil(from() / 60);
    return Array.from({ length: Math.floor((until() - 1) / 60) - first + 1 }, (_, index) => first + index);
  });
  let head: HTMLSpanElement | undefined;
  const width = widthOf(() => head);
  const isHan = (letter: string) => letter.charCodeAt(0) > 0x2e80;
  // A block has room for its mark and name in one line, or drops the mark and sets a Han name in two.
  const isTight = (block: TimelineBlock) => {
    const room = ((block.until - block.from) / (until() - from())) * width();
    const name = [...block.label].reduce((sum, letter) => sum + (isHan(letter) ? 12.5 : 7), 0);
    return room < name + 34;
  };
  const classes = (block: TimelineBlock) => ({
    "y-block-tight": isTight(block),
    "y-block-han": [...block.label].some(isHan),
  });
  const [anchor, setAnchor] = createSignal<number | undefined>();
  const minuteAt = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const minute = from() + ((event.clientX - box.left) / box.width) * (until() - from());
    return Math.min(until(), Math.max(from(), Math.floor(minute / grain()) * grain()));
  };
  let list: HTMLUListElement | undefined;
  const drag = createTimelineDrag({
    from,
    until,
    grain,
    width,
    rows: () => props.rows,
    list: () => list,
    mayMove: (block) => props.onMove !== undefined && block.movable === true,
    mayDrop: (block, row) => props.mayDrop?.(block, row) ?? true,
    onMove: (block, to) => props.onMove?.(block, to),
  });
  const rows = createMemo(() => props.rows);
  /** What is read anew while a block is held is shown once it is let go: else the block under the finger would be another one, and nobody heard it come down. */
  const shown = createMemo<readonly TimelineRow[]>(
    (before) => (drag.held() && before.length > 0 ? before : rows()),
    [],
  );
  const heldAt = () => {
    const to = drag.byKeys();
    const row = props.rows.find(({ key }) => key === to?.row);
    return to && row ? `${row.name} ${clockOfMinute(to.from)}–${clockOfMinute(to.until)}` : "";
  };
  const spoken = (row: TimelineRow) => {
    const chosen =
      props.choice?.row === row.key
        ? `${t.chosen} ${clockOfMinute(props.choice.from)}–${clockOfMinute(props.choice.until)}`
        : "";
    const taken = row.blocks.map(
      (block) => `${clockOfMinute(block.from)}–${clockOfMinute(block.until)} ${block.label} ${statusWord(block.is)}`,
    );
    return [row.name, chosen, ...(taken.length > 0 ? taken : [t.free])].filter(Boolean).join(", ");
  };
  return (
    <div class="y-timeline" style={{ "--label": `${props.labelWidth ?? 96}px`, "--row": `${props.rowHeight ?? 40}px` }}>
      <div class="y-timeline-head" aria-hidden="true">
        <span class="y-timeline-label">{props.head}</span>
        <span
          class="relative flex-1"
          ref={(element) => {
            head = element;
          }}
        >
          <For each={hours()}>
            {(hour) => (
              <span class="y-timeline-hour" style={{ left: share(hour * 60) }}>
                {String(hour).padStart(2, "0")}
              </span>
            )}
          </For>
          <Show when={props.now !== undefined && props.now >= from() && props.now <= until()}>
            <i class="y-now-tip" style={{ left: share(props.now ?? 0) }} />
          </Show>
          <Show when={props.choice}>
            {(choice) => (
              <>
                <b class="y-guide-label" style={{ left: share(choice().from) }}>
                  {clockOfMinute(choice().from)}
                </b>
                <b class="y-guide-label" style={{ left: share(choice().until) }}>
                  {clockOfMinute(choice().until)}
                </b>
              </>
            )}
          </Show>
        </span>
      </div>
      <ul
        aria-label={props.label}
        ref={(element) => {
          list = element;
          // A finger that holds a block scrolls nothing itself; heard from the start, or a browser need not ask.
          const still = (event: TouchEvent) => drag.held() && event.cancelable && event.preventDefault();
          element.addEventListener("touchmove", still, { passive: false });
        }}
      >
        <For each={shown()}>
          {(row) => (
            <li class="y-timeline-row" data-row={row.key}>
              <span class="y-timeline-label" classList={{ "y-tone-brand": props.choice?.row === row.key }}>
                <span class="min-w-0 flex-1">
                  <span class="block truncate">{row.name}</span>
                  <Show when={row.note}>
                    <small>{row.note}</small>
                  </Show>
                </span>
                <small>{row.aside}</small>
              </span>
              <div class="y-timeline-track">
                <Show when={props.now !== undefined && props.now > from()}>
                  <i class="y-past" style={{ width: share(props.now ?? 0) }} />
                </Show>
                <For each={hours()}>{(hour) => <i class="y-hour-line" style={{ left: share(hour * 60) }} />}</For>
                <Show when={props.onChoose}>
                  <div
                    class="y-timeline-lane"
                    role="slider"
                    tabIndex={0}
                    aria-label={row.name}
                    aria-valuemin={from()}
                    aria-valuemax={until()}
                    aria-valuenow={props.choice?.row === row.key ? props.choice.from : from()}
                    aria-valuetext={spoken(row)}
                    onPointerDown={(event) => {
                      event.currentTarget.setPointerCapture(event.pointerId);
                      const minute = minuteAt(event);
                      setAnchor(minute);
                      props.onChoose?.({ row: row.key, from: minute, until: minute + grain() });
                    }}
                    onPointerMove={(event) => {
                      const start = anchor();
                      if (start === undefined || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
                      const minute = minuteAt(event);
                      props.onChoose?.({
                        row: row.key,
                        from: Math.min(start, minute),
                        until: Math.max(start, minute) + grain(),
                      });
                    }}
                    onPointerUp={() => setAnchor(undefined)}
                    onKeyDown={(event) => {
                      const by = event.key === "ArrowRight" ? grain() : event.key === "ArrowLeft" ? -grain() : 0;
                      if (by === 0) return;
                      event.preventDefault();
                      const now =
                        props.choice?.row === row.key
                          ? props.choice
                          : {
                              row: row.key,
                              from: Math.ceil((props.now ?? from()) / grain()) * grain(),
                              until: Math.ceil((props.now ?? from()) / grain()) * grain() + 60,
                            };
                      const next = event.shiftKey
                        ? { ...now, until: Math.max(now.from + grain(), now.until + by) }
                        : { ...now, from: now.from + by, until: now.until + by };
                      if (next.from >= from() && next.until <= until()) props.onChoose?.(next);
                    }}
                  />
                </Show>
                <For each={row.blocks}>
                  {(block) => {
                    const tight = () => isTight(block);
                    const place = () => ({ left: share(block.from), width: span(block.from, block.until) });
                    const inside = () => (
                      <>
                        <Show when={!tight() || ["noShow", "conflict", "off", "requested"].includes(block.is)}>
                          <StatusMark shape={statusLook(block.is).shape} tone={statusLook(block.is).tone} size={12} />
                        </Show>
                        <span>{block.label}</span>
                      </>
                    );
                    return (
                      <>
                        <Show when={block.cleaning}>
                          {(cleaning) => (
                            <i
                              class="y-cleaning"
                              style={{ left: share(block.until), width: span(block.until, block.until + cleaning()) }}
                            />
                          )}
                        </Show>
                        <Show
                          when={block.still ? undefined : props.onOpen}
                          fallback={
                            <span
                              class={`y-block y-block-${look[block.is] ?? "plain"}`}
                              classList={classes(block)}
                              style={place()}
                            >
                              {inside()}
                            </span>
                          }
                        >
                          {(open) => (
                            <button
                              type="button"
                              class={`y-block y-block-${look[block.is] ?? "plain"}`}
                              classList={{
                                ...classes(block),
                                "y-block-movable": props.onMove !== undefined && block.movable === true,
                                "y-block-lifted": drag.held()?.to !== undefined && drag.held()?.block.key === block.key,
                              }}
                              style={place()}
                              onPointerDown={(event) => drag.grab(event, row, block)}
                              onPointerMove={drag.pull}
                              onPointerUp={drag.drop}
                              onPointerCancel={drag.letGo}
                              onKeyDown={(event) => drag.press(event, row, block)}
                              onBlur={drag.leave}
                              aria-label={`${row.name} ${clockOfMinute(block.from)}–${clockOfMinute(block.until)} ${block.label} ${statusWord(block.is)}`}
                              title={`${clockOfMinute(block.from)}–${clockOfMinute(block.until)} ${block.label} · ${statusWord(block.is)}`}
                              onClick={() => {
                                if (!drag.swallows()) open()(row, block);
                              }}
                            >
                              {inside()}
                            </button>
                          )}
                        </Show>
                      </>
                    );
                  }}
                </For>
                <Show when={drag.held()?.to?.row === row.key ? drag.held()?.to : undefined}>
                  {(to) => (
                    <span
                      class="y-block y-block-choice"
                      style={{ left: share(to().from), width: span(to().from, to().until) }}
                    >
                      <span>
                        {clockOfMinute(to().from)}–{clockOfMinute(to().until)}
                      </span>
                    </span>
                  )}
                </Show>
                <Show when={props.choice?.row === row.key ? props.choice : undefined}>
                  {(choice) => (
                    <span
                      class="y-block y-block-choice"
                      style={{ left: share(choice().from), width: span(choice().from, choice().until) }}
                    >
                      <span>{props.choiceLabel}</span>
                    </span>
                  )}
                </Show>
                <Show when={props.now !== undefined && props.now >= from() && props.now <= until()}>
                  <i class="y-now-line" style={{ left: share(props.now ?? 0) }} />
                </Show>
              </div>
            </li>
          )}
        </For>
      </ul>
      <span class="sr-only" aria-live="polite">
        {heldAt()}
      </span>
    </div>
  );
}
