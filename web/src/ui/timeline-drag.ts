import { createEffect, createSignal, onCleanup } from "solid-js";
import type { TimelineBlock, TimelineChoice, TimelineRow } from "./timeline.tsx";

/** How long a finger rests on a block before it is lifted, and how far it may tremble. */
const liftMs = 400;
const trembles = 10;
/** How near the edge of what scrolls a held block must be to scroll it, and how far each frame. */
const edge = 48;
const step = 12;

type Held = TimelineChoice & { readonly moved: boolean };
type Drag = {
  readonly block: TimelineBlock;
  readonly row: string;
  readonly x: number;
  readonly y: number;
  readonly scrolled: number;
  readonly to?: Held;
};
type Options = {
  readonly from: () => number;
  readonly until: () => number;
  readonly grain: () => number;
  readonly width: () => number;
  readonly rows: () => readonly TimelineRow[];
  readonly list: () => HTMLElement | undefined;
  readonly mayMove: (block: TimelineBlock) => boolean;
  readonly mayDrop: (block: TimelineBlock, row: string) => boolean;
  readonly onMove: (block: TimelineBlock, to: TimelineChoice) => void;
};

/** What scrolls around an element, up or down. */
function scrollerOf(element: HTMLElement | undefined): HTMLElement | undefined {
  for (let one = element?.parentElement; one; one = one.parentElement)
    if (one.scrollHeight > one.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(one).overflowY)) return one;
  return document.scrollingElement as HTMLElement | undefined;
}

/**
 * Moves blocks of a timeline: by mouse or pen at once, by a finger that rests on one for a while, by the arrow keys on a focused one (← → a grain, ↑ ↓ a row). Letting go or ↵ drops it, Esc puts it
 * back. Near an edge of what scrolls it scrolls.
 */
