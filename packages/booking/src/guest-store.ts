/**
 * | item                      | key                          | written by                | units | size   |
 * |---------------------------|------------------------------|---------------------------|-------|--------|
 * | code of an e-mail (验证码) | `gcode#<digest>`, `-`         | asking for one; expires   | 2     | 0.1 kB |
 * | address of a guest's booking | `platform#door#<digest>`, `-` | booking, each letter    | 2     | 0.2 kB |
 *
 * A guest's booking is a booking with `guest`; its guest a record of members. Booking costs what any does and 4 for the guest's first time, 2 for its address, and 2 for the timer of its hold.
 */
import type { Scope } from "@yihao/kernel/scope";
import { plusMinutes } from "@yihao/kernel/span";
import { digest } from "@yihao/table/command";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import type { Write } from "@yihao/table/write";

type KeptCode = { readonly hash: string; readonly until: string };
const codeKind = kindOf<KeptCode>("gcode");
/** For how long a code is good: a guest who lost a slot takes another with the same. */
export const codeMinutes = 15;

/** Its item goes some days later: until then it says by itself that it is over. */
const tidySeconds = 7 * 86_400;

const codeKey = (scope: Scope, email: string) => keyIn(partition(scope, "gcode", digest(email.toLowerCase())));
const hashOf = (scope: Scope, email: string, code: string) =>
  digest("guest code", scope.space, email.toLowerCase(), code);

/** The write that keeps the hash of an e-mail's newest code; the former is good no more. */
export function codeWrite(scope: Scope, email: string, code: string): Write {
  const until = plusMinutes(scope.now, codeMinutes);
  const data = { hash: hashOf(scope, email, code), until };
  const ttl = Math.ceil(Date.parse(until) / 1000) + tidySeconds;
  return { do: "put", key: codeKey(scope, email), kind: codeKind, data, rev: 1, ttl };
}

/** Whether a code is the one that was sent to an e-mail and still good. */
export async function isCode(scope: Scope, email: string, code: string): Promise<boolean> {
  const kept = await get(scope, codeKind, codeKey(scope, email));
  return kept !== undefined && kept.until > scope.now && kept.hash === hashOf(scope, email, code);
}
