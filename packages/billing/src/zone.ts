import { getSpace } from "@yihao/identity/store";
import type { Scope } from "@yihao/kernel/scope";

/** The space's zone, in which its months and days are told. */
export async function zoneOf(scope: Scope): Promise<string> {
  return (await getSpace(scope))?.zone ?? "Asia/Shanghai";
}
