import type { KeyId, PersonId, SpaceId } from "@yihao/kernel/ids";
import { allAllowed } from "@yihao/kernel/permissions";
import type { PlatformScope, Scope } from "@yihao/kernel/scope";
import { digest } from "@yihao/table/command";
import { happened } from "@yihao/table/event";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, query } from "@yihao/table/read";
import type { Write } from "@yihao/table/write";
import type { ApiKey, IdentityEvents, Invitation, InvitationId, Member, OwnRole, Place, Space } from "./model.ts";

/*
 * Items of this room in the main table. All < 1 kB but for people of many companies. W: write units per command.
 *
 * | item            | key                             | commands that write it                              |
 * | space           | <space>#space / -               | create (2), change (2)                              |
 * | owners          | <space>#space / owners          | create (2), giving or taking ownership (2)          |
 * | own roles       | <space>#space / own-roles       | see role-actions.ts                                 |
 * | member          | <space>#people / <person>       | create, accept, roles, remove (2 each)              |
 * | place           | platform#me#<person> / <space>  | with every write of the member (2)                  |
 * | ended sessions  | platform#out#<person> / -       | with every end of a session (2)                     |
 * | invitation      | <space>#invited / <invitation>  | invite, resend, revoke, accept (2 each)             |
 * | API key         | <space>#keys / <key>            | make, rotate, revoke, a role of its changed, first use of a day (2) |
 * | link            | platform#link#<digest> / -      | invite, resend (2); holds no secret, only its hash  |
 * | letters counted | platform#tries#invite-…         | invite, resend (2 each for the e-mail and the space) |
 * | letter          | platform#mail / <instant>_<id>  | invite, resend (4: a letter is 1–2 kB)              |
 *
 * Who is asking: one consistent read of the member, 1 unit; it also names the person's sessions that ended lately. /me: the ended sessions,
 * 1 unit, and one query of the places, 0.5 units a 4 kB. Invite 14 + receipt 2; accept 8 + 2 for a company + receipt 2; change roles 6;
 * remove 6 (8 with a company's event). The end of a session: 2 and 2 a space of the person. A new name or e-mail: 6 a space.
 * A key at the door: one consistent read of the key, 1 unit. Make, rotate, revoke a key 4 + receipt 2.
 */

/** A member with the sessions that ended lately, which only the door looks at; see `ended.ts`. */
export type StoredMember = Member & { readonly ended?: string | undefined };
type Out = { readonly ended?: string };

/** A key with the hashes of its secret and, for a while after a rotation, of the former one. */
export type StoredKey = ApiKey & { readonly hash: string; readonly formerHash: string | null };
export type StoredInvitation = Invitation & { readonly hash: string };
type Link = { readonly space: SpaceId; readonly invitation: InvitationId };

export const spaceKind = kindOf<Space>("spc");
export const ownersKind = kindOf<{ count: number }>("owners");
export const memberKind = kindOf<StoredMember>("member");
/** As it is kept: what the roles allow is told from them. */
export type StoredPlace = Omit<Place, "rights" | "own" | "support"> & { readonly own?: readonly OwnRole[] | undefined };
export const placeKind = kindOf<StoredPlace>("place");
export const outKind = kindOf<Out>("out");
export const invitationKind = kindOf<StoredInvitation>("ivt");
export const keyKind = kindOf<StoredKey>("key");
export const linkKind = kindOf<Link>("link");

export const spaceKey = (scope: Scope) => keyIn(partition(scope, "space"));
export const ownersKey = (scope: Scope) => keyIn(partition(scope, "space"), "owners");
const peopleOf = (scope: Scope) => partition(scope, "people");
export const memberKey = (scope: Scope, person: PersonId) => keyIn(peopleOf(scope), person);
const invitationsOf = (scope: Scope) => partition(scope, "invited");
export const invitationKey = (scope: Scope, id: InvitationId) => keyIn(invitationsOf(scope), id);
const keysOf = (scope: Scope) => partition(scope, "keys");
export const apiKeyKey = (scope: Scope, id: KeyId) => keyIn(keysOf(scope), id);
const platform = (scope: Scope | PlatformScope): PlatformScope => ({ ...scope, space: "platform" });
export const placeKey = (scope: Scope | PlatformScope, person: PersonId, space: SpaceId) =>
  keyIn(partition(platform(scope), "me", person), space);
