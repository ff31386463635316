import type { ListedAsn } from "@yihao/warehouse/asn-model";
import { cleanBin } from "@yihao/warehouse/bin-code";
import { gtin14 } from "@yihao/warehouse/gtin";
import type { BinView, Content } from "@yihao/warehouse/model";
import type { OrderView } from "@yihao/warehouse/order-model";
import type { Packaging } from "@yihao/warehouse/packaging";
import { readScan, type Scan, scanNames, scanUnits } from "@yihao/warehouse/scan";
import { docNumber } from "./view.ts";

type Named = {
  readonly id: string;
  readonly company: string;
  readonly name: string;
  readonly code: string;
  readonly gtin?: string;
  readonly packs?: readonly Packaging[];
};

/** What a phone knows, to look a code up in. */
export type Known = {
  readonly bins: readonly BinView[];
  readonly contents: readonly Content[];
  readonly products: readonly Named[];
  readonly asns: readonly ListedAsn[];
  readonly orders: readonly OrderView[];
};

/** What a code of several units stands for: how many, and of which pack how many (箱码；标签上写的箱数). */
export type Stands = { readonly units: number; readonly pack?: string; readonly packs: number };

function standsFor(scan: Scan, product: Named): Stands | undefined {
  const units = scanUnits(scan, product) ?? 1;
  const gtin = scan.gtin ?? scan.content;
  if (units < 2 || gtin === undefined) return undefined;
  const pack = product.packs?.find((one) => one.gtin !== undefined && gtin14(one.gtin) === gtin14(gtin));
  return pack === undefined ? { units, packs: 0 } : { units, pack: pack.name, packs: units / pack.units };
}

/** What one code is: a bin with what lies in it, products with where they lie, a notice, an order; a code may be products of several owners. */
export type FoundThing =
  | { readonly is: "bin"; readonly bin: BinView; readonly inside: readonly Content[] }
  | { readonly is: "product"; readonly product: Named; readonly places: readonly Content[]; readonly stands?: Stands }
  | { readonly is: "asn"; readonly asn: ListedAsn }
  | { readonly is: "order"; readonly order: OrderView };

/** What a scanned or typed code is; nothing when this phone knows nothing of it, and the refusal of a code that is GS1 and wrong. `year` is the present one. */
export function findThings(code: string, known: Known, year: number): readonly FoundThing[] {
  const scan = readScan(code, year);
  if (!scan.ok) return [];
  const text = scan.value.text.trim();
  const upper = text.toUpperCase();
  const bins = known.bins.filter((bin) => bin.code === cleanBin(text));
  const listed = new Map(known.products.map((one) => [one.id, one]));
  for (const one of known.contents)
    if (!listed.has(one.product)) listed.set(one.product, { ...one, id: one.product } as Named);
  const lots = new Set(known.contents.flatMap((one) => (one.lot === text ? [one.product] : [])));
  const products = [...listed.values()].filter((one) => scanNames(scan.value, one) || lots.has(one.id));
  const named = ({ id }: { id: string }) => id === text || docNumber(id) === upper;
  return [
    ...bins.map(
      (bin): FoundThing => ({ is: "bin", bin, inside: known.contents.filter((one) => one.bin === bin.code) }),
    ),
    ...known.asns
      .filter((asn) => named(asn) || asn.reference?.toUpperCase() === upper)
      .map((asn): FoundThing => ({ is: "asn", asn })),
    ...known.orders.filter(named).map((order): FoundThing => ({ is: "order", order })),
    ...products.map((product): FoundThing => {
      const stands = standsFor(scan.value, product);
      return {
        ...{ is: "product", product },
        places: known.contents.filter((one) => one.product === product.id && (one.units > 0 || one.hidden === true)),
        ...(stands === undefined ? {} : { stands }),
      };
    }),
  ];
}
