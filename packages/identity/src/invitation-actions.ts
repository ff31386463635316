import { base32, type PersonId } from "@yihao/kernel/ids";
import { accept, type Outcome, Refused, refuse } from "@yihao/kernel/outcome";
import { type AnyRole, staffRoles } from "@yihao/kernel/roles";
import { ownCompany, type PlatformScope, type Scope } from "@yihao/kernel/scope";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { giveWay } from "@yihao/table/give-way";
import type { Stored } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import { insert, replace, type Write } from "@yihao/table/write";
import { brandOf } from "./brand-actions.ts";
import { joined, openInvitation } from "./invitation.ts";
import { type CodeFrom, invitationLetter } from "./letters.ts";
import { invitesPerEmail, invitesPerSpace } from "./lockout.ts";
import { mailing } from "./mail.ts";
import {
  type CompanyPlace,
  type Invitation,
  type InvitationId,
  invitationDays,
  type Member,
  type NewInvitation,
  type OpenInvitation,
  type Place,
  type Space,
} from "./model.ts";
import { mayGive, ownersChange, ranked } from "./rights.ts";
import { ownRoles } from "./role-actions.ts";
import {
  getSpace,
  hashOf,
  invitationKey,
  invitationKind,
  linkKey,
  linkKind,
  listInvitations,
  memberKey,
  memberKind,
  membershipOf,
  namesOf,
  ownersKey,
  placeWrite,
  type StoredInvitation,
  type StoredMember,
  shownPlace,
  tell,
  within,
} from "./store.ts";
import { countTry } from "./tries.ts";

type Inviter = Pick<Member, "person" | "name" | "companies"> & { readonly roles: readonly AnyRole[] };

const dayMs = 86_400_000;
/** How long a used or withdrawn invitation and its link are kept, to say so to whoever opens it. */
const keepDays = 90;
const rounds = 20;

const plusDays = (instant: string, days: number) => new Date(Date.parse(instant) + days * dayMs).toISOString();
const tidy = (instant: string) => ({ ttl: Math.ceil(Date.parse(plusDays(instant, keepDays)) / 1000) });

const view = ({ id, email, roles, own, company, by, byName, state, sentAt, expiresAt }: Invitation): Invitation => ({
  id,
  email,
  roles,
  ...(own ? { own } : {}),
  company,
  by,
  byName,
  state,
  sentAt,
  expiresAt,
});

/** A fresh secret of 160 bits for a link, its letter and the item that finds it. Only the letter has the secret: whoever invites never sees it. */
async function linkWrites(
  scope: Scope,
  space: Space,
  invitation: Invitation,
): Promise<{ hash: string; writes: Write[] }> {
  const token = base32(crypto.getRandomValues(new Uint8Array(20)), 32);
  const hash = hashOf(token);
  const letter = invitationLetter(
    {
      to: invitation.email,
      space: space.name,
      by: invitation.byName,
      roles: invitation.roles,
      own: invitation.own,
      company: invitation.company ?? undefined,
      days: invitationDays,
      path: `/join/${token}`,
      colour: (await brandOf(scope)).colour,
    },
    space.language,
  );
  const link = insert(linkKey(scope, hash), linkKind, { space: scope.space, invitation: invitation.id }, "link");
  return { hash, writes: [{ ...link, ...tidy(invitation.expiresAt) }, mailing(scope, letter)] };
}

/** Who invites, by name, and the roles that they give from: a key's own, never those of the person who made it. */
async function inviterOf(scope: Scope, keyName: string | undefined): Promise<Inviter | undefined> {
  const { actor } = scope;
  if (actor.kind === "system") return undefined;
  if (actor.kind === "staff" && actor.key !== undefined)
    return { person: actor.person, name: keyName ?? actor.key, roles: actor.roles, companies: [] };
  return await membershipOf(scope, actor.person);
}

function companyOf(scope: Scope, wish: NewInvitation, inviter: Inviter): CompanyPlace | null {
  if (!("company" in wish)) return null;
  const own = inviter.companies.find((one) => one.company === ownCompany(scope));
  return { company: wish.company, name: own?.name ?? wish.companyName, role: wish.companyRole };
}

/** Counts a letter against what a space and one e-mail may be sent; `invitation.too-many` {minutes} when that is enough for now. */
async function countLetter(scope: Scope, email: string): Promise<Outcome<true, "invitation.too-many">> {
  const platform: PlatformScope = {
    ...scope,
    space: "platform",
    command: { id: `auto:${crypto.randomUUID()}`, print: "" },
  };
  try {
    await countTry(platform, invitesPerEmail, "invite-email", email);
    await countTry(platform, invitesPerSpace, "invite-space", scope.space);
    return accept(true);
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal.code !== "auth.locked") throw error;
    return refuse("invitation.too-many", { minutes: error.refusal.params.minutes });
  }
}

