import type { Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, queryAll } from "@yihao/table/read";
import { type DunningFile, type DunningSettings, defaultDunning } from "./dunning-model.ts";

/*
 * | item             | key                     | written by                                         | units | size   |
 * |------------------|-------------------------|----------------------------------------------------|-------|--------|
 * | dunning file     | `dunning`, `<company>`  | a level, a promise; gone once nothing is over      | 2     | 0.4 kB |
 * | dunning settings | `dunning-settings`, `-` | finance                                            | 2     | 0.2 kB |
 *
 * The page is one query of the files beside the one of the open bills. A step costs about 14 with its event, letter and timer.
 */
export const fileKind = kindOf<DunningFile>("dun");
export const dunningSettingsKind = kindOf<DunningSettings>("dunning-settings");

export const fileKey = (scope: Scope, company: string): Key => keyIn(partition(scope, "dunning"), company);
export const dunningSettingsKey = (scope: Scope): Key => keyIn(partition(scope, "dunning-settings"));

/** A company's dunning file. One consistent read unit. */
export const fileOf = (scope: Scope, company: string): Promise<Stored<DunningFile> | undefined> =>
  get(scope, fileKind, fileKey(scope, company));

/** Every company's dunning file. One query. */
export const filesOf = (scope: Scope): Promise<Stored<DunningFile>[]> =>
  queryAll(scope, fileKind, partition(scope, "dunning"), { consistent: true });

/** How the space duns; the defaults, off and at revision 0, before anybody set it. */
export async function dunningSettingsOf(scope: Scope): Promise<Stored<DunningSettings>> {
  return (await get(scope, dunningSettingsKind, dunningSettingsKey(scope))) ?? { ...defaultDunning, rev: 0 };
}
