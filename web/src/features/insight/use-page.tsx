import { useParams, useSearchParams } from "@solidjs/router";
import { type Use, useDaysMost } from "@yihao/insight/model";
import { plusDays } from "@yihao/kernel/days";
import { createMemo, createSignal, Match, Show, Switch } from "solid-js";
import { count, dayOf, percent } from "../../format.ts";
import { useNow } from "../../frame/data.ts";
import { kindNameWords } from "../../kinds.ts";
import { bound } from "../../ui/binding.ts";
import { LinkButton } from "../../ui/button.tsx";
import { Segmented, SelectField } from "../../ui/choice-field.tsx";
import { ExportMenu } from "../../ui/export-menu.tsx";
import { EmptyState, ErrorState, Loading } from "../../ui/feedback.tsx";
import { Metric, PageHead } from "../../ui/panes.tsx";
import { DateField } from "../../ui/text-field.tsx";
import { useSites, useUse } from "./data.ts";
import { InsightTabs } from "./insight-tabs.tsx";
import { UseCharts } from "./use-charts.tsx";
import { UseTable } from "./use-table.tsx";
import { fullestOf, heatOf, lineOf, type Span, spanOf, spans } from "./use-view.ts";
import { useWords } from "./use-words.ts";

/** How a site was used (使用情况): when it is full, what of it, by whom, and how long ahead people book. */
export default function UsePage() {
  const t = useWords();
  const params = useParams<{ space: string }>();
  const [search, setSearch] = useSearchParams<{ site?: string; from?: string; to?: string }>();
  const now = useNow();
  const sites = useSites(() => params.space);
  const site = () => sites.data?.items.find((one) => one.id === search.site) ?? sites.data?.items[0];
  const today = () => dayOf(now(), site()?.zone ?? "Asia/Shanghai");
  const from = () => search.from ?? spanOf("month", today()).from;
  const to = () => search.to ?? spanOf("month", today()).to;
  /** Nothing is asked that would be refused. */
  const tooLong = () => (to() < from() || plusDays(from(), useDaysMost) <= to() ? t.tooLong(useDaysMost) : undefined);
  const use = useUse(
    () => params.space,
    () => {
      const chosen = site();
      return chosen && !tooLong() ? { site: chosen.id, from: from(), to: to() } : undefined;
    },
  );
  const current = () => spans.find((one) => spanOf(one, today()).from === from() && spanOf(one, today()).to === to());
  const filters = () => (
    <div class="flex flex-none flex-wrap items-end gap-3 border-b border-line px-4 py-2">
      <Show when={(sites.data?.items.length ?? 0) > 1}>
        <SelectField
          label={t.site}
          options={(sites.data?.items ?? []).map(({ id, name }) => ({ value: id as string, label: name }))}
          bind={bound(
            () => site()?.id ?? "",
            (id) => setSearch({ site: id }),
          )}
        />
      </Show>
      <Segmented
        label={t.span}
        options={spans.map((value) => ({ value, label: t.spans[value] }))}
        bind={bound(
          () => current() ?? ("" as Span),
          (value) => setSearch(spanOf(value, today())),
        )}
      />
      <DateField
        label={t.from}
        today={today()}
        bind={bound(from, (day) => day && setSearch({ from: day, to: to() }))}
      />
      <DateField
        label={t.to}
        today={today()}
        bind={{ ...bound(to, (day) => day && setSearch({ from: from(), to: day })), fault: tooLong }}
      />
    </div>
  );
  return (
    <>
      <PageHead title={t.title} tabs={<InsightTabs space={params.space} current="use" />} />
      <Switch fallback={<Loading rows={10} />}>
        <Match when={sites.isError}>
          <div class="p-4">
            <ErrorState title={t.notRead} problem={sites.error} onRetry={() => sites.refetch()} />
          </div>
        </Match>
        <Match when={sites.data?.items.length === 0}>
          <EmptyState
            title={t.noSites}
            actions={
              <LinkButton kind="primary" href={`/s/${params.space}/settings/places`}>
                {t.places}
              </LinkButton>
            }
          >
            {t.noSitesSay}
          </EmptyState>
        </Match>
        <Match when={site()}>
          {(chosen) => (
            <>
              {filters()}
              <div class="min-h-0 flex-1 overflow-y-auto" aria-busy={use.isPlaceholderData}>
                <Switch fallback={<Loading rows={8} />}>
                  <Match when={tooLong()}>
                    <EmptyState title={t.notRead}>{tooLong()}</EmptyState>
                  </Match>
                  <Match when={use.isError && !use.data}>
                    <div class="p-4">
                      <ErrorState title={t.notRead} problem={use.error} onRetry={() => use.refetch()} />
                    </div>
                  </Match>
                  <Match when={use.data}>
                    {(data) => (
                      <Show
                        when={data().totals.bookings + data().totals.cancelled + data().totals.minutes > 0}
                        fallback={<EmptyState title={t.empty}>{t.emptySay}</EmptyState>}
                      >
                        <Report use={data()} site={chosen().name} />
                      </Show>
                    )}
                  </Match>
                </Switch>
              </div>
            </>
          )}
        </Match>
      </Switch>
    </>
  );
}

