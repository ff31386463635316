import type { Quota } from "@yihao/booking/model";
import { createSignal, For, Show } from "solid-js";
import { hours } from "../../format.ts";
import type { Binding } from "../../ui/binding.ts";
import { bound } from "../../ui/binding.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Checkbox, Segmented, SelectField } from "../../ui/choice-field.tsx";
import { ComboField } from "../../ui/combo-field.tsx";
import { FaultLine } from "../../ui/field.tsx";
import type { Faults, Form } from "../../ui/form.tsx";
import { NumberField, TextArea, TextField } from "../../ui/text-field.tsx";
import { findCompanies, useCompanyNames, usePlans } from "./data.ts";
import { placesWords } from "./places-words.ts";
import { type QuotaValue, type RuleValues, ruleFaults, weekdays } from "./rule-values.ts";
import { rulesWords } from "./rules-words.ts";

const quotasMost = 4;
const newQuota: QuotaValue = { per: "company", count: "minutes", in: "week", most: 600, over: "kind" };

/** What is wrong with the rules of a form, in words. */
export function ruleFaultTexts(values: RuleValues): Faults<RuleValues> {
  const t = rulesWords();
  const texts = { hours: t.hoursBad, day: t.closureBad, needed: t.needed, ahead: t.aheadMost };
  const found = ruleFaults(values);
  const faults = Object.fromEntries(Object.entries(found).map(([name, fault]) => [name, texts[fault]]));
  return { ...faults, ...(found.quotas === "needed" ? { quotas: t.mostNeeded } : {}) } as Faults<RuleValues>;
}

/** Opening hours, closed days, lead time, who may book and quotas: of a floor, or of one resource in place of its floor's. */
export function RuleFields<V extends RuleValues>(props: { form: Form<V>; space: string; of: "floor" | "resource" }) {
  const t = rulesWords();
  const places = placesWords();
  // The fields of a wider form are those of its rules too.
  const form = props.form as unknown as Form<RuleValues>;
  const whose = () => (props.of === "floor" ? t.siteHours : t.hoursOf.floor);
  const nobody = () => (props.of === "floor" ? t.whoFloor : t.whoOf.inherit);
  return (
    <>
      <Segmented
        label={t.ownHours}
        options={[
          { value: "no", label: whose() },
          { value: "yes", label: t.hoursOf.own },
        ]}
        bind={form.field("ownHours")}
      />
      <Show when={form.values.ownHours === "yes"}>
        <div class="grid gap-x-3 gap-y-2 tablet:grid-cols-2">
          <For each={weekdays}>
            {(day) => (
              <TextField
                label={places.weekdays.split(" ")[day - 1] ?? ""}
                bind={form.field(`hours${day}`)}
                inputMode="text"
              />
            )}
          </For>
        </div>
      </Show>
      <TextArea label={t.closures} hint={t.closuresHint} bind={form.field("closures")} rows={2} />
      <NumberField
        label={t.lead}
        hint={props.of === "floor" ? t.leadHintFloor : t.leadHint}
        bind={form.field("leadMinutes")}
        min={0}
        max={20_160}
        step={30}
        unit={t.minutes}
      />
      <SelectField
        label={t.who}
        hint={t.whoHint}
        options={[
          { value: "inherit", label: nobody() },
          { value: "all", label: t.whoOf.all },
          { value: "plans", label: t.whoOf.plans },
          { value: "companies", label: t.whoOf.companies },
          { value: "staff", label: t.whoOf.staff },
        ]}
        bind={form.field("who")}
      />
      <Show when={form.values.who === "plans"}>
        <PlanBoxes space={props.space} label={t.plans} bind={form.field("whoPlans")} />
      </Show>
      <Show when={form.values.who === "companies"}>
        <CompanyList space={props.space} bind={form.field("whoCompanies")} />
      </Show>
      <SelectField
        label={t.approval}
        hint={t.approvalHint}
        options={[
          { value: "inherit", label: props.of === "floor" ? t.approvalFloor : t.whoOf.inherit },
          { value: "nobody", label: t.approvalOf.nobody },
          { value: "public", label: t.approvalOf.public },
          { value: "all", label: t.approvalOf.all },
        ]}
        bind={form.field("approval")}
      />
      <Show when={form.values.approval === "all" || form.values.approval === "public"}>
        <NumberField
          label={t.approvalHours}
          hint={t.approvalHoursHint}
          bind={form.field("approvalHours")}
          min={1}
          max={336}
          unit={t.hours}
        />
      </Show>
      <NumberField
        label={t.noShow}
        hint={props.of === "floor" ? t.noShowHintFloor : t.noShowHint}
        bind={form.field("noShowMinutes")}
        min={0}
        max={240}
        step={5}
        unit={t.minutes}
      />
      <Segmented
        label={t.quotas}
        hint={t.quotasHint}
        options={[
          { value: "no", label: props.of === "floor" ? t.quotasOf.none : t.quotasOf.floor },
          { value: "yes", label: t.quotasOf.own },
        ]}
        bind={form.field("ownQuotas")}
      />
      <Show when={form.values.ownQuotas === "yes"}>
        <QuotaList space={props.space} bind={form.field("quotas")} />
      </Show>
    </>
  );
}

