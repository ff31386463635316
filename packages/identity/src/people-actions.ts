import type { CompanyId, PersonId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { type AnyRole, staffRoles } from "@yihao/kernel/roles";
import { ownCompany, type Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import { giveWay } from "@yihao/table/give-way";
import type { Stored } from "@yihao/table/kind";
import { replace, type Write } from "@yihao/table/write";
import type { Member } from "./model.ts";
import { mayGive, ownersChange, ranked } from "./rights.ts";
import { ownRoles } from "./role-actions.ts";
import {
  getSpace,
  listMembers,
  memberKey,
  memberKind,
  membershipOf,
  ownersKey,
  placeKey,
  placeWrite,
  type StoredMember,
  shownMember,
  tell,
} from "./store.ts";

type PersonRefusal =
  | "missing"
  | "stale"
  | "role.gone"
  | "busy"
  | "person.last-owner"
  | "person.rank"
  | "person.no-roles";

const rolesRounds = 12;
const staffRolesOf = (scope: Scope): readonly AnyRole[] => (scope.actor.kind === "staff" ? scope.actor.roles : []);

/** A page of people. Staff see all, or those of one company; a company's admin sees their own company's, and of them only that place. */
export async function listPeople(
  scope: Scope,
  wish: { company?: CompanyId | undefined; cursor?: string | undefined; limit?: number | undefined },
) {
  const own = ownCompany(scope);
  const company = own ?? wish.company;
  const page = await listMembers(scope, { cursor: wish.cursor, limit: wish.limit ?? 200 });
  const items = page.items
    .filter((one) => !company || one.companies.some((place) => place.company === company))
    .map(shownMember);
  return {
    items: own
      ? items.map((one) => ({
          ...one,
          roles: [],
          own: [],
          companies: one.companies.filter((place) => place.company === own),
        }))
      : items,
    next: page.next,
  };
}

/** The write that keeps the number of owners true; the last one stays, lost as `owners`. */
export function ownersWrite(scope: Scope, change: number): Write[] {
  if (change === 0) return [];
  const key = ownersKey(scope);
  if (change > 0) return [{ do: "update", key, add: { count: change } }];
  return [{ do: "update", key, add: { count: change }, when: [["count", ">", 1]], tag: "owners" }];
}

function lostOf(lost: Readonly<Record<string, Record<string, unknown> | null>>): Outcome<never, PersonRefusal> {
  if ("owners" in lost) return refuse("person.last-owner");
  return lost.stale === null ? refuse("missing") : refuse("stale", { current: Number(lost.stale?.rev ?? 0) });
}

/** Gives a member of staff other roles, as read at `rev`. The last owner stays one; a manager cannot touch owners and managers. */
export async function changeRoles(
  scope: Scope,
  person: PersonId,
  wanted: readonly AnyRole[],
  rev: number,
  round = 0,
): Promise<Outcome<Stored<Member>, PersonRefusal>> {
  const [before, space] = await Promise.all([membershipOf(scope, person), getSpace(scope)]);
  if (!before || !space) return refuse("missing");
  const { rev: current, ...member } = before;
  if (current !== rev) return refuse("stale", { current });
  const roles = ranked(wanted, staffRoles);
  if (!mayGive(staffRolesOf(scope), [...member.roles, ...roles])) return refuse("person.rank");
  if (roles.length === 0 && member.companies.length === 0) return refuse("person.no-roles");
  const { own, missing, writes } = await ownRoles(scope, roles);
  if (missing.length > 0) return refuse("role.gone");
  const after: StoredMember = { ...member, roles, own };
  const names = new Map([...(member.own ?? []), ...own].map(({ role, name }) => [role, { role, name }]));
  const data = { person, email: member.email, before: member.roles, after: roles, own: [...names.values()] };
  const outcome = await commit(
    scope,
    [
      replace(memberKey(scope, person), memberKind, after, rev),
      placeWrite(scope, space.name, after),
      ...ownersWrite(scope, ownersChange(member.roles, roles)),
      ...writes,
      tell(scope, "person.roles-changed", scope.space, data),
    ],
    { answer: { ...shownMember(after), rev: rev + 1 } },
  );
  // Somebody gave or changed own roles meanwhile; the member is as it was read, or the next round says otherwise.
  if (!outcome.done && "roles" in outcome.lost && !("stale" in outcome.lost)) {
    if (round >= rolesRounds) return refuse("busy");
    await giveWay(scope, round);
    return changeRoles(scope, person, wanted, rev, round + 1);
  }
  return outcome.done ? accept(outcome.answer) : lostOf(outcome.lost);
}

type Removed = { readonly person: PersonId };

function removal(scope: Scope, member: Stored<Member>): Write[] {
  return [
    { do: "delete", key: memberKey(scope, member.person), when: [["rev", "=", member.rev]], tag: "stale" },
    { do: "delete", key: placeKey(scope, member.person, scope.space) },
    ...ownersWrite(scope, ownersChange(member.roles, [])),
  ];
}

function removedEvents(scope: Scope, member: Member, companies: readonly CompanyId[], roles: AnyRole[]): Write[] {
  const { person, email } = member;
  return [
    tell(scope, "person.removed", scope.space, { person, email, roles, companies: [...companies] }),
    ...companies.map((company) => tell(scope, "company.person-removed", company, { person, email })),
  ];
}

/** Takes a person out of the space: all roles and companies. Holds at their next request. The last owner stays. */
export async function removePerson(scope: Scope, person: PersonId): Promise<Outcome<Removed, PersonRefusal>> {
  const member = await membershipOf(scope, person);
  if (!member) return refuse("missing");
  if (!mayGive(staffRolesOf(scope), member.roles)) return refuse("person.rank");
  const companies = member.companies.map((one) => one.company);
  const outcome = await commit(
    scope,
    [...removal(scope, member), ...removedEvents(scope, member, companies, member.roles)],
    { answer: { person } },
  );
  return outcome.done ? accept(outcome.answer) : lostOf(outcome.lost);
}

/** Takes a person out of one company; who then has no place left is out of the space. */
export async function removeFromCompany(
  scope: Scope,
  company: CompanyId,
  person: PersonId,
): Promise<Outcome<Removed, PersonRefusal>> {
  const own = ownCompany(scope);
  if (own !== undefined && own !== company) return refuse("missing");
  const [stored, space] = await Promise.all([membershipOf(scope, person), getSpace(scope)]);
  if (!space || !stored?.companies.some((one) => one.company === company)) return refuse("missing");
  const { rev, ...member } = stored;
  const after: StoredMember = { ...member, companies: member.companies.filter((one) => one.company !== company) };
  const empty = after.companies.length === 0 && after.roles.length === 0;
  const writes = empty
    ? removal(scope, stored)
    : [replace(memberKey(scope, person), memberKind, after, rev), placeWrite(scope, space.name, after)];
  const outcome = await commit(scope, [...writes, ...removedEvents(scope, member, [company], [])], {
    answer: { person },
  });
  return outcome.done ? accept(outcome.answer) : lostOf(outcome.lost);
}
