import { fillOf, limitsOf } from "@yihao/warehouse/bin-load";
import { glnFault } from "@yihao/warehouse/epc";
import type { BinView } from "@yihao/warehouse/model";
import { For, Show } from "solid-js";
import { count, percent } from "../../format.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { NumberField, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { binWords, kilosOf, limitText, litresOf } from "./bin-words.ts";
import { editBin } from "./flow-data.ts";
import { edgeFaults, edgesIn, SizeFields, sizeIn } from "./size-fields.tsx";
import { zoneMoveWords } from "./zone-move-words.ts";

/** What a bin holds by units, weight and volume, against what it is limited to. */
export function BinLoad(props: { bin: BinView }) {
  const t = binWords();
  const fill = () => fillOf(props.bin);
  const free = () => [
    ...(props.bin.loadGrams === undefined && props.bin.usedGrams > 0
      ? [{ of: "load" as const, text: kilosOf(props.bin.usedGrams) }]
      : []),
    ...(props.bin.size === undefined && props.bin.usedMm3 > 0
      ? [{ of: "volume" as const, text: litresOf(props.bin.usedMm3) }]
      : []),
  ];
  const rows = () => [
    ...limitsOf(props.bin).map(({ of, most, holds }) => ({
      of,
      text: t.of(limitText(of, holds), limitText(of, most)),
    })),
    ...free(),
  ];
  return (
    <div class="flex flex-col gap-2">
      <dl class="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        <For each={rows()}>
          {(row) => (
            <>
              <dt class="text-fg-2">{t.holds[row.of]}</dt>
              <dd class="text-right">{row.text}</dd>
            </>
          )}
        </For>
      </dl>
      <Show when={fill()}>
        {(tight) => (
          <Show
            when={tight().share > 1}
            fallback={<p class="text-xs text-fg-2">{t.tightest(t.holds[tight().of], percent(tight().share))}</p>}
          >
            <Note tone="warn">{t.over(t.holds[tight().of])}</Note>
          </Show>
        )}
      </Show>
      <Show when={props.bin.unweighed > 0}>
        <p class="text-xs text-fg-2">{t.unweighed(count(props.bin.unweighed))}</p>
      </Show>
      <Show when={props.bin.unsized > 0}>
        <p class="text-xs text-fg-2">{t.unsized(count(props.bin.unsized))}</p>
      </Show>
    </div>
  );
}

/** The fault of a GLN in words; none when it is left empty. */
export function glnFaultOf(gln: string): string | undefined {
  const fault = gln.trim() === "" ? undefined : glnFault(gln);
  return fault && binWords().glnFaults[fault];
}

/** What a bin is limited to, to be changed (货位容量与承重). */
export function BinLimits(props: { space: string; warehouse: string; bin: BinView }) {
  const t = binWords();
  const form = createForm({
    name: "limits",
    initial: {
      capacity: props.bin.capacity as number | undefined,
      load: (props.bin.loadGrams === undefined ? undefined : props.bin.loadGrams / 1_000) as number | undefined,
      gln: props.bin.gln ?? "",
      ...edgesIn(props.bin.size),
    },
    check: (values) => ({ ...edgeFaults(values), gln: glnFaultOf(values.gln) }),
    submit: async ({ capacity, load, gln, ...edges }) => {
      await editBin(props.space, props.warehouse, props.bin, {
        capacity: capacity ?? null,
        loadGrams: load === undefined ? null : Math.round(load * 1_000),
        size: sizeIn(edges) ?? null,
        gln: gln.trim() === "" ? null : gln.trim(),
      });
      toast({ text: t.limitsSaved });
    },
  });
  return (
    <section class="flex flex-col gap-3">
      <h3 class="text-xs text-fg-2">{t.limits}</h3>
      <Show when={props.bin.closed}>
        <Note tone="info">{zoneMoveWords().movingNow}</Note>
      </Show>
      <BinLoad bin={props.bin} />
      <FormFrame form={form} label={t.limits}>
        <div class="y-pair">
          <NumberField label={t.capacity} hint={t.noLimit} min={1} max={1_000_000} bind={form.field("capacity")} />
          <NumberField label={t.load} hint={t.noLimit} min={1} max={100_000} bind={form.field("load")} />
        </div>
        <SizeFields form={form} label={t.inside} hint={t.noLimit} most={20_000} />
        <TextField label={t.gln} hint={t.glnHint} mono inputMode="numeric" maxLength={20} bind={form.field("gln")} />
        <Button type="submit" busy={form.busy()}>
          {t.saveLimits}
        </Button>
      </FormFrame>
    </section>
  );
}
