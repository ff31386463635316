import { useParams } from "@solidjs/router";
import { createSignal, For } from "solid-js";
import { todayHere } from "../../format.ts";
import { useMeets } from "../../session.ts";
import { bound } from "../../ui/binding.ts";
import { ExportMenu } from "../../ui/export-menu.tsx";
import { PageHead, Pane } from "../../ui/panes.tsx";
import { DateField } from "../../ui/text-field.tsx";
import { type DataSet, dataSets, readers, readNeeds, spanMost } from "./data.ts";
import { exportWords } from "./words.ts";

const dayMs = 86_400_000;

/** Every kind of data of a space to take along (导出全部): Excel or CSV, each read whole when it is asked for. */
export default function ExportPage() {
  const t = exportWords();
  const params = useParams<{ space: string }>();
  const meets = useMeets(() => params.space);
  const [from, setFrom] = createSignal(`${todayHere().slice(0, 7)}-01`);
  const [until, setUntil] = createSignal(todayHere());
  const days = () => (Date.parse(until()) - Date.parse(from())) / dayMs + 1;
  const fault = () => (days() < 1 ? t.backwards : days() > spanMost ? t.tooLong : undefined);
  const spans = (set: DataSet) => set === "bookings" || set === "visitors";
  const nameOf = (set: DataSet) =>
    spans(set) ? `${t.sets[set]} ${from()} ${until()}` : `${t.sets[set]} ${todayHere()}`;
  return (
    <>
      <PageHead title={t.title} say={t.say} />
      <Pane label={t.title} flush={false}>
        <div class="flex max-w-180 flex-col gap-4">
          <fieldset>
            <legend class="mb-2 font-strong">{t.span}</legend>
            <div class="grid max-w-100 grid-cols-2 gap-3">
              <DateField label={t.from} bind={bound(from, setFrom)} />
              <DateField label={t.until} bind={{ ...bound(until, setUntil), fault }} />
            </div>
          </fieldset>
          <ul>
            <For each={dataSets.filter((set) => meets(readNeeds[set]))}>
              {(set) => (
                <li class="flex items-center gap-3 border-t border-line py-2">
                  <span class="min-w-0 flex-1">
                    <b class="block">{t.sets[set]}</b>
                    <span class="text-xs text-fg-2">{t.setSay[set]}</span>
                  </span>
                  <ExportMenu
                    name={nameOf(set)}
                    about={t.sets[set]}
                    disabled={spans(set) && fault() !== undefined}
                    rows={(progress) => readers[set](params.space, progress, { from: from(), until: until() })}
                  />
                </li>
              )}
            </For>
          </ul>
        </div>
      </Pane>
    </>
  );
}