/** Invites somebody by mail for staff roles or for a company; the link works once and for seven days. `callerName` names a key, which has no place of its own to look it up in. */
export async function invite(
  scope: Scope,
  wish: NewInvitation,
  callerName?: string,
): Promise<Outcome<Invitation, "missing" | "person.rank" | "conflict" | "invitation.too-many" | "role.gone">> {
  const [space, inviter] = await Promise.all([getSpace(scope), inviterOf(scope, callerName)]);
  if (!space || !inviter) return refuse("missing");
  const own = ownCompany(scope);
  if (own !== undefined && (!("company" in wish) || wish.company !== own)) return refuse("missing");
  if ("roles" in wish && !mayGive(inviter.roles, wish.roles)) return refuse("person.rank");
  const wanted = "roles" in wish ? ranked(wish.roles, staffRoles) : [];
  if ((await ownRoles(scope, wanted)).missing.length > 0) return refuse("role.gone");
  const counted = await countLetter(scope, wish.email);
  if (!counted.ok) return counted;
  const company = companyOf(scope, wish, inviter);
  for (let round = 0; round < rounds; round += 1) {
    const made = await commitInvitation(scope, space, inviter, { email: wish.email, roles: wanted, company });
    if (made !== "again") return made;
    await giveWay(scope, round);
  }
  return refuse("conflict");
}

async function commitInvitation(
  scope: Scope,
  space: Space,
  inviter: Inviter,
  wish: Pick<Invitation, "email" | "roles" | "company">,
): Promise<Outcome<Invitation, "conflict" | "role.gone"> | "again"> {
  const given = await ownRoles(scope, wish.roles);
  if (given.missing.length > 0) return refuse("role.gone");
  const invitation: Invitation = {
    id: idFor(scope, "ivt"),
    ...wish,
    ...(given.own.length > 0 ? { own: namesOf(given.own) } : {}),
    by: inviter.person,
    byName: inviter.name,
    state: "open",
    sentAt: scope.now,
    expiresAt: plusDays(scope.now, invitationDays),
  };
  const { hash, writes } = await linkWrites(scope, space, invitation);
  const { id, email, roles, own, company } = invitation;
  const outcome = await commit(
    scope,
    [
      insert(invitationKey(scope, id), invitationKind, { ...invitation, hash }, "invitation"),
      ...writes,
      ...given.writes,
      tell(scope, "person.invited", scope.space, { invitation: id, email, roles, own, company }),
    ],
    { answer: invitation },
  );
  if (!outcome.done && "roles" in outcome.lost) return "again";
  return outcome.done ? accept(outcome.answer) : refuse("conflict");
}

const isVisible = (scope: Scope, invitation: Invitation) => {
  const own = ownCompany(scope);
  return own === undefined || invitation.company?.company === own;
};

/** A page of the invitations that nobody has accepted yet; a company's admin sees those of their own company. */
export async function listOpenInvitations(
  scope: Scope,
  page: { cursor?: string | undefined; limit?: number | undefined },
) {
  const found = await listInvitations(scope, { cursor: page.cursor, limit: page.limit ?? 200 });
  const open = found.items.filter((one) => one.state === "open" && isVisible(scope, one));
  return { items: open.map(view).toSorted((a, b) => b.sentAt.localeCompare(a.sentAt)), next: found.next };
}

type HandlingRefusal = "missing" | "stale" | "person.rank" | "invitation.used" | "invitation.revoked";
type ResendRefusal = HandlingRefusal | "invitation.too-many";

async function handled(scope: Scope, id: InvitationId): Promise<Outcome<Stored<StoredInvitation>, HandlingRefusal>> {
  const found = await get(scope, invitationKind, invitationKey(scope, id));
  if (!found || !isVisible(scope, found)) return refuse("missing");
  if (scope.actor.kind === "staff" && found.roles.length > 0 && !mayGive(scope.actor.roles, found.roles))
    return refuse("person.rank");
  if (found.state === "accepted") return refuse("invitation.used", { email: found.email });
  if (found.state === "revoked") return refuse("invitation.revoked");
  return accept(found);
}

/** Sends an open invitation again with a new link; the old one stops working and seven days start anew. */
export async function resendInvitation(scope: Scope, id: InvitationId): Promise<Outcome<Invitation, ResendRefusal>> {
  const [found, space] = await Promise.all([handled(scope, id), getSpace(scope)]);
  if (!found.ok) return found;
  if (!space) return refuse("missing");
  const { rev, ...before } = found.value;
  const counted = await countLetter(scope, before.email);
  if (!counted.ok) return counted;
  const fresh: Invitation = { ...view(before), sentAt: scope.now, expiresAt: plusDays(scope.now, invitationDays) };
  const { hash, writes } = await linkWrites(scope, space, fresh);
  const outcome = await commit(
    scope,
    [
      replace(invitationKey(scope, id), invitationKind, { ...fresh, hash }, rev),
      ...writes,
      tell(scope, "invitation.resent", scope.space, { invitation: id, email: fresh.email }),
    ],
    { answer: fresh },
  );
  return outcome.done ? accept(outcome.answer) : refuse("stale");
}

