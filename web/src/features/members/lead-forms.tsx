import { instantOf, plusDays } from "@yihao/kernel/days";
import type { LeadView, LostReason } from "@yihao/members/lead-model";
import type { PlanId } from "@yihao/pricing/model";
import { planPriceOn } from "@yihao/pricing/price";
import { clock, dayOf, instantCell, money } from "../../format.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { DateField, MoneyField, NumberField, TextArea, TextField, TimeField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { codeSentence } from "./company-fields.tsx";
import { usePlans } from "./data.ts";
import { createLatest, MetNote } from "./latest.tsx";
import { changeLead, moveLead, readLead, setOffer, setTour, winLead } from "./lead-data.ts";
import { LeadFields, type LeadValues, leadFacts, leadFaults, leadValues, useStaff } from "./lead-fields.tsx";
import { leadWords } from "./lead-words.ts";
import { memberWords } from "./words.ts";

type Part = { space: string; lead: LeadView; onDone: () => void };

/** The foot of a form in the drawer: its act, and the way back. */
function Acts(props: { act: string; busy: boolean; danger?: boolean; onBack: () => void }) {
  const t = leadWords();
  return (
    <div class="flex gap-2">
      <Button kind={props.danger ? "danger" : "primary"} type="submit" busy={props.busy} keys={["⌘", "↵"]}>
        {props.act}
      </Button>
      <Button kind="text" onClick={() => props.onBack()}>
        {t.back}
      </Button>
    </div>
  );
}

/** Changes what is known of a lead. */
export function LeadEdit(props: Part) {
  const t = leadWords();
  const latest = createLatest(props.lead.rev, () => readLead(props.space, props.lead.id));
  const form = createForm<LeadValues>({
    name: "lead-edit",
    initial: leadValues(props.lead),
    check: (values) => leadFaults(values, (code) => form.set("code", code)),
    submit: async (values) => {
      const { legalPerson = "", address = "" } = props.lead;
      const keeper = values.keeper ? { keeper: values.keeper as NonNullable<LeadView["keeper"]> } : {};
      const wish = { ...leadFacts(values), legalPerson, address, ...keeper };
      if (!(await latest.save((rev) => changeLead(props.space, props.lead.id, wish, rev)))) return;
      toast({ text: t.saved(values.name.trim()) });
      props.onDone();
    },
  });
  return (
    <FormFrame form={form} label={t.edit}>
      <MetNote latest={latest} />
      <LeadFields form={form} space={props.space} />
      <Acts act={t.save} busy={form.busy()} onBack={props.onDone} />
    </FormFrame>
  );
}

/** Sets when a lead comes to see the place, in the zone of the space. */
export function TourForm(props: Part & { zone: string }) {
  const t = leadWords();
  const staff = useStaff(() => props.space);
  const latest = createLatest(props.lead.rev, () => readLead(props.space, props.lead.id));
  const { tour } = props.lead;
  const today = dayOf(new Date().toISOString(), props.zone);
  const ahead = tour && tour.at > new Date().toISOString() ? tour : undefined;
  const form = createForm({
    name: "tour",
    initial: {
      day: ahead ? dayOf(ahead.at, props.zone) : plusDays(today, 1),
      time: ahead ? clock(ahead.at, props.zone) : "10:00",
      minutes: tour?.minutes ?? 30,
      guide: (tour?.guide ?? props.lead.keeper ?? "") as string,
      note: tour?.note ?? "",
    },
    check: ({ day, time }) => ({
      day: day === "" ? t.needDay : day < today ? t.needFuture : undefined,
      time: time === "" ? t.needTime : undefined,
    }),
    submit: async ({ day, time, minutes, guide, note }) => {
      const at = instantOf(day, time, props.zone);
      const wish = {
        at,
        minutes: minutes ?? 30,
        ...(guide ? { guide: guide as NonNullable<LeadView["keeper"]> } : {}),
        ...(note.trim() ? { note } : {}),
      };
      if (!(await latest.save((rev) => setTour(props.space, props.lead.id, wish, rev)))) return;
      toast({ text: t.tourSaved(instantCell(at, props.zone)) });
      props.onDone();
    },
  });
  return (
    <FormFrame form={form} label={t.setTour}>
      <MetNote latest={latest} />
      <div class="y-pair">
        <DateField label={t.tourOn} min={today} today={today} bind={form.field("day")} />
        <TimeField label={t.tourAt} bind={form.field("time")} />
      </div>
      <div class="y-pair">
        <NumberField
          label={t.tourMinutes}
          min={10}
          max={480}
          step={10}
          unit={t.minutes}
          bind={{ ...form.field("minutes"), set: (value) => form.set("minutes", value ?? 30) }}
        />
        <SelectField label={t.guide} options={staff()} bind={form.field("guide")} />
      </div>
      <TextField label={t.tourNote} maxLength={200} bind={form.field("note")} />
      <p class="text-xs text-pretty text-fg-2">{t.tourMail}</p>
      <Acts act={t.setTour} busy={form.busy()} onBack={props.onDone} />
    </FormFrame>
  );
}

