import { type GoodsClass, mixingRules, type WarehouseView } from "@yihao/warehouse/model";
import { createSignal, For, Show } from "solid-js";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { AddZone } from "./bin-pattern.tsx";
import { binWords } from "./bin-words.ts";
import { ClassField } from "./class-field.tsx";
import { useWarehouses } from "./data.ts";
import { saveZone } from "./owner-data.ts";
import { ownerWords } from "./owner-words.ts";

/** The zones of each warehouse (库区): their names, the kinds of goods that they are kept to, and what may share a bin (混放). */
export function ZoneSettings(props: { space: string }) {
  const t = ownerWords();
  const warehouses = useWarehouses(() => props.space);
  return (
    <section class="mt-8 flex flex-col gap-4 border-t border-line pt-6">
      <h2 class="text-md">{t.zones}</h2>
      <p class="text-fg-2">{t.zonesSay}</p>
      <For each={warehouses.data ?? []}>
        {(warehouse) => (
          <>
            <h3 class="text-xs text-fg-2">{warehouse.name}</h3>
            <For each={warehouse.zones}>
              {(zone) => <ZoneForm space={props.space} warehouse={warehouse} zone={zone} />}
            </For>
            <MoreBins space={props.space} warehouse={warehouse} />
          </>
        )}
      </For>
    </section>
  );
}

function MoreBins(props: { space: string; warehouse: WarehouseView }) {
  const t = binWords();
  const [open, setOpen] = createSignal(false);
  return (
    <>
      <p>
        <Button size="sm" icon="plus" onClick={() => setOpen(true)}>
          {t.addZone}
        </Button>
      </p>
      <Drawer open={open()} onClose={() => setOpen(false)} title={t.addZone}>
        <Show when={open()}>
          <AddZone
            space={props.space}
            warehouse={props.warehouse.id}
            zones={props.warehouse.zones}
            onDone={() => setOpen(false)}
          />
        </Show>
      </Drawer>
    </>
  );
}

type Mixing = "any" | (typeof mixingRules)[number];

function ZoneForm(props: { space: string; warehouse: WarehouseView; zone: WarehouseView["zones"][number] }) {
  const t = ownerWords();
  const form = createForm({
    name: `zone-${props.zone.code}`,
    initial: {
      name: props.zone.name,
      classes: (props.zone.classes ?? []) as readonly GoodsClass[],
      mixing: (props.zone.mixing ?? "any") as Mixing,
    },
    submit: async ({ name, classes, mixing }) => {
      const rule = mixing === "any" ? {} : { mixing };
      const wish = { name: name.trim() || props.zone.name, classes: [...classes], ...rule };
      await saveZone(props.space, props.warehouse.id, props.zone.code, props.warehouse.rev, wish);
      toast({ text: t.zoneSaved(wish.name) });
    },
  });
  return (
    <FormFrame form={form} label={props.zone.name}>
      <TextField label={`${t.zoneName} (${props.zone.code})`} maxLength={40} bind={form.field("name")} />
      <ClassField label={t.classes} hint={t.classesHint} bind={form.field("classes")} />
      <SelectField
        label={t.mixing}
        hint={t.mixingHint}
        bind={form.field("mixing")}
        options={(["any", ...mixingRules] as const).map((value) => ({ value, label: t.mixings[value] }))}
      />
      <Button type="submit" size="sm" busy={form.busy()}>
        {t.save}
      </Button>
    </FormFrame>
  );
}
