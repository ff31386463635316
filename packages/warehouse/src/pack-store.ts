/**
 * Packing (打包). Cartons stand in their order.
 *
 * | item            | key                                   | written by                       | W |
 * |-----------------|---------------------------------------|----------------------------------|---|
 * | settings        | `whset` / -                           | edit                             | 2 |
 * | serial counter  | `sscc` / `<extension><GS1 prefix>`    | each carton that gets an SSCC    | 2 |
 *
 * A carton packed: order 2 a kB, event 2, counter 2, its code 2, receipt 2. A counter outlives a change of the prefix, so that no number is given twice.
 */
import type { Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import type { Update } from "@yihao/table/write";

/** How cartons of the space are numbered, without a prefix they are not; and whether orders that wait for goods are reserved again by themselves, which they are unless it is switched off. */
export type GoodsSettings = { gs1Prefix?: string; extension: number; reserveAgain?: boolean };
export const goodsSettingsKind = kindOf<GoodsSettings>("whset");
export const serialKind = kindOf<{ next: number }>("ssccn");
export const goodsSettingsKey = (scope: Scope): Key => keyIn(partition(scope, "whset"));
export const serialKey = (scope: Scope, extension: number, prefix: string): Key =>
  keyIn(partition(scope, "sscc"), `${extension}${prefix}`);

/** The space's settings of goods; undefined until somebody set them. */
export function goodsSettingsOf(scope: Scope): Promise<Stored<GoodsSettings> | undefined> {
  return get(scope, goodsSettingsKind, goodsSettingsKey(scope));
}

/** The serial reference that the next carton under a prefix gets. */
export async function nextSerial(scope: Scope, extension: number, prefix: string): Promise<number> {
  return (await get(scope, serialKind, serialKey(scope, extension, prefix)))?.next ?? 0;
}

/** Takes a serial reference, if it still is the next one; otherwise lost under `serial`. */
export function takeSerial(scope: Scope, extension: number, prefix: string, serial: number, next: number): Update {
  const when = serial === 0 ? (["next", "absent-or", "=", 0] as const) : (["next", "=", serial] as const);
  return {
    ...{ do: "update", key: serialKey(scope, extension, prefix), kind: serialKind, set: { next } },
    ...{ when: [when], tag: "serial" },
  };
}