export const outKey = (scope: Scope | PlatformScope, person: PersonId) =>
  keyIn(partition(platform(scope), "out", person));
export const linkKey = (scope: Scope | PlatformScope, hash: string) => keyIn(partition(platform(scope), "link", hash));

/** The hash under which an invitation's secret is kept. The secret has 160 bits, so a plain hash keeps it. */
export const hashOf = (token: string) => digest("invitation", token);

/** The same request inside a space that it has just made or holds a link of. */
export const within = (scope: PlatformScope, space: SpaceId): Scope => ({ ...scope, space });

/** A person's place in the scope's space: one consistent read of 1 unit, so that removing somebody holds at their next request. */
export function membershipOf(scope: Scope, person: PersonId): Promise<Stored<StoredMember> | undefined> {
  return get(scope, memberKind, memberKey(scope, person));
}

/** A person's sessions that ended lately, for routes of no space: one consistent read of 1 unit. */
export async function endedOf(scope: PlatformScope, person: PersonId): Promise<string | undefined> {
  return (await get(scope, outKind, outKey(scope, person)))?.ended;
}

/** A member as people may see them. */
export function shownMember<M extends Member>({ ended: _, ...member }: M & { ended?: unknown }) {
  return member;
}

/** The space of a scope. */
export function getSpace(scope: Scope): Promise<Stored<Space> | undefined> {
  return get(scope, spaceKind, spaceKey(scope));
}

/** A page of the people of a space, by id. */
export function listMembers(scope: Scope, page: { cursor?: string | undefined; limit?: number }) {
  return query(scope, memberKind, peopleOf(scope), { ...page, consistent: true });
}

/** A page of a space's invitations, by id. */
export function listInvitations(scope: Scope, page: { cursor?: string | undefined; limit?: number }) {
  return query(scope, invitationKind, invitationsOf(scope), { ...page, consistent: true });
}

/** A page of a space's API keys, by id. */
export function listKeys(scope: Scope, page: { cursor?: string | undefined; limit?: number }) {
  return query(scope, keyKind, keysOf(scope), { ...page, consistent: true });
}

/** Every key of a company, and none of the space's own. The keys of a space are few: they are read whole. */
export async function companyKeys(scope: Scope, company: string) {
  const found: Stored<StoredKey>[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await listKeys(scope, { cursor, limit: 200 });
    found.push(...page.items.filter((key) => key.company?.company === company));
    if (!page.next) return found;
    cursor = page.next;
  }
}

/** The spaces of a person: one query of their partition. */
export function placesOf(scope: PlatformScope, person: PersonId) {
  return query(scope, placeKind, partition(scope, "me", person), { consistent: true, limit: 200 });
}

/** An event of this room, its data as `model.ts` says. */
export function tell<Type extends keyof IdentityEvents>(
  scope: Scope,
  type: Type,
  subject: string,
  data: IdentityEvents[Type],
): Write {
  return happened(scope, type, subject, data);
}

/** A place as its person sees it: the roles, what their own ones are called, and all that they allow. */
export function shownPlace({ space, name, roles, own = [], companies }: StoredPlace): Place {
  const rights = allAllowed({ roles, rights: own.flatMap((one) => one.rights) });
  return { space, name, roles, ...(own.length > 0 ? { own: namesOf(own) } : {}), rights, companies };
}

/** The names of own roles. */
export const namesOf = (own: readonly OwnRole[]) => own.map(({ role, name }) => ({ role, name }));

/** The write of a person's place as they see it among their spaces. */
export function placeWrite(scope: Scope, name: string, member: Member): Write {
  const { roles, own, companies } = member;
  return {
    do: "put",
    key: placeKey(scope, member.person, scope.space),
    kind: placeKind,
    data: { space: scope.space, name, roles, own, companies },
    rev: 1,
  };
}
