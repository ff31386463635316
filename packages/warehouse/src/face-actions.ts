import { dayOf } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf } from "@yihao/table/kind";
import { get, getMany, queryAll } from "@yihao/table/read";
import { overwrite } from "@yihao/table/write";
import { binView } from "./bin-actions.ts";
import { blindBins, blinded } from "./count-reads.ts";
import type { Face, FaceEdit, Replenishment } from "./face-model.ts";
import { replenish } from "./face-rules.ts";
import type { ProductId } from "./model.ts";
import { standingOf } from "./standing.ts";
import { binKey, binKind, productOf, productsOf, warehouseOf } from "./store.ts";

/*
 * Pick faces (拣货位).
 *
 * | item | key                          | written by | W |
 * |------|------------------------------|------------|---|
 * | face | `face#<warehouse>` / `<bin>` | set, clear | 2 |
 */
export const faceKind = kindOf<Face>("face");
const facesIn = (scope: Scope, warehouse: string) => partition(scope, "face", warehouse);
export const faceKey = (scope: Scope, warehouse: string, bin: string): Key => keyIn(facesIn(scope, warehouse), bin);

/** Bins of a warehouse that are one product's own. */
export function facesOf(scope: Scope, warehouse: string): Promise<Face[]> {
  return queryAll(scope, faceKind, facesIn(scope, warehouse));
}

/** Makes a bin one product's own, with the stock it is filled up at (最低) and to (最高). Refused: `missing`, `face.limits` unless the target is above the minimum. */
export async function setFace(scope: Scope, warehouse: string, bin: string, wish: FaceEdit): Promise<Outcome<Face>> {
  if (wish.max <= wish.min) return refuse("face.limits");
  const [place, shelf, product] = await Promise.all([
    warehouseOf(scope, warehouse),
    get(scope, binKind, binKey(scope, warehouse, bin)),
    productOf(scope, wish.product as ProductId),
  ]);
  if (!place || !shelf || !place.batches.includes(shelf.batch) || !product) return refuse("missing");
  const { id, company, name, code } = product;
  const face: Face = { ...{ bin, product: id, company, name, code }, min: wish.min, max: wish.max };
  const outcome = await commit(scope, [overwrite(faceKey(scope, warehouse, bin), faceKind, face)], { answer: face });
  return outcome.done ? accept(outcome.answer) : refuse("conflict");
}

/** Lets a bin be anybody's again. Refused: `face.missing`. */
export async function clearFace(scope: Scope, warehouse: string, bin: string): Promise<Outcome<null>> {
  const key = faceKey(scope, warehouse, bin);
  const outcome = await commit(scope, [{ do: "delete", key, when: [["pk", "present"]], tag: "face" }], {
    answer: null,
  });
  return outcome.done ? accept(null) : refuse("face.missing");
}

/** What is to be brought to the pick faces of a warehouse now, none that somebody counts blind; done as moves from bin to bin. Reads the faces and where their goods lie, whatever else the warehouse holds. Refused: `missing`. */
export async function replenishmentsOf(scope: Scope, warehouse: string): Promise<Outcome<Replenishment[]>> {
  const place = await warehouseOf(scope, warehouse);
  if (!place) return refuse("missing");
  const [faces, blind] = await Promise.all([facesOf(scope, warehouse), blindBins(scope, warehouse)]);
  const open = faces.filter(({ bin }) => !blind.has(bin));
  const [{ bins, contents }, own, known] = await Promise.all([
    standingOf(
      scope,
      place,
      open.map(({ company, product }) => ({ company: company as CompanyId, product })),
    ),
    getMany(
      scope,
      binKind,
      open.map(({ bin }) => binKey(scope, warehouse, bin)),
    ),
    productsOf(scope, [...new Set(open.map(({ product }) => product))]),
  ]);
  // A face that is empty holds none of its goods, and is there all the same.
  const there = own.flatMap((bin) => (bin && place.batches.includes(bin.batch) ? [bin] : []));
  const shelves = [...new Map([...bins, ...there].map((bin) => [bin.code, binView(bin)])).values()];
  const facts = new Map(known.flatMap((one) => (one ? [[one.id as string, one] as const] : [])));
  const today = dayOf(scope.now, place.zone);
  return accept(replenish(open, shelves, blinded(contents, blind), today, (product) => facts.get(product)));
}
