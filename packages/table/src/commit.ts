import {
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { Refused } from "@yihao/kernel/outcome";
import type { AnyScope } from "@yihao/kernel/scope";
import { tableOf } from "./client.ts";
import { digest } from "./command.ts";
import { keyIn, partition } from "./key.ts";
import { kindOf } from "./kind.ts";
import { get, type Raw } from "./read.ts";
import { compile, type Write } from "./write.ts";

/** The receipt of a command: what was asked under its id and what it was answered, as JSON text so that a replay is the same byte for byte. Commands without an id of their caller's (`auto:…`) leave none. */
export type Receipt = { readonly print: string; readonly answer: string };
export const receiptKind = kindOf<Receipt>("cmd");

/**
 * How long a receipt with something in its answer is kept, in days: long enough for a handheld that was offline, no longer, since an answer holds what people said of themselves
 * and nobody would find it to erase it (个人信息保护法 第四十七条). A receipt without an answer proves that work of the system was done and stays.
 */
export const receiptDays = 30;
const daySeconds = 86_400;

/** Where the receipt of the scope's command lies. */
export function receiptKey(scope: AnyScope) {
  return keyIn(partition(scope, "cmd", digest(scope.command.id)));
}

export type Committed<Answer> =
  | { readonly done: true; readonly answer: Answer; readonly replayed: boolean }
  /** Conditions that failed, by the write's tag, with the item as it stood (null when there was none). */
  | { readonly done: false; readonly lost: Readonly<Record<string, Raw | null>> };

export type CommitOptions<Answer> = {
  /** The answer to give now and to every replay of the next 30 days; kept in a receipt item of the same commit (+2 write units). */
  readonly answer: Answer;
  /**
   * Saves the receipt: the tag of a `put` of a new item whose key is made from the command's id (`idFor`). Its failed
   * condition means a replay, and `revive` makes the first answer from the item.
   */
  readonly witness?: { readonly tag: string; readonly revive: (item: Raw) => Answer };
};

/**
 * Writes everything or nothing, each write under its condition: the only way this product writes. Answers `done` with
 * the first answer when the command was committed before, and `lost` when a condition failed. A command id that was used for something else
 * is refused as `command.reused`; more than 100 writes, or two on one item, are a bug. Conflicts are retried inside.
 */
export async function commit<Answer>(
  scope: AnyScope,
  writes: readonly Write[],
  options: CommitOptions<Answer>,
): Promise<Committed<Answer>> {
  const receipt: Write = {
    do: "put",
    tag: "receipt",
    key: receiptKey(scope),
    kind: receiptKind,
    data: { print: scope.command.print, answer: JSON.stringify(options.answer ?? null) },
    when: [["pk", "absent"]],
    ...(holds(options.answer) ? { ttl: Math.ceil(Date.parse(scope.now) / 1000) + receiptDays * daySeconds } : {}),
  };
  const unsigned = scope.command.id.startsWith("auto:");
  const all = options.witness || unsigned ? writes : [...writes, receipt];
  const outcome = await transact(scope, all, options.witness?.tag);
  if (outcome === null) note(scope, writes);
  if (outcome === null) return { done: true, answer: options.answer, replayed: false };
  const tag = options.witness?.tag ?? "receipt";
  const before = unsigned ? undefined : outcome[tag];
  if (before) {
    const print = options.witness ? before.cmd : before.print;
    if (print !== scope.command.print) throw new Refused("command.reused");
    const answer = options.witness ? options.witness.revive(before) : (JSON.parse(String(before.answer)) as Answer);
    return { done: true, answer, replayed: true };
  }
  return { done: false, lost: outcome };
}

const holds = (answer: unknown) => answer !== null && answer !== undefined;

/** Notes the events of a commit for the log of its request. */
function note({ meter }: AnyScope, writes: readonly Write[]): void {
  for (const write of writes)
    if (write.do === "put" && write.kind.name === "evt" && "id" in write.data) meter.wrote?.push(String(write.data.id));
}

/** The answer that this command was given before, if it was committed with a receipt. */
export async function recall(scope: AnyScope): Promise<{ answer: unknown } | undefined> {
  const receipt = await get(scope, receiptKind, receiptKey(scope));
  if (!receipt) return undefined;
  if (receipt.print !== scope.command.print) throw new Refused("command.reused");
  return { answer: JSON.parse(receipt.answer) };
}

async function transact(
  scope: AnyScope,
  writes: readonly Write[],
  witness: string | undefined,
): Promise<Record<string, Raw | null> | null> {
  if (writes.length > 100) throw new Error(`a commit of ${writes.length} writes; DynamoDB takes 100`);
  const keys = new Set(writes.map(({ key }) => `${key.pk} ${key.sk}`));
  if (keys.size < writes.length) throw new Error("a commit that writes an item twice; DynamoDB takes each once");
  const table = tableOf(scope);
  const items: TransactWriteItem[] = writes.map((write) =>
    compile(table.name, write, write.tag !== undefined && write.tag === witness ? scope.command.print : undefined),
  );
  try {
    await table.send(
      scope.meter,
      new TransactWriteItemsCommand({
        TransactItems: items,
        ReturnConsumedCapacity: "TOTAL",
        ClientRequestToken: crypto.randomUUID(),
      }),
    );
    return null;
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const lost: Record<string, Raw | null> = {};
    let failed = false;
    (error.CancellationReasons ?? []).forEach((reason, index) => {
      if (reason.Code !== "ConditionalCheckFailed") return;
      failed = true;
      lost[writes[index]?.tag ?? `#${index}`] = reason.Item ? (unmarshall(reason.Item) as Raw) : null;
    });
    if (!failed) throw error;
    return lost;
  }
}
