import { type ImportFault, type ImportKind, importKinds } from "@yihao/warehouse/import-model";
import { headingOf, importTemplate } from "@yihao/warehouse/import-rows";
import { createEffect, createSignal, Match, on, onCleanup, Show, Switch } from "solid-js";
import { count } from "../../format.ts";
import { lang } from "../../i18n.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { ExportMenu } from "../../ui/export-menu.tsx";
import { Note } from "../../ui/feedback.tsx";
import { DropZone } from "../../ui/file-drop.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { renewGoods, sendBatch } from "./import-data.ts";
import { faultsMost, type Look, lookAt, runImport } from "./import-run.ts";
import { forgetImport, type ImportJob, recallImport, rememberImport } from "./import-store.ts";
import { importWords, reasonSentence } from "./import-words.ts";

type Choice = { readonly value: string; readonly label: string };
type Phase = "idle" | "reading" | "sending";

/** Brings a table of any length into the warehouse (导入): tries it, tells every fault by row and column, and goes on where it was cut. */
export function ImportPanel(props: {
  space: string;
  /** For whom it is remembered. */
  who: string;
  /** Owners to choose from, for staff; a company has none to choose. */
  owners?: readonly Choice[];
  /** Whether bins may be brought in too. */
  manages?: boolean;
  /** Whether a company's person may bring in orders too. */
  orders?: boolean;
  warehouses: readonly Choice[];
}) {
  const t = importWords();
  const staff = () => props.owners !== undefined;
  const kinds = () =>
    importKinds.filter((kind) =>
      kind === "bins"
        ? props.manages
        : kind === "openings"
          ? staff()
          : kind === "orders"
            ? staff() || props.orders
            : true,
    );
  const [kind, setKind] = createSignal<ImportKind>("products");
  const [owner, setOwner] = createSignal("");
  const [place, setPlace] = createSignal<string>();
  const warehouse = () => place() ?? props.warehouses[0]?.value;
  const [file, setFile] = createSignal<File>();
  const [look, setLook] = createSignal<Look>();
  const [job, setJob] = createSignal<ImportJob>();
  const [phase, setPhase] = createSignal<Phase>("idle");
  const [read, setRead] = createSignal(0);
  const [problem, setProblem] = createSignal<unknown>();
  const [resumed, setResumed] = createSignal(false);
  let stopped = false;
  onCleanup(() => {
    stopped = true;
  });
  const key = () => `${props.space} ${props.who}`;
  const placed = () => kind() === "bins" || kind() === "openings" || kind() === "asns";
  /** Bins are the space's, whoever stores there. */
  const owned = () => staff() && kind() !== "bins";
  const ready = () => (!owned() || owner() !== "") && (!placed() || warehouse() !== undefined);

  const renew = () => {
    setLook(undefined);
    setJob(undefined);
    setProblem(undefined);
    setResumed(false);
  };
  const attempt = async (work: () => Promise<void>) => {
    setProblem(undefined);
    stopped = false;
    try {
      await work();
    } catch (error) {
      setProblem(() => error);
      setJob((now) => now && { ...now, state: "stopped" });
    } finally {
      setPhase("idle");
    }
  };
  const examine = async (given: File) => {
    setPhase("reading");
    setRead(0);
    setLook(await lookAt(kind(), given, setRead));
  };
  const send = async (begun: ImportJob, given: File) => {
    setPhase("sending");
    setJob(begun);
    await rememberImport(begun, begun.batches === 0 ? given : undefined);
    const ended = await runImport(begun, given, sendBatch(props.space), setJob, () => stopped);
    if (ended.mode === "bring") void renewGoods(props.space);
    if (ended.state === "done") await forgetImport(begun.key);
  };
  const fresh = (mode: ImportJob["mode"], given: File): ImportJob => ({
    ...{ key: key(), kind: kind(), name: given.name, mode, state: "running" },
    ...(owned() ? { company: owner() } : {}),
    ...(placed() ? { warehouse: warehouse() } : {}),
    ...{ batches: 0, rows: 0, total: look()?.total, done: 0, faultCount: 0, faults: [] },
  });
  const begin = (mode: ImportJob["mode"]) => {
    const given = file();
    if (given) void attempt(() => send(fresh(mode, given), given));
  };
  const choose = (given: File | undefined) => {
    if (!given || !ready()) return;
    renew();
    setFile(given);
    void attempt(async () => {
      await examine(given);
      if ((look()?.ready ?? 0) > 0) await send(fresh("try", given), given);
    });
  };
  const goOn = () => {
    const [given, before] = [file(), job()];
    if (!given || !before) return;
    setResumed(false);
    void attempt(async () => {
      if (!look()) await examine(given);
      await send({ ...before, total: look()?.total }, given);
    });
  };
  createEffect(
    on(key, async (now) => {
      const found = await recallImport(now);
      if (!found || phase() !== "idle" || file()) return;
      const { job: before, file: given } = found;
      if (before.state === "done") return;
      setKind(before.kind);
      if (before.company !== undefined) setOwner(before.company);
      if (before.warehouse !== undefined) setPlace(before.warehouse);
      setFile(given);
      setJob({ ...before, state: "stopped" });
      setResumed(true);
    }),
  );

  const faults = (): ImportFault[] =>
    [...(look()?.faults ?? []), ...(job()?.faults ?? [])].sort((a, b) => a.row - b.row).slice(0, faultsMost);
  const faultCount = () => (look()?.faultCount ?? 0) + (job()?.faultCount ?? 0);
  const language = () => (lang() === "en" ? "en" : "zh");
  const columnName = (name: string) =>
    name === "file" ? t.file : headingOf(job()?.kind ?? kind(), name, language()).replace("*", "");
  const columns = (): Column<ImportFault>[] => [
    { key: "row", head: t.row, width: "72px", align: "end", cell: (one) => count(one.row) },
    { key: "column", head: t.column, width: "112px", cell: (one) => columnName(one.column) },
    { key: "reason", head: t.reason, cell: (one) => reasonSentence(one.reason) },
    { key: "value", head: t.value, width: "30%", from: "tablet", cell: (one) => one.value || "—" },
  ];
  const what = () => t.units[job()?.kind ?? kind()];
  const tried = () => job()?.mode === "try" && job()?.state === "done";
  const says = () => {
    if (phase() === "reading") return t.reading(count(read()));
    if (phase() === "sending") return job()?.mode === "try" ? t.trying : t.bringing;
    if (job()?.state === "done") return tried() ? t.tried : t.brought;
    return job() ? (job()?.mode === "try" ? t.tried : t.stopped) : "";
  };
  /** Rows that are through: answered, or held back by their own faults. */
  const through = () => (job()?.state === "done" ? (look()?.total ?? job()?.rows ?? 0) : (job()?.rows ?? 0));

  return (
    <div class="flex max-w-240 flex-col gap-4 p-4">
      <Tabs
        label={t.what}
        items={kinds().map((one) => ({ key: one, label: t.kinds[one] }))}
        value={kind()}
        onChange={(one) => {
          if (phase() !== "idle") return;
          setKind(one);
          setFile(undefined);
          renew();
        }}
      />
      <p class="text-pretty text-fg-2">{t.kindSay[kind()]}</p>
      <div class="flex flex-wrap gap-1">
        <ExportMenu
          small
          label={t.templateZh}
          name={`${t.kinds[kind()]}-模板`}
          rows={() => importTemplate(kind(), "zh")}
        />
        <ExportMenu small label={t.templateEn} name={`${kind()}-template`} rows={() => importTemplate(kind(), "en")} />
      </div>
      <div class="grid gap-3 tablet:grid-cols-2">
        <Show when={owned() && props.owners}>
          {(owners) => (
            <SelectField
              label={t.owner}
              bind={bound(owner, (value) => {
                setOwner(value);
                renew();
              })}
              options={[{ value: "", label: t.chooseOwner }, ...owners()]}
            />
          )}
        </Show>
        <Show when={placed() && props.warehouses.length > 1}>
          <SelectField
            label={t.warehouse}
            bind={bound(() => warehouse() ?? "", setPlace)}
            options={[...props.warehouses]}
          />
        </Show>
      </div>
      <Show when={resumed()}>
        <Note tone="info">{t.resumed(file()?.name ?? "")}</Note>
      </Show>
      <Show when={ready() && phase() === "idle"}>
        <div class="y-field">
          <span class="y-label">{t.file}</span>
          <DropZone label={t.file} accept=".csv,.xlsx,text/csv,text/plain" onFiles={([given]) => choose(given)}>
            <span>
              <Show when={file()} fallback={t.drop}>
                {(one) => one().name}
              </Show>{" "}
              <span class="y-link">{file() ? t.other : t.choose}</span>
            </span>
          </DropZone>
          <p class="y-hint">{t.hint}</p>
        </div>
      </Show>
      <Show when={says() !== ""}>
        <section class="flex flex-col gap-2" aria-label={t.title}>
          <p aria-live="polite" class="flex flex-wrap items-center gap-x-3">
            <b>{says()}</b>
            <Show when={job() && phase() !== "reading"}>
              <span class="text-fg-2 tabular-nums">
                {t.rows(count(through()), count(look()?.total ?? job()?.total ?? 0))}
              </span>
            </Show>
          </p>
          <Show when={phase() === "sending"}>
            <progress class="y-progress" aria-label={says()} value={through()} max={Math.max(1, look()?.total ?? 1)} />
          </Show>
          <p class="flex flex-wrap items-center gap-3">
            <Show when={job()}>
              {(now) => (
                <Status
                  is={now().mode === "try" ? "enough" : "done"}
                  text={now().mode === "try" ? t.fine(count(now().done), what()) : t.inNow(count(now().done), what())}
                />
              )}
            </Show>
            <Show when={faultCount() > 0}>
              <Status is="mismatch" text={t.faults(count(faultCount()))} />
            </Show>
          </p>
        </section>
      </Show>
      <Show when={look()?.ignored.length}>
        <p class="text-xs text-fg-2">{t.ignored(look()?.ignored.join(" · ") ?? "")}</p>
      </Show>
      <Show when={problem()}>
        <Note tone="bad" alert>
          {(problem() as { fault?: string }).fault ? t.unreadable : t.failedBy(explain(problem()))}
        </Note>
      </Show>
      <div class="flex flex-wrap items-center gap-3">
        <Switch>
          <Match when={phase() === "sending"}>
            <Button
              onClick={() => {
                stopped = true;
              }}
            >
              {t.stop}
            </Button>
          </Match>
          <Match when={phase() === "idle" && job()?.state === "stopped"}>
            <Button kind="primary" onClick={goOn}>
              {job()?.mode === "try" ? t.goOnTry : t.goOn}
            </Button>
          </Match>
          <Match when={phase() === "idle" && tried() && (job()?.done ?? 0) > 0}>
            <Button kind="primary" onClick={() => begin("bring")}>
              {t.bring(count(job()?.done ?? 0), what())}
            </Button>
          </Match>
        </Switch>
        <Show when={phase() === "idle" && faultCount() > 0}>
          <ExportMenu
            small
            label={t.faultFile}
            name={`${file()?.name.replace(/\.[^.]*$/, "") ?? kind()} ${t.faultFile}`}
            rows={() => [
              [t.row, t.column, t.reason, t.value],
              ...faults().map((one) => [one.row, columnName(one.column), reasonSentence(one.reason), one.value]),
            ]}
          />
        </Show>
      </div>
      <Show when={faults().length > 0}>
        <div class="flex h-96 flex-col border border-line">
          <DataTable
            label={t.faults(count(faultCount()))}
            rows={faults()}
            columns={columns()}
            rowKey={(one) => `${one.row} ${one.column} ${one.reason}`}
          />
        </div>
        <Show when={faultCount() > faultsMost}>
          <p class="text-xs text-fg-2">{t.faultsShown(count(faultsMost))}</p>
        </Show>
      </Show>
    </div>
  );
}
