import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, Refused, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { clashing } from "@yihao/pricing/agreed";
import type { AgreedPrice } from "@yihao/pricing/model";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { get, type Raw } from "@yihao/table/read";
import { indexWrites } from "@yihao/table/search";
import { insert, type Write } from "@yihao/table/write";
import { codeFault, plainCode } from "./code.ts";
import { today } from "./days.ts";
import { difference } from "./facts.ts";
import { settleCompany } from "./import-settle.ts";
import type {
  Company,
  CompanyAdded,
  CompanyChanged,
  CompanyFacts,
  CompanyPricesChanged,
  Contact,
  EntryChange,
  LeadId,
  MembersRefusal,
  NewCompany,
} from "./model.ts";
import { searchTexts } from "./names.ts";
import { claimsOf, companyKey, companyKind, companyOf, entryKey, entryKind, entryOf, saveWrites } from "./store.ts";

type Refusal = "missing" | "stale" | MembersRefusal;

/** Drops empty texts and lists: an empty field is an absent fact. */
export function filled<Facts extends object>(facts: Facts): Facts {
  const said = (value: unknown) => value !== "" && value !== undefined && !(Array.isArray(value) && value.length === 0);
  const each = (one: unknown) => (typeof one === "object" && one !== null ? filled(one) : one);
  return Object.fromEntries(
    Object.entries(facts)
      .filter(([, value]) => said(value))
      .map(([name, value]) => [name, Array.isArray(value) ? value.map(each) : value]),
  ) as Facts;
}

function withCode<Facts extends { code?: string | undefined }>(facts: Facts): Outcome<Facts, MembersRefusal> {
  if (!facts.code) return accept(facts);
  const code = plainCode(facts.code);
  const fault = codeFault(code);
  return fault ? refuse("company.code-invalid", { ...fault, code }) : accept({ ...facts, code });
}

/** A company as a change needs it: settled first if it comes from an import that has just come through. One that was merged into another is changed no more: `company.merged` {into}; a guest's record has no plan, contract or exit: `company.guest`. */
export async function companyForChange(scope: Scope, id: CompanyId): Promise<Stored<Company> | undefined> {
  const kept = await get(scope, companyKind, companyKey(scope, id));
  if (kept?.merged) throw new Refused("company.merged", { into: kept.merged.into });
  if (kept?.kind === "guest") throw new Refused("company.guest");
  if (!kept?.staged) return kept;
  const seen = await companyOf(scope, id);
  if (!seen) return undefined;
  await settleCompany(scope, kept.staged, seen);
  return companyOf(scope, id);
}

/** A company as a command makes it: with the day of its entry, today unless told otherwise. */
export async function newCompany(scope: Scope, wish: NewCompany): Promise<Outcome<Company, MembersRefusal>> {
  const facts = withCode(filled(wish));
  if (!facts.ok) return facts;
  const { since, entry, ...rest } = facts.value;
  return accept({
    ...rest,
    id: idFor(scope, "cmp"),
    state: "active",
    since: since ?? (await today(scope)),
    ...(entry ? { entry: filled(entry) } : {}),
  });
}

/** The writes that make a company: it, its list entry, claims, search tokens and `company.added`. Lost under `name` and `code`. */
export function companyWrites(scope: Scope, company: Company, lead?: LeadId): Write[] {
  const data: CompanyAdded = { company: company.id, name: company.name, ...(lead ? { lead } : {}) };
  return [
    insert(companyKey(scope, company.id), companyKind, company),
    insert(entryKey(scope, company), entryKind, entryOf(company)),
    ...claimsOf(scope, company),
    ...indexWrites(scope, "company", company.id, [], searchTexts(company), company.name),
    happened(scope, "company.added", company.id, data),
  ];
}

/** Adds a company (在孵企业) by hand. A wrong code, and a name or code that another company has, are refused. */
export async function addCompany(scope: Scope, wish: NewCompany): Promise<Outcome<Stored<Company>, Refusal>> {
  const made = await newCompany(scope, wish);
  if (!made.ok) return made;
  const company = made.value;
  const outcome = await commit(scope, companyWrites(scope, company), { answer: { ...company, rev: 1 } });
  return outcome.done ? accept(outcome.answer) : taken(outcome.lost, company);
}

/** What a commit about a company lost: its code or name to another, or its revision. */
export function taken(lost: Readonly<Record<string, Raw | null>>, company: Company) {
  if ("code" in lost) return refuse("company.code-taken" as const, { code: company.code, company: lost.code?.owner });
  if ("name" in lost) return refuse("company.name-taken" as const, { name: company.name, company: lost.name?.owner });
  return refuse("stale" as const, { current: Number(lost.stale?.rev ?? 0) });
}

/** Saves a company's facts as they were read, with what changed of them. A save that changes nothing is no change. */
async function save(scope: Scope, before: Stored<Company>, after: Company): Promise<Outcome<Stored<Company>, Refusal>> {
  const writes: Write[] = saveWrites(scope, before, after);
  if (before.name !== after.name || before.code !== after.code)
    writes.push(...indexWrites(scope, "company", after.id, searchTexts(before), searchTexts(after), after.name));
  const { rev, ...kept } = before;
  const data: CompanyChanged = { company: after.id, ...difference(kept, after) };
  if (Object.keys(data.after).length === 0) return accept(before);
  const type = kept.kind === "team" && after.kind === "company" ? "company.registered" : "company.changed";
  const outcome = await commit(scope, [...writes, happened(scope, type, after.id, data)], {
    answer: { ...after, rev: rev + 1 },
  });
  return outcome.done ? accept(outcome.answer) : taken(outcome.lost, after);
}