function PlanBoxes(props: { space: string; label: string; bind: Binding<string[]> }) {
  const plans = usePlans(() => props.space);
  const toggle = (plan: string, on: boolean) =>
    props.bind.set(on ? [...props.bind.value(), plan] : props.bind.value().filter((one) => one !== plan));
  return (
    <fieldset class="y-field" id={props.bind.id} tabIndex={-1}>
      <legend class="y-label">{props.label}</legend>
      <For each={plans.data ?? []}>
        {(plan) => (
          <Checkbox
            label={plan.name}
            bind={bound(
              () => props.bind.value().includes(plan.id),
              (on) => toggle(plan.id, on),
            )}
          />
        )}
      </For>
      <FaultLine id={props.bind.id} fault={props.bind.fault?.()} />
    </fieldset>
  );
}

function CompanyList(props: { space: string; bind: Binding<string[]> }) {
  const t = rulesWords();
  const names = useCompanyNames(
    () => props.space,
    () => props.bind.value(),
  );
  const [found, setFound] = createSignal<{ id: string; name: string }[]>([]);
  const look = (text: string) =>
    void findCompanies(props.space, text)
      .then(setFound)
      .catch(() => setFound([]));
  look("");
  const nameOf = (id: string) => names.data?.get(id) ?? found().find((one) => one.id === id)?.name ?? "…";
  const options = () => found().filter(({ id }) => !props.bind.value().includes(id));
  return (
    <div class="y-field">
      <ul class="flex flex-wrap gap-2" aria-label={t.companies}>
        <For each={props.bind.value()}>
          {(id) => (
            <li class="flex items-center gap-1 border border-line pl-2">
              {nameOf(id)}
              <IconButton
                icon="close"
                label={t.remove(nameOf(id))}
                onClick={() => props.bind.set(props.bind.value().filter((one) => one !== id))}
              />
            </li>
          )}
        </For>
      </ul>
      <ComboField
        label={t.companies}
        bare
        placeholder={t.addCompany}
        options={options().map(({ id, name }) => ({ value: id, label: name }))}
        onSearch={look}
        bind={bound(
          () => "",
          (id) => id && props.bind.set([...props.bind.value(), id]),
          props.bind.id,
        )}
      />
      <FaultLine id={props.bind.id} fault={props.bind.fault?.()} />
    </div>
  );
}

