import { plusDays } from "@yihao/kernel/days";
import { type Stream, streams } from "@yihao/pricing/model";
import {
  incubationServices,
  type ServiceClass,
  serviceClasses,
  type TaxSettings,
  type TitleKind,
  titleKinds,
  usualServices,
} from "@yihao/pricing/tax-model";
import { Show } from "solid-js";
import { streamWords } from "../../streams.ts";
import { SelectField } from "../../ui/choice-field.tsx";
import { createForm } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { DateField, TextArea, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { propose } from "./accounts-data.ts";
import { withRate } from "./tax-data.ts";
import { taxWords } from "./tax-words.ts";

export type TaxPart = "rates" | "titles" | "separate";
/** Rates that are offered, in basis points. */
const offered = ["600", "900", "500", "1300", "300", "100", "0"] as const;

/** Proposes another way of being taxed: a stream's rate from a day on, a title, or days of separate accounts. */
export function TaxDrawer(props: {
  space: string;
  part: TaxPart;
  settings: TaxSettings;
  rev: number;
  today: string;
  onClose: () => void;
}) {
  const t = taxWords();
  const names = streamWords();
  const { part, settings, rev } = props;
  const form = createForm({
    name: `tax-${part}`,
    initial: {
      stream: "membership" as Stream,
      service: usualServices.membership as ServiceClass,
      basis: "600" as (typeof offered)[number],
      title: "national-space" as TitleKind,
      number: "",
      from: "",
      last: "",
      reason: "",
    },
    check: ({ from, last, reason }) => ({
      from: from === "" ? t.needDay : undefined,
      last: last !== "" && last < from ? t.order : undefined,
      reason: reason.trim().length < 2 ? t.needReason : undefined,
    }),
    submit: async ({ stream, service, basis, title, number, from, last, reason }, intent) => {
      const days = { from, ...(last === "" ? {} : { until: plusDays(last, 1) }) };
      const next: TaxSettings =
        part === "rates"
          ? withRate(settings, { stream, service, basis: Number(basis), ...days })
          : part === "titles"
            ? {
                ...settings,
                titles: [...settings.titles, { title, ...days, ...(number.trim() ? { number: number.trim() } : {}) }],
              }
            : { ...settings, separate: [...settings.separate, days] };
      await propose(props.space, { kind: "tax-settings", rev, settings: next }, reason.trim(), intent);
      toast({ text: t.proposed, tone: "good" });
      props.onClose();
    },
  });
  const rateName = (basis: string) => {
    const more = basis === "500" ? ` ${t.simplified}` : basis === "300" || basis === "100" ? ` ${t.small}` : "";
    return `${Number(basis) / 100}%${more}`;
  };
  return (
    <FormDrawer onClose={props.onClose} title={t.add[part]} form={form} act={t.propose}>
      <p class="text-fg-2">{part === "rates" ? t.ratesSay : part === "titles" ? t.titlesSay : t.separateSay}</p>
      <Show when={part === "rates"}>
        <SelectField
          label={t.stream}
          options={streams.map((value) => ({ value, label: names[value] }))}
          bind={{
            ...form.field("stream"),
            set: (stream) => {
              form.field("stream").set(stream);
              form.field("service").set(usualServices[stream]);
            },
          }}
        />
        <SelectField
          label={t.service}
          hint={t.exemptsHint(incubationServices.includes(form.values.service))}
          options={serviceClasses.map((value) => ({ value, label: t.services[value] }))}
          bind={form.field("service")}
        />
        <SelectField
          label={t.rate}
          options={offered.map((value) => ({ value, label: rateName(value) }))}
          bind={form.field("basis")}
        />
      </Show>
      <Show when={part === "titles"}>
        <SelectField
          label={t.kind}
          options={titleKinds.map((value) => ({ value, label: t.titlesOf[value] }))}
          bind={form.field("title")}
        />
        <TextField label={t.number} maxLength={60} bind={form.field("number")} />
      </Show>
      <div class="y-pair">
        <DateField label={t.from} today={props.today} bind={form.field("from")} />
        <DateField label={t.last} hint={t.lastHint} today={props.today} bind={form.field("last")} />
      </div>
      <TextArea label={t.reason} hint={t.reasonHint} rows={2} maxLength={200} bind={form.field("reason")} />
    </FormDrawer>
  );
}
