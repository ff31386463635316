import type { CompanyId, PersonId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { claim, ownerOf, unclaim } from "@yihao/table/unique";
import { insert } from "@yihao/table/write";
import { today } from "./days.ts";
import type { Company } from "./model.ts";
import { companyKey, companyKind, companyOf, saveWrites } from "./store.ts";

/** How somebody without a company is known: by the e-mail, without one by the phone. */
export type GuestContact = {
  readonly name: string;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
};
export type GuestRecord = { readonly company: CompanyId; readonly person: PersonId; readonly name: string };

const tries = 10;
/** What only one guest of a space has; a phone counts by its digits. */
const addressOf = ({ email, phone = "" }: GuestContact): string =>
  email ? email.trim().toLowerCase() : `tel:${phone.replaceAll(/[^\d+]/g, "")}`;

/** The person that a guest's record stands for: nobody signs in as them. */
export const guestPerson = (company: CompanyId): PersonId => `per_${company.slice(4)}`;

/**
 * The record of a guest (散客) of the space, found again by e-mail or phone, made when there is none: a company of one person, so that charges, payments and the ledger work as for any
 * other, but in no list, with no search words and no member's right. A name or phone told anew takes the place of the former. 4 write units the first time.
 */
export async function guestOf(scope: Scope, contact: GuestContact): Promise<Outcome<GuestRecord, "busy">> {
  const address = addressOf(contact);
  const { name, email, phone } = contact;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const owner = (await ownerOf(scope, "guest", address)) as CompanyId | undefined;
    const before = owner && (await companyOf(scope, owner));
    const said = {
      name,
      contactName: name,
      ...(email ? { contactEmail: email.trim().toLowerCase() } : {}),
      ...(phone ? { contactPhone: phone } : {}),
    };
    if (before) {
      const { rev: _, ...facts } = before;
      const after: Company = { ...facts, ...said };
      const same = Object.entries(said).every(([key, value]) => facts[key as keyof Company] === value);
      const unsigned = { ...scope, command: { id: "auto:guest", print: "" } };
      if (!same && !(await commit(unsigned, saveWrites(scope, before, after), { answer: null })).done) continue;
      return accept({ company: before.id, person: guestPerson(before.id), name });
    }
    const id = idFor(scope, "cmp", `guest ${address} ${attempt}`);
    const company: Company = { ...said, id, kind: "guest", state: "active", since: await today(scope) };
    const writes = [insert(companyKey(scope, id), companyKind, company, "company"), claim(scope, "guest", address, id)];
    const done = await commit({ ...scope, command: { id: "auto:guest", print: "" } }, writes, { answer: null });
    if (done.done) return accept({ company: id, person: guestPerson(id), name });
  }
  return refuse("busy");
}

/**
 * Erases what a guest's record says of the person (个人信息保护法 第四十七条): name, e-mail and phone. What bills and the ledger hold of it stays; under the same address a new record would
 * be begun. Safe to run again.
 */
export async function eraseGuest(scope: Scope, id: CompanyId): Promise<void> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const before = await companyOf(scope, id);
    if (before?.kind !== "guest" || before.erasedAt) return;
    const { state, since, contactEmail: email, contactPhone: phone, name } = before;
    const address = addressOf({ name, email, phone });
    const after: Company = { id, kind: "guest", name: "—", state, since, erasedAt: scope.now };
    const writes = [...saveWrites(scope, before, after), unclaim(scope, "guest", address, id)];
    const done = await commit({ ...scope, command: { id: "auto:erase", print: "" } }, writes, { answer: null });
    if (done.done) return;
  }
  throw new Error(`guest ${id} was not erased`);
}
