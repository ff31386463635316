import { useNavigate, useParams } from "@solidjs/router";
import type { InvoiceId } from "@yihao/billing/model";
import { createSignal, For, Show } from "solid-js";
import { dayCell, money } from "../../format.ts";
import { Button, TextLink } from "../../ui/button.tsx";
import { ExportMenu } from "../../ui/export-menu.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { useKeys } from "../../ui/keys.ts";
import { media, PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { BillingTabs } from "./billing-tabs.tsx";
import { allPayments, usePayments, useSummary } from "./data.ts";
import { RecordDrawer } from "./record-drawer.tsx";
import { useRights } from "./rights.ts";
import { deviceDay } from "./view.ts";
import { billWords, sheetWords } from "./words.ts";

/** Money that came in (收款), for those who may see it. */
export default function PaymentsPage() {
  const params = useParams<{ space: string }>();
  return <Payments space={params.space} />;
}

type Row = NonNullable<ReturnType<typeof usePayments>["data"]>["pages"][number]["items"][number];

/** Payments, the latest first: who, how, by which reference, and which bills they paid. */
function Payments(props: { space: string }) {
  const t = billWords();
  const words = sheetWords();
  const navigate = useNavigate();
  const rights = useRights(() => props.space);
  const payments = usePayments(() => props.space);
  const summary = useSummary(() => props.space);
  const tablet = media("(min-width: 768px)");
  const [recording, setRecording] = createSignal(false);
  const today = () => summary.data?.today ?? deviceDay();
  const rows = () => payments.data?.pages.flatMap(({ items }) => items) ?? [];
  const cell = (day: string | undefined) => (day ? dayCell(day, Number(today().slice(0, 4))) : "—");
  const bill = (id: InvoiceId) => `/s/${props.space}/billing/${id}`;
  useKeys([{ keys: "p", label: t.record, run: () => rights.mayRecord() && setRecording(true) }]);
  const paidBills = (one: Row) => (
    <span class="flex min-w-0 flex-wrap gap-x-3 font-mono text-xs">
      <For each={one.allocations}>{(part) => <TextLink href={bill(part.invoice)}>{part.number}</TextLink>}</For>
      <Show when={one.creditMinor > 0}>
        <span class="font-sans text-fg-2">{t.credit(money(one.creditMinor))}</span>
      </Show>
    </span>
  );
  const exported = async () => [
    [t.day, t.company, t.way, t.reference, t.paidBills, t.sum],
    ...(await allPayments(props.space)).map((one) => [
      ...[one.receivedOn ?? "", one.companyName, words.way[one.way], one.reference],
      one.allocations.map(({ number }) => number).join(" "),
      one.amountMinor / 100,
    ]),
  ];
  const wide = (): Column<Row>[] => [
    { key: "day", head: t.day, width: "96px", cell: (one) => cell(one.receivedOn) },
    { key: "company", head: t.company, width: "18%", cell: (one) => one.companyName },
    { key: "way", head: t.way, width: "136px", cell: (one) => words.way[one.way] },
    {
      key: "reference",
      head: t.reference,
      width: "200px",
      from: "desk",
      cell: (one) => (
        <span class="font-mono text-xs" title={one.reference}>
          {one.reference}
        </span>
      ),
    },
    { key: "bills", head: t.paidBills, cell: paidBills },
    {
      key: "sum",
      head: t.sum,
      width: "132px",
      align: "end",
      cell: (one) => <b class="text-fg">{money(one.amountMinor)}</b>,
    },
  ];
  const narrow = (): Column<Row>[] => [
    {
      key: "company",
      head: t.company,
      cell: (one) => (
        <span class="block leading-5">
          <span class="block truncate">{one.companyName}</span>
          <span class="block truncate text-xs text-fg-3">
            {cell(one.receivedOn)} · {words.way[one.way]}
          </span>
        </span>
      ),
    },
    {
      key: "sum",
      head: t.sum,
      width: "148px",
      align: "end",
      cell: (one) => (
        <span class="block leading-5">
          <b class="block text-fg">{money(one.amountMinor)}</b>
          <span class="block truncate font-mono text-xs text-fg-3">
            {one.allocations.map(({ number }) => number).join(" ")}
          </span>
        </span>
      ),
    },
  ];
  return (
    <>
      <PageHead
        title={t.paymentsTitle}
        tabs={<BillingTabs space={props.space} />}
        actions={
          <>
            <ExportMenu name={`${t.paymentsTitle} ${today()}`} rows={exported} />
            <Show when={rights.mayRecord()}>
              <Button icon="card" keys={["P"]} onClick={() => setRecording(true)}>
                {t.record}
              </Button>
            </Show>
          </>
        }
      />
      <Panes
        work={
          <Pane label={t.paymentsTitle}>
            <DataTable
              label={t.paymentsTitle}
              rows={rows()}
              columns={tablet() ? wide() : narrow()}
              rowKey={(one) => one.id}
              rowHeight={tablet() ? 34 : 56}
              onOpen={(one) => one.allocations[0] && navigate(bill(one.allocations[0].invoice))}
              state={payments.isPending ? "loading" : payments.isError ? "error" : "ready"}
              problem={payments.error}
              errorTitle={t.paymentsNotRead}
              onRetry={() => payments.refetch()}
              {...(payments.hasNextPage ? { onMore: () => void payments.fetchNextPage() } : {})}
              empty={<EmptyState title={t.noPayments}>{t.noPaymentsSay}</EmptyState>}
            />
          </Pane>
        }
      />
      <Show when={recording()}>
        <RecordDrawer space={props.space} today={today()} open onClose={() => setRecording(false)} />
      </Show>
    </>
  );
}
