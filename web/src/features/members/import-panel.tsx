import type { DryRun, ImportRow } from "@yihao/members/import-model";
import { createMemo, createSignal, Match, Show, Switch } from "solid-js";
import { type Intent, newIntent } from "../../api.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button, LinkButton, TextButton } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/choice-field.tsx";
import { EmptyState, Note } from "../../ui/feedback.tsx";
import { FileDrop } from "../../ui/file-drop.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { TextArea } from "../../ui/text-field.tsx";
import { dryRun, importCsv } from "./data.ts";
import { downloadTemplate, faultSentence, importWords } from "./import-words.ts";

/** Takes a table of companies, shows what would happen row by row, and imports all of it or nothing. */
export function ImportPanel(props: { space: string; doneHref?: string; onDone?: (companies: number) => void }) {
  const t = importWords();
  const [csv, setCsv] = createSignal("");
  const [run, setRun] = createSignal<DryRun>();
  const [problem, setProblem] = createSignal<unknown>();
  const [busy, setBusy] = createSignal<"check" | "commit">();
  const [done, setDone] = createSignal<number>();
  const [onlyFaults, setOnlyFaults] = createSignal(false);
  let intent: Intent = newIntent();
  let checked = "";

  const take = (text: string) => {
    setCsv(text);
    setRun(undefined);
    setProblem(undefined);
    intent = newIntent();
  };
  const attempt = async (what: "check" | "commit", act: () => Promise<void>) => {
    setBusy(what);
    setProblem(undefined);
    try {
      await act();
    } catch (error) {
      setProblem(() => error);
    } finally {
      setBusy(undefined);
    }
  };
  const check = () =>
    attempt("check", async () => {
      checked = csv();
      setRun(await dryRun(props.space, checked));
      setOnlyFaults((run()?.faults.length ?? 0) > 0);
    });
  const bringIn = () =>
    attempt("commit", async () => {
      const { companies } = await importCsv(props.space, checked, intent);
      setDone(companies);
      props.onDone?.(companies);
    });
  const faultsOf = createMemo(() => {
    const byRow = new Map<number, string[]>();
    for (const fault of run()?.faults ?? [])
      byRow.set(fault.row, [...(byRow.get(fault.row) ?? []), faultSentence(fault)]);
    return byRow;
  });
  const rows = () => (run()?.rows ?? []).filter(({ row }) => !onlyFaults() || faultsOf().has(row));
  const ready = () => (run()?.faults.length === 0 ? (run()?.rows.length ?? 0) : 0);
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
      cell: (one) => (
        <Show when={faultsOf().get(one.row)} fallback={<Status is="enough" text={t.fine} />}>
          {(all) => <Status is="mismatch" text={all().join("; ")} />}
        </Show>
      ),
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
          <div class="flex flex-wrap items-center gap-3">
            <Button
              kind={ready() > 0 ? "outline" : "primary"}
              busy={busy() === "check"}
              disabled={csv().trim() === "" || busy() !== undefined}
              onClick={() => void check()}
            >
              {t.check}
            </Button>
            <Show when={ready() > 0}>
              <Button
                kind="primary"
                busy={busy() === "commit"}
                disabled={busy() !== undefined}
                onClick={() => void bringIn()}
              >
                {t.commit(ready())}
              </Button>
            </Show>
            <TextButton onClick={() => downloadTemplate("zh")}>{t.templateZh}</TextButton>
            <TextButton onClick={() => downloadTemplate("en")}>{t.templateEn}</TextButton>
          </div>
          <div aria-live="polite" class="flex flex-col gap-3">
            <Show when={busy() === "commit"}>
              <Note tone="info">{t.importing(ready())}</Note>
            </Show>
            <Show when={problem()}>
              <Note tone="bad" alert>
                {explain(problem())}
              </Note>
            </Show>
            <Show when={run()}>
              {(result) => (
                <>
                  <p class="flex flex-wrap items-center gap-3">
                    <b>{t.good(result().good, result().rows.length)}</b>
                    <Show when={result().faults.length > 0}>
                      <Status is="mismatch" text={t.faults(faultsOf().size)} />
                      <Checkbox label={t.onlyFaults} bind={bound(onlyFaults, setOnlyFaults)} />
                    </Show>
                  </p>
                  <Show when={result().ignored.length > 0}>
                    <p class="text-fg-2">{t.ignored(result().ignored.join(" · "))}</p>
                  </Show>
                </>
              )}
            </Show>
          </div>
          <Show when={run()} fallback={<p class="text-fg-2">{t.start}</p>}>
            <div class="flex h-96 flex-col border border-line">
              <DataTable label={t.result} rows={rows()} columns={columns()} rowKey={(one) => String(one.row)} />
            </div>
          </Show>
        </div>
      </Match>
    </Switch>
  );
}
