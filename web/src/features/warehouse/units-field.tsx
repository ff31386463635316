import { type Packaging, unitsEntered } from "@yihao/warehouse/packaging";
import { Show } from "solid-js";
import { count } from "../../format.ts";
import { bound } from "../../ui/binding.ts";
import { SelectField } from "../../ui/choice-field.tsx";
import { NumberField } from "../../ui/text-field.tsx";
import { InPacks } from "./in-packs.tsx";
import { packsWords } from "./packs-words.ts";
import { warehouseWords } from "./words.ts";

/** Units of a line: what is sent is always single ones; `packed` is how they were entered, where it was in packs. */
export type Entered = {
  readonly units: number | undefined;
  readonly packed?:
    | { readonly name: string; readonly packs?: number | undefined; readonly single?: number | undefined }
    | undefined;
};

/** How many of a product, in single units or, where it has packs, in one of these with single ones beside (3 箱 + 4 件). */
export function UnitsField(props: {
  value: Entered;
  packs: readonly Packaging[] | undefined;
  onChange: (value: Entered) => void;
}) {
  const t = warehouseWords();
  const p = packsWords();
  const pack = () => props.packs?.find(({ name }) => name === props.value.packed?.name);
  const put = (given: Packaging, change: { packs?: number | undefined; single?: number | undefined }) => {
    const packed = { ...props.value.packed, name: given.name, ...change };
    const { packs, single } = props.value.packed ?? {};
    if (packed.packs === packs && packed.single === single) return;
    props.onChange({ units: unitsEntered(given.units, packed.packs, packed.single), packed });
  };
  /** What is entered already is kept when the unit changes. */
  const choose = (name: string) => {
    const [chosen, { units }] = [props.packs?.find((one) => one.name === name), props.value];
    if (!chosen) return props.onChange({ units, packed: undefined });
    const whole = units === undefined ? undefined : Math.floor(units / chosen.units);
    const left = units === undefined ? undefined : units % chosen.units || undefined;
    props.onChange({ units, packed: { name, packs: whole, single: left } });
  };
  const single = () => (
    <div class="w-28">
      <NumberField
        label={t.units}
        size="lg"
        min={1}
        bind={bound(
          () => props.value.units,
          (units: number | undefined) => {
            // A field that goes away tells its value once more, which is not to undo what took its place.
            if (units !== props.value.units) props.onChange({ units, packed: undefined });
          },
        )}
      />
    </div>
  );
  return (
    <Show when={props.packs?.length} fallback={single()}>
      <div class="flex basis-full flex-wrap items-start gap-2">
        <div class="w-36">
          <SelectField
            label={p.enterIn}
            size="lg"
            bind={bound(() => pack()?.name ?? "", choose)}
            options={[
              { value: "", label: p.single },
              ...(props.packs ?? []).map(({ name, units }) => ({ value: name, label: p.packOf(name, count(units)) })),
            ]}
          />
        </div>
        <Show
          when={pack()}
          fallback={
            <>
              {single()}
              <div class="self-end pb-2">
                <InPacks units={props.value.units ?? 0} packs={props.packs} />
              </div>
            </>
          }
        >
          {(chosen) => (
            <>
              <div class="w-24">
                <NumberField
                  label={chosen().name}
                  size="lg"
                  min={0}
                  bind={bound(
                    () => props.value.packed?.packs,
                    (packs: number | undefined) => put(chosen(), { packs }),
                  )}
                />
              </div>
              <div class="w-24">
                <NumberField
                  label={p.single}
                  size="lg"
                  min={0}
                  bind={bound(
                    () => props.value.packed?.single,
                    (some: number | undefined) => put(chosen(), { single: some }),
                  )}
                />
              </div>
              <Show when={props.value.units !== undefined}>
                <p class="self-end pb-2 text-fg-2 tabular-nums">{p.sum(count(props.value.units ?? 0))}</p>
              </Show>
            </>
          )}
        </Show>
      </div>
    </Show>
  );
}
