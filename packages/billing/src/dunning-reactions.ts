import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { type DueHandler, onDue } from "@yihao/table/due";
import { onEvent, type Reaction } from "@yihao/table/stream";
import type { InvoiceReopened } from "./dispute-model.ts";
import { armDunning, dunCompany, dunEverybody } from "./dunning-actions.ts";
import { followFee } from "./dunning-fees.ts";
import type { InvoiceFinalised, OpeningTakenOver, PaymentRecorded } from "./model.ts";
import { headOf } from "./store.ts";

type OfBill = { readonly company: CompanyId; readonly invoice: string };

/** Money of a company moved: late fees of the bills it touched, then its dunning as it stands now. */
async function followMoney(scope: Scope, company: CompanyId, invoices: readonly string[]): Promise<void> {
  for (const invoice of invoices) await followFee(scope, invoice);
  await dunCompany(scope, company);
}

/** What dunning does when it hears of money. */
export const dunningReactions: Reaction[] = [
  onEvent<string, InvoiceFinalised>("billing.dun-arm", ["invoice.finalised"], (scope, { data }) =>
    armDunning(scope, data.company, data.dueOn),
  ),
  onEvent<string, OpeningTakenOver>("billing.dun-opening", ["opening.taken-over"], async (scope, { data }) => {
    const head = data.account === "receivable" ? await headOf(scope, data.document) : undefined;
    if (head?.dueOn) await armDunning(scope, head.company, head.dueOn);
  }),
  onEvent<string, PaymentRecorded>(
    "billing.dun-paid",
    ["payment.recorded", "balance.applied"],
    (scope, { data: { company, allocations } }) =>
      followMoney(
        scope,
        company,
        allocations.map(({ invoice }) => invoice),
      ),
  ),
  onEvent<string, OfBill>("billing.dun-less", ["invoice.credited", "invoice.written-off"], (scope, event) =>
    followMoney(scope, event.subject as CompanyId, [event.data.invoice]),
  ),
  onEvent<string, InvoiceReopened>("billing.dun-reopened", ["invoice.reopened"], (scope, { data }) =>
    followMoney(scope, data.company, [data.invoice]),
  ),
  onEvent("billing.dun-on", ["promise.withdrawn", "collection.stopped"], (scope, { subject }) =>
    dunCompany(scope, subject as CompanyId),
  ),
  onEvent("billing.dun-settings", ["dunning-settings.changed"], (scope) => dunEverybody(scope)),
];

/** The timer of a company's dunning. */
export const dunningTimers: DueHandler[] = [
  onDue("billing.dun", (scope, company) => dunCompany(scope, company as CompanyId)),
];
