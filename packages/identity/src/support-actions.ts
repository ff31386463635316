/**
 * Items of support access.
 *
 * | item    | key                          | written by                           | units | size   |
 * |---------|------------------------------|--------------------------------------|-------|--------|
 * | grant   | `support`                    | grant, revoke: the last of the space | 2     | 0.4 kB |
 * | place   | `platform#support / <space>` | grant, revoke: spaces that let it in | 2     | 0.2 kB |
 * | request | `log`, `support`             | the door, before each request        | 2     | 0.4 kB |
 *
 * The door reads the grant only for whom the deployment names as support and who has no place in the space: 1 unit.
 */
import type { Caller, Doors } from "@yihao/http/context";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { allAllowed } from "@yihao/kernel/permissions";
import type { AnyScope, PlatformScope, Scope } from "@yihao/kernel/scope";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened, timeline } from "@yihao/table/event";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf } from "@yihao/table/kind";
import { get, queryAll } from "@yihao/table/read";
import { supportLetter } from "./letters.ts";
import { mailing } from "./mail.ts";
import { keyRoles, type Place } from "./model.ts";
import { getSpace } from "./store.ts";
import {
  type Grant,
  holds,
  type Look,
  type NewGrant,
  type Support,
  type SupportEvents,
  type SupportRefusal,
} from "./support-model.ts";

type SupportPlace = Pick<Place, "space" | "name"> & { readonly until: string };
const grantKind = kindOf<Grant>("support-grant");
const placeKind = kindOf<SupportPlace>("support-place");
const hourMs = 3_600_000;

const grantKey = (scope: Scope) => keyIn(partition(scope, "support"));
const placesOf = (scope: AnyScope) => {
  const platform: PlatformScope = { ...scope, space: "platform" };
  return partition(platform, "support");
};
const tell = <Type extends keyof SupportEvents>(scope: Scope, type: Type, data: SupportEvents[Type]) =>
  happened(scope, type, type === "support.looked" ? "support" : scope.space, data);

/** When the place of a grant is tidied away: long after it ended, since that is a rule and this is none. */
const tidied = (until: string) => Math.ceil(Date.parse(until) / 1000) + 30 * 86_400;

/** The last grant of the space and whether it holds. */
export async function readSupport(scope: Scope, emails: readonly string[]): Promise<Support> {
  const found = await get(scope, grantKind, grantKey(scope));
  if (!found) return { grant: null, active: false, available: emails.length > 0 };
  const { rev: _, ...grant } = found;
  return { grant, active: holds(grant, scope.now), available: emails.length > 0 };
}

/** Lets the platform's support look into the space for some hours, and writes to it. One grant at a time (`support.active`); refused as `support.nobody` where the deployment names no support. */
export async function grantSupport(
  scope: Scope,
  byName: string,
  wish: NewGrant,
  emails: readonly string[],
): Promise<Outcome<Grant, SupportRefusal | "missing">> {
  if (emails.length === 0) return refuse("support.nobody");
  const space = await getSpace(scope);
  if (!space) return refuse("missing");
  const until = new Date(Date.parse(scope.now) + wish.hours * hourMs).toISOString();
  const { hours, reason } = wish;
  const id = idFor(scope, "gnt");
  const grant: Grant = { id, reason, hours, byName, grantedAt: scope.now, until, revokedAt: null };
  const place: SupportPlace = { space: scope.space, name: space.name, until };
  const letter = { space: space.name, by: byName, reason, hours, path: `/s/${scope.space}/today` };
  const outcome = await commit(
    scope,
    [
      {
        do: "put",
        key: grantKey(scope),
        kind: grantKind,
        data: grant,
        rev: 1,
        when: [["until", "absent-or", "<=", scope.now]],
        tag: "active",
      },
      {
        do: "put",
        key: keyIn(placesOf(scope), scope.space),
        kind: placeKind,
        data: place,
        rev: 1,
        ttl: tidied(until),
      },
      tell(scope, "support.granted", { grant: id, hours, until, reason }),
      ...emails.slice(0, 20).map((to) => mailing(scope, supportLetter({ ...letter, to }, space.language))),
    ],
    { answer: grant },
  );
  return outcome.done ? accept(outcome.answer) : refuse("support.active");
}

/** Takes the leave back; it holds at support's next request, since the door reads the grant each time. */
export async function revokeSupport(scope: Scope): Promise<Outcome<Grant, SupportRefusal>> {
  const found = await get(scope, grantKind, grantKey(scope));
  if (!found || !holds(found, scope.now)) return refuse("support.ended");
  const { rev: _, ...grant } = found;
  const set = { until: scope.now, revokedAt: scope.now };
  const outcome = await commit(
    scope,
    [
      {
        do: "update",
        key: grantKey(scope),
        set,
        when: [
          ["id", "=", grant.id],
          ["until", ">", scope.now],
        ],
        tag: "ended",
      },
      { do: "delete", key: keyIn(placesOf(scope), scope.space) },
      tell(scope, "support.revoked", { grant: grant.id }),
    ],
    { answer: { ...grant, ...set } },
  );
  return outcome.done ? accept(outcome.answer) : refuse("support.ended");
}

/** A page of what support asked for, newest first. */
export async function readLooks(scope: Scope, page: { cursor?: string | undefined; limit?: number | undefined }) {
  const { cursor, limit } = page;
  const found = await timeline(scope, "support", { cursor, ...(limit ? { limit } : {}), consistent: true });
  const items = found.items.map(({ id, at, data }): Look => ({ ...(data as SupportEvents["support.looked"]), id, at }));
  return { items, next: found.next };
}

/** The spaces that let support in now, as it sees them among its own. */
export async function supportPlaces(scope: PlatformScope): Promise<Place[]> {
  const found = await queryAll(scope, placeKind, placesOf(scope), { consistent: true });
  return found
    .filter((one) => holds(one, scope.now))
    .map(({ space, name, until }) => ({
      space,
      name,
      roles: [...keyRoles],
      rights: allAllowed({ roles: keyRoles }),
      companies: [],
      support: until,
    }));
}

/** How the doors of every function know support: by the e-mails that the deployment names, which sign-in has proved to be the caller's. It reads with every role but the owner's. */
export function supportDoor(emails: () => readonly string[]): NonNullable<Doors["support"]> {
  return {
    is: ({ email }: Caller) => emails().includes(email.toLowerCase()),
    grant: async (scope) => {
      const grant = await get(scope, grantKind, grantKey(scope));
      return grant && holds(grant, scope.now) ? { id: grant.id, roles: keyRoles } : undefined;
    },
    note: async (scope, grant, { email, name }, { method, path, refused }) => {
      const look = { grant, email, name, method, path: path.slice(0, 300), refused };
      const quiet = { ...scope, command: { id: `auto:${crypto.randomUUID()}`, print: "" } };
      await commit(quiet, [tell(quiet, "support.looked", look)], { answer: null });
    },
  };
}
