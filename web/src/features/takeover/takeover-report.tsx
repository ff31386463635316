import { compare } from "@yihao/takeover/control";
import type { TakeoverReport, TakeoverRow } from "@yihao/takeover/model";
import { For, Show } from "solid-js";
import { instantCell } from "../../format.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { ExportMenu } from "../../ui/export-menu.tsx";
import { Bar } from "../../ui/feedback.tsx";
import { Paper } from "../../ui/money-total.tsx";
import { Pane } from "../../ui/panes.tsx";
import { Reading } from "../../ui/reading.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { stillWorks, useReport } from "./data.ts";
import { TotalsTable } from "./totals-table.tsx";
import { measureOf, refusalSentence, reportRows } from "./view.ts";
import { takeoverWords } from "./words.ts";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The report of a file (接管报告): totals of the old books against what came in, and each row that did not. */
export function ReportPane(props: { space: string; takeover: string; back: string }) {
  const t = takeoverWords();
  const report = useReport(
    () => props.space,
    () => props.takeover,
  );
  return (
    <Pane label={t.report} flush={false}>
      <Reading asked={report} failed={t.reportNotRead} rows={6}>
        {(now) => <Report report={now()} back={props.back} />}
      </Reading>
    </Pane>
  );
}

function Report(props: { report: TakeoverReport; back: string }) {
  const t = takeoverWords();
  const done = () => props.report.taken + props.report.refused;
  const works = () => stillWorks(props.report);
  const totals = () => compare(props.report.kind, props.report.control, props.report.sums, props.report.takenSums);
  const refused = () => props.report.items.filter(({ state }) => state === "refused");
  const file = () => props.report.file || t.pasted;
  const columns = (): Column<TakeoverRow>[] => [
    { key: "row", head: t.row, width: "48px", align: "end", cell: (one) => one.row },
    { key: "company", head: t.company, cell: (one) => <b>{one.companyName}</b> },
    { key: "what", head: t.what, width: "176px", from: "tablet", cell: (one) => one.what },
    { key: "amount", head: t.amount, width: "112px", align: "end", cell: (one) => measureOf(props.report.kind, one) },
    {
      key: "state",
      head: t.state,
      width: "128px",
      cell: (one) => (
        <Status
          is={one.state === "taken" ? "enough" : one.state === "refused" ? "mismatch" : "queued"}
          text={t[one.state]}
        />
      ),
    },
  ];
  return (
    <div class="flex max-w-240 flex-col gap-4">
      <Show when={works()}>
        <Bar tone="info" title={t.working(done(), props.report.rows)} />
      </Show>
      <div class="flex flex-wrap items-center gap-2">
        <Button icon="print" disabled={works()} onClick={() => window.print()}>
          {t.print}
        </Button>
        <ExportMenu name={`${t.report}-${file()}`} rows={() => reportRows(props.report, totals())} />
        <LinkButton href={props.back}>{t.another}</LinkButton>
      </div>
      <Paper>
        <h2 class="text-md font-strong">
          {t.report} · {t.kinds[props.report.kind]}
        </h2>
        <p class="mb-3 text-xs text-fg-2">
          {file()} · {t.by(props.report.day, instantCell(props.report.at, zone))} · {t.currency(props.report.currency)}
        </p>
        <TotalsTable totals={totals()} taken />
        <h3 class="mt-4 mb-1 font-strong">{t.differences}</h3>
        <Show when={refused().length > 0} fallback={<p class="text-fg-2">{works() ? t.waiting : t.noDifferences}</p>}>
          <ul>
            <For each={refused()}>
              {(row) => (
                <li class="border-t border-line py-2 first:border-0">
                  <div class="flex flex-wrap items-baseline gap-x-3">
                    <span class="tabular-nums text-fg-2">
                      {t.row} {row.row}
                    </span>
                    <b>{row.companyName}</b>
                    <span>{row.what}</span>
                    <span class="ml-auto tabular-nums">{measureOf(props.report.kind, row)}</span>
                  </div>
                  <p class="text-xs text-fg-2">{refusalSentence(row)}</p>
                </li>
              )}
            </For>
          </ul>
        </Show>
      </Paper>
      <section class="flex flex-col gap-2" aria-label={t.rowsAll}>
        <h3 class="font-strong">{t.rowsAll}</h3>
        <div class="flex h-96 flex-col border border-line">
          <DataTable
            label={t.rowsAll}
            rows={props.report.items}
            columns={columns()}
            rowKey={(one) => String(one.row)}
          />
        </div>
      </section>
    </div>
  );
}
