import { membershipOf } from "@yihao/identity/store";
import type { CompanyId, PersonId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { plusMinutes } from "@yihao/kernel/span";
import { documentOf } from "@yihao/members/document-store";
import { companyPeople, mailingAll, senderOf } from "@yihao/members/post";
import { idFor } from "@yihao/table/command";
import { commit, recall } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import type { Write } from "@yihao/table/write";
import { arrivedLetter } from "./letters.ts";
import type { CommunityRefusal } from "./model.ts";
import { codeFrom, daysWaiting, handedOut, plainTracking, returned } from "./parcel.ts";
import {
  type HandOut,
  type NewParcel,
  type Parcel,
  type ParcelChange,
  type ReturnReason,
  remindDays,
} from "./parcel-model.ts";
import { parcelOf, parcelWrites, saveParcel } from "./parcel-store.ts";
import { companyFor } from "./store.ts";

type Refusal = "missing" | "stale" | "company.left" | CommunityRefusal;
type By = { readonly name: string };
const dayMinutes = 1440;
/** A code that another has is drawn again. */
const draws = 6;

const told = (scope: Scope, type: string, parcel: Parcel, data: object = {}): Write =>
  happened(scope, type, parcel.id, { parcel: parcel.id, company: parcel.company, ...data });

/** Letters to whom it is for, or to all of the company's people. */
async function lettersOf(scope: Scope, parcel: Parcel, days: number | undefined): Promise<Write[]> {
  const [from, people] = await Promise.all([senderOf(scope), companyPeople(scope, parcel.company as CompanyId)]);
  const named = people.filter(({ person }) => person === parcel.person);
  const link = `/s/${scope.space}/my/parcels`;
  return mailingAll(
    scope,
    (named.length > 0 ? named : people).map(({ email }) => arrivedLetter(email, from, { ...parcel, days }, link)),
  );
}

/**
 * Writes down what came for a company (快递代收), and tells whom it is for, else all of its people. A waybill number that waits already is
 * refused as `parcel.known` {parcel}. While it waits the company is reminded after three and seven days.
 */
export async function registerParcel(scope: Scope, by: By, wish: NewParcel): Promise<Outcome<Stored<Parcel>, Refusal>> {
  const company = await companyFor(scope, wish.company);
  if (!company.ok) return company;
  const { person, photo, kind, carrier, shelf, note } = wish;
  const [member, picture] = await Promise.all([
    person ? membershipOf(scope, person as PersonId) : undefined,
    photo ? documentOf(scope, company.value.id, photo) : undefined,
  ]);
  if (person && !member?.companies.some((one) => one.company === company.value.id)) return refuse("parcel.person");
  if (photo && picture?.state !== "ready") return refuse("parcel.photo");
  const tracking = plainTracking(wish.tracking ?? "");
  const parcel = (code: string): Parcel => ({
    ...{ id: idFor(scope, "par"), company: company.value.id, companyName: company.value.name },
    ...{ kind, carrier, state: "waiting", at: scope.now, byName: by.name, code },
    ...(member ? { person: member.person, personName: member.name } : {}),
    ...(tracking ? { tracking } : {}),
    ...(shelf ? { shelf } : {}),
    ...(note ? { note } : {}),
    ...(photo ? { photo } : {}),
  });
  for (let draw = 0; draw < draws; draw += 1) {
    const one = parcel(codeFrom(crypto.getRandomValues(new Uint32Array(1))));
    const reminders = remindDays.map((days) =>
      dueAt(scope, plusMinutes(scope.now, days * dayMinutes), "community.parcel-remind", one.id, { days }),
    );
    const letters = await lettersOf(scope, one, undefined);
    const writes = [...parcelWrites(scope, one), told(scope, "parcel.arrived", one, { carrier, kind }), ...reminders];
    const outcome = await commit(scope, [...writes, ...letters], { answer: { ...one, rev: 1 } });
    if (outcome.done) return accept(outcome.answer);
    if ("tracking" in outcome.lost) return refuse("parcel.known", { parcel: outcome.lost.tracking?.owner, tracking });
  }
  throw new Error("no pick-up code is free");
}

type Decided = { readonly after: Parcel; readonly type: string; readonly data?: object };

async function change(
  scope: Scope,
  id: string,
  rev: number | undefined,
  decide: (parcel: Parcel) => Outcome<Decided, CommunityRefusal>,
): Promise<Outcome<Stored<Parcel>, Refusal>> {
  const before = await parcelOf(scope, id);
  if (!before) return refuse("missing");
  if (rev !== undefined && before.rev !== rev) return refuse("stale", { current: before.rev });
  const { rev: _, ...parcel } = before;
  const decided = decide(parcel);
  if (!decided.ok) {
    const first = await recall(scope);
    return first ? accept(first.answer as Stored<Parcel>) : decided;
  }
  const { after, type, data = {} } = decided.value;
  const outcome = await commit(scope, [...saveParcel(scope, before, after), told(scope, type, after, data)], {
    answer: { ...after, rev: before.rev + 1 },
  });
  return outcome.done ? accept(outcome.answer) : refuse("stale", { current: Number(outcome.lost.stale?.rev ?? 0) });
}

/** Decides anew on what another left, when two change one parcel at a time: only the rule refuses. */
async function again(work: () => Promise<Outcome<Stored<Parcel>, Refusal>>): Promise<Outcome<Stored<Parcel>, Refusal>> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await work();
    if (outcome.ok || outcome.refusal.code !== "stale" || attempt === draws) return outcome;
  }
}

