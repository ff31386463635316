import type { Compared } from "@yihao/takeover/control";
import { For, Show } from "solid-js";
import { Status } from "../../ui/status.tsx";
import { amountOf } from "./view.ts";
import { takeoverWords } from "./words.ts";

/** Totals side by side: as the old books have them, as the table has them, as they came in, and what is off. */
export function TotalsTable(props: { totals: readonly Compared[]; taken?: boolean }) {
  const t = takeoverWords();
  const end = "px-2 py-1.5 text-right whitespace-nowrap";
  /** A phone has room for the old books and what came in; what the table had stands beside them where there is more. */
  const beside = () => ({ "hidden tablet:table-cell": props.taken === true });
  return (
    <table class="w-full border-collapse text-sm tabular-nums" aria-label={t.totals}>
      <thead class="text-xs text-fg-2">
        <tr class="border-b border-line-strong">
          <th scope="col" class="py-1.5 pr-2 text-left font-regular">
            {t.total}
          </th>
          <th scope="col" class={`${end} font-regular`}>
            {t.typed}
          </th>
          <th scope="col" class={`${end} font-regular`} classList={beside()}>
            {t.inFile}
          </th>
          <Show when={props.taken}>
            <th scope="col" class={`${end} font-regular`}>
              {t.takenOver}
            </th>
          </Show>
          <th scope="col" class={`${end} font-regular`}>
            {t.off}
          </th>
        </tr>
      </thead>
      <tbody>
        <For each={props.totals}>
          {(one) => (
            <tr class="border-b border-line">
              <th scope="row" class="py-1.5 pr-2 text-left font-regular">
                {t.measures[one.name]}
              </th>
              <td class={end}>{amountOf(one.name, one.typed)}</td>
              <td class={end} classList={beside()}>
                {amountOf(one.name, one.file)}
              </td>
              <Show when={props.taken}>
                <td class={end}>{amountOf(one.name, one.taken)}</td>
              </Show>
              <td class={end}>
                <Show when={props.taken || one.typed !== undefined} fallback="—">
                  <Show when={one.off !== 0} fallback={<Status is="enough" text={t.agrees} />}>
                    <Status is="mismatch" text={amountOf(one.name, one.off)} />
                  </Show>
                </Show>
              </td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}
