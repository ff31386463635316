import { useParams, useSearchParams } from "@solidjs/router";
import type { Streams } from "@yihao/insight/stream-model";
import { noSite } from "@yihao/insight/stream-model";
import { type Stream, streams } from "@yihao/pricing/model";
import { createMemo, createSignal, Match, Show, Switch } from "solid-js";
import { count, monthShort, monthTitle } from "../../format.ts";
import { streamWords } from "../../streams.ts";
import { bound } from "../../ui/binding.ts";
import { Button, LinkButton, TextLink } from "../../ui/button.tsx";
import { Segmented, SelectField } from "../../ui/choice-field.tsx";
import { ExportMenu } from "../../ui/export-menu.tsx";
import { EmptyState, ErrorState, Loading } from "../../ui/feedback.tsx";
import { PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { Reading } from "../../ui/reading.tsx";
import { BillingTabs } from "./billing-tabs.tsx";
import { CostsDrawer, SizesDrawer } from "./costs-drawer.tsx";
import { StreamLines } from "./stream-lines.tsx";
import { IncomeCharts, RecurringCharts } from "./streams-charts.tsx";
import { useEntries, useMovers, useRecurring, useStreams } from "./streams-data.ts";
import { CompanyTable, MoverTable, StreamFigures, StreamTable } from "./streams-tables.tsx";
import { companyRows, exportRows, figuresOf, streamRows } from "./streams-view.ts";
import { streamPageWords } from "./streams-words.ts";

/** Revenue streams (收入) for those who may see money. */
export default function StreamsPage() {
  const params = useParams<{ space: string }>();
  return <Page space={params.space} />;
}

const periods = ["12", "24", "36"] as const;

function Page(props: { space: string }) {
  const t = streamPageWords();
  const [search, setSearch] = useSearchParams<{ months?: string; site?: string; month?: string; stream?: string }>();
  const months = () => Number(periods.find((one) => one === search.months) ?? "12");
  const site = () => search.site ?? "";
  const [taken, setTaken] = createSignal(0);
  const read = useStreams(() => props.space, months, setTaken);
  const [act, setAct] = createSignal<"costs" | "sizes">();
  const [company, setCompany] = createSignal<string>();
  const month = () =>
    read.data?.months.find((one) => one.month === search.month) ??
    read.data?.months.findLast(({ cells }) => cells.length > 0) ??
    read.data?.months.at(-1);
  const stream = (): Stream | "" => streams.find((one) => one === search.stream) ?? "";
  const entries = useEntries(
    () => props.space,
    () => month()?.month,
  );
  const rows = createMemo(() => companyRows(entries.data ?? [], site(), stream()));
  const chosen = () => rows().find((row) => row.company === company());
  const names = streamWords();
  const siteName = (id: string) =>
    id === noSite ? t.shared : (read.data?.sites.find((one) => one.id === id)?.name ?? id);
  const heads = () => [t.month, t.site, t.stream, t.net, t.tax, t.credited] as const;
  return (
    <>
      <PageHead
        title={t.title}
        say={t.say}
        tabs={<BillingTabs space={props.space} />}
        actions={
          <>
            <TextLink href={`/s/${props.space}/billing`}>{t.ageing}</TextLink>
            <ExportMenu
              name={t.fileOf(months())}
              rows={() => (read.data ? exportRows(read.data, heads(), names, siteName) : [])}
            />
            <Show when={read.data}>
              <Button onClick={() => setAct("sizes")}>{t.setSizes}</Button>
              <Button onClick={() => setAct("costs")}>{t.setCosts}</Button>
            </Show>
          </>
        }
      />
      <Panes
        detailOpen={chosen() !== undefined}
        detailTitle={chosen()?.name ?? t.lines}
        detailWidth={440}
        onCloseDetail={() => setCompany(undefined)}
        work={
          <Pane label={t.title}>
            <Switch fallback={<Loading rows={10} slow={taken() > 0 ? t.filling(count(taken())) : ""} />}>
              <Match when={read.isError && !read.data}>
                <div class="p-4">
                  <ErrorState title={t.notRead} problem={read.error} onRetry={() => read.refetch()} />
                </div>
              </Match>
              <Match when={read.data}>
                {(data) => (
                  <div class="min-h-0 flex-1 overflow-y-auto">
                    <Filters
                      read={data()}
                      months={String(months()) as (typeof periods)[number]}
                      site={site()}
                      month={month()?.month ?? ""}
                      stream={stream()}
                      siteName={siteName}
                      set={(next) => {
                        setCompany(undefined);
                        setSearch(next, { replace: true });
                      }}
                    />
                    <Show
                      when={data().months.some(({ cells }) => cells.length > 0)}
                      fallback={
                        <EmptyState
                          title={t.none}
                          actions={<LinkButton href={`/s/${props.space}/billing`}>{t.toBills}</LinkButton>}
                        >
                          {t.noneSay}
                        </EmptyState>
                      }
                    >
                      <StreamFigures figures={figuresOf(data(), site())} months={months()} />
                      <IncomeCharts read={data()} site={site()} month={month()?.month ?? ""} />
                      <section aria-label={t.streamsTable(monthShort(month()?.month ?? ""))}>
                        <header class="y-pane-head">
                          <h2>{t.streamsTable(monthTitle(month()?.month ?? ""))}</h2>
                        </header>
                        <StreamTable
                          rows={streamRows(month(), before(data(), month()?.month), site())}
                          month={month()?.month ?? ""}
                          current={stream()}
                          onOpen={(next) =>
                            setSearch({ stream: stream() === next ? undefined : next }, { replace: true })
                          }
                        />
                      </section>
                      <section class="border-t border-line" aria-label={t.companies}>
                        <header class="y-pane-head">
                          <h2 class="min-w-0 flex-1 truncate">
                            {t.companiesOf(monthTitle(month()?.month ?? ""), names[stream() as Stream] ?? "")}
                          </h2>
                          <ExportMenu
                            small
                            about={t.companies}
                            name={t.companyFile(month()?.month ?? "")}
                            rows={() => [
                              [t.company, t.documents, t.net, t.credited],
                              ...rows().map((row) => [
                                ...[row.name, row.documents, row.netMinor / 100, row.creditedMinor / 100],
                              ]),
                            ]}
                          />
                        </header>
                        <CompanyTable
                          rows={rows()}
                          label={t.companies}
                          current={company()}
                          onOpen={setCompany}
                          state={entries.isPending ? "loading" : entries.isError ? "error" : "ready"}
                          problem={entries.error}
                          onRetry={() => entries.refetch()}
                        />
                      </section>
                    </Show>
                    <Recurring space={props.space} months={months()} month={data().months.at(-1)?.month ?? ""} />
                  </div>
                )}
              </Match>
            </Switch>
          </Pane>
        }
        detail={
          <Show when={chosen()} fallback={<Pane label={t.lines}>{t.pick}</Pane>} keyed>
            {(row) => (
              <StreamLines
                space={props.space}
                month={month()?.month ?? ""}
                company={row.company}
                name={row.name}
                site={site()}
                stream={stream()}
              />
            )}
          </Show>
        }
      />
      <Show when={act() === "costs" && month()}>
        {(one) => <CostsDrawer space={props.space} costs={one().costs} onClose={() => setAct(undefined)} />}
      </Show>
      <Show when={act() === "sizes" && read.data}>
        {(data) => (
          <SizesDrawer
            space={props.space}
            sizes={data().sizes}
            sites={data().sites}
            onClose={() => setAct(undefined)}
          />
        )}
      </Show>
    </>
  );
}

const before = (read: Streams, month: string | undefined) =>
  read.months[read.months.findIndex((one) => one.month === month) - 1];

type Wish = { months?: string | undefined; site?: string | undefined; month?: string; stream?: string | undefined };

/** Which months, site, month and stream are looked at; they stay in the address. */
function Filters(props: {
  read: Streams;
  months: (typeof periods)[number];
  site: string;
  month: string;
  stream: Stream | "";
  siteName: (site: string) => string;
  set: (wish: Wish) => void;
}) {
  const t = streamPageWords();
  const names = streamWords();
  const sites = () => [...props.read.sites.map(({ id }) => id), noSite];
  return (
    <div class="flex flex-none flex-wrap items-end gap-3 border-b border-line px-4 py-2">
      <Segmented
        label={t.period}
        options={periods.map((value) => ({ value, label: t.lastMonths(Number(value)) }))}
        bind={bound(
          () => props.months,
          (value) => props.set({ months: value === "12" ? undefined : value }),
        )}
      />
      <SelectField
        label={t.month}
        options={[...props.read.months].reverse().map(({ month }) => ({ value: month, label: monthTitle(month) }))}
        bind={bound(
          () => props.month,
          (month) => props.set({ month }),
        )}
      />
      <Show when={props.read.sites.length > 1}>
        <SelectField
          label={t.site}
          options={[
            { value: "", label: t.allSites },
            ...sites().map((value) => ({ value, label: props.siteName(value) })),
          ]}
          bind={bound(
            () => props.site,
            (value) => props.set({ site: value || undefined }),
          )}
        />
      </Show>
      <SelectField
        label={t.stream}
        options={[
          { value: "" as const, label: t.allStreams },
          ...streams.map((value) => ({ value, label: names[value] })),
        ]}
        bind={bound(
          () => props.stream,
          (value) => props.set({ stream: value || undefined }),
        )}
      />
    </div>
  );
}

/** Recurring revenue with its changes, the forecast, and who changed in the running month. */
function Recurring(props: { space: string; months: number; month: string }) {
  const t = streamPageWords();
  const recurring = useRecurring(
    () => props.space,
    () => props.months,
  );
  const movers = useMovers(
    () => props.space,
    () => props.month,
  );
  return (
    <div class="border-t border-line">
      <Reading asked={recurring} title={t.mrr} failed={t.notRead} rows={5}>
        {(view) => <RecurringCharts view={view()} />}
      </Reading>
      <section aria-label={t.movers(monthShort(props.month))}>
        <header class="y-pane-head">
          <h2>{t.movers(monthTitle(props.month))}</h2>
        </header>
        <MoverTable
          rows={movers.data ?? []}
          month={props.month}
          state={movers.isPending ? "loading" : movers.isError ? "error" : "ready"}
        />
      </section>
    </div>
  );
}