export function createTimelineDrag(options: Options) {
  const [drag, setDrag] = createSignal<Drag | undefined>();
  let dropped = false;
  let waiting: { timer: ReturnType<typeof setTimeout>; x: number; y: number } | undefined;
  let pointer: { x: number; y: number } | undefined;

  const forget = () => {
    if (waiting) clearTimeout(waiting.timer);
    waiting = undefined;
  };
  const letGo = () => {
    forget();
    pointer = undefined;
    setDrag(undefined);
  };
  // A finger that holds a block moves it and not the page: said before it rests there, since a browser asks when it comes down.
  createEffect(() => {
    const list = options.list();
    if (!list) return;
    const holds = (event: TouchEvent) => {
      if (drag() && event.cancelable) event.preventDefault();
    };
    list.addEventListener("touchmove", holds, { passive: false });
    onCleanup(() => list.removeEventListener("touchmove", holds));
  });
  // Wherever the focus is while something is held; and a finger that rests on a block calls no menu.
  createEffect(() => {
    if (!drag()) return;
    const abandon = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      dropped = drag()?.to !== undefined && pointer !== undefined;
      letGo();
    };
    const still = (event: Event) => event.preventDefault();
    window.addEventListener("keydown", abandon, true);
    window.addEventListener("contextmenu", still);
    onCleanup(() => {
      window.removeEventListener("keydown", abandon, true);
      window.removeEventListener("contextmenu", still);
    });
  });

  const scrolledBy = () => scrollerOf(options.list())?.scrollLeft ?? 0;
  const lift = (element: HTMLElement, id: number, x: number, y: number, row: string, block: TimelineBlock) => {
    if (element.isConnected) element.setPointerCapture(id);
    setDrag({ block, row, x, y, scrolled: scrolledBy() });
    requestAnimationFrame(scroll);
  };
  const grab = (event: PointerEvent & { currentTarget: HTMLElement }, row: TimelineRow, block: TimelineBlock) => {
    dropped = false;
    if (!options.mayMove(block) || event.button !== 0) return;
    const { currentTarget: element, pointerId, clientX: x, clientY: y } = event;
    if (event.pointerType !== "touch") return lift(element, pointerId, x, y, row.key, block);
    forget();
    const timer = setTimeout(() => {
      waiting = undefined;
      lift(element, pointerId, x, y, row.key, block);
      navigator.vibrate?.(10);
      settle({ x, y });
    }, liftMs);
    waiting = { timer, x, y };
  };
  /** The row under a pointer, as far as the block may go there. */
  const rowUnder = (y: number, now: Drag): string => {
    const rows = [...(options.list()?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
    const over = rows.find((one) => {
      const box = one.getBoundingClientRect();
      return box.top <= y && y < box.bottom;
    })?.dataset.row;
    return over !== undefined && options.mayDrop(now.block, over) ? over : (now.to?.row ?? now.row);
  };
  const within = (start: number, length: number) => Math.min(options.until() - length, Math.max(options.from(), start));
  /** Puts what is held where the pointer is. */
  function settle(at: { x: number; y: number }) {
    const now = drag();
    if (!now) return;
    pointer = at;
    const across = at.x - now.x + scrolledBy() - now.scrolled;
    const by = (across / Math.max(1, options.width())) * (options.until() - options.from());
    const length = now.block.until - now.block.from;
    const start = within(Math.round((now.block.from + by) / options.grain()) * options.grain(), length);
    const row = rowUnder(at.y, now);
    const moved = row !== now.row || start !== now.block.from;
    setDrag({ ...now, to: { row, from: start, until: start + length, moved } });
  }
  const pull = (event: PointerEvent) => {
    if (waiting && Math.hypot(event.clientX - waiting.x, event.clientY - waiting.y) > trembles) forget();
    const now = drag();
    if (!now || (!now.to && Math.hypot(event.clientX - now.x, event.clientY - now.y) < 6)) return;
    settle({ x: event.clientX, y: event.clientY });
  };
  /** While a block is held near the upper or lower edge of what scrolls, it scrolls on. */
  function scroll() {
    if (!drag()) return;
    const scroller = scrollerOf(options.list());
    if (pointer && scroller) {
      const whole = scroller === document.scrollingElement;
      const box = whole ? { top: 0, bottom: window.innerHeight } : scroller.getBoundingClientRect();
      const by = pointer.y < box.top + edge ? -step : pointer.y > box.bottom - edge ? step : 0;
      const before = scroller.scrollTop;
      if (by !== 0) scroller.scrollTop += by;
      if (scroller.scrollTop !== before) settle(pointer);
    }
    requestAnimationFrame(scroll);
  }
  const drop = () => {
    const now = drag();
    letGo();
    if (!now?.to) return;
    dropped = true;
    const { moved, ...to } = now.to;
    if (moved) options.onMove(now.block, to);
  };
  /** The next row up or down that a block may go to. */
  const rowBeside = (now: Drag, row: string, by: number): string => {
    const keys = options.rows().map(({ key }) => key);
    for (let at = keys.indexOf(row) + by; at >= 0 && at < keys.length; at += by) {
      const key = keys[at];
      if (key !== undefined && options.mayDrop(now.block, key)) return key;
    }
    return row;
  };
  const press = (event: KeyboardEvent, row: TimelineRow, block: TimelineBlock) => {
    if (!options.mayMove(block)) return;
    const held = drag();
    if (event.key === "Enter" && held?.to) {
      event.preventDefault();
      drop();
      dropped = false;
      return;
    }
    const across = { ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0;
    const down = { ArrowUp: -1, ArrowDown: 1 }[event.key] ?? 0;
    if (across === 0 && down === 0) return;
    event.preventDefault();
    const now: Drag = held?.block.key === block.key ? held : { block, row: row.key, x: 0, y: 0, scrolled: 0 };
    const at = now.to ?? { row: now.row, from: block.from };
    const length = block.until - block.from;
    const start = within(at.from + across * options.grain(), length);
    const next = down === 0 ? at.row : rowBeside(now, at.row, down);
    const moved = next !== now.row || start !== block.from;
    setDrag({ ...now, to: { row: next, from: start, until: start + length, moved } });
  };
  /** Whether the click that follows is the end of a drag. */
  const swallows = () => {
    const was = dropped;
    dropped = false;
    return was;
  };
  const leave = () => {
    if (pointer === undefined) letGo();
  };
  onCleanup(letGo);
  /** Where a block is that is moved by keys: a pointer's is seen by whoever holds it. */
  const byKeys = () => (pointer === undefined ? drag()?.to : undefined);
  return { held: drag, byKeys, grab, pull, drop, press, letGo, leave, swallows };
}
