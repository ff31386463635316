import { binCount } from "@yihao/warehouse/bin-code";
import { Show } from "solid-js";
import { Button } from "../../ui/button.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { newPattern, PatternFields, patternFaults, patternOf } from "./bin-pattern.tsx";
import { openWarehouse } from "./data.ts";
import { warehouseWords } from "./words.ts";

/** Opens a warehouse with its first zone of bins: racks × columns × levels. */
export function OpenWarehouse(props: { space: string }) {
  const t = warehouseWords();
  const form = createForm({
    name: "warehouse",
    initial: { name: "", zone: t.pickZone, ...newPattern },
    check: (values) => ({ name: values.name.trim() === "" ? t.needName : undefined, ...patternFaults(values) }),
    submit: async (values, intent) => {
      const zone = { code: "A", name: values.zone.trim() || t.pickZone, kind: "pick" } as const;
      const { made } = await openWarehouse(
        props.space,
        { name: values.name.trim(), zone: Intl.DateTimeFormat().resolvedOptions().timeZone },
        { zone, ...patternOf(values) },
        intent,
      );
      toast({ text: t.made(made) });
    },
  });
  const many = () => binCount(patternOf(form.values));
  return (
    <div class="mx-auto w-full max-w-110 p-6">
      <h2 class="text-md">{t.openWarehouse}</h2>
      <p class="mt-1 mb-5 text-fg-2">{t.noWarehouse}</p>
      <FormFrame form={form} label={t.openWarehouse}>
        <TextField label={t.name} bind={form.field("name")} required />
        <TextField label={t.zoneName} bind={form.field("zone")} />
        <PatternFields form={form} />
        <Show when={many() > 0}>
          <Button kind="primary" type="submit" busy={form.busy()}>
            {t.make(many())}
          </Button>
        </Show>
      </FormFrame>
    </div>
  );
}
