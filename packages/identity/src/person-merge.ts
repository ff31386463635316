import type { PersonId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { staffRoles } from "@yihao/kernel/roles";
import type { AnyScope, PlatformScope, Scope } from "@yihao/kernel/scope";
import { commit, recall } from "@yihao/table/commit";
import { giveWay } from "@yihao/table/give-way";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, getMany } from "@yihao/table/read";
import { insert, overwrite, replace, type Write } from "@yihao/table/write";
import type { CompanyPlace, Member, MergedPerson } from "./model.ts";
import { ownersWrite } from "./people-actions.ts";
import { mayGive, ranked } from "./rights.ts";
import { ownRoles } from "./role-actions.ts";
import {
  apiKeyKey,
  getSpace,
  keyKind,
  listKeys,
  memberKey,
  memberKind,
  membershipOf,
  namesOf,
  placeKey,
  placesOf,
  placeWrite,
  type StoredMember,
  tell,
  within,
} from "./store.ts";

/** | merged person | <space>#merged-people / <person> | merging (2), its end (2) | the receipt, and how what the former account did is found under the one that is kept | */
export const mergedKind = kindOf<MergedPerson>("gone");
export const mergedKey = (scope: AnyScope, person: string) => keyIn(partition(scope, "merged-people"), person);

type Who = Pick<Member, "person" | "name" | "email">;
type MergeRefusal = "missing" | "stale" | "person.rank" | "person.merge-itself";
const rounds = 30;

/** Places in companies of two accounts of one person: each company once, with the greater of two roles. */
export function companiesOfBoth(mine: readonly CompanyPlace[], theirs: readonly CompanyPlace[]): CompanyPlace[] {
  const all = new Map(mine.map((place) => [place.company, place]));
  for (const place of theirs) {
    const before = all.get(place.company);
    all.set(place.company, before?.role === "admin" || !before ? (before ?? place) : { ...before, role: place.role });
  }
  return [...all.values()];
}

/** The member that is kept, with all that both accounts were in the space. */
export function memberOfBoth(from: Member, into: Member | undefined, who: Who): Member {
  return {
    ...who,
    roles: ranked([...from.roles, ...(into?.roles ?? [])], staffRoles),
    companies: companiesOfBoth(into?.companies ?? [], from.companies),
    joinedAt: into && into.joinedAt < from.joinedAt ? into.joinedAt : from.joinedAt,
  };
}

/**
 * Merges the accounts of one person inside a space (合并成员), in one commit: the former one has no place there at its next request, the kept one all that both had. What the former one had in
 * the rooms of the space is moved by the stream. Refused as `missing` when either is not here, `stale` when somebody changed them meanwhile.
 */
async function mergeHere(scope: Scope, from: PersonId, who: Who, judge?: (one: Member, two?: Member) => boolean) {
  const [gone, kept, space] = await Promise.all([
    membershipOf(scope, from),
    membershipOf(scope, who.person),
    getSpace(scope),
  ]);
  if (!gone || !space) return refuse("missing" as const);
  if (judge && !judge(gone, kept)) return refuse("person.rank" as const);
  const { rev: _, ended: _ended, ...former } = gone;
  const both = memberOfBoth(former, kept, who);
  const { own, missing, writes } = await ownRoles(scope, both.roles);
  const after: StoredMember = {
    ...both,
    roles: both.roles.filter((role) => !missing.some((one) => one === role)),
    own,
    ...(kept?.ended ? { ended: kept.ended } : {}),
  };
  const owners = (one: Member | undefined) => Number(one?.roles.includes("owner") ?? false);
  const told: MergedPerson = {
    ...{ person: from, name: former.name, email: former.email },
    ...{ into: who.person, at: scope.now, roles: former.roles, own: namesOf(former.own ?? []) },
    companies: former.companies.map(({ company }) => company),
  };
  const put: Write = kept
    ? replace(memberKey(scope, who.person), memberKind, after, kept.rev)
    : insert(memberKey(scope, who.person), memberKind, after, "stale");
  const outcome = await commit(
    scope,
    [
      { do: "delete", key: memberKey(scope, from), when: [["rev", "=", gone.rev]], tag: "stale" },
      { do: "delete", key: placeKey(scope, from, scope.space) },
      put,
      placeWrite(scope, space.name, after),
      ...writes,
      ...ownersWrite(scope, owners(after) - owners(gone) - owners(kept)),
      overwrite(mergedKey(scope, from), mergedKind, told),
      tell(scope, "person.merge-asked", scope.space, told),
    ],
    { answer: told },
  );
  return outcome.done ? accept(outcome.answer) : refuse("stale" as const);
}

