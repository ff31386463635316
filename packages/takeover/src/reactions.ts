import { onEvent, type Reaction } from "@yihao/table/stream";
import { applyChunk } from "./apply.ts";
import type { TakeoverAsked } from "./model.ts";

/** What take-over does when it hears that a part of a file was asked for. */
export const takeoverReactions: Reaction[] = [
  onEvent("takeover.apply", ["takeover.asked"], (scope, event: { data: TakeoverAsked }) =>
    applyChunk(scope, event.data),
  ),
];
