import { createSignal, onCleanup } from "solid-js";
import type { RulerMark } from "../ui/ruler.tsx";

/** What a page puts on the day ruler of the frame. Load is from 0 to 1, evenly spread; minutes are local to the space. */
export interface RulerSlot {
  readonly load?: readonly number[];
  readonly marks?: readonly RulerMark[];
  /** The day on screen, when it is not today. */
  readonly day?: string;
  readonly look?: number | undefined;
  readonly onLook?: (minute: number | undefined) => void;
  readonly onDay?: (by: 1 | -1) => void;
}

/** What a page of money puts there instead: a month, with load from 0 to 1 and marks by day. */
export interface MonthSlot {
  readonly month: string;
  readonly load: readonly number[];
  readonly marks: readonly RulerMark[];
  readonly look: number | undefined;
  readonly onLook: (day: number | undefined) => void;
  readonly onMonth: (by: 1 | -1) => void;
  /** Back to the present month, nothing looked at. */
  readonly onNow: () => void;
}

const [slot, setSlot] = createSignal<(() => RulerSlot) | undefined>();
const [month, setMonth] = createSignal<(() => MonthSlot) | undefined>();

/** What the page on screen puts on the ruler; nothing when it puts nothing. */
export const rulerSlot = (): RulerSlot | undefined => slot()?.();
/** The month that the page on screen wants in place of the day. */
export const monthSlot = (): MonthSlot | undefined => month()?.();

/** Puts something on the frame's ruler while the calling page lives. */
export function useRuler(read: () => RulerSlot): void {
  setSlot(() => read);
  onCleanup(() => setSlot((now) => (now === read ? undefined : now)));
}

/** Puts a month on the frame's ruler while the calling page lives. */
export function useMonthRuler(read: () => MonthSlot): void {
  setMonth(() => read);
  onCleanup(() => setMonth((now) => (now === read ? undefined : now)));
}
