import { useNavigate, useParams } from "@solidjs/router";
import type { InvoiceRow } from "@yihao/billing/model";
import { createMemo, createSignal, For, Show } from "solid-js";
import { actingCompany } from "../../api.ts";
import { dayCell, money } from "../../format.ts";
import { lang } from "../../i18n.ts";
import { useMe } from "../../session.ts";
import { Button, LinkButton, TextLink } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { media, PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { Reading } from "../../ui/reading.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { useDemands } from "./accounts-data.ts";
import { monthOf } from "./bill-parts.ts";
import { chargeWords } from "./charges-words.ts";
import { collectWords } from "./collect-words.ts";
import { RedeemDrawer } from "./coupons.tsx";
import { useBill, useMyBills } from "./data.ts";
import { MyBill } from "./my-bill.tsx";
import { MyDunning } from "./my-dunning.tsx";
import { myBillWords } from "./my-words.ts";
import { statementWords } from "./statement-words.ts";
import { deviceDay, openOf, statusOf } from "./view.ts";
import { billWords } from "./words.ts";

const isOpen = ({ state }: InvoiceRow) => state === "due" || state === "part-paid";

/** The portal's bills (我的账单): those to pay, those paid, one beside the list. */
export default function MyBillsPage() {
  const t = myBillWords();
  const words = billWords();
  const params = useParams<{ space: string; invoice?: string }>();
  const navigate = useNavigate();
  const [chosen, setTab] = createSignal<"open" | "past">();
  const tablet = media("(min-width: 768px)");
  const bills = useMyBills(() => params.space);
  const demands = useDemands(() => params.space);
  const [redeeming, setRedeeming] = createSignal(false);
  const me = useMe();
  const admin = () =>
    me.data?.spaces
      .find((one) => one.space === params.space)
      ?.companies.some((one) => one.company === actingCompany() && one.role === "admin") ?? false;
  const [hurry, setHurry] = createSignal(false);
  const bill = useBill(
    () => params.space,
    () => params.invoice,
    () => (hurry() ? 1_500 : 0),
  );
  const lists = createMemo(() => ({
    open: (bills.data ?? []).filter(isOpen),
    past: (bills.data ?? []).filter((one) => !isOpen(one)),
  }));
  // Who has nothing to pay comes to look something up.
  const tab = () => chosen() ?? (lists().open.length === 0 && lists().past.length > 0 ? "past" : "open");
  const open = (id?: string) => navigate(`/s/${params.space}/my/bills${id ? `/${id}` : ""}`, { scroll: false });
  const year = () => Number(deviceDay().slice(0, 4));
  const columns = (): Column<InvoiceRow>[] => [
    {
      key: "month",
      head: words.month,
      cell: (one) => (
        <span class="block leading-5">
          {monthOf(one)}
          <span class="block truncate text-xs text-fg-3 tablet:hidden">{one.number}</span>
        </span>
      ),
    },
    {
      key: "number",
      head: words.number,
      width: "24%",
      from: "tablet",
      cell: (one) => <span class="font-mono text-xs">{one.number}</span>,
    },
    {
      key: "due",
      head: words.dueOn,
      width: "14%",
      from: "tablet",
      cell: (one) => (one.dueOn ? dayCell(one.dueOn, year()) : "—"),
    },
    {
      key: "total",
      head: words.total,
      width: tablet() ? "18%" : "108px",
      align: "end",
      cell: (one) => <span class="text-fg">{money(one.totalMinor)}</span>,
    },
    {
      key: "state",
      head: words.state,
      width: lang() === "en" || tablet() ? "148px" : "124px",
      cell: (one) => <Status {...statusOf(one, deviceDay())} />,
    },
  ];
  return (
    <>
      <PageHead
        title={t.title}
        actions={
          <>
            <TextLink href={`/s/${params.space}/my/statement`}>{statementWords().title}</TextLink>
            <LinkButton icon="card" href={`/s/${params.space}/my/pay-methods`}>
              {collectWords().mine.link}
            </LinkButton>
            <Show when={admin()}>
              <Button icon="tag" onClick={() => setRedeeming(true)}>
                {chargeWords().redeem}
              </Button>
            </Show>
          </>
        }
        say={bills.data && t.say(lists().open.length, money(lists().open.reduce((sum, one) => sum + openOf(one), 0)))}
      />
      <Panes
        detailOpen={params.invoice !== undefined}
        detailTitle={bill.data?.number ?? t.title}
        onCloseDetail={() => open()}
        work={
          <Pane label={t.list}>
            <div class="flex h-full min-h-0 flex-col">
              <div class="border-b border-line px-4 py-2">
                <Tabs
                  label={words.filter}
                  items={(["open", "past"] as const).map((key) => ({ key, label: t[key], count: lists()[key].length }))}
                  value={tab()}
                  onChange={setTab}
                />
              </div>
              <MyDunning space={params.space} />
              <For each={demands.data ?? []}>
                {(one) => (
                  <p class="flex flex-wrap gap-x-3 border-b border-line px-4 py-2" role="note">
                    <span>{t.deposit(one.title)}</span>
                    <span class="ml-auto tabular-nums">{money(one.amountMinor - one.takenMinor)}</span>
                    <span class="w-full text-xs text-fg-2">{t.depositSay}</span>
                  </p>
                )}
              </For>
              <DataTable
                label={t.list}
                rows={lists()[tab()]}
                columns={columns()}
                rowKey={(one) => one.id}
                rowHeight={tablet() ? 40 : 56}
                current={params.invoice}
                onOpen={(one) => open(one.id)}
                state={bills.isError ? "error" : bills.isPending ? "loading" : "ready"}
                problem={bills.error}
                errorTitle={words.notRead}
                onRetry={() => bills.refetch()}
                empty={<EmptyState title={t.none[tab()]} />}
              />
            </div>
          </Pane>
        }
        detail={
          <Show
            when={bill.data}
            fallback={
              <Pane label={t.title} flush={false}>
                <Reading asked={bill} failed={words.billNotRead} rows={6}>
                  {() => undefined}
                </Reading>
              </Pane>
            }
          >
            {(one) => <MyBill space={params.space} bill={one()} onWait={setHurry} />}
          </Show>
        }
      />
      <Show when={redeeming()}>
        <RedeemDrawer space={params.space} open onClose={() => setRedeeming(false)} />
      </Show>
    </>
  );
}
