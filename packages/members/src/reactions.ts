import type { CompanyId } from "@yihao/kernel/ids";
import { type DueHandler, onDue } from "@yihao/table/due";
import { onEvent, type Reaction } from "@yihao/table/stream";
import { closeAgreement, remindOfAgreement } from "./agreement-actions.ts";
import { grantMonthly } from "./allowance-actions.ts";
import { setSuspension } from "./company-actions.ts";
import { eraseCompany, forgetAgain } from "./erase-actions.ts";
import type { ExitDebts, ExitGoods } from "./exit-model.ts";
import { abandonGoods, askOnMove, hearDebts, hearGoods, writeOfGoods } from "./exit-reactions.ts";
import { dropImport } from "./import-actions.ts";
import type { Imported } from "./import-model.ts";
import { settleImport } from "./import-settle.ts";
import { eraseLead } from "./lead-actions.ts";
import { announceApplication, remindTour } from "./lead-letters.ts";
import { expireLot } from "./pack-actions.ts";
import { closeTerm, promoteNext, remindOfEnd } from "./subscription-actions.ts";

type Suspended = { readonly reason?: string };

/** What members does when it hears of others, and of its own imports. */
export const membersReactions: Reaction[] = [
  onEvent(
    "members.suspend",
    ["company.suspended"],
    async (scope, event: { subject: string; at: string; data: Suspended }) => {
      const reason = (event.data?.reason ?? "overdue").slice(0, 80);
      await setSuspension(scope, event.subject as CompanyId, event.at, { since: event.at, reason });
    },
  ),
  onEvent("members.release", ["company.released"], async (scope, event) => {
    await setSuspension(scope, event.subject as CompanyId, event.at, undefined);
  }),
  onEvent("members.application", ["lead.added"], async (scope, event: { data: { lead: string; source: string } }) => {
    if (event.data.source === "form") await announceApplication(scope, event.data.lead);
  }),
  onEvent("members.exit-goods", ["exit.goods"], (scope, event: { data: ExitGoods }) => hearGoods(scope, event.data)),
  onEvent("members.exit-debts", ["exit.debts"], (scope, event: { data: ExitDebts }) => hearDebts(scope, event.data)),
  onEvent(
    "members.exit-moved",
    ["goods.received", "order.shipped", "invoice.finalised", "payment.recorded"],
    (scope, event) => askOnMove(scope, event.subject as CompanyId),
  ),
  onEvent("members.forget", ["company.person-removed"], (scope, event) =>
    forgetAgain(scope, event.subject as CompanyId),
  ),
  onEvent("members.settle", ["companies.imported"], async (scope, event: { data: Imported }) => {
    await settleImport(scope, event.data.import);
  }),
];

/** Timers of members: allowances month by month, plans, packs and agreements that end, imports that nobody finished, visits of the next day, people to forget and goods to clear. */
export const membersTimers: DueHandler[] = [
  onDue("members.grant", (scope, company) => grantMonthly(scope, company as CompanyId)),
  onDue<{ lot: string }>("members.pack", (scope, company, { lot }) => expireLot(scope, company as CompanyId, lot)),
  onDue("members.next", (scope, company) => promoteNext(scope, company as CompanyId)),
  onDue<{ termUntil: string }>("members.term", (scope, company, { termUntil }) =>
    closeTerm(scope, company as CompanyId, termUntil),
  ),
  onDue<{ until: string }>("members.plan-ends", (scope, company, { until }) =>
    remindOfEnd(scope, company as CompanyId, until),
  ),
  onDue("members.import", dropImport),
  onDue<{ at: string }>("members.tour", (scope, lead, { at }) => remindTour(scope, lead, at)),
  onDue("members.lead-erase", eraseLead),
  onDue<{ abandonOn: string }>("members.goods-letter", (scope, company, { abandonOn }) =>
    writeOfGoods(scope, company as CompanyId, abandonOn),
  ),
  onDue<{ abandonOn: string }>("members.goods-abandoned", (scope, company, { abandonOn }) =>
    abandonGoods(scope, company as CompanyId, abandonOn),
  ),
  onDue<{ on: string; asked?: boolean }>("members.erase", (scope, company, { on, asked }) =>
    eraseCompany(scope, company as CompanyId, on, asked),
  ),
  onDue<{ company: CompanyId; until: string }>("members.agreement-ends", (scope, id, { company, until }) =>
    closeAgreement(scope, company, id, until),
  ),
  onDue<{ company: CompanyId; until: string; days: number }>("members.agreement-remind", remindOfAgreement),
];
