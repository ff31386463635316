import { readFileSync, renameSync, writeFileSync } from "node:fs";

type Kept = {
  /** Of which stream; a table made anew has another. */
  arn: string;
  /** Last sequence number handled, by shard. */
  shards: Record<string, string>;
  /** When the pump last had nothing left to read. */
  caughtUpAt: string;
  /** Set by a restore whose backup may hold facts that had not been heard yet. */
  restored?: boolean;
};

/** How far the stream has been handled, kept in a file over restarts. An unreadable file means from the start: hearing twice is safe, skipping is not. */
export class Checkpoints {
  readonly #file: string;
  #kept: Kept;

  constructor(file: string, arn: string, now: string) {
    this.#file = file;
    this.#kept = { arn, shards: {}, caughtUpAt: now };
    try {
      const kept = JSON.parse(readFileSync(file, "utf8")) as Kept;
      if (kept.arn === arn && typeof kept.shards === "object") this.#kept = kept;
      return;
    } catch {
      // no file yet, or half a file: from the start
    }
    this.#write();
  }

  /** The last sequence number handled in a shard. */
  of(shard: string): string | undefined {
    return this.#kept.shards[shard];
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
    this.#kept.shards[shard] = sequence;
    this.#write();
  }

  /** Remembers that at this instant (ISO) nothing was left, and forgets shards that the stream has forgotten. */
  caughtUp(at: string, shards: readonly string[]): void {
    this.#kept.caughtUpAt = at;
    delete this.#kept.restored;
    for (const shard of Object.keys(this.#kept.shards)) if (!shards.includes(shard)) delete this.#kept.shards[shard];
    this.#write();
  }

  #write(): void {
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.#kept), { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
  }
}
