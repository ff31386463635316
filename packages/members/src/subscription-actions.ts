import { type Day, dayOf, instantOf, plusDays, plusMonths } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import type { PlanId, PricingRefusal } from "@yihao/pricing/model";
import { planPriceOn } from "@yihao/pricing/price";
import { planOf } from "@yihao/pricing/store";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { overwrite, type Write } from "@yihao/table/write";
import type { Units } from "./allowance.ts";
import { correctGrants } from "./allowance-actions.ts";
import { companyForChange } from "./company-actions.ts";
import { nextGrant, zoneOf } from "./days.ts";
import { endsLetter } from "./letters.ts";
import type { Company, MembersRefusal } from "./model.ts";
import { mailingAll, senderOf } from "./post.ts";
import { companyOf, saveWrites, subscriptionKey, subscriptionKind, subscriptionsOf } from "./store.ts";
import {
  amended,
  ended,
  mayStart,
  noticed,
  paused,
  phaseOn,
  renewed,
  resumed,
  started,
  subscriptionOn,
  takenOver,
  withdrawn,
} from "./subscription.ts";
import type { Notice, Pause, Phase, Subscription, SubscriptionEvent, SubscriptionTold } from "./subscription-model.ts";

type Refusal = "missing" | "stale" | MembersRefusal | PricingRefusal;
type Changed = Promise<Outcome<Stored<Company>, Refusal>>;
const tries = 20;

/** Days before the end of a plan on which its company is written to. */
const remindDays = [30, 7];

/** A plan as it is, at the price of the day from which it is to hold; retired ones are not taken any more. */
async function phaseFrom(scope: Scope, id: PlanId, from: Day, agreed?: Agreed): Promise<Outcome<Phase, Refusal>> {
  if (agreed?.until !== undefined && agreed.until <= from)
    return refuse("subscription.day", {
      earliest: plusDays(from, 1),
      latest: `${plusMonths(from.slice(0, 7), 60)}-01`,
    });
  const plan = await planOf(scope, id);
  if (!plan) return refuse("missing");
  if (plan.state === "retired") return refuse("plan.retired", { name: plan.name });
  const { name, allowances, termMonths, noticeDays, renewal } = plan;
  const snapshot = {
    name,
    monthlyMinor: planPriceOn(plan, from),
    ...allowances,
    termMonths,
    noticeDays,
    renewal,
    agreed,
  };
  const known = Object.entries(snapshot).filter(([, value]) => value !== undefined);
  return accept({ from, plan: plan.id, snapshot: Object.fromEntries(known) as Phase["snapshot"] });
}

/** The timers that an end or a term brings: letters before it, and what becomes of a term that is over. */
function timersOf(
  scope: Scope,
  company: CompanyId,
  before: Subscription | undefined,
  after: Subscription,
  zone: string,
) {
  const timers: Write[] = [];
  const { until, termUntil, from } = after;
  if (until !== undefined && until !== before?.until)
    for (const days of remindDays) {
      const at = instantOf(plusDays(until, -days), "09:00", zone);
      if (at > scope.now) timers.push(dueAt(scope, at, "members.plan-ends", company, { until }));
    }
  if (termUntil !== undefined && termUntil !== before?.termUntil)
    timers.push(dueAt(scope, instantOf(termUntil, "00:10", zone), "members.term", company, { termUntil }));
  if (before === undefined && from > dayOf(scope.now, zone))
    timers.push(dueAt(scope, instantOf(from, "00:01", zone), "members.next", company));
  return timers;
}

/**
 * Changes a company's latest subscription as a rule decides, in one commit: the company, the subscription, its event, what it grants or takes back,
 * and its timers. Whoever changes the company meanwhile makes it decide again.
 */
