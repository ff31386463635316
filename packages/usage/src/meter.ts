import { isId, type SpaceId } from "@yihao/kernel/ids";
import type { PlatformScope, Store } from "@yihao/kernel/scope";
import { type Counts, sumOf } from "./cost.ts";
import { addUsage } from "./store.ts";

/** What one request or one fact used, as the log has it. */
export type Used = {
  readonly space?: unknown;
  readonly read?: unknown;
  readonly write?: unknown;
  readonly ms?: unknown;
};
export type UsageMeter = {
  /** Keeps what was used in memory. */
  readonly count: (used: Used) => void;
  /** Writes what is kept when it is time; never throws, since nobody's request fails for a meter. */
  readonly due: () => Promise<void>;
};
export type UsageMeterOptions = {
  readonly table: Store;
  readonly now: () => string;
  /** How long a copy of a function keeps what it counted; the first time it writes at once. */
  readonly everyMs: number;
  readonly failed?: (error: unknown) => void;
};

const atOnce = 4;

/**
 * Counts what each space uses in one copy of a function and adds it to the table every few minutes: a write for each request would cost a third of a booking. What a copy holds when it is put away is lost,
 * five minutes at most, so the sum is a little less than the bill.
 */
export function usageMeter({ table, now, everyMs, failed }: UsageMeterOptions): UsageMeter {
  /** By day and space. */
  let held = new Map<string, Counts>();
  let writtenAt = Number.NEGATIVE_INFINITY;
  const hold = (key: string, counts: Counts) => {
    const before = held.get(key);
    held.set(key, before ? sumOf([before, counts]) : counts);
  };
  const write = async ([key, counts]: [string, Counts]) => {
    const [day = "", space = ""] = key.split(" ");
    const scope: PlatformScope = {
      space: "platform",
      actor: { kind: "system", name: "meter" },
      now: now(),
      command: { id: "auto:meter", print: "" },
      meter: { read: 0, write: 0 },
      table,
    };
    try {
      await addUsage(scope, space as SpaceId, day, counts);
    } catch (error) {
      failed?.(error);
      hold(key, counts);
    }
  };
  return {
    count({ space, read, write: written, ms }) {
      if (!isId("spc", space)) return;
      const counts = { read: Number(read ?? 0), write: Number(written ?? 0), calls: 1, ms: Number(ms ?? 0) };
      hold(`${now().slice(0, 10)} ${space}`, counts);
    },
    async due() {
      const at = Date.parse(now());
      if (held.size === 0 || at - writtenAt < everyMs) return;
      writtenAt = at;
      const waiting = [...held];
      held = new Map();
      const work = async () => {
        for (let one = waiting.shift(); one; one = waiting.shift()) await write(one);
      };
      await Promise.all(Array.from({ length: atOnce }, work));
    },
  };
}
