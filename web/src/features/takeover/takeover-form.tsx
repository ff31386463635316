import { minutesIn } from "@yihao/members/cells";
import { templateOf } from "@yihao/takeover/columns";
import { compare } from "@yihao/takeover/control";
import {
  type Measure,
  measuresOf,
  type TakeoverDryRun,
  type TakeoverKind,
  type TakeoverRow,
} from "@yihao/takeover/model";
import { createSignal, For, Show } from "solid-js";
import { createStore } from "solid-js/store";
import { type Intent, newIntent } from "../../api.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { createDryRun, DryRunButtons, DryRunSays, RowFaults } from "../../ui/dry-run.tsx";
import { ExportMenu } from "../../ui/export-menu.tsx";
import { Note } from "../../ui/feedback.tsx";
import { FileDrop } from "../../ui/file-drop.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { DateField, MoneyField, NumberField, TextField } from "../../ui/text-field.tsx";
import { dryRun, takeOver } from "./data.ts";
import { TotalsTable } from "./totals-table.tsx";
import { controlOf, faultSentence, measureOf } from "./view.ts";
import { takeoverWords } from "./words.ts";

/** Rows with faults that are listed at once; the others come once these are mended. */
const faultsShown = 100;
const firstOfMonth = () => `${new Date().toISOString().slice(0, 7)}-01`;

/** One kind of file: its day and control totals, the table, what it would do row by row, and taking it over. */
export function TakeoverForm(props: { space: string; kind: TakeoverKind; onAsked: (takeover: string) => void }) {
  const t = takeoverWords();
  const [csv, setCsv] = createSignal("");
  const [name, setName] = createSignal("");
  const [day, setDay] = createSignal(firstOfMonth());
  const [rowsTyped, setRowsTyped] = createSignal<number | undefined>();
  const [typed, setTyped] = createStore<Partial<Record<Measure, number | undefined>>>({});
  const [hoursText, setHoursText] = createSignal("");
  let intent: Intent = newIntent();
  const hoursFault = () => (hoursText().trim() !== "" && minutesIn(hoursText()) === undefined ? t.hoursBad : undefined);
  const control = () =>
    controlOf(rowsTyped(), { ...typed, ...(hoursText().trim() === "" ? {} : { minutes: minutesIn(hoursText()) }) });
  const wish = () => ({ kind: props.kind, csv: csv(), day: day(), control: control(), file: name().slice(0, 120) });
  const trial = createDryRun({
    check: () => dryRun(props.space, wish()),
    commit: async () => props.onAsked((await takeOver(props.space, wish(), intent)).id),
    sentence: (fault: TakeoverDryRun["faults"][number]) => faultSentence(props.kind, fault),
  });
  const renew = () => {
    trial.renew();
    intent = newIntent();
  };
  const columns = (): Column<TakeoverRow>[] => [
    { key: "row", head: t.row, width: "48px", align: "end", cell: (one) => one.row },
    { key: "company", head: t.company, cell: (one) => <b>{one.companyName || "—"}</b> },
    { key: "what", head: t.what, width: "160px", from: "tablet", cell: (one) => one.what || "—" },
    {
      key: "amount",
      head: t.amount,
      width: "112px",
      align: "end",
      from: "tablet",
      cell: (one) => measureOf(props.kind, one),
    },
    {
      key: "state",
      head: t.state,
      cell: (one) => <RowFaults faults={trial.faultsOf().get(one.row)} fine={t.fine} />,
    },
  ];
  const measureField = (measure: Measure) =>
    measure === "minutes" ? (
      <TextField label={t.measures.minutes} bind={{ ...bound(hoursText, setHoursText), fault: hoursFault }} />
    ) : measure === "units" ? (
      <NumberField
        label={t.measures.units}
        min={0}
        bind={bound(
          () => typed.units,
          (value) => setTyped("units", value),
        )}
      />
    ) : (
      <MoneyField
        label={t.measures[measure]}
        bind={bound(
          () => typed[measure],
          (value) => setTyped(measure, value),
        )}
      />
    );

  return (
    <div class="flex max-w-240 flex-col gap-4 p-4">
      <p class="text-pretty text-fg-2">{t.kindSay[props.kind]}</p>
      <FileDrop
        label={t.file}
        hint={t.fileHint}
        onText={(text, given) => {
          setCsv(text);
          setName(given);
          renew();
        }}
      />
      <div class="-mt-2 flex flex-wrap gap-1">
        <ExportMenu
          small
          label={t.templateZh}
          name={`${t.kinds[props.kind]}-模板`}
          rows={() => templateOf(props.kind, "zh")}
        />
        <ExportMenu
          small
          label={t.templateEn}
          name={`${props.kind}-template`}
          rows={() => templateOf(props.kind, "en")}
        />
      </div>
      <fieldset class="flex flex-col gap-2">
        <legend class="font-strong">{t.control}</legend>
        <p class="text-xs text-fg-2">{t.controlSay}</p>
        <div class="grid grid-cols-2 gap-3 tablet:grid-cols-4">
          <DateField
            label={t.day}
            hint={t.dayHint}
            bind={bound(day, (value) => {
              setDay(value);
              renew();
            })}
          />
          <NumberField label={t.measures.rows} min={0} bind={bound(rowsTyped, setRowsTyped)} />
          <For each={measuresOf[props.kind]}>{measureField}</For>
        </div>
      </fieldset>
      <DryRunButtons
        of={trial}
        disabled={csv().trim() === "" || day() === "" || hoursFault() !== undefined}
        check={t.check}
        commit={t.commit}
      />
      <div aria-live="polite" class="flex flex-col gap-3">
        <Show when={trial.problem()}>
          <Note tone="bad" alert>
            {explain(trial.problem())}
          </Note>
        </Show>
        <Show when={trial.run()}>
          {(result) => (
            <>
              <TotalsTable totals={compare(props.kind, control(), result().sums)} />
              <DryRunSays of={trial} run={result()} words={t} />
            </>
          )}
        </Show>
      </div>
      <Show when={trial.run()} fallback={<p class="text-fg-2">{t.start}</p>}>
        <Show
          when={trial.onlyFaults()}
          fallback={
            <div class="flex h-96 flex-col border border-line">
              <DataTable label={t.result} rows={trial.rows()} columns={columns()} rowKey={(one) => String(one.row)} />
            </div>
          }
        >
          <ul class="border border-line px-3" aria-label={t.faultList}>
            <For each={trial.rows().slice(0, faultsShown)}>
              {(one) => (
                <li class="flex gap-3 border-t border-line py-2 first:border-0">
                  <span class="w-10 text-right tabular-nums text-fg-2">{one.row}</span>
                  <div class="min-w-0 flex-1">
                    <b>{one.companyName || "—"}</b> <span class="text-fg-2">{one.what}</span>
                    <ul>
                      <For each={trial.faultsOf().get(one.row)}>
                        {(sentence) => (
                          <li class="text-pretty">
                            <Status is="mismatch" text={sentence} />
                          </li>
                        )}
                      </For>
                    </ul>
                  </div>
                </li>
              )}
            </For>
          </ul>
        </Show>
      </Show>
    </div>
  );
}
