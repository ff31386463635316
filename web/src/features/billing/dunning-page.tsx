import { useNavigate, useParams, useSearchParams } from "@solidjs/router";
import { createMemo, createSignal, Show } from "solid-js";
import { dayCell, money } from "../../format.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { media, PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { BillingTabs } from "./billing-tabs.tsx";
import { useSummary } from "./data.ts";
import { type DunningRow, useDunning, useDunningSettings } from "./dunning-data.ts";
import { DunningDetail } from "./dunning-detail.tsx";
import { DunningDrawer } from "./dunning-drawer.tsx";
import { dunningWords } from "./dunning-words.ts";
import { useRights } from "./rights.ts";
import { deviceDay } from "./view.ts";

/** Dunning (催缴): who is late, at which level, and what comes next. */
export default function DunningPage() {
  const params = useParams<{ space: string }>();
  return <Dunning space={params.space} />;
}

/** What comes next to a company, in one line. */
export function nextSaid(one: DunningRow, year: number): string {
  const t = dunningWords();
  if (!one.next) return one.level > 0 ? t.last : "—";
  const day = dayCell(one.next.on, year);
  if (one.next.does === "resume") return t.resume(day);
  return one.next.does === "suspend" ? t.suspend(day) : t.remind(day, one.next.level);
}

/** The level of a company with its shape: what stops bookings is an alarm. */
export function LevelStatus(props: { row: DunningRow; chip?: boolean }) {
  const t = dunningWords();
  const chip = () => (props.chip ? { chip: true } : {});
  return (
    <Show
      when={props.row.suspendedAt}
      fallback={
        <Status {...chip()} is={props.row.level === 0 ? "dueSoon" : "overdue"} text={t.levelOf(props.row.level)} />
      }
    >
      <Status {...chip()} is="off" text={t.suspended} />
    </Show>
  );
}

function Dunning(props: { space: string }) {
  const t = dunningWords();
  const rights = useRights(() => props.space);
  const navigate = useNavigate();
  const [query] = useSearchParams<{ company?: string }>();
  const tablet = media("(min-width: 768px)");
  const rows = useDunning(() => props.space);
  const settings = useDunningSettings(() => props.space);
  const summary = useSummary(() => props.space);
  const [setting, setSetting] = createSignal(false);
  const year = () => Number((summary.data?.today ?? deviceDay()).slice(0, 4));
  const chosen = createMemo(() => rows.data?.items.find(({ company }) => company === query.company));
  const open = (company?: string) =>
    navigate(`/s/${props.space}/billing/dunning${company ? `?company=${company}` : ""}`, { scroll: false });
  const sum = () => (rows.data?.items ?? []).reduce((total, one) => total + one.openMinor, 0);
  const days = (one: DunningRow) => t.days(one.bills[0]?.daysOver ?? 0);
  const wide = (): Column<DunningRow>[] => [
    { key: "company", head: t.company, cell: (one) => one.companyName },
    { key: "days", head: t.daysOver, width: "112px", align: "end", cell: days },
    {
      key: "open",
      head: t.open,
      width: "132px",
      align: "end",
      cell: (one) => <b class="text-fg">{money(one.openMinor)}</b>,
    },
    { key: "next", head: t.next, width: "26%", from: "desk", cell: (one) => nextSaid(one, year()) },
    { key: "level", head: t.level, width: "148px", cell: (one) => <LevelStatus row={one} /> },
  ];
  const narrow = (): Column<DunningRow>[] => [
    {
      key: "company",
      head: t.company,
      cell: (one) => (
        <span class="block leading-5">
          <span class="block truncate">{one.companyName}</span>
          <span class="block truncate text-xs text-fg-3">{nextSaid(one, year())}</span>
        </span>
      ),
    },
    {
      key: "open",
      head: t.open,
      width: "140px",
      align: "end",
      cell: (one) => (
        <span class="block leading-5">
          <b class="block text-fg">{money(one.openMinor)}</b>
          <LevelStatus row={one} />
        </span>
      ),
    },
  ];
  return (
    <>
      <PageHead
        title={t.title}
        tabs={<BillingTabs space={props.space} />}
        say={rows.data && t.say(rows.data.items.length, money(sum()))}
        actions={
          <Show when={rights.mayRecord()}>
            <Button icon="settings" onClick={() => setSetting(true)}>
              {t.setUp}
            </Button>
          </Show>
        }
      />
      <Panes
        detailOpen={chosen() !== undefined}
        detailTitle={chosen()?.companyName ?? t.title}
        onCloseDetail={() => open()}
        detailWidth={440}
        work={
          <Pane label={t.list}>
            <DataTable
              label={t.list}
              rows={rows.data?.items ?? []}
              columns={tablet() ? wide() : narrow()}
              rowKey={(one) => one.company}
              rowHeight={tablet() ? 34 : 56}
              current={query.company}
              onOpen={(one) => open(one.company)}
              state={rows.isPending ? "loading" : rows.isError ? "error" : "ready"}
              problem={rows.error}
              errorTitle={t.notRead}
              onRetry={() => rows.refetch()}
              empty={
                <EmptyState title={rows.data?.on ? t.none : t.off}>{rows.data?.on ? t.noneSay : t.offSay}</EmptyState>
              }
            />
          </Pane>
        }
        detail={
          <Show when={chosen()} fallback={<Pane label={t.title}>{t.pick}</Pane>} keyed>
            {(one) => <DunningDetail space={props.space} row={one} year={year()} />}
          </Show>
        }
      />
      <Show when={setting() && settings.data}>
        {(now) => <DunningDrawer space={props.space} settings={now()} open onClose={() => setSetting(false)} />}
      </Show>
    </>
  );
}
