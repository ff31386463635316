import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { insert, replace } from "@yihao/table/write";
import type { BillingSettings } from "./model.ts";
import { settingsKey, settingsKind, settingsOf } from "./store.ts";

const bankOf = ({ bankHolder, bankName, bankAccount }: BillingSettings) =>
  [bankHolder, bankName, bankAccount].join("\n");

/**
 * Sets how the space bills and where transfers go to; refused as `stale` when somebody changed it since `rev`, and as `settings.four-eyes` when it would change an account for
 * transfers that stands: that takes two people (`approvals.ts`). The first account is set by one.
 */
export async function changeSettings(
  scope: Scope,
  settings: BillingSettings,
  rev: number,
): Promise<Outcome<Stored<BillingSettings>, "stale" | "settings.four-eyes">> {
  const { rev: now, ...before } = await settingsOf(scope);
  if (now !== rev) return refuse("stale", { current: now });
  if (before.bankAccount !== "" && bankOf(before) !== bankOf(settings)) return refuse("settings.four-eyes");
  const key = settingsKey(scope);
  const write =
    rev === 0 ? insert(key, settingsKind, settings, "stale") : replace(key, settingsKind, settings, rev, "stale");
  const changed = happened(scope, "billing-settings.changed", "billing-settings", { before, after: settings });
  const answer = { ...settings, rev: rev + 1 };
  const outcome = await commit(scope, [write, changed], { answer });
  return outcome.done ? accept(outcome.answer) : refuse("stale", {});
}