function QuotaList(props: { space: string; bind: Binding<QuotaValue[]> }) {
  const t = rulesWords();
  const change = (index: number, next: Partial<QuotaValue>) =>
    props.bind.set(props.bind.value().map((one, at) => (at === index ? { ...one, ...next } : one)));
  return (
    <div class="y-field" id={props.bind.id} tabIndex={-1}>
      <ol class="flex flex-col gap-3">
        {/* By place, not by value: a field keeps its focus while its quota changes. */}
        <For each={props.bind.value().map((_, index) => index)}>
          {(index) => (
            <li class="border-l-2 border-line-control pl-3">
              <QuotaFields
                space={props.space}
                number={index + 1}
                quota={props.bind.value()[index] ?? newQuota}
                onChange={(next) => change(index, next)}
                onRemove={() => props.bind.set(props.bind.value().filter((_, at) => at !== index))}
              />
            </li>
          )}
        </For>
      </ol>
      <Show when={props.bind.value().length < quotasMost}>
        <span>
          <Button size="sm" icon="plus" onClick={() => props.bind.set([...props.bind.value(), { ...newQuota }])}>
            {t.addQuota}
          </Button>
        </span>
      </Show>
      <FaultLine id={props.bind.id} fault={props.bind.fault?.()} />
    </div>
  );
}

function QuotaFields(props: {
  space: string;
  number: number;
  quota: QuotaValue;
  onChange: (next: Partial<QuotaValue>) => void;
  onRemove: () => void;
}) {
  const t = rulesWords();
  const plans = usePlans(() => props.space);
  const ahead = () => props.quota.in === "ahead";
  const counts = () => (ahead() ? "bookings" : props.quota.count);
  return (
    <fieldset class="flex flex-col gap-2" aria-label={t.quota(props.number)}>
      <div class="y-pair">
        <SelectField
          label={t.per}
          options={(["person", "company"] as const).map((value) => ({ value, label: t.perOf[value] }))}
          bind={bound<Quota["per"]>(
            () => props.quota.per,
            (per) => props.onChange({ per }),
          )}
        />
        <SelectField
          label={t.in}
          options={(["day", "week", "month", "ahead"] as const).map((value) => ({ value, label: t.inOf[value] }))}
          bind={bound<Quota["in"]>(
            () => props.quota.in,
            (within) =>
              props.onChange({ in: within, ...(within === "ahead" ? { count: "bookings" as const, most: 3 } : {}) }),
          )}
        />
      </div>
      <div class="y-pair">
        <SelectField
          label={t.count}
          disabled={ahead()}
          options={(["minutes", "bookings"] as const).map((value) => ({ value, label: t.countOf[value] }))}
          bind={bound<Quota["count"]>(counts, (count) => props.onChange({ count }))}
        />
        <NumberField
          label={t.most}
          min={1}
          step={counts() === "minutes" ? 30 : 1}
          unit={counts() === "minutes" ? `${t.minutes} · ${t.inHours(hours(props.quota.most ?? 0))}` : t.times}
          bind={bound<number | undefined>(
            () => props.quota.most,
            (most) => props.onChange({ most }),
          )}
        />
      </div>
      <div class="y-pair">
        <SelectField
          label={t.over}
          options={(["kind", "resource"] as const).map((value) => ({ value, label: t.overOf[value] }))}
          bind={bound<Quota["over"]>(
            () => props.quota.over,
            (over) => props.onChange({ over }),
          )}
        />
        <SelectField
          label={t.forPlans}
          options={[
            { value: "all", label: t.forAll },
            ...(plans.data ?? []).map(({ id, name }) => ({ value: id as string, label: name })),
          ]}
          bind={bound<string>(
            () => props.quota.plans?.[0] ?? "all",
            (plan) => props.onChange({ plans: plan === "all" ? undefined : [plan as `pln_${string}`] }),
          )}
        />
      </div>
      <span>
        <Button size="sm" kind="text" onClick={() => props.onRemove()}>
          {t.removeQuota(props.number)}
        </Button>
      </span>
    </fieldset>
  );
}
