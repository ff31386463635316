import type { AnyScope } from "@yihao/kernel/scope";
import { tableOf } from "./client.ts";

/**
 * Waits before a command that lost a condition to somebody else decides again: a random while, up to twice as long after
 * every try lost and 200 ms at most, so that many who want one item do not keep meeting.
 */
export function giveWay(scope: AnyScope, triesLost: number): Promise<void> {
  return tableOf(scope).rest(Math.min(200, 5 * 2 ** triesLost));
}
