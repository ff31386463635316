import { useParams } from "@solidjs/router";
import { createSignal, Show } from "solid-js";
import { Button } from "../../ui/button.tsx";
import { Switch } from "../../ui/choice-field.tsx";
import { Note } from "../../ui/feedback.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { Reading } from "../../ui/reading.tsx";
import { NumberField, TextArea, TextField } from "../../ui/text-field.tsx";
import { createTheirs, TheirsNote } from "../../ui/theirs.tsx";
import { toast } from "../../ui/toast.tsx";
import { propose } from "./accounts-data.ts";
import { accountWords } from "./accounts-words.ts";
import { actionWords } from "./actions-words.ts";
import { BillingTabs } from "./billing-tabs.tsx";
import { changeSettings, readSettings, useSettings } from "./data.ts";
import { MerchantSection } from "./merchant-section.tsx";
import { useRights } from "./rights.ts";

type Settings = Awaited<ReturnType<typeof readSettings>>;

/** Settings of billing (账单设置): payment terms and the account for transfers. */
export default function BillingSettingsPage() {
  const t = actionWords();
  const params = useParams<{ space: string }>();
  const settings = useSettings(() => params.space);
  return (
    <>
      <PageHead title={t.settingsTitle} tabs={<BillingTabs space={params.space} />} say={t.settingsSay} />
      <Panes
        work={
          <Pane label={t.settingsTitle} flush={false}>
            <Reading asked={settings} failed={t.settingsNotRead} rows={4}>
              {(now) => <SettingsForm space={params.space} settings={now()} />}
            </Reading>
            <MerchantSection space={params.space} />
          </Pane>
        }
      />
    </>
  );
}

/** The form; when someone else saved first, what was typed is kept until the person chooses. */
function SettingsForm(props: { space: string; settings: Settings }) {
  const t = actionWords();
  const rights = useRights(() => props.space);
  const words = accountWords();
  const [stands, setStands] = createSignal(props.settings);
  const valuesOf = ({ termsDays, bankHolder, bankName, bankAccount, mailBills = true }: Settings) => ({
    termsDays: termsDays as number | undefined,
    mailBills,
    bankHolder,
    bankName,
    bankAccount,
    reason: "",
  });
  const form = createForm({
    name: "billing-settings",
    initial: valuesOf(props.settings),
    check: ({ termsDays, reason }) => ({
      reason: !changes() || reason.trim().length >= 2 ? undefined : words.needReason,
      termsDays:
        termsDays !== undefined && Number.isInteger(termsDays) && termsDays >= 0 && termsDays <= 90
          ? undefined
          : t.badTerms,
    }),
    submit: async ({ termsDays = 0, mailBills, reason, ...bank }, intent) => {
      const { bankHolder, bankName, bankAccount } = stands();
      const kept = changes() ? { bankHolder, bankName, bankAccount } : bank;
      const saved = await theirs.save(
        (rev) => changeSettings(props.space, { termsDays, mailBills, ...kept }, rev),
        () => readSettings(props.space),
      );
      if (!saved) return;
      theirs.setRev(saved.rev);
      if (changes()) {
        await propose(props.space, { kind: "bank-details", ...bank }, reason.trim(), intent);
        form.reset(valuesOf(saved));
        toast({ text: words.bankProposed, tone: "good" });
      } else toast({ text: t.settingsSaved, tone: "good" });
      setStands(saved);
    },
  });
  const theirs = createTheirs<Settings>(props.settings.rev, (now) => form.reset(valuesOf(now)));
  const settle = (theirsInstead: boolean) => {
    const now = theirs.theirs();
    if (now) setStands(now);
    theirs.settle(theirsInstead);
  };
  // An account that stands is changed by two people: the change is proposed, the rest is saved at once.
  const changes = (): boolean => {
    const { bankHolder, bankName, bankAccount } = stands();
    const { values } = form;
    const same = values.bankHolder === bankHolder && values.bankName === bankName && values.bankAccount === bankAccount;
    return bankAccount !== "" && !same;
  };
  const disabled = () => !rights.mayRecord();
  return (
    <div class="max-w-xl">
      <TheirsNote
        of={{ theirs: theirs.theirs, settle }}
        words={{ title: t.conflictTitle, say: t.conflictSay, mine: t.mine, theirs: t.theirs }}
      />
      <FormFrame form={form} label={t.settingsTitle}>
        <h2 class="text-md">{t.termsTitle}</h2>
        <NumberField
          label={t.terms}
          hint={t.termsHint}
          unit={t.termsUnit}
          min={0}
          max={90}
          disabled={disabled()}
          bind={form.field("termsDays")}
        />
        <Switch label={t.mailBills} hint={t.mailBillsSay} disabled={disabled()} bind={form.field("mailBills")} />
        <h2 class="mt-2 text-md">{t.bankTitle}</h2>
        <TextField label={t.holder} maxLength={80} disabled={disabled()} bind={form.field("bankHolder")} />
        <TextField label={t.bank} maxLength={80} disabled={disabled()} bind={form.field("bankName")} />
        <TextField label={t.account} mono maxLength={40} disabled={disabled()} bind={form.field("bankAccount")} />
        <Show when={changes()}>
          <Note>{words.account4}</Note>
          <TextArea label={words.reason} rows={2} maxLength={200} bind={form.field("reason")} />
        </Show>
        <Show when={rights.mayRecord()} fallback={<Note>{t.readOnly}</Note>}>
          <span class="pt-1">
            <Button kind="primary" type="submit" busy={form.busy()} disabled={theirs.theirs() !== undefined}>
              {t.saveSettings}
            </Button>
          </span>
        </Show>
      </FormFrame>
    </div>
  );
}
