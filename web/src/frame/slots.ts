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

const [slot, setSlot] = createSignal<(() => RulerSlot) | undefined>();

/** What the page on screen puts on the ruler; nothing when it puts nothing. */
export const rulerSlot = (): RulerSlot | undefined => slot()?.();

/** Puts something on the frame's ruler while the calling page lives. */
export function useRuler(read: () => RulerSlot): void {
  setSlot(() => read);
  onCleanup(() => setSlot((now) => (now === read ? undefined : now)));
}
