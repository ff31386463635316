/**
 * Waves (波次). An order names its wave, set in the commit that makes the wave and taken away by the one that ends it.
 *
 * | item          | key                       | written by        | W |
 * |---------------|---------------------------|-------------------|---|
 * | wave          | `wav#<id>` / -            | make, end         | 2 |
 * | its list entry| `wavs#<wh>` / `<at>#<id>` | make              | 2 |
 */
import type { Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import type { Wave } from "./wave-model.ts";

export const waveKind = kindOf<Wave>("wav");
export const waveKey = (scope: Scope, id: string): Key => keyIn(partition(scope, "wav", id));
export const waveList = (scope: Scope, warehouse: string) => partition(scope, "wavs", warehouse);

/** A wave, strongly consistent. */
export function waveOf(scope: Scope, id: string): Promise<Stored<Wave> | undefined> {
  return get(scope, waveKind, waveKey(scope, id));
}
