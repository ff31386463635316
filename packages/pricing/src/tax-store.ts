/**
 * Items of tax (税务设置).
 *
 * | item         | key                 | written by                     | units | size     |
 * |--------------|---------------------|--------------------------------|-------|----------|
 * | tax settings | `tax-settings`, `-` | an approval of two people      | 2–12  | 0.2–6 kB |
 */
import type { Scope } from "@yihao/kernel/scope";
import { happened } from "@yihao/table/event";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import { insert, replace, type Write } from "@yihao/table/write";
import { noTaxSettings, type TaxSettings } from "./tax-model.ts";

export const taxSettingsKind = kindOf<TaxSettings>("tax-settings");
const taxSettingsKey = (scope: Scope) => keyIn(partition(scope, "tax-settings"));

/** How the space is taxed; nothing said, at revision 0, before anybody set it. One read unit for each 4 kB. */
export async function taxSettingsOf(scope: Scope): Promise<Stored<TaxSettings>> {
  return (await get(scope, taxSettingsKind, taxSettingsKey(scope))) ?? { ...noTaxSettings, rev: 0 };
}

/** The writes that set how the space is taxed in place of what was read; lost as `tax-settings` when somebody set it since. */
export function taxSettingsWrites(scope: Scope, before: Stored<TaxSettings>, after: TaxSettings): Write[] {
  const { rev, ...was } = before;
  const key = taxSettingsKey(scope);
  const write =
    rev === 0
      ? insert(key, taxSettingsKind, after, "tax-settings")
      : replace(key, taxSettingsKind, after, rev, "tax-settings");
  return [write, happened(scope, "tax-settings.changed", "billing-settings", { before: was, after })];
}
