import { Show } from "solid-js";
import { Button } from "../../ui/button.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { NumberField, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { openWarehouse } from "./data.ts";
import { warehouseWords } from "./words.ts";

/** Opens a warehouse with its first zone of bins: racks × columns × levels. */
export function OpenWarehouse(props: { space: string }) {
  const t = warehouseWords();
  const form = createForm({
    name: "warehouse",
    initial: {
      name: "",
      zone: t.pickZone,
      racks: 1 as number | undefined,
      columns: 10 as number | undefined,
      levels: 6 as number | undefined,
      capacity: undefined as number | undefined,
    },
    check: (values) => ({ name: values.name.trim() === "" ? t.needName : undefined }),
    submit: async (values, intent) => {
      const { made } = await openWarehouse(
        props.space,
        { name: values.name.trim(), zone: Intl.DateTimeFormat().resolvedOptions().timeZone },
        {
          zone: { code: "A", name: values.zone.trim() || t.pickZone, kind: "pick" },
          racks: { from: 1, to: values.racks ?? 1 },
          columns: values.columns ?? 1,
          levels: values.levels ?? 1,
          ...(values.capacity === undefined ? {} : { capacity: values.capacity }),
        },
        intent,
      );
      toast({ text: t.made(made) });
    },
  });
  const many = () => (form.values.racks ?? 0) * (form.values.columns ?? 0) * (form.values.levels ?? 0);
  return (
    <div class="mx-auto w-full max-w-110 p-6">
      <h2 class="text-md">{t.openWarehouse}</h2>
      <p class="mt-1 mb-5 text-fg-2">{t.noWarehouse}</p>
      <FormFrame form={form} label={t.openWarehouse}>
        <TextField label={t.name} bind={form.field("name")} required />
        <TextField label={t.zoneName} bind={form.field("zone")} />
        <div class="y-pair">
          <NumberField label={t.racks} bind={form.field("racks")} min={1} max={99} />
          <NumberField label={t.columns} bind={form.field("columns")} min={1} max={99} />
        </div>
        <div class="y-pair">
          <NumberField label={t.levels} bind={form.field("levels")} min={1} max={20} />
          <NumberField label={t.capacity} hint={t.capacityHint} bind={form.field("capacity")} min={1} />
        </div>
        <Show when={many() > 0}>
          <Button kind="primary" type="submit" busy={form.busy()}>
            {t.make(many())}
          </Button>
        </Show>
      </FormFrame>
    </div>
  );
}