/** Merges a member of a space into another who is the same person. A manager cannot merge owners and managers; a repeated command gets the first answer. */
export async function mergeMembers(
  scope: Scope,
  from: PersonId,
  into: PersonId,
): Promise<Outcome<MergedPerson, MergeRefusal>> {
  const before = await recall(scope);
  if (before) return accept(before.answer as MergedPerson);
  if (from === into) return refuse("person.merge-itself");
  const kept = await membershipOf(scope, into);
  if (!kept) return refuse("missing");
  const mine = scope.actor.kind === "staff" ? scope.actor.roles : [];
  const judge = (one: Member, two?: Member) => mayGive(mine, [...one.roles, ...(two?.roles ?? [])]);
  const { person, name, email } = kept;
  return mergeHere(scope, from, { person, name, email }, judge);
}

/** Merges an account into another of the same person in every space that it has a place in. What a cut leaves undone is done by asking again. */
export async function mergeEverywhere(scope: PlatformScope, from: PersonId, who: Who): Promise<number> {
  let done = 0;
  for (let round = 0; round < rounds; round += 1) {
    const { items } = await placesOf(scope, from);
    if (items.length === 0) return done;
    for (const { space } of items) {
      const inside = { ...within(scope, space), actor: { kind: "person", person: who.person } } as const;
      const command = { id: `auto:${crypto.randomUUID()}`, print: "" };
      const merged = await mergeHere({ ...inside, command }, from, who);
      if (merged.ok) done += 1;
      // Only the place is left of who was taken out a moment ago.
      else if (merged.refusal.code === "missing")
        await commit({ ...inside, command }, [{ do: "delete", key: placeKey(inside, from, space) }], { answer: null });
    }
    await giveWay(scope, round);
  }
  throw new Error(`the places of ${from} found no quiet moment`);
}

/** Gives the API keys that a person made to the other account of the same person: a program with a key is whoever made it. Safe to run again. */
export async function moveKeys(scope: Scope, from: PersonId, into: Pick<Who, "person" | "name">): Promise<void> {
  const unsigned = { ...scope, command: { id: `auto:${scope.command.id}`, print: "" } };
  for (let cursor: string | undefined; ; ) {
    const page = await listKeys(scope, { cursor, limit: 100 });
    for (const { rev, ...key } of page.items)
      if (key.by === from) {
        const after = { ...key, by: into.person, byName: into.name };
        await commit(unsigned, [replace(apiKeyKey(scope, key.id), keyKind, after, rev)], { answer: null });
      }
    if (!page.next) return;
    cursor = page.next;
  }
}

/** Who somebody is now that their account may have been merged into another: the member of the space, if there is one. */
export async function memberNow(scope: Scope, person: PersonId): Promise<Stored<StoredMember> | undefined> {
  const seen = new Set<string>();
  for (let one = person; !seen.has(one); ) {
    seen.add(one);
    const member = await membershipOf(scope, one);
    if (member) return member;
    const merged = await get(scope, mergedKind, mergedKey(scope, one));
    if (!merged) return undefined;
    one = merged.into;
  }
  return undefined;
}

/** Accounts as they are called now: each that was merged into another (合并成员) by the one that is kept. A read unit each, and again for those that were merged. */
export async function accountsNow(scope: Scope, persons: readonly string[]): Promise<string[]> {
  const now = new Map(persons.map((one) => [one, one]));
  for (let open = [...now.keys()], round = 0; open.length > 0 && round < rounds; round += 1) {
    const ids = [...new Set(open.map((one) => now.get(one) ?? one))];
    const found = await getMany(
      scope,
      mergedKind,
      ids.map((id) => mergedKey(scope, id)),
      { consistent: true },
    );
    const into = new Map(ids.flatMap((id, at) => (found[at] ? [[id, found[at].into] as const] : [])));
    open = open.filter((one) => into.has(now.get(one) ?? one));
    for (const one of open) now.set(one, into.get(now.get(one) ?? one) ?? one);
  }
  return [...new Set(now.values())];
}