/** Writes down what was offered. */
export function OfferForm(props: Part) {
  const t = leadWords();
  const plans = usePlans(() => props.space);
  const today = () => new Date().toLocaleDateString("sv-SE");
  const latest = createLatest(props.lead.rev, () => readLead(props.space, props.lead.id));
  const { offer } = props.lead;
  const form = createForm({
    name: "offer",
    initial: {
      plan: (offer?.plan ?? "") as string,
      monthly: offer?.monthlyMinor,
      text: offer?.text ?? "",
      until: offer?.until ?? "",
    },
    submit: async ({ plan, monthly, text, until }) => {
      const wish = {
        text,
        ...(plan ? { plan: plan as PlanId } : {}),
        ...(monthly === undefined ? {} : { monthlyMinor: monthly }),
        ...(until ? { until } : {}),
      };
      if (!(await latest.save((rev) => setOffer(props.space, props.lead.id, wish, rev)))) return;
      toast({ text: t.offered });
      props.onDone();
    },
  });
  const choose = (plan: string) => {
    form.set("plan", plan);
    const found = plans.data?.find(({ id }) => id === plan);
    if (found) form.set("monthly", planPriceOn(found, today()));
  };
  const options = () => [
    { value: "", label: t.noPlan },
    ...(plans.data ?? [])
      .filter(({ state }) => state === "active")
      .map((one) => ({ value: one.id as string, label: `${one.name} · ${money(planPriceOn(one, today()))}` })),
  ];
  return (
    <FormFrame form={form} label={t.setOffer}>
      <MetNote latest={latest} />
      <SelectField label={t.plan} options={options()} bind={{ ...form.field("plan"), set: choose }} />
      <div class="y-pair">
        <MoneyField label={t.monthly} bind={form.field("monthly")} />
        <DateField label={t.until} bind={form.field("until")} />
      </div>
      <TextArea label={t.offerText} rows={3} maxLength={600} bind={form.field("text")} />
      <Acts act={t.setOffer} busy={form.busy()} onBack={props.onDone} />
    </FormFrame>
  );
}

/** Loses a lead with a reason. */
export function LoseForm(props: Part) {
  const t = leadWords();
  const latest = createLatest(props.lead.rev, () => readLead(props.space, props.lead.id));
  const form = createForm({
    name: "lose",
    initial: { reason: "silent" as LostReason, note: "" },
    submit: async ({ reason, note }) => {
      const wish = { stage: "lost" as const, reason, ...(note.trim() ? { note } : {}) };
      if (!(await latest.save((rev) => moveLead(props.space, props.lead.id, wish, rev)))) return;
      toast({ text: t.lost(props.lead.name) });
      props.onDone();
    },
  });
  return (
    <FormFrame form={form} label={t.lose}>
      <MetNote latest={latest} />
      <SelectField
        label={t.loseWhy}
        options={(Object.keys(t.reasons) as LostReason[]).map((value) => ({ value, label: t.reasons[value] }))}
        bind={form.field("reason")}
      />
      <TextField label={t.loseNote} maxLength={200} bind={form.field("note")} />
      <p class="text-xs text-pretty text-fg-2">{t.loseSay}</p>
      <Acts act={t.lose} danger busy={form.busy()} onBack={props.onDone} />
    </FormFrame>
  );
}

/** Makes a lead a company: what it says is taken over, what differs is changed here. */
export function WinForm(props: Part & { zone: string; onWon: (company: string) => void }) {
  const t = leadWords();
  const m = memberWords();
  const { lead } = props;
  const today = dayOf(new Date().toISOString(), props.zone);
  const form = createForm({
    name: "win",
    initial: { name: lead.name, kind: lead.kind, code: lead.code ?? "", since: today },
    check: (values) => ({
      name: values.name.trim() === "" ? t.needName : undefined,
      code: codeSentence(values.code, (code) => form.set("code", code)),
    }),
    submit: async ({ name, kind, code, since }, intent) => {
      const made = await winLead(props.space, lead.id, { name, kind, code, ...(since ? { since } : {}) }, intent);
      toast({ text: t.won(made.name) });
      props.onWon(made.id);
    },
  });
  return (
    <FormFrame form={form} label={t.win}>
      <p class="text-pretty text-fg-2">{t.winSay}</p>
      <TextField label={m.name} required maxLength={60} bind={form.field("name")} />
      <div class="y-pair">
        <SelectField
          label={m.kind}
          options={[
            { value: "company" as const, label: m.company },
            { value: "team" as const, label: m.team },
          ]}
          bind={form.field("kind")}
        />
        <DateField label={t.winSince} max={today} today={today} bind={form.field("since")} />
      </div>
      <TextField label={m.code} hint={m.codeHint} mono maxLength={40} bind={form.field("code")} />
      <Acts act={t.win} busy={form.busy()} onBack={props.onDone} />
    </FormFrame>
  );
}
