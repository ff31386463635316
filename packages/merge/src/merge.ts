import type { Day } from "@yihao/kernel/days";
import { absorbedMost, type Company } from "@yihao/members/model";
import { goesOn } from "@yihao/members/subscription";
import { takenOver } from "@yihao/pricing/agreed";
import { type MergeField, type MergePreview, mergeFields } from "./model.ts";

/** The facts of which both companies say something, and not the same. */
export function conflictsOf(from: Company, into: Company): MergePreview["conflicts"] {
  return mergeFields.flatMap((field) => {
    const [theirs, mine] = [from[field], into[field]];
    return theirs && mine && theirs !== mine ? [{ field, from: theirs, into: mine }] : [];
  });
}

type Choices = Readonly<Partial<Record<MergeField, "from" | "into">>>;

/**
 * The company that stays, with what the other knew: its own facts, the other's where it has none or where they were chosen, the earlier day of entry, and who else was it. With the code
 * of a company it is one, not a team. What was agreed with the other on prices holds on where nothing was agreed with the one that stays, from `today` on.
 */
export function survivorOf(from: Company, into: Company, choices: Choices, today: Day): Company {
  const taken = mergeFields.flatMap((field) => {
    const theirs = from[field];
    const wanted = theirs !== undefined && (into[field] === undefined || choices[field] === "from");
    return wanted ? [[field, theirs] as const] : [];
  });
  const { prices } = takenOver(into.prices ?? [], from.prices ?? [], today);
  const contacts = [...(into.contacts ?? []), ...(from.contacts ?? [])].slice(0, 6);
  const merged: Company = {
    ...into,
    ...Object.fromEntries(taken),
    since: from.since < into.since ? from.since : into.since,
    ...(contacts.length > 0 ? { contacts } : {}),
    ...(prices.length > 0 ? { prices } : {}),
    absorbed: [...(into.absorbed ?? []), from.id, ...(from.absorbed ?? [])],
  };
  return merged.code ? { ...merged, kind: "company" } : merged;
}

/** What was agreed on prices with the one that goes (协议价): what the one that stays takes over, what it does not since it has its own, and the price of a plan that moves. */
export function agreedMoves(from: Company, into: Company, today: Day): MergePreview["prices"] {
  const { taken, left } = takenOver(into.prices ?? [], from.prices ?? [], today);
  const plans = [from.subscription, from.next].flatMap((one) => (one && goesOn(one, today) ? [one] : []));
  const plan = plans
    .flatMap((one) => [one, ...(one.amendments ?? [])])
    .map(({ snapshot }) => snapshot.agreed)
    .findLast((agreed) => agreed !== undefined && (agreed.until === undefined || agreed.until > today));
  return { taken, left, ...(plan ? { plan } : {}) };
}

/** Whether a company may take another in beside those it took in before. */
export const hasRoom = (from: Company, into: Company): boolean =>
  (from.absorbed ?? []).length + (into.absorbed ?? []).length < absorbedMost;

/** What stays of a merged company: its name and code, so that old papers are understood, and where it went. What it knew of people is with the other. */
export function pointerOf(from: Company, into: Company, at: string): Company {
  const { id, name, code, kind, since } = from;
  return {
    id,
    name,
    ...(code ? { code } : {}),
    kind,
    since,
    state: "left",
    merged: { into: into.id, at, done: false },
  };
}
