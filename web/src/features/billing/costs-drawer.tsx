import type { CostsView, Sizes } from "@yihao/insight/stream-model";
import { type Stream, streams } from "@yihao/pricing/model";
import { For } from "solid-js";
import { count, monthTitle } from "../../format.ts";
import { streamWords } from "../../streams.ts";
import { createForm } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { MoneyField, NumberField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { saveCosts, saveSizes } from "./streams-data.ts";
import { streamPageWords } from "./streams-words.ts";

/** Enters what each stream cost in a month (成本). */
export function CostsDrawer(props: { space: string; costs: CostsView; onClose: () => void }) {
  const t = streamPageWords();
  const names = streamWords();
  const { month, rev, costs } = props.costs;
  const form = createForm({
    name: `costs-${month}`,
    initial: Object.fromEntries(streams.map((stream) => [stream, costs[stream]])) as Record<Stream, number | undefined>,
    check: () => ({}),
    submit: async (values, intent) => {
      const given: Partial<Record<Stream, number>> = {};
      for (const stream of streams) {
        const value = values[stream];
        if (value !== undefined) given[stream] = value;
      }
      await saveCosts(props.space, { month, costs: given, rev }, intent);
      toast({ text: t.saved, tone: "good" });
      props.onClose();
    },
  });
  return (
    <FormDrawer onClose={props.onClose} title={t.costsTitle(monthTitle(month))} form={form} act={t.save}>
      <p class="text-fg-2">{t.costsSay}</p>
      <For each={streams}>{(stream) => <MoneyField label={names[stream]} bind={form.field(stream)} />}</For>
    </FormDrawer>
  );
}

/** Enters the floor area of each site (面积). */
export function SizesDrawer(props: {
  space: string;
  sizes: Sizes;
  sites: readonly { readonly id: string; readonly name: string }[];
  onClose: () => void;
}) {
  const t = streamPageWords();
  const kept = (site: string) => props.sizes.sites.find((one) => one.site === site);
  const { sites } = props;
  const form = createForm({
    name: "site-sizes",
    initial: Object.fromEntries(sites.map(({ id }) => [id, kept(id)?.areaM2])) as Record<string, number | undefined>,
    check: (values) =>
      Object.fromEntries(
        sites.map(({ id }) => {
          const value = values[id] ?? 0;
          return [id, value < 0 || value > 1_000_000 ? t.needArea : undefined];
        }),
      ),
    submit: async (values, intent) => {
      const wish = sites.map(({ id }) => ({ site: id, areaM2: values[id] ?? 0 }));
      await saveSizes(props.space, wish, props.sizes.rev, intent);
      toast({ text: t.saved, tone: "good" });
      props.onClose();
    },
  });
  return (
    <FormDrawer onClose={props.onClose} title={t.sizesTitle} form={form} act={t.save}>
      <p class="text-fg-2">{t.sizesSay}</p>
      <For each={sites}>
        {({ id, name }) => (
          <NumberField
            label={t.area(name)}
            min={0}
            max={1_000_000}
            hint={kept(id) ? t.counted(count(kept(id)?.bins ?? 0)) : ""}
            bind={form.field(id)}
          />
        )}
      </For>
    </FormDrawer>
  );
}
