import { GetItemCommand, type GetItemCommandOutput } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { EventId, SpaceId } from "@yihao/kernel/ids";
import { asSystem, type Meter, type PlatformScope, type Scope } from "@yihao/kernel/scope";
import type { Table } from "./client.ts";
import { commit } from "./commit.ts";
import { type Event, eventKind } from "./event.ts";
import { partition } from "./key.ts";
import { type Kind, kindOf } from "./kind.ts";
import { get, query } from "./read.ts";
import { insert } from "./write.ts";

/** A record of a DynamoDB stream as Lambda hands it over; only what is used of it. */
export type StreamRecord = {
  readonly eventID?: string;
  readonly eventName?: string;
  readonly dynamodb?: {
    readonly NewImage?: Record<string, unknown>;
    readonly SequenceNumber?: string;
    readonly ApproximateCreationDateTime?: number | Date;
  };
};
export type StreamBatch = { readonly Records: readonly StreamRecord[] };
export type BatchAnswer = { readonly batchItemFailures: { itemIdentifier: string }[] };

/** A fact that a stream record carries: an event item, or an item of another append-only kind such as a transfer. */
export type Fact = {
  readonly space: SpaceId | "platform";
  readonly kind: string;
  readonly id: string;
  readonly data: unknown;
};

/** What a room does when it hears of facts of one kind. `name` is stable and begins with its room: it makes the second time a no-op. */
export type Reaction = {
  readonly name: string;
  /** Kind of item (`evt` or a room's own append-only kind). */
  readonly kind: string;
  /** Event types to hear, for kind `evt`. */
  readonly types?: readonly string[];
  /** Acts on one fact. The scope's command id is made from the fact and the name, so its commits happen once. */
  readonly on: (scope: Scope, fact: Fact) => Promise<void>;
};

/** Declares a reaction to events of the given types. */
export function onEvent<Type extends string, Data>(
  name: string,
  types: readonly Type[],
  on: (scope: Scope, event: Event<Type, Data>) => Promise<void>,
): Reaction {
  return { name, kind: eventKind.name, types, on: (scope, fact) => on(scope, fact.data as Event<Type, Data>) };
}

/** Declares a reaction to new items of an append-only kind. */
export function onItem<Data>(
  name: string,
  kind: Kind<Data>,
  on: (scope: Scope, data: Data, fact: Fact) => Promise<void>,
): Reaction {
  return { name, kind: kind.name, on: (scope, fact) => on(scope, fact.data as Data, fact) };
}

/** The room that a reaction belongs to: `booking` of `booking.rows`. */
export const roomOf = ({ name }: Pick<Reaction, "name">): string => name.split(".", 1)[0] ?? "";

/** The fact in a stream record: only an INSERT of an append-only item is one. */
export function factOf(record: StreamRecord): Fact | undefined {
  if (record.eventName !== "INSERT" || !record.dynamodb?.NewImage) return undefined;
  const {
    pk,
    sk,
    k,
    v: _v,
    rev: _rev,
    ttl: _ttl,
    cmd: _cmd,
    ...data
  } = unmarshall(record.dynamodb.NewImage as Parameters<typeof unmarshall>[0]);
  const space = String(pk).split("#", 1)[0] as SpaceId | "platform";
  const id = typeof data.id === "string" ? data.id : `${String(pk)}|${String(sk)}`;
  return { space, kind: String(k), id, data };
}

/** What was done about one fact, for the log: what it wrote names the facts that follow from it. */
export type Heard = {
  readonly heard: string;
  readonly kind: string;
  readonly type?: string;
  readonly space: string;
  readonly reactions: number;
  readonly failed: number;
  readonly ms: number;
} & Meter;

/** A fact that one room could not take, by the key of its item: what waits in that room's queue, of which nothing else is told. */
export type Parked = { readonly room: string; readonly pk: string; readonly sk: string };

export type Hearing = {
  readonly table: Table;
  readonly reactions: readonly Reaction[];
  readonly now: () => string;
  readonly log?: ((entry: Heard) => void) | undefined;
  /**
   * Puts a fact into the queue of the one room that could not take it, so that the stream goes on for all others. Without it a fact that any room cannot take fails as a whole and holds up
   * what stands behind it.
   */
  readonly park?: ((parked: Parked) => Promise<void>) | undefined;
  /** How long one reaction may take before its room's queue gets the fact; what it does is not cut off, and its second time changes nothing. */
  readonly mostMs?: number | undefined;
};

