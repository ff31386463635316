import { plusDays, plusMonths } from "@yihao/kernel/days";
import type { AgreementEnd, AgreementView } from "@yihao/members/agreement-model";
import { Match, Show, Switch } from "solid-js";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { DateField, MoneyField, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { dropAgreement, endAgreement, renewAgreement, signAgreement } from "./agreement-data.ts";
import { lastDayOf } from "./agreement-view.ts";
import { agreementWords } from "./agreement-words.ts";

export type AgreementStep = "sign" | "renew" | "end" | "drop";
type Reason = AgreementEnd["reason"];

/** A year after a last day, as a renewal is proposed. */
const yearLater = (day: string) => `${plusMonths(day.slice(0, 7), 12)}-${day.slice(8) === "29" ? "28" : day.slice(8)}`;

/** One step of an agreement: signing, renewing, ending, or dropping its draft. */
export function AgreementStepDrawer(props: {
  space: string;
  company: string;
  agreement: AgreementView;
  step: AgreementStep;
  today: string;
  open: boolean;
  onClose: () => void;
}) {
  const t = agreementWords();
  const { agreement, step } = props;
  const { id, until, from } = agreement;
  const lastDay = until ? lastDayOf(until) : "";
  const latest = until && until < props.today ? until : props.today;
  const form = createForm({
    name: "agreement-step",
    initial: {
      day: step === "renew" && lastDay ? yearLater(lastDay) : latest < from ? from : latest,
      rent: agreement.rentMinor,
      reason: "agreed" as Reason,
      note: "",
    },
    check: ({ day }) => ({ day: step !== "drop" && day === "" ? t.needDay : undefined }),
    submit: async ({ day, rent, reason, note }, intent) => {
      const where = [props.space, props.company, id] as const;
      if (step === "sign") {
        await signAgreement(...where, day, intent);
        toast({ text: t.signed(agreement.title) });
      } else if (step === "renew") {
        const wish = { until: plusDays(day, 1), ...(rent === undefined ? {} : { rentMinor: rent }) };
        await renewAgreement(...where, wish, intent);
        toast({ text: t.renewed(day) });
      } else if (step === "end") {
        await endAgreement(...where, { until: plusDays(day, 1), reason, ...(note.trim() ? { note } : {}) }, intent);
        toast({ text: t.saved(agreement.title) });
      } else {
        await dropAgreement(...where, agreement.rev, intent);
        toast({ text: t.dropped });
      }
      props.onClose();
    },
  });
  const title = () => ({ sign: t.sign, renew: t.renew, end: t.end, drop: t.drop })[step];
  const reasons = (Object.keys(t.ends) as Reason[]).filter((one) => one !== "expired");
  return (
    <Drawer
      open={props.open}
      onClose={props.onClose}
      title={`${title()} · ${agreement.title}`}
      foot={
        <Button
          kind={step === "end" || step === "drop" ? "danger" : "primary"}
          keys={["⌘", "↵"]}
          busy={form.busy()}
          onClick={() => void form.submit()}
        >
          {title()}
        </Button>
      }
    >
      <FormFrame form={form} label={title()}>
        <Switch>
          <Match when={step === "sign"}>
            <DateField label={t.signedOn} today={props.today} bind={form.field("day")} />
            <p class="text-pretty text-fg-2">{t.signSay(agreement.resources.length)}</p>
          </Match>
          <Match when={step === "renew"}>
            <div class="y-pair">
              <DateField label={t.newUntil} {...(lastDay ? { min: lastDay } : {})} bind={form.field("day")} />
              <MoneyField label={t.newRent} bind={form.field("rent")} />
            </div>
          </Match>
          <Match when={step === "end"}>
            <DateField label={t.until} today={props.today} bind={form.field("day")} />
            <SelectField
              label={t.endReason}
              options={reasons.map((value) => ({ value, label: t.ends[value] }))}
              bind={form.field("reason")}
            />
            <TextField label={t.note} maxLength={200} bind={form.field("note")} />
            <Show when={agreement.resources.length > 0}>
              <p class="text-pretty text-fg-2">{t.endSay}</p>
            </Show>
          </Match>
        </Switch>
      </FormFrame>
    </Drawer>
  );
}
