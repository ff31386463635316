import { type Day, dayOf, instantOf, plusDays } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { ownCompany, type Scope } from "@yihao/kernel/scope";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { claim, unclaim } from "@yihao/table/unique";
import type { Write } from "@yihao/table/write";
import {
  daysFault,
  edited,
  endedAgreement,
  expired,
  letTold,
  lettingOf,
  metBy,
  renewedAgreement,
  signed,
} from "./agreement.ts";
import type { Agreement, AgreementAmend, AgreementEnd, AgreementFacts, AgreementRenew } from "./agreement-model.ts";
import {
  agreementOf,
  agreementsOf,
  agreementWrites,
  lettingsOf,
  saveAgreement,
  writeLettings,
} from "./agreement-store.ts";
import { companyForChange, filled } from "./company-actions.ts";
import { zoneOf } from "./days.ts";
import { agreementLetter } from "./letters.ts";
import type { AgreementEnded, MembersRefusal } from "./model.ts";
import { mailingAll, senderOf, staffEmails } from "./post.ts";
import { amendedAgreement } from "./rent.ts";
import { companyOf } from "./store.ts";

export type AgreementRefusal = "missing" | "stale" | MembersRefusal;
type Refusal = AgreementRefusal;
type Changed = Promise<Outcome<Stored<Agreement>, Refusal>>;
/** How often a change is decided again when somebody was faster. */
export const tries = 20;

export const numberTaken = (lost: Readonly<Record<string, unknown>>) => "unique agreement-number" in lost;

/** Writes a draft of an agreement (协议草稿) with a company. A number that another agreement has is refused. */
export async function draftAgreement(scope: Scope, company: CompanyId, wish: AgreementFacts): Changed {
  const owner = await companyForChange(scope, company);
  if (!owner) return refuse("missing");
  if (owner.state === "left") return refuse("company.left");
  const fault = daysFault(wish);
  if (!fault.ok) return fault;
  const facts = { ...filled(wish), resources: wish.resources, remindDays: wish.remindDays };
  const agreement: Agreement = {
    ...facts,
    id: idFor(scope, "agr"),
    company,
    state: "draft",
    at: scope.now,
    terms: [],
  };
  const { id, number } = agreement;
  const outcome = await commit(
    scope,
    [
      ...agreementWrites(scope, agreement),
      ...(number ? [claim(scope, "agreement-number", number, id)] : []),
      happened(scope, "agreement.drafted", company, { company, agreement: id, before: null, after: agreement }),
    ],
    { answer: { ...agreement, rev: 1 } },
  );
  return outcome.done ? accept(outcome.answer) : refuse("agreement.number-taken", { number });
}

type What =
  | "agreement.changed"
  | "agreement.amended"
  | "agreement.signed"
  | "agreement.renewed"
  | "agreement.cut"
  | "agreement.over";

/** The timers of an agreement that runs to a day: reminders before it, and its end. */
export function timersOf(scope: Scope, before: Agreement, after: Agreement, zone: string): Write[] {
  const { until, company, id } = after;
  if (after.state !== "running" || until === undefined) return [];
  const same = before.state === "running" && before.until === until;
  const reminders = after.remindDays
    .filter((days) => !same || !before.remindDays.includes(days))
    .map((days) => ({ days, at: instantOf(plusDays(until, -days), "09:00", zone) }))
    .filter(({ at }) => at > scope.now)
    .map(({ at, days }) => dueAt(scope, at, "members.agreement-remind", id, { company, until, days }));
  if (same) return reminders;
  return [
    ...reminders,
    dueAt(scope, instantOf(until, "00:05", zone), "members.agreement-ends", id, { company, until }),
  ];
}

/**
 * Changes an agreement as it was read at `rev` (any revision when left out), as a rule decides, in one commit: it and its row, what its resources are let for,
 * its events and timers. Two agreements never let one resource on one day: the second is refused as `agreement.let`.
 */
async function change(
  scope: Scope,
  company: CompanyId,
  id: string,
  type: What,
  decide: (agreement: Agreement, today: Day) => Outcome<Agreement, MembersRefusal>,
  rev?: number,
): Changed {
  const zone = await zoneOf(scope);
  const today = dayOf(scope.now, zone);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const stored = await agreementOf(scope, company, id);
    if (!stored) return refuse("missing");
    if (rev !== undefined && stored.rev !== rev) return refuse("stale", { current: stored.rev });
    const { rev: read, ...before } = stored;
    const decided = decide(before, today);
    if (!decided.ok) return decided;
    const after = decided.value;
    const lets = await letWrites(scope, before, after);
    if (!lets.ok) return lets;
    const renumbered = before.number !== after.number;
    const outcome = await commit(
      scope,
      [
        ...saveAgreement(scope, stored, after),
        ...lets.value,
        ...(renumbered && after.number ? [claim(scope, "agreement-number", after.number, id)] : []),
        ...(renumbered && before.number ? [unclaim(scope, "agreement-number", before.number, id)] : []),
        ...timersOf(scope, before, after, zone),
        happened(scope, type, company, { company, agreement: id, before, after }),
        ...told(scope, before, after),
      ],
      { answer: { ...after, rev: read + 1 } },
    );
    if (outcome.done) return accept(outcome.answer);
    if (numberTaken(outcome.lost) && after.number !== before.number)
      return refuse("agreement.number-taken", { number: after.number });
  }
  return refuse("stale");
}

/** What booking hears: for which days resources are let, told whole each time, and that an agreement has ended. */
export function told(scope: Scope, before: Agreement, after: Agreement): Write[] {
  const [was, is] = [lettingOf(before), lettingOf(after)];
  const { company, id, resources, until } = after;
  if (is && JSON.stringify([was, before.resources]) !== JSON.stringify([is, resources]))
    return [happened(scope, "agreement.let", company, letTold(after), { seed: id })];
  if (after.state !== "ended" || before.state === "ended" || until === undefined) return [];
  const data: AgreementEnded = { agreement: id, company, resources, until };
  return [happened(scope, "agreement.ended", company, data, { seed: id })];
}

