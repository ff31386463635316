import { useParams } from "@solidjs/router";
import {
  type MonthFacts,
  type SimulatedLine,
  simulateMonth,
  sumsBy,
  sumsOf,
  type Wanted,
} from "@yihao/billing/simulation";
import { plusMonths } from "@yihao/kernel/days";
import type { Plan, RateCard, Stream } from "@yihao/pricing/model";
import { createMemo, createSignal, createUniqueId, For, type JSX, Match, Show, Switch } from "solid-js";
import { money, monthTitle } from "../../format.ts";
import { rateListWords } from "../../rate-list-words.ts";
import { streamWords } from "../../streams.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { ExportMenu } from "../../ui/export-menu.tsx";
import { EmptyState, ErrorState, Loading, Note } from "../../ui/feedback.tsx";
import { Metric, media, PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { BillingTabs } from "./billing-tabs.tsx";
import { ChangeFields } from "./simulation-change.tsx";
import { StreamBars } from "./simulation-chart.tsx";
import { useBookingUse, useDuesUse, usePlans, usePlanUse, usePricesHeld } from "./simulation-data.ts";
import { SimulatedThings } from "./simulation-lines.tsx";
import {
  asItIs,
  changedSince,
  type Draft,
  type DraftFault,
  draftFault,
  exportRows,
  heldDay,
  wantedOf,
} from "./simulation-view.ts";
import { simulationWords } from "./simulation-words.ts";
import { useCard, useTariffs, useUsage } from "./tariff-data.ts";
import { deviceDay } from "./view.ts";

/** What a month would have cost under other prices (试算), for those who may see bills. Nothing is written. */
export default function SimulationPage() {
  const params = useParams<{ space: string }>();
  return <Page space={params.space} />;
}

function Page(props: { space: string }) {
  const t = simulationWords();
  const wide = media("(min-width: 1120px)");
  const today = deviceDay();
  const [month, setMonth] = createSignal(plusMonths(today.slice(0, 7), -1));
  const space = () => props.space;
  const [card, tariffs, plans] = [useCard(space), useTariffs(space), usePlans(space)];
  const [bookings, used, goods] = [useBookingUse(space, month), usePlanUse(space, month), useUsage(space, month)];
  const dues = useDuesUse(space, month);
  const [draft, setDraft] = createSignal<Draft>(asItIs);
  const held = usePricesHeld(space, () => heldDay(draft()));
  const waiting = () => heldDay(draft()) !== "" && heldPrices() === undefined && !held.isError;
  const heldPrices = () => (held.data?.day === heldDay(draft()) ? held.data : undefined);
  const all = [card, tariffs, plans, bookings, used, dues, goods] as const;
  const failed = () => all.find((one) => one.isError && one.data === undefined);
  const [wanted, setWanted] = createSignal<Wanted>({});
  const [fault, setFault] = createSignal<DraftFault>();
  const facts = createMemo(() => {
    if (!card.data || !tariffs.data || !bookings.data || !used.data || !dues.data || !goods.data) return undefined;
    return {
      ...{ month: month(), card: card.data as RateCard, bookings: bookings.data, plans: used.data },
      ...{ dues: dues.data, goods: goods.data, tariffs: tariffs.data },
    };
  });
  const lines = createMemo((): SimulatedLine[] => {
    const known = facts();
    return known ? simulateMonth(known, wanted()) : [];
  });
  const change = (next: Partial<Draft>) => {
    setFault(undefined);
    setDraft({ ...draft(), ...next });
  };
  let found: HTMLDivElement | undefined;
  const run = () => {
    const known = facts();
    if (!known) return;
    const card = heldPrices()?.card as RateCard | null | undefined;
    setFault(draftFault(draft(), card));
    if (fault() !== undefined) return;
    setWanted(wantedOf(draft(), { tariffs: known.tariffs, held: card }));
    // Where the result stands below what is asked it comes into sight.
    if (!wide()) requestAnimationFrame(() => found?.scrollIntoView({ block: "start" }));
  };
  const reset = () => {
    setFault(undefined);
    setDraft(asItIs);
    setWanted({});
  };
  const id = createUniqueId();
  const fields = () => (
    <form
      id={id}
      class="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        run();
      }}
    >
      <SelectField
        label={t.month}
        options={Array.from({ length: 13 }, (_, at) => plusMonths(today.slice(0, 7), -at)).map((value) => ({
          value,
          label: monthTitle(value),
        }))}
        bind={bound(month, setMonth)}
      />
      <Show when={facts()} fallback={<Loading rows={4} />}>
        {(known) => (
          <ChangeFields
            today={today}
            draft={draft()}
            set={change}
            card={known().card}
            held={heldPrices()}
            heldFailed={held.isError}
            bookings={known().bookings}
            used={known().plans}
            dues={known().dues}
            plans={(plans.data ?? []) as readonly Plan[]}
            tariffs={known().tariffs}
          />
        )}
      </Show>
    </form>
  );
  const acts = () => (
    <div class="flex min-w-0 flex-1 flex-col gap-2">
      <Show when={fault()}>
        {(one) => (
          <p class="text-bad-fg" role="alert">
            {faultSaid(one())}
          </p>
        )}
      </Show>
      <div class="flex gap-2">
        <Button type="submit" form={id} kind="primary" disabled={!facts() || waiting()}>
          {t.run}
        </Button>
        <Button kind="text" onClick={reset}>
          {t.reset}
        </Button>
      </div>
    </div>
  );
  const result = (stacked?: JSX.Element) => (
    <Pane label={t.result}>
      <div class="min-h-0 flex-1 overflow-y-auto">
        {stacked}
        <Switch fallback={<Loading rows={8} slow={t.reading} />}>
          <Match when={failed()}>
            {(one) => (
              <div class="p-4">
                <ErrorState
                  title={t.notRead}
                  problem={one().error}
                  onRetry={() => void Promise.all(all.map((each) => (each.isError ? each.refetch() : undefined)))}
                />
              </div>
            )}
          </Match>
          <Match when={card.data === null}>
            <EmptyState title={t.noCard}>{t.noCardSay}</EmptyState>
          </Match>
          <Match when={facts() && lines().length === 0}>
            <EmptyState title={t.none}>{t.noneSay}</EmptyState>
          </Match>
          <Match when={facts()}>
            {(known) => (
              <div
                ref={(element) => {
                  found = element;
                }}
              >
                <Result month={month()} lines={lines()} unchargedMinor={unchargedOf(lines(), known())} />
              </div>
            )}
          </Match>
        </Switch>
      </div>
    </Pane>
  );
  return (
    <>
      <PageHead title={t.title} say={t.say} tabs={<BillingTabs space={props.space} />} />
      <Show
        when={wide()}
        fallback={
          <Panes
            work={result(
              <section class="flex flex-col gap-5 border-b border-line p-4" aria-label={t.change}>
                {fields()}
                {acts()}
              </section>,
            )}
          />
        }
      >
        <Panes
          listWidth={344}
          list={
            <Pane title={t.change} label={t.change} flush={false} foot={acts()}>
              {fields()}
            </Pane>
          }
          work={result()}
        />
      </Show>
    </>
  );
}

