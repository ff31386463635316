import { mailing } from "@yihao/identity/mail";
import { getSpace, listMembers } from "@yihao/identity/store";
import type { Scope } from "@yihao/kernel/scope";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { type DueHandler, onDue } from "@yihao/table/due";
import type { Stored } from "@yihao/table/kind";
import { onEvent, type Reaction } from "@yihao/table/stream";
import type { Write } from "@yihao/table/write";
import { pausedLetter } from "./letters.ts";
import { type Hook, type HookKind, hookKinds } from "./model.ts";
import { bodyOf } from "./payload.ts";
import { hasNext, isDead, isOld } from "./retry.ts";
import {
  againWrites,
  allHooks,
  deliveryWrites,
  endWrite,
  getDelivery,
  getHook,
  hookKey,
  type Look,
  lookTimer,
  tell,
} from "./store.ts";

/** What this room does when it hears of facts: each endpoint that wants the kind gets a delivery, whose first attempt the sender hears of. */
export const hooksReactions: Reaction[] = [
  onEvent("hooks.deliver", hookKinds, async (scope, event) => {
    if (isOld(event.at, scope.now)) return;
    const hooks = await allHooks(scope, false);
    const hearing = hooks.filter(
      ({ state, kinds, createdAt }) =>
        state === "active" && createdAt <= event.at && kinds.includes(event.type as HookKind),
    );
    const body = hearing.length > 0 ? bodyOf(scope.space, event) : undefined;
    if (body === undefined) return;
    for (const hook of hearing) {
      const sending = { event: event.id, type: event.type, body, once: false, of: event.at };
      const { writes } = deliveryWrites(scope, hook.id, sending);
      // The delivery itself proves that it was made: the second time loses to it.
      await commit(stepOf(scope, hook.id), writes, { answer: null, witness: { tag: "delivery", revive: () => null } });
    }
  }),
];

/** Pauses an endpoint that is not worth another try and writes to the space's owners. */
async function pauseDead(scope: Scope, hook: Stored<Hook>, cause: "failures" | "gone", more: readonly Write[]) {
  const [space, people] = await Promise.all([getSpace(scope), listMembers(scope, { limit: 200 })]);
  const link = `/s/${scope.space}/settings/hooks?hook=${hook.id}`;
  const letters = people.items
    .filter(({ roles }) => roles.includes("owner"))
    .slice(0, 20)
    .map(({ email }) =>
      mailing(
        scope,
        pausedLetter({ to: email, space: space?.name ?? "", hook, cause, link }, space?.language ?? "zh-CN"),
      ),
    );
  await commit(
    scope,
    [
      {
        do: "update",
        key: hookKey(scope, hook.id),
        set: { state: "paused", cause, pausedAt: scope.now },
        add: { rev: 1 },
        when: [["rev", "=", hook.rev]],
      },
      tell(scope, "hook.paused", { hook: hook.id, name: hook.name, cause }),
      ...more,
      ...letters,
    ],
    { answer: null },
  );
}

/** Timers of this room: after each attempt one looks how it went, and sends again, gives up or pauses. An attempt whose result nobody wrote down counts as failed. */
export const hooksTimers: DueHandler[] = [
  onDue<Look>(lookTimer, async (scope, _subject, { hook: id, delivery: of, attempt }) => {
    const [hook, delivery] = await Promise.all([getHook(scope, id), getDelivery(scope, id, of)]);
    if (delivery?.state !== "waiting" || delivery.attempts !== attempt) return;
    const end = async (state: "failed" | "stopped") =>
      void (await commit(scope, [endWrite(scope, id, delivery, state)], { answer: null }));
    if (!hook) return end("stopped");
    if (delivery.once) return end("failed");
    if (hook.state === "paused") return end("stopped");
    const last = [endWrite(scope, id, delivery, "failed")];
    if (delivery.lastStatus === 410) return pauseDead(scope, hook, "gone", last);
    if (!hasNext(delivery.rung))
      return isDead(hook.failingSince, scope.now) ? pauseDead(scope, hook, "failures", last) : end("failed");
    await commit(scope, againWrites(scope, id, delivery, delivery.rung + 1), { answer: null });
  }),
];
