import type { ProductView } from "@yihao/warehouse/product-model";
import { createSignal, For, Show } from "solid-js";
import { createMeaning } from "../../api.ts";
import { count } from "../../format.ts";
import { Problem } from "../../problem.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { Stepper } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { saveKit, useKit, workKit } from "./flow-data.ts";
import { flowWords } from "./flow-words.ts";
import { type DraftLine, filledLines, LineFields } from "./line-fields.tsx";
import { choicesOf, useWarehousesHere, workIn } from "./warehouse-here.ts";
import { warehouseWords } from "./words.ts";

/** What a kit is made of (组套清单), and putting it together or taking it apart, which the warehouse does. */
export function KitPanel(props: { space: string; product: ProductView; staff: boolean; mayEdit: boolean }) {
  const t = flowWords();
  const kit = useKit(
    () => props.space,
    () => props.product.id,
  );
  const warehouses = useWarehousesHere(() => props.space);
  const [editing, setEditing] = createSignal(false);
  const [sets, setSets] = createSignal(1);
  const [busy, setBusy] = createSignal<"assemble" | "take-apart">();
  const meaning = createMeaning();
  const is = () => (kit.data?.components.length ?? 0) > 0;
  /** What was short of which part: the refusal names products, and this page knows what they are called. */
  const withNames = (error: unknown) => {
    if (!(error instanceof Problem) || error.code !== "stock.short" || !Array.isArray(error.params.lines)) return error;
    const name = (product: unknown) => kit.data?.components.find((one) => one.product === product)?.name;
    const lines = error.params.lines.map((one) => ({ ...one, name: name(one.product) }));
    return new Problem({ ...error, params: { ...error.params, lines } });
  };
  const work = async (how: "assemble" | "take-apart") => {
    const warehouse = warehouses.data?.[0]?.id;
    if (!warehouse) return;
    setBusy(how);
    try {
      const wish = { warehouse, units: sets() };
      const { units } = await workKit(props.space, props.product.id, how, wish, meaning.of({ how, ...wish }));
      meaning.answered();
      toast({ text: how === "assemble" ? t.assembled(units) : t.apart(units) });
    } catch (error) {
      toast({ text: explain(withNames(error)), tone: "bad" });
    } finally {
      setBusy(undefined);
    }
  };
  return (
    <section class="border-b border-line px-4 py-3 text-sm">
      <div class="flex flex-wrap items-center gap-3">
        <h3 class="text-xs text-fg-2">{t.kit}</h3>
        <Show when={is()} fallback={<span class="text-fg-2">{t.notKit}</span>}>
          <span>{t.buildable(count(kit.data?.buildable ?? 0))}</span>
        </Show>
        <Show when={props.mayEdit}>
          <span class="ml-auto">
            <Button size="sm" disabled={!kit.data} onClick={() => setEditing(true)}>
              {t.editKit}
            </Button>
          </span>
        </Show>
      </div>
      <Show when={is()}>
        <ul class="mt-2">
          <For each={kit.data?.components}>
            {(one) => (
              <li class="flex gap-3 py-1">
                <span class="min-w-0 flex-1 truncate">{one.name}</span>
                <span class="text-fg-2">{t.perKit(one.units)}</span>
              </li>
            )}
          </For>
        </ul>
        <Show when={props.staff}>
          <div class="mt-2 flex flex-wrap items-end gap-2">
            <Show when={(warehouses.data?.length ?? 0) > 1}>
              <SelectField
                label={warehouseWords().warehouse}
                bind={bound(() => warehouses.data?.[0]?.id ?? "", workIn)}
                options={choicesOf(warehouses.data)}
              />
            </Show>
            <Stepper label={t.sets} min={1} bind={bound(sets, setSets)} />
            <Button icon="box" busy={busy() === "assemble"} onClick={() => void work("assemble")}>
              {t.assemble}
            </Button>
            <Button busy={busy() === "take-apart"} onClick={() => void work("take-apart")}>
              {t.takeApart}
            </Button>
          </div>
        </Show>
      </Show>
      <Drawer open={editing()} onClose={() => setEditing(false)} title={t.kit}>
        <Show when={editing() ? kit.data : undefined}>
          {(one) => (
            <KitForm
              space={props.space}
              product={props.product}
              rev={one().rev}
              lines={one().components.map(({ product, units }) => ({ product, units }))}
              onDone={() => setEditing(false)}
            />
          )}
        </Show>
      </Drawer>
    </section>
  );
}

function KitForm(props: {
  space: string;
  product: ProductView;
  rev: number;
  lines: { product: string; units: number }[];
  onDone: () => void;
}) {
  const t = flowWords();
  const w = warehouseWords();
  const form = createForm({
    name: "kit",
    initial: {
      lines: (props.lines.length > 0 ? props.lines : [{ product: "", units: undefined }]) as DraftLine[],
    },
    check: (values) => {
      const none = values.lines.every((line) => line.product === "" && line.units === undefined);
      return { lines: none || filledLines(values.lines) ? undefined : w.needLine };
    },
    submit: async ({ lines }) => {
      await saveKit(props.space, props.product.id, props.rev, { components: filledLines(lines) ?? [] });
      toast({ text: t.kitSaved });
      props.onDone();
    },
  });
  return (
    <FormFrame form={form} label={t.kit}>
      <p class="text-fg-2">{t.kitHint}</p>
      <LineFields
        space={props.space}
        company={props.product.company}
        lines={form.values.lines}
        onChange={(lines) => form.set("lines", lines)}
        limit={false}
      />
      <Button kind="primary" type="submit" busy={form.busy()}>
        {t.save}
      </Button>
    </FormFrame>
  );
}
