import { useParams } from "@solidjs/router";
import { type SimulatedUse, simulateUse } from "@yihao/billing/simulation";
import { plusMonths } from "@yihao/kernel/days";
import { termsOfCard } from "@yihao/pricing/tariff";
import { createMemo, createSignal, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { money, monthTitle } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { ExportMenu } from "../../ui/export-menu.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { media, PageHead, Pane } from "../../ui/panes.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { toast } from "../../ui/toast.tsx";
import { BillingTabs } from "./billing-tabs.tsx";
import { useCompanyNames } from "./data.ts";
import { useRights } from "./rights.ts";
import {
  endTariff,
  type TariffRow,
  type Unpriced,
  unpricedWork,
  useCard,
  useTariffs,
  useUsage,
} from "./tariff-data.ts";
import { TariffDrawer } from "./tariff-drawer.tsx";
import { SimulatedLines, TariffView } from "./tariff-view.tsx";
import { tariffWords } from "./tariff-words.ts";
import { deviceDay } from "./view.ts";

/** What storage and handling cost (云仓价目), and what a month would have cost under it, for those who may see money. */
export default function TariffsPage() {
  const params = useParams<{ space: string }>();
  return <Page space={params.space} />;
}

function Page(props: { space: string }) {
  const t = tariffWords();
  const rights = useRights(() => props.space);
  const tariffs = useTariffs(() => props.space);
  const companies = useCompanyNames(() => props.space);
  const tablet = media("(min-width: 768px)");
  const [adding, setAdding] = createSignal(false);
  const [busy, setBusy] = createSignal<string>();
  const [shown, setShown] = createSignal<string>();
  const seen = () => tariffs.data?.find(({ id }) => id === shown());
  const today = deviceDay();
  const next = plusMonths(today.slice(0, 7), 1);
  const nameOf = (company: string | undefined) =>
    company === undefined ? t.all : (companies.data?.find(({ id }) => id === company)?.name ?? company);
  const end = async (row: TariffRow) => {
    setBusy(row.id);
    try {
      await endTariff(props.space, row, row.from > next ? row.from : next, newIntent());
      toast({ text: t.ended, tone: "good" });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setBusy(undefined);
    }
  };
  const ending = (row: TariffRow) => (
    <Show when={row.until === undefined && rights.mayPrice()}>
      <Button size="sm" busy={busy() === row.id} onClick={() => void end(row)}>
        {t.end}
      </Button>
    </Show>
  );
  const columns = (): Column<TariffRow>[] => [
    {
      ...{ key: "name", head: t.name },
      cell: ({ name, company }) => (
        <Show when={!tablet()} fallback={<span class="truncate">{name}</span>}>
          <span class="block leading-5 whitespace-normal">
            {name}
            <span class="block text-xs text-fg-3">{nameOf(company)}</span>
          </span>
        </Show>
      ),
    },
    { key: "for", head: t.forWhom, width: "18%", from: "tablet", cell: ({ company }) => nameOf(company) },
    {
      ...{ key: "months", head: t.months, width: tablet() ? "20%" : "44%" },
      cell: (row) => (
        <span class="block leading-5 whitespace-normal">
          {t.monthsOf(row.from, row.until ?? "")}
          <Show when={!tablet()}>
            <span class="block">{ending(row)}</span>
          </Show>
        </span>
      ),
    },
    ...(tablet()
      ? ([
          { key: "storage", head: t.storage, width: "24%", from: "desk", cell: ({ storage }) => t.rules[storage.by] },
          { key: "end", head: "", width: "188px", align: "end", cell: ending },
        ] satisfies Column<TariffRow>[])
      : []),
  ];
  return (
    <>
      <PageHead
        title={t.title}
        say={t.say}
        tabs={<BillingTabs space={props.space} />}
        actions={
          <Show when={rights.mayPrice()}>
            <Button kind="primary" onClick={() => setAdding(true)}>
              {t.add}
            </Button>
          </Show>
        }
      />
      <Pane label={t.title}>
        <div class="min-h-0 flex-1 overflow-y-auto">
          <section aria-label={t.list}>
            <DataTable
              label={t.list}
              rows={tariffs.data ?? []}
              rowHeight={tablet() ? 32 : 80}
              columns={columns()}
              rowKey={({ id }) => id}
              onOpen={({ id }) => setShown(id)}
              state={tariffs.isPending ? "loading" : tariffs.isError ? "error" : "ready"}
              problem={tariffs.error}
              errorTitle={t.notRead}
              onRetry={() => tariffs.refetch()}
              empty={<EmptyState title={t.none}>{t.noneSay}</EmptyState>}
            />
          </section>
          <Show when={(tariffs.data?.length ?? 0) > 0}>
            <Simulation space={props.space} today={today} tariffs={tariffs.data ?? []} />
          </Show>
        </div>
      </Pane>
      <Show when={seen()} keyed>
        {(one) => <TariffView tariff={one} forWhom={nameOf(one.company)} onClose={() => setShown(undefined)} />}
      </Show>
      <Show when={adding()}>
        <TariffDrawer space={props.space} today={today} onClose={() => setAdding(false)} />
      </Show>
    </>
  );
}

/** What a month's use would have cost under a tariff (试算), company by company and in all. */
function Simulation(props: { space: string; today: string; tariffs: readonly TariffRow[] }) {
  const t = tariffWords();
  const [month, setMonth] = createSignal(props.today.slice(0, 7));
  const [wanted, setWanted] = createSignal<string>();
  const [opened, setOpened] = createSignal<string>();
  const usage = useUsage(() => props.space, month);
  const card = useCard(() => props.space);
  const chosen = () => props.tariffs.find(({ id }) => id === wanted()) ?? props.tariffs.at(-1);
  const rows = createMemo((): SimulatedUse[] => {
    const [terms, prices] = [chosen(), card.data];
    if (!terms || !prices) return [];
    return simulateUse(usage.data ?? [], { tariffs: props.tariffs, card: termsOfCard(prices), wanted: terms });
  });
  const free = createMemo((): Unpriced[] => {
    const prices = card.data;
    return prices ? unpricedWork(usage.data ?? [], { tariffs: props.tariffs, card: termsOfCard(prices) }) : [];
  });
  const freeColumns = (): Column<Unpriced>[] => [
    { key: "company", head: t.company, width: "40%", cell: ({ name }) => <span class="truncate">{name}</span> },
    {
      key: "work",
      head: t.operation,
      cell: ({ operations }) => (
        <span class="whitespace-normal">{operations.map((one) => t.operations[one]).join(t.comma)}</span>
      ),
    },
  ];
  const sum = (of: (row: SimulatedUse) => number) => rows().reduce((total, row) => total + of(row), 0);
  const signed = (minor: number) => money(minor, { sign: true });
  const number = (
    key: string,
    head: string,
    of: (row: SimulatedUse) => string,
    total: string,
  ): Column<SimulatedUse> => ({
    ...{ key, head, width: "132px", align: "end", cell: of, total: <b>{total}</b> },
  });
  const columns = (): Column<SimulatedUse>[] => [
    { key: "company", head: t.company, cell: ({ name }) => <span class="truncate">{name}</span>, total: t.total },
    { ...number("now", t.now, ({ nowMinor }) => money(nowMinor), money(sum((row) => row.nowMinor))), from: "tablet" },
    number("after", t.after, ({ thenMinor }) => money(thenMinor), money(sum((row) => row.thenMinor))),
    number(
      "change",
      t.change,
      ({ nowMinor, thenMinor }) => signed(thenMinor - nowMinor),
      signed(sum((row) => row.thenMinor - row.nowMinor)),
    ),
  ];
  return (
    <section class="border-t border-line" aria-label={t.simulate}>
      <header class="y-pane-head">
        <h2>{t.simulate}</h2>
        <span class="min-w-0 flex-1 truncate text-xs text-fg-3">{t.simulateSay}</span>
        <ExportMenu
          small
          name={t.file(month(), chosen()?.name ?? "")}
          rows={() => [
            [t.company, t.now, t.after, t.change],
            ...rows().map(({ name, nowMinor, thenMinor }) => [
              ...[name, nowMinor / 100, thenMinor / 100, (thenMinor - nowMinor) / 100],
            ]),
          ]}
        />
      </header>
      <div class="flex flex-wrap items-end gap-3 border-b border-line px-4 py-2">
        <SelectField
          label={t.month}
          options={Array.from({ length: 13 }, (_, at) => plusMonths(props.today.slice(0, 7), -at)).map((value) => ({
            value,
            label: monthTitle(value),
          }))}
          bind={bound(month, setMonth)}
        />
        <SelectField
          label={t.tariff}
          options={props.tariffs.map(({ id, name }) => ({ value: id as string, label: name }))}
          bind={bound(() => chosen()?.id ?? "", setWanted)}
        />
      </div>
      <DataTable
        label={t.simulate}
        rows={rows()}
        columns={columns()}
        rowKey={({ company }) => company}
        state={usage.isPending ? "loading" : usage.isError ? "error" : "ready"}
        problem={usage.error}
        errorTitle={t.noUseRead}
        onRetry={() => usage.refetch()}
        onOpen={({ company }) => setOpened(company)}
        empty={<p class="px-4 py-3 text-fg-2">{t.noUse}</p>}
      />
      <Show when={rows().find(({ company }) => company === opened())} keyed>
        {(row) => <SimulatedLines row={row} onClose={() => setOpened(undefined)} />}
      </Show>
      <Show when={usage.data && card.data}>
        <header class="y-pane-head border-t border-line">
          <h3>{t.unpriced}</h3>
          <span class="min-w-0 flex-1 text-xs text-fg-3">{t.unpricedSay}</span>
        </header>
        <DataTable
          label={t.unpriced}
          rows={free()}
          columns={freeColumns()}
          rowKey={({ company }) => company}
          state="ready"
          empty={<p class="px-4 py-3 text-fg-2">{t.unpricedNone}</p>}
        />
      </Show>
    </section>
  );
}
