import {
  type CleanedWhere,
  type CustomAdapter,
  createAdapterFactory,
  type DBAdapterInstance,
} from "@better-auth/core/db/adapter";
import type { PlatformScope } from "@yihao/kernel/scope";
import { APIError } from "better-auth/api";
import {
  allRows,
  deleteRow,
  insertRow,
  type Model,
  replaceRow,
  rowsBy,
  rowsById,
  type StoredRow,
  type Written,
} from "./rows.ts";
import { meets, type Row, sorted, valuesOf } from "./where.ts";

/** Tries at a change whose row others keep changing. */
const rounds = 20;

type Field = { unique?: boolean | undefined; index?: boolean | undefined; references?: unknown };

function done(written: Written): void {
  if (typeof written === "object")
    throw new APIError("CONFLICT", { code: "VALUE_TAKEN", message: `${written.taken} is taken` });
}

async function candidates(scope: PlatformScope, model: Model, where: readonly CleanedWhere[]): Promise<StoredRow[]> {
  const ids = valuesOf(where, "id");
  if (ids) return rowsById(scope, model, [...new Set(ids)]);
  for (const by of model.indexed.toSorted((a, b) => Number(b.unique) - Number(a.unique))) {
    const values = valuesOf(where, by.field);
    if (values) return rowsBy(scope, model, by, values);
  }
  return allRows(scope, model);
}

async function find(scope: PlatformScope, model: Model, where: readonly CleanedWhere[]): Promise<StoredRow[]> {
  return (await candidates(scope, model, where)).filter((stored) => meets(stored.row, where));
}

/** Changes the first row that meets the clause at the moment of writing; undefined when none does. */
async function changeOne(
  scope: PlatformScope,
  model: Model,
  where: readonly CleanedWhere[],
  change: (row: Row) => Row | undefined,
): Promise<{ before: Row; after: Row | undefined } | undefined> {
  for (let round = 0; round < rounds; round += 1) {
    const [stored] = await find(scope, model, where);
    if (!stored) return undefined;
    const after = change(stored.row);
    const written = after ? await replaceRow(scope, model, stored, after) : await deleteRow(scope, model, stored);
    done(written);
    if (written === "done") return { before: stored.row, after };
  }
  throw new APIError("SERVICE_UNAVAILABLE", { code: "BUSY", message: "too many changes at once" });
}

async function changeMany(
  scope: PlatformScope,
  model: Model,
  where: readonly CleanedWhere[],
  change: (row: Row) => Row | undefined,
): Promise<number> {
  let changed = 0;
  for (const { row } of await find(scope, model, where)) {
    const own: CleanedWhere = {
      field: "id",
      value: String(row.id),
      operator: "eq",
      connector: "AND",
      mode: "sensitive",
    };
    const single = where.slice(1).some((clause) => clause.connector === "OR") ? [own] : [...where, own];
    if (await changeOne(scope, model, single, change)) changed += 1;
  }
  return changed;
}

function picked(row: Row, select: readonly string[] | undefined): Row {
  if (!select || select.length === 0) return row;
  return Object.fromEntries(Object.entries(row).filter(([field]) => select.includes(field)));
}

/**
 * better-auth's store on a DynamoDB table of its own. Unique fields are items under a condition, so that of two sign-ups
 * with one e-mail one wins; every change and deletion is conditional on the revision that was read.
 */
export function dynamoAdapter(scopeNow: () => PlatformScope): DBAdapterInstance {
  return createAdapterFactory({
    config: {
      adapterId: "dynamodb",
      adapterName: "DynamoDB",
      supportsDates: false,
      supportsBooleans: true,
      supportsJSON: true,
      supportsArrays: true,
      supportsNumericIds: false,
    },
    adapter: ({ schema, getDefaultModelName, getFieldName }) => {
      const models = new Map<string, Model>();
      const modelOf = (given: string): Model => {
        const name = getDefaultModelName(given);
        const known = models.get(name);
        if (known) return known;
        const fields: [string, Field][] = Object.entries(schema[name]?.fields ?? {});
        const indexed = fields
          .filter(([, field]) => field.unique || field.index || field.references)
          .map(([key, field]) => ({ field: getFieldName({ model: name, field: key }), unique: field.unique === true }));
        const model = { name, indexed };
        models.set(name, model);
        return model;
      };
      const columns = (model: string, select: readonly string[] | undefined) =>
        select?.map((field) => getFieldName({ model, field }));

      const adapter: CustomAdapter = {
        async create({ model, data }) {
          done(await insertRow(scopeNow(), modelOf(model), data));
          return data;
        },
        async findOne<T>({ model, where, select }: Parameters<CustomAdapter["findOne"]>[0]) {
          const [found] = await find(scopeNow(), modelOf(model), where);
          return found ? (picked(found.row, columns(model, select)) as T) : null;
        },
        async findMany<T>({
          model,
          where,
          limit,
          select,
          sortBy,
          offset = 0,
        }: Parameters<CustomAdapter["findMany"]>[0]) {
          const rows = (await find(scopeNow(), modelOf(model), where ?? [])).map((stored) => stored.row);
          const by = sortBy && { ...sortBy, field: getFieldName({ model, field: sortBy.field }) };
          const page = sorted(rows, by).slice(offset, offset + limit);
          return page.map((row) => picked(row, columns(model, select)) as T);
        },
        async count({ model, where }) {
          return (await find(scopeNow(), modelOf(model), where ?? [])).length;
        },
        async update<T>({ model, where, update }: { model: string; where: CleanedWhere[]; update: T }) {
          if (where.length === 0) return null;
          const changed = await changeOne(scopeNow(), modelOf(model), where, (row) => ({ ...row, ...(update as Row) }));
          return (changed?.after ?? null) as T | null;
        },
        updateMany: ({ model, where, update }) =>
          changeMany(scopeNow(), modelOf(model), where, (row) => ({ ...row, ...update })),
        async delete({ model, where }) {
          if (where.length > 0) await changeMany(scopeNow(), modelOf(model), where, () => undefined);
        },
        deleteMany: ({ model, where }) => changeMany(scopeNow(), modelOf(model), where, () => undefined),
        async consumeOne<T>({ model, where }: { model: string; where: CleanedWhere[] }) {
          const gone = await changeOne(scopeNow(), modelOf(model), where, () => undefined);
          return (gone?.before ?? null) as T | null;
        },
        async incrementOne<T>({
          model,
          where,
          increment,
          set,
        }: Parameters<NonNullable<CustomAdapter["incrementOne"]>>[0]) {
          const changed = await changeOne(scopeNow(), modelOf(model), where, (row) => ({
            ...row,
            ...Object.fromEntries(
              Object.entries(increment).map(([field, delta]) => [field, Number(row[field] ?? 0) + delta]),
            ),
            ...set,
          }));
          return (changed?.after ?? null) as T | null;
        },
      };
      return adapter;
    },
  });
}
