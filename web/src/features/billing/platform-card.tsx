import { useSearchParams } from "@solidjs/router";
import type { MethodView } from "@yihao/billing/method-model";
import { createSignal, For, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { dayCell, dayOf } from "../../format.ts";
import { useSpace } from "../../frame/data.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Reading } from "../../ui/reading.tsx";
import { toast } from "../../ui/toast.tsx";
import { collectWords } from "./collect-words.ts";
import { cardName } from "./collection-block.tsx";
import { ConsentDialog } from "./consent-dialog.tsx";
import { askPlatformCard, removePlatformCard, usePlatformMethods } from "./data.ts";
import { platformWords } from "./platform-words.ts";
import { deviceDay } from "./view.ts";

/** The card by which the platform's bills are collected on their due day, or how they are paid and reminded of without one. */
export function PlatformCard(props: { space: string }) {
  const t = platformWords();
  const mine = collectWords().mine;
  const [search] = useSearchParams<{ saved?: string }>();
  const [arrived, setArrived] = createSignal(false);
  const methods = usePlatformMethods(
    () => props.space,
    () => (search.saved !== undefined && !arrived() ? 1_500 : 0),
  );
  const cards = () => {
    const all = methods.data ?? [];
    if (all.some(({ id }) => id === search.saved)) setArrived(true);
    return all;
  };
  const about = useSpace(() => props.space);
  const agreedOn = ({ consent }: MethodView) =>
    dayCell(dayOf(consent.at, about.data?.zone ?? "Asia/Shanghai"), Number(deviceDay().slice(0, 4)));
  const [asking, setAsking] = createSignal(false);
  const [leaving, setLeaving] = createSignal<MethodView>();
  return (
    <section class="border-b border-line px-4 py-3" aria-label={t.card}>
      <Reading asked={methods} failed={t.cardNotRead} rows={1}>
        {() => (
          <Show
            when={cards().length > 0}
            fallback={
              <div class="flex flex-wrap items-center gap-x-4 gap-y-2">
                <p class="min-w-0 flex-1 basis-60 text-fg-2">
                  {search.saved !== undefined && !arrived() ? mine.waiting : t.cardNone}
                </p>
                <Button icon="card" onClick={() => setAsking(true)}>
                  {t.addCard}
                </Button>
              </div>
            }
          >
            <For each={cards()}>
              {(one) => (
                <div class="flex flex-wrap items-center gap-x-4 gap-y-2">
                  <p class="min-w-0 flex-1 basis-60">
                    {t.cardUsed(cardName(one.card))}
                    <span class="block text-xs text-fg-2">{mine.agreed(one.consent.name, agreedOn(one))}</span>
                  </p>
                  <Button kind="text" onClick={() => setLeaving(() => one)}>
                    {t.remove}
                  </Button>
                </div>
              )}
            </For>
          </Show>
        )}
      </Reading>
      <ConsentDialog
        charges={t.charges}
        open={asking()}
        ask={(language, intent) => askPlatformCard(props.space, language, intent)}
        onClose={() => setAsking(false)}
      />
      <ConfirmDialog
        open={leaving() !== undefined}
        onClose={() => setLeaving(undefined)}
        title={`${mine.removeTitle} · ${leaving() ? cardName(leaving()?.card ?? { brand: "", last4: "" }) : ""}`}
        act={t.remove}
        keep={mine.keep}
        says={[t.cardNone, mine.removeKeeps]}
        run={async () => {
          const one = leaving();
          try {
            if (one) await removePlatformCard(props.space, one.id, newIntent());
            toast({ text: t.removed, tone: "good" });
          } catch (error) {
            toast({ text: explain(error), tone: "bad" });
          }
          setLeaving(undefined);
        }}
      />
    </section>
  );
}
