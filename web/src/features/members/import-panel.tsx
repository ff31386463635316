import type { ImportRow } from "@yihao/members/import-model";
import { createSignal, Match, Show, Switch } from "solid-js";
import { type Intent, newIntent } from "../../api.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button, LinkButton, TextButton } from "../../ui/button.tsx";
import { createDryRun, DryRunButtons, DryRunSays, RowFaults } from "../../ui/dry-run.tsx";
import { EmptyState, Note } from "../../ui/feedback.tsx";
import { FileDrop } from "../../ui/file-drop.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { TextArea } from "../../ui/text-field.tsx";
import { dryRun, importCsv } from "./data.ts";
import { downloadTemplate, faultSentence, importWords } from "./import-words.ts";

/** Takes a table of companies, shows what would happen row by row, and imports all of it or nothing. */
export function ImportPanel(props: { space: string; doneHref?: string; onDone?: (companies: number) => void }) {
  const t = importWords();
  const [csv, setCsv] = createSignal("");
  const [done, setDone] = createSignal<number>();
  let intent: Intent = newIntent();
  let checked = "";
  const trial = createDryRun({
    check: () => {
      checked = csv();
      return dryRun(props.space, checked);
    },
    commit: async () => {
      const { companies } = await importCsv(props.space, checked, intent);
      setDone(companies);
      props.onDone?.(companies);
    },
    sentence: faultSentence,
  });
  const take = (text: string) => {
    setCsv(text);
    trial.renew();
    intent = newIntent();
  };
  const columns = (): Column<ImportRow>[] => [
    { key: "row", head: t.row, width: "56px", align: "end", cell: (one) => one.row },
    { key: "name", head: t.columns.name, cell: (one) => <b>{one.name || "—"}</b> },
    {
      key: "code",
      head: t.columns.code,
      width: "184px",
      from: "desk",
      cell: (one) => <span class="font-mono text-xs">{one.code ?? "—"}</span>,
    },
    {
      key: "contact",
      head: t.columns.contactName,
      width: "96px",
      from: "tablet",
      cell: (one) => one.contactName ?? "—",
    },
    {
      key: "fault",
      head: t.fault,
      cell: (one) => <RowFaults faults={trial.faultsOf().get(one.row)} fine={t.fine} />,
    },
  ];

  return (
    <Switch>
      <Match when={done() !== undefined}>
        <EmptyState
          title={t.done(done() ?? 0)}
          actions={
            <>
              <Show when={props.doneHref}>
                {(href) => (
                  <LinkButton kind="primary" href={href()}>
                    {t.look}
                  </LinkButton>
                )}
              </Show>
              <Button
                onClick={() => {
                  setDone(undefined);
                  take("");
                }}
              >
                {t.another}
              </Button>
            </>
          }
        />
      </Match>
      <Match when={true}>
        <div class="flex max-w-240 flex-col gap-4 p-4">
          <FileDrop label={t.file} hint={t.fileHint} onText={take} />
          <TextArea label={t.paste} hint={t.pasteHint} rows={5} bind={bound(csv, take)} />
          <DryRunButtons
            of={trial}
            disabled={csv().trim() === ""}
            check={t.check}
            commit={t.commit}
            more={
              <>
                <TextButton onClick={() => downloadTemplate("zh")}>{t.templateZh}</TextButton>
                <TextButton onClick={() => downloadTemplate("en")}>{t.templateEn}</TextButton>
              </>
            }
          />
          <div aria-live="polite" class="flex flex-col gap-3">
            <Show when={trial.busy() === "commit"}>
              <Note tone="info">{t.importing(trial.ready())}</Note>
            </Show>
            <Show when={trial.problem()}>
              <Note tone="bad" alert>
                {explain(trial.problem())}
              </Note>
            </Show>
            <Show when={trial.run()}>{(result) => <DryRunSays of={trial} run={result()} words={t} />}</Show>
          </div>
          <Show when={trial.run()} fallback={<p class="text-fg-2">{t.start}</p>}>
            <div class="flex h-96 flex-col border border-line">
              <DataTable label={t.result} rows={trial.rows()} columns={columns()} rowKey={(one) => String(one.row)} />
            </div>
          </Show>
        </div>
      </Match>
    </Switch>
  );
}
