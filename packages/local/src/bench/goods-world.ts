import type { Zone } from "@yihao/kernel/days";
import type { CompanyId, SpaceId } from "@yihao/kernel/ids";
import { asSystem, type Scope } from "@yihao/kernel/scope";
import { filledId, stockWrites } from "@yihao/testing/fill-stock";
import type { WarehouseId } from "@yihao/warehouse/model";
import { verifyItems } from "../verify.ts";
import { layDown, takeUp } from "./lay-down.ts";
import { openWorld, platformScope, type World } from "./world.ts";

type Made = { readonly id: string };

/** A running product with a warehouse of bins and an owner whose products lie in them. */
export type GoodsWorld = World & {
  readonly company: CompanyId;
  readonly warehouse: WarehouseId;
  readonly bins: readonly string[];
  readonly scope: () => Scope;
  /** Lays products down until there are so many, so many units of each. */
  readonly fill: (count: number, units: number) => Promise<void>;
  readonly product: (at: number) => string;
  readonly bin: (at: number) => string;
  /** How many products were laid down. */
  readonly rows: () => number;
};

/** Bins that are worked in. */
const workedBins = 1_000;
const two = (n: number) => String(n).padStart(2, "0");

/** Opens a world with a warehouse of racks × 10 × 5 bins without a limit. */
export async function openGoods(
  racks = 20,
): Promise<{ world: World; goods: Omit<GoodsWorld, keyof World> & Pick<GoodsWorld, "product"> }> {
  const world = await openWorld();
  const { operator, base } = world;
  const company = (await operator.command<Made>(`${base}/companies`, { name: "长单科技", kind: "company" }))
    .id as CompanyId;
  const place = { name: "壹号云仓", zone: "Asia/Shanghai" };
  const warehouse = (await operator.command<Made>(`${base}/warehouses`, place)).id as WarehouseId;
  const zone = { code: "A", name: "快拣", kind: "pick" };
  const pattern = { zone, racks: { from: 1, to: racks }, columns: 10, levels: 5 };
  await operator.command(`${base}/warehouses/${warehouse}/bins`, pattern);
  const all = Array.from({ length: racks * 50 }, (_, at) =>
    [Math.floor(at / 50) + 1, (Math.floor(at / 5) % 10) + 1, (at % 5) + 1].map(two).join("-"),
  );
  // The first products lie each in a bin of its own, which is worked in; what comes beside them to fill the table lies elsewhere.
  const [bins, far] = [all.slice(0, workedBins), all.slice(workedBins)];
  const scope = () => asSystem(platformScope(world.table), world.space as SpaceId, "bench");
  let laid = 0;
  const fill = async (count: number, units: number) => {
    const zone = place.zone as Zone;
    await world.product.drained();
    const edge = far.length === 0 ? count : Math.min(count, Math.max(laid, workedBins));
    for (const [first, until, where] of [
      [laid, edge, bins],
      [edge, count, far],
    ] as const) {
      const part = { company, warehouse, bins: where, first, count: until - first, units, zone };
      if (part.count > 0) await world.between((file) => layDown(file, stockWrites(scope(), part)));
    }
    laid = Math.max(laid, count);
  };
  const goods = {
    ...{ company, warehouse, bins, scope, fill },
    product: (at: number) => filledId(scope(), company, at),
    bin: (at: number) => bins[at % bins.length] ?? "",
    rows: () => laid,
  };
  return { world, goods: goods as never };
}

/** How many invariants do not hold over the whole table, once everything was heard. */
export async function violationsOf(world: World): Promise<number> {
  await world.product.drained();
  const { violations, behind } = verifyItems(await world.between(takeUp));
  if (violations.length + behind.length > 0) console.error(JSON.stringify([...violations, ...behind].slice(0, 5)));
  return violations.length + behind.length;
}
