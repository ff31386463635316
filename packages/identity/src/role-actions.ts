import type { KeyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { AnyRole } from "@yihao/kernel/roles";
import type { Scope } from "@yihao/kernel/scope";
import { idFor } from "@yihao/table/command";
import { commit, recall } from "@yihao/table/commit";
import { giveWay } from "@yihao/table/give-way";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import { insert, replace, type Write } from "@yihao/table/write";
import type { NewRole, OwnRole, Role, RoleId, RoleView } from "./model.ts";
import { kept, ownOf, renewed, withRole } from "./role.ts";
import {
  apiKeyKey,
  getSpace,
  keyKind,
  listInvitations,
  listKeys,
  listMembers,
  memberKey,
  memberKind,
  membershipOf,
  placeWrite,
  type StoredKey,
  type StoredMember,
  tell,
} from "./store.ts";

/*
 * | own roles | <space>#space / own-roles | make, change, remove a role (2 a kB), giving some (2 a kB) | all of a space in one item: 0.2–12 kB |
 *
 * One revision covers all: whoever gives a role raises it, so that a role is neither removed nor changed under who gives it. A member and an API key keep what their own
 * roles allow, so that the door needs no second read; a changed role is written to each member that has it, 4 units each, and to each key, 2.
 */
type Roles = { readonly roles: readonly Role[] };
const rolesKind = kindOf<Roles>("own-roles");
const rolesKey = (scope: Scope) => keyIn(partition(scope, "space"), "own-roles");

/** How many keys, and how many members, the change of a role writes itself; more are left to the stream. */
const atOnce = 20;
const rounds = 12;

const readRoles = (scope: Scope): Promise<Stored<Roles> | undefined> => get(scope, rolesKind, rolesKey(scope));

function rolesWrite(scope: Scope, before: Stored<Roles> | undefined, roles: readonly Role[]): Write {
  return before
    ? replace(rolesKey(scope), rolesKind, { roles }, before.rev, "roles")
    : insert(rolesKey(scope), rolesKind, { roles }, "roles");
}

/** The own roles among some as a member keeps them, with the write that holds them as they are until it is committed (lost as `roles`); and which there are none of. */
export async function ownRoles(
  scope: Scope,
  roles: readonly AnyRole[],
): Promise<{ own: OwnRole[]; missing: RoleId[]; writes: Write[] }> {
  const ids = ownOf(roles);
  if (ids.length === 0) return { own: [], missing: [], writes: [] };
  const stored = await readRoles(scope);
  const found = ids.flatMap((id) => stored?.roles.find((role) => role.id === id) ?? []);
  const missing = ids.filter((id) => !found.some((role) => role.id === id));
  const when = [["rev", "=", stored?.rev ?? 0]] as const;
  const hold: Write = { do: "update", key: rolesKey(scope), add: { rev: 1 }, when, tag: "roles" };
  return { own: found.map(kept), missing, writes: found.length > 0 ? [hold] : [] };
}

/** Everybody of a space who has some of its own roles. */
async function holders(scope: Scope): Promise<Stored<StoredMember>[]> {
  const found: Stored<StoredMember>[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await listMembers(scope, { cursor, limit: 200 });
    found.push(...page.items.filter(({ own }) => own !== undefined && own.length > 0));
    if (!page.next) return found;
    cursor = page.next;
  }
}

/** Every API key of a space that still opens and has some of its own roles. */
async function keysWithOwn(scope: Scope): Promise<Stored<StoredKey>[]> {
  const found: Stored<StoredKey>[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await listKeys(scope, { cursor, limit: 200 });
    found.push(
      ...page.items.filter(
        ({ own, revokedAt, expiresAt }) => own !== undefined && revokedAt === null && expiresAt > scope.now,
      ),
    );
    if (!page.next) return found;
    cursor = page.next;
  }
}

const has = (member: Pick<StoredMember, "own">, id: RoleId) => member.own?.some(({ role }) => role === id) ?? false;

/** The space's own roles with how many have each. */
export async function listRoles(scope: Scope): Promise<{ items: RoleView[] }> {
  const stored = await readRoles(scope);
  if (!stored || stored.roles.length === 0) return { items: [] };
  const people = await holders(scope);
  return { items: stored.roles.map((role) => ({ ...role, used: people.filter((one) => has(one, role.id)).length })) };
}

type Making = "role.name-taken" | "role.too-many" | "busy";

/** Makes a role of the space's own (自定义角色): a name and what it allows. */
export async function makeRole(scope: Scope, wish: NewRole): Promise<Outcome<Role, Making>> {
  const told = await recall(scope);
  if (told) return accept(told.answer as Role);
  const id = idFor(scope, "rol");
  for (let round = 0; round < rounds; round += 1) {
    const stored = await readRoles(scope);
    const made = withRole(stored?.roles ?? [], id, wish, scope.now);
    if (!made.ok) return made;
    const { role, roles } = made.value;
    const { name, rights } = role;
    const outcome = await commit(
      scope,
      [rolesWrite(scope, stored, roles), tell(scope, "role.made", scope.space, { role: id, name, rights })],
      { answer: role },
    );
    if (outcome.done) return accept(outcome.answer);
    await giveWay(scope, round);
  }
  return refuse("busy");
}

/** Changes a role as it was read at `rev`. Holds at the next request of everybody and every key that has it: up to twenty of each are written before this answers, more by the stream. */
export async function changeRole(
  scope: Scope,
  id: RoleId,
  wish: NewRole,
  rev: number,
): Promise<Outcome<Role, Making | "missing" | "stale">> {
  const told = await recall(scope);
  if (told) return accept(told.answer as Role);
  for (let round = 0; round < rounds; round += 1) {
    const stored = await readRoles(scope);
    const before = stored?.roles.find((role) => role.id === id);
    if (!stored || !before) return refuse("missing");
    if (before.rev !== rev) return refuse("stale", { current: before.rev });
    const changed = withRole(stored.roles, id, wish, scope.now);
    if (!changed.ok) return changed;
    const { role, roles } = changed.value;
    const said = ({ name, rights }: Role) => ({ name, rights });
    const data = { role: id, before: said(before), after: said(role) };
    const writes = [rolesWrite(scope, stored, roles), tell(scope, "role.changed", scope.space, data)];
    const outcome = await commit(scope, writes, { answer: role });
    if (outcome.done) {
      await spreadRoles(scope, atOnce);
      return accept(outcome.answer);
    }
    await giveWay(scope, round);
  }
  return refuse("busy");
}

/** Removes a role that nobody and no API key has and no open invitation gives; else `role.in-use` {people, invited, keys}. */
export async function removeRole(
  scope: Scope,
  id: RoleId,
): Promise<Outcome<{ role: RoleId }, "missing" | "role.in-use" | "busy">> {
  const told = await recall(scope);
  if (told) return accept(told.answer as { role: RoleId });
  for (let round = 0; round < rounds; round += 1) {
    const stored = await readRoles(scope);
    const before = stored?.roles.find((role) => role.id === id);
    if (!stored || !before) return refuse("missing");
    const people = (await holders(scope)).filter((one) => has(one, id)).map(({ name }) => name);
    const invited = await invitedTo(scope, id);
    const keys = (await keysWithOwn(scope)).filter((one) => has(one, id)).map(({ name }) => name);
    if (people.length + invited.length + keys.length > 0) return refuse("role.in-use", { people, invited, keys });
    const rest = stored.roles.filter((role) => role.id !== id);
    const { name, rights } = before;
    const outcome = await commit(
      scope,
      [rolesWrite(scope, stored, rest), tell(scope, "role.removed", scope.space, { role: id, name, rights })],
      { answer: { role: id } },
    );
    if (outcome.done) return accept(outcome.answer);
    await giveWay(scope, round);
  }
  return refuse("busy");
}

async function invitedTo(scope: Scope, id: RoleId): Promise<string[]> {
  const found: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await listInvitations(scope, { cursor, limit: 200 });
    for (const { state, roles, email } of page.items) if (state === "open" && roles.includes(id)) found.push(email);
    if (!page.next) return found;
    cursor = page.next;
  }
}

