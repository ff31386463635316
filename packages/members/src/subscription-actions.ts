import { getSpace } from "@yihao/identity/store";
import { type Day, dayOf, instantOf, type Month, monthOf, plusDays, plusMonths } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import type { Entry } from "@yihao/ledger/model";
import { balancesOf, planTransfers } from "@yihao/ledger/store";
import type { PlanId, PricingRefusal } from "@yihao/pricing/model";
import { planOf } from "@yihao/pricing/store";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { getMany } from "@yihao/table/read";
import { insert, replace, type Write } from "@yihao/table/write";
import { companyForChange } from "./company-actions.ts";
import { creditBook, roomMinutesUnit } from "./credits.ts";
import type {
  Allowance,
  Company,
  MembersRefusal,
  Subscription,
  SubscriptionEnded,
  SubscriptionStarted,
} from "./model.ts";
import { companyOf, type Grant, grantKey, grantKind, saveWrites } from "./store.ts";
import { grantMonths, mayEnd, mayStart } from "./subscription.ts";

type Refusal = "missing" | "stale" | MembersRefusal | PricingRefusal;

async function zoneOf(scope: Scope): Promise<string> {
  return (await getSpace(scope))?.zone ?? "Asia/Shanghai";
}

/** The instant at which the next month's allowances are granted: five past midnight on its first day. */
function nextGrant(day: Day, zone: string): string {
  return instantOf(`${plusMonths(monthOf(day), 1)}-01`, "00:05", zone);
}

/** The entries and markers that grant what a plan gives for some months and was not granted yet; a month is never granted twice. */
async function grants(scope: Scope, company: CompanyId, subscription: Subscription, day: Day) {
  const months = subscription.snapshot.roomMinutes > 0 ? grantMonths(subscription, day) : [];
  const markers = await getMany(
    scope,
    grantKind,
    months.map((month) => grantKey(scope, company, month)),
    { consistent: true },
  );
  const entries: Entry[] = [];
  const writes: Write[] = [];
  months.forEach((month, at) => {
    const marker = markers[at];
    const missing = subscription.snapshot.roomMinutes - (marker?.minutes ?? 0);
    if (missing <= 0) return;
    const data: Grant = { minutes: subscription.snapshot.roomMinutes };
    const key = grantKey(scope, company, month);
    writes.push(
      marker ? replace(key, grantKind, data, marker.rev, "granted") : insert(key, grantKind, data, "granted"),
    );
    entries.push({
      do: "move",
      book: creditBook(company),
      unit: roomMinutesUnit(month),
      from: "plan",
      to: "company",
      amount: missing,
      document: subscription.id,
    });
  });
  return [...writes, ...planTransfers(scope, entries, "grant").writes];
}

/**
 * Starts a plan for a company (开通套餐) from a local day: keeps the plan as it is now, grants the allowances of this month and
 * the next two, and sets the timer that grants on. A plan that runs then is refused as `subscription.running`.
 */
export async function startSubscription(
  scope: Scope,
  id: CompanyId,
  wish: { readonly plan: PlanId; readonly from: Day },
): Promise<Outcome<Stored<Company>, Refusal>> {
  const [plan, zone] = await Promise.all([planOf(scope, wish.plan), zoneOf(scope)]);
  const day = dayOf(scope.now, zone);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const before = await companyForChange(scope, id);
    if (!before || !plan) return refuse("missing");
    if (plan.state === "retired") return refuse("plan.retired", { name: plan.name });
    const may = mayStart(before, wish.from, plusDays(day, -31), plusDays(day, 366));
    if (!may.ok) return may;
    const subscription: Subscription = {
      id: idFor(scope, "sub"),
      plan: plan.id,
      from: wish.from,
      snapshot: { name: plan.name, monthlyMinor: plan.monthlyMinor, roomMinutes: plan.allowances.roomMinutes },
    };
    const { rev, ...facts } = before;
    const after: Company = { ...facts, subscription };
    const { until: _, ...started } = subscription;
    const { id: _id, ...told } = started;
    const data: SubscriptionStarted = { company: id, subscription: subscription.id, ...told };
    const outcome = await commit(
      scope,
      [
        ...saveWrites(scope, before, after),
        ...(await grants(scope, id, subscription, day)),
        dueAt(scope, nextGrant(day, zone), "members.grant", id),
        happened(scope, "subscription.started", id, data),
      ],
      { answer: { ...after, rev: rev + 1 } },
    );
    if (outcome.done) return accept(outcome.answer);
  }
  return refuse("stale");
}