/**
 * Changes the facts of a company as they were read at `rev`; otherwise `stale` {current}. Its plan, suspension and entry stay. A team becomes a
 * company (团队转企业) only with the code it was registered under: `company.code-missing`.
 */
export async function changeCompany(
  scope: Scope,
  id: CompanyId,
  change: CompanyFacts,
  rev: number,
): Promise<Outcome<Stored<Company>, Refusal>> {
  const before = await companyForChange(scope, id);
  if (!before) return refuse("missing");
  if (before.rev !== rev) return refuse("stale", { current: before.rev });
  const facts = withCode(filled(change));
  if (!facts.ok) return facts;
  if (before.kind === "team" && facts.value.kind === "company" && !facts.value.code)
    return refuse("company.code-missing");
  return save(scope, before, { ...keptBeside(before), ...facts.value });
}

/** What of a company is no fact that the edit form holds. */
function keptBeside(company: Company) {
  const {
    id,
    state,
    since,
    entry,
    exit,
    suspended,
    bookingTold,
    subscription,
    next,
    prepaid,
    prices,
    erasedAt,
    absorbed,
  } = company;
  return {
    ...(absorbed ? { absorbed } : {}),
    id,
    state,
    since,
    ...(entry ? { entry } : {}),
    ...(exit ? { exit } : {}),
    ...(suspended ? { suspended } : {}),
    ...(bookingTold ? { bookingTold } : {}),
    ...(subscription ? { subscription } : {}),
    ...(next ? { next } : {}),
    ...(prepaid ? { prepaid } : {}),
    ...(prices ? { prices } : {}),
    ...(erasedAt ? { erasedAt } : {}),
  };
}

/** Changes how to reach a company, as its own admins may; the other facts stay. */
export async function changeContact(
  scope: Scope,
  id: CompanyId,
  contact: Contact,
  rev: number,
): Promise<Outcome<Stored<Company>, Refusal>> {
  const before = await companyForChange(scope, id);
  if (!before) return refuse("missing");
  if (before.rev !== rev) return refuse("stale", { current: before.rev });
  const { rev: _, contactName: _1, contactPhone: _2, contactEmail: _3, address: _4, contacts: _5, ...facts } = before;
  return save(scope, before, { ...facts, ...filled(contact) });
}

/** Puts right on which day and how a company came (入驻), as it was read at `rev`. */
export async function changeEntry(
  scope: Scope,
  id: CompanyId,
  { since, ...entry }: EntryChange,
  rev: number,
): Promise<Outcome<Stored<Company>, Refusal>> {
  const before = await companyForChange(scope, id);
  if (!before) return refuse("missing");
  if (before.rev !== rev) return refuse("stale", { current: before.rev });
  const latest = await today(scope);
  if (since > latest) return refuse("company.entry-day", { latest });
  const { rev: _, ...kept } = before;
  return save(scope, before, { ...kept, since, entry: filled(entry) });
}

/** Sets what a company pays where that is not what all pay (协议价), as it was read at `rev`; from the next quote on. Refused as `company.prices-meet` {name, kind} where two of a kind would hold on one day, or one ends before it begins. */
export async function setPrices(
  scope: Scope,
  id: CompanyId,
  prices: readonly AgreedPrice[],
  rev: number,
): Promise<Outcome<Stored<Company>, Refusal>> {
  const before = await companyForChange(scope, id);
  if (!before) return refuse("missing");
  if (before.rev !== rev) return refuse("stale", { current: before.rev });
  const wrong = clashing(prices);
  if (wrong) return refuse("company.prices-meet", { name: wrong.name, kind: wrong.kind });
  const { rev: _, prices: was = [], ...kept } = before;
  const sorted = [...prices].sort((a, b) => (`${a.from} ${a.kind}` < `${b.from} ${b.kind}` ? -1 : 1));
  const after: Company = { ...kept, ...(sorted.length > 0 ? { prices: sorted } : {}) };
  const data: CompanyPricesChanged = { company: id, before: was, after: sorted };
  const outcome = await commit(
    scope,
    [...saveWrites(scope, before, after), happened(scope, "company.prices-changed", id, data)],
    { answer: { ...after, rev: rev + 1 } },
  );
  return outcome.done ? accept(outcome.answer) : taken(outcome.lost, after);
}

/**
 * Keeps or clears the flag that new bookings are refused to a company (停用): what billing decided at an instant. A decision may be heard after a later one; then it is nothing any more.
 */
export async function setSuspension(
  scope: Scope,
  id: CompanyId,
  at: string,
  suspended: Company["suspended"],
): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const before = await companyForChange(scope, id);
    if (!before || (before.bookingTold ?? "") > at) return;
    const { rev: _, suspended: _was, ...facts } = before;
    const after = { ...facts, bookingTold: at, ...(suspended ? { suspended } : {}) };
    if ((await commit(scope, saveWrites(scope, before, after), { answer: null })).done) return;
  }
  throw new Error(`the suspension of ${id} found no quiet moment`);
}
