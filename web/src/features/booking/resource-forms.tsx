import {
  type BulkResources,
  type FloorId,
  type ResourceFacts,
  type ResourceKind,
  type ResourceView,
  type SiteId,
  usualRules,
} from "@yihao/booking/model";
import { createSignal, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { Button } from "../../ui/button.tsx";
import { Segmented, SelectField } from "../../ui/choice-field.tsx";
import { Note } from "../../ui/feedback.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { NumberField, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { addResources, changeResource, type Places } from "./data.ts";
import { codesOf } from "./places-text.ts";
import { placesWords } from "./places-words.ts";

const chunk = 40;
const floorOptions = (places: Places, site: string) =>
  places.floors.filter((one) => one.site === site).map(({ id, name }) => ({ value: id as string, label: name }));

/** Many desks or rooms by a prefix and two numbers; 40 a request, each request all or none. */
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
      <Segmented
        label={t.kind}
        options={[
          { value: "desk", label: t.kinds.desk },
          { value: "room", label: t.kinds.room },
        ]}
        bind={form.field("kind")}
      />
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

/** One desk or room: its name and how it may be booked, at the revision it was read. */
export function ResourceForm(props: { space: string; resource: ResourceView; places: Places; onDone: () => void }) {
  const t = placesWords();
  const before = props.resource;
  const number = (value: number) => value as number | undefined;
  const form = createForm({
    name: `resource-${before.id}`,
    initial: {
      code: before.code,
      name: before.name,
      floor: before.floor as string,
      state: before.state,
      capacity: number(before.capacity),
      bufferMinutes: number(before.bufferMinutes),
      granularityMinutes: number(before.granularityMinutes),
      leastMinutes: number(before.leastMinutes),
      mostMinutes: number(before.mostMinutes),
      horizonDays: number(before.horizonDays),
    },
    check: (values) => {
      const faults: Partial<Record<keyof typeof values, string>> = {};
      for (const [name, value] of Object.entries(values))
        if (value === undefined || value === "") faults[name as keyof typeof values] = t.needed;
      return faults;
    },
    submit: async (values) => {
      const { place, lettable, ...rules } = before;
      const facts: ResourceFacts = {
        code: values.code,
        name: values.name,
        floor: values.floor as FloorId,
        state: values.state,
        capacity: values.capacity ?? rules.capacity,
        bufferMinutes: values.bufferMinutes ?? rules.bufferMinutes,
        granularityMinutes: values.granularityMinutes ?? rules.granularityMinutes,
        leastMinutes: values.leastMinutes ?? rules.leastMinutes,
        mostMinutes: values.mostMinutes ?? rules.mostMinutes,
        horizonDays: values.horizonDays ?? rules.horizonDays,
        ...(place ? { place } : {}),
        ...(lettable === undefined ? {} : { lettable }),
      };
      await changeResource(props.space, before.id, before.rev, facts);
      toast({ text: t.resourceSaved(facts.code) });
      props.onDone();
    },
  });
  return (
    <FormFrame form={form} label={t.editTitle(before.code)}>
      <div class="y-pair">
        <TextField label={t.code} bind={form.field("code")} mono maxLength={12} />
        <TextField label={t.name} bind={form.field("name")} maxLength={40} />
      </div>
      <SelectField label={t.floors} options={floorOptions(props.places, before.site)} bind={form.field("floor")} />
      <Segmented
        label={t.state}
        options={[
          { value: "active", label: t.states.active },
          { value: "off", label: t.states.off },
        ]}
        bind={form.field("state")}
      />
      <div class="y-pair">
        <NumberField label={t.capacity} bind={form.field("capacity")} min={1} unit={t.people} />
        <NumberField label={t.horizon} bind={form.field("horizonDays")} min={1} unit={t.days} />
      </div>
      <Show when={before.kind === "room"}>
        <div class="y-pair">
          <NumberField label={t.buffer} bind={form.field("bufferMinutes")} min={0} step={5} unit={t.minutes} />
          <NumberField
            label={t.granularity}
            bind={form.field("granularityMinutes")}
            min={5}
            step={5}
            unit={t.minutes}
          />
        </div>
        <div class="y-pair">
          <NumberField label={t.least} bind={form.field("leastMinutes")} min={5} step={5} unit={t.minutes} />
          <NumberField label={t.most} bind={form.field("mostMinutes")} min={5} step={5} unit={t.minutes} />
        </div>
      </Show>
      <Button type="submit" kind="primary" busy={form.busy()}>
        {t.saveResource}
      </Button>
    </FormFrame>
  );
}
