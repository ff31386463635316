import { inPacks, type Packaging } from "@yihao/warehouse/packaging";
import { Show } from "solid-js";
import { packsWords } from "./packs-words.ts";

/** Units told in packs (箱、托), where they make a whole one. */
export function InPacks(props: { units: number; packs: readonly Packaging[] | undefined }) {
  const t = packsWords();
  const split = () => inPacks(props.units, props.packs);
  return (
    <Show when={split().packs.length > 0}>
      <p class="text-fg-2 tabular-nums">{t.inPacks(split())}</p>
    </Show>
  );
}
