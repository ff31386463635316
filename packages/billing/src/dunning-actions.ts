import { dayOf, instantOf, monthOf, plusDays, plusMonths } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, Refused, refuse } from "@yihao/kernel/outcome";
import { actorName, type Scope } from "@yihao/kernel/scope";
import type { Company } from "@yihao/members/model";
import { mailingAll, senderOf } from "@yihao/members/post";
import { companyOf } from "@yihao/members/store";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { happened } from "@yihao/table/event";
import { giveWay } from "@yihao/table/give-way";
import type { Stored } from "@yihao/table/kind";
import { insert, replace, type Write } from "@yihao/table/write";
import { readersOf } from "./bill-readers.ts";
import { underWay } from "./collect-store.ts";
import { type Decided, decideDunning, nextStep, type Owed, promiseOn } from "./dunning.ts";
import { followFee } from "./dunning-fees.ts";
import { dunningLetter, suspensionReason } from "./dunning-letters.ts";
import {
  type DunningFile,
  type DunningReminded,
  type DunningSettings,
  type NewPromise,
  type NextStep,
  type PromiseToPay,
  promiseDaysMost,
} from "./dunning-model.ts";
import {
  dunningSettingsKey,
  dunningSettingsKind,
  dunningSettingsOf,
  fileKey,
  fileKind,
  fileOf,
  filesOf,
} from "./dunning-store.ts";
import type { BillingRefusal } from "./model.ts";
import { openOf } from "./open.ts";
import { unsigned } from "./plan-month.ts";
import { allRows, dueBillsOf, listPayments } from "./store.ts";
import { zoneOf } from "./zone.ts";

/** When a day's dunning is done, local time: when somebody is there to answer the telephone. */
const hour = "09:00";
/** When a month's late fees are charged: after its last day, before its bills are drawn. */
const feeHour = "00:20";

/** Sets the timer that looks at a company's dunning on a day, or at once when that is past. */
export function dunOn(scope: Scope, company: string, on: string, zone: string): Write {
  const at = instantOf(on, hour, zone);
  return dueAt(scope, at > scope.now ? at : scope.now, "billing.dun", company);
}

/**
 * Brings a company's dunning up to this day (催缴); a bill that is being collected waits until that is over: the late fees of its open bills, the level each bill reaches with its letter, what became of its promise, and stops or allows new bookings; then sets the timer of what
 * comes next. All from what stands now, in one commit under the file's revision, so that it may be asked for any time and by whoever hears of money.
 */
export async function dunCompany(scope: Scope, id: CompanyId): Promise<void> {
  const company = await companyOf(scope, id);
  if (!company || company.kind === "guest") return;
  if (company.merged) return dunCompany(scope, company.merged.into as CompanyId);
  const [settings, zone] = await Promise.all([dunningSettingsOf(scope), zoneOf(scope)]);
  const today = dayOf(scope.now, zone);
  for (let attempt = 1; attempt <= 20; attempt += 1) {
    const [bills, stored] = await Promise.all([dueBillsOf(scope, id), fileOf(scope, id)]);
    if (attempt === 1 && settings.on)
      for (const bill of bills) if ((bill.dueOn ?? today) < today) await followFee(scope, bill.id);
    const promise = stored?.promise && (await settledPromise(scope, id, stored.promise, today));
    const before: DunningFile | undefined = stored && { ...plain(stored), ...(promise ? { promise } : {}) };
    const collected = await underWay(scope, bills);
    const decided = decideDunning(settings, bills, before, today, collected);
    const suspendedAt = decided.suspend ? (stored?.suspendedAt ?? scope.now) : undefined;
    const after: DunningFile = {
      company: id,
      bills: [...decided.bills],
      ...(promise ? { promise } : {}),
      ...(suspendedAt ? { suspendedAt } : {}),
    };
    const next = nextStep(settings, bills, after, today, collected);
    const writes = [
      ...fileWrites(scope, stored, after),
      ...(await toldWrites(scope, company, { stored, after, decided, bills, next })),
    ];
    const timers = [
      ...(next ? [dunOn(scope, id, next.on, zone)] : []),
      ...(settings.fee.kind === "daily" && settings.on && bills.some(({ dueOn = today }) => dueOn < today)
        ? [dueAt(scope, instantOf(`${plusMonths(monthOf(today), 1)}-01`, feeHour, zone), "billing.dun", id)]
        : []),
    ];
    if (writes.length === 0) {
      if (timers.length > 0) await commit(unsigned(scope), timers, { answer: null });
      return;
    }
    if ((await commit(scope, [...writes, ...timers], { answer: null })).done) return;
    await giveWay(scope, attempt);
  }
  throw new Error(`the dunning of ${id} found no quiet moment`);
}

