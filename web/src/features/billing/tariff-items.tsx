import {
  type PenaltyCause,
  penaltyCauses,
  type TariffItem,
  type TariffItemKind,
  tariffItemKinds,
  tariffItemsMost,
} from "@yihao/pricing/tariff-model";
import { Index, Show } from "solid-js";
import { type Binding, bound } from "../../ui/binding.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { FaultLine } from "../../ui/field.tsx";
import { MoneyField, NumberField, TextField } from "../../ui/text-field.tsx";
import { tariffWords } from "./tariff-words.ts";

/** An item of a tariff while it is written down. */
export type ItemRow = {
  readonly kind: TariffItemKind;
  readonly name: string;
  readonly unitMinor: number | undefined;
  /** What a penalty is charged on by itself. */
  readonly on?: PenaltyCause | "" | undefined;
  readonly freeDays?: number | undefined;
};

/** The items that were written down whole. */
export const itemsOf = (rows: readonly ItemRow[]): TariffItem[] =>
  rows.flatMap(({ kind, name, unitMinor, on, freeDays }) => {
    if (name.trim() === "" || !unitMinor) return [];
    const free = on === "parcel-kept" && freeDays ? { freeDays } : {};
    return [{ kind, name: name.trim(), unitMinor, ...(kind === "penalty" && on ? { on, ...free } : {}) }];
  });

/** Events, penalties and other services of a tariff, each with its price: rows to add to. */
export function TariffItems(props: { bind: Binding<readonly ItemRow[]> }) {
  const t = tariffWords();
  const rows = () => props.bind.value();
  const change = (at: number, part: Partial<ItemRow>) =>
    props.bind.set(rows().map((row, index) => (index === at ? { ...row, ...part } : row)));
  /** A cause has one penalty: those of other rows are not offered. */
  const causesFor = (at: number) =>
    penaltyCauses
      .filter((on) => rows().every((row, index) => index === at || row.kind !== "penalty" || row.on !== on))
      .map((value) => ({ value, label: t.causes[value] }));
  return (
    <fieldset class="flex flex-col gap-3 border-t border-line pt-3" id={props.bind.id} tabindex={-1}>
      <legend class="font-strong" id={`${props.bind.id}-label`}>
        {t.items}
      </legend>
      <p class="text-xs text-fg-2">{t.itemsSay}</p>
      <Index each={rows()}>
        {(row, at) => (
          <div class="flex items-start gap-1 border-b border-line pb-3">
            <div class="grid min-w-0 flex-1 grid-cols-2 gap-x-3 gap-y-2">
              <span class="min-w-0">
                <SelectField
                  label={t.itemKind}
                  options={tariffItemKinds.map((value) => ({ value, label: t.itemKinds[value] }))}
                  bind={bound(
                    () => row().kind,
                    (kind) => change(at, { kind }),
                  )}
                />
              </span>
              <span class="col-span-2 row-start-2">
                <TextField
                  label={t.itemName}
                  maxLength={40}
                  bind={bound(
                    () => row().name,
                    (name) => change(at, { name }),
                  )}
                />
              </span>
              <span class="min-w-0">
                <MoneyField
                  label={t.itemPrice}
                  bind={bound(
                    () => row().unitMinor,
                    (unitMinor) => change(at, { unitMinor }),
                  )}
                />
              </span>
              <Show when={row().kind === "penalty"}>
                <span class="col-span-2">
                  <SelectField
                    label={t.itemOn}
                    options={[{ value: "", label: t.byHand }, ...causesFor(at)]}
                    bind={bound(
                      () => row().on ?? "",
                      (on) =>
                        change(at, {
                          on,
                          ...(on && row().name === "" ? { name: t.causes[on].split(/[，,]/)[0] } : {}),
                        }),
                    )}
                  />
                </span>
              </Show>
              <Show when={row().kind === "penalty" && row().on === "parcel-kept"}>
                <span class="min-w-0">
                  <NumberField
                    label={t.itemFree}
                    min={0}
                    max={366}
                    bind={bound(
                      () => row().freeDays,
                      (freeDays) => change(at, { freeDays }),
                    )}
                  />
                </span>
              </Show>
            </div>
            <span class="mt-5">
              <IconButton
                icon="close"
                label={t.removeItem(row().name)}
                onClick={() => props.bind.set(rows().filter((_, index) => index !== at))}
              />
            </span>
          </div>
        )}
      </Index>
      <FaultLine id={props.bind.id} fault={props.bind.fault?.()} />
      <span>
        <Button
          size="sm"
          icon="plus"
          disabled={rows().length >= tariffItemsMost}
          onClick={() => props.bind.set([...rows(), { kind: "event", name: "", unitMinor: undefined }])}
        >
          {t.addItem}
        </Button>
      </span>
    </fieldset>
  );
}