/** What plans and rents are due for the month and were not charged by now. */
const unchargedOf = (lines: readonly SimulatedLine[], { plans, dues }: Pick<MonthFacts, "plans" | "dues">) =>
  [...plans, ...dues.flatMap(({ rents }) => rents)].reduce(
    (left, { chargedMinor }) => left - chargedMinor,
    sumsOf(lines.filter(({ of }) => of === "plan" || of === "rent")).nowMinor,
  );

/** What keeps a simulation from being made. */
function faultSaid(fault: DraftFault): string {
  const t = simulationWords();
  if (fault === "price") return t.wrong;
  return fault === "held" ? t.noHeld : rateListWords().faults[fault.fault](fault.rate + 1);
}

function Result(props: { month: string; lines: readonly SimulatedLine[]; unchargedMinor: number }) {
  const t = simulationWords();
  const names = streamWords();
  const [stream, setStream] = createSignal<Stream | "">("");
  const [opened, setOpened] = createSignal<string>();
  const sums = createMemo(() => sumsOf(props.lines));
  const streams = createMemo(() => sumsBy(props.lines, (line) => line.stream));
  const shown = () => (streams().some(({ key }) => key === stream()) ? stream() : "");
  const companies = createMemo(() =>
    sumsBy(
      props.lines.filter((line) => shown() === "" || line.stream === shown()),
      ({ company }) => company,
    ),
  );
  type Row = ReturnType<typeof companies>[number];
  const nameOf = ({ lines: [first] }: Row) => first?.companyName || t.guests;
  const signed = (minor: number) => money(minor, { sign: true });
  const changed = () => changedSince(props.lines);
  const total = (of: (row: Row) => number) => companies().reduce((sum, row) => sum + of(row), 0);
  const number = (key: string, head: string, of: (row: Row) => number, say = money): Column<Row> => ({
    ...{ key, head, width: "124px", align: "end", cell: (row) => say(of(row)), total: <b>{say(total(of))}</b> },
  });
  const columns = (): Column<Row>[] => [
    { key: "company", head: t.company, cell: (row) => <span class="truncate">{nameOf(row)}</span>, total: t.total },
    { ...number("now", t.now, ({ nowMinor }) => nowMinor), from: "tablet" },
    number("then", t.after, ({ thenMinor }) => thenMinor),
    number("difference", t.difference, ({ nowMinor, thenMinor }) => thenMinor - nowMinor, signed),
  ];
  const chosen = () => companies().find(({ key }) => key === opened());
  return (
    <>
      <div class="flex flex-wrap gap-x-10 gap-y-3 border-b border-line px-4 py-3" aria-live="polite">
        <Metric size="2xl" label={t.now} value={money(sums().nowMinor)} unit={t.nowSay} />
        <Metric size="2xl" label={t.after} value={money(sums().thenMinor)} unit={t.thenSay} />
        <Metric size="2xl" label={t.difference} value={signed(sums().thenMinor - sums().nowMinor)} />
      </div>
      <Show when={changed().count > 0 || props.unchargedMinor !== 0}>
        <div class="flex flex-col gap-2 border-b border-line px-4 py-3">
          <Show when={changed().count > 0}>
            <Note>{t.changedSince(changed().count, signed(changed().minor))}</Note>
          </Show>
          <Show when={props.unchargedMinor !== 0}>
            <Note>{t.uncharged(money(props.unchargedMinor))}</Note>
          </Show>
        </div>
      </Show>
      <StreamBars rows={streams()} current={shown()} onPick={setStream} />
      <section class="border-t border-line" aria-label={t.byCompany}>
        <header class="y-pane-head">
          <h2 class="min-w-0 flex-1 truncate">
            {shown() === "" ? t.byCompany : t.byCompanyOf(names[shown() as Stream])}
          </h2>
          <ExportMenu
            small
            about={t.byCompany}
            name={t.file(props.month)}
            rows={() =>
              exportRows(props.lines, [t.company, t.stream, t.now, t.after, t.difference], {
                stream: (one) => names[one],
                guests: t.guests,
              })
            }
          />
        </header>
        <DataTable
          label={t.byCompany}
          rows={companies()}
          columns={columns()}
          // Guests stand under no company; a row has a key all the same.
          rowKey={({ key }) => key || "guests"}
          onOpen={({ key }) => setOpened(key)}
          state="ready"
        />
      </section>
      <section class="border-t border-line px-4 py-3" aria-label={t.held}>
        <h2 class="text-md">{t.held}</h2>
        <ul class="mt-1 flex max-w-prose list-disc flex-col gap-1 pl-4 text-xs text-fg-2">
          <For each={Object.values(t.heldItems)}>{(item) => <li>{item}</li>}</For>
        </ul>
      </section>
      <Show when={chosen()} keyed>
        {(row) => <SimulatedThings name={nameOf(row)} lines={row.lines} onClose={() => setOpened(undefined)} />}
      </Show>
    </>
  );
}
