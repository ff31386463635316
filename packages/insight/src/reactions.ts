import type { InvoiceCredited } from "@yihao/billing/credit-model";
import { creditsOn } from "@yihao/billing/credit-store";
import type { InvoiceReopened } from "@yihao/billing/dispute-model";
import type { InvoiceFinalised, InvoicePaid, PaymentRecorded } from "@yihao/billing/model";
import { chargeKind } from "@yihao/billing/store";
import { zoneOf } from "@yihao/billing/zone";
import { dayOf, daysOfMonth, monthOf } from "@yihao/kernel/days";
import type { Scope } from "@yihao/kernel/scope";
import { transferKind } from "@yihao/ledger/store";
import { rentEvents } from "@yihao/members/agreement-model";
import { subscriptionEvents } from "@yihao/members/subscription-model";
import { commit } from "@yihao/table/commit";
import { onEvent, onItem, type Reaction } from "@yihao/table/stream";
import { overwrite } from "@yihao/table/write";
import { isLow } from "@yihao/warehouse/low-stock";
import type { ProductId, WarehouseEvents } from "@yihao/warehouse/model";
import { stockOf } from "@yihao/warehouse/projections";
import { productOf } from "@yihao/warehouse/store";
import { addToDay, addToMonth, chargeCounters, lowKey, lowKind, lowStockOf } from "./store.ts";
import { enterBill, enterCredit, followRecurring } from "./stream-entries.ts";
import { markFilled } from "./stream-store.ts";

/** Facts after which a company may bring another sum each month. */
const recurringEvents = [...subscriptionEvents, ...rentEvents, "company.added", "company.left"];

/** Copies to Today whether a product is low; made anew from what is there now, so it may be done again. */
async function copyLow(scope: Scope, product: ProductId): Promise<void> {
  const found = await productOf(scope, product);
  if (!found) return;
  const { reorderPoint, code, name, company } = found;
  const { free } = await stockOf(scope, { company, id: product });
  const key = lowKey(scope, product);
  const write =
    reorderPoint !== undefined && isLow(free, reorderPoint)
      ? overwrite(key, lowKind, { product, company, code, name, free, reorderPoint })
      : ({ do: "delete", key } as const);
  await commit({ ...scope, command: { id: `auto:${scope.command.id}`, print: "" } }, [write], { answer: null });
}

/** What insight counts when it hears of things. A charge that moves to a bill keeps its id, so its receipt keeps it counted once. */
export const insightReactions: Reaction[] = [
  onItem("insight.charge", chargeKind, async (scope, charge) => {
    const { stream, amountMinor, taxMinor, day, month } = charge;
    if (amountMinor === 0) return;
    const add = chargeCounters(stream, amountMinor, taxMinor);
    await commit(scope, [addToDay(scope, day, add), addToMonth(scope, month, add)], { answer: null });
  }),
  onEvent<string, WarehouseEvents["goods.received"]>("insight.received", ["goods.received"], async (scope, event) => {
    const day = dayOf(event.at, await zoneOf(scope));
    await commit(scope, [addToDay(scope, day, { in: event.data.units })], { answer: null });
  }),
  onEvent<string, WarehouseEvents["order.shipped"]>("insight.shipped", ["order.shipped"], async (scope, { data }) => {
    await commit(scope, [addToDay(scope, data.day, { out: data.units, orders: 1 })], { answer: null });
  }),
  onEvent<string, InvoiceFinalised>("insight.finalised", ["invoice.finalised"], async (scope, { data }) => {
    const net = data.totalMinor - data.taxMinor;
    await commit(scope, [addToMonth(scope, data.period ?? data.month, { final: net, finalCount: 1 })], {
      answer: null,
    });
  }),
  onEvent<string, InvoiceCredited>("insight.credited", ["invoice.credited"], async (scope, { data }) => {
    const note = (await creditsOn(scope, data.invoice)).find(({ id }) => id === data.credit);
    if (!note) throw new Error(`credit note ${data.number} is told and not there`);
    const month = data.period ?? data.month;
    // It stands on its own day; posted to another month, on that month's last.
    const day = monthOf(data.issuedOn) === month ? data.issuedOn : (daysOfMonth(month).at(-1) ?? data.issuedOn);
    const sums = note.streams.map(({ stream, amountMinor, taxMinor }) =>
      chargeCounters(stream, -amountMinor, -taxMinor),
    );
    const add: Record<string, number> = Object.assign({}, ...sums);
    const final = data.taxMinor - data.totalMinor;
    await commit(scope, [addToDay(scope, day, add), addToMonth(scope, month, { ...add, final })], { answer: null });
  }),
  // Nothing of a new space is older than these figures: they and the journal have all of it as it comes.
  onEvent("insight.whole-from-the-start", ["space.created"], async (scope) => {
    await commit(scope, [markFilled(scope)], { answer: null });
  }),
  onEvent<string, InvoiceFinalised>("insight.bill-entry", ["invoice.finalised"], async (scope, { data }) => {
    await enterBill(scope, data);
  }),
  onEvent<string, InvoiceCredited>("insight.credit-entry", ["invoice.credited"], async (scope, { data }) => {
    await enterCredit(scope, data);
  }),
  onEvent<string, { company: string }>("insight.recurring", recurringEvents, async (scope, { data }) => {
    await followRecurring(scope, data.company);
  }),
  onEvent<string, { from: string; into: string }>(
    "insight.recurring-merged",
    ["company.merged"],
    async (scope, { data }) => {
      for (const company of [data.from, data.into]) await followRecurring(scope, company);
      for (const { company, product } of await lowStockOf(scope))
        if (company === data.from) await copyLow(scope, product as ProductId);
    },
  ),
  onEvent<string, InvoicePaid>("insight.paid", ["invoice.paid"], async (scope, event) => {
    const month = monthOf(dayOf(event.at, await zoneOf(scope)));
    const add = { settled: event.data.totalMinor, settledCount: 1 };
    await commit(scope, [addToMonth(scope, month, add)], { answer: null });
  }),
  // A bill whose payment was lost is settled again when it is paid again.
  onEvent<string, InvoiceReopened>("insight.reopened", ["invoice.reopened"], async (scope, { data }) => {
    if (!data.wasPaid || !data.paidAt) return;
    const month = monthOf(dayOf(data.paidAt, await zoneOf(scope)));
    await commit(scope, [addToMonth(scope, month, { settled: -data.totalMinor, settledCount: -1 })], { answer: null });
  }),
  onEvent<string, PaymentRecorded>("insight.payment", ["payment.recorded"], async (scope, { data }) => {
    const add = { paid: data.amountMinor };
    const writes = [addToDay(scope, data.receivedOn, add), addToMonth(scope, monthOf(data.receivedOn), add)];
    await commit(scope, writes, { answer: null });
  }),
  onItem("insight.low-stock", transferKind, async (scope, { book, from, to }) => {
    const [kind, company, product] = book.split("/");
    if (kind !== "promise" || !company || !product || (from !== "free" && to !== "free")) return;
    await copyLow(scope, product as ProductId);
  }),
  // Another reorder point is no transfer, but may be a crossing.
  onEvent<string, { product: string }>("insight.low-crossed", ["stock.low", "stock.enough"], (scope, { data }) =>
    copyLow(scope, data.product as ProductId),
  ),
];
