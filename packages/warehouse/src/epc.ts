import { checkDigit, cleanGtin, gtin14 } from "./gtin.ts";

/*
 * Names for radio tags (RFID): of a bin by its GLN and code, of one piece by its GTIN and serial number (GS1 EPC Tag Data Standard §6.3). A company prefix has 6 to 12 digits; only who knows how many can write a URN.
 */

export type GlnFault = "gln.length" | "gln.check";

/** What is wrong with a GLN (全球位置码, 13 digits, GS1 General Specifications §7.9), or undefined when it is right. */
export function glnFault(text: string): GlnFault | undefined {
  const digits = cleanGtin(text);
  if (!/^\d{13}$/.test(digits)) return "gln.length";
  return checkDigit(digits.slice(0, -1)) === Number(digits.at(-1)) ? undefined : "gln.check";
}

/** A company prefix that a number of 12 digits or more begins with, as URNs want it; undefined when it does not. */
const after = (digits: string, prefix: string | undefined): string | undefined =>
  prefix !== undefined && /^\d{6,12}$/.test(prefix) && digits.startsWith(prefix)
    ? digits.slice(prefix.length)
    : undefined;

/** Characters that stand in a URN as they are; others are written by their byte (TDS §6.3.1). */
const escaped = (text: string) =>
  text.replace(/["%&/<>?#]/g, (one) => `%${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, "0")}`);
const plain = (text: string) =>
  text.replace(/%([0-9A-F]{2})/g, (_, byte) => String.fromCharCode(Number.parseInt(byte, 16)));

/** The SGLN of a bin: its GLN, and its code as the extension (AI 254). `uri` only when the GLN begins with the prefix. */
export function sglnOf(gln: string, code: string, prefix?: string): { gln: string; extension: string; uri?: string } {
  const reference = after(gln.slice(0, 12), prefix);
  const uri = reference === undefined ? undefined : `urn:epc:id:sgln:${prefix}.${reference}.${escaped(code)}`;
  return { gln, extension: code, ...(uri === undefined ? {} : { uri }) };
}

/** The EPC of one piece made of its GTIN and serial number (SGTIN); undefined when the GTIN does not begin with the prefix. */
export function sgtinOf(gtin: string, serial: string, prefix: string | undefined): string | undefined {
  const digits = gtin14(gtin);
  const item = after(digits.slice(1, 13), prefix);
  return item === undefined ? undefined : `urn:epc:id:sgtin:${prefix}.${digits[0]}${item}.${escaped(serial)}`;
}

/** What an SGTIN says, its GTIN with the check digit worked out; undefined when it is none. */
export function readSgtin(epc: string): { gtin: string; serial: string } | undefined {
  const [, prefix = "", item = "", serial = ""] =
    /^urn:epc:id:sgtin:(\d{6,12})\.(\d{1,7})\.((?:%[0-9A-F]{2}|[!'()*+,\-.0-9:;=A-Z_a-z]){1,60})$/.exec(epc) ?? [];
  if (prefix.length + item.length !== 13) return undefined;
  const body = `${item[0]}${prefix}${item.slice(1)}`;
  const said = plain(serial);
  return said.length > 20 ? undefined : { gtin: `${body}${checkDigit(body)}`, serial: said };
}

/** Digits of company prefix, and bits of company prefix and item reference, by partition value (TDS §14.6.1, table 14-2). */
const partitions = [
  ...([
    [12, 40, 4],
    [11, 37, 7],
    [10, 34, 10],
    [9, 30, 14],
    [8, 27, 17],
    [7, 24, 20],
    [6, 20, 24],
  ] as const),
];

/** The SGTIN that 24 hexadecimal digits of a tag's memory say (SGTIN-96), as readers that type like a keyboard give it; undefined when they say none. */
function ofHex(hex: string): string | undefined {
  const bits = BigInt(`0x${hex}`);
  const field = (from: number, length: number) =>
    Number((bits >> BigInt(96 - from - length)) & ((1n << BigInt(length)) - 1n));
  const [digits, companyBits, itemBits] = partitions[field(11, 3)] ?? [];
  if (field(0, 8) !== 0x30 || digits === undefined || companyBits === undefined || itemBits === undefined)
    return undefined;
  const [company, item] = [field(14, companyBits), field(14 + companyBits, itemBits)];
  if (company >= 10 ** digits || item >= 10 ** (13 - digits)) return undefined;
  const [prefix, reference] = [String(company).padStart(digits, "0"), String(item).padStart(13 - digits, "0")];
  return `urn:epc:id:sgtin:${prefix}.${reference}.${field(58, 38)}`;
}

/** The SGTIN that was read of a tag or typed, as a URN: one as it stands, or the content of a tag in hexadecimal digits; undefined when it is none. */
export function readTag(text: string): string | undefined {
  const said = text.trim();
  const urn = /^[0-9A-Fa-f]{24}$/.test(said) ? ofHex(said) : said;
  return urn !== undefined && readSgtin(urn) ? urn : undefined;
}
