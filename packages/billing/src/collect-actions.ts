import { dayOf } from "@yihao/kernel/days";
import { accept, type Outcome, Refused, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { insert, replace } from "@yihao/table/write";
import { firstOn } from "./collect.ts";
import { type Collection, type CollectSettings, isUnderWay } from "./collect-model.ts";
import { collectionOf, collectSettingsKey, collectSettingsKind, collectSettingsOf } from "./collect-store.ts";
import { changeWrites, collectOn } from "./collect-writes.ts";
import { usualMethod } from "./method-store.ts";
import type { BillingRefusal, InvoiceId } from "./model.ts";
import { openOf } from "./open.ts";
import { unsigned } from "./plan-month.ts";
import { allRows, headOf } from "./store.ts";
import { zoneOf } from "./zone.ts";

/** Sets the timer of a new bill's collection; whether there is a saved way to pay is asked when it rings. */
export async function armCollect(scope: Scope, invoice: string, dueOn: string): Promise<void> {
  const settings = await collectSettingsOf(scope);
  if (!settings.on) return;
  const write = collectOn(scope, invoice, firstOn(settings, dueOn), await zoneOf(scope));
  await commit(unsigned(scope), [write], { answer: null });
}

/** Sets the timers of every bill that is not due yet or being collected: the settings have changed. */
export async function armAll(scope: Scope): Promise<void> {
  const [settings, zone, rows] = await Promise.all([collectSettingsOf(scope), zoneOf(scope), allRows(scope, "due")]);
  const today = dayOf(scope.now, zone);
  const coming = rows.filter(({ dueOn, opening }) => !opening && (dueOn ?? "") >= today);
  for (let at = 0; at < coming.length && settings.on; at += 90)
    await commit(
      unsigned(scope),
      coming.slice(at, at + 90).map(({ id, dueOn = today }) => collectOn(scope, id, firstOn(settings, dueOn), zone)),
      { answer: null },
    );
}

/** Sets how the space collects, as it was read at `rev`; otherwise `stale`. */
export async function changeCollect(
  scope: Scope,
  settings: CollectSettings,
  rev: number,
): Promise<Outcome<Stored<CollectSettings>, "stale">> {
  const { rev: now, ...before } = await collectSettingsOf(scope);
  if (now !== rev) return refuse("stale", { current: now });
  const key = collectSettingsKey(scope);
  const write =
    rev === 0
      ? insert(key, collectSettingsKind, settings, "stale")
      : replace(key, collectSettingsKind, settings, rev, "stale");
  const changed = happened(scope, "collect-settings.changed", "billing-settings", { before, after: settings });
  const outcome = await commit(scope, [write, changed], { answer: { ...settings, rev: rev + 1 } });
  return outcome.done ? accept(outcome.answer) : refuse("stale", {});
}

/**
 * Tries a bill's collection that has stopped once more, at once, by the company's saved method of now. Refused as `missing`, `collection.not-stopped`, `collection.no-method` and `invoice.nothing-open`.
 */
export async function retryCollection(
  scope: Scope,
  id: InvoiceId,
): Promise<Outcome<Collection, BillingRefusal | "missing">> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const [head, stored] = await Promise.all([headOf(scope, id), collectionOf(scope, id)]);
    if (!head || !stored) return refuse("missing");
    if (stored.state !== "stopped" && !isUnderWay(stored)) return refuse("collection.not-stopped");
    if (openOf(head) <= 0) return refuse("invoice.nothing-open", { number: head.number ?? "" });
    if (!(await usualMethod(scope, head.company))) return refuse("collection.no-method");
    const { rev: _rev, why: _why, endedOn: _ended, ...before } = stored;
    if (before.state === "trying") return refuse("collection.not-stopped");
    const after: Collection = { ...before, state: "waiting", nextOn: dayOf(scope.now, await zoneOf(scope)) };
    const writes = [...changeWrites(scope, stored, after), dueAt(scope, scope.now, "billing.collect", id)];
    const outcome = await commit(scope, writes, { answer: after });
    if (outcome.done) return accept(outcome.answer);
  }
  throw new Refused("busy");
}
