import type { LeadFacts, LeadSource, LeadView } from "@yihao/members/lead-model";
import { For, Show } from "solid-js";
import { usePeople } from "../../people.ts";
import { bound } from "../../ui/binding.ts";
import { Checkbox, SelectField } from "../../ui/choice-field.tsx";
import type { Form } from "../../ui/form.tsx";
import { DateField, NumberField, TextArea, TextField } from "../../ui/text-field.tsx";
import { codeSentence, emailFault } from "./company-fields.tsx";
import { leadWords } from "./lead-words.ts";
import { memberWords } from "./words.ts";

type Need = NonNullable<LeadFacts["needs"]>[number];
/** What the forms of a lead hold: empty texts for what is not known. */
export type LeadValues = {
  name: string;
  kind: LeadFacts["kind"];
  contactName: string;
  contactPhone: string;
  contactEmail: string;
  code: string;
  industry: string;
  people: number | undefined;
  wantsFrom: string;
  needs: Need[];
  about: string;
  source: LeadSource;
  keeper: string;
};

/** A lead's facts as a form holds them. */
export function leadValues(lead?: Partial<LeadView>): LeadValues {
  const { name = "", kind = "company", contactName = "", contactPhone = "", contactEmail = "", code = "" } = lead ?? {};
  const { industry = "", people, wantsFrom = "", needs = [], about = "", source = "phone", keeper = "" } = lead ?? {};
  return {
    ...{ name, kind, contactName, contactPhone, contactEmail, code, industry },
    ...{ people, wantsFrom, needs: [...needs], about, source, keeper },
  };
}

/** What a form's values say of a lead to the server. */
export function leadFacts(values: LeadValues): LeadFacts {
  const { people, needs, source: _s, keeper: _k, ...texts } = values;
  return { ...texts, ...(people === undefined ? {} : { people }), ...(needs.length > 0 ? { needs } : {}) };
}

/** The faults of a lead's facts. */
export const leadFaults = (values: LeadValues, fix: (code: string) => void) => ({
  name: values.name.trim() === "" ? leadWords().needName : undefined,
  contactEmail: emailFault(values.contactEmail),
  code: codeSentence(values.code, fix),
});

/** Staff of a space as options, with nobody first. */
export function useStaff(space: () => string) {
  const people = usePeople(space);
  return () => [
    { value: "", label: leadWords().nobody },
    ...(people.data?.items ?? [])
      .filter(({ roles }) => roles.length > 0)
      .map(({ person, name, email }) => ({ value: person as string, label: name || email })),
  ];
}

/** The fields of a lead's facts. */
export function LeadFields(props: { form: Form<LeadValues>; space: string; fresh?: boolean }) {
  const t = leadWords();
  const m = memberWords();
  const staff = useStaff(() => props.space);
  const need = (one: Need) =>
    bound(
      () => props.form.values.needs.includes(one),
      (on) => {
        const rest = props.form.values.needs.filter((other) => other !== one);
        props.form.set("needs", on ? [...rest, one] : rest);
      },
      `lead-need-${one}`,
    );
  return (
    <>
      <TextField label={m.name} required maxLength={60} bind={props.form.field("name")} />
      <div class="y-pair">
        <SelectField
          label={m.kind}
          options={[
            { value: "company" as const, label: m.company },
            { value: "team" as const, label: m.team },
          ]}
          bind={props.form.field("kind")}
        />
        <TextField label={m.contact} maxLength={40} bind={props.form.field("contactName")} />
      </div>
      <div class="y-pair">
        <TextField label={m.phone} type="tel" inputMode="tel" maxLength={30} bind={props.form.field("contactPhone")} />
        <TextField
          label={m.email}
          type="email"
          inputMode="email"
          maxLength={120}
          bind={props.form.field("contactEmail")}
        />
      </div>
      <fieldset class="grid grid-cols-3 gap-x-3">
        <legend class="y-label mb-1">{t.needsOf}</legend>
        <For each={Object.keys(t.needs) as Need[]}>{(one) => <Checkbox label={t.needs[one]} bind={need(one)} />}</For>
      </fieldset>
      <div class="y-pair">
        <NumberField label={t.people} min={1} max={9999} bind={props.form.field("people")} />
        <DateField label={t.wantsFrom} bind={props.form.field("wantsFrom")} />
      </div>
      <div class="y-pair">
        <TextField label={m.industry} maxLength={30} bind={props.form.field("industry")} />
        <Show
          when={props.fresh}
          fallback={<SelectField label={t.keeper} options={staff()} bind={props.form.field("keeper")} />}
        >
          <SelectField
            label={t.source}
            options={(Object.keys(t.sources) as LeadSource[]).map((value) => ({ value, label: t.sources[value] }))}
            bind={props.form.field("source")}
          />
        </Show>
      </div>
      <TextField label={m.code} mono maxLength={40} bind={props.form.field("code")} />
      <TextArea label={t.about} rows={3} maxLength={1000} bind={props.form.field("about")} />
    </>
  );
}
