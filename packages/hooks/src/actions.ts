import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { actorName, type Scope } from "@yihao/kernel/scope";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import type { Stored } from "@yihao/table/kind";
import type { Write } from "@yihao/table/write";
import { insert, replace } from "@yihao/table/write";
import {
  type Hook,
  type HookId,
  type HookRefusal,
  type HookView,
  hookKinds,
  hooksMost,
  type NewHook,
  type ShownHook,
} from "./model.ts";
import { newSecret } from "./signature.ts";
import {
  allHooks,
  countWrite,
  getHook,
  getSecrets,
  hookKey,
  hookKind,
  type Secrets,
  secretsKey,
  secretsKind,
  tell,
} from "./store.ts";
import { readTarget } from "./target.ts";

const hourMs = 3_600_000;
type Refusal = "missing" | "stale" | "conflict" | HookRefusal;

/** The endpoints of the space, the oldest first. */
export async function listHooks(scope: Scope): Promise<HookView[]> {
  return (await allHooks(scope)).toSorted((a, b) => a.createdAt.localeCompare(b.createdAt));
}

/** Makes an endpoint (接收地址). Its secret is in this answer alone. With `local` it may be on this machine, for trying. Refused: `hook.url` {why}, `hook.too-many` {most}. */
export async function makeHook(
  scope: Scope,
  byName: string,
  wish: NewHook,
  local: boolean,
): Promise<Outcome<ShownHook, Refusal>> {
  const target = readTarget(wish.url, local);
  if (!target.ok) return target;
  const id = idFor(scope, "whk");
  const { name } = wish;
  const kinds = hookKinds.filter((kind) => wish.kinds.includes(kind));
  const url = target.value.url.href;
  const hook: Hook = {
    ...{ id, name, url, kinds, state: "active", cause: null, pausedAt: null },
    ...{ by: actorName(scope), byName, createdAt: scope.now },
    ...{ rotatedAt: null, formerUntil: null, failingSince: null },
  };
  const secrets: Secrets = { current: newSecret(), former: null, formerUntil: null };
  const outcome = await commit(
    scope,
    [
      insert(hookKey(scope, id), hookKind, hook, "hook"),
      insert(secretsKey(scope, id), secretsKind, secrets),
      countWrite(scope, 1),
      tell(scope, "hook.made", { hook: id, name, host: target.value.url.host, kinds }),
    ],
    { answer: { ...hook, rev: 1 } },
  );
  if (!outcome.done) return "most" in outcome.lost ? refuse("hook.too-many", { most: hooksMost }) : refuse("conflict");
  return accept({ hook: outcome.answer, secret: outcome.replayed ? null : secrets.current });
}

/** An update of an endpoint as it was read; the health that the sender notes meanwhile stays. */
async function change(
  scope: Scope,
  before: Stored<Hook>,
  set: Partial<Hook>,
  more: readonly Write[],
): Promise<Outcome<HookView, Refusal>> {
  const { rev } = before;
  const outcome = await commit(
    scope,
    [
      { do: "update", key: hookKey(scope, before.id), set, add: { rev: 1 }, when: [["rev", "=", rev]], tag: "stale" },
      ...more,
    ],
    { answer: { ...before, ...set, rev: rev + 1 } },
  );
  if (outcome.done) return accept(outcome.answer);
  return outcome.lost.stale ? refuse("stale", { current: Number(outcome.lost.stale.rev) }) : refuse("missing");
}

/** Changes name, URL or kinds of an endpoint as it was read at `rev`. */
export async function changeHook(
  scope: Scope,
  id: HookId,
  wish: NewHook,
  rev: number,
  local: boolean,
): Promise<Outcome<HookView, Refusal>> {
  const target = readTarget(wish.url, local);
  if (!target.ok) return target;
  const before = await getHook(scope, id);
  if (!before) return refuse("missing");
  if (before.rev !== rev) return refuse("stale", { current: before.rev });
  const { name } = wish;
  const kinds = hookKinds.filter((kind) => wish.kinds.includes(kind));
  const url = target.value.url.href;
  // What another address did is no news of this one.
  const health = url === before.url ? {} : { failingSince: null };
  return change(scope, before, { name, url, kinds, ...health }, [
    tell(scope, "hook.changed", { hook: id, name, host: target.value.url.host, kinds }),
  ]);
}

/** Gives an endpoint a new secret; for some hours the former one signs beside it, so that the receiver may change over. */
export async function rotateHook(scope: Scope, id: HookId, overlapHours: number): Promise<Outcome<ShownHook, Refusal>> {
  const [before, secrets] = await Promise.all([getHook(scope, id), getSecrets(scope, id)]);
  if (!before || !secrets) return refuse("missing");
  const formerUntil = overlapHours === 0 ? null : new Date(Date.parse(scope.now) + overlapHours * hourMs).toISOString();
  const { rev, current: former } = secrets;
  const after: Secrets = { current: newSecret(), former: formerUntil && former, formerUntil };
  const set = { rotatedAt: scope.now, formerUntil };
  const outcome = await commit(
    scope,
    [
      replace(secretsKey(scope, id), secretsKind, after, rev, "secrets"),
      { do: "update", key: hookKey(scope, id), set, add: { rev: 1 }, when: [["rev", "=", before.rev]], tag: "stale" },
      tell(scope, "hook.rotated", { hook: id, name: before.name, formerUntil }),
    ],
    { answer: { ...before, ...set, rev: before.rev + 1 } },
  );
  if (!outcome.done) return refuse("stale", { current: Number(outcome.lost.stale?.rev ?? before.rev) });
  return accept({ hook: outcome.answer, secret: outcome.replayed ? null : after.current });
}

/** Pauses an endpoint: what happens meanwhile is not sent, and what waits for a retry ends as stopped. */
export async function pauseHook(scope: Scope, id: HookId): Promise<Outcome<HookView, Refusal>> {
  const before = await getHook(scope, id);
  if (!before) return refuse("missing");
  if (before.state === "paused") return refuse("hook.paused");
  const set = { state: "paused", cause: "person", pausedAt: scope.now } as const;
  return change(scope, before, set, [tell(scope, "hook.paused", { hook: id, name: before.name, cause: "person" })]);
}

/** Lets a paused endpoint hear again of what happens from now on. */
export async function resumeHook(scope: Scope, id: HookId): Promise<Outcome<HookView, Refusal>> {
  const before = await getHook(scope, id);
  if (!before) return refuse("missing");
  if (before.state === "active") return refuse("hook.active");
  const set = { state: "active", cause: null, pausedAt: null, failingSince: null } as const;
  return change(scope, before, set, [tell(scope, "hook.resumed", { hook: id, name: before.name })]);
}

/** Deletes an endpoint with its secrets. What waits for a retry is not sent any more. */
export async function deleteHook(scope: Scope, id: HookId): Promise<Outcome<{ id: HookId }, Refusal>> {
  const before = await getHook(scope, id);
  if (!before) return refuse("missing");
  const outcome = await commit(
    scope,
    [
      { do: "delete", key: hookKey(scope, id), when: [["rev", "=", before.rev]], tag: "stale" },
      { do: "delete", key: secretsKey(scope, id) },
      countWrite(scope, -1),
      tell(scope, "hook.deleted", { hook: id, name: before.name }),
    ],
    { answer: { id } },
  );
  return outcome.done ? accept(outcome.answer) : refuse("stale", { current: Number(outcome.lost.stale?.rev ?? 0) });
}
