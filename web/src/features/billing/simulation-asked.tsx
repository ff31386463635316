import { createSignal, createUniqueId, For, Index, Show } from "solid-js";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { MoneyField } from "../../ui/text-field.tsx";
import { simulationWords } from "./simulation-words.ts";

type Row = {
  readonly key: string;
  readonly name: string;
  readonly aside: string;
  readonly hint: string;
  /** Prices that are known from elsewhere, each to be taken with one press. */
  readonly offers: readonly { readonly label: string; readonly minor: number }[];
};
type Typed = Readonly<Record<string, number | undefined>>;

/** Other prices of things that have one each. `fold` puts them under a heading that opens: most simulations change none of them. */
export function AskedFields(props: {
  rows: readonly Row[];
  prices: Typed;
  set: (prices: Typed) => void;
  fold?: { readonly title: string; readonly say: string };
}) {
  const t = simulationWords();
  const id = createUniqueId();
  const [open, setOpen] = createSignal(false);
  const changed = () => props.rows.filter(({ key }) => props.prices[key] !== undefined).length;
  const fields = () => (
    // By place, not by value: a field keeps its focus while what stands beside it changes.
    <Index each={props.rows}>
      {(row) => (
        <div class="flex flex-col gap-1">
          <MoneyField
            label={row().name}
            aside={row().aside}
            hint={row().hint}
            bind={bound<number | undefined>(
              () => props.prices[row().key],
              (minor) => props.set({ ...props.prices, [row().key]: minor }),
            )}
          />
          <For each={row().offers}>
            {({ label, minor }) => (
              <span>
                <Button size="sm" kind="text" onClick={() => props.set({ ...props.prices, [row().key]: minor })}>
                  {label}
                </Button>
              </span>
            )}
          </For>
        </div>
      )}
    </Index>
  );
  return (
    <Show when={props.fold} fallback={fields()}>
      {(fold) => (
        <section class="flex flex-col gap-3 border-t border-line pt-4" aria-label={fold().title}>
          <header class="flex items-center gap-2">
            <h3 class="min-w-0 flex-1 font-strong">{fold().title}</h3>
            <span class="text-xs text-fg-3">{changed() > 0 ? t.changedOf(changed()) : t.rows(props.rows.length)}</span>
            <Button
              size="sm"
              aria-expanded={open()}
              aria-controls={id}
              aria-label={t.changeOf(fold().title)}
              onClick={() => setOpen(!open())}
            >
              {open() ? t.fold : t.unfold}
            </Button>
          </header>
          <div id={id} class="flex flex-col gap-3" hidden={!open()}>
            <Show when={open()}>
              <p class="text-xs text-fg-2">{fold().say}</p>
              {fields()}
            </Show>
          </div>
        </section>
      )}
    </Show>
  );
}
