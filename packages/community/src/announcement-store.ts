import { type Day, plusDays } from "@yihao/kernel/days";
import type { Page } from "@yihao/kernel/paging";
import type { Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, getMany, query, queryAll } from "@yihao/table/read";
import { insert, overwrite, replace, type Write } from "@yihao/table/write";
import type { Announcement, AnnouncementCounts, AnnouncementRow } from "./announcement-model.ts";

export const announcementKind = kindOf<Announcement>("ann");
export const announcementRowKind = kindOf<AnnouncementRow>("annrow");
export const readKind = kindOf<{ readonly id: string; readonly at: string }>("annread");
export const countsKind = kindOf<Partial<AnnouncementCounts>>("anncnt");

const all = (scope: Scope) => partition(scope, "anns");
/** Where an announcement lies. */
export const announcementKey = (scope: Scope, id: string): Key => keyIn(partition(scope, "ann", id));
/** Rows lie by the day on which they end, so that what is over is never read with what is not. */
const rowKey = (scope: Scope, { id, until }: AnnouncementRow): Key => keyIn(all(scope), until, id);
const readKey = (scope: Scope, person: string, id: string): Key => keyIn(partition(scope, "annread", person), id);
const countsKey = (scope: Scope, id: string): Key => keyIn(partition(scope, "ann", id), "counts");

const rowOf = ({ text: _, ...row }: Announcement): AnnouncementRow => row;
const rowWrite = (scope: Scope, one: Announcement, rev: number): Write => ({
  ...overwrite(rowKey(scope, one), announcementRowKind, rowOf(one)),
  rev,
});

/** The writes of a new announcement and its row. */
export const announcementWrites = (scope: Scope, one: Announcement): Write[] => [
  insert(announcementKey(scope, one.id), announcementKind, one, "announcement"),
  rowWrite(scope, one, 1),
];

/** The writes that put `after` where `before` was read, and its row where it belongs. Lost under `stale`. */
export function saveAnnouncement(scope: Scope, { rev, ...before }: Stored<Announcement>, after: Announcement): Write[] {
  const was = rowKey(scope, before);
  return [
    replace(announcementKey(scope, after.id), announcementKind, after, rev),
    ...(was.sk === rowKey(scope, after).sk ? [] : [{ do: "delete", key: was } as const]),
    rowWrite(scope, after, rev + 1),
  ];
}

/** Adds to the figures of an announcement. */
export const countedWrite = (scope: Scope, id: string, add: Partial<AnnouncementCounts>): Write => ({
  ...{ do: "update", key: countsKey(scope, id), kind: countsKind, add },
});

/** The writes of a person who read an announcement; lost under `read` when they had. */
export const readWrites = (scope: Scope, person: string, id: string): Write[] => [
  insert(readKey(scope, person, id), readKind, { id, at: scope.now }, "read"),
  countedWrite(scope, id, { reads: 1 }),
];

/** An announcement by id. One consistent read unit. */
export const announcementOf = (scope: Scope, id: string): Promise<Stored<Announcement> | undefined> =>
  get(scope, announcementKind, announcementKey(scope, id));

/** Every announcement that is not over on a local day, also those to come. One query; there are never many. */
export const standing = (scope: Scope, today: Day): Promise<Stored<AnnouncementRow>[]> =>
  queryAll(scope, announcementRowKind, all(scope), { from: plusDays(today, 1), consistent: true });

/** A page of those that are over, the latest first. */
export function ended(
  scope: Scope,
  today: Day,
  page: { cursor?: string | undefined; limit?: number | undefined },
): Promise<Page<Stored<AnnouncementRow>>> {
  return query(scope, announcementRowKind, all(scope), {
    ...{ until: plusDays(today, 1), newest: true, consistent: true, cursor: page.cursor },
    ...(page.limit ? { limit: page.limit } : {}),
  });
}

/** Which of some announcements a person has read. One batch. */
export async function readBy(scope: Scope, person: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const keys = ids.map((id) => readKey(scope, person, id));
  const found = await getMany(scope, readKind, keys, { consistent: true });
  return new Set(found.flatMap((one) => one?.id ?? []));
}

/** The figures of some announcements, in their order. One batch. */
export async function countsOf(scope: Scope, ids: readonly string[]): Promise<AnnouncementCounts[]> {
  const found = await getMany(
    scope,
    countsKind,
    ids.map((id) => countsKey(scope, id)),
    { consistent: true },
  );
  return found.map((one) => ({ reads: one?.reads ?? 0, mailed: one?.mailed ?? 0 }));
}
