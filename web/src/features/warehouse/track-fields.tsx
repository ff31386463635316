import { expiryOf, type Tracked } from "@yihao/warehouse/lot";
import { createEffect, createSignal, For, on, Show } from "solid-js";
import { type Binding, bound } from "../../ui/binding.ts";
import { IconButton } from "../../ui/button.tsx";
import { DateField, TextField } from "../../ui/text-field.tsx";
import { handWords } from "./hand-words.ts";
import { packsWords } from "./packs-words.ts";

/** What goods that are told apart must name when they come in: lot, expiry day, or a serial for each. */
export function TrackFields(props: {
  line: Tracked & { expected: number; received: number };
  lot: Binding<string>;
  expiry: Binding<string>;
  serials: readonly string[];
  onRemove: (serial: string) => void;
}) {
  const t = handWords();
  const [made, setMade] = createSignal("");
  createEffect(
    on(
      () => props.expiry.value(),
      (day) => day === "" && setMade(""),
    ),
  );
  return (
    <>
      <Show when={props.line.track === "lot"}>
        <TextField label={t.lot} size="xl" mono hint={t.lotHint} maxLength={20} bind={props.lot} />
      </Show>
      <Show when={props.line.dated}>
        <Show when={props.line.shelfDays}>
          {(days) => (
            <DateField
              label={packsWords().made}
              hint={packsWords().madeHint(days())}
              size="xl"
              bind={bound(made, (day) => {
                setMade(day);
                if (day !== "") props.expiry.set(expiryOf(day, days()));
              })}
            />
          )}
        </Show>
        <DateField label={t.expiry} size="xl" bind={props.expiry} />
      </Show>
      <Show when={props.line.track === "serial"}>
        <section aria-live="polite">
          <h2 class="text-md">{t.serials(props.serials.length, props.line.expected - props.line.received)}</h2>
          <ul>
            <For each={props.serials}>
              {(serial) => (
                <li class="flex min-h-12 items-center gap-3 border-b border-line">
                  <span class="min-w-0 flex-1 break-all font-mono">{serial}</span>
                  <IconButton
                    icon="close"
                    size="xl"
                    label={t.removeSerial(serial)}
                    onClick={() => props.onRemove(serial)}
                  />
                </li>
              )}
            </For>
          </ul>
        </section>
      </Show>
    </>
  );
}