/** Withdraws an open invitation; its link says so from then on. */
export async function revokeInvitation(scope: Scope, id: InvitationId): Promise<Outcome<Invitation, HandlingRefusal>> {
  const found = await handled(scope, id);
  if (!found.ok) return found;
  const { rev, ...before } = found.value;
  const after: StoredInvitation = { ...before, state: "revoked" };
  const outcome = await commit(
    scope,
    [
      { ...replace(invitationKey(scope, id), invitationKind, after, rev), ...tidy(scope.now) },
      tell(scope, "invitation.revoked", scope.space, { invitation: id, email: after.email }),
    ],
    { answer: view(after) },
  );
  return outcome.done ? accept(outcome.answer) : refuse("stale");
}

type LinkRefusal =
  | "invitation.missing"
  | "invitation.used"
  | "invitation.revoked"
  | "invitation.expired"
  | "invitation.replaced";

async function byToken(scope: PlatformScope, token: string) {
  const hash = hashOf(token);
  const link = await get(scope, linkKind, linkKey(scope, hash));
  if (!link) return undefined;
  const inside = within(scope, link.space);
  const [invitation, space] = await Promise.all([
    get(inside, invitationKind, invitationKey(inside, link.invitation)),
    getSpace(inside),
  ]);
  return invitation && space ? { inside, invitation, space, hash } : undefined;
}

/** What an invitation's link opens, for whoever holds it. */
export async function readInvitation(
  scope: PlatformScope,
  token: string,
): Promise<Outcome<OpenInvitation, LinkRefusal>> {
  const found = await byToken(scope, token);
  if (!found) return refuse("invitation.missing");
  const open = openInvitation(found.invitation, found.hash, scope.now);
  if (!open.ok) return open;
  const { email, roles, own, company, byName, expiresAt } = open.value;
  return accept({
    space: { id: found.space.id, name: found.space.name },
    email,
    roles,
    own,
    company,
    byName,
    expiresAt,
  });
}

/** The space that an open invitation of this e-mail's owner is to, by the secret of its link, and its colour: in its name a code may be written. */
export async function invitingSpace(scope: PlatformScope, token: string, email: string): Promise<CodeFrom | undefined> {
  const found = await byToken(scope, token);
  if (!found || found.invitation.email !== email.toLowerCase()) return undefined;
  if (!openInvitation(found.invitation, found.hash, scope.now).ok) return undefined;
  return { space: found.space.name, colour: (await brandOf(found.inside)).colour };
}

type Who = { readonly person: PersonId; readonly email: string; readonly name: string };

/** Accepts an invitation as the person it names; of parallel tries one joins, and the same person asking again is told the same. */
export async function acceptInvitation(
  scope: PlatformScope,
  who: Who,
  token: string,
): Promise<Outcome<Place, LinkRefusal | "invitation.other-person" | "busy">> {
  for (let round = 0; round < rounds; round += 1) {
    const found = await byToken(scope, token);
    if (!found) return refuse("invitation.missing");
    const { inside, invitation, space, hash } = found;
    const before = await membershipOf(inside, who.person);
    if (invitation.email !== who.email.toLowerCase())
      return refuse("invitation.other-person", { email: invitation.email });
    const open = openInvitation(invitation, hash, scope.now);
    if (!open.ok) {
      if (open.refusal.code !== "invitation.used" || !before) return open;
      return accept(shownPlace({ ...before, space: space.id, name: space.name }));
    }
    const { rev, ...kept } = invitation;
    const fresh = joined(before, invitation, { ...who, name: who.name || who.email }, scope.now);
    const { own, missing, writes } = await ownRoles(inside, fresh.roles);
    const held = fresh.roles.filter((role) => !missing.some((one) => one === role));
    const member: StoredMember = { ...fresh, roles: held, own, ...(before?.ended ? { ended: before.ended } : {}) };
    const answer = shownPlace({ ...member, space: space.id, name: space.name });
    const { person, email } = who;
    const gives = { roles: invitation.roles, own: invitation.own, company: invitation.company };
    const change = ownersChange(before?.roles ?? [], member.roles);
    const outcome = await commit(
      scope,
      [
        {
          ...replace(invitationKey(inside, invitation.id), invitationKind, { ...kept, state: "accepted" }, rev),
          ...tidy(scope.now),
        },
        before
          ? replace(memberKey(inside, person), memberKind, member, before.rev, "member")
          : insert(memberKey(inside, person), memberKind, member, "member"),
        placeWrite(inside, space.name, member),
        ...writes,
        ...(change > 0 ? [{ do: "update", key: ownersKey(inside), add: { count: 1 } } satisfies Write] : []),
        tell(inside, "person.joined", inside.space, { person, email, name: member.name, ...gives }),
        ...(invitation.company
          ? [
              tell(inside, "company.person-joined", invitation.company.company, {
                person,
                email,
                name: member.name,
                role: invitation.company.role,
              }),
            ]
          : []),
      ],
      { answer },
    );
    if (outcome.done) return accept(outcome.answer);
  }
  return refuse("busy");
}
