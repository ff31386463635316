import type { Packaging } from "@yihao/warehouse/packaging";
import { Show } from "solid-js";
import { packed } from "./packs-read.ts";

/** Units told in packs (箱、托), where they make a whole one. */
export function InPacks(props: { units: number; packs: readonly Packaging[] | undefined }) {
  return (
    <Show when={packed(props.units, props.packs)}>{(told) => <p class="text-fg-2 tabular-nums">= {told()}</p>}</Show>
  );
}
