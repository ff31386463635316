import { useParams } from "@solidjs/router";
import type { OpenCharge } from "@yihao/billing/model";
import { termsOfCard } from "@yihao/pricing/tariff";
import { createMemo, createSignal, Show } from "solid-js";
import { dayCell, money } from "../../format.ts";
import { Button, TextLink } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { media, PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { actionWords } from "./actions-words.ts";
import { BillingTabs } from "./billing-tabs.tsx";
import { ChargeDetail } from "./charge-detail.tsx";
import { ChargeDrawer } from "./charge-drawer.tsx";
import { chargeWords } from "./charges-words.ts";
import { CouponDrawer, CouponTable } from "./coupons.tsx";
import { useCompanyNames, useOpenCharges, useSummary } from "./data.ts";
import { ReductionDrawer } from "./reduction-drawer.tsx";
import { useRights } from "./rights.ts";
import { unpricedWork, useCard, useTariffs, useUsage } from "./tariff-data.ts";
import { deviceDay, nameOfCharge } from "./view.ts";

/** What is on no bill yet, each with why (未出账); charges by hand, reductions and coupons. */
export default function ChargesPage() {
  const params = useParams<{ space: string }>();
  return <Charges space={params.space} />;
}

function Charges(props: { space: string }) {
  const t = chargeWords();
  const why = actionWords();
  const rights = useRights(() => props.space);
  const tablet = media("(min-width: 768px)");
  const summary = useSummary(() => props.space);
  const today = () => summary.data?.today ?? deviceDay();
  const charges = useOpenCharges(
    () => props.space,
    () => true,
  );
  const names = useCompanyNames(() => props.space);
  const company = (id: string) => names.data?.find((one) => one.id === id)?.name ?? "—";
  const [tab, setTab] = createSignal<"unbilled" | "coupons">("unbilled");
  const [act, setAct] = createSignal<"charge" | "reduce" | "coupon">();
  const [current, setCurrent] = createSignal<string>();
  const rows = () => charges.data?.items ?? [];
  const chosen = createMemo(() => (tab() === "unbilled" ? rows().find(({ id }) => id === current()) : undefined));
  const sum = () => rows().reduce((total, one) => total + one.amountMinor, 0);
  const day = (one: OpenCharge) => dayCell(one.day, Number(today().slice(0, 4)));
  const wide = (): Column<OpenCharge>[] => [
    { key: "company", head: t.company, width: "20%", cell: (one) => company(one.company) },
    { key: "what", head: t.what, cell: nameOfCharge },
    { key: "day", head: t.day, width: "96px", cell: day },
    { key: "why", head: t.why, width: "28%", from: "desk", cell: (one) => why.why[one.why] },
    {
      key: "amount",
      head: t.amount,
      width: "124px",
      align: "end",
      cell: (one) => <b class="text-fg">{money(one.amountMinor)}</b>,
    },
  ];
  const narrow = (): Column<OpenCharge>[] => [
    {
      key: "company",
      head: t.company,
      cell: (one) => (
        <span class="block leading-5">
          <span class="block truncate">{nameOfCharge(one)}</span>
          <span class="block truncate text-xs text-fg-3">
            {company(one.company)} · {day(one)}
          </span>
        </span>
      ),
    },
    {
      key: "amount",
      head: t.amount,
      width: "112px",
      align: "end",
      cell: (one) => <b class="text-fg">{money(one.amountMinor)}</b>,
    },
  ];
  return (
    <>
      <PageHead
        title={t.title}
        tabs={<BillingTabs space={props.space} />}
        say={charges.data && t.say(rows().length, money(sum()), charges.data.more)}
        actions={
          <Show when={rights.mayRecord()}>
            <Show
              when={tab() === "unbilled"}
              fallback={
                <Button kind="primary" icon="plus" onClick={() => setAct("coupon")}>
                  {t.coupon}
                </Button>
              }
            >
              <Button icon="tag" onClick={() => setAct("reduce")}>
                {t.reduce}
              </Button>
              <Button kind="primary" icon="plus" onClick={() => setAct("charge")}>
                {t.add}
              </Button>
            </Show>
          </Show>
        }
      />
      <Panes
        detailOpen={chosen() !== undefined}
        detailTitle={chosen() ? company(chosen()?.company ?? "") : t.title}
        onCloseDetail={() => setCurrent(undefined)}
        detailWidth={400}
        work={
          <Pane label={t.list}>
            <div class="flex h-full min-h-0 flex-col">
              <div class="flex-none border-b border-line px-4">
                <Tabs
                  label={t.tabs}
                  items={(["unbilled", "coupons"] as const).map((key) => ({ key, label: t[key] }))}
                  value={tab()}
                  onChange={setTab}
                />
              </div>
              <Show
                when={tab() === "unbilled"}
                fallback={<CouponTable space={props.space} mayRetire={rights.mayRecord()} />}
              >
                <DataTable
                  label={t.list}
                  rows={rows()}
                  columns={tablet() ? wide() : narrow()}
                  rowKey={(one) => one.id}
                  rowHeight={tablet() ? 34 : 56}
                  current={current()}
                  onOpen={(one) => setCurrent(one.id)}
                  state={charges.isPending ? "loading" : charges.isError ? "error" : "ready"}
                  problem={charges.error}
                  errorTitle={t.notRead}
                  onRetry={() => charges.refetch()}
                  empty={<EmptyState title={t.none}>{t.noneSay}</EmptyState>}
                />
                <UnpricedNote space={props.space} month={today().slice(0, 7)} />
                <Show when={charges.data?.more}>
                  <p class="flex-none px-4 py-1 text-xs text-fg-2">{t.more}</p>
                </Show>
              </Show>
            </div>
          </Pane>
        }
        detail={
          <Show when={chosen()} fallback={<Pane label={t.title}>{t.pick}</Pane>} keyed>
            {(one) => (
              <ChargeDetail
                space={props.space}
                charge={one}
                companyName={company(one.company)}
                onGone={() => setCurrent(undefined)}
              />
            )}
          </Show>
        }
      />
      <Show when={act() === "charge"}>
        <ChargeDrawer space={props.space} today={today()} open onClose={() => setAct(undefined)} />
      </Show>
      <Show when={act() === "reduce"}>
        <ReductionDrawer space={props.space} today={today()} open onClose={() => setAct(undefined)} />
      </Show>
      <Show when={act() === "coupon"}>
        <CouponDrawer space={props.space} today={today()} open onClose={() => setAct(undefined)} />
      </Show>
    </>
  );
}

/** Work in the warehouse that is on no list of charges since it has no price: how many companies', and where it is listed. */
function UnpricedNote(props: { space: string; month: string }) {
  const t = chargeWords();
  const usage = useUsage(
    () => props.space,
    () => props.month,
  );
  const tariffs = useTariffs(() => props.space);
  const card = useCard(() => props.space);
  const companies = () =>
    tariffs.data && card.data
      ? unpricedWork(usage.data ?? [], { tariffs: tariffs.data, card: termsOfCard(card.data) }).length
      : 0;
  return (
    <Show when={companies() > 0}>
      <p class="flex-none border-t border-line px-4 py-2 text-xs text-fg-2">
        {t.unpriced(companies())} <TextLink href={`/s/${props.space}/billing/tariffs`}>{t.toTariffs}</TextLink>
      </p>
    </Show>
  );
}
