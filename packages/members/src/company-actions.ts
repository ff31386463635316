import { getSpace } from "@yihao/identity/store";
import { dayOf } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { get, type Raw } from "@yihao/table/read";
import { indexWrites } from "@yihao/table/search";
import { insert, type Write } from "@yihao/table/write";
import { codeFault, plainCode } from "./code.ts";
import { settleCompany } from "./import-settle.ts";
import type { Company, CompanyChange, CompanyChanged, CompanyFacts, Contact, MembersRefusal } from "./model.ts";
import { searchTexts } from "./names.ts";
import { claimsOf, companyKey, companyKind, companyOf, entryKey, entryKind, entryOf, saveWrites } from "./store.ts";

type Refusal = "missing" | "stale" | MembersRefusal;

/** The local day of this request in the space's zone. */
export async function today(scope: Scope): Promise<string> {
  return dayOf(scope.now, (await getSpace(scope))?.zone ?? "Asia/Shanghai");
}

/** Drops empty texts: an empty field is an absent fact. */
export function filled<Facts extends object>(facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== "" && value !== undefined)) as Facts;
}

function withCode<Facts extends { code?: string | undefined }>(facts: Facts): Outcome<Facts, MembersRefusal> {
  if (!facts.code) return accept(facts);
  const code = plainCode(facts.code);
  const fault = codeFault(code);
  return fault ? refuse("company.code-invalid", { ...fault, code }) : accept({ ...facts, code });
}

/** A company as a change needs it: settled first if it comes from an import that has just come through. */
export async function companyForChange(scope: Scope, id: CompanyId): Promise<Stored<Company> | undefined> {
  const kept = await get(scope, companyKind, companyKey(scope, id));
  if (!kept?.staged) return kept;
  const seen = await companyOf(scope, id);
  if (!seen) return undefined;
  await settleCompany(scope, kept.staged, seen);
  return companyOf(scope, id);
}

/** Adds a company (在孵企业) by hand. A wrong code, and a name or code that another company has, are refused. */
export async function addCompany(scope: Scope, wish: CompanyFacts): Promise<Outcome<Stored<Company>, Refusal>> {
  const facts = withCode(filled(wish));
  if (!facts.ok) return facts;
  const company: Company = {
    ...facts.value,
    id: idFor(scope, "cmp"),
    state: "active",
    since: await today(scope),
  };
  const outcome = await commit(
    scope,
    [
      insert(companyKey(scope, company.id), companyKind, company),
      insert(entryKey(scope, company), entryKind, entryOf(company)),
      ...claimsOf(scope, company),
      ...indexWrites(scope, "company", company.id, [], searchTexts(company), company.name),
      happened(scope, "company.added", company.id, { company: company.id, name: company.name }),
    ],
    { answer: { ...company, rev: 1 } },
  );
  return outcome.done ? accept(outcome.answer) : taken(outcome.lost, company);
}

function taken(lost: Readonly<Record<string, Raw | null>>, company: Company) {
  if ("code" in lost) return refuse("company.code-taken" as const, { code: company.code, company: lost.code?.owner });
  if ("name" in lost) return refuse("company.name-taken" as const, { name: company.name, company: lost.name?.owner });
  return refuse("stale" as const, { current: Number(lost.stale?.rev ?? 0) });
}

const told = ["name", "code", "kind", "industry", "state", "contactName", "contactPhone", "contactEmail", "address"];

/** The facts that differ, before and after; an absent one is null. */
export function difference(before: Company, after: Company): Pick<CompanyChanged, "before" | "after"> {
  const text = (company: Company, name: string) => {
    const value = (company as Record<string, unknown>)[name];
    return typeof value === "string" ? value : null;
  };
  const names = told.filter((name) => text(before, name) !== text(after, name));
  const of = (company: Company) => Object.fromEntries(names.map((name) => [name, text(company, name)]));
  return { before: of(before), after: of(after) };
}

async function save(scope: Scope, before: Stored<Company>, after: Company): Promise<Outcome<Stored<Company>, Refusal>> {
  const writes: Write[] = saveWrites(scope, before, after);
  if (before.name !== after.name || before.code !== after.code)
    writes.push(...indexWrites(scope, "company", after.id, searchTexts(before), searchTexts(after), after.name));
  const { rev, ...kept } = before;
  const data: CompanyChanged = { company: after.id, ...difference(kept, after) };
  const outcome = await commit(scope, [...writes, happened(scope, "company.changed", after.id, data)], {
    answer: { ...after, rev: rev + 1 },
  });
  return outcome.done ? accept(outcome.answer) : taken(outcome.lost, after);
}

/** Changes the facts of a company as they were read at `rev`; otherwise `stale` {current}. Its plan and suspension stay. */
export async function changeCompany(
  scope: Scope,
  id: CompanyId,
  change: CompanyChange,
  rev: number,
): Promise<Outcome<Stored<Company>, Refusal>> {
  const before = await companyForChange(scope, id);
  if (!before) return refuse("missing");
  if (before.rev !== rev) return refuse("stale", { current: before.rev });
  const facts = withCode(filled(change));
  if (!facts.ok) return facts;
  const { since, suspended, subscription } = before;
  const after: Company = {
    ...facts.value,
    id,
    since,
    ...(suspended ? { suspended } : {}),
    ...(subscription ? { subscription } : {}),
  };
  return save(scope, before, after);
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
  const { rev: _, contactName: _1, contactPhone: _2, contactEmail: _3, address: _4, ...facts } = before;
  return save(scope, before, { ...facts, ...filled(contact) });
}

/** Keeps or clears the flag that new bookings are refused to a company (停用): what billing decided. */
export async function setSuspension(scope: Scope, id: CompanyId, suspended: Company["suspended"]): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const before = await companyForChange(scope, id);
    if (!before) return;
    const { rev: _, suspended: _was, ...facts } = before;
    const after = { ...facts, ...(suspended ? { suspended } : {}) };
    if ((await commit(scope, saveWrites(scope, before, after), { answer: null })).done) return;
  }
  throw new Error(`the suspension of ${id} found no quiet moment`);
}
