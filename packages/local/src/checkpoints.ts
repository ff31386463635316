import { readFileSync, renameSync, writeFileSync } from "node:fs";

type Positions = Record<string, string>;
type Kept = {
  /** Of which stream; a table made anew has another. */
  arn: string;
  /** Behind which sequence number the next life begins, by shard. */
  shards: Positions;
  /** When the pump last had nothing left to read. */
  caughtUpAt: string;
  /** Set by a restore whose backup may hold facts that had not been heard yet. */
  restored?: boolean;
};

const marginMs = 10_000;

/**
 * How far the stream has been handled, kept in a file over restarts. Hearing twice is safe, skipping is not: an unreadable file means
 * from the start. And because DynamoDB Local answers a transaction a moment before its file has it, the file follows ten
 * seconds behind, so that a life that is killed is taken up again from before the last things it did.
 */
export class Checkpoints {
  readonly #file: string;
  #kept: Kept;
  #handled: Positions = {};
  /** What the file says next. */
  #aging: Positions = {};
  #turnedAt = performance.now();

  constructor(file: string, arn: string, now: string) {
    this.#file = file;
    this.#kept = { arn, shards: {}, caughtUpAt: now };
    try {
      const kept = JSON.parse(readFileSync(file, "utf8")) as Kept;
      if (kept.arn === arn && typeof kept.shards === "object") this.#kept = kept;
      this.#handled = { ...this.#kept.shards };
      this.#aging = { ...this.#kept.shards };
      return;
    } catch {
      // no file yet, or half a file: from the start
    }
    this.#write();
  }

  /** The last sequence number handled in a shard. */
  of(shard: string): string | undefined {
    return this.#handled[shard];
  }

  get caughtUpAt(): string {
    return this.#kept.caughtUpAt;
  }

  get restored(): boolean {
    return this.#kept.restored ?? false;
  }

  /** Remembers that the table came from a backup in which facts since `caughtUpAt` may be unheard. */
  unheardSince(caughtUpAt: string): void {
    this.#kept.caughtUpAt = caughtUpAt;
    this.#kept.restored = true;
    this.#write();
  }

  /** Remembers that everything up to this record of a shard is handled. */
  handled(shard: string, sequence: string): void {
    this.#handled[shard] = sequence;
    if (performance.now() - this.#turnedAt < marginMs) return;
    this.#turnedAt = performance.now();
    this.#kept.shards = this.#aging;
    this.#aging = { ...this.#handled };
    this.#write();
  }

  /** Brings the file up to what was handled: this life ends in order. */
  ended(): void {
    this.#kept.shards = { ...this.#handled };
    this.#write();
  }

  /** Forgets how far a shard was handled: it will be heard from its oldest record. */
  forget(shard: string): void {
    for (const positions of [this.#kept.shards, this.#aging, this.#handled]) delete positions[shard];
    this.#write();
  }

  /** Remembers that at this instant (ISO) nothing was left, and forgets shards that the stream has forgotten. */
  caughtUp(at: string, shards: readonly string[]): void {
    this.#kept.caughtUpAt = at;
    delete this.#kept.restored;
    for (const shard of Object.keys(this.#handled)) if (!shards.includes(shard)) this.forget(shard);
    this.#write();
  }

  #write(): void {
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.#kept), { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
  }
}
