import { useParams, useSearchParams } from "@solidjs/router";
import type { PlatformBill } from "@yihao/billing/platform-model";
import { createSignal, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { fapiaoWords } from "../../fapiao-words.ts";
import { count, dayCell, money, monthTitle } from "../../format.ts";
import { lang } from "../../i18n.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState, Note } from "../../ui/feedback.tsx";
import { media, PageHead, Pane } from "../../ui/panes.tsx";
import { Reading } from "../../ui/reading.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { askPlatformPage, usePlatformBills } from "./data.ts";
import { PlatformCard } from "./platform-card.tsx";
import { PlatformFapiaoCell, PlatformTitle } from "./platform-fapiao.tsx";
import { platformWords } from "./platform-words.ts";
import { deviceDay } from "./view.ts";

/** What the space owes and has paid for the platform itself (平台订阅), month by month, for its owners. */
export default function PlatformPage() {
  const t = platformWords();
  const params = useParams<{ space: string }>();
  const [search] = useSearchParams<{ paid?: string }>();
  const asked = usePlatformBills(() => params.space);
  const tablet = media("(min-width: 768px)");
  const [busy, setBusy] = createSignal<string>();
  const [problem, setProblem] = createSignal<unknown>();
  const pay = async (month: string) => {
    setBusy(month);
    setProblem(undefined);
    try {
      const language = lang() === "en" ? "en" : "zh";
      location.assign((await askPlatformPage(params.space, month, language, newIntent())).url);
    } catch (error) {
      setProblem(() => error);
      setBusy(undefined);
    }
  };
  /** When an open bill is due, and how far collecting it is. */
  const saidOf = ({ state, dueOn, collection }: PlatformBill) => {
    if (state === "paid") return "";
    const day = (on: string) => dayCell(on);
    if (collection?.nextOn) return t.willTry(day(collection.nextOn));
    if (collection?.state === "trying") return t.trying;
    if (collection?.state === "stopped") return t.stopped;
    return dueOn ? t.dueOn(day(dueOn)) : "";
  };
  const waits = () => asked.data?.some(({ month, state }) => month === search.paid && state === "open") ?? false;
  const columns = (): Column<PlatformBill>[] => [
    {
      ...{ key: "month", head: t.month },
      cell: (bill) => {
        const { month, baseMinor, companies, companyMinor } = bill;
        return (
          <>
            <span class="block">{monthTitle(month)}</span>
            <span class="block text-xs text-fg-2 tablet:hidden">
              {money(baseMinor)} + {t.companiesOf(count(companies), money(companyMinor))}
            </span>
            <span class="block text-xs text-fg-2 tablet:hidden">{saidOf(bill)}</span>
            <span class="block tablet:hidden">
              <PlatformFapiaoCell space={params.space} bill={bill} />
            </span>
          </>
        );
      },
    },
    { key: "number", head: t.number, width: "168px", from: "tablet", cell: ({ number }) => number },
    {
      ...{ key: "base", head: t.base, width: "112px", align: "end", from: "tablet" },
      cell: ({ baseMinor }) => money(baseMinor),
    },
    {
      ...{ key: "companies", head: t.companies, width: "152px", align: "end", from: "tablet" },
      cell: ({ companies, companyMinor }) => t.companiesOf(count(companies), money(companyMinor)),
    },
    { key: "due", head: t.due, width: "176px", from: "tablet", cell: (bill) => saidOf(bill) },
    { key: "sum", head: t.sum, width: "112px", align: "end", cell: ({ amountMinor }) => money(amountMinor) },
    { key: "state", head: t.state, width: "112px", from: "tablet", cell: (bill) => <State bill={bill} /> },
    {
      ...{ key: "fapiao", head: fapiaoWords().title, width: "208px", from: "tablet" },
      cell: (bill) => <PlatformFapiaoCell space={params.space} bill={bill} />,
    },
    {
      ...{ key: "pay", head: "", width: "112px", align: "end" },
      cell: (bill) => (
        <Show
          when={bill.state === "open"}
          fallback={
            <span class="tablet:hidden">
              <State bill={bill} />
            </span>
          }
        >
          <Button busy={busy() === bill.month} onClick={() => void pay(bill.month)}>
            {t.pay}
          </Button>
        </Show>
      ),
    },
  ];
  return (
    <>
      <PageHead title={t.title} say={t.say} actions={<PlatformTitle space={params.space} />} />
      <Pane label={t.list}>
        <PlatformCard space={params.space} />
        <Reading asked={asked} failed={t.notRead} rows={6}>
          {(bills) => (
            <>
              <Show when={problem()}>
                <div class="px-4 pt-3">
                  <Note tone="bad" alert>
                    {explain(problem())}
                  </Note>
                </div>
              </Show>
              <Show when={waits()}>
                <div class="px-4 pt-3">
                  <Note tone="info">{t.back}</Note>
                </div>
              </Show>
              <Show when={bills().length > 0} fallback={<EmptyState title={t.empty}>{t.emptySay}</EmptyState>}>
                <DataTable
                  label={t.list}
                  rows={bills()}
                  columns={columns()}
                  rowKey={({ month }) => month}
                  rowHeight={tablet() ? 48 : 116}
                  foot={t.how}
                />
              </Show>
            </>
          )}
        </Reading>
      </Pane>
    </>
  );
}

function State(props: { bill: PlatformBill }) {
  const t = platformWords();
  const over = () => props.bill.paidMinor - props.bill.amountMinor;
  return (
    <Show
      when={props.bill.state === "paid"}
      fallback={<Status is={(props.bill.dueOn ?? "9999") < deviceDay() ? "overdue" : "unpaid"} />}
    >
      <span title={over() > 0 ? t.twice(money(over())) : t.paidOn(dayCell((props.bill.paidAt ?? "").slice(0, 10)))}>
        <Status is="paid" />
      </span>
    </Show>
  );
}
