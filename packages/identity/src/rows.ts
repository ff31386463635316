import type { PlatformScope } from "@yihao/kernel/scope";
import { digest } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, getMany, queryAll } from "@yihao/table/read";
import { insert, replace, type Write } from "@yihao/table/write";
import type { Row } from "./where.ts";

/*
 * The second table, `…-auth`, that only the auth function may read. W: write units, all items < 1 kB.
 *
 * | item              | key                                             | written with              | W |
 * | row of a model    | platform#row#<model> / <id>                     | every create and change   | 2 |
 * | unique value      | platform#one#<model>#<field>#<digest> / -       | e-mail, token, credential | 2 |
 * | index of a field  | platform#by#<model>#<field>#<digest> / <id>     | userId, identifier        | 2 |
 * | failed tries      | platform#tries#<what>#<digest> / -              | every try to sign in      | 2 |
 *
 * Sign in by password: 3 queries or gets for the person and the account, 1 commit of 6 units for the session. A second step adds a
 * challenge and its counter (8 units, taken away again) and two counts of tries (4). A session or a code carries the epoch second after which
 * DynamoDB may tidy it away, a day past its end.
 */

/** A field that is looked up: `unique` has one row per value. */
export type Indexed = { readonly field: string; readonly unique: boolean };
export type Model = { readonly name: string; readonly indexed: readonly Indexed[] };
export type StoredRow = Stored<{ row: Row }>;

const rowKind = kindOf<{ row: Row }>("row");
const uniqueKind = kindOf<{ id: string }>("one");
const indexKind = kindOf<{ id: string }>("by");

const rowsOf = (scope: PlatformScope, model: Model) => partition(scope, "row", model.name);
const rowKey = (scope: PlatformScope, model: Model, id: string) => keyIn(rowsOf(scope, model), id);
const uniqueKey = (scope: PlatformScope, model: Model, field: string, value: string) =>
  keyIn(partition(scope, "one", model.name, field, digest(value)));
const indexOf = (scope: PlatformScope, model: Model, field: string, value: string) =>
  partition(scope, "by", model.name, field, digest(value));

const daySeconds = 86_400;

function tidyAt(row: Row): { ttl?: number } {
  if (typeof row.expiresAt !== "string") return {};
  return { ttl: Math.ceil(Date.parse(row.expiresAt) / 1000) + daySeconds };
}

function indexWrites(scope: PlatformScope, model: Model, before: Row | undefined, after: Row | undefined): Write[] {
  const id = String((after ?? before)?.id);
  const writes: Write[] = [];
  for (const { field, unique } of model.indexed) {
    const [old, fresh] = [before?.[field], after?.[field]];
    const renewed = after !== undefined && before?.expiresAt !== after.expiresAt;
    const key = (value: string): Key =>
      unique ? uniqueKey(scope, model, field, value) : { pk: indexOf(scope, model, field, value), sk: id };
    if (typeof old === "string" && old !== fresh) writes.push({ do: "delete", key: key(old) });
    if (typeof fresh !== "string" || (old === fresh && !renewed)) continue;
    if (!unique) writes.push({ do: "put", key: key(fresh), kind: indexKind, data: { id }, ...tidyAt(after ?? {}) });
    else if (old === fresh)
      writes.push({ do: "put", key: key(fresh), kind: uniqueKind, data: { id }, ...tidyAt(after ?? {}) });
    else writes.push({ ...insert(key(fresh), uniqueKind, { id }, `taken ${field}`), ...tidyAt(after ?? {}) });
  }
  return writes;
}

/** What a write came to: done, a row that changed meanwhile, or a value that another row has. */
export type Written = "done" | "changed" | { readonly taken: string };

async function write(scope: PlatformScope, writes: readonly Write[]): Promise<Written> {
  const outcome = await commit(scope, writes, { answer: null });
  if (outcome.done) return "done";
  const taken = Object.keys(outcome.lost).find((tag) => tag.startsWith("taken "));
  return taken ? { taken: taken.slice("taken ".length) } : "changed";
}

/** Writes a new row with its look-up items; `taken` names the field (or `id`) whose value another row has. */
export function insertRow(scope: PlatformScope, model: Model, row: Row): Promise<Written> {
  const put = insert(rowKey(scope, model, String(row.id)), rowKind, { row }, "taken id");
  return write(scope, [{ ...put, ...tidyAt(row) }, ...indexWrites(scope, model, undefined, row)]);
}

/** Replaces a row as it was read; `changed` when it is no longer so. */
export function replaceRow(scope: PlatformScope, model: Model, before: StoredRow, row: Row): Promise<Written> {
  const put = replace(rowKey(scope, model, String(row.id)), rowKind, { row }, before.rev);
  return write(scope, [{ ...put, ...tidyAt(row) }, ...indexWrites(scope, model, before.row, row)]);
}

/** Deletes a row as it was read; `changed` when it is no longer so. */
export function deleteRow(scope: PlatformScope, model: Model, before: StoredRow): Promise<Written> {
  const key = rowKey(scope, model, String(before.row.id));
  return write(scope, [
    { do: "delete", key, when: [["rev", "=", before.rev]], tag: "stale" },
    ...indexWrites(scope, model, before.row, undefined),
  ]);
}

const present = (rows: readonly (StoredRow | undefined)[]) => rows.filter((row) => row !== undefined);

/** Rows by id. */
export async function rowsById(scope: PlatformScope, model: Model, ids: readonly string[]): Promise<StoredRow[]> {
  const one = ids[0];
  if (ids.length === 1 && one !== undefined) return present([await get(scope, rowKind, rowKey(scope, model, one))]);
  const keys = ids.map((id) => rowKey(scope, model, id));
  return present(await getMany(scope, rowKind, keys, { consistent: true }));
}

/** Rows by the values of a looked-up field; the caller filters again, since a look-up item may outlive its row. */
export async function rowsBy(
  scope: PlatformScope,
  model: Model,
  by: Indexed,
  values: readonly string[],
): Promise<StoredRow[]> {
  const ids = await Promise.all(
    [...new Set(values)].map(async (value) => {
      if (by.unique) {
        const found = await get(scope, uniqueKind, uniqueKey(scope, model, by.field, value));
        return found ? [found.id] : [];
      }
      const pk = indexOf(scope, model, by.field, value);
      return (await queryAll(scope, indexKind, pk, { consistent: true })).map((one) => one.id);
    }),
  );
  return rowsById(scope, model, [...new Set(ids.flat())]);
}

/** Every row of a model: for where-clauses that no look-up serves, none of which is on a hot path. */
export function allRows(scope: PlatformScope, model: Model): Promise<StoredRow[]> {
  return queryAll(scope, rowKind, rowsOf(scope, model), { consistent: true });
}
