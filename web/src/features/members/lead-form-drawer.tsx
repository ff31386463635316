import { createEffect, createMemo, createSignal, on, Show } from "solid-js";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Switch } from "../../ui/choice-field.tsx";
import { ErrorState, Loading } from "../../ui/feedback.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { QrCode } from "../../ui/qr-code.tsx";
import { TextArea } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { changeApplySettings, useApplySettings } from "./lead-data.ts";
import { leadWords } from "./lead-words.ts";

/** The setting of the public application form: whether it is open, its opening words, its address to copy and to print. */
export function ApplyDrawer(props: { space: string; mayChange: boolean; open: boolean; onClose: () => void }) {
  const t = leadWords();
  const settings = useApplySettings(() => props.space);
  const [intro, setIntro] = createSignal("");
  const [busy, setBusy] = createSignal(false);
  // A memo: the settings read again, after the form was opened say, must not take away what is being typed.
  const kept = createMemo(() => settings.data?.intro ?? "");
  createEffect(on(kept, (text) => setIntro(text)));
  const address = () => `${location.origin}/apply/${props.space}`;
  const save = async (open: boolean) => {
    const now = settings.data;
    if (!now || busy()) return;
    setBusy(true);
    try {
      await changeApplySettings(props.space, { open, intro: intro().trim() }, now.rev);
      toast({ text: t.formSaved(open) });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  const changed = () => settings.data !== undefined && intro().trim() !== settings.data.intro;
  return (
    <Drawer open={props.open} onClose={props.onClose} title={t.form}>
      <Show
        when={settings.data}
        fallback={
          <Show when={settings.isError} fallback={<Loading rows={4} />}>
            <ErrorState title={t.formNotRead} problem={settings.error} onRetry={() => settings.refetch()} />
          </Show>
        }
      >
        {(now) => (
          <div class="flex flex-col gap-4">
            <p class="text-pretty text-fg-2">{t.formSay}</p>
            <Switch
              label={t.formOpen}
              hint={t.formOpenHint}
              disabled={!props.mayChange || busy()}
              bind={bound(
                () => now().open,
                (open) => void save(open),
                "apply-open",
              )}
            />
            <TextArea
              label={t.formIntro}
              hint={t.formIntroHint}
              rows={4}
              maxLength={600}
              disabled={!props.mayChange}
              bind={bound(intro, setIntro, "apply-intro")}
            />
            <Show when={props.mayChange} fallback={<p class="text-xs text-fg-2">{t.onlyManager}</p>}>
              <span>
                <Button busy={busy()} disabled={!changed()} onClick={() => void save(now().open)}>
                  {t.save}
                </Button>
              </span>
            </Show>
            <Show when={now().open}>
              <div class="flex flex-col gap-2 border-t border-line pt-4">
                <span class="y-label">{t.formAddress}</span>
                <code class="font-mono text-xs break-all">{address()}</code>
                <p class="flex flex-wrap items-center gap-2">
                  <Button
                    icon="copy"
                    onClick={() =>
                      void navigator.clipboard
                        .writeText(address())
                        .then(() => toast({ text: t.copied }))
                        .catch(() => toast({ text: address(), tone: "info" }))
                    }
                  >
                    {t.copy}
                  </Button>
                  <a class="y-link" href={address()} target="_blank" rel="noopener">
                    {t.look}
                  </a>
                </p>
                <QrCode text={address()} label={t.formQr} size={148} />
              </div>
            </Show>
          </div>
        )}
      </Show>
    </Drawer>
  );
}
