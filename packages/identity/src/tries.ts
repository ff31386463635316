import { Refused } from "@yihao/kernel/outcome";
import type { PlatformScope } from "@yihao/kernel/scope";
import { digest } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { giveWay } from "@yihao/table/give-way";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import { insert, replace } from "@yihao/table/write";
import { afterTry, type LockRule, minutesShut, type Tries } from "./lockout.ts";

const triesKind = kindOf<Tries>("tries");
const rounds = 40;
const tidySeconds = 7 * 86_400;

const triesKey = (scope: PlatformScope, what: string, who: string) =>
  keyIn(partition(scope, "tries", what, digest(who.toLowerCase())));

/** Counts one try of somebody at something, in the table so that every process counts the same; refused as `auth.locked` {minutes} when shut. */
export async function countTry(scope: PlatformScope, rule: LockRule, what: string, who: string): Promise<void> {
  const key = triesKey(scope, what, who);
  for (let round = 0; round < rounds; round += 1) {
    const before = await get(scope, triesKind, key);
    const minutes = minutesShut(before, scope.now);
    if (minutes !== undefined) throw new Refused("auth.locked", { minutes });
    const after = afterTry(rule, before, scope.now);
    const put = before ? replace(key, triesKind, after, before.rev) : insert(key, triesKind, after, "stale");
    const ttl = Math.ceil(Date.parse(scope.now) / 1000) + tidySeconds;
    const outcome = await commit(scope, [{ ...put, ttl }], { answer: null });
    if (outcome.done) return;
    await giveWay(scope, round);
  }
  throw new Refused("busy");
}

/** Takes a counted try back after a success, for records that many people share. */
export async function returnTry(scope: PlatformScope, what: string, who: string): Promise<void> {
  const key = triesKey(scope, what, who);
  for (let round = 0; round < rounds; round += 1) {
    const before = await get(scope, triesKind, key);
    if (!before || before.failed === 0) return;
    const after: Tries = { failed: before.failed - 1, since: before.since };
    const outcome = await commit(scope, [replace(key, triesKind, after, before.rev)], { answer: null });
    if (outcome.done) return;
    await giveWay(scope, round);
  }
}

/** Wipes the record after a success. */
export async function forgetTries(scope: PlatformScope, what: string, who: string): Promise<void> {
  await commit(scope, [{ do: "delete", key: triesKey(scope, what, who) }], { answer: null });
}