async function change(
  scope: Scope,
  id: CompanyId,
  type: SubscriptionEvent,
  decide: (
    company: Company,
    day: Day,
  ) => Outcome<Subscription, MembersRefusal> | Promise<Outcome<Subscription, Refusal>>,
  { reason, leftNow }: { readonly reason?: string | undefined; readonly leftNow?: Units | undefined } = {},
): Changed {
  const zone = await zoneOf(scope);
  const { day, at } = nextGrant(scope.now, zone);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const before = await companyForChange(scope, id);
    if (!before) return refuse("missing");
    const decided = await decide(before, day);
    if (!decided.ok) return decided;
    const after = decided.value;
    const { rev, ...facts } = before;
    const fresh = type === "subscription.started";
    const was = fresh ? undefined : (before.next ?? before.subscription);
    const follows = fresh ? (before.subscription?.until ?? "") > day : before.next !== undefined;
    const company: Company = { ...facts, ...(follows ? { next: after } : { subscription: after }) };
    const told: SubscriptionTold = {
      company: id,
      subscription: after.id,
      before: was ?? null,
      after,
      ...(reason ? { reason } : {}),
    };
    const { subscription: left } = before;
    const outcome = await commit(
      scope,
      [
        ...saveWrites(scope, before, company),
        overwrite(subscriptionKey(scope, id, after.id), subscriptionKind, after),
        // A subscription that gives way keeps its own item from here on.
        ...(fresh && !follows && left ? [overwrite(subscriptionKey(scope, id, left.id), subscriptionKind, left)] : []),
        ...(await correctGrants(scope, id, await subscriptionsOf(scope, company), day, leftNow)),
        ...timersOf(scope, id, was, after, zone),
        ...(fresh ? [dueAt(scope, at, "members.grant", id)] : []),
        happened(scope, type, id, told),
      ],
      { answer: { ...company, rev: rev + 1 } },
    );
    if (outcome.done) return accept(outcome.answer);
  }
  return refuse("stale");
}

type Agreed = Phase["snapshot"]["agreed"];
type PlanWish = { readonly plan: PlanId; readonly from: Day; readonly agreed?: Agreed };

/**
 * Starts a plan for a company (开通套餐) from a local day: keeps the plan as it is now, grants the allowances of this month and
 * the next two, and sets the timer that grants on. A plan that runs then is refused as `subscription.running`; while one runs that is to end, the new
 * one follows it.
 */
export function startSubscription(scope: Scope, id: CompanyId, wish: PlanWish): Changed {
  return change(scope, id, "subscription.started", async (company, day) => {
    const may = mayStart(company, wish.from, day);
    if (!may.ok) return may;
    const phase = await phaseFrom(scope, wish.plan, wish.from, wish.agreed);
    return phase.ok ? accept(started(idFor(scope, "sub"), phase.value)) : phase;
  });
}

/** What is known of a plan that ran before the space came here: since when, bound until when, at which price a month, and what is left of this month. */
export type PlanBefore = PlanWish & {
  readonly since: Day;
  readonly termUntil?: Day | undefined;
  readonly monthlyMinor?: number | undefined;
  readonly left?: Units | undefined;
};

/**
 * Takes a running plan of a company over (接管套餐): as a plan that starts on `from`, the first day that is charged here, so that no month before it is billed a second time.
 * Refused as a start is.
 */
export function takeOverSubscription(scope: Scope, id: CompanyId, wish: PlanBefore): Changed {
  const { plan, from, since, termUntil, monthlyMinor, left } = wish;
  return change(
    scope,
    id,
    "subscription.started",
    async (company, day) => {
      const may = mayStart(company, from, day);
      if (!may.ok) return may;
      const phase = await phaseFrom(scope, plan, from);
      if (!phase.ok) return phase;
      const snapshot = { ...phase.value.snapshot, ...(monthlyMinor === undefined ? {} : { monthlyMinor }) };
      return accept(takenOver(idFor(scope, "sub"), { ...phase.value, snapshot }, { since, termUntil }));
    },
    { leftNow: left },
  );
}