/** The writes of the lettings that change, each under its revision; refused when another agreement has the days. */
export async function letWrites(
  scope: Scope,
  before: Agreement,
  after: Agreement,
): Promise<Outcome<Write[], MembersRefusal>> {
  const [was, is] = [lettingOf(before), lettingOf(after)];
  if (JSON.stringify([was, was && before.resources]) === JSON.stringify([is, is && after.resources])) return accept([]);
  const resources = [...new Set([...(was ? before.resources : []), ...(is ? after.resources : [])])];
  const writes: Write[] = [];
  for (const { resource, lettings, rev } of await lettingsOf(scope, resources)) {
    const others = lettings.filter((one) => one.agreement !== after.id);
    const mine = is && after.resources.includes(resource) ? [is] : [];
    for (const letting of mine) {
      const met = metBy(others, letting);
      if (met) return refuse("agreement.let", { resource, from: met.from, until: met.until ?? null });
    }
    writes.push(writeLettings(scope, resource, [...others, ...mine], rev));
  }
  return accept(writes);
}

/** Changes an agreement as it was read at `rev`: a draft in everything, a signed one in what does not bind. */
export function changeAgreement(
  scope: Scope,
  company: CompanyId,
  id: string,
  wish: AgreementFacts,
  rev: number,
): Changed {
  const facts = { ...filled(wish), resources: wish.resources, remindDays: wish.remindDays };
  return change(scope, company, id, "agreement.changed", (agreement) => edited(agreement, facts), rev);
}

/** Signs an agreement (签订): it runs, and what it names is let from its first day. */
export async function signAgreement(scope: Scope, company: CompanyId, id: string, signedOn: Day): Changed {
  if ((await companyOf(scope, company))?.state === "left") return refuse("company.left");
  return change(scope, company, id, "agreement.signed", (agreement, today) =>
    signed(agreement, signedOn, today, scope.now),
  );
}

/** Renews an agreement (续签) to a later day. */
export function renewAgreement(scope: Scope, company: CompanyId, id: string, wish: AgreementRenew): Changed {
  return change(scope, company, id, "agreement.renewed", (agreement) => renewedAgreement(agreement, wish, scope.now));
}

/** Changes the rent, the days without rent or the deposit of a running agreement (变更). */
export function amendAgreement(scope: Scope, company: CompanyId, id: string, wish: AgreementAmend): Changed {
  return change(scope, company, id, "agreement.amended", (agreement) => amendedAgreement(agreement, wish));
}

/** Ends an agreement before its day (终止). */
export function endAgreement(scope: Scope, company: CompanyId, id: string, wish: AgreementEnd): Changed {
  return change(scope, company, id, "agreement.cut", (agreement, today) => endedAgreement(agreement, wish, today));
}

/** Drops a draft as it was read at `rev`; a signed agreement is ended instead. */
export async function dropDraft(
  scope: Scope,
  company: CompanyId,
  id: string,
  rev: number,
): Promise<Outcome<null, Refusal>> {
  const before = await agreementOf(scope, company, id);
  if (!before) return refuse("missing");
  if (before.rev !== rev) return refuse("stale", { current: before.rev });
  if (before.state !== "draft") return refuse("agreement.not-draft");
  const { rev: _, ...agreement } = before;
  const outcome = await commit(
    scope,
    [
      ...saveAgreement(scope, before, undefined),
      ...(before.number ? [unclaim(scope, "agreement-number", before.number, id)] : []),
      happened(scope, "agreement.dropped", company, { company, agreement: id, before: agreement, after: null }),
    ],
    { answer: null },
  );
  return outcome.done ? accept(null) : refuse("stale", { current: Number(outcome.lost.stale?.rev ?? 0) });
}

/** The agreements of a company; its own people see those that were signed. */
export async function seeAgreements(scope: Scope, company: CompanyId): Promise<Stored<Agreement>[]> {
  const all = await agreementsOf(scope, company);
  return ownCompany(scope) === undefined ? all : all.filter(({ state }) => state !== "draft");
}

/** Closes an agreement whose day has come, unless it was renewed or ended meanwhile. */
export async function closeAgreement(scope: Scope, company: CompanyId, id: string, until: Day): Promise<void> {
  const agreement = await agreementOf(scope, company, id);
  if (agreement?.state !== "running" || agreement.until !== until) return;
  await change(scope, company, id, "agreement.over", (one) => accept(one.until === until ? expired(one) : one));
}

/** Brings an agreement's end to mind, to the company and to the staff who keep members, unless it was moved meanwhile. */
export async function remindOfAgreement(
  scope: Scope,
  id: string,
  { company, until, days }: { company: CompanyId; until: Day; days: number },
): Promise<void> {
  const [agreement, owner] = await Promise.all([agreementOf(scope, company, id), companyOf(scope, company)]);
  if (!owner || agreement?.state !== "running" || agreement.until !== until || !agreement.remindDays.includes(days))
    return;
  const [from, staff] = await Promise.all([senderOf(scope), staffEmails(scope, ["manager"])]);
  const said = { title: agreement.title, company: owner.name, until, days };
  const letters = [
    ...(owner.contactEmail ? [agreementLetter(owner.contactEmail, from, said, `/s/${scope.space}/my/company`)] : []),
    ...staff.map((to) => agreementLetter(to, from, said, `/s/${scope.space}/members/${company}?tab=agreements`)),
  ];
  if (letters.length > 0) await commit(scope, mailingAll(scope, letters), { answer: null });
}
