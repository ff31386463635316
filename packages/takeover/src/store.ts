/**
 * Items of take-over. Sizes are of typical items.
 *
 * | item      | key                     | written by                                | units    | size     |
 * |-----------|-------------------------|-------------------------------------------|----------|----------|
 * | take-over | `tko#<id>`, `-`         | asking; each part counts into it          | 2        | 0.4 kB   |
 * | part      | `tko#<id>`, `chunk#<n>` | asking; once more with what became of it  | 2 a kB   | 10–20 kB |
 * | list      | `tkos`, `<at>#<id>`     | asking                                    | 2        | 0.1 kB   |
 *
 * A file of 2,000 rows is asked for in one commit of 40 parts (about 1 MB). A row is taken over in the commit of what it becomes, in its own room.
 */
import type { Page } from "@yihao/kernel/paging";
import type { Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, getMany, query, queryAll } from "@yihao/table/read";
import type { Sums, Takeover, TakeoverId, TakeoverRow } from "./model.ts";
import type { ReadRow } from "./read-rows.ts";

/** Rows of one part: what one hearing of the stream works through. */
export const rowsPerChunk = 50;

export type Chunk = {
  readonly chunk: number;
  readonly rows: readonly ReadRow[];
  /** What became of its rows, in their order; nothing while they wait. */
  readonly results?: readonly Pick<TakeoverRow, "state" | "document" | "refusal">[];
};
export type KeptTakeover = Takeover & { readonly sums: Sums };
export const takeoverKind = kindOf<KeptTakeover>("tko");
export const chunkKind = kindOf<Chunk>("tkochunk");
export const listKind = kindOf<{ readonly id: TakeoverId }>("tkoref");

export const takeoverKey = (scope: Scope, id: string): Key => keyIn(partition(scope, "tko", id));
const four = (n: number) => String(n).padStart(4, "0");
export const chunkKey = (scope: Scope, id: string, chunk: number): Key => ({
  pk: partition(scope, "tko", id),
  sk: `chunk#${four(chunk)}`,
});
export const listKey = (scope: Scope, { at, id }: Pick<Takeover, "at" | "id">): Key =>
  keyIn(partition(scope, "tkos"), at, id);

/** A take-over by id. One consistent read unit. */
export const takeoverOf = (scope: Scope, id: string): Promise<Stored<KeptTakeover> | undefined> =>
  get(scope, takeoverKind, takeoverKey(scope, id));
/** A part of a take-over. */
export const chunkOf = (scope: Scope, id: string, chunk: number): Promise<Stored<Chunk> | undefined> =>
  get(scope, chunkKind, chunkKey(scope, id, chunk));
/** Every part of a take-over, in order. */
export const chunksOf = (scope: Scope, id: string): Promise<Stored<Chunk>[]> =>
  queryAll(scope, chunkKind, partition(scope, "tko", id), { prefix: "chunk#", consistent: true });

/** A page of take-overs, the latest first. */
export async function takeoverPage(
  scope: Scope,
  page: { cursor?: string | undefined; limit?: number | undefined },
): Promise<Page<Stored<KeptTakeover>>> {
  const { items, next } = await query(scope, listKind, partition(scope, "tkos"), {
    newest: true,
    consistent: true,
    cursor: page.cursor,
    ...(page.limit ? { limit: page.limit } : {}),
  });
  const found = await getMany(
    scope,
    takeoverKind,
    items.map(({ id }) => takeoverKey(scope, id)),
    { consistent: true },
  );
  return { items: found.filter((one) => one !== undefined), next };
}
