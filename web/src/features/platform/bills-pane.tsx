import type { PlatformBillRow } from "@yihao/billing/platform-model";
import { createSignal, Show } from "solid-js";
import { fapiaoWords } from "../../fapiao-words.ts";
import { count, money } from "../../format.ts";
import { Reading } from "../../ui/reading.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { useBills } from "./data.ts";
import { AskedFapiaos, FapiaoOfBill, FapiaoState } from "./fapiao-pane.tsx";
import { usageWords } from "./words.ts";

/** What every space owes for the platform for a month (平台账单), and whether it has paid. */
export function BillsOfSpaces(props: { month: string }) {
  const t = usageWords();
  const [opened, setOpened] = createSignal<PlatformBillRow>();
  const asked = useBills(
    () => props.month,
    () => true,
  );
  return (
    <section aria-label={t.bills}>
      <header class="y-pane-head border-t border-line">
        <h2>{t.bills}</h2>
        <span class="min-w-0 flex-1 truncate text-xs text-fg-3">{t.billsNote}</span>
      </header>
      <Reading asked={asked} failed={t.billsNotRead}>
        {(bills) => {
          const columns = (): Column<PlatformBillRow>[] => [
            { key: "space", head: t.space, cell: (row) => row.name ?? row.space, total: t.total },
            { key: "number", head: t.number, width: "152px", from: "tablet", cell: ({ number }) => number },
            {
              ...{ key: "companies", head: t.companies, width: "128px", align: "end", from: "tablet" },
              cell: ({ companies }) => count(companies),
            },
            {
              ...{ key: "sum", head: t.sum, width: "120px", align: "end" },
              cell: ({ amountMinor }) => money(amountMinor),
              total: money(bills().amountMinor),
            },
            {
              ...{ key: "paid", head: t.paid, width: "120px", align: "end", from: "tablet" },
              cell: ({ paidMinor }) => money(paidMinor),
              total: money(bills().paidMinor),
            },
            {
              ...{ key: "fapiao", head: fapiaoWords().title, width: "104px", from: "tablet" },
              cell: (row) => <FapiaoState row={row} />,
            },
            {
              ...{ key: "state", head: t.state, width: "104px" },
              cell: ({ state }) => <Status is={state === "paid" ? "paid" : "unpaid"} />,
            },
          ];
          return (
            <Show when={bills().items.length > 0} fallback={<p class="px-4 py-3 text-fg-2">{t.noBills}</p>}>
              <DataTable
                label={t.bills}
                rows={bills().items}
                columns={columns()}
                rowKey={({ space }) => space}
                onOpen={(row) => row.fapiao?.length && setOpened(row)}
              />
            </Show>
          );
        }}
      </Reading>
      <AskedFapiaos onOpen={setOpened} />
      <Show when={opened()}>{(row) => <FapiaoOfBill row={row()} onClose={() => setOpened(undefined)} />}</Show>
    </section>
  );
}
