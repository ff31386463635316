import { binCount, binsOf } from "@yihao/warehouse/bin-code";
import type { BinPattern } from "@yihao/warehouse/model";
import { createMemo, For, Show } from "solid-js";
import { Note } from "../../ui/feedback.tsx";
import { FormFrame } from "../../ui/form.tsx";
import { RackHeat } from "../../ui/rack.tsx";
import { NumberField, TextField } from "../../ui/text-field.tsx";
import { saveWarehouse } from "./data.ts";
import type { Built } from "./progress.ts";
import { StepFrame } from "./step-frame.tsx";
import { createStep } from "./use-step.ts";
import { setupWords } from "./words.ts";

const most = 2000;
const number = (value: number) => value as number | undefined;

/** A warehouse, its zone and its bins by racks, columns and levels, with the racks drawn as they will be addressed. */
export function WarehouseStep(props: { space: string; built: Built }) {
  const t = setupWords();
  const before = props.built.warehouses[0];
  const last = Math.max(0, ...props.built.bins.map(({ rack }) => rack));
  const { form, acts } = createStep({
    name: "warehouse",
    space: props.space,
    initial: {
      name: before?.name ?? t.defaultWarehouse(props.built.sites[0]?.name ?? props.built.space.name).slice(0, 60),
      zoneCode: before?.zones[0]?.code ?? "A",
      zoneName: before?.zones[0]?.name ?? t.defaultZone,
      firstRack: number(last + 1),
      racks: number(last > 0 ? 1 : 3),
      columns: number(5),
      levels: number(4),
    },
    check: (values) => {
      const whole = (value: number | undefined, top: number) =>
        value !== undefined && Number.isInteger(value) && value >= 1 && value <= top ? undefined : t.needed;
      const total = (values.racks ?? 0) * (values.columns ?? 0) * (values.levels ?? 0);
      return {
        name: values.name.trim() === "" ? t.needed : undefined,
        zoneCode: values.zoneCode.trim() === "" ? t.needed : undefined,
        zoneName: values.zoneName.trim() === "" ? t.needed : undefined,
        firstRack: whole(values.firstRack, 999),
        racks: whole(values.racks, 200) ?? (total > most ? t.badBins : undefined),
        columns: whole(values.columns, 99),
        levels: whole(values.levels, 20),
      };
    },
    save: ({ name }, intent) =>
      saveWarehouse(props.space, { name, zone: props.built.space.zone, pattern: pattern() }, intent),
  });
  const pattern = (): BinPattern => {
    const first = Math.max(1, form.values.firstRack ?? 1);
    const kind = props.built.warehouses[0]?.zones[0]?.kind ?? "pick";
    return {
      zone: { code: form.values.zoneCode.trim(), name: form.values.zoneName.trim(), kind },
      racks: { from: first, to: first + (form.values.racks ?? 0) - 1 },
      columns: form.values.columns ?? 0,
      levels: form.values.levels ?? 0,
    };
  };
  const bins = createMemo(() => (binCount(pattern()) <= most ? binsOf(pattern(), "preview") : []));
  const racks = () => [...new Set(bins().map(({ rack }) => rack))].slice(0, 4);
  return (
    <StepFrame
      step="warehouse"
      space={props.space}
      built={props.built}
      acts={acts}
      aside={
        <section class="flex flex-col gap-4" aria-label={t.preview}>
          <h2 class="text-md">{t.preview}</h2>
          <For each={racks()}>
            {(rack) => (
              <RackHeat
                name={t.rack(String(rack).padStart(2, "0"))}
                bays={pattern().columns}
                levels={pattern().levels}
                heat="fill"
                bins={bins()
                  .filter((bin) => bin.rack === rack)
                  .map(({ code, column, level }) => ({ address: code, bay: column, level, heat: 0, figure: 0 }))}
              />
            )}
          </For>
        </section>
      }
    >
      <FormFrame form={form} label={t.names.warehouse}>
        <Show when={props.built.bins.length > 0}>
          <Note tone="info">{t.hasBins(props.built.bins.length)}</Note>
        </Show>
        <TextField
          size="lg"
          label={t.warehouseName}
          maxLength={60}
          disabled={before !== undefined}
          bind={form.field("name")}
        />
        <div class="y-pair">
          <TextField size="lg" label={t.zoneCode} mono maxLength={4} bind={form.field("zoneCode")} />
          <TextField size="lg" label={t.zoneName} maxLength={40} bind={form.field("zoneName")} />
        </div>
        <div class="y-pair">
          <NumberField size="lg" label={t.firstRack} min={1} max={999} bind={form.field("firstRack")} />
          <NumberField size="lg" label={t.racks} min={1} max={200} bind={form.field("racks")} />
        </div>
        <div class="y-pair">
          <NumberField size="lg" label={t.columns} min={1} max={99} bind={form.field("columns")} />
          <NumberField size="lg" label={t.levels} min={1} max={20} bind={form.field("levels")} />
        </div>
        <p class="text-fg-2" aria-live="polite">
          <Show when={bins().length > 0} fallback={t.badBins}>
            {t.binRange(bins()[0]?.code ?? "", bins().at(-1)?.code ?? "", bins().length)}
          </Show>
        </p>
      </FormFrame>
    </StepFrame>
  );
}
