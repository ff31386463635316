import { useParams } from "@solidjs/router";
import { createSignal, Show } from "solid-js";
import { Problem } from "../../problem.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorState, Loading, Note } from "../../ui/feedback.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { NumberField, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { actionWords } from "./actions-words.ts";
import { changeSettings, readSettings, useSettings } from "./data.ts";
import { useRights } from "./rights.ts";

type Settings = Awaited<ReturnType<typeof readSettings>>;

/** Settings of billing (账单设置): payment terms and the account for transfers. */
export default function BillingSettingsPage() {
  const t = actionWords();
  const params = useParams<{ space: string }>();
  const settings = useSettings(() => params.space);
  return (
    <>
      <PageHead title={t.settingsTitle} say={t.settingsSay} />
      <Show
        when={settings.data}
        fallback={
          <Show when={settings.isError} fallback={<Loading rows={4} />}>
            <ErrorState title={t.settingsNotRead} problem={settings.error} onRetry={() => void settings.refetch()} />
          </Show>
        }
      >
        {(now) => (
          <Panes
            work={
              <Pane label={t.settingsTitle} flush={false}>
                <SettingsForm space={params.space} settings={now()} />
              </Pane>
            }
          />
        )}
      </Show>
    </>
  );
}

/** The form; when someone else saved first, what was typed is kept until the person chooses. */
function SettingsForm(props: { space: string; settings: Settings }) {
  const t = actionWords();
  const rights = useRights(() => props.space);
  const [rev, setRev] = createSignal(props.settings.rev);
  const [theirs, setTheirs] = createSignal<Settings>();
  const valuesOf = ({ termsDays, bankHolder, bankName, bankAccount }: Settings) => ({
    termsDays: termsDays as number | undefined,
    bankHolder,
    bankName,
    bankAccount,
  });
  const form = createForm({
    name: "billing-settings",
    initial: valuesOf(props.settings),
    check: ({ termsDays }) => ({
      termsDays:
        termsDays !== undefined && Number.isInteger(termsDays) && termsDays >= 0 && termsDays <= 90
          ? undefined
          : t.badTerms,
    }),
    submit: async ({ termsDays = 0, ...bank }) => {
      try {
        const saved = await changeSettings(props.space, { termsDays, ...bank }, rev());
        setRev(saved.rev);
        toast({ text: t.settingsSaved, tone: "good" });
      } catch (error) {
        if (error instanceof Problem && error.status === 412) setTheirs(await readSettings(props.space));
        else throw error;
      }
    },
  });
  const settle = (take: boolean) => {
    const now = theirs();
    if (!now) return;
    setRev(now.rev);
    if (take) form.reset(valuesOf(now));
    setTheirs(undefined);
  };
  const disabled = () => !rights.mayRecord();
  return (
    <div class="max-w-xl">
      <Show when={theirs()}>
        <Note
          tone="warn"
          alert
          title={t.conflictTitle}
          actions={
            <>
              <Button onClick={() => settle(false)}>{t.mine}</Button>
              <Button onClick={() => settle(true)}>{t.theirs}</Button>
            </>
          }
        >
          {t.conflictSay}
        </Note>
      </Show>
      <FormFrame form={form} label={t.settingsTitle}>
        <NumberField
          label={t.terms}
          hint={t.termsHint}
          unit={t.termsUnit}
          min={0}
          max={90}
          disabled={disabled()}
          bind={form.field("termsDays")}
        />
        <TextField label={t.holder} maxLength={80} disabled={disabled()} bind={form.field("bankHolder")} />
        <TextField label={t.bank} maxLength={80} disabled={disabled()} bind={form.field("bankName")} />
        <TextField label={t.account} mono maxLength={40} disabled={disabled()} bind={form.field("bankAccount")} />
        <Show when={rights.mayRecord()} fallback={<Note>{t.readOnly}</Note>}>
          <Button kind="primary" type="submit" busy={form.busy()} disabled={theirs() !== undefined}>
            {t.saveSettings}
          </Button>
        </Show>
      </FormFrame>
    </div>
  );
}
