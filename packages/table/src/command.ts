import { createHash } from "node:crypto";
import { base32, type Id } from "@yihao/kernel/ids";
import type { AnyScope } from "@yihao/kernel/scope";

/** The hash of some texts as 20 letters of base32 (100 bits). */
export function digest(...texts: string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return base32(hash.digest(), 20);
}

/**
 * An id made from the command, its place in it and the space: a replay of the command meets the very item it made the
 * first time. `seed` tells apart several ids of one command.
 */
export function idFor<P extends string>(scope: AnyScope, prefix: P, seed = ""): Id<P> {
  return `${prefix}_${digest(scope.space, scope.command.id, prefix, seed).slice(0, 16)}`;
}

/** The same command at one of its steps, for work of several commits: each step has its own receipt and ids. */
export function stepOf<S extends AnyScope>(scope: S, step: string): S {
  return { ...scope, command: { ...scope.command, id: `${scope.command.id} ${step}` } };
}
