import type { ExitSettings } from "@yihao/members/exit-model";
import { createForm } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { NumberField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { changeExitSettings, useExitSettings } from "./exit-data.ts";
import { exitWords } from "./exit-words.ts";
import { createLatest, MetNote } from "./latest.tsx";

/** Sets how long goods left behind wait, and what is known of people is kept, for all companies of the space. */
export function ExitSettingsDrawer(props: {
  space: string;
  settings: ExitSettings & { readonly rev: number };
  onClose: () => void;
}) {
  const t = exitWords();
  const asked = useExitSettings(() => props.space);
  const { rev, goodsDays, retentionDays } = props.settings;
  const latest = createLatest(rev, async () => {
    await asked.refetch();
    return asked.data ?? { rev };
  });
  const form = createForm({
    name: "exit-settings",
    initial: { goodsDays: goodsDays as number | undefined, retentionDays: retentionDays as number | undefined },
    check: (values) => ({
      goodsDays: between(values.goodsDays, 30, 1095),
      retentionDays: between(values.retentionDays, 30, 3650),
    }),
    submit: async (values) => {
      const wish = { goodsDays: values.goodsDays ?? goodsDays, retentionDays: values.retentionDays ?? retentionDays };
      if (!(await latest.save((now) => changeExitSettings(props.space, wish, now)))) return;
      toast({ text: t.keepSaved });
      props.onClose();
    },
  });
  const between = (days: number | undefined, from: number, until: number) =>
    days !== undefined && days >= from && days <= until ? undefined : t.keepRange(from, until);
  return (
    <FormDrawer onClose={props.onClose} title={t.keep} form={form} act={t.save}>
      <MetNote latest={latest} />
      <NumberField label={t.goodsDays} unit={t.days} min={30} max={1095} bind={form.field("goodsDays")} />
      <NumberField label={t.retentionDays} unit={t.days} min={30} max={3650} bind={form.field("retentionDays")} />
      <p class="text-pretty text-fg-2">{t.keepSay}</p>
    </FormDrawer>
  );
}