/**
 * Ends a company's plan: `until` is the first day without it. What is left of the months after it expires now; minutes that
 * bookings have taken stay theirs.
 */
export async function endSubscription(
  scope: Scope,
  id: CompanyId,
  until: Day,
): Promise<Outcome<Stored<Company>, Refusal>> {
  const day = dayOf(scope.now, await zoneOf(scope));
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const before = await companyForChange(scope, id);
    if (!before) return refuse("missing");
    const may = mayEnd(before, until, plusDays(day, -31), plusDays(day, 366));
    if (!may.ok) return may;
    const { rev, ...facts } = before;
    const subscription: Subscription = { ...may.value, until };
    const after: Company = { ...facts, subscription };
    const { id: sub, ...told } = subscription;
    const data: SubscriptionEnded = { company: id, subscription: sub, ...told, until };
    const outcome = await commit(
      scope,
      [
        ...saveWrites(scope, before, after),
        ...(await expiries(scope, id, (month) => `${month}-01` >= until, true)),
        happened(scope, "subscription.ended", id, data),
      ],
      { answer: { ...after, rev: rev + 1 } },
    );
    if (outcome.done) return accept(outcome.answer);
  }
  return refuse("stale");
}

/** The writes that move what is left of some months to `expired`; `again` lets a later plan grant those months anew. */
async function expiries(scope: Scope, company: CompanyId, which: (month: Month) => boolean, again: boolean) {
  const book = creditBook(company);
  const left = (await balancesOf(scope, book, { consistent: true })).filter(
    ({ account, available, unit }) => account === "company" && available > 0 && which(unit.slice(-7)),
  );
  const entries = left.map(
    ({ unit, available }): Entry => ({ do: "move", book, unit, from: "company", to: "expired", amount: available }),
  );
  const markers = again
    ? await getMany(
        scope,
        grantKind,
        left.map(({ unit }) => grantKey(scope, company, unit.slice(-7))),
        { consistent: true },
      )
    : [];
  const reopened = markers.flatMap((marker, at): Write[] => {
    const { unit, available } = left[at] ?? {};
    if (!marker || unit === undefined || available === undefined) return [];
    const key = grantKey(scope, company, unit.slice(-7));
    return [replace(key, grantKind, { minutes: marker.minutes - available }, marker.rev, "granted")];
  });
  return [...reopened, ...planTransfers(scope, entries, "expire").writes];
}

/**
 * What the monthly timer does for a company: grants what its plan gives by now and was not granted, lets what is left of past months
 * expire, and sets the timer for next month while the plan runs. Safe to run again.
 */
export async function grantMonthly(scope: Scope, id: CompanyId): Promise<void> {
  const zone = await zoneOf(scope);
  const day = dayOf(scope.now, zone);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const subscription = (await companyOf(scope, id))?.subscription;
    const runs = subscription !== undefined && (subscription.until === undefined || subscription.until > day);
    const writes = [
      ...(runs ? await grants(scope, id, subscription, day) : []),
      ...(await expiries(scope, id, (month) => month < monthOf(day), false)),
      ...(runs ? [dueAt(scope, nextGrant(day, zone), "members.grant", id)] : []),
    ];
    if (writes.length === 0) return;
    if ((await commit(scope, writes, { answer: null })).done) return;
  }
  throw new Error(`the allowances of ${id} found no quiet moment`);
}

/** A company's room minutes of each month it was granted any, in order of months. */
export async function allowancesOf(scope: Scope, id: CompanyId): Promise<Allowance[]> {
  const balances = await balancesOf(scope, creditBook(id), { consistent: true });
  const months = [...new Set(balances.map(({ unit }) => unit.slice(-7)))].sort();
  return months.map((month) => {
    const of = (account: string) =>
      balances.find((one) => one.account === account && one.unit === roomMinutesUnit(month))?.available ?? 0;
    const [left, booked, used, expired] = [of("company"), of("booked"), of("used"), of("expired")];
    return { month, granted: left + booked + used + expired, left, booked, used, expired };
  });
}
