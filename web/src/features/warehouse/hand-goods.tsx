import { lotOfScan } from "@yihao/warehouse/lot";
import type { Content } from "@yihao/warehouse/model";
import { readScan, scanNames } from "@yihao/warehouse/scan";
import { For, Show } from "solid-js";
import { count } from "../../format.ts";
import type { Binding } from "../../ui/binding.ts";
import { Plate } from "../../ui/plate.tsx";
import { Stepper } from "../../ui/text-field.tsx";
import type { Listed } from "./hand-data.ts";
import { lookupWords } from "./lookup-words.ts";

/** Which goods of a bin a code names: by product and, where several lots of it lie there, by lot; a serial alone names its piece. */
export function goodsNamed(
  code: string,
  inside: readonly Content[],
  listed: (product: string) => Listed | undefined,
): Content | undefined {
  const scan = readScan(code, new Date().getFullYear());
  if (!scan.ok) return undefined;
  const named = inside.filter((one) =>
    scanNames(scan.value, { ...one, id: one.product, packs: listed(one.product)?.packs }),
  );
  const lot = lotOfScan({ track: "lot" }, scan.value) ?? scan.value.serial;
  const one = named.find((other) => other.lot === lot) ?? (named.length === 1 ? named[0] : undefined);
  return one ?? inside.find((other) => other.lot !== undefined && other.lot === scan.value.text);
}

/** What lies in a bin, to choose from by a finger. */
export function GoodsInside(props: { rows: readonly Content[]; onChoose: (one: Content) => void }) {
  const t = lookupWords();
  return (
    <>
      <h2 class="border-t border-line pt-4 text-xs text-fg-2">{t.choose}</h2>
      <ul>
        <For each={props.rows} fallback={<li class="text-fg-2">{t.empty}</li>}>
          {(one) => (
            <li>
              <button
                type="button"
                class="flex min-h-16 w-full items-center gap-3 border-b border-line text-left"
                onClick={() => props.onChoose(one)}
              >
                <span class="min-w-0 flex-1">{[one.name, one.lot].filter(Boolean).join(" · ")}</span>
                <span class="text-fg-2 tabular-nums">{count(one.units)}</span>
              </button>
            </li>
          )}
        </For>
      </ul>
    </>
  );
}

/** The goods that were named, and how many of them are taken. */
export function GoodsTaken(props: { goods: Content; label: string; units: Binding<number> }) {
  return (
    <>
      <div class="border-t border-line pt-4">
        <b class="text-lg">{props.goods.name}</b>
        <p class="font-mono text-fg-2">{props.goods.gtin ?? props.goods.code}</p>
        <Show when={props.goods.lot}>{(lot) => <Plate size="lg">{lot()}</Plate>}</Show>
      </div>
      <Stepper label={props.label} size="xl" min={1} max={props.goods.units} bind={props.units} />
    </>
  );
}
