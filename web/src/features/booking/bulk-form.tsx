import { type BulkResources, type FloorId, type ResourceKind, type SiteId, usualRules } from "@yihao/booking/model";
import { createSignal, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { Note } from "../../ui/feedback.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { NumberField, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { addResources, type Places } from "./data.ts";
import { floorOptions, kindOptions } from "./options.ts";
import { codesOf } from "./places-text.ts";
import { placesWords } from "./places-words.ts";

const chunk = 40;

/** Many of one kind by a prefix and two numbers; 40 a request, each request all or none. */
export function BulkForm(props: { space: string; site: SiteId; places: Places; onDone: () => void }) {
  const t = placesWords();
  const floors = floorOptions(props.places, props.site);
  const [done, setDone] = createSignal(0);
  const form = createForm({
    name: "bulk",
    initial: {
      kind: "desk" as ResourceKind,
      floor: floors[0]?.value ?? "",
      prefix: "A-",
      first: 1 as number | undefined,
      last: 40 as number | undefined,
      capacity: 1 as number | undefined,
      bufferMinutes: 0 as number | undefined,
    },
    check: (values) => (codesOf(values.prefix, values.first, values.last) ? {} : { last: t.previewBad }),
    submit: async (values) => {
      const { kind, floor, prefix, first, last, capacity, bufferMinutes } = values;
      const codes = codesOf(prefix, first, last) ?? [];
      const common = { ...usualRules[kind], bufferMinutes: bufferMinutes ?? 0, capacity: capacity ?? 1 };
      setDone(0);
      for (let at = 0; at < codes.length; at += chunk) {
        const items = codes.slice(at, at + chunk).map((code) => {
          return kind === "room" ? { code, name: t.roomName(code) } : { code };
        });
        const wish: BulkResources = { site: props.site, floor: floor as FloorId, kind, ...common, items };
        await addResources(props.space, wish, newIntent());
        setDone(at + items.length);
      }
      toast({ text: t.added(codes.length) });
      props.onDone();
    },
  });
  const codes = () => codesOf(form.values.prefix, form.values.first, form.values.last);
  return (
    <FormFrame form={form} label={t.bulkTitle}>
      <Show when={form.problem() !== undefined && done() > 0}>
        <Note tone="warn">{t.someAdded(done())}</Note>
      </Show>
      <SelectField label={t.kind} options={kindOptions()} bind={form.field("kind")} />
      <SelectField label={t.floors} options={floors} bind={form.field("floor")} />
      <TextField label={t.prefix} bind={form.field("prefix")} mono maxLength={8} />
      <div class="y-pair">
        <NumberField label={t.first} bind={form.field("first")} min={0} />
        <NumberField label={t.last} bind={form.field("last")} min={0} />
      </div>
      <p class="text-xs text-fg-2" aria-live="polite">
        <Show when={codes()} fallback={t.previewBad}>
          {(all) => t.preview(all()[0] ?? "", all().at(-1) ?? "", all().length)}
        </Show>
      </p>
      <div class="y-pair">
        <NumberField label={t.capacity} bind={form.field("capacity")} min={1} unit={t.people} />
        <NumberField label={t.buffer} bind={form.field("bufferMinutes")} min={0} step={5} unit={t.minutes} />
      </div>
      <Button type="submit" kind="primary" busy={form.busy()}>
        {t.add(codes()?.length ?? 0)}
      </Button>
    </FormFrame>
  );
}
