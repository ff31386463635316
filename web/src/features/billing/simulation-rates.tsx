import type { RateCard } from "@yihao/pricing/model";
import { createSignal, For, Show } from "solid-js";
import { RateList } from "../../rate-list.tsx";
import { rateListWords } from "../../rate-list-words.ts";
import type { RateValue } from "../../rate-values.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/choice-field.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { MoneyField, NumberField } from "../../ui/text-field.tsx";
import { type Draft, type TypedRate, typedRates } from "./simulation-view.ts";
import { simulationWords } from "./simulation-words.ts";

/** Rates by hour, weekday and membership: those of the card, with what they ask beside them, and all else of them, new ones too, as on the page of prices. */
export function SimulatedRates(props: {
  readonly draft: Draft;
  readonly set: (next: Partial<Draft>) => void;
  readonly shown: RateCard;
}) {
  const t = simulationWords();
  const [editing, setEditing] = createSignal(false);
  const rates = () => typedRates(props.draft, props.shown);
  const change = (at: number, next: Partial<TypedRate>) =>
    props.set({ rates: rates().map((one, index) => (index === at ? { ...one, ...next } : one)) });
  return (
    <div class="flex flex-col gap-2">
      <h4 class="text-xs font-regular text-fg-2">{t.rates}</h4>
      {/* By place, not by value: a field keeps its focus while its rate changes. */}
      <For each={rates().map((_, index) => index)}>
        {(at) => {
          const rate = () => rates()[at] as TypedRate;
          const name = () => rate().name.trim() || rateListWords().rate(at + 1);
          return (
            <div class="grid grid-cols-[minmax(0,1fr)_128px] items-center gap-2">
              <Checkbox
                label={name()}
                bind={bound(
                  () => !rate().off,
                  (on) => change(at, { off: !on }),
                )}
              />
              <Show when={!rate().off} fallback={<span class="text-right text-fg-3">—</span>}>
                <Show
                  when={rate().ask === "percent"}
                  fallback={
                    <MoneyField
                      bare
                      label={t.rateOf(name())}
                      bind={bound<number | undefined>(
                        () => rate().minor,
                        (minor) => change(at, { minor }),
                      )}
                    />
                  }
                >
                  <NumberField
                    bare
                    label={t.rateOf(name())}
                    unit="%"
                    min={0}
                    max={500}
                    step={5}
                    bind={bound<number | undefined>(
                      () => rate().percent,
                      (percent) => change(at, { percent }),
                    )}
                  />
                </Show>
              </Show>
            </div>
          );
        }}
      </For>
      <Show when={rates().length > 0}>
        <p class="text-xs text-fg-3">{t.ratesSay}</p>
      </Show>
      <span>
        <Button size="sm" onClick={() => setEditing(true)}>
          {t.editRates}
        </Button>
      </span>
      <Show when={editing()}>
        <Drawer
          open
          onClose={() => setEditing(false)}
          title={t.editRates}
          foot={
            <Button kind="primary" onClick={() => setEditing(false)}>
              {t.ratesDone}
            </Button>
          }
        >
          <div class="flex flex-col gap-3">
            <p class="text-xs text-fg-2">
              {rateListWords().ratesSay} {t.notKept}
            </p>
            <RateList
              bind={bound<RateValue[]>(
                () => [...rates()],
                (next) => props.set({ rates: next as TypedRate[] }),
              )}
            />
          </div>
        </Drawer>
      </Show>
    </div>
  );
}