function platformScope(hearing: Hearing, command: string, meter: Meter = { read: 0, write: 0 }): PlatformScope {
  return {
    space: "platform",
    actor: { kind: "system", name: "stream" },
    now: hearing.now(),
    command: { id: command, print: "" },
    meter,
    table: hearing.table,
  };
}

/** Hands one fact to every reaction that hears it; throws the first error after all have been tried. */
export async function hear(hearing: Hearing, fact: Fact): Promise<void> {
  for (const error of (await hearIn(hearing, fact)).values()) throw error;
}

class Overran extends Error {}

/** Waits so long for a reaction and no longer. */
async function within(mostMs: number | undefined, name: string, work: Promise<void>): Promise<void> {
  if (mostMs === undefined) return work;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Overran(`${name} took longer than ${mostMs} ms`)), mostMs);
  });
  await Promise.race([work, over]).finally(() => clearTimeout(timer));
}

/** Hands one fact to every reaction that hears it and gives the rooms that could not take it, each with its first error. Rooms that `slow` names are not asked and count among them. */
async function hearIn(hearing: Hearing, fact: Fact, slow?: Set<string>): Promise<ReadonlyMap<string, unknown>> {
  const errors = new Map<string, unknown>();
  if (fact.space === "platform") return errors;
  const type = fact.kind === eventKind.name ? (fact.data as Event).type : undefined;
  const meter: Meter = { read: 0, write: 0, wrote: [] };
  const started = performance.now();
  let [count, failed] = [0, 0];
  for (const reaction of hearing.reactions) {
    if (reaction.kind !== fact.kind) continue;
    if (type !== undefined && reaction.types && !reaction.types.includes(type)) continue;
    const room = roomOf(reaction);
    if (slow?.has(room)) {
      if (!errors.has(room)) errors.set(room, new Error(`${room} is slow`));
      continue;
    }
    const command = { id: `${fact.id}:${reaction.name}`, print: reaction.name };
    count += 1;
    try {
      const scope = asSystem(platformScope(hearing, command.id, meter), fact.space, reaction.name, command);
      await within(hearing.mostMs, reaction.name, reaction.on(scope, fact));
    } catch (error) {
      failed += 1;
      if (!errors.has(room)) errors.set(room, error);
      if (error instanceof Overran) slow?.add(room);
    }
  }
  if (count > 0) {
    const { id, kind, space } = fact;
    const ms = Math.round((performance.now() - started) * 10) / 10;
    hearing.log?.({ heard: id, kind, ...(type ? { type } : {}), space, reactions: count, failed, ms, ...meter });
  }
  return errors;
}

/** What is heard in order: the events of one subject, and the items of one partition. */
function orderOf(record: StreamRecord, fact: Fact): string {
  const subject = fact.kind === eventKind.name ? (fact.data as Event).subject : undefined;
  return subject === undefined ? JSON.stringify(record.dynamodb?.NewImage?.pk) : `${fact.space} ${subject}`;
}

/** So many subjects are heard at the same time. */
const heardAtOnce = 8;

const keyOf = (record: StreamRecord) => {
  const { pk, sk } = (record.dynamodb?.NewImage ?? {}) as { pk?: { S?: string }; sk?: { S?: string } };
  return { pk: pk?.S ?? "", sk: sk?.S ?? "" };
};

/**
 * Works through a batch: what belongs to one subject in its order, different subjects beside each other. What a room cannot take goes into that room's queue and the rest goes on; a room of which one
 * reaction took too long is not asked again in this batch. Answers the first record of each subject that could neither be heard nor parked; whoever delivers starts again from the earliest
 * (Lambda's partial-batch answer), and what was heard behind it is heard again to no effect.
 */
