import { type Day, plusDays } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import {
  type Agreement,
  type AgreementAmend,
  type AgreementFacts,
  rentFreeMost,
  rentStepsMost,
} from "./agreement-model.ts";
import type { MembersRefusal } from "./model.ts";

/** Days of an agreement at one rent a month, in fen; open when the agreement is. */
export type RentPhase = { readonly from: Day; readonly until?: Day | undefined; readonly rentMinor: number };

type Rented = Pick<Agreement, "from" | "until" | "terms" | "steps" | "rentMinor">;

const earlier = (a: Day | undefined, b: Day | undefined) => (a === undefined || (b !== undefined && b < a) ? b : a);

/**
 * The rents that an agreement goes through (租金), in order: what was signed, what renewals brought, and its steps, each until the next one or the end. On one day a step
 * goes before a renewal.
 */
export function rentPhases(agreement: Rented): RentPhase[] {
  const { from, until, rentMinor = 0, terms, steps = [] } = agreement;
  const signed = terms.length > 0 ? terms : [{ from, rentMinor }];
  const points = new Map<Day, number>();
  for (const one of [...signed, ...steps]) points.set(one.from, one.rentMinor ?? 0);
  const all = [...points].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return all
    .map(([day, rent], at): RentPhase => ({ from: day, until: earlier(all[at + 1]?.[0], until), rentMinor: rent }))
    .filter((phase) => phase.until === undefined || phase.from < phase.until);
}

/** A month's rent on a day: the first before it begins, the last after it ended. */
export function rentOn(agreement: Rented, day: Day): number {
  const phases = rentPhases(agreement);
  return (phases.findLast(({ from }) => from <= day) ?? phases[0])?.rentMinor ?? agreement.rentMinor ?? 0;
}

type Terms = Pick<AgreementFacts, "from" | "until" | "rentMinor" | "rentFree" | "steps">;

/** What is wrong with the days without rent and the steps of an agreement: they lie within it, in order, do not meet, and there is a rent that they change. */
export function rentFault(terms: Terms): Outcome<null, MembersRefusal> {
  const { from, until, rentMinor, rentFree = [], steps = [] } = terms;
  if (rentMinor === undefined && rentFree.length + steps.length > 0) return refuse("agreement.rent-missing");
  let free = from;
  for (const one of rentFree) {
    if (one.from < free || one.until <= one.from || (until !== undefined && one.until > until))
      return refuse("agreement.rent-free", { from: one.from, until: one.until });
    free = one.until;
  }
  for (const [at, step] of steps.entries()) {
    const before = steps[at - 1]?.from ?? from;
    if (step.from <= before || (until !== undefined && step.from >= until))
      return refuse("agreement.rent-step", { from: step.from });
  }
  return accept(null);
}

/**
 * An agreement after a change that both sides agreed (变更): another rent from a day on, which takes the place of a step of that day and leaves later ones; days without rent; or another deposit. What
 * was charged for the days is made right by the difference.
 */
export function amendedAgreement(before: Agreement, wish: AgreementAmend): Outcome<Agreement, MembersRefusal> {
  if (before.state !== "running") return refuse("agreement.not-running");
  if (wish.do === "deposit") return accept({ ...before, depositMinor: wish.depositMinor });
  const { from, until } = before;
  if (wish.from < from || (until !== undefined && wish.from >= until))
    return refuse("agreement.amend-day", { earliest: from, latest: until ? plusDays(until, -1) : null });
  const byDay = (a: { from: Day }, b: { from: Day }) => (a.from < b.from ? -1 : 1);
  if (wish.do === "rent") {
    const { rentMinor } = wish;
    const kept = (before.steps ?? []).filter((one) => one.from !== wish.from);
    if (kept.length >= rentStepsMost) return refuse("agreement.terms", { most: rentStepsMost });
    return accept({ ...before, steps: [...kept, { from: wish.from, rentMinor }].toSorted(byDay) });
  }
  const free = before.rentFree ?? [];
  const late = wish.until <= wish.from || (until !== undefined && wish.until > until);
  if (late || free.some((one) => one.from < wish.until && wish.from < one.until))
    return refuse("agreement.rent-free", { from: wish.from, until: wish.until });
  if (free.length >= rentFreeMost) return refuse("agreement.terms", { most: rentFreeMost });
  return accept({ ...before, rentFree: [...free, { from: wish.from, until: wish.until }].toSorted(byDay) });
}
