import { type Day, plusDays } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Agreement, AgreementEnd, AgreementFacts, AgreementRenew } from "./agreement-model.ts";
import { termsMost } from "./agreement-model.ts";
import type { AgreementLet, MembersRefusal } from "./model.ts";
import { rentFault, rentOn } from "./rent.ts";

type Decided = Outcome<Agreement, MembersRefusal>;

/** Days for which an agreement lets a resource: half-open, without an end when it has none. */
export type Letting = {
  readonly agreement: Agreement["id"];
  readonly company: Agreement["company"];
  readonly from: Day;
  readonly until?: Day | undefined;
};

/** Whether an agreement's days make sense: it ends after it begins, and days without rent and steps lie within it. */
export function daysFault(facts: AgreementFacts): Outcome<null, MembersRefusal> {
  const { from, until } = facts;
  return until !== undefined && until <= from ? refuse("agreement.days") : rentFault(facts);
}

const binding = ["kind", "from", "until", "resources", "rentMinor", "depositMinor", "rentFree", "steps"] as const;

/** What an edit makes of an agreement: a draft takes anything, a signed one only what does not bind (title, number, reminders, note). */
export function edited(before: Agreement, facts: AgreementFacts): Decided {
  const fault = daysFault(facts);
  if (!fault.ok && before.state === "draft") return fault;
  if (before.state === "ended") return refuse("agreement.ended", { until: before.until });
  const bound = binding.filter((name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(facts[name] ?? null));
  if (before.state === "running" && bound.length > 0) return refuse("agreement.signed", { facts: bound });
  const { id, company, state, at, signedOn, rentFrom, terms } = before;
  const kept = { id, company, state, at, terms };
  return accept({ ...facts, ...kept, ...(signedOn ? { signedOn } : {}), ...(rentFrom ? { rentFrom } : {}) });
}

/** A draft that both sides have signed (签订): it runs, and lets what it names. One that is over already cannot be. */
export function signed(before: Agreement, signedOn: Day, today: Day, now: string, rentFrom = before.from): Decided {
  if (before.state !== "draft") return refuse("agreement.not-draft");
  const { from, until, rentMinor } = before;
  if (until !== undefined && until <= today) return refuse("agreement.over", { until });
  const term = { from, ...(until ? { until } : {}), ...(rentMinor === undefined ? {} : { rentMinor }), at: now };
  return accept({ ...before, state: "running", signedOn, rentFrom, terms: [term] });
}

/** Lets an agreement run on (续签) to a later day, from its end on with another rent when it says so. */
export function renewedAgreement(before: Agreement, { until, rentMinor }: AgreementRenew, now: string): Decided {
  if (before.state !== "running") return refuse("agreement.not-running");
  if (before.until === undefined) return refuse("agreement.endless");
  if (until <= before.until) return refuse("agreement.renew-day", { earliest: before.until });
  if (before.terms.length >= termsMost) return refuse("agreement.terms", { most: termsMost });
  const rent = rentMinor ?? (before.rentMinor === undefined ? undefined : rentOn(before, plusDays(before.until, -1)));
  const term = { from: before.until, until, ...(rent === undefined ? {} : { rentMinor: rent }), at: now };
  const { end: _, ...rest } = before;
  return accept({ ...rest, until, ...(rent === undefined ? {} : { rentMinor: rent }), terms: [...before.terms, term] });
}

/** Ends an agreement (终止) on a day before its own; one whose day has come, or that never begins, is over at once. */
export function endedAgreement(before: Agreement, { until, reason, note }: AgreementEnd, today: Day): Decided {
  if (before.state !== "running") return refuse("agreement.not-running");
  const latest = before.until;
  if (until < before.from || (latest !== undefined && until > latest))
    return refuse("agreement.end-day", { earliest: before.from, latest: latest ?? null });
  const end = { reason, ...(note ? { note } : {}) };
  return accept({ ...before, until, end, state: until <= today || until === before.from ? "ended" : "running" });
}

/** An agreement whose day has come (到期). */
export function expired(before: Agreement): Agreement {
  return { ...before, state: "ended", end: before.end ?? { reason: "expired" } };
}

/** The days for which an agreement lets its resources now, or nothing when it lets none. */
export function lettingOf(agreement: Agreement): Letting | undefined {
  if (agreement.state !== "running" || agreement.resources.length === 0) return undefined;
  const { id, company, from, until } = agreement;
  return { agreement: id, company, from, ...(until ? { until } : {}) };
}

/** The letting of somebody else that meets these days, if any. */
export function metBy(lettings: readonly Letting[], wish: Letting): Letting | undefined {
  return lettings.find(
    (one) =>
      one.agreement !== wish.agreement &&
      (one.until === undefined || wish.from < one.until) &&
      (wish.until === undefined || one.from < wish.until),
  );
}

/** The days for which an agreement lets resources, as booking hears it. */
export function letTold({ id, company, resources, from, until }: Agreement): AgreementLet {
  return { agreement: id, company, resources, from, ...(until ? { until } : {}) };
}

/** How many days before its end an agreement is first brought to mind. */
export const firstReminder = ({ remindDays }: Pick<Agreement, "remindDays">): number => Math.max(0, ...remindDays);