/** Writes the roles as they are now to every key and member that still has an older one, `most` of each at most. Safe to run again, and beside itself: who has the newest is passed by. */
export async function spreadRoles(scope: Scope, most = Number.POSITIVE_INFINITY): Promise<void> {
  const [people, space, stored] = [await holders(scope), await getSpace(scope), await readRoles(scope)];
  if (!space || !stored) return;
  const older = ({ own }: Pick<StoredMember, "own">) => renewed(own ?? [], stored.roles) !== undefined;
  for (const { id } of (await keysWithOwn(scope)).filter(older).slice(0, most)) await renewKey(scope, id);
  const behind = people.filter(older);
  for (const { person } of behind.slice(0, most)) await renewMember(scope, space.name, person);
}

async function renewMember(scope: Scope, space: string, person: StoredMember["person"]): Promise<void> {
  const unsigned = { ...scope, command: { id: `auto:${scope.command.id}`, print: "" } };
  for (let round = 0; round < rounds; round += 1) {
    const [member, stored] = await Promise.all([membershipOf(scope, person), readRoles(scope)]);
    const own = member && renewed(member.own ?? [], stored?.roles ?? []);
    if (!member || !own) return;
    const { rev, ...before } = member;
    const after: StoredMember = { ...before, own };
    const writes = [replace(memberKey(scope, person), memberKind, after, rev), placeWrite(scope, space, after)];
    if ((await commit(unsigned, writes, { answer: null })).done) return;
    await giveWay(scope, round);
  }
  throw new Error(`the roles of ${person} found no quiet moment`);
}

/** The day on which a key was used is written without a revision, so only its roles are. */
async function renewKey(scope: Scope, id: KeyId): Promise<void> {
  const unsigned = { ...scope, command: { id: `auto:${scope.command.id}`, print: "" } };
  for (let round = 0; round < rounds; round += 1) {
    const [key, stored] = await Promise.all([get(scope, keyKind, apiKeyKey(scope, id)), readRoles(scope)]);
    const own = key && renewed(key.own ?? [], stored?.roles ?? []);
    if (!key || !own) return;
    const when = [["rev", "=", key.rev]] as const;
    const write: Write = { do: "update", key: apiKeyKey(scope, id), set: { own }, add: { rev: 1 }, when };
    if ((await commit(unsigned, [write], { answer: null })).done) return;
    await giveWay(scope, round);
  }
  throw new Error(`the roles of ${id} found no quiet moment`);
}