/** Puts right where a parcel lies and what it is, as it was read at `rev`. */
export function changeParcel(
  scope: Scope,
  id: string,
  { shelf, note, ...facts }: ParcelChange,
  rev: number,
): Promise<Outcome<Stored<Parcel>, Refusal>> {
  return change(scope, id, rev, (parcel) => {
    if (parcel.state !== "waiting") return refuse("parcel.gone", { state: parcel.state, at: parcel.endedAt });
    const { shelf: _, note: _note, ...kept } = parcel;
    const after: Parcel = { ...kept, ...facts, ...(shelf ? { shelf } : {}), ...(note ? { note } : {}) };
    const of = (one: Parcel) => ({
      kind: one.kind,
      carrier: one.carrier,
      shelf: one.shelf ?? null,
      note: one.note ?? null,
    });
    return accept({ after, type: "parcel.changed", data: { before: of(parcel), after: of(after) } });
  });
}

/** Hands a parcel out, once: whoever presses second is told that it is gone, when, and who signed. */
export function handOut(scope: Scope, by: By, id: string, wish: HandOut): Promise<Outcome<Stored<Parcel>, Refusal>> {
  return again(() =>
    change(scope, id, undefined, (parcel) => {
      const after = handedOut(parcel, wish, by.name, scope.now);
      if (!after.ok) return after;
      const how = "code" in wish ? { how: "code" } : { how: "signature", signedBy: wish.signedBy };
      const data = { ...how, waitedDays: daysWaiting(parcel, scope.now) };
      return accept({ after: after.value, type: "parcel.handed-out", data });
    }),
  );
}

/** Takes a parcel off the list that nobody of the company gets. */
export function returnParcel(
  scope: Scope,
  by: By,
  id: string,
  reason: ReturnReason,
): Promise<Outcome<Stored<Parcel>, Refusal>> {
  return again(() =>
    change(scope, id, undefined, (parcel) => {
      const after = returned(parcel, reason, by.name, scope.now);
      const data = { reason, waitedDays: daysWaiting(parcel, scope.now) };
      return after.ok ? accept({ after: after.value, type: "parcel.returned", data }) : after;
    }),
  );
}

/** Reminds a company of a parcel that still waits some days after it came. */
export async function remindOfParcel(scope: Scope, id: string, { days }: { days: number }): Promise<void> {
  for (let attempt = 0; attempt < draws; attempt += 1) {
    const before = await parcelOf(scope, id);
    if (before?.state !== "waiting" || (before.reminded ?? 0) >= days) return;
    const { rev: _, ...parcel } = before;
    const letters = await lettersOf(scope, parcel, days);
    const saving = saveParcel(scope, before, { ...parcel, reminded: days });
    if ((await commit(scope, [...saving, ...letters], { answer: null })).done) return;
  }
  throw new Error(`the reminder of ${id} found no quiet moment`);
}
