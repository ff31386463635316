import { base32, type CompanyId, type KeyId, type PersonId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { digest, idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { giveWay } from "@yihao/table/give-way";
import { get } from "@yihao/table/read";
import { insert, replace } from "@yihao/table/write";
import { openKey, prefixOf, readSecret, rotated, secretOf } from "./api-key.ts";
import { type ApiKey, companyKeysMost, keyRoles, type NewApiKey, type ShownKey } from "./model.ts";
import { ownRoles } from "./role-actions.ts";
import { apiKeyKey, companyKeys, keyKind, listKeys, membershipOf, namesOf, type StoredKey, tell } from "./store.ts";

const dayMs = 86_400_000;
/** How long a revoked key is kept, to be told apart from a wrong one and to be found in the list. */
const keepDays = 90;
const rounds = 12;

const freshToken = () => base32(crypto.getRandomValues(new Uint8Array(20)), 32);
const hashOfToken = (token: string) => digest("api key", token);

const shown = ({ hash: _hash, formerHash: _former, ...key }: StoredKey): ApiKey => key;
const view = ({ rev: _, ...key }: StoredKey & { rev: number }): ApiKey => shown(key);

/** A page of the space's API keys, the newest first of its page; for a company all of its own. */
export async function listApiKeys(scope: Scope, page: { cursor?: string | undefined; limit?: number | undefined }) {
  if (scope.actor.kind === "company") {
    const own = await companyKeys(scope, scope.actor.company);
    return { items: own.map(view).toSorted((a, b) => b.createdAt.localeCompare(a.createdAt)), next: null };
  }
  const found = await listKeys(scope, { cursor: page.cursor, limit: page.limit ?? 200 });
  return {
    items: found.items.map(view).toSorted((a, b) => b.createdAt.localeCompare(a.createdAt)),
    next: found.next,
  };
}

/**
 * Makes an API key (API 密钥). Its secret is in this answer and nowhere else: kept is a hash. Of the space's own roles it keeps what they allow, as a member does; who makes
 * a key owns the space, so it is never allowed more than they are. A company's admin makes one for the company, without roles: it may what a member of the company may.
 * Refusals: `key.roles` for staff without a role and a company with one, `key.many` beyond `companyKeysMost` of a company that work.
 */
export async function makeKey(
  scope: Scope,
  byName: string,
  wish: NewApiKey,
): Promise<Outcome<ShownKey, "conflict" | "role.gone" | "busy" | "key.roles" | "key.many">> {
  const { actor } = scope;
  if (actor.kind !== "staff" && actor.kind !== "company") return refuse("conflict");
  if ((actor.kind === "staff") !== (wish.roles !== undefined)) return refuse("key.roles");
  const company = actor.kind === "company" ? await companyFor(scope, actor) : undefined;
  if (company && !company.ok) return company;
  const id = idFor(scope, "key");
  const token = freshToken();
  const { name, access } = wish;
  for (let round = 0; round < rounds; round += 1) {
    const given = await ownRoles(scope, wish.roles ?? []);
    if (given.missing.length > 0) return refuse("role.gone");
    const { own } = given;
    const key: ApiKey = {
      id,
      name,
      prefix: prefixOf(id),
      roles: [...keyRoles.filter((role) => wish.roles?.includes(role)), ...own.map(({ role }) => role)],
      ...(own.length > 0 ? { own } : {}),
      ...(company ? { company: company.value } : {}),
      access,
      by: actor.person,
      byName,
      createdAt: scope.now,
      expiresAt: new Date(Date.parse(scope.now) + wish.days * dayMs).toISOString(),
      usedOn: null,
      rotatedAt: null,
      formerUntil: null,
      revokedAt: null,
    };
    const { roles, expiresAt } = key;
    const names = {
      ...(own.length > 0 ? { own: namesOf(own) } : {}),
      ...(company ? { company: company.value.company } : {}),
    };
    const outcome = await commit(
      scope,
      [
        insert(apiKeyKey(scope, id), keyKind, { ...key, hash: hashOfToken(token), formerHash: null }, "key"),
        ...given.writes,
        tell(scope, "key.made", scope.space, { key: id, name, roles, ...names, access, expiresAt }),
      ],
      { answer: { key, secret: null } },
    );
    if (outcome.done) return accept({ key: outcome.answer.key, secret: outcome.replayed ? null : secretOf(id, token) });
    if (!("roles" in outcome.lost)) return refuse("conflict");
    await giveWay(scope, round);
  }
  return refuse("busy");
}

/** The company for which its admin makes a key, by the name that it has; the count of its keys is one read, not a promise between two admins at one time. */
async function companyFor(scope: Scope, actor: { readonly person: PersonId; readonly company: CompanyId }) {
  const { person, company } = actor;
  const working = (await companyKeys(scope, company)).filter(
    ({ revokedAt, expiresAt }) => revokedAt === null && expiresAt > scope.now,
  );
  if (working.length >= companyKeysMost) return refuse("key.many", { most: companyKeysMost });
  const place = (await membershipOf(scope, person))?.companies.find((one) => one.company === company);
  return place ? accept({ company, name: place.name }) : refuse("conflict");
}

type ChangeRefusal = "missing" | "stale" | "key.revoked";

/** A key that whoever asks may change: staff any, a company's admins their company's. Another's is as if it were not there. */
async function ownKey(scope: Scope, id: KeyId) {
  const found = await get(scope, keyKind, apiKeyKey(scope, id));
  const { actor } = scope;
  return actor.kind === "company" && found?.company?.company !== actor.company ? undefined : found;
}

/** Gives a key a new secret; the former one works for some hours more, so that programs can be changed over. */
export async function rotateKey(
  scope: Scope,
  id: KeyId,
  graceHours: number,
): Promise<Outcome<ShownKey, ChangeRefusal>> {
  const found = await ownKey(scope, id);
  if (!found) return refuse("missing");
  if (found.revokedAt !== null) return refuse("key.revoked");
  const { rev, ...before } = found;
  const token = freshToken();
  const after = rotated(before, hashOfToken(token), graceHours, scope.now);
  const { name, formerUntil } = after;
  const outcome = await commit(
    scope,
    [
      replace(apiKeyKey(scope, id), keyKind, after, rev),
      tell(scope, "key.rotated", scope.space, { key: id, name, formerUntil }),
    ],
    { answer: { key: shown(after), secret: null } },
  );
  if (!outcome.done) return refuse("stale");
  return accept({ key: outcome.answer.key, secret: outcome.replayed ? null : secretOf(id, token) });
}

/** Ends a key; it holds at its next request, since the door reads the key each time. */
export async function revokeKey(scope: Scope, id: KeyId): Promise<Outcome<ApiKey, ChangeRefusal>> {
  const found = await ownKey(scope, id);
  if (!found) return refuse("missing");
  if (found.revokedAt !== null) return refuse("key.revoked");
  const { rev, ...before } = found;
  const after: StoredKey = { ...before, revokedAt: scope.now };
  const ttl = Math.ceil((Date.parse(scope.now) + keepDays * dayMs) / 1000);
  const outcome = await commit(
    scope,
    [
      { ...replace(apiKeyKey(scope, id), keyKind, after, rev), ttl },
      tell(scope, "key.revoked", scope.space, { key: id, name: after.name }),
    ],
    { answer: shown(after) },
  );
  return outcome.done ? accept(outcome.answer) : refuse("stale");
}

/**
 * Who asks by a secret in the scope's space: one consistent read, and once a day the note that the key is used. A key of another space is as
 * wrong as none, whether that space exists or not.
 */
export async function enterByKey(
  scope: Scope,
  secret: string,
): Promise<Outcome<Omit<ApiKey, "company"> & { company?: CompanyId | undefined }, "key.wrong" | "key.ended">> {
  const named = readSecret(secret);
  if (!named) return refuse("key.wrong");
  const found = await get(scope, keyKind, apiKeyKey(scope, named.id));
  const open = openKey(found, hashOfToken(named.token), scope.now);
  if (!open.ok) return open;
  const today = scope.now.slice(0, 10);
  if (open.value.usedOn !== today) await noteUse(scope, named.id, today);
  const { company, ...key } = view(open.value);
  return accept({ ...key, ...(company ? { company: company.company } : {}) });
}

/** Of many requests at one time one writes the day; the revision stays, since nobody edits this. */
async function noteUse(scope: Scope, id: KeyId, today: string): Promise<void> {
  const when = [["pk", "present"] as const, ["usedOn", "<>", today] as const];
  const key = apiKeyKey(scope, id);
  const quiet = { ...scope, command: { id: `auto:${crypto.randomUUID()}`, print: "" } };
  await commit(quiet, [{ do: "update", key, set: { usedOn: today }, when }], { answer: null });
}
