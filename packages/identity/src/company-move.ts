import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import type { Stored } from "@yihao/table/kind";
import { replace } from "@yihao/table/write";
import type { CompanyPlace } from "./model.ts";
import {
  apiKeyKey,
  companyKeys,
  getSpace,
  invitationKey,
  invitationKind,
  keyKind,
  listInvitations,
  listMembers,
  memberKey,
  memberKind,
  membershipOf,
  placeWrite,
  type StoredMember,
} from "./store.ts";

type Into = { readonly id: CompanyId; readonly name: string };
const rounds = 20;

/** A person's companies once one of them turned out to be another: a place in each stays one place, with the greater of two roles. */
export function placesIn(places: readonly CompanyPlace[], from: string, into: Into): CompanyPlace[] {
  const mine = places.filter(({ company }) => company === from || company === into.id);
  if (!mine.some(({ company }) => company === from)) return [...places];
  const role = mine.some((one) => one.role === "admin") ? ("admin" as const) : ("member" as const);
  return [
    ...places.filter(({ company }) => company !== from && company !== into.id),
    { company: into.id, name: into.name, role },
  ];
}

/** Every person with a place in a company. */
export async function peopleIn(scope: Scope, company: string): Promise<Stored<StoredMember>[]> {
  const found: Stored<StoredMember>[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await listMembers(scope, { cursor, limit: 100 });
    found.push(...page.items.filter(({ companies }) => companies.some((one) => one.company === company)));
    if (!page.next) return found;
    cursor = page.next;
  }
}

/** Takes the people of a company, whom it invited and the keys of its programs over into another. Safe to run again: who has been taken over is passed by. */
export async function movePeople(scope: Scope, from: CompanyId, into: Into): Promise<void> {
  const space = (await getSpace(scope))?.name ?? "";
  const unsigned = { ...scope, command: { id: `auto:${scope.command.id}`, print: "" } };
  for (const { person } of await peopleIn(scope, from))
    for (let round = 0; ; round += 1) {
      const before = await membershipOf(scope, person);
      if (!before?.companies.some(({ company }) => company === from)) break;
      const { rev, ...member } = before;
      const after: StoredMember = { ...member, companies: placesIn(member.companies, from, into) };
      const writes = [replace(memberKey(scope, person), memberKind, after, rev), placeWrite(scope, space, after)];
      if ((await commit(unsigned, writes, { answer: null })).done) break;
      if (round > rounds) throw new Error(`the places of ${person} found no quiet moment`);
    }
  for (const { rev, ...key } of await companyKeys(scope, from)) {
    const after = { ...key, company: { company: into.id, name: into.name } };
    const write = replace(apiKeyKey(scope, key.id), keyKind, after, rev);
    if (!(await commit(unsigned, [write], { answer: null })).done) return movePeople(scope, from, into);
  }
  for (let cursor: string | undefined; ; ) {
    const page = await listInvitations(scope, { cursor, limit: 100 });
    for (const { rev, ...invitation } of page.items)
      if (invitation.company?.company === from) {
        const after = { ...invitation, company: { ...invitation.company, company: into.id, name: into.name } };
        const write = replace(invitationKey(scope, invitation.id), invitationKind, after, rev);
        if (!(await commit(unsigned, [write], { answer: null })).done) return movePeople(scope, from, into);
      }
    if (!page.next) return;
    cursor = page.next;
  }
}
