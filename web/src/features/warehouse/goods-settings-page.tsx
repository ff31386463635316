import { useParams } from "@solidjs/router";
import type { GoodsSettingsView } from "@yihao/warehouse/pack-model";
import { ssccOf } from "@yihao/warehouse/sscc";
import { Show } from "solid-js";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/choice-field.tsx";
import { ErrorState, Loading } from "../../ui/feedback.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { PageHead } from "../../ui/panes.tsx";
import { NumberField, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { saveGoodsSettings, useGoodsSettings } from "./pack-data.ts";
import { packWords } from "./pack-words.ts";
import { ZoneSettings } from "./zone-settings.tsx";

/** How cartons of the space are numbered: the GS1 company prefix (厂商识别代码), the extension digit and the next serial reference. */
export default function GoodsSettingsPage() {
  const t = packWords();
  const params = useParams<{ space: string }>();
  const settings = useGoodsSettings(() => params.space);
  return (
    <>
      <PageHead title={t.settings} />
      <div class="mx-auto w-full max-w-120 p-4 tablet:p-6">
        <Show
          when={settings.data}
          fallback={
            <Show when={settings.isError} fallback={<Loading rows={4} />}>
              <ErrorState title={t.settingsNotRead} problem={settings.error} onRetry={() => void settings.refetch()} />
            </Show>
          }
        >
          {(one) => <SettingsForm space={params.space} settings={one()} />}
        </Show>
        <ZoneSettings space={params.space} />
      </div>
    </>
  );
}

function SettingsForm(props: { space: string; settings: GoodsSettingsView }) {
  const t = packWords();
  const form = createForm({
    name: "goods-settings",
    initial: {
      prefix: props.settings.gs1Prefix ?? "",
      extension: props.settings.extension as number | undefined,
      next: props.settings.nextSerial as number | undefined,
      again: props.settings.reserveAgain,
    },
    check: (values) => ({ prefix: /^(\d{7,10})?$/.test(values.prefix.trim()) ? undefined : t.needPrefix }),
    submit: async ({ prefix, extension, next, again }) => {
      const gs1Prefix = prefix.trim() === "" ? null : prefix.trim();
      const same = gs1Prefix === props.settings.gs1Prefix && extension === props.settings.extension;
      const nextSerial = gs1Prefix === null || (!same && next === 0) ? {} : { nextSerial: next ?? 0 };
      await saveGoodsSettings(props.space, props.settings.rev, {
        ...{ gs1Prefix, extension: extension ?? 0, reserveAgain: again },
        ...nextSerial,
      });
      toast({ text: t.saved });
    },
  });
  const example = () => {
    const { prefix, extension, next } = form.values;
    if (!/^\d{7,10}$/.test(prefix.trim())) return undefined;
    return ssccOf({ extension: extension ?? 0, prefix: prefix.trim(), serial: next ?? 0 });
  };
  return (
    <FormFrame form={form} label={t.settings}>
      <p class="text-fg-2">{t.settingsSay}</p>
      <TextField
        label={t.prefix}
        hint={t.prefixHint}
        inputMode="numeric"
        mono
        maxLength={10}
        bind={form.field("prefix")}
      />
      <Show when={form.values.prefix.trim() !== ""}>
        <div class="y-pair">
          <NumberField label={t.extension} min={0} max={9} bind={form.field("extension")} />
          <NumberField label={t.next} hint={t.nextHint} min={0} max={999_999_999} bind={form.field("next")} />
        </div>
        <Show when={example()}>{(sscc) => <p class="font-mono text-sm">{t.example(sscc())}</p>}</Show>
      </Show>
      <Checkbox label={t.reserveAgain} hint={t.reserveAgainHint} bind={form.field("again")} />
      <Button kind="primary" type="submit" busy={form.busy()}>
        {t.save}
      </Button>
    </FormFrame>
  );
}
