import { For, Show } from "solid-js";
import { count, dayCell } from "../../format.ts";
import { Plate } from "../../ui/plate.tsx";
import { usePromisable } from "./data.ts";
import { promisableWords } from "./promisable-words.ts";
import { docNumber } from "./view.ts";

/** What may be promised now and as announced goods come in (可承诺); nothing while none are on their way. */
export function PromisableSection(props: { space: string; product: string }) {
  const t = promisableWords();
  const promisable = usePromisable(
    () => props.space,
    () => props.product,
  );
  const year = new Date().getFullYear();
  return (
    <Show when={promisable.data && promisable.data.coming.length > 0 ? promisable.data : undefined}>
      {(one) => (
        <section class="border-b border-line px-4 py-3 text-sm">
          <h3 class="mb-1 text-xs text-fg-2">{t.title}</h3>
          <ol>
            <li class="flex gap-3 py-1">
              <span class="min-w-0 flex-1">{t.now}</span>
              <b class="tabular-nums">{count(one().now)}</b>
            </li>
            <For each={one().coming}>
              {(row) => (
                <li class="flex items-center gap-3 border-t border-line py-1">
                  <span class="flex min-w-0 flex-1 items-center gap-2">
                    {row.asn === undefined ? t.transit : row.on === undefined ? t.noDay : dayCell(row.on, year)}
                    <Show when={row.asn}>{(asn) => <Plate>{docNumber(asn())}</Plate>}</Show>
                  </span>
                  <span class="text-fg-2 tabular-nums">{t.plus(count(row.units))}</span>
                  <b class="w-28 text-right tabular-nums">{t.after(count(row.after))}</b>
                </li>
              )}
            </For>
          </ol>
        </section>
      )}
    </Show>
  );
}
