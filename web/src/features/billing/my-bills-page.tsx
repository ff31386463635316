import { useNavigate, useParams } from "@solidjs/router";
import type { InvoiceRow } from "@yihao/billing/model";
import { createMemo, createSignal, Show } from "solid-js";
import { dayCell, money } from "../../format.ts";
import { EmptyState, ErrorState, Loading } from "../../ui/feedback.tsx";
import { PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { useBill, useMyBills } from "./data.ts";
import { MyBill } from "./my-bill.tsx";
import { myBillWords } from "./my-words.ts";
import { deviceDay, openOf, statusOf } from "./view.ts";
import { billWords } from "./words.ts";

/** The portal's bills (我的账单): those to pay, those paid, one beside the list. */
export default function MyBillsPage() {
  const t = myBillWords();
  const words = billWords();
  const params = useParams<{ space: string; invoice?: string }>();
  const navigate = useNavigate();
  const [tab, setTab] = createSignal<"open" | "past">("open");
  const bills = useMyBills(() => params.space);
  const [hurry, setHurry] = createSignal(false);
  const bill = useBill(
    () => params.space,
    () => params.invoice,
    () => (hurry() ? 1_500 : 0),
  );
  const lists = createMemo(() => ({
    open: (bills.data ?? []).filter(({ state }) => state !== "paid"),
    past: (bills.data ?? []).filter(({ state }) => state === "paid"),
  }));
  const open = (id?: string) => navigate(`/s/${params.space}/my/bills${id ? `/${id}` : ""}`, { scroll: false });
  const columns = (): Column<InvoiceRow>[] => [
    { key: "month", head: words.month, cell: (one) => one.month },
    { key: "number", head: words.number, from: "tablet", cell: (one) => one.number },
    { key: "total", head: words.total, width: "116px", align: "end", cell: (one) => money(one.totalMinor) },
    {
      key: "due",
      head: words.dueOn,
      width: "84px",
      from: "tablet",
      cell: (one) => (one.dueOn ? dayCell(one.dueOn) : "—"),
    },
    { key: "state", head: words.state, width: "128px", cell: (one) => <Status {...statusOf(one, deviceDay())} /> },
  ];
  return (
    <>
      <PageHead
        title={t.title}
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
              <DataTable
                label={t.list}
                rows={lists()[tab()]}
                columns={columns()}
                rowKey={(one) => one.id}
                rowHeight={40}
                current={params.invoice}
                onOpen={(one) => open(one.id)}
                state={bills.isError ? "error" : bills.isPending ? "loading" : "ready"}
                problem={bills.error}
                errorTitle={words.notRead}
                onRetry={() => void bills.refetch()}
                empty={<EmptyState title={t.none[tab()]} />}
              />
            </div>
          </Pane>
        }
        detail={
          <Show
            when={bill.data}
            fallback={
              <Show when={bill.isError} fallback={<Loading rows={6} />}>
                <ErrorState title={words.billNotRead} problem={bill.error} onRetry={() => void bill.refetch()} />
              </Show>
            }
          >
            {(one) => <MyBill space={params.space} bill={one()} onWait={setHurry} />}
          </Show>
        }
      />
    </>
  );
}
