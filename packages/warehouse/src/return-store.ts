/**
 * Returns (退货). A return's units of an order are counted on the order's lines as `returning`, in the commit that announces it.
 *
 * | item            | key                                       | written by                        | W |
 * |-----------------|-------------------------------------------|-----------------------------------|---|
 * | return          | `ret#<id>` / -                            | announce, receive, decide, end    | 2 a kB |
 * | its list entries| `rets#<company>`, `rets#<wh>` / `<at>#<id>` | announce                        | 4 |
 *
 * Received: two transfers 4, two balances 4, return 2, receipt 2 = 12; decided the same, and 2 for what ends it.
 */
import type { Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import type { Return } from "./return-model.ts";

export const returnKind = kindOf<Return>("ret");
export const returnKey = (scope: Scope, id: string): Key => keyIn(partition(scope, "ret", id));
export const returnList = (scope: Scope, of: string) => partition(scope, "rets", of);

/** A return, strongly consistent. */
export function returnOf(scope: Scope, id: string): Promise<Stored<Return> | undefined> {
  return get(scope, returnKind, returnKey(scope, id));
}
