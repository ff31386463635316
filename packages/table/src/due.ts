import type { SpaceId } from "@yihao/kernel/ids";
import { asSystem, type PlatformScope, type Scope } from "@yihao/kernel/scope";
import { digest } from "./command.ts";
import { commit } from "./commit.ts";
import type { Key, Partition } from "./key.ts";
import { kindOf } from "./kind.ts";
import { get, queryAll } from "./read.ts";
import type { Write } from "./write.ts";

/** Something to do at an instant, e.g. release a booking nobody came to. The room that set it finds out whether it still applies. */
export type Due = {
  readonly id: string;
  readonly space: SpaceId;
  readonly type: string;
  readonly subject: string;
  readonly at: string;
  readonly data: unknown;
};
const dueKind = kindOf<Due>("due");
const sweptKind = kindOf<{ hour: string }>("swept");

/** An hour's timers lie in this many partitions, so that none is hot, sorted by instant: one query each finds what is due. */
const shards = 4;
const hourMs = 3_600_000;

const bucket = (hour: string, shard: number) => `platform#due#${hour}#${shard}` as Partition;
const hourOf = (at: string) => at.slice(0, 13);
const shardOf = (id: string) => [...id].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) >>> 0, 7) % shards;
const dueKey = (id: string, at: string): Key => ({ pk: bucket(hourOf(at), shardOf(id)), sk: `${at}#${id}` });
const markKey: Key = { pk: "platform#swept" as Partition, sk: "-" };

/** The write that sets a timer, to stand in the same commit as what it belongs to. The same type, subject and instant is one timer. */
export function dueAt(scope: Scope, at: string, type: string, subject: string, data: unknown = null): Write {
  const id = digest(scope.space, type, subject, at);
  const due: Due = { id, space: scope.space, type, subject, at, data };
  return { do: "put", key: dueKey(id, at), kind: dueKind, data: due };
}

export type DueHandler = { readonly type: string; readonly on: (scope: PlatformScope, due: Due) => Promise<void> };

/** Declares what a room does when a timer of its own rings: it runs in the timer's space under a command made of the timer, so that it is done once. */
export function onDue<Data>(
  type: string,
  on: (scope: Scope, subject: string, data: Data) => Promise<void>,
): DueHandler {
  return {
    type,
    on: (scope, due) => {
      const command = { id: `due ${due.id}`, print: due.type };
      return on(asSystem(scope, due.space, due.type, command), due.subject, due.data as Data);
    },
  };
}

/** The first hour from one to another, both included, that may hold timers; undefined when none does. */
export type NextHour = (from: string, to: string) => Promise<string | undefined>;
const everyHour: NextHour = async (from) => from;

const hourAfter = (hour: string) => hourOf(new Date(Date.parse(`${hour}:00:00.000Z`) + hourMs).toISOString());

/**
 * Works through every timer up to now, from the hour in which the last clean sweep ended (a day back when there was
 * none), and gives how many it handled. A timer that fails stays, and the sweep does not pass its hour. `next` is for
 * whoever knows which hours are empty; nobody does when the clock runs on as it does.
 */
export async function sweep(
  scope: PlatformScope,
  handlers: readonly DueHandler[],
  failed?: (error: unknown) => void,
  next = everyHour,
): Promise<number> {
  const mark = await get(scope, sweptKind, markKey);
  const last = hourOf(scope.now);
  const first = mark?.hour ?? hourOf(new Date(Date.parse(scope.now) - 24 * hourMs).toISOString());
  const from = (hour: string) => (hour <= last ? next(hour, last) : undefined);
  let handled = 0;
  let clean = true;
  for (let hour = await from(first); hour !== undefined; hour = await from(hourAfter(hour))) {
    for (let shard = 0; shard < shards; shard += 1) {
      for (const due of await queryAll(scope, dueKind, bucket(hour, shard), { until: `${scope.now}~` })) {
        try {
          const handler = handlers.find((one) => one.type === due.type);
          if (!handler) throw new Error(`no handler for timers of type ${due.type}`);
          await handler.on(scope, due);
          await commit(scope, [{ do: "delete", key: dueKey(due.id, due.at) }], { answer: null });
          handled += 1;
        } catch (error) {
          clean = false;
          failed?.(error);
        }
      }
    }
  }
  if (clean && mark?.hour !== last)
    await commit(scope, [{ do: "put", key: markKey, kind: sweptKind, data: { hour: last } }], { answer: null });
  return handled;
}
