import { createSignal, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { Reading } from "../../ui/reading.tsx";
import { Status } from "../../ui/status.tsx";
import { actionWords } from "./actions-words.ts";
import { askAccountPage, useMerchant } from "./collect-data.ts";
import { useRights } from "./rights.ts";

/** Whose account online payments go to (在线收款账户): the space's own once its owner was taken on, the platform's before. */
export function MerchantSection(props: { space: string }) {
  const t = actionWords();
  const rights = useRights(() => props.space);
  const asked = useMerchant(() => props.space);
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const merchant = () => asked.data?.merchant;
  const go = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      location.assign((await askAccountPage(props.space, newIntent())).url);
    } catch (error) {
      setProblem(() => error);
      setBusy(false);
    }
  };
  return (
    <section class="mt-6 max-w-xl border-t border-line pt-4" aria-label={t.merchantTitle}>
      <h2 class="text-md">{t.merchantTitle}</h2>
      <Reading asked={asked} failed={t.merchantNotRead} rows={2}>
        {() => (
          <div class="flex flex-col gap-2">
            <span>
              <Status
                chip
                is={merchant()?.enabled ? "active" : merchant() ? "signing" : "due"}
                text={merchant()?.enabled ? t.merchantOn : merchant() ? t.merchantUnderWay : t.merchantNone}
              />
            </span>
            <p class="text-fg-2">{merchant()?.enabled ? t.merchantOnSay : t.merchantSay}</p>
            <Show when={problem()}>
              <Note tone="bad" alert>
                {explain(problem())}
              </Note>
            </Show>
            <Show when={rights.owns() && !merchant()?.enabled}>
              <span>
                <Button icon="bank" busy={busy()} onClick={() => void go()}>
                  {merchant() ? t.merchantGoOn : t.merchantOpen}
                </Button>
              </span>
            </Show>
          </div>
        )}
      </Reading>
    </section>
  );
}
