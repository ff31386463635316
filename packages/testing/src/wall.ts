import type { SpaceId } from "@yihao/kernel/ids";
import type { Call, Table } from "@yihao/table/client";
import { spaceVariable, type WallStatement, wallStatements } from "../../../infra/tenant-wall.ts";

/** What IAM is told of a call to DynamoDB: the action, and the partition keys that it names. */
export type Asked = { readonly action: string; readonly leadingKeys: readonly string[] };

/** IAM's StringLike: `*` is any text, `?` any character, upper and lower case differ. */
function like(pattern: string, value: string): boolean {
  const parts = [...pattern].map((char) =>
    char === "*" ? "[\\s\\S]*" : char === "?" ? "[\\s\\S]" : char.replace(/[.+^${}()|[\]\\]/g, "\\$&"),
  );
  return new RegExp(`^${parts.join("")}$`).test(value);
}

/**
 * Evaluates exactly the conditions that the wall's policy uses, as IAM's documentation tells them: `ForAllValues:StringLike` (true also of no values at all) and `Null`, with the session's tag
 * put in for its variable. A condition it does not know is an error, never a yes.
 */
export function allowsCall(
  statements: readonly WallStatement[],
  { action, leadingKeys }: Asked,
  space?: string,
): boolean {
  const values: Record<string, readonly string[]> = {
    "dynamodb:LeadingKeys": leadingKeys,
    "aws:PrincipalTag/space": space === undefined ? [] : [space],
  };
  const filled = (pattern: string) => pattern.replaceAll(spaceVariable, () => space ?? "\u0000");
  const holds = (operator: string, key: string, wanted: string | readonly string[]) => {
    const found = values[key];
    if (found === undefined) throw new Error(`the evaluator does not know ${key}`);
    const patterns = [wanted].flat();
    if (operator === "ForAllValues:StringLike")
      return found.every((one) => patterns.some((pattern) => like(filled(pattern), one)));
    if (operator === "Null") return (found.length === 0) === (patterns[0] === "true");
    throw new Error(`the evaluator does not know ${operator}`);
  };
  return statements.some(
    ({ Action, Condition }) =>
      Action.includes(action) &&
      Object.entries(Condition).every(([operator, keys]) =>
        Object.entries(keys).every(([key, wanted]) => holds(operator, key, wanted)),
      ),
  );
}

type Keyed = { readonly Key?: { pk?: { S?: string } }; readonly Item?: { pk?: { S?: string } } };
const pkOf = ({ Key, Item }: Keyed) => (Key ?? Item)?.pk?.S ?? "";

/** What IAM is asked for a call. Of a transaction each kind of write is asked for with the keys of all of it, which is the stricter of the two readings of the documentation. */
export function askedOf(call: Call): Asked[] {
  const name = call.constructor.name.replace(/Command$/, "");
  const input = call.input as {
    Key?: Keyed["Key"];
    ExpressionAttributeValues?: Record<string, { S?: string }>;
    RequestItems?: Record<string, { Keys?: Keyed["Key"][] }>;
    TransactItems?: { Put?: Keyed; Update?: Keyed; Delete?: Keyed; ConditionCheck?: Keyed }[];
  };
  if (name === "Query")
    return [{ action: "dynamodb:Query", leadingKeys: [input.ExpressionAttributeValues?.[":pk"]?.S ?? ""] }];
  if (name === "BatchGetItem") {
    const keys = Object.values(input.RequestItems ?? {}).flatMap(({ Keys = [] }) =>
      Keys.map((Key) => pkOf(Key ? { Key } : {})),
    );
    return [{ action: "dynamodb:BatchGetItem", leadingKeys: keys }];
  }
  if (name === "TransactWriteItems") {
    const actions = {
      Put: "PutItem",
      Update: "UpdateItem",
      Delete: "DeleteItem",
      ConditionCheck: "ConditionCheckItem",
    } as const;
    const items = (input.TransactItems ?? []).flatMap((one) => Object.entries(one) as [keyof typeof actions, Keyed][]);
    const leadingKeys = items.map(([, keyed]) => pkOf(keyed));
    return [...new Set(items.map(([kind]) => `dynamodb:${actions[kind]}`))].map((action) => ({ action, leadingKeys }));
  }
  return [{ action: `dynamodb:${name}`, leadingKeys: input.Key ? [pkOf({ Key: input.Key })] : [] }];
}

const statements = wallStatements("*");

const known = new WeakMap<Table, Map<SpaceId, Table>>();

/** The table as a session tagged with a space reaches it on AWS: what the wall's policy does not allow is denied. */
export function behindWall(table: Table, space: SpaceId): Table {
  const walled = known.get(table) ?? new Map<SpaceId, Table>();
  known.set(table, walled);
  const found =
    walled.get(space) ??
    table.behind(async (call, send) => {
      const denied = askedOf(call).find((asked) => !allowsCall(statements, asked, space));
      if (!denied) return send(call);
      const what = `${denied.action} on ${denied.leadingKeys.join(", ")}`;
      const message = `the session of ${space} is not authorized to perform ${what}`;
      throw Object.assign(new Error(message), { name: "AccessDeniedException" });
    });
  walled.set(space, found);
  return found;
}
