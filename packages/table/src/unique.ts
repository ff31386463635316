import type { AnyScope } from "@yihao/kernel/scope";
import { digest } from "./command.ts";
import { keyIn, partition } from "./key.ts";
import { kindOf } from "./kind.ts";
import { get } from "./read.ts";
import { insert, type Write } from "./write.ts";

type Claim = { readonly of: string; readonly value: string; readonly owner: string };
const claimKind = kindOf<Claim>("uniq");

const claimKey = (scope: AnyScope, of: string, value: string) =>
  keyIn(partition(scope, "uniq", of, digest(value.normalize("NFKC").toLowerCase())));

/** Claims a value for an owner, e.g. a product code; lost under the tag `unique <of>` when another has it. Case and width do not count. */
export function claim(scope: AnyScope, of: string, value: string, owner: string): Write {
  return insert(claimKey(scope, of, value), claimKind, { of, value, owner }, `unique ${of}`);
}

/** Gives a value free again, if this owner has it. */
export function unclaim(scope: AnyScope, of: string, value: string, owner: string): Write {
  return { do: "delete", key: claimKey(scope, of, value), when: [["owner", "=", owner]], tag: `unique ${of}` };
}

/** Hands a value over from one owner to another, if the first has it. */
export function reclaim(scope: AnyScope, of: string, value: string, from: string, to: string): Write {
  const key = claimKey(scope, of, value);
  return { do: "update", key, set: { owner: to }, when: [["owner", "=", from]], tag: `unique ${of}` };
}

/** Who has a value, by an exact look-up of one read unit. */
export async function ownerOf(scope: AnyScope, of: string, value: string): Promise<string | undefined> {
  return (await get(scope, claimKind, claimKey(scope, of, value)))?.owner;
}
