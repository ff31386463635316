import type { StreamRecord } from "@yihao/table/stream";
import type { Shard, StreamSource } from "@yihao/table/stream-source";
import type { Checkpoints } from "./checkpoints.ts";
import { deliver, type StreamHandler } from "./deliver.ts";

export type PumpOptions = {
  readonly source: Pick<StreamSource, "shards" | "iterator" | "read">;
  readonly checkpoints: Checkpoints;
  readonly handler: StreamHandler;
  readonly bury: (record: StreamRecord, error: unknown) => Promise<void>;
  readonly now?: () => string;
  readonly log?: (message: string) => void;
  /** Whether somebody waits for an answer of this machine, to whom reactions give way. */
  readonly busy?: () => boolean;
  /** Between two looks at an idle stream. */
  readonly idleMs?: number;
};
export type Pump = {
  /** Looks at the stream at once: something was probably written. */
  readonly nudge: () => void;
  /** Settles when everything that was in the stream at the time of the call is handled. */
  readonly drained: () => Promise<void>;
  /** Finishes the batch in hand and stops. */
  readonly stop: () => Promise<void>;
};

const batchSize = 100;
const restMs = 40;
const shardsEveryMs = 30_000;
const noteEveryMs = 60_000;
const faultWaitMs = 500;

/**
 * Forgets the checkpoints whose record the stream does not hold: it forgot it, or never kept it because the machine went
 * down. Such a shard is heard from its oldest record. To be called before anything writes: a lost record's number goes to another.
 */
export async function soundCheckpoints(
  source: Pick<StreamSource, "shards" | "holds">,
  checkpoints: Checkpoints,
): Promise<void> {
  for (const { id } of await source.shards()) {
    const after = checkpoints.of(id);
    if (after !== undefined && !(await source.holds(id, after))) checkpoints.forget(id);
  }
}

/**
 * Carries a stream into the stream function as the Lambda service does on AWS: every record at least once, in order
 * within its shard, a parent shard before its children, and from the checkpoints after a restart.
 */
export function startPump(options: PumpOptions): Pump {
  const { source, checkpoints, idleMs = 200 } = options;
  const now = options.now ?? (() => new Date().toISOString());
  const wakers = new Set<() => void>();
  const ended = new Set<string>();
  const running = new Map<string, Promise<void>>();
  /** Rounds each shard has begun and that found it empty; `drained` waits for a round begun after its call. */
  const quiet = new Map<string, number>();
  let known: readonly Shard[] = [];
  let round = 0;
  let stopped = false;
  let nudged = false;
  let notedAt = 0;

  const wake = () => {
    for (const waker of [...wakers]) waker();
  };
  const wait = (ms: number) =>
    new Promise<void>((done) => {
      if (stopped) return done();
      const end = () => {
        clearTimeout(timer);
        wakers.delete(end);
        done();
      };
      const timer = setTimeout(end, ms);
      wakers.add(end);
    });

  /** A failed record is waited for without being woken by nudges. */
  const backoff = async (ms: number) => {
    const until = performance.now() + ms;
    while (!stopped && performance.now() < until) await wait(until - performance.now());
  };

  const note = (force = false) => {
    const idle = known.every((shard) => ended.has(shard.id) || quiet.has(shard.id));
    if (!idle || (!force && Date.now() - notedAt < noteEveryMs)) return;
    notedAt = Date.now();
    checkpoints.caughtUp(
      now(),
      known.map((shard) => shard.id),
    );
  };

  const open = async (shard: string): Promise<string | "gone"> => {
    const after = checkpoints.of(shard);
    const iterator = await source.iterator(shard, after === undefined ? "oldest" : { after });
    // The shard forgot the records around its checkpoint: what it still has comes after them.
    return iterator === "gone" && after !== undefined ? source.iterator(shard, "oldest") : iterator;
  };

  const follow = async (shard: string): Promise<void> => {
    let iterator: string | undefined;
    let closed = false;
    while (!stopped) {
      try {
        round += 1;
        const begun = round;
        if (iterator === undefined) {
          const opened = await open(shard);
          if (opened === "gone") break;
          iterator = opened;
        }
        nudged = false;
        const page = await source.read(iterator, batchSize);
        if (page === "expired") {
          iterator = undefined;
          continue;
        }
        if (page.records.length > 0) {
          quiet.delete(shard);
          const all = await deliver(page.records, {
            handler: options.handler,
            bury: options.bury,
            handled: (sequence) => checkpoints.handled(shard, sequence),
            wait: backoff,
            stopped: () => stopped,
            ...(options.log ? { log: options.log } : {}),
            ...(options.busy ? { busy: options.busy } : {}),
          });
          if (!all) return;
        }
        if (page.next === undefined) {
          // It may have been closed between the read and the answer: what came in between is read from the checkpoint.
          if (closed && page.records.length === 0) break;
          closed = true;
          iterator = undefined;
          continue;
        }
        iterator = page.next;
        if (page.records.length > 0) {
          await wait(restMs);
          continue;
        }
        quiet.set(shard, begun);
        note();
        if (!nudged) await wait(idleMs);
        else await new Promise((done) => setTimeout(done, restMs));
      } catch (error) {
        iterator = undefined;
        options.log?.(`stream: ${String(error)}`);
        await backoff(faultWaitMs);
      }
    }
    if (!stopped) ended.add(shard);
  };

  const look = async (): Promise<void> => {
    while (!stopped) {
      try {
        known = await source.shards();
        for (const shard of known) {
          const parentDone = !shard.parent || ended.has(shard.parent) || !known.some((one) => one.id === shard.parent);
          if (running.has(shard.id) || !parentDone) continue;
          const life = follow(shard.id);
          running.set(shard.id, life);
          // A shard that ended has children now.
          void life.then(() => relook());
        }
      } catch (error) {
        options.log?.(`stream: ${String(error)}`);
      }
      await Promise.race([new Promise<void>((done) => (relook = done)), backoff(shardsEveryMs)]);
    }
  };
  let relook: () => void = () => {};
  const looking = look();

  return {
    nudge: () => {
      nudged = true;
      wake();
    },
    drained: async () => {
      const asked = round;
      const settled = () =>
        known.length > 0 && known.every((shard) => ended.has(shard.id) || (quiet.get(shard.id) ?? -1) > asked);
      while (!stopped && !settled()) {
        wake();
        await new Promise((done) => setTimeout(done, 5));
      }
    },
    stop: async () => {
      stopped = true;
      relook();
      wake();
      await Promise.all([looking, ...running.values()]);
      note(true);
      checkpoints.ended();
    },
  };
}
