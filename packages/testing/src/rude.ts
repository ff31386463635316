/** A JSON schema as OpenAPI documents hold it, as far as requests use it. */
type Schema = {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
};
type Parameter = { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema?: Schema };
type Operation = {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
};
export type ApiDocument = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: unknown;
};
export type RudeRequest = { readonly method: string; readonly path: string; readonly body: unknown };

/** What no field expects. */
const nonsense: readonly unknown[] = [
  ...[
    null,
    "",
    " ",
    true,
    -1,
    0,
    1.5,
    1e21,
    [],
    {},
    "字".repeat(300),
    "🙂",
    "\u0000",
    "__proto__",
    "NaN",
    "%",
    "#",
    "=1+1",
  ],
  ...["2026-02-30", "9999-12-31", "0000-00-00", "2026-13", "25:00", "2026-11-26T10:00:00.000Z", 9_007_199_254_740_991],
];
/** What some field or other expects. */
const days = ["2026-11-24", "2026-11-27", "2026-12-31", "2999-01-01"];
const instants = ["2026-11-24T02:00:00.000Z", "2026-11-24T03:00:00.000Z", "2026-11-25T09:30:00.000Z"];
const plausible: readonly string[] = [
  ...["09:00", "18:00", "2026-11", ...days, ...instants],
  ...["A-01", "01-01-01", "FREQ=DAILY;COUNT=3", "a@b.example", "13800138000", "6970001284560", "名字", "Asia/Shanghai"],
];
const absurdly = 0.06;

/**
 * Requests that nobody in their senses would send, drawn from an OpenAPI document: bodies mostly of the right shape with wrong things in them, ids of other kinds, days that are none. `known` grows
 * with the ids that answers told of, so that later requests reach further.
 */
export function rudeRequests(document: ApiDocument, chance: () => number, known: readonly string[]) {
  const pick = <One>(many: readonly One[]): One | undefined => many[Math.floor(chance() * many.length)];
  const follow = (schema: Schema | undefined): Schema => {
    if (!schema?.$ref) return schema ?? {};
    const found = schema.$ref
      .split("/")
      .slice(1)
      .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], document);
    return follow(found as Schema);
  };
  const text = ({ pattern = "", format }: Schema) => {
    if (format === "date-time") return pick(instants);
    if (format === "date") return pick(days);
    const prefix = /^\^?\(?([a-z]{3}_)/.exec(pattern)?.[1];
    const fitting = prefix ? known.filter((id) => id.startsWith(prefix)) : [];
    if (fitting.length > 0) return pick(fitting);
    return chance() < 0.3 ? (pick(known) ?? "x") : pick(plausible);
  };
  const object = (schema: Schema, depth: number) => {
    const made: Record<string, unknown> = {};
    for (const [name, inner] of Object.entries(schema.properties ?? {}))
      if (schema.required?.includes(name) || chance() < 0.5) made[name] = value(inner, depth + 1);
    if (typeof schema.additionalProperties === "object")
      made[pick(["1", "a", "x#y", "2026-11"]) ?? ""] = value(schema.additionalProperties, depth + 1);
    if (chance() < 0.03) made.more = 1;
    return made;
  };
  const value = (given: Schema | undefined, depth = 0): unknown => {
    const schema = follow(given);
    if (depth > 6 || chance() < absurdly) return pick(nonsense);
    const either = schema.anyOf ?? schema.oneOf;
    if (either) return value(pick(either), depth + 1);
    if (schema.allOf) return Object.assign({}, ...schema.allOf.map((one) => value(one, depth + 1)));
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return pick(schema.enum);
    const type = typeof schema.type === "object" ? pick(schema.type) : schema.type;
    if (type === "object") return object(schema, depth);
    if (type === "array") return Array.from({ length: Math.floor(chance() * 4) }, () => value(schema.items, depth + 1));
    if (type === "integer" || type === "number")
      return pick([0, 1, 5, 60, 100, 1000, schema.minimum ?? -3, schema.maximum ?? 1e6, 2 ** 31]);
    return type === "boolean" ? chance() < 0.5 : type === "null" ? null : text(schema);
  };
  return (method: string, path: string, operation: Operation, space: string): RudeRequest => {
    const inPath = path
      .replace(/^\/api\/v1/, "")
      .replace("{space}", space)
      .replaceAll(/\{(\w+)\}/g, (_, noun: string) => {
        const { schema } = (operation.parameters ?? []).find(({ name }) => name === noun) ?? {};
        return encodeURIComponent(String(value(schema)));
      });
    const query = (operation.parameters ?? [])
      .filter((one) => one.in === "query" && (one.required || chance() < 0.4))
      .map(({ name, schema }) => `${name}=${encodeURIComponent(String(value(schema)))}`);
    const schema = operation.requestBody?.content?.["application/json"]?.schema;
    return {
      method: method.toUpperCase(),
      path: query.length > 0 ? `${inPath}?${query.join("&")}` : inPath,
      body: schema && method !== "get" ? value(schema) : undefined,
    };
  };
}

/** Ids in an answer: three letters, a dash below, and letters or digits. */
export const idsIn = (answer: string): string[] => answer.match(/\b[a-z]{3}_[a-z0-9]{8,}\b/g) ?? [];
