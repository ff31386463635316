import type { EventId } from "@yihao/kernel/ids";
import type { Page } from "@yihao/kernel/paging";
import { type AnyScope, actorName } from "@yihao/kernel/scope";
import { idFor } from "./command.ts";
import { commit } from "./commit.ts";
import { keyIn, partition } from "./key.ts";
import { kindOf } from "./kind.ts";
import { query, queryAll, type Range } from "./read.ts";
import { insert, type Write } from "./write.ts";

/** What happened: past tense type such as `booking.made`, the figures fixed then, who and when. Written once, never changed. */
export type Event<Type extends string = string, Data = unknown> = {
  readonly id: EventId;
  readonly type: Type;
  readonly version: number;
  /** The company or document on whose timeline it stands. */
  readonly subject: string;
  readonly at: string;
  readonly by: string;
  readonly data: Data;
};

export const eventKind = kindOf<Event>("evt");

/** Events that one commit redacts at most. */
const perCommit = 50;

/**
 * The write of an event, to stand in the same commit as what caused it. It is an item of the subject's timeline, in time
 * order. `seed` tells apart two events of one type on one subject in one command.
 */
export function happened<Type extends string, Data>(
  scope: AnyScope,
  type: Type,
  subject: string,
  data: Data,
  options: { version?: number; seed?: string } = {},
): Write {
  const id = idFor(scope, "evt", `${type} ${subject} ${options.seed ?? ""}`);
  const event: Event<Type, Data> = {
    id,
    type,
    version: options.version ?? 1,
    subject,
    at: scope.now,
    by: actorName(scope),
    data,
  };
  return insert(keyIn(partition(scope, "log", subject), scope.now, id), eventKind, event, `event ${type}`);
}

/** A page of a subject's timeline; newest first unless told otherwise. `from`/`until` are instants. */
export function timeline(scope: AnyScope, subject: string, range: Range = {}): Promise<Page<Event>> {
  return query(scope, eventKind, partition(scope, "log", subject), { newest: true, ...range });
}

/**
 * Takes personal data out of a subject's events where the law demands it: the one change that an event ever sees. What `without` gives takes the
 * place of its data; type, instant and author stay. A change is no new fact, so nothing hears of it. Safe to run again.
 */
export async function redactEvents(
  scope: AnyScope,
  subject: string,
  without: (event: Event) => unknown,
): Promise<void> {
  const pk = partition(scope, "log", subject);
  const events = await queryAll(scope, eventKind, pk, { consistent: true });
  for (let start = 0; start < events.length; start += perCommit) {
    const writes = events.slice(start, start + perCommit).flatMap((event): Write[] => {
      const data = JSON.parse(JSON.stringify(without(event)));
      if (JSON.stringify(data) === JSON.stringify(event.data)) return [];
      return [{ do: "update", key: keyIn(pk, event.at, event.id), set: { data }, when: [["pk", "present"]] }];
    });
    const unsigned = { ...scope, command: { id: `auto:${scope.command.id}`, print: "" } };
    if (writes.length > 0) await commit(unsigned, writes, { answer: null });
  }
}
