import { palletsMost } from "@yihao/warehouse/asn-model";
import { createSignal, Show } from "solid-js";
import { count } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { Stepper } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { palletWords } from "./pallet-words.ts";

/** How many pallets a notice came on (到货托数): asked for on arrival, shown and put right after it. */
export function PalletArrival(props: {
  pallets: number | undefined;
  large?: boolean;
  record: (pallets: number) => Promise<unknown>;
}) {
  const t = palletWords();
  const [asking, setAsking] = createSignal(false);
  const [pallets, setPallets] = createSignal(1);
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const record = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await props.record(pallets());
      setAsking(false);
      toast({ text: t.recorded(pallets()), tone: "good" });
    } catch (error) {
      setProblem(() => error);
    } finally {
      setBusy(false);
    }
  };
  const size = () => (props.large ? ("xl" as const) : ("sm" as const));
  return (
    <section class="flex flex-col gap-2" aria-label={t.arrival}>
      <Show
        when={asking() || props.pallets === undefined}
        fallback={
          <p class="flex items-center gap-3">
            <span class="min-w-0 flex-1">
              <span class="block text-fg-2">{t.arrival}</span>
              <b>{props.pallets === 0 ? t.pallet0 : t.arrivedOn(count(props.pallets ?? 0))}</b>
            </span>
            <span>
              <Button
                size={size()}
                onClick={() => {
                  setPallets(props.pallets ?? 1);
                  setAsking(true);
                }}
              >
                {t.change}
              </Button>
            </span>
          </p>
        }
      >
        <div class="flex flex-wrap items-end gap-3">
          <Stepper
            label={t.say}
            {...(props.large ? { size: "xl" as const } : {})}
            min={0}
            max={palletsMost}
            bind={bound(pallets, setPallets)}
          />
          <Button size={props.large ? "xl" : "md"} icon="inbound" busy={busy()} onClick={() => void record()}>
            {t.record(pallets())}
          </Button>
          <Show when={asking()}>
            <Button size={props.large ? "xl" : "md"} kind="text" onClick={() => setAsking(false)}>
              {t.keep}
            </Button>
          </Show>
        </div>
        <p class="text-xs text-fg-2">{t.note}</p>
      </Show>
      <Show when={problem() !== undefined}>
        <Note tone="bad" alert>
          {explain(problem())}
        </Note>
      </Show>
    </section>
  );
}
