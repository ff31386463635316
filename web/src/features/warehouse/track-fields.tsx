import { expiryOf, type Tracked } from "@yihao/warehouse/lot";
import { For, Show } from "solid-js";
import type { Binding } from "../../ui/binding.ts";
import { IconButton } from "../../ui/button.tsx";
import { DateField, TextField } from "../../ui/text-field.tsx";
import { handWords } from "./hand-words.ts";
import { packsWords } from "./packs-words.ts";

/** What goods that are told apart must name when they come in: lot, expiry day (also by the day on which they were made), or a serial for each. */
export function TrackFields(props: {
  line: Tracked & { expected: number; received: number };
  lot: Binding<string>;
  made: Binding<string>;
  expiry: Binding<string>;
  serials: readonly string[];
  onRemove: (serial: string) => void;
}) {
  const t = handWords();
  const p = packsWords();
  const made = () => props.made.value();
  /** The days that the goods keep, when the expiry day is the one that follows from them. */
  const derived = () => {
    const days = props.line.shelfDays;
    return days !== undefined && made() !== "" && props.expiry.value() === expiryOf(made(), days) ? days : undefined;
  };
  const madeHint = () => {
    const days = props.line.shelfDays;
    if (days === undefined) return p.madeAlone;
    return derived() === undefined ? p.madeHint(days) : p.madeUntil(days, props.expiry.value());
  };
  return (
    <>
      <Show when={props.line.track === "lot"}>
        <TextField label={t.lot} size="xl" mono hint={t.lotHint} maxLength={20} bind={props.lot} />
      </Show>
      <Show when={props.line.dated}>
        <Show when={props.line.shelfDays !== undefined || made() !== ""}>
          <DateField label={p.made} hint={madeHint()} size="xl" bind={props.made} />
        </Show>
        <DateField
          label={t.expiry}
          size="xl"
          bind={props.expiry}
          {...(derived() === undefined ? {} : { hint: p.derived(derived() ?? 0) })}
        />
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
