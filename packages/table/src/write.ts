import type { TransactWriteItem } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import type { Key } from "./key.ts";
import type { Kind } from "./kind.ts";

type Scalar = string | number | boolean;
/** One clause of a condition; all clauses of a write must hold. Attribute names are top-level. */
export type Clause =
  | readonly [name: string, is: "absent" | "present"]
  | readonly [name: string, is: "=" | "<>" | ">=" | "<=" | ">" | "<", value: Scalar]
  /** Absent, or as compared. */
  | readonly [name: string, is: "absent-or", compare: "=" | "<>" | ">=" | "<=" | ">" | "<", value: Scalar]
  | readonly [name: string, is: "in", values: readonly Scalar[]]
  | readonly [name: string, is: "contains" | "lacks", value: Scalar];

type Common = { readonly key: Key; readonly when?: readonly Clause[]; readonly tag?: string };
export type Put = Common & {
  readonly do: "put";
  readonly kind: Kind<unknown>;
  readonly data: object;
  readonly rev?: number;
  /** Epoch seconds after which DynamoDB may tidy the item away; never a rule. */
  readonly ttl?: number;
};
export type Update = Common & {
  readonly do: "update";
  /** Given when the update may create the item. */
  readonly kind?: Kind<unknown>;
  readonly set?: Readonly<Record<string, unknown>>;
  readonly add?: Readonly<Record<string, number>>;
  readonly remove?: readonly string[];
};
export type Write = Put | Update | (Common & { readonly do: "delete" | "check" });

/** Writes an item that must not exist yet. */
export function insert<Data extends object>(key: Key, kind: Kind<Data>, data: Data, tag?: string): Put {
  return { do: "put", key, kind, data, when: [["pk", "absent"]], rev: 1, ...(tag ? { tag } : {}) };
}

/** Replaces an item whose revision is still `rev`; the new one has `rev + 1`. Stale → lost under `tag`. */
export function replace<Data extends object>(key: Key, kind: Kind<Data>, data: Data, rev: number, tag = "stale"): Put {
  return { do: "put", key, kind, data, when: [["rev", "=", rev]], rev: rev + 1, tag };
}

/** Writes an item whatever was there before: for projections that can be rebuilt. */
export function overwrite<Data extends object>(key: Key, kind: Kind<Data>, data: Data): Put {
  return { do: "put", key, kind, data, rev: 1 };
}

/** Asserts a condition on an item without changing it. */
export function check(key: Key, when: readonly Clause[], tag?: string): Write {
  return { do: "check", key, when, ...(tag ? { tag } : {}) };
}

const marshal = (value: Record<string, unknown>) => marshall(value, { removeUndefinedValues: true });

/** Names and values of one expression, given out as `#n0` and `:v0`. */
class Names {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, unknown> = {};
  readonly #known = new Map<string, string>();

  name(attribute: string): string {
    let alias = this.#known.get(attribute);
    if (!alias) {
      alias = `#n${this.#known.size}`;
      this.#known.set(attribute, alias);
      this.names[alias] = attribute;
    }
    return alias;
  }

  value(value: unknown): string {
    const alias = `:v${Object.keys(this.values).length}`;
    this.values[alias] = value;
    return alias;
  }

  parts() {
    return {
      ...(Object.keys(this.names).length > 0 ? { ExpressionAttributeNames: this.names } : {}),
      ...(Object.keys(this.values).length > 0 ? { ExpressionAttributeValues: marshal(this.values) } : {}),
    };
  }
}

function clause(names: Names, one: Clause): string {
  const name = names.name(one[0]);
  switch (one[1]) {
    case "absent":
      return `attribute_not_exists(${name})`;
    case "present":
      return `attribute_exists(${name})`;
    case "absent-or":
      return `(attribute_not_exists(${name}) OR ${name} ${one[2]} ${names.value(one[3])})`;
    case "in":
      return `${name} IN (${one[2].map((value) => names.value(value)).join(", ")})`;
    case "contains":
      return `contains(${name}, ${names.value(one[2])})`;
    case "lacks":
      return `NOT contains(${name}, ${names.value(one[2])})`;
    default:
      return `${name} ${one[1]} ${names.value(one[2])}`;
  }
}

/** Turns a write into DynamoDB's shape. `print` is kept on the item that stands witness for its command. */
export function compile(table: string, write: Write, print?: string): TransactWriteItem {
  const names = new Names();
  const when = (write.when ?? []).map((one) => clause(names, one)).join(" AND ");
  const condition = when ? { ConditionExpression: when } : {};
  const common = { TableName: table, ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const };
  switch (write.do) {
    case "put": {
      const { kind, data, rev, ttl } = write;
      const item = marshal({
        ...data,
        ...write.key,
        k: kind.name,
        v: kind.version,
        rev,
        ttl,
        cmd: print,
      });
      return { Put: { ...common, Item: item, ...condition, ...names.parts() } };
    }
    case "update": {
      const sets = Object.entries({
        ...(write.set ?? {}),
        ...(write.kind ? { k: write.kind.name, v: write.kind.version } : {}),
      })
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => `${names.name(name)} = ${names.value(value)}`);
      const adds = Object.entries(write.add ?? {}).map(([name, value]) => `${names.name(name)} ${names.value(value)}`);
      const removes = (write.remove ?? []).map((name) => names.name(name));
      const text = [
        sets.length > 0 ? `SET ${sets.join(", ")}` : "",
        adds.length > 0 ? `ADD ${adds.join(", ")}` : "",
        removes.length > 0 ? `REMOVE ${removes.join(", ")}` : "",
      ];
      const UpdateExpression = text.filter((part) => part !== "").join(" ");
      return { Update: { ...common, Key: marshal(write.key), UpdateExpression, ...condition, ...names.parts() } };
    }
    case "delete":
      return { Delete: { ...common, Key: marshal(write.key), ...condition, ...names.parts() } };
    case "check":
      return {
        ConditionCheck: { ...common, Key: marshal(write.key), ConditionExpression: when, ...names.parts() },
      };
  }
}
