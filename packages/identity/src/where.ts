import type { CleanedWhere } from "@better-auth/core/db/adapter";

export type Row = Record<string, unknown>;

const folded = (value: unknown) => (typeof value === "string" ? value.toLowerCase() : value);
const same = (a: unknown, b: unknown) => (b === null ? a === null || a === undefined : a === b);

function ordered(a: unknown, b: unknown): number | undefined {
  if (a === null || a === undefined || b === null || b === undefined) return undefined;
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [left, right] = [String(a), String(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function holds(row: Row, clause: CleanedWhere): boolean {
  const fold = clause.mode === "insensitive" ? folded : (value: unknown) => value;
  const have = fold(row[clause.field]);
  const wanted: unknown = Array.isArray(clause.value)
    ? clause.value.map(fold)
    : fold(clause.value instanceof Date ? clause.value.toISOString() : clause.value);
  const within = (text: unknown, test: (text: string, part: string) => boolean) =>
    typeof text === "string" && typeof wanted === "string" && test(text, wanted);
  const order = ordered(have, wanted);
  switch (clause.operator) {
    case "ne":
      return !same(have, wanted);
    case "lt":
      return order !== undefined && order < 0;
    case "lte":
      return order !== undefined && order <= 0;
    case "gt":
      return order !== undefined && order > 0;
    case "gte":
      return order !== undefined && order >= 0;
    case "in":
      return Array.isArray(wanted) && wanted.includes(have);
    case "not_in":
      return Array.isArray(wanted) && !wanted.includes(have);
    case "contains":
      return within(have, (text, part) => text.includes(part));
    case "starts_with":
      return within(have, (text, part) => text.startsWith(part));
    case "ends_with":
      return within(have, (text, part) => text.endsWith(part));
    default:
      return same(have, wanted);
  }
}

/** Whether a row meets a where-clause; clauses are taken from left to right, each joined to the result so far by its AND or OR. */
export function meets(row: Row, where: readonly CleanedWhere[]): boolean {
  return where.reduce(
    (result, clause, index) =>
      index === 0
        ? holds(row, clause)
        : clause.connector === "OR"
          ? result || holds(row, clause)
          : result && holds(row, clause),
    true,
  );
}

/** The values that a field must have for the where-clause to hold, or undefined when the clause does not say. */
export function valuesOf(where: readonly CleanedWhere[], field: string): string[] | undefined {
  if (where.slice(1).some((clause) => clause.connector === "OR")) return undefined;
  for (const clause of where) {
    if (clause.field !== field || clause.mode === "insensitive") continue;
    if (clause.operator === "eq" && typeof clause.value === "string") return [clause.value];
    if (clause.operator === "in" && Array.isArray(clause.value)) return clause.value.map(String);
  }
  return undefined;
}

/** Sorts rows by a field; missing values come first. */
export function sorted(rows: readonly Row[], by: { field: string; direction: "asc" | "desc" } | undefined): Row[] {
  if (!by) return [...rows];
  const sign = by.direction === "asc" ? 1 : -1;
  return rows.toSorted((a, b) => {
    const [left, right] = [a[by.field] ?? null, b[by.field] ?? null];
    if (left === null || right === null) return sign * (left === right ? 0 : left === null ? -1 : 1);
    return sign * (ordered(left, right) ?? 0);
  });
}
