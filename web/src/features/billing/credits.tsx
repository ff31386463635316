import type { InvoiceView } from "@yihao/billing/invoice-view";
import { For, Show } from "solid-js";
import { money } from "../../format.ts";
import { Plate } from "../../ui/plate.tsx";
import { accountWords } from "./accounts-words.ts";
import { PaperButton } from "./paper-button.tsx";
import { saveCreditPaper } from "./paper-data.ts";

/** The credit notes (红冲单) of a bill: when, under which number, how much, why, and where it went. */
export function BillCredits(props: { space: string; bill: InvoiceView }) {
  const t = accountWords();
  return (
    <Show when={props.bill.credits.length > 0}>
      <section aria-label={t.notes}>
        <h3 class="mb-1 font-strong">{t.notes}</h3>
        <ul>
          <For each={props.bill.credits}>
            {(note) => (
              <li class="border-t border-line py-2">
                <div class="flex flex-wrap items-baseline gap-x-3">
                  <span class="tabular-nums">{note.issuedOn}</span>
                  <span>{note.kind === "void" ? t.voidKind : t.partKind}</span>
                  <Plate>{note.number}</Plate>
                  <b class="ml-auto tabular-nums">{money(-note.totalMinor)}</b>
                  <PaperButton
                    number={note.number}
                    save={() => saveCreditPaper(props.space, props.bill.id, note.number)}
                  />
                </div>
                <p class="text-xs text-fg-2">
                  {note.reason} · {t.taxIn(money(-note.taxMinor))}
                  <Show when={note.freedMinor > 0}>
                    {" "}
                    · {t.freed} {money(note.freedMinor)}
                  </Show>
                </p>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}
