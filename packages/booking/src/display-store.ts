/**
 * | item             | key                            | written by                 | units | size   |
 * |------------------|--------------------------------|----------------------------|-------|--------|
 * | display          | `disp`, `<display>`            | make, revoke; once an hour when it asks | 2 (1) | 0.2 kB |
 * | its address      | `platform#door#<digest>`, `-`  | the same commits           | 2     | 0.2 kB |
 * | settings of doors | `doorset`, `-`                | change                     | 2     | 0.1 kB |
 *
 * A display asks with 1 unit for its address, 1 for the space, and half a unit each for resource, settings and rows of its three days.
 */
import type { Scope } from "@yihao/kernel/scope";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, queryAll } from "@yihao/table/read";
import { type Display, type DoorSettings, usualDoorSettings } from "./display-model.ts";

export type StoredDisplay = Display & { readonly hash: string };
export const displayKind = kindOf<StoredDisplay>("disp");
export const doorSettingsKind = kindOf<DoorSettings>("doorset");

export const displayKey = (scope: Scope, id: string) => keyIn(partition(scope, "disp"), id);
export const doorSettingsKey = (scope: Scope) => keyIn(partition(scope, "doorset"));

/** A display by id. */
export const displayOf = (scope: Scope, id: string) => get(scope, displayKind, displayKey(scope, id));
/** Every display of the space. There are few. */
export const displaysOf = (scope: Scope): Promise<Stored<StoredDisplay>[]> =>
  queryAll(scope, displayKind, partition(scope, "disp"), { consistent: true });

/** What the space decided about its doors; the usual at revision 0 until it did. */
export async function doorSettingsOf(
  scope: Scope,
  options: { consistent?: boolean } = {},
): Promise<Stored<DoorSettings>> {
  return (await get(scope, doorSettingsKind, doorSettingsKey(scope), options)) ?? { ...usualDoorSettings, rev: 0 };
}
