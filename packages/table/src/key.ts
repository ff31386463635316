import { Refused } from "@yihao/kernel/outcome";
import type { AnyScope } from "@yihao/kernel/scope";

declare const made: unique symbol;
/** A partition key, which only `partition` can make, from a scope: another space's item cannot be named. */
export type Partition = string & { readonly [made]: true };
export type Key = { readonly pk: Partition; readonly sk: string };

function joined(parts: readonly string[]): string {
  for (const part of parts) {
    const bad = part.length === 0 || part.length > 200 || [...part].some((char) => char === "#" || char < " ");
    if (bad) throw new Refused("missing");
  }
  return parts.join("#");
}

/**
 * The partition `<space>#<part>#<part>…`. The `#` after the space id makes `spc_ab` no prefix of `spc_abc`. Parts may
 * come from outside: one that holds `#` or a control character, or is empty or over 200 characters, names nothing.
 */
export function partition(scope: AnyScope, ...parts: [string, ...string[]]): Partition {
  return `${scope.space}#${joined(parts)}` as Partition;
}

/** The key of one item: a partition and its sort key, parts joined by `#`. Without parts, the partition's only item. */
export function keyIn(pk: Partition, ...parts: string[]): Key {
  return { pk, sk: parts.length === 0 ? "-" : joined(parts) };
}
