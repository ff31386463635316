/**
 * Pallets (托盘). Which cartons stand on one is in the pallet and, for each carton, in its order: both change in one commit, each under its revision, so that a carton stands on one pallet alone.
 *
 * | item              | key                                     | written by                      | W |
 * |-------------------|-----------------------------------------|---------------------------------|---|
 * | pallet            | `plt#<id>` / -                          | begin, load, close, ship        | 2 a kB |
 * | its list entries  | `plts#<company>`, `plts#all` / `<at>#<id>` | begin                        | 4 |
 * | open pallet       | `plts#open` / `<at>#<id>`               | begin; leaves when shipped or dissolved | 2 |
 * | what a code names | `box` / `<SSCC or own number>`          | a carton packed, a pallet begun | 2 |
 *
 * A carton put on or taken off: pallet 2 a kB, order 2 a kB, receipt 2.
 */
import type { Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, getMany } from "@yihao/table/read";
import { insert, type Write } from "@yihao/table/write";
import type { OrderId } from "./model.ts";
import type { Pallet, PalletId } from "./pallet-model.ts";

export const palletKind = kindOf<Pallet>("plt");
export const palletKey = (scope: Scope, id: string): Key => keyIn(partition(scope, "plt", id));
export const palletList = (scope: Scope, of: string) => partition(scope, "plts", of);

/** A carton or pallet that a label's code stands for. */
export type Box = { readonly order: OrderId; readonly number: number } | { readonly pallet: PalletId };
const boxKind = kindOf<Box>("box");
const boxKey = (scope: Scope, code: string): Key => keyIn(partition(scope, "box"), code);

/** The write that says what a label's code stands for, so that a scan finds it. */
export const nameBox = (scope: Scope, code: string, box: Box): Write =>
  insert(boxKey(scope, code), boxKind, box, "box");
/** A carton that was opened again is not there any more; its code is given to no other. */
export const forgetBox = (scope: Scope, code: string): Write => ({ do: "delete", key: boxKey(scope, code) });
export const boxOf = (scope: Scope, code: string): Promise<Stored<Box> | undefined> =>
  get(scope, boxKind, boxKey(scope, code));

/** A pallet, strongly consistent. */
export function palletOf(scope: Scope, id: string): Promise<Stored<Pallet> | undefined> {
  return get(scope, palletKind, palletKey(scope, id));
}

/** Pallets by their ids, those that are there. */
export async function palletsOf(scope: Scope, ids: readonly string[]): Promise<Stored<Pallet>[]> {
  const keys = [...new Set(ids)].map((id) => palletKey(scope, id));
  const found = await getMany(scope, palletKind, keys, { consistent: true });
  return found.filter((one) => one !== undefined);
}
