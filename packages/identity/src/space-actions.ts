import { isId, type PersonId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Page } from "@yihao/kernel/paging";
import type { PlatformScope, Scope } from "@yihao/kernel/scope";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { timeline } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { insert, replace } from "@yihao/table/write";
import type { Me, Member, Space, SpaceChange, SpaceSettings } from "./model.ts";
import { memberNow } from "./person-merge.ts";
import {
  getSpace,
  memberKey,
  memberKind,
  ownersKey,
  ownersKind,
  placesOf,
  placeWrite,
  shownPlace,
  spaceKey,
  spaceKind,
  tell,
  within,
} from "./store.ts";
import { supportPlaces } from "./support-actions.ts";

type Who = { readonly person: PersonId; readonly email: string; readonly name: string };

/** The person who asks and the spaces they have a place in; the platform's support sees those besides that let it in. */
export async function readMe(
  scope: PlatformScope,
  { support, person, email, name }: Who & { readonly support?: boolean | undefined },
): Promise<Me> {
  const [places, looks] = await Promise.all([placesOf(scope, person), support ? supportPlaces(scope) : []]);
  const own = places.items.map(shownPlace);
  return {
    person,
    email,
    name,
    spaces: [...own, ...looks.filter(({ space }) => !own.some((one) => one.space === space))],
  };
}

/** Creates a space; the person who asks becomes its owner. */
export async function createSpace(
  scope: PlatformScope,
  { person, email, name }: Who,
  settings: SpaceSettings,
): Promise<Outcome<Space, "conflict">> {
  const space: Space = { ...settings, id: idFor(scope, "spc"), createdAt: scope.now };
  const inside = within(scope, space.id);
  const owner: Member = { person, email, name, roles: ["owner"], companies: [], joinedAt: scope.now };
  const outcome = await commit(
    scope,
    [
      insert(spaceKey(inside), spaceKind, space, "space"),
      insert(ownersKey(inside), ownersKind, { count: 1 }),
      insert(memberKey(inside, person), memberKind, owner),
      placeWrite(inside, space.name, owner),
      tell(inside, "space.created", space.id, space),
    ],
    { answer: space },
  );
  return outcome.done ? accept(outcome.answer) : refuse("conflict");
}

/** The space of the scope with its revision. */
export async function readSpace(scope: Scope): Promise<Outcome<Stored<Space>, "missing">> {
  const space = await getSpace(scope);
  return space ? accept(space) : refuse("missing");
}

/** Changes name, language or zone of a space as it was read at `rev`; otherwise `stale` {current}. */
export async function changeSpace(
  scope: Scope,
  change: SpaceChange,
  rev: number,
): Promise<Outcome<Stored<Space>, "missing" | "stale">> {
  const before = await getSpace(scope);
  if (!before) return refuse("missing");
  const { rev: current, ...kept } = before;
  if (current !== rev) return refuse("stale", { current });
  const after: Space = {
    ...kept,
    name: change.name ?? kept.name,
    language: change.language ?? kept.language,
    zone: change.zone ?? kept.zone,
  };
  const outcome = await commit(
    scope,
    [replace(spaceKey(scope), spaceKind, after, rev), tell(scope, "space.changed", scope.space, change)],
    { answer: { ...after, rev: rev + 1 } },
  );
  return outcome.done ? accept(outcome.answer) : refuse("stale", { current: Number(outcome.lost.stale?.rev ?? 0) });
}

/** A page of the audit trail, newest first: who did what to the space, its people and its invitations. */
export async function readAudit(scope: Scope, range: { cursor?: string | undefined; limit?: number | undefined }) {
  const { cursor, limit } = range;
  const page: Page<Awaited<ReturnType<typeof timeline>>["items"][number]> = await timeline(scope, scope.space, {
    cursor,
    ...(limit ? { limit } : {}),
  });
  const people = [...new Set(page.items.map(({ by }) => by))].filter((by): by is PersonId => isId("per", by));
  const now = new Map<string, string>();
  for (const [at, member] of (await Promise.all(people.map((one) => memberNow(scope, one)))).entries())
    if (member) now.set(people[at] ?? "", member.person);
  return {
    items: page.items.map(({ id, type, at, by, data }) => ({
      id,
      type,
      at,
      by: now.get(by) ?? by,
      data: data as Record<string, unknown>,
    })),
    next: page.next,
  };
}
