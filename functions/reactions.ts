import type { DueHandler } from "@yihao/table/due";
import type { Reaction } from "@yihao/table/stream";

/** Every room's reactions, in the order of the rooms. */
export const reactions: readonly Reaction[] = [];

/** Every room's timers. */
export const timers: readonly DueHandler[] = [];