export async function hearBatch(
  hearing: Hearing,
  batch: StreamBatch,
  failed?: (error: unknown) => void,
): Promise<BatchAnswer> {
  const lines = new Map<string, { readonly record: StreamRecord; readonly fact: Fact }[]>();
  const failures: string[] = [];
  const slow = hearing.park ? new Set<string>() : undefined;
  const fail = (record: StreamRecord, error: unknown) => {
    failed?.(error);
    failures.push(record.dynamodb?.SequenceNumber ?? "");
  };
  for (const record of batch.Records)
    try {
      const fact = factOf(record);
      if (!fact) continue;
      const line = orderOf(record, fact);
      lines.set(line, [...(lines.get(line) ?? []), { record, fact }]);
    } catch (error) {
      fail(record, error);
    }
  const waiting = [...lines.values()];
  const work = async () => {
    for (let line = waiting.shift(); line; line = waiting.shift())
      for (const { record, fact } of line)
        try {
          for (const [room, error] of await hearIn(hearing, fact, slow)) {
            if (!hearing.park) throw error;
            failed?.(error);
            await hearing.park({ room, ...keyOf(record) });
          }
        } catch (error) {
          fail(record, error);
          break;
        }
  };
  await Promise.all(Array.from({ length: heardAtOnce }, work));
  return { batchItemFailures: failures.map((itemIdentifier) => ({ itemIdentifier })) };
}

/** So often is a fact of a room's queue tried, the stream's own time not counted, before it goes on the dead-letter list. */
export const mostTries = 5;

/**
 * Hears a parked fact again in the room whose queue it comes from; `times` counts how often it came, from 1. After the last try it goes on the dead-letter list of its space with why. Throws when it is
 * to come again. A fact that is not there any more, e.g. of a space that was erased, is nobody's business.
 */
export async function hearAgain(
  hearing: Hearing,
  { room, pk, sk }: Parked,
  times: number,
  failed?: (error: unknown) => void,
): Promise<void> {
  const Key = { pk: { S: pk }, sk: { S: sk } };
  const call = new GetItemCommand({
    TableName: hearing.table.name,
    Key,
    ConsistentRead: true,
    ReturnConsumedCapacity: "TOTAL",
  });
  const { Item } = await hearing.table.send<GetItemCommandOutput>({ read: 0, write: 0 }, call);
  if (!Item) return;
  const record: StreamRecord = { eventName: "INSERT", dynamodb: { NewImage: Item } };
  const fact = factOf(record);
  if (!fact) return;
  const reactions = hearing.reactions.filter((one) => roomOf(one) === room);
  try {
    await hear({ ...hearing, reactions }, fact);
  } catch (error) {
    failed?.(error);
    if (times < mostTries) throw error;
    await bury(hearing, record, error);
  }
}

/** A fact that no reaction could take after all tries; whole, so that it can be heard again. */
export type DeadLetter = {
  readonly id: EventId | string;
  readonly fact: Fact;
  readonly error: string;
  readonly at: string;
};
const deadKind = kindOf<DeadLetter>("dead");

/** Puts a record that kept failing on the dead-letter list of its space. */
export async function bury(hearing: Hearing, record: StreamRecord, error: unknown): Promise<void> {
  const fact = factOf(record);
  if (!fact || fact.space === "platform") return;
  const scope = asSystem(platformScope(hearing, `auto:bury ${fact.id}`), fact.space, "stream");
  const letter: DeadLetter = { id: fact.id, fact, error: String(error).slice(0, 500), at: scope.now };
  await commit(scope, [insert(deadKey(scope, fact.id), deadKind, letter, "dead")], { answer: null });
}

const deadKey = (scope: Scope, id: string) => ({ pk: partition(scope, "dead"), sk: id });

/** The dead letters of a space. */
export function deadLetters(scope: Scope, cursor?: string) {
  return query(scope, deadKind, partition(scope, "dead"), { cursor });
}

/** Hears a dead letter again; when all reactions take it, it leaves the list. False when there is no such letter. */
export async function replayDeadLetter(hearing: Hearing, scope: Scope, id: string): Promise<boolean> {
  const letter = await get(scope, deadKind, deadKey(scope, id));
  if (!letter) return false;
  await hear(hearing, letter.fact);
  await commit(scope, [{ do: "delete", key: deadKey(scope, id) }], { answer: true });
  return true;
}
