import {
  bookedBy,
  type FloorId,
  type NewResource,
  type ResourceFacts,
  type ResourceKind,
  type ResourceView,
  type SiteId,
  usualRules,
} from "@yihao/booking/model";
import { unitsMost } from "@yihao/booking/rules-model";
import { createEffect, on, Show } from "solid-js";
import { type Intent, newIntent } from "../../api.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Segmented, SelectField } from "../../ui/choice-field.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { MoneyField, NumberField, TextField } from "../../ui/text-field.tsx";
import { createTheirs, TheirsNote } from "../../ui/theirs.tsx";
import { toast } from "../../ui/toast.tsx";
import { addResource, changeResource, type Places, rereadPlaces } from "./data.ts";
import { byOptions, floorOptions, kindOptions } from "./options.ts";
import { PicturePart } from "./picture-part.tsx";
import { placesWords } from "./places-words.ts";
import { RuleFields, ruleFaultTexts } from "./rule-fields.tsx";
import { readRules, ruleValues } from "./rule-values.ts";
import { rulesWords } from "./rules-words.ts";
import type { SiteView } from "./view.ts";

const number = (value: number | undefined) => value;
/** Kinds of which one resource may stand for many alike, shown at once. */
const plural: readonly ResourceKind[] = ["pool", "equipment", "locker", "parking", "dock"];

function valuesOf(one: ResourceView | undefined, site: SiteView, places: Places) {
  const kind: ResourceKind = one?.kind ?? "pool";
  const rules = one ?? usualRules[kind];
  return {
    kind,
    code: one?.code ?? "",
    name: one?.name ?? "",
    floor: (one?.floor ?? floorOptions(places, site.id)[0]?.value ?? "") as string,
    state: one?.state ?? ("active" as const),
    by: bookedBy({ kind, by: one?.by }),
    units: number(one?.units ?? 1),
    capacity: number(one?.capacity ?? 1),
    horizonDays: number(rules.horizonDays),
    freeHours: number(one?.cancellation?.freeHours),
    feePercent: number(one?.cancellation?.percent),
    bufferMinutes: number(rules.bufferMinutes),
    bufferBeforeMinutes: number(rules.bufferBeforeMinutes ?? 0),
    granularityMinutes: number(rules.granularityMinutes),
    leastMinutes: number(rules.leastMinutes),
    mostMinutes: number(rules.mostMinutes),
    lettable: one?.lettable ?? false,
    training: one?.training ?? false,
    public: one?.public !== undefined,
    publicMinor: number(one?.public?.priceMinor),
    ...ruleValues(one ?? {}, site.hours),
  };
}
type Values = ReturnType<typeof valuesOf>;

/** The facts that a form says; what is as its kind usually is, or as its floor says, is left out. */
function factsOf(values: Values, before: ResourceView | undefined): ResourceFacts {
  const rules = usualRules[values.kind];
  const units = values.units ?? 1;
  return {
    code: values.code.trim(),
    name: values.name.trim(),
    floor: values.floor as FloorId,
    state: values.state,
    capacity: values.capacity ?? 1,
    bufferMinutes: values.bufferMinutes ?? rules.bufferMinutes,
    granularityMinutes: values.granularityMinutes ?? rules.granularityMinutes,
    leastMinutes: values.leastMinutes ?? rules.leastMinutes,
    mostMinutes: values.mostMinutes ?? rules.mostMinutes,
    horizonDays: values.horizonDays ?? rules.horizonDays,
    ...(values.bufferBeforeMinutes ? { bufferBeforeMinutes: values.bufferBeforeMinutes } : {}),
    ...(values.by === bookedBy({ kind: values.kind }) ? {} : { by: values.by }),
    ...(units > 1 || values.kind === "pool" ? { units } : {}),
    ...(values.feePercent && values.freeHours
      ? { cancellation: { freeHours: values.freeHours, percent: values.feePercent } }
      : {}),
    ...(values.lettable ? { lettable: true } : {}),
    ...(values.training ? { training: true } : {}),
    ...(values.public && values.by !== "lease"
      ? { public: values.publicMinor === undefined ? {} : { priceMinor: values.publicMinor } }
      : {}),
    ...(before?.place ? { place: before.place } : {}),
    ...readRules(values),
  };
}

