import { gtinFault } from "@yihao/warehouse/gtin";
import { type Packaging, packagingsMost } from "@yihao/warehouse/packaging";
import { Index, Show } from "solid-js";
import { type Binding, bound } from "../../ui/binding.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { NumberField, TextField } from "../../ui/text-field.tsx";
import { packsWords } from "./packs-words.ts";
import { warehouseWords } from "./words.ts";

/** A pack as it is being filled in. */
export type DraftPack = { readonly name: string; readonly units: number | undefined; readonly gtin: string };

export const draftPacks = (packs: readonly Packaging[] = []): readonly DraftPack[] =>
  packs.map(({ name, units, gtin = "" }) => ({ name, units, gtin }));

const empty = ({ name, units, gtin }: DraftPack) => name.trim() === "" && units === undefined && gtin.trim() === "";

/** What is wrong with the packs of a form, or undefined; rows that nothing was written in do not count. */
export function packsFault(packs: readonly DraftPack[]): string | undefined {
  const filled = packs.filter((one) => !empty(one));
  if (filled.some(({ name, units }) => name.trim() === "" || units === undefined || units < 2))
    return packsWords().needPack;
  for (const { gtin } of filled) {
    const fault = gtin.trim() === "" ? undefined : gtinFault(gtin);
    if (fault) return warehouseWords().gtinFaults[fault];
  }
  return undefined;
}

/** Packs as the server wants them. */
export const packsIn = (packs: readonly DraftPack[]): Packaging[] =>
  packs.flatMap(({ name, units, gtin }) =>
    units === undefined ? [] : [{ name: name.trim(), units, ...(gtin.trim() === "" ? {} : { gtin: gtin.trim() }) }],
  );

/** How the units of a product are packed (包装): a row each for the case, the pallet and what else there is. */
export function PacksField(props: { bind: Binding<readonly DraftPack[]> }) {
  const t = packsWords();
  const rows = () => props.bind.value();
  const set = (at: number, change: Partial<DraftPack>) =>
    props.bind.set(rows().map((row, index) => (index === at ? { ...row, ...change } : row)));
  const fault = () => {
    const one = props.bind.fault?.();
    return typeof one === "string" ? one : one?.text;
  };
  return (
    <fieldset class="flex flex-col gap-2" aria-describedby={`${props.bind.id}-hint`}>
      <legend class="mb-1 text-xs font-strong text-fg-2">{t.packs}</legend>
      <Index each={rows()}>
        {(row, at) => (
          <div class="grid grid-cols-[1fr_1fr_auto] items-end gap-2 border-b border-line pb-2">
            <TextField
              label={t.packName}
              maxLength={12}
              bind={bound(
                () => row().name,
                (name) => set(at, { name }),
              )}
            />
            <NumberField
              label={t.packUnits}
              min={2}
              max={100_000}
              bind={bound(
                () => row().units,
                (units) => set(at, { units }),
              )}
            />
            <IconButton
              icon="close"
              label={t.removePack(row().name)}
              onClick={() => props.bind.set(rows().filter((_, index) => index !== at))}
            />
            <div class="col-span-2">
              <TextField
                label={t.packGtin}
                mono
                inputMode="numeric"
                maxLength={20}
                bind={bound(
                  () => row().gtin,
                  (gtin) => set(at, { gtin }),
                )}
              />
            </div>
          </div>
        )}
      </Index>
      <Show when={fault()}>
        {(text) => (
          <p class="text-xs text-bad-fg" role="alert">
            {text()}
          </p>
        )}
      </Show>
      <p id={`${props.bind.id}-hint`} class="text-xs text-fg-2">
        {t.packsHint}
      </p>
      <p>
        <Button
          size="sm"
          icon="plus"
          disabled={rows().length >= packagingsMost}
          onClick={() => props.bind.set([...rows(), { name: "", units: undefined, gtin: "" }])}
        >
          {t.addPack}
        </Button>
      </p>
    </fieldset>
  );
}
