import { type GoodsClass, goodsClasses } from "@yihao/warehouse/model";
import { For } from "solid-js";
import { type Binding, bound } from "../../ui/binding.ts";
import { Checkbox } from "../../ui/choice-field.tsx";
import { ownerWords } from "./owner-words.ts";

/** Kinds of goods (品类) to choose some of; none chosen means all. */
export function ClassField(props: { label: string; hint?: string; bind: Binding<readonly GoodsClass[]> }) {
  const t = ownerWords();
  const toggle = (one: GoodsClass, on: boolean) =>
    props.bind.set(goodsClasses.filter((kind) => (kind === one ? on : props.bind.value().includes(kind))));
  return (
    <fieldset class="y-field" aria-label={props.label}>
      <span class="y-label">{props.label}</span>
      <div class="grid grid-cols-2 gap-x-4 tablet:grid-cols-3">
        <For each={goodsClasses}>
          {(one) => (
            <Checkbox
              label={t.goodsClasses[one]}
              bind={bound(
                () => props.bind.value().includes(one),
                (on: boolean) => toggle(one, on),
              )}
            />
          )}
        </For>
      </div>
      <p class="y-hint">{props.hint}</p>
    </fieldset>
  );
}