/** One place: what it is and how it may be booked; a new one, or one at the revision it was read. */
export function ResourceForm(props: {
  space: string;
  site: SiteView;
  resource: ResourceView | undefined;
  places: Places;
  onDone: () => void;
}) {
  const t = placesWords();
  const r = rulesWords();
  const before = props.resource;
  const form = createForm<Values>({
    name: `resource-${before?.id ?? "new"}`,
    initial: valuesOf(before, props.site, props.places),
    check: (values) => {
      const faults: Partial<Record<keyof Values, string>> = {};
      for (const name of ["code", "name", "floor"] as const) if (values[name].trim() === "") faults[name] = t.needed;
      for (const name of ["capacity", "units", "horizonDays"] as const)
        if (values[name] === undefined) faults[name] = t.needed;
      if (values.feePercent && !values.freeHours) faults.freeHours = t.needed;
      if (values.freeHours && !values.feePercent) faults.feePercent = t.needed;
      return { ...faults, ...ruleFaultTexts(values) };
    },
    submit: async (values, intent) => {
      const facts = factsOf(values, before);
      const saved = await theirs.save(
        (rev) => save(props.space, rev, facts, values.kind, intent),
        async () => before && (await rereadPlaces(props.space)).resources.find(({ id }) => id === before.id),
      );
      if (!saved) return;
      toast({ text: t.resourceSaved(facts.code) });
      props.onDone();
    },
  });
  const save = async (space: string, rev: number, facts: ResourceFacts, kind: ResourceKind, intent: Intent) => {
    if (before) return changeResource(space, before.id, rev, facts);
    const wish: NewResource = { ...facts, site: props.site.id as SiteId, kind };
    return addResource(space, wish, intent ?? newIntent());
  };
  const theirs = createTheirs<ResourceView>(before?.rev ?? 0, (now) =>
    form.reset(valuesOf(now, props.site, props.places)),
  );
  // A new place begins with what its kind usually is.
  createEffect(
    on(
      () => form.values.kind,
      (kind) => {
        const { bufferBeforeMinutes: _before, ...rules } = usualRules[kind];
        form.set("by", bookedBy({ kind }));
        for (const name of ["granularityMinutes", "leastMinutes", "mostMinutes", "horizonDays"] as const)
          form.set(name, rules[name]);
      },
      { defer: true },
    ),
  );
  const byTime = () => form.values.by === "time";
  return (
    <FormFrame form={form} label={before ? t.editTitle(before.code) : t.addOne}>
      <TheirsNote of={theirs} words={{ title: r.conflict, say: r.conflictSay, mine: r.mine, theirs: r.theirs }} />
      <Show when={!before}>
        <SelectField label={t.kind} options={kindOptions()} bind={form.field("kind")} />
      </Show>
      <div class="y-pair">
        <TextField label={t.code} bind={form.field("code")} mono maxLength={12} />
        <TextField label={t.name} bind={form.field("name")} maxLength={40} />
      </div>
      <Show when={before}>{(one) => <PicturePart space={props.space} resource={one()} onRev={theirs.setRev} />}</Show>
      <div class="y-pair">
        <SelectField label={t.floors} options={floorOptions(props.places, props.site.id)} bind={form.field("floor")} />
        <SelectField label={r.by} options={byOptions()} bind={form.field("by")} />
      </div>
      <Show when={before}>
        <Segmented
          label={t.state}
          options={[
            { value: "active", label: t.states.active },
            { value: "off", label: t.states.off },
          ]}
          bind={form.field("state")}
        />
      </Show>
      <div class="y-pair">
        <NumberField label={t.capacity} bind={form.field("capacity")} min={1} unit={t.people} />
        <Show when={form.values.by !== "lease"}>
          <NumberField label={t.horizon} bind={form.field("horizonDays")} min={1} unit={t.days} />
        </Show>
      </div>
      <Show when={plural.includes(form.values.kind) || (form.values.units ?? 1) > 1}>
        <NumberField label={r.units} hint={r.unitsHint} bind={form.field("units")} min={1} max={unitsMost} />
      </Show>
      <Show when={byTime()}>
        <div class="y-pair">
          <NumberField label={r.before} bind={form.field("bufferBeforeMinutes")} min={0} step={5} unit={t.minutes} />
          <NumberField label={t.buffer} bind={form.field("bufferMinutes")} min={0} step={5} unit={t.minutes} />
        </div>
        <NumberField label={t.granularity} bind={form.field("granularityMinutes")} min={5} step={5} unit={t.minutes} />
        <div class="y-pair">
          <NumberField label={t.least} bind={form.field("leastMinutes")} min={5} step={5} unit={t.minutes} />
          <NumberField label={t.most} bind={form.field("mostMinutes")} min={5} step={5} unit={t.minutes} />
        </div>
      </Show>
      <Show when={form.values.kind === "equipment"}>
        <Checkbox label={r.training} hint={r.trainingHint} bind={form.field("training")} />
      </Show>
      <Show when={form.values.by !== "lease" && (form.values.units ?? 1) === 1}>
        <Checkbox label={r.lettable} hint={r.lettableHint} bind={form.field("lettable")} />
      </Show>
      <Show when={form.values.by !== "lease"}>
        <h3 class="mt-2 text-md">{r.rules}</h3>
        <div class="y-pair">
          <NumberField
            label={r.freeHours}
            hint={r.freeHoursHint}
            bind={form.field("freeHours")}
            min={1}
            max={720}
            unit={r.hourUnit}
          />
          <NumberField label={r.feePercent} bind={form.field("feePercent")} min={1} max={100} unit="%" />
        </div>
        <Checkbox label={r.public} hint={r.publicHint} bind={form.field("public")} />
        <Show when={form.values.public}>
          <MoneyField
            label={byTime() ? r.publicHour : r.publicDay}
            hint={r.publicPriceHint}
            bind={form.field("publicMinor")}
          />
        </Show>
        <RuleFields form={form} space={props.space} of="resource" />
      </Show>
      <Button type="submit" kind="primary" busy={form.busy()} disabled={theirs.theirs() !== undefined}>
        {t.saveResource}
      </Button>
    </FormFrame>
  );
}
