import { Show } from "solid-js";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/choice-field.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Pane } from "../../ui/panes.tsx";
import { Reading } from "../../ui/reading.tsx";
import { NumberField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { saveDoorSettings, useDoorSettings } from "./data.ts";
import { displaysWords } from "./displays-words.ts";

type Read = { readonly hostNames: boolean; readonly visitorDays: number; readonly rev: number };

function SettingsForm(props: { space: string; read: Read }) {
  const t = displaysWords();
  // What was read when the form opened: the page makes a new form for a newer revision.
  const { rev, hostNames, visitorDays } = props.read;
  const form = createForm<{ hostNames: boolean; visitorDays: number | undefined }>({
    name: "doors",
    initial: { hostNames, visitorDays },
    check: ({ visitorDays: days }) => ({
      visitorDays: days === undefined || days < 1 || days > 365 ? t.needDays : undefined,
    }),
    submit: async (values) => {
      await saveDoorSettings(props.space, { hostNames: values.hostNames, visitorDays: values.visitorDays ?? 30 }, rev);
      toast({ text: t.saved });
    },
  });
  return (
    <FormFrame form={form} label={t.settings}>
      <Checkbox label={t.hostNames} hint={t.hostNamesHint} bind={form.field("hostNames")} />
      <NumberField label={t.days} hint={t.daysHint} unit={t.day} min={1} max={365} bind={form.field("visitorDays")} />
      <Button type="submit" busy={form.busy()}>
        {t.save}
      </Button>
    </FormFrame>
  );
}

/** What the space decided about its doors: names on displays, and how long visitors' data are kept. */
export function SettingsPane(props: { space: string }) {
  const t = displaysWords();
  const settings = useDoorSettings(() => props.space);
  return (
    <Pane title={t.settings} flush={false}>
      <Reading asked={settings} failed={t.settingsNotRead} rows={3}>
        {(read) => (
          <Show when={read().rev + 1} keyed>
            {(_newer) => <SettingsForm space={props.space} read={read()} />}
          </Show>
        )}
      </Reading>
    </Pane>
  );
}