/** The figures, pictures and rows of one period. */
function Report(props: { use: Use; site: string }) {
  const t = useWords();
  const kinds = kindNameWords();
  const sum = (cells: readonly number[]) => cells.reduce((all, one) => all + one, 0);
  /** What had hours or bookings, what was booked fullest first. */
  const booked = () =>
    props.use.heat
      .filter(({ open, taken }) => sum(open) + sum(taken) > 0)
      .sort((a, b) => sum(b.taken) / Math.max(1, sum(b.open)) - sum(a.taken) / Math.max(1, sum(a.open)));
  const [wanted, setKind] = createSignal<string>();
  const kind = () => booked().find((one) => one.kind === wanted())?.kind ?? booked()[0]?.kind;
  const cells = createMemo(() => heatOf(props.use, kind()));
  const [by, setBy] = createSignal<"resources" | "companies">("resources");
  const totals = () => props.use.totals;
  const over = () => totals().checkedIn + totals().unseen;
  const unseenNote = () => {
    if (over() === 0) return t.times;
    const share = t.unseenNote(percent(totals().unseen / over()));
    return totals().released > 0 ? `${share} · ${t.released(totals().released)}` : share;
  };
  const rows = () => lineOf(props.use, by(), t, kinds);
  return (
    <>
      <div class="flex flex-wrap gap-x-10 gap-y-3 border-b border-line px-4 py-3">
        <Metric
          size="2xl"
          label={t.rate}
          value={percent(totals().openMinutes === 0 ? 0 : totals().minutes / totals().openMinutes, 1)}
          unit={t.rateNote(count(Math.round(totals().minutes / 60)), count(Math.round(totals().openMinutes / 60)))}
        />
        <Metric size="2xl" label={t.bookings} value={count(totals().bookings)} unit={t.times} />
        <Metric size="2xl" label={t.cancelled} value={count(totals().cancelled)} unit={t.times} />
        <Metric size="2xl" label={t.unseen} value={count(totals().unseen)} unit={unseenNote()} />
      </div>
      <Show when={booked().length > 1}>
        <div class="px-4 pt-3">
          <Segmented
            bare
            label={t.kind}
            options={booked().map((one) => ({ value: one.kind as string, label: kinds[one.kind] }))}
            bind={bound(() => kind() ?? "", setKind)}
          />
        </div>
      </Show>
      <UseCharts use={props.use} cells={cells()} fullest={fullestOf(cells())} />
      <section aria-label={t[by()]}>
        <header class="y-pane-head">
          <Segmented
            bare
            small
            label={t.by}
            options={[
              { value: "resources" as const, label: t.resources },
              { value: "companies" as const, label: t.companies },
            ]}
            bind={bound(by, setBy)}
          />
          <span class="flex-1" />
          <ExportMenu small name={t.fileOf(props.site, props.use.from, plusDays(props.use.until, -1))} rows={rows} />
        </header>
        <UseTable use={props.use} by={by()} />
      </section>
    </>
  );
}
