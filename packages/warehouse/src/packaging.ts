import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { z } from "zod";
import { cleanGtin, gtin14, gtinFault } from "./gtin.ts";

/** One way in which units of a product are packed (包装): its name, the units in it, and the GTIN on it when it bears one of its own, as cases do (箱码, ITF-14). */
export const PackagingSchema = z.strictObject({
  name: z.string().trim().min(1).max(12),
  units: z.int().min(2).max(100_000),
  gtin: z.string().max(20).optional(),
});
export type Packaging = z.infer<typeof PackagingSchema>;
/** A case, a layer, a pallet: so many at most beside the single unit. */
export const packagingsMost = 4;

/** The GTINs that a product's packs bear. */
export const packGtins = (packs: readonly Packaging[] = []): string[] => packs.flatMap(({ gtin }) => gtin ?? []);

/**
 * Packs as they are kept: the smallest first, GTINs clean. Refused: `packs.same` when two have one name, as many units or one GTIN, or one has the GTIN of the single unit; `gtin.invalid` with the fault.
 */
export function cleanPacks(
  packs: readonly Packaging[],
  gtin: string | undefined,
): Outcome<Packaging[], "packs.same" | "gtin.invalid"> {
  const clean = packs
    .map(({ name, units, gtin: own }) => ({
      ...{ name: name.trim(), units },
      ...(own === undefined || own.trim() === "" ? {} : { gtin: cleanGtin(own) }),
    }))
    .sort((a, b) => a.units - b.units);
  for (const { gtin: own } of clean) {
    const fault = own === undefined ? undefined : gtinFault(own);
    if (fault) return refuse("gtin.invalid", { fault, gtin: own });
  }
  const [names, sizes] = [new Set<string>(), new Set<number>()];
  const codes = new Set(gtin === undefined ? [] : [gtin14(gtin)]);
  for (const { name, units, gtin: own } of clean) {
    const code = own && gtin14(own);
    if (names.has(name) || sizes.has(units) || (code && codes.has(code))) return refuse("packs.same", { name, units });
    names.add(name);
    sizes.add(units);
    if (code) codes.add(code);
  }
  return accept(clean);
}

type Coded = { readonly gtin?: string | undefined; readonly packs?: readonly Packaging[] | undefined };

/** How many units a GTIN of a product stands for: one for its own, a pack's for a pack's (GS1: a quantity counts what bears the GTIN); undefined when it is none of them. */
export function unitsOfGtin(product: Coded, gtin: string): number | undefined {
  const code = gtin14(gtin);
  if (product.gtin !== undefined && gtin14(product.gtin) === code) return 1;
  return product.packs?.find((pack) => pack.gtin !== undefined && gtin14(pack.gtin) === code)?.units;
}

/** What the quantity of a file's row counts: a pack's units where the row names the product by the pack's GTIN, else single ones. */
export const rowUnits = (product: Coded | undefined, gtin: string | undefined): number =>
  (product && gtin ? unitsOfGtin(product, gtin) : undefined) ?? 1;

/** Units entered as packs of a size and single ones beside them; undefined while nothing is entered, or when either is no whole number from 0. */
export function unitsEntered(size: number, packs: number | undefined, single: number | undefined): number | undefined {
  const all = [packs, single].filter((one) => one !== undefined);
  if (all.length === 0 || all.some((one) => !Number.isSafeInteger(one) || one < 0)) return undefined;
  return (packs ?? 0) * size + (single ?? 0);
}

/** Units as whole packs, the largest first, and what is left over; no packs when none is full. */
export function inPacks(
  units: number,
  packs: readonly Packaging[] = [],
): { readonly packs: readonly { readonly name: string; readonly packs: number }[]; readonly left: number } {
  let left = units;
  const full = [];
  for (const { name, units: size } of [...packs].sort((a, b) => b.units - a.units)) {
    const some = Math.floor(left / size);
    if (some > 0) full.push({ name, packs: some });
    left -= some * size;
  }
  return { packs: full, left };
}
