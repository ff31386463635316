import { type Day, plusDays } from "@yihao/kernel/days";
import type { DunningFile, DunningSettings, DunningView, NextStep, PromiseToPay } from "./dunning-model.ts";
import type { Invoice, InvoiceId } from "./model.ts";
import { openOf } from "./open.ts";

/** A finalised bill as far as dunning asks. */
export type Owed = Pick<
  Invoice,
  "id" | "number" | "dueOn" | "totalMinor" | "paidMinor" | "creditedMinor" | "freedMinor" | "writtenOffMinor"
>;

/** Whole days from one local day to another. */
export const daysFrom = (from: Day, until: Day): number =>
  Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

const levelIn = (file: DunningFile | undefined, invoice: InvoiceId) =>
  file?.bills.find((one) => one.invoice === invoice);

/**
 * On which day a bill reaches its next level: so many days after it was due, and never sooner after the level before than the two lie apart. So a bill that is old when dunning is turned on, or that a promise held
 * back, is still written of before bookings are stopped. Undefined when it is at the last.
 */
export function nextLevelOn(
  { levels }: Pick<DunningSettings, "levels">,
  bill: Owed,
  file: DunningFile | undefined,
): { readonly on: Day; readonly level: number; readonly suspends: boolean } | undefined {
  const reached = levelIn(file, bill.id);
  const level = (reached?.level ?? 0) + 1;
  const next = levels[level - 1];
  if (!next || !bill.dueOn) return undefined;
  const byDue = plusDays(bill.dueOn, next.afterDays);
  const before = levels[level - 2];
  const byLast = reached && before ? plusDays(reached.on, next.afterDays - before.afterDays) : byDue;
  return { on: byDue > byLast ? byDue : byLast, level, suspends: next.suspends };
}

/** Whether a promise holds dunning back on a day. */
export const resting = (promise: PromiseToPay | undefined, today: Day): boolean =>
  promise?.state === "open" && today <= promise.on;

const none: ReadonlySet<string> = new Set();

/** What a day does to a company: the bills that reach a level, what its file says afterwards, and whether new bookings are to be stopped. */
export type Decided = {
  readonly reached: readonly { readonly bill: Owed; readonly level: number }[];
  readonly bills: DunningFile["bills"];
  readonly suspend: boolean;
};

/**
 * Decides a company's dunning on a day (催缴): each open bill takes at most one level, none while a promise holds or while it is collected (`collected`); bills that are settled leave the file. Bookings are stopped while any open bill stands at a level that
 * stops them, so paying that bill lifts it.
 */
export function decideDunning(
  settings: DunningSettings,
  bills: readonly Owed[],
  file: DunningFile | undefined,
  today: Day,
  collected: ReadonlySet<string> = none,
): Decided {
  const open = bills.filter((bill) => openOf(bill) > 0);
  const rests = !settings.on || resting(file?.promise, today);
  const reached = open.flatMap((bill) => {
    const next = nextLevelOn(settings, bill, file);
    return !rests && !collected.has(bill.id) && next && next.on <= today ? [{ bill, level: next.level }] : [];
  });
  const after = open.flatMap((bill) => {
    const now = reached.find((one) => one.bill.id === bill.id);
    if (now) return [{ invoice: bill.id, level: now.level, on: today }];
    const was = levelIn(file, bill.id);
    return was ? [was] : [];
  });
  const suspend = settings.on && after.some(({ level }) => stops(settings, level));
  return { reached, bills: after, suspend };
}

/** Whether a level, or one before it, stops new bookings. */
const stops = ({ levels }: DunningSettings, level: number) => levels.slice(0, level).some((one) => one.suspends);

/** What happens next to a company, and when: the earliest level that one of its bills reaches, or the look at its promise; never a day that is past. Undefined when nothing does. */
export function nextStep(
  settings: DunningSettings,
  bills: readonly Owed[],
  file: DunningFile | undefined,
  today: Day,
  collected: ReadonlySet<string> = none,
): NextStep | undefined {
  if (!settings.on) return undefined;
  const steps = bills
    .filter((bill) => openOf(bill) > 0 && !collected.has(bill.id))
    .flatMap((bill): NextStep[] => {
      const next = nextLevelOn(settings, bill, file);
      if (!next) return [];
      return [
        {
          on: next.on < today ? today : next.on,
          does: next.suspends ? "suspend" : "remind",
          level: next.level,
          invoice: bill.id,
        },
      ];
    })
    .sort((a, b) => (a.on === b.on ? b.level - a.level : a.on < b.on ? -1 : 1));
  const promise = file?.promise;
  if (promise && resting(promise, today) && bills.some((bill) => openOf(bill) > 0))
    return { on: plusDays(promise.on, 1), does: "resume", level: steps[0]?.level ?? 0 };
  return steps[0];
}

/** What has become of a promise on a day, with what was paid since it was made: kept as soon as enough has come, broken once its day is over. */
export function promiseOn(promise: PromiseToPay, paidMinor: number, today: Day): PromiseToPay["state"] {
  if (promise.state !== "open") return promise.state;
  if (paidMinor >= promise.amountMinor) return "kept";
  return today > promise.on ? "broken" : "open";
}

/** A company's dunning as it is shown: its bills that are over, the highest level, what comes next. Undefined when nothing of it is over and nothing is remembered. */
export function dunningView(
  settings: DunningSettings,
  company: Pick<DunningView, "company" | "companyName">,
  bills: readonly Owed[],
  file: DunningFile | undefined,
  today: Day,
  collected: ReadonlySet<string> = none,
): DunningView | undefined {
  const over = bills.filter((bill) => openOf(bill) > 0 && (bill.dueOn ?? today) < today);
  if (over.length === 0 && !file) return undefined;
  const next = nextStep(settings, over, file, today, collected);
  return {
    ...company,
    level: Math.max(0, ...over.map(({ id }) => levelIn(file, id)?.level ?? 0)),
    openMinor: over.reduce((sum, bill) => sum + openOf(bill), 0),
    bills: over
      .map((bill) => ({
        invoice: bill.id,
        number: bill.number ?? "",
        dueOn: bill.dueOn ?? today,
        daysOver: daysFrom(bill.dueOn ?? today, today),
        openMinor: openOf(bill),
        level: levelIn(file, bill.id)?.level ?? 0,
      }))
      .sort((a, b) => b.daysOver - a.daysOver),
    ...(next ? { next } : {}),
    ...(file?.promise ? { promise: file.promise } : {}),
    ...(file?.suspendedAt ? { suspendedAt: file.suspendedAt } : {}),
  };
}