/** Changes a company to another plan, or to the present price of its own, from a local day (变更套餐): the days before keep what they had. */
export function amendSubscription(scope: Scope, id: CompanyId, wish: PlanWish): Changed {
  return change(scope, id, "subscription.amended", async (company, day) => {
    const phase = await phaseFrom(scope, wish.plan, wish.from, wish.agreed);
    return phase.ok ? amended(company, phase.value, day) : phase;
  });
}

/** Rests a company's plan (暂停): for the days of the pause nothing is charged, and months that are paused whole grant nothing. */
export function pauseSubscription(scope: Scope, id: CompanyId, pause: Pause): Changed {
  return change(scope, id, "subscription.paused", (company, day) => paused(company, pause, day));
}

/** Lets a company's plan run again from a local day (恢复). */
export function resumeSubscription(scope: Scope, id: CompanyId, from: Day): Changed {
  return change(scope, id, "subscription.resumed", (company, day) => resumed(company, from, day));
}

/** Binds a company for more months (续约), on its plan as it is or on another as it is now; notice that was given is taken back. */
export function renewSubscription(scope: Scope, id: CompanyId, wish: { months: number; plan?: PlanId }): Changed {
  return change(scope, id, "subscription.renewed", async (company, day) => {
    const phase = wish.plan ? await phaseFrom(scope, wish.plan, day) : undefined;
    if (phase && !phase.ok) return phase;
    return renewed(company, wish.months, phase?.value, day);
  });
}

/** Gives notice for a company (退租通知), the company's own or the space's: its plan ends as soon as term and notice allow, or later. */
export function giveNotice(
  scope: Scope,
  id: CompanyId,
  wish: { until?: Day; reason?: string; by: Notice["by"] },
): Changed {
  return change(scope, id, "subscription.notice-given", (company, day) => noticed(company, wish, day), {
    reason: wish.reason,
  });
}

/** Takes notice back while the plan still runs. */
export function withdrawNotice(scope: Scope, id: CompanyId): Changed {
  return change(scope, id, "subscription.notice-withdrawn", withdrawn);
}

/**
 * Ends a company's plan: `until` is the first day without it. What is left of the months after it expires now; minutes that
 * bookings have taken stay theirs.
 */
export function endSubscription(scope: Scope, id: CompanyId, until: Day, reason?: string): Changed {
  return change(scope, id, "subscription.ended", (company, day) => ended(company, until, day), { reason });
}

/** What becomes of a term that is over: a plan that runs by terms is bound for another one; others go on or end by themselves. */
export async function closeTerm(scope: Scope, id: CompanyId, termUntil: Day): Promise<void> {
  const company = await companyOf(scope, id);
  const last = company?.next ?? company?.subscription;
  if (!last || last.termUntil !== termUntil || last.until !== undefined) return;
  const { renewal, termMonths } = phaseOn(last, termUntil).snapshot;
  if (renewal === "term" && termMonths) await renewSubscription(scope, id, { months: termMonths });
}

/** Puts the subscription that follows in the place of the one that has ended, on its first day. */
export async function promoteNext(scope: Scope, id: CompanyId): Promise<void> {
  const day = dayOf(scope.now, await zoneOf(scope));
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const before = await companyForChange(scope, id);
    if (!before?.next || subscriptionOn(before, day) !== before.next) return;
    const { rev: _, next, ...facts } = before;
    if ((await commit(scope, saveWrites(scope, before, { ...facts, subscription: next }), { answer: null })).done)
      return;
  }
  throw new Error(`the next plan of ${id} found no quiet moment`);
}

/** Writes to a company that its plan is about to end, unless the end was moved meanwhile. */
export async function remindOfEnd(scope: Scope, id: CompanyId, until: Day): Promise<void> {
  const company = await companyOf(scope, id);
  const last = company?.next ?? company?.subscription;
  if (!company?.contactEmail || company.state === "left" || last?.until !== until) return;
  const { name } = phaseOn(last, until).snapshot;
  const letter = endsLetter(
    company.contactEmail,
    await senderOf(scope),
    { name, until },
    `/s/${scope.space}/my/company`,
  );
  await commit(scope, mailingAll(scope, [letter]), { answer: null });
}
