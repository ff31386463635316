import { type Day, dayOf, instantOf, type Month, plusDays } from "@yihao/kernel/days";
import type { Scope } from "@yihao/kernel/scope";
import { plusMinutes } from "@yihao/kernel/span";
import { mailingAll, senderOf, staffEmails } from "@yihao/members/post";
import { idFor, stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import type { Stored } from "@yihao/table/kind";
import { insert, replace, type Write } from "@yihao/table/write";
import { chargeNamed } from "./charge-named.ts";
import { leastMinor } from "./checkout.ts";
import { afterDecline, decideCollect } from "./collect.ts";
import { type Attempt, defaultCollect, isUnderWay } from "./collect-model.ts";
import { kindOfDecline } from "./decline.ts";
import { nextLevelOn } from "./dunning.ts";
import { type DunningFile, defaultDunning } from "./dunning-model.ts";
import { methodOf, usualIn } from "./method-store.ts";
import type { Holder } from "./methods.ts";
import type { InvoiceId } from "./model.ts";
import { unsigned } from "./plan-month.ts";
import { platformLetter } from "./platform-letters.ts";
import type { PlatformCollection } from "./platform-model.ts";
import { platformNewsWrites } from "./platform-pay.ts";
import {
  type KeptBill,
  type PlatformPay,
  platformBillKey,
  platformBillKind,
  platformBillOf,
  platformPayKey,
  platformPayKind,
  platformPayOf,
  rowWrite,
} from "./platform-store.ts";
import type { Charged, PaymentProvider } from "./provider.ts";
import { zoneOf } from "./zone.ts";

/** The space itself as whoever saves a way to pay the platform: always in the platform's own account. */
export const platformHolder: Holder = { company: "cmp_platform", back: "settings/platform" };
/** Who charges, in the consent to it. */
export const platformName = { zh: "壹号平台", en: "the Yihao platform" } as const;

/** A bill is due so many days after it was drawn. */
export const platformTermsDays = 10;
const timer = "billing.platform-bill";
const steps = 20;
/** How long until a charge that is on its way, or a page that was paid, is looked at again, in minutes. */
const againMinutes = 60;

/** The day on which a bill is due. */
const dueOf = ({ dueOn, drawnAt }: KeptBill, zone: string): Day =>
  dueOn ?? plusDays(dayOf(drawnAt, zone), platformTermsDays);

/** Sets the timer of a bill on a day, or at once when that is past. */
export function followOn(scope: Scope, month: Month, on: Day, zone: string): Write {
  const at = instantOf(on, "08:00", zone);
  return dueAt(scope, at > scope.now ? at : scope.now, timer, month);
}

/** Writes that put a bill in the place of what it was, with its row. Lost under `bill`. */
const changed = (scope: Scope, { rev }: Stored<KeptBill>, after: KeptBill): Write[] => [
  replace(platformBillKey(scope, after.month), platformBillKind, after, rev, "bill"),
  rowWrite(scope, after),
];
const withoutRev = ({ rev: _rev, ...bill }: Stored<KeptBill>): KeptBill => bill;

/** A bill with another end of one of its tries. */
export function withTry(bill: KeptBill, payment: string, change: Partial<Attempt>): KeptBill {
  if (!bill.collection) return bill;
  const attempts = bill.collection.attempts.map((one) => (one.payment === payment ? { ...one, ...change } : one));
  return { ...bill, collection: { ...bill.collection, attempts } };
}

/**
 * Works on a bill of the platform as far as this moment goes: collects it from the space's saved card on the day it is due and the days that follow a refusal, by the rules by which companies' bills are collected
 * (`collect.ts`), and reminds the owners of one that is open past its day, at the days of dunning (`dunning.ts`), while nothing is being collected. Safe to run again at any point. Throws while the provider does not answer;
 * then the timer stays.
 */
export async function followPlatformBill(given: Scope, provider: PaymentProvider, month: Month): Promise<void> {
  for (let at = 0; at < steps; at += 1) {
    const scope = unsigned(given);
    const [stored, zone, usual] = await Promise.all([
      platformBillOf(scope, month),
      zoneOf(scope),
      usualIn(scope, platformHolder.company, undefined),
    ]);
    if (!stored) return;
    const today = dayOf(scope.now, zone);
    const { collection, amountMinor: totalMinor, paidMinor } = stored;
    const last = collection?.attempts.at(-1);
    const charged = last && (await methodOf(scope, platformHolder.company, last.method));
    const dueOn = dueOf(stored, zone);
    const bill = { state: stored.state === "paid" ? "paid" : "due", dueOn, totalMinor, paidMinor } as const;
    const step = decideCollect({
      ...{ settings: defaultCollect, bill, collection, leastMinor, today },
      ...{ canPay: usual !== undefined, mayFinish: charged?.state === "saved" },
    });
    if (step.do === "nothing") return remind(scope, stored, { today, zone, dueOn });
    if (step.do === "wait") {
      await commit(scope, [followOn(scope, month, step.on, zone)], { answer: null });
      return;
    }
    if (step.do === "finish" && last) {
      if (await finish(scope, provider, last, step.drop)) return;
    } else if (step.do === "try" && usual) {
      if (!(await begin(scope, provider, stored, usual))) return;
    } else if (collection) {
      const { nextOn: _next, ...rest } = collection;
      const state = step.do === "stop" ? "stopped" : "settled";
      const after: KeptBill = {
        ...withoutRev(stored),
        collection: { ...rest, state, ...(step.do === "stop" ? { why: step.why } : {}) },
      };
      const letters = step.do === "stop" ? await lettersOf(scope, after, "not-collected") : [];
      await commit(scope, [...changed(scope, stored, after), ...letters], { answer: null });
    }
  }
  throw new Error(`the platform's bill of ${month} found no quiet moment`);
}

async function lettersOf(scope: Scope, bill: KeptBill, about: "reminder" | "not-collected"): Promise<Write[]> {
  const [from, owners] = await Promise.all([senderOf(scope), staffEmails(scope, ["owner"])]);
  const link = `/s/${scope.space}/settings/platform`;
  return mailingAll(
    scope,
    owners.map((to) => platformLetter(to, from, bill, { about, link })),
  );
}

type Days = { readonly today: Day; readonly zone: string; readonly dueOn: Day };

/** Writes to the owners at each level that an open bill reaches, once each, and sets the timer of the next. */
async function remind(scope: Scope, stored: Stored<KeptBill>, { today, zone, dueOn }: Days): Promise<void> {
  if (stored.state === "paid") return;
  const { month, amountMinor: totalMinor, paidMinor, reminded } = stored;
  const id = `inv_${month}` as InvoiceId;
  const owed = { id, dueOn, totalMinor, paidMinor };
  const levelAfter = (level: KeptBill["reminded"]) => {
    const file =
      level && ({ company: platformHolder.company, bills: [{ invoice: id, ...level }] } satisfies DunningFile);
    return nextLevelOn(defaultDunning, owed, file);
  };
  const next = levelAfter(reminded);
  if (!next) return;
  if (next.on > today) {
    await commit(scope, [followOn(scope, month, next.on, zone)], { answer: null });
    return;
  }
  const reached = { level: next.level, on: today };
  const after: KeptBill = { ...withoutRev(stored), dueOn, reminded: reached };
  const following = levelAfter(reached);
  const writes = [
    ...changed(scope, stored, after),
    ...(await lettersOf(scope, after, "reminder")),
    ...(following ? [followOn(scope, month, following.on, zone)] : []),
  ];
  await commit(scope, writes, { answer: null });
}

type Usual = NonNullable<Awaited<ReturnType<typeof usualIn>>>;

/** Shuts the page on which the bill might be paid by hand and records that a charge is about to be asked for; false when that page was paid, so that its money is waited for. */
async function begin(
  scope: Scope,
  provider: PaymentProvider,
  stored: Stored<KeptBill>,
  { id: method, card }: Usual,
): Promise<boolean> {
  const { month, asked } = stored;
  const page = asked && (await platformPayOf(scope, asked));
  if (page?.state === "open" && page.session && (await provider.close(page.session)).paid) {
    await commit(scope, [dueAt(scope, plusMinutes(scope.now, againMinutes), timer, month)], { answer: null });
    return false;
  }
  const amountMinor = stored.amountMinor - stored.paidMinor;
  const { brand, last4 } = card;
  const pay: PlatformPay = {
    ...{ id: idFor(scope, "pay", `platform collect ${month} ${stored.rev}`), month, state: "asked", language: "zh" },
    ...{ amountMinor, provider: provider.name, at: scope.now, by: `system:${timer}`, collected: method },
  };
  const attempt: Attempt = {
    ...{ payment: pay.id, method, card: { brand, last4 }, at: scope.now, amountMinor, state: "asked" },
  };
  const { nextOn: _next, ...before } = stored.collection ?? { attempts: [] };
  const collection: PlatformCollection = { ...before, state: "trying", attempts: [...before.attempts, attempt] };
  const writes = [
    insert(platformPayKey(scope, pay.id), platformPayKind, pay, "payment"),
    ...changed(scope, stored, { ...withoutRev(stored), collection }),
  ];
  await commit(scope, writes, { answer: null });
  return true;
}

/** Ends a try whose end is not known: made, or given up. True when nothing is left to do now. */
async function finish(scope: Scope, provider: PaymentProvider, attempt: Attempt, drop: boolean): Promise<boolean> {
  const pay = await platformPayOf(scope, attempt.payment);
  if (pay?.state !== "asked") return false;
  const charged = await chargeOrDrop(scope, provider, pay, drop);
  if (charged.is === "processing") {
    const again = dueAt(scope, plusMinutes(scope.now, againMinutes), timer, pay.month);
    await commit(scope, [again], { answer: null });
    return true;
  }
  for (let at = 0; at < steps; at += 1) {
    const now = await platformPayOf(scope, pay.id);
    if (now?.state !== "asked") return false;
    const writes = await endWrites(scope, now, charged);
    if (writes.length === 0) return false;
    if ((await commit(stepOf(scope, `${charged.is} ${at}`), writes, { answer: null })).done) return false;
  }
  return false;
}

type Ended = Charged | { readonly is: "dropped" };

async function chargeOrDrop(
  scope: Scope,
  provider: PaymentProvider,
  pay: Stored<PlatformPay>,
  drop: boolean,
): Promise<Ended> {
  const [method, usual] = await Promise.all([
    methodOf(scope, platformHolder.company, pay.collected ?? ""),
    usualIn(scope, platformHolder.company, undefined),
  ]);
  if (drop || method?.state !== "saved" || !method.reference || !usual)
    return pay.intent ? provider.drop(pay.intent) : { is: "dropped" };
  const { id: payment, amountMinor, month, intent } = pay;
  const ask = { space: scope.space, payment, amountMinor, title: `Yihao ${month}`, customer: usual.customer };
  const again = async () => (await platformPayOf(scope, payment))?.intent;
  return chargeNamed(
    scope,
    provider,
    { ...ask, method: method.reference },
    { key: platformPayKey(scope, payment), intent, again },
  );
}

async function endWrites(scope: Scope, pay: Stored<PlatformPay>, ended: Ended): Promise<Write[]> {
  const { space } = scope;
  if (ended.is === "received") {
    const news = { ...ended, space, payment: pay.id, ...(pay.intent ? { intent: pay.intent } : {}) };
    return (await platformNewsWrites(scope, { event: "", type: "", at: scope.now, news })) ?? [];
  }
  if (ended.is === "declined") return platformDeclinedWrites(scope, pay, ended.code);
  const bill = await platformBillOf(scope, pay.month);
  if (!bill?.collection) return [];
  const after = withTry(withoutRev(bill), pay.id, { state: "dropped" });
  const { rev, ...rest } = pay;
  return [
    replace(platformPayKey(scope, pay.id), platformPayKind, { ...rest, state: "failed" as const }, rev, "payment"),
    ...changed(scope, bill, { ...after, collection: { ...bill.collection, ...after.collection, state: "waiting" } }),
  ];
}

/** The writes of a try that was refused: what follows by the schedule, or the end with a letter to the owners. None when its end is known already. */
export async function platformDeclinedWrites(scope: Scope, pay: Stored<PlatformPay>, code: string): Promise<Write[]> {
  const [bill, zone] = await Promise.all([platformBillOf(scope, pay.month), zoneOf(scope)]);
  if (pay.state !== "asked" || !pay.collected || !bill?.collection) return [];
  const kind = kindOfDecline(code);
  const refused = withTry(withoutRev(bill), pay.id, { state: "declined", code, kind });
  const attempts = refused.collection?.attempts ?? [];
  const tries = attempts.filter(({ state }) => state === "declined").length;
  const next = afterDecline(defaultCollect, dueOf(bill, zone), { tries, kind, today: dayOf(scope.now, zone) });
  const { rev, ...rest } = pay;
  const failed = replace(
    platformPayKey(scope, pay.id),
    platformPayKind,
    { ...rest, state: "failed" as const },
    rev,
    "payment",
  );
  const ended = "why" in next;
  const collection: PlatformCollection = ended
    ? { attempts, state: "stopped", why: next.why }
    : { attempts, state: "waiting", nextOn: next.nextOn };
  const after: KeptBill = { ...refused, collection };
  return [
    failed,
    ...changed(scope, bill, after),
    ...(ended
      ? [...(await lettersOf(scope, after, "not-collected")), followOn(scope, pay.month, dayOf(scope.now, zone), zone)]
      : [followOn(scope, pay.month, next.nextOn, zone)]),
  ];
}

/** Whether a bill is being collected, so that nobody is to pay it by hand at the same time. */
export const isCollected = ({ collection }: Pick<KeptBill, "collection">): boolean =>
  collection !== undefined && isUnderWay(collection) && collection.attempts.at(-1)?.state === "asked";
