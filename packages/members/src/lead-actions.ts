import type { Member } from "@yihao/identity/model";
import { membershipOf } from "@yihao/identity/store";
import type { PersonId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { plusMinutes } from "@yihao/kernel/span";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { happened, redactEvents } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { insert, replace, type Write } from "@yihao/table/write";
import { companyWrites, filled, newCompany, taken } from "./company-actions.ts";
import { tourWrites } from "./lead-letters.ts";
import type {
  ApplySettings,
  Lead,
  LeadChange,
  LeadFacts,
  LeadMove,
  LeadSource,
  LeadWin,
  NewTour,
  Offer,
} from "./lead-model.ts";
import { leadRetentionDays } from "./lead-model.ts";
import { moved, withoutPeople } from "./lead-stage.ts";
import { applySettingsKey, applySettingsKind, applySettingsOf, leadOf, leadWrites, saveLead } from "./lead-store.ts";
import type { Company, MembersRefusal } from "./model.ts";

type Refusal = "missing" | "stale" | MembersRefusal;
const dayMinutes = 1440;

/** Writes a lead (意向客户) down: `form` when an outsider applied, else what staff heard. */
export async function addLead(
  scope: Scope,
  facts: LeadFacts,
  source: LeadSource,
): Promise<Outcome<Stored<Lead>, never>> {
  const lead: Lead = {
    ...filled(facts),
    id: idFor(scope, "led"),
    stage: "new",
    source,
    at: scope.now,
    since: scope.now,
  };
  const told = happened(scope, "lead.added", lead.id, { lead: lead.id, name: lead.name, source });
  const outcome = await commit(scope, [...leadWrites(scope, lead), told], { answer: { ...lead, rev: 1 } });
  if (!outcome.done) throw new Error(`lead ${lead.id} is there already`);
  return accept(outcome.answer);
}

/** Loads a lead as it was read at `rev`, decides what it becomes, and saves it with the event of that. */
async function change(
  scope: Scope,
  id: string,
  rev: number,
  decide: (lead: Lead) => Outcome<{ after: Lead; type: string; data: object; more?: Write[] }, MembersRefusal>,
): Promise<Outcome<Stored<Lead>, Refusal>> {
  const before = await leadOf(scope, id);
  if (!before) return refuse("missing");
  if (before.rev !== rev) return refuse("stale", { current: before.rev });
  const { rev: _, ...lead } = before;
  const decided = decide(lead);
  if (!decided.ok) return decided;
  const { after, type, data, more = [] } = decided.value;
  const outcome = await commit(
    scope,
    [...saveLead(scope, before, after), happened(scope, type, id, { lead: id, ...data }), ...more],
    { answer: { ...after, rev: rev + 1 } },
  );
  return outcome.done ? accept(outcome.answer) : refuse("stale", { current: Number(outcome.lost.stale?.rev ?? 0) });
}

async function staffOf(
  scope: Scope,
  person: PersonId | undefined,
): Promise<Outcome<Member | undefined, MembersRefusal>> {
  if (person === undefined) return accept(undefined);
  const member = await membershipOf(scope, person);
  return member && member.roles.length > 0 ? accept(member) : refuse("lead.keeper");
}

const factNames = [
  "name",
  "kind",
  "code",
  "industry",
  "legalPerson",
  "contactName",
  "contactPhone",
  "contactEmail",
  "address",
  "people",
  "needs",
  "wantsFrom",
  "about",
  "keeperName",
] as const;

function differing(before: Lead, after: Lead) {
  const text = (lead: Lead, name: (typeof factNames)[number]) => {
    const value = lead[name];
    return value === undefined || value === "" ? null : Array.isArray(value) ? value.join(" ") : String(value);
  };
  const names = factNames.filter((name) => text(before, name) !== text(after, name));
  const of = (lead: Lead) => Object.fromEntries(names.map((name) => [name, text(lead, name)]));
  if (names.length === 0) return {};
  return { before: of(before), after: of(after) };
}

/** Changes what is known of a lead and who of the staff looks after it, as it was read at `rev`. */
export async function changeLead(
  scope: Scope,
  id: string,
  { keeper, ...facts }: LeadChange,
  rev: number,
): Promise<Outcome<Stored<Lead>, Refusal>> {
  const member = await staffOf(scope, keeper as PersonId | undefined);
  if (!member.ok) return member;
  const named = member.value ? { keeper: member.value.person, keeperName: member.value.name } : {};
  return change(scope, id, rev, (lead) => {
    if (lead.erasedAt) return refuse("lead.erased");
    const { id: own, stage, source, at, since, tour, offer, lost, company } = lead;
    const after: Lead = {
      ...filled(facts),
      ...{ id: own, stage, source, at, since },
      ...named,
      ...(tour ? { tour } : {}),
      ...(offer ? { offer } : {}),
      ...(lost ? { lost } : {}),
      ...(company ? { company } : {}),
    };
    return accept({ after, type: "lead.changed", data: differing(lead, after) });
  });
}

/** Moves a lead on the board as it was read at `rev`. What a lost one said of people is erased half a year later. */
export function moveLead(
  scope: Scope,
  id: string,
  move: LeadMove,
  rev: number,
): Promise<Outcome<Stored<Lead>, Refusal>> {
  return change(scope, id, rev, (lead) => {
    const after = moved(lead, move, scope.now);
    if (!after.ok) return after;
    const { lost } = after.value;
    const data = { from: lead.stage, to: after.value.stage, ...(lost ? lost : {}) };
    const erase = dueAt(scope, plusMinutes(scope.now, leadRetentionDays * dayMinutes), "members.lead-erase", id);
    return accept({ after: after.value, type: "lead.moved", data, more: lost ? [erase] : [] });
  });
}

/** Sets when a lead comes to see the place, writes to it and sets the reminder of the day before. It stands in `tour` then, unless it is further. */
export async function setTour(
  scope: Scope,
  id: string,
  { guide, note, ...time }: NewTour,
  rev: number,
): Promise<Outcome<Stored<Lead>, Refusal>> {
  if (time.at <= scope.now) return refuse("lead.tour-past");
  const member = await staffOf(scope, guide as PersonId | undefined);
  if (!member.ok) return member;
  const before = await leadOf(scope, id);
  if (!before) return refuse("missing");
  const tour = {
    ...time,
    ...(member.value ? { guide: member.value.person, guideName: member.value.name } : {}),
    ...(note ? { note } : {}),
  };
  const letters = await tourWrites(scope, before, tour);
  return change(scope, id, rev, (lead) => {
    const next = moved({ ...lead, tour }, { stage: lead.stage === "offered" ? "offered" : "tour" }, scope.now);
    if (!next.ok) return next;
    return accept({ after: next.value, type: "lead.tour-set", data: { ...tour }, more: letters });
  });
}

/** Writes down what was offered to a lead; it stands in `offered` then. */
export function setOffer(scope: Scope, id: string, offer: Offer, rev: number): Promise<Outcome<Stored<Lead>, Refusal>> {
  return change(scope, id, rev, (lead) => {
    const next = moved(lead, { stage: "offered" }, scope.now);
    if (!next.ok) return next;
    const kept = filled(offer);
    return accept({ after: { ...next.value, offer: kept }, type: "lead.offered", data: kept });
  });
}

/** Adds a word to a lead's timeline. */
export async function noteLead(
  scope: Scope,
  id: string,
  text: string,
): Promise<Outcome<null, "missing" | "lead.erased">> {
  const lead = await leadOf(scope, id);
  if (!lead) return refuse("missing");
  if (lead.erasedAt) return refuse("lead.erased");
  await commit(scope, [happened(scope, "lead.noted", id, { lead: id, text })], { answer: null });
  return accept(null);
}

/**
 * Makes a lead a company (转为企业) in one commit: what the lead says is taken over, `wish` says what is different. A name or code that
 * another company has is refused, and the lead stays as it was.
 */
export async function winLead(scope: Scope, id: string, wish: LeadWin): Promise<Outcome<Stored<Company>, Refusal>> {
  const before = await leadOf(scope, id);
  if (!before) return refuse("missing");
  const { rev: _, ...lead } = before;
  if (lead.stage === "won") return refuse("lead.won", { company: lead.company });
  if (lead.erasedAt) return refuse("lead.erased");
  const { name, kind, code, industry, legalPerson, contactName, contactPhone, contactEmail, address } = lead;
  const known = { name, kind, code, industry, legalPerson, contactName, contactPhone, contactEmail, address };
  const entry = wish.entry ?? { reason: lead.source === "referral" ? "recommended" : "applied" };
  const made = await newCompany(scope, { ...known, ...wish, name: wish.name ?? name, kind: wish.kind ?? kind, entry });
  if (!made.ok) return made;
  const company = made.value;
  const { lost: _lost, ...rest } = lead;
  const won: Lead = { ...rest, stage: "won", since: scope.now, company: company.id };
  const outcome = await commit(
    scope,
    [
      ...saveLead(scope, before, won),
      ...companyWrites(scope, company, lead.id),
      happened(scope, "lead.won", id, { lead: id, company: company.id }),
    ],
    { answer: { ...company, rev: 1 } },
  );
  return outcome.done ? accept(outcome.answer) : taken(outcome.lost, company);
}

/** Erases what a lost lead said of people, in the lead and in its timeline. One that came back or was won is left alone. */
export async function eraseLead(scope: Scope, id: string): Promise<void> {
  const before = await leadOf(scope, id);
  if (!before || before.erasedAt || before.stage !== "lost") return;
  const due = plusMinutes(before.since, leadRetentionDays * dayMinutes);
  if (due > scope.now) return;
  const { rev: _, ...lead } = before;
  await redactEvents(scope, id, ({ data }) => {
    const { lead: of, source, from, to, reason, at } = data as Record<string, unknown>;
    return { lead: of, source, from, to, reason, at };
  });
  const told = happened(scope, "lead.erased", id, { lead: id });
  await commit(scope, [...saveLead(scope, before, withoutPeople(lead, scope.now)), told], {
    answer: null,
  });
}

/** Opens or closes the public form, as it was read at `rev`, 0 for the first time. */
export async function changeApplySettings(
  scope: Scope,
  settings: ApplySettings,
  rev: number,
): Promise<Outcome<Stored<ApplySettings>, "stale">> {
  const { rev: current, ...before } = await applySettingsOf(scope);
  if (current !== rev) return refuse("stale", { current });
  const key = applySettingsKey(scope);
  const outcome = await commit(
    scope,
    [
      rev === 0 ? insert(key, applySettingsKind, settings, "stale") : replace(key, applySettingsKind, settings, rev),
      happened(scope, "apply-form.changed", "apply-form", { before, after: settings }),
    ],
    { answer: { ...settings, rev: rev + 1 } },
  );
  return outcome.done ? accept(outcome.answer) : refuse("stale", { current: Number(outcome.lost.stale?.rev ?? 0) });
}
