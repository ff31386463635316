import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import type { Stored } from "@yihao/table/kind";
import { insert, replace } from "@yihao/table/write";
import type { DoorSettings } from "./display-model.ts";
import { doorSettingsKey, doorSettingsKind, doorSettingsOf } from "./display-store.ts";
import { shortenWrites } from "./visitor-erase.ts";

/** Changes what the space decided about its doors, as it was read at `rev` (0 while nothing was decided). Days that get fewer hold for visits that were too. */
export async function changeDoorSettings(
  scope: Scope,
  settings: DoorSettings,
  rev: number,
): Promise<Outcome<Stored<DoorSettings>, "stale">> {
  const before = await doorSettingsOf(scope, { consistent: true });
  if (before.rev !== rev) return refuse("stale", { current: before.rev });
  const key = doorSettingsKey(scope);
  const write =
    rev === 0 ? insert(key, doorSettingsKind, settings, "stale") : replace(key, doorSettingsKind, settings, rev);
  const done = await commit(scope, [write, ...shortenWrites(scope, before.visitorDays, settings.visitorDays)], {
    answer: { ...settings, rev: rev + 1 },
  });
  return done.done ? accept(done.answer) : refuse("stale", { current: Number(done.lost.stale?.rev ?? 0) });
}