const plain = ({ rev: _rev, ...file }: Stored<DunningFile>): DunningFile => file;

/** A promise as it stands today, by what was paid since it was made. */
async function settledPromise(
  scope: Scope,
  company: string,
  promise: PromiseToPay,
  today: string,
): Promise<PromiseToPay> {
  if (promise.state !== "open") return promise;
  const { items } = await listPayments(scope, { company, limit: 60 });
  const paidMinor = items.reduce((sum, one) => sum + (one.at >= promise.at ? one.amountMinor : 0), 0);
  return { ...promise, state: promiseOn(promise, paidMinor, today) };
}

function fileWrites(scope: Scope, stored: Stored<DunningFile> | undefined, after: DunningFile): Write[] {
  const key = fileKey(scope, after.company);
  const empty = after.bills.length === 0 && !after.suspendedAt && after.promise?.state !== "open";
  if (!stored) return empty ? [] : [insert(key, fileKind, after, "file")];
  if (empty) return [{ do: "delete", key, when: [["rev", "=", stored.rev]], tag: "file" }];
  if (JSON.stringify(plain(stored)) === JSON.stringify(after)) return [];
  return [replace(key, fileKind, after, stored.rev, "file")];
}

type Step = {
  readonly stored: DunningFile | undefined;
  readonly after: DunningFile;
  readonly decided: Decided;
  readonly bills: readonly Owed[];
  readonly next: NextStep | undefined;
};

/** The events and letters of a step. */
async function toldWrites(scope: Scope, company: Company, step: Step): Promise<Write[]> {
  const { stored, after, decided } = step;
  const id = company.id;
  const writes: Write[] = [];
  const was = stored?.promise;
  if (was?.state === "open" && after.promise && after.promise.state !== "open")
    writes.push(happened(scope, `promise.${after.promise.state}`, id, promiseTold(id, after.promise)));
  if (decided.reached.length > 0) writes.push(...(await reminded(scope, company, step)));
  if (after.suspendedAt && !stored?.suspendedAt) {
    const numbers = step.bills.filter(({ id: bill }) => after.bills.some(({ invoice }) => invoice === bill));
    const reason = suspensionReason(
      await senderOf(scope),
      numbers.map(({ number = "" }) => number),
    );
    writes.push(happened(scope, "company.suspended", id, { company: id, reason }));
  }
  if (!after.suspendedAt && stored?.suspendedAt)
    writes.push(happened(scope, "company.released", id, { company: id, reason: "paid" }));
  return writes;
}

const promiseTold = (company: CompanyId, { amountMinor, on }: PromiseToPay) => ({ company, amountMinor, on });

/** The event of bills that reached a level, and one letter of all of them to the company's admins and those it named for bills. */
async function reminded(scope: Scope, company: Company, { decided, next, after, stored }: Step): Promise<Write[]> {
  const level = Math.max(...decided.reached.map((one) => one.level));
  const bills = decided.reached.map(({ bill, level: at }) => ({
    invoice: bill.id,
    number: bill.number ?? "",
    level: at,
    openMinor: openOf(bill),
    dueOn: bill.dueOn ?? "",
  }));
  const openMinor = bills.reduce((sum, one) => sum + one.openMinor, 0);
  const suspends = after.suspendedAt !== undefined && stored?.suspendedAt === undefined;
  const data: DunningReminded = {
    ...{ company: company.id, level, suspends, openMinor },
    bills: bills.map(({ dueOn: _, ...one }) => one),
  };
  const from = await senderOf(scope);
  const said = {
    ...{ company: company.name, level, suspends, bills, openMinor },
    ...(next ? { next: { on: next.on, suspends: next.does === "suspend" && !after.suspendedAt } } : {}),
  };
  const link = `/s/${scope.space}/my/bills`;
  const letters = (await readersOf(scope, company)).map((to) => dunningLetter(to, from, said, link));
  return [happened(scope, "dunning.reminded", company.id, data), ...mailingAll(scope, letters)];
}

/**
 * Keeps a company's promise to pay (承诺付款): dunning rests up to its day. A new one takes the place of the one before. Refused as `missing`, `promise.day` when the day is past or more than 60 days off, `promise.nothing-open`
 * when nothing is over, and `promise.too-much` when it is more than is open.
 */
