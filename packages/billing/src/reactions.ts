import type { BookingCancelled } from "@yihao/booking/model";
import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { transferKind } from "@yihao/ledger/store";
import type { ExitAsked } from "@yihao/members/exit-model";
import { type DueHandler, onDue } from "@yihao/table/due";
import { onEvent, onItem, type Reaction } from "@yihao/table/stream";
import { mailFinalised } from "./bill-letters.ts";
import { charging } from "./charging.ts";
import { armAll, armCollect } from "./collect-actions.ts";
import { dunningReactions, dunningTimers } from "./dunning-reactions.ts";
import { answerExit } from "./exit.ts";
import { payFromBalance, refundCancelled, settleGuest } from "./guest-money.ts";
import { enterJournal } from "./journal-store.ts";
import type { InvoiceFinalised, PaymentRecorded, RunAsked, RunCompany } from "./model.ts";
import { followPlatformFapiao } from "./platform-fapiao.ts";
import type { PlatformFapiaoTold } from "./platform-model.ts";
import { followRent } from "./rent.ts";
import { drawForRun, listForRun } from "./run.ts";

/** What billing does when it hears of things: charges them, and works through asked-for invoice runs. */
export const billingReactions: Reaction[] = [
  ...Object.entries(charging).map(([type, { name, charge }]) => onEvent(name, [type], charge)),
  onEvent<string, PaymentRecorded>("billing.guest-paid", ["payment.recorded"], (scope, { data }) =>
    settleGuest(scope, data.payment),
  ),
  onEvent<string, BookingCancelled>("billing.guest-refund", ["booking.cancelled"], (scope, { data }) =>
    refundCancelled(scope, data),
  ),
  onEvent<string, InvoiceFinalised>("billing.guest-bill", ["invoice.finalised"], (scope, { data }) =>
    payFromBalance(scope, data),
  ),
  onItem("billing.journal", transferKind, async (scope, transfer) => {
    await enterJournal(scope, transfer);
  }),
  onEvent("billing.exit", ["exit.asked"], (scope: Scope, event: { data: ExitAsked }) => answerExit(scope, event.data)),
  onEvent("billing.run", ["invoice-run.asked"], (scope: Scope, event: { data: RunAsked }) =>
    listForRun(scope, event.data),
  ),
  onEvent("billing.run-company", ["invoice-run.company"], (scope: Scope, event: { data: RunCompany }) =>
    drawForRun(scope, event.data),
  ),
  onEvent<string, InvoiceFinalised>("billing.collect-arm", ["invoice.finalised"], (scope, { data }) =>
    armCollect(scope, data.invoice, data.dueOn),
  ),
  onEvent<string, InvoiceFinalised>("billing.bill-letter", ["invoice.finalised"], (scope, { data }) =>
    mailFinalised(scope, data.invoice),
  ),
  onEvent<string, PlatformFapiaoTold>(
    "billing.platform-fapiao",
    ["platform-fapiao.requested", "platform-fapiao.withdrawn"],
    (scope, { data }) => followPlatformFapiao(scope, data),
  ),
  onEvent("billing.collect-settings", ["collect-settings.changed"], (scope) => armAll(scope)),
  ...dunningReactions,
];

/** Timers of billing: the rent of a month that begins, and dunning. */
export const billingTimers: DueHandler[] = [
  ...dunningTimers,
  onDue("billing.rent", async (scope, agreement, { company }: { company: CompanyId }) => {
    await followRent(scope, company, agreement);
  }),
];
