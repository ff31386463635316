import { plusDays } from "@yihao/kernel/days";
import type { AgreementFacts, AgreementView } from "@yihao/members/agreement-model";
import { createSignal, For, Show } from "solid-js";
import { bound } from "../../ui/binding.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { ComboField } from "../../ui/combo-field.tsx";
import { createForm, DraftNote, FormFrame } from "../../ui/form.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { Plate } from "../../ui/plate.tsx";
import { DateField, MoneyField, TextArea, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { changeAgreement, draftAgreement, useAgreements, useLetPlaces } from "./agreement-data.ts";
import { lastDayOf, monthsOf, usualRemind } from "./agreement-view.ts";
import { agreementWords } from "./agreement-words.ts";
import { createLatest, MetNote } from "./latest.tsx";
import {
  FreeDays,
  type FreeValues,
  freeValues,
  RentSteps,
  rentFacts,
  type StepValues,
  stepValues,
} from "./rent-fields.tsx";

type Values = {
  kind: AgreementFacts["kind"];
  title: string;
  number: string;
  from: string;
  until: string;
  rent: number | undefined;
  deposit: number | undefined;
  free: FreeValues[];
  steps: StepValues[];
  resources: string[];
  remind: string;
  note: string;
};

function valuesOf(agreement: AgreementView | undefined, today: string): Values {
  const { kind = "lease", title = "", number = "", from = today, until, rentMinor, depositMinor } = agreement ?? {};
  return {
    ...{ kind, title, number, from, until: until ? lastDayOf(until) : "" },
    ...{ rent: rentMinor, deposit: depositMinor, resources: [...(agreement?.resources ?? [])] },
    free: freeValues(agreement?.rentFree),
    steps: stepValues(agreement?.steps),
    remind: (agreement?.remindDays ?? usualRemind).join(", "),
    note: agreement?.note ?? "",
  };
}

/** Reminders as typed: numbers of days, parted by commas or spaces; nothing when one is not right. */
function remindDays(text: string): number[] | undefined {
  const days = text.split(/[\s,，、]+/).flatMap((one) => (one === "" ? [] : [Number(one)]));
  const right = days.length <= 5 && days.every((day) => Number.isInteger(day) && day >= 1 && day <= 365);
  return right ? [...new Set(days)].toSorted((a, b) => b - a) : undefined;
}

function factsOf({ rent, deposit, until, remind, free, steps, ...rest }: Values): AgreementFacts {
  return {
    ...rest,
    remindDays: remindDays(remind) ?? [],
    ...rentFacts(free, steps),
    ...(until ? { until: plusDays(until, 1) } : {}),
    ...(rent === undefined ? {} : { rentMinor: rent }),
    ...(deposit === undefined ? {} : { depositMinor: deposit }),
  };
}

/** Drafts an agreement or changes one; of a signed one only what does not bind. */
export function AgreementDrawer(props: {
  space: string;
  company: string;
  agreement?: AgreementView | undefined;
  today: string;
  open: boolean;
  onClose: () => void;
}) {
  const t = agreementWords();
  const { agreement } = props;
  const signed = agreement !== undefined && agreement.state !== "draft";
  const asked = useAgreements(
    () => props.space,
    () => props.company,
  );
  const latest = createLatest(agreement?.rev ?? 0, async () => {
    await asked.refetch();
    return asked.data?.find(({ id }) => id === agreement?.id) ?? { rev: agreement?.rev ?? 0 };
  });
  const form = createForm<Values>({
    name: "agreement",
    initial: valuesOf(agreement, props.today),
    ...(agreement ? {} : { draftKey: `agreement.${props.company}` }),
    check: ({ title, from, until, remind, rent, free, steps }) => ({
      rent: rent === undefined && free.length + steps.length > 0 ? t.needAmount : undefined,
      free: free.some((one) => !one.from || !one.last || one.last < one.from) ? t.badFree : undefined,
      steps: steps.some((one) => !one.from || one.from <= from || one.rent === undefined) ? t.badStep : undefined,
      title: title.trim() === "" ? t.needTitle : undefined,
      from: from === "" ? t.needDay : undefined,
      until: until !== "" && until < from ? t.badUntil : undefined,
      remind: remindDays(remind) ? undefined : t.badRemind,
    }),
    submit: async (values, intent) => {
      const facts = factsOf(values);
      if (!agreement) {
        await draftAgreement(props.space, props.company, facts, intent);
        form.reset(valuesOf(undefined, props.today));
        toast({ text: t.drafted });
      } else {
        if (!(await latest.save((rev) => changeAgreement(props.space, props.company, agreement.id, facts, rev))))
          return;
        toast({ text: t.saved(values.title.trim()) });
      }
      props.onClose();
    },
  });
  const months = () => monthsOf(form.values.from, form.values.until ? plusDays(form.values.until, 1) : undefined);
  const title = () => (agreement ? t.change : t.draft);
  return (
    <Drawer
      open={props.open}
      onClose={props.onClose}
      title={title()}
      foot={
        <>
          <Show when={!agreement}>
            <DraftNote form={form} />
          </Show>
          <Button kind="primary" keys={["⌘", "↵"]} busy={form.busy()} onClick={() => void form.submit()}>
            {agreement ? t.save : t.draft}
          </Button>
        </>
      }
    >
      <FormFrame form={form} label={title()}>
        <MetNote latest={latest} />
        <Show when={signed}>
          <p class="text-pretty text-fg-2">{t.signedNow}</p>
        </Show>
        <TextField label={t.name} required maxLength={60} bind={form.field("title")} />
        <div class="y-pair">
          <SelectField
            label={t.kind}
            disabled={signed}
            options={[
              { value: "lease" as const, label: t.kinds.lease },
              { value: "incubation" as const, label: t.kinds.incubation },
            ]}
            bind={form.field("kind")}
          />
          <TextField label={t.number} mono maxLength={40} bind={form.field("number")} />
        </div>
        <div class="y-pair">
          <DateField label={t.from} disabled={signed} today={props.today} bind={form.field("from")} />
          <DateField
            label={t.until}
            hint={t.untilHint}
            disabled={signed}
            today={props.today}
            {...(months() ? { aside: t.months(months() ?? 0) } : {})}
            bind={form.field("until")}
          />
        </div>
        <div class="y-pair">
          <MoneyField label={t.rent} disabled={signed} bind={form.field("rent")} />
          <MoneyField label={t.deposit} disabled={signed} bind={form.field("deposit")} />
        </div>
        <Show when={!signed}>
          <FreeDays today={props.today} bind={form.field("free")} />
          <RentSteps today={props.today} bind={form.field("steps")} />
        </Show>
        <Places
          space={props.space}
          disabled={signed}
          chosen={form.values.resources}
          onChange={(resources) => form.set("resources", resources)}
        />
        <TextField label={t.remind} hint={t.remindHint} inputMode="numeric" bind={form.field("remind")} />
        <TextArea label={t.note} rows={2} maxLength={600} bind={form.field("note")} />
      </FormFrame>
    </Drawer>
  );
}

/** The offices and desks that an agreement lets: found by code or name, each to be taken off. */
function Places(props: {
  space: string;
  disabled: boolean;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}) {
  const t = agreementWords();
  const places = useLetPlaces(
    () => props.space,
    () => true,
  );
  const [picked, setPicked] = createSignal("");
  const take = (id: string) => {
    if (id && !props.chosen.includes(id)) props.onChange([...props.chosen, id]);
    setPicked(id);
    queueMicrotask(() => setPicked(""));
  };
  const codeOf = (id: string) => places.data?.find((one) => one.id === id)?.code ?? "…";
  return (
    <div class="flex flex-col gap-2">
      <Show
        when={!props.disabled}
        fallback={
          <p class="y-label">
            {t.resources}
            <Show when={props.chosen.length === 0}>: {t.resourcesNone}</Show>
          </p>
        }
      >
        <ComboField
          label={t.resources}
          {...(places.data?.some(({ lettable }) => lettable) === false ? { hint: t.noResources } : {})}
          options={(places.data ?? [])
            .filter(({ id, lettable }) => lettable && !props.chosen.includes(id))
            .map(({ id, code, name }) => ({ value: id, label: code, note: name }))}
          bind={bound(picked, take, "agreement-places")}
        />
      </Show>
      <Show when={props.chosen.length > 0}>
        <ul class="flex flex-wrap gap-2">
          <For each={props.chosen}>
            {(id) => (
              <li class="flex items-center gap-1">
                <Plate>{codeOf(id)}</Plate>
                <Show when={!props.disabled}>
                  <IconButton
                    icon="close"
                    size="sm"
                    label={`− ${codeOf(id)}`}
                    onClick={() => props.onChange(props.chosen.filter((one) => one !== id))}
                  />
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </div>
  );
}