export async function promiseToPay(
  scope: Scope,
  id: CompanyId,
  { amountMinor, on, note }: NewPromise,
): Promise<Outcome<DunningFile, BillingRefusal | "missing">> {
  if (!(await companyOf(scope, id))) return refuse("missing");
  const zone = await zoneOf(scope);
  const today = dayOf(scope.now, zone);
  if (on < today || on > plusDays(today, promiseDaysMost)) return refuse("promise.day", { days: promiseDaysMost });
  for (let attempt = 1; attempt <= 20; attempt += 1) {
    const [bills, stored] = await Promise.all([dueBillsOf(scope, id), fileOf(scope, id)]);
    const openMinor = bills.reduce((sum, bill) => sum + openOf(bill), 0);
    if (!bills.some(({ dueOn = today }) => dueOn < today)) return refuse("promise.nothing-open");
    if (amountMinor > openMinor) return refuse("promise.too-much", { openMinor });
    const promise: PromiseToPay = { amountMinor, on, note, state: "open", at: scope.now, by: actorName(scope) };
    const after: DunningFile = { ...(stored ? plain(stored) : { company: id, bills: [] }), promise };
    const writes = [
      ...fileWrites(scope, stored, after),
      happened(scope, "promise.made", id, promiseTold(id, promise)),
      dunOn(scope, id, plusDays(on, 1), zone),
    ];
    const outcome = await commit(scope, writes, { answer: after });
    if (outcome.done) return accept(outcome.answer);
    await giveWay(scope, attempt);
  }
  throw new Refused("busy");
}

/** Takes a promise back that will not be kept: dunning goes on at once. Refused as `promise.none` when none is open. */
export async function withdrawPromise(scope: Scope, id: CompanyId): Promise<Outcome<DunningFile, BillingRefusal>> {
  for (let attempt = 1; attempt <= 20; attempt += 1) {
    const stored = await fileOf(scope, id);
    if (stored?.promise?.state !== "open") return refuse("promise.none");
    const promise: PromiseToPay = { ...stored.promise, state: "withdrawn" };
    const after = { ...plain(stored), promise };
    const writes = [
      replace(fileKey(scope, id), fileKind, after, stored.rev, "file"),
      happened(scope, "promise.withdrawn", id, promiseTold(id, promise)),
    ];
    const outcome = await commit(scope, writes, { answer: after });
    if (outcome.done) return accept(outcome.answer);
    await giveWay(scope, attempt);
  }
  throw new Refused("busy");
}

/** Sets how the space duns, as it was read at `rev`; otherwise `stale`. Every company that owes is looked at anew. */
export async function changeDunning(
  scope: Scope,
  settings: DunningSettings,
  rev: number,
): Promise<Outcome<Stored<DunningSettings>, "stale">> {
  const { rev: now, ...before } = await dunningSettingsOf(scope);
  if (now !== rev) return refuse("stale", { current: now });
  const key = dunningSettingsKey(scope);
  const write =
    rev === 0
      ? insert(key, dunningSettingsKind, settings, "stale")
      : replace(key, dunningSettingsKind, settings, rev, "stale");
  const changed = happened(scope, "dunning-settings.changed", "billing-settings", { before, after: settings });
  const outcome = await commit(scope, [write, changed], { answer: { ...settings, rev: rev + 1 } });
  return outcome.done ? accept(outcome.answer) : refuse("stale", {});
}

/** How many companies are looked at at once when the settings have changed; the others by a timer each. */
const atOnce = 40;

/** Looks at every company that owes something or has a file: the settings have changed. */
export async function dunEverybody(scope: Scope): Promise<void> {
  const [rows, files] = await Promise.all([allRows(scope, "due"), filesOf(scope)]);
  const companies = [...new Set([...rows, ...files].map(({ company }) => company))];
  const later = companies.slice(atOnce);
  for (let at = 0; at < later.length; at += 90)
    await commit(
      unsigned(scope),
      later.slice(at, at + 90).map((company) => dueAt(scope, scope.now, "billing.dun", company)),
      { answer: null },
    );
  for (const company of companies.slice(0, atOnce)) await dunCompany(stepOf(scope, company), company);
}

/** Sets the timer of a new bill's first level. */
export async function armDunning(scope: Scope, company: string, dueOn: string): Promise<void> {
  const settings = await dunningSettingsOf(scope);
  const [first] = settings.levels;
  if (!settings.on || !first) return;
  const on = plusDays(dueOn, first.afterDays);
  await commit(unsigned(scope), [dunOn(scope, company, on, await zoneOf(scope))], { answer: null });
}
