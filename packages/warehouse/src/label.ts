import { sglnOf } from "./epc.ts";
import { gtin14 } from "./gtin.ts";
import type { BinView } from "./model.ts";
import type { OrderView } from "./order-model.ts";
import type { Carton } from "./pack-model.ts";
import type { PalletView } from "./pallet-model.ts";
import { palletGrams } from "./pallet-rules.ts";
import type { Product } from "./product-model.ts";

/** What a bar code says: element strings of GS1 (identifier and value), or a text as it is. `matrix` is a square code, for what is too long for bars. */
export type Code =
  | { readonly kind: "gs1" | "matrix"; readonly elements: readonly (readonly [identifier: string, value: string])[] }
  | { readonly kind: "text"; readonly text: string };

/** A label (标签): its size in whole millimetres, what is read by people, largest first, and the code with its own text under it. */
export type Label = {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly title: string;
  readonly lines: readonly string[];
  readonly code: Code;
};

/** The text under a code that people read (GS1 General Specifications §4.14: identifiers in brackets). */
export function readable(code: Code): string {
  return code.kind === "text"
    ? code.text
    : code.elements.map(([identifier, value]) => `(${identifier})${value}`).join("");
}

/** Whether a text can stand in Code 128: printable ASCII. */
const inCode128 = (text: string) => /^[\x20-\x7e]{1,40}$/.test(text);

/** A bin's label (货位标签): the address large, its zone, and the code that pickers scan; of a bin with a GLN that is its SGLN as GS1-128 (AI 414 and 254), whose extension is its address. */
export function binLabel(bin: Pick<BinView, "code" | "zone" | "gln">, zoneName: string, warehouse: string): Label {
  const lines = [`${warehouse} · ${zoneName}`];
  const sgln = bin.gln === undefined ? undefined : sglnOf(bin.gln, bin.code);
  const code: Code = sgln
    ? {
        kind: "gs1",
        elements: [
          ["414", sgln.gln],
          ["254", sgln.extension],
        ],
      }
    : { kind: "text", text: bin.code };
  return { widthMm: 100, heightMm: 50, title: bin.code, lines, code };
}

/**
 * A product's label (商品标签): its GTIN as GS1-128, with lot and expiry as GS1 DataMatrix since that is too long for bars; without a GTIN the owner's own code, or the id where that
 * has characters that bars cannot say.
 */
export function productLabel(
  product: Pick<Product, "id" | "name" | "code" | "gtin" | "track">,
  told: { readonly lot?: string | undefined; readonly expiry?: string | undefined } = {},
): Label {
  const { lot, expiry } = told;
  const dated = expiry === undefined ? [] : [`EXP ${expiry}`];
  const lines = [product.code, ...(lot === undefined ? [] : [`LOT ${lot}`]), ...dated];
  const size = { widthMm: 60, heightMm: 40, title: product.name, lines };
  if (product.gtin === undefined)
    return { ...size, code: { kind: "text", text: inCode128(product.code) ? product.code : product.id } };
  const gtin = ["01", gtin14(product.gtin)] as const;
  if ((lot === undefined || !inLot(lot)) && expiry === undefined)
    return { ...size, code: { kind: "gs1", elements: [gtin] } };
  const elements = [
    gtin,
    ...(expiry === undefined ? [] : [["17", expiry.slice(2).replaceAll("-", "")] as const]),
    ...(lot === undefined || !inLot(lot) ? [] : [[product.track === "serial" ? "21" : "10", lot] as const]),
  ];
  return { ...size, code: { kind: "matrix", elements } };
}
/** Characters of a lot or serial that GS1 codes can say (set 82). */
const inLot = (lot: string) => /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,20}$/.test(lot);

/** A pallet's label (托盘标签): whose it is, how many cartons and what they weigh, to whom where they go to one, and its SSCC as GS1-128. */
export function palletLabel(pallet: Pick<PalletView, "code" | "sscc" | "cartons">, owner: string, from: string): Label {
  const people = [...new Set(pallet.cartons.map(({ to }) => to))];
  const kilograms = (palletGrams(pallet) / 1000).toFixed(2);
  return {
    widthMm: 100,
    heightMm: 100,
    title: owner,
    lines: [from, `${pallet.cartons.length} CTN · ${kilograms} kg`, people.slice(0, 3).join(" / ")],
    code:
      pallet.sscc === undefined
        ? { kind: "text", text: pallet.code }
        : { kind: "gs1", elements: [["00", pallet.sscc]] },
  };
}

/**
 * A carton's label (箱标, after the GS1 Logistic Label Guideline): who gets it, how it leaves, which of how many, its weight and its SSCC as GS1-128; a carton without an SSCC bears its
 * order's number and its own.
 */
export function cartonLabel(
  order: Pick<OrderView, "id" | "recipient" | "shipment" | "cartons">,
  carton: Pick<Carton, "number" | "grams" | "sscc">,
  from: string,
): Label {
  const { name, phone, address } = order.recipient;
  const number = order.id.slice(4, 10).toUpperCase();
  const at = (order.cartons ?? []).findIndex((one) => one.number === carton.number) + 1;
  const kilograms = (carton.grams / 1000).toFixed(2);
  const waybill = order.shipment?.numbers.slice(0, 1) ?? [];
  return {
    widthMm: 100,
    heightMm: 100,
    title: phone === undefined ? name : `${name} ${phone}`,
    lines: [
      ...(address === undefined ? [] : [address]),
      `${from} · ${number}`,
      `${at}/${order.cartons?.length ?? 1} · ${kilograms} kg`,
      ...waybill,
    ],
    code:
      carton.sscc === undefined
        ? { kind: "text", text: `${number}-${carton.number}` }
        : { kind: "gs1", elements: [["00", carton.sscc]] },
  };
}
