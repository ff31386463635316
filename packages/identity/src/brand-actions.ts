import type { SpaceId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { PlatformScope, Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import { insert, replace } from "@yihao/table/write";
import { type Brand, type BrandChange, decideBrand } from "./brand.ts";
import { tell, within } from "./store.ts";

/*
 * | item  | key                       | commands that write it   |
 * | brand | <space>#space / brand     | change (2 a kB, to 30)   |
 */
const brandKind = kindOf<Brand>("brand");
const brandKey = (scope: Scope) => keyIn(partition(scope, "space"), "brand");

/** How a space looks to those outside its staff, with its revision, 0 until somebody set it. */
export async function brandOf(scope: Scope): Promise<Stored<Brand>> {
  return (await get(scope, brandKind, brandKey(scope), { consistent: false })) ?? { rev: 0 };
}

/** The same for whoever has an address of the space: nothing for a space that set nothing, and for one that does not exist. */
export async function publicBrand(platform: PlatformScope, space: SpaceId): Promise<Brand> {
  const { rev: _, ...brand } = await brandOf(within(platform, space));
  return brand;
}

/** Changes the brand of the scope's space as it was read at `rev`. Refused: `stale` {current}, `brand.pale`, `brand.picture`. */
export async function changeBrand(
  scope: Scope,
  change: BrandChange,
  rev: number,
): Promise<Outcome<Stored<Brand>, "stale" | "brand.pale" | "brand.picture">> {
  const decided = decideBrand(change);
  if (!decided.ok) return decided;
  const brand = decided.value;
  const key = brandKey(scope);
  const write = rev === 0 ? insert(key, brandKind, brand, "stale") : replace(key, brandKind, brand, rev);
  const told = { colour: brand.colour ?? null, logo: brand.logo !== undefined };
  const done = await commit(scope, [write, tell(scope, "brand.changed", scope.space, told)], {
    answer: { ...brand, rev: rev + 1 },
  });
  return done.done ? accept(done.answer) : refuse("stale", { current: Number(done.lost.stale?.rev ?? 0) });
}
