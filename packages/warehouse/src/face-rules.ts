import type { Day } from "@yihao/kernel/days";
import { fitOf } from "./bin-load.ts";
import type { FaceView, Replenishment } from "./face-model.ts";
import { pickBefore } from "./lot.ts";
import type { BinView, Content } from "./model.ts";
import type { Product } from "./product-model.ts";

type Shelf = Pick<BinView, "code" | "kind" | "sequence" | "capacity" | "used" | "lock"> &
  Partial<Pick<BinView, "loadGrams" | "size" | "usedGrams" | "usedMm3">>;
type Facts = (product: string) => Pick<Product, "weightGrams" | "size"> | undefined;

/**
 * What is to be brought to pick faces (补货): a face where `min` or less lies is filled up to `max`, as far as it has room, from reserve bins first, what expires first, else what came first; faces are never
 * robbed for each other, locked and quarantine bins stay shut, goods past their day stay where they are, and bins that somebody counts (their contents are hidden) are left alone. Goods that two faces
 * want are given out once, to the emptier first.
 */
export function replenish(
  faces: readonly FaceView[],
  bins: readonly Shelf[],
  contents: readonly Content[],
  today: Day,
  facts: Facts = () => undefined,
): Replenishment[] {
  const shelves = new Map(bins.map((bin) => [bin.code, bin]));
  const own = new Set(faces.map((face) => face.bin));
  const lying = contents.flatMap((one) =>
    one.place === "bin" && one.bin !== undefined && one.units > 0 ? [{ ...one, bin: one.bin }] : [],
  );
  const counted = new Set(contents.flatMap((one) => (one.hidden ? [one.bin] : [])));
  const there = (face: FaceView) =>
    lying.reduce((sum, one) => (one.bin === face.bin && one.product === face.product ? sum + one.units : sum), 0);
  const left = lying
    .flatMap((one) => {
      const shelf = shelves.get(one.bin);
      const shut = !shelf || shelf.lock !== undefined || shelf.kind === "quarantine" || own.has(one.bin);
      const past = one.expiry !== undefined && one.expiry < today;
      return shut || past ? [] : [{ ...one, sequence: shelf.sequence, reserve: shelf.kind === "reserve" }];
    })
    .sort((a, b) => Number(b.reserve) - Number(a.reserve) || pickBefore(a, b));
  const low = faces
    .map((face) => ({ face, units: there(face) }))
    .filter(({ face, units }) => units <= face.min && !counted.has(face.bin))
    .filter(({ face }) => shelves.get(face.bin)?.lock === undefined)
    .sort((a, b) => a.units / a.face.max - b.units / b.face.max || (a.face.bin < b.face.bin ? -1 : 1));
  return low.flatMap(({ face, units }): Replenishment[] => {
    const shelf = shelves.get(face.bin);
    const shelfNow = shelf && { usedGrams: 0, usedMm3: 0, ...shelf };
    const room = shelfNow ? fitOf(shelfNow, facts(face.product) ?? {}).units : Number.POSITIVE_INFINITY;
    let wanted = Math.min(face.max - units, room);
    const { product, name, code, min, max } = face;
    const task = { ...{ to: face.bin, product, name, code, there: units, min, max } };
    const tasks: Replenishment[] = [];
    for (const at of left) {
      if (wanted <= 0) break;
      if (at.product !== product || at.company !== face.company || at.units === 0) continue;
      const some = Math.min(wanted, at.units);
      at.units -= some;
      wanted -= some;
      tasks.push({
        ...{ ...task, from: at.bin, units: some },
        ...(at.gtin === undefined ? {} : { gtin: at.gtin }),
        ...(at.lot === undefined ? {} : { lot: at.lot }),
        ...(at.expiry === undefined ? {} : { expiry: at.expiry }),
      });
    }
    return tasks.length === 0 && wanted > 0 ? [{ ...task, from: null, units: wanted }] : tasks;
  });
}
