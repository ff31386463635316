import { accept, type Outcome } from "@yihao/kernel/outcome";
import { type Gs1, groupSeparator, parseGs1 } from "./gs1.ts";
import { gtin14, gtinFault } from "./gtin.ts";
import { type Packaging, unitsOfGtin } from "./packaging.ts";

/** What one scan says: a GTIN and what stands with it, a carton's SSCC, or a text that only the room can know. */
export type Scan = Omit<Gs1, "elements"> & {
  /** The code as it was read, without symbology identifier and control characters; of a bin's SGLN its address. */
  readonly text: string;
};

/** Symbology identifiers of EAN/UPC and ITF, which carry a bare GTIN. */
const gtinCarrier = /^\](?:E[0-4]|I[01])/;
const plainCarrier = /^\][A-Za-z][0-9A-Za-z]/;
/** How keyboard-wedge scanners spell a separator that no key stands for. */
const spelled = /<GS>|\{GS\}|\[GS\]|<FNC1>|\{FNC1\}|␝|\^\]/gi;

/** A code that says of itself that it is GS1: by its carrier, a separator, brackets, or an SSCC or GTIN whose check digit is right. */
function saysGs1(code: string): boolean {
  if (/^\](?:C1|e0|d2|Q3|J1)/.test(code) || code.includes(groupSeparator)) return true;
  if (/^\(\d{2,4}\)/.test(code)) return true;
  const digits = /^0[012](\d{14})/.exec(code)?.[1];
  if (digits !== undefined && !code.startsWith("00")) return gtinFault(digits) === undefined;
  if (/^414\d{13}254./.test(code)) return parseGs1(code, 2000).ok;
  return /^00\d{18}$/.test(code) && parseGs1(code, 2000).ok;
}

/**
 * What a scanner, camera or keyboard read, in one place for every field that scans. Refused: `gs1.invalid` when it is a GS1 code and
 * not a right one; any other text is itself, for it may be a bin or an owner's own code. `year` is the present one.
 */
export function readScan(code: string, year: number): Outcome<Scan, "gs1.invalid"> {
  const plain = code.normalize("NFKC").replace(spelled, groupSeparator).trim();
  if (saysGs1(plain)) {
    const read = parseGs1(plain, year);
    if (!read.ok) return read;
    const { elements, ...said } = read.value;
    // The label of a bin that has an SGLN: what is read of it is its address.
    const place = elements.some(({ identifier }) => identifier === "414")
      ? elements.find(({ identifier }) => identifier === "254")?.value
      : undefined;
    return accept({ ...said, text: place ?? plain.replace(plainCarrier, "").replaceAll(groupSeparator, "") });
  }
  const text = plain.replace(gtinCarrier, "").replace(plainCarrier, "");
  return accept({ text, ...(gtinFault(text) === undefined ? { gtin: gtin14(text) } : {}) });
}

type Named = {
  readonly id: string;
  readonly code: string;
  readonly gtin?: string | undefined;
  readonly packs?: readonly Packaging[] | undefined;
};

/**
 * How many units of this product what was read stands for, or undefined when it names another: one for its GTIN in any length, its own code in any case, or its id; those of a pack for the pack's GTIN;
 * and as many times that as the label says are inside (AI 02 with 37).
 */
export function scanUnits(scan: Scan, product: Named): number | undefined {
  const code = scan.text.trim();
  if (code === product.id || code.toUpperCase() === product.code.toUpperCase()) return 1;
  const gtin = scan.gtin ?? scan.content;
  const units = gtin === undefined ? undefined : unitsOfGtin(product, gtin);
  return units === undefined ? undefined : units * (scan.gtin === undefined ? (scan.count ?? 1) : 1);
}

/** Whether what was read names this product or a pack of it. */
export const scanNames = (scan: Scan, product: Named): boolean => scanUnits(scan, product) !== undefined;

/** Whether a scanned code names this product; a code that is GS1 and wrong names nothing. */
export function codeMatches(code: string, product: Named): boolean {
  const scan = readScan(code, 2000);
  return scan.ok && scanNames(scan.value, product);
}
