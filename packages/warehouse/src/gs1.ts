import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { type Component, gs1Formats } from "./gs1-table.ts";
import { checkDigit } from "./gtin.ts";

/** FNC1 as scanners transmit it between element strings (ASCII 29, General Specifications §7.8.3). */
export const groupSeparator = "\u001d";
/** Symbology identifiers (ISO/IEC 15424) that say "GS1 element strings": GS1-128, DataBar, DataMatrix, QR, DotCode. */
const gs1Carriers = ["]C1", "]e0", "]d2", "]Q3", "]J1"];

export type Element = { readonly identifier: string; readonly value: string; readonly at: number };
/** What a GS1 code says; days are `YYYY-MM-DD`. */
export type Gs1 = {
  readonly elements: readonly Element[];
  /** GTIN of the thing itself (01), 14 digits. */
  readonly gtin?: string;
  /** GTIN of what a logistic unit contains (02), with `count` (37) of them. */
  readonly content?: string;
  readonly count?: number;
  readonly sscc?: string;
  readonly lot?: string;
  readonly serial?: string;
  readonly expiry?: string;
  readonly bestBefore?: string;
  /** When it was made (11). */
  readonly made?: string;
};

/** What is wrong with a code, for words: see the messages of `gs1.invalid`. */
export const gs1Faults = [
  "empty",
  "identifier",
  "length",
  "characters",
  "check-digit",
  "date",
  "repeated",
  "pair",
] as const;
export type Gs1Fault = (typeof gs1Faults)[number];

const characters: Readonly<Record<Component["set"], RegExp>> = {
  N: /^[0-9]*$/,
  X: /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]*$/,
  Y: /^[#\-/0-9A-Z]*$/,
  Z: /^[-0-9=A-Z_a-z]*$/,
};

/** Pairs that one code must not hold together, of those that logistics uses (dictionary, `ex=`). */
const excluded: readonly (readonly [string, string])[] = [
  ["01", "02"],
  ["01", "03"],
  ["02", "03"],
  ["01", "37"],
  ["03", "37"],
  ["01", "255"],
  ["21", "235"],
  ["01", "8006"],
];

type Refused = { readonly fault: Gs1Fault; readonly at: number; readonly identifier: string };
const wrong = (fault: Gs1Fault, at: number, identifier = "") => refuse("gs1.invalid", { fault, at, identifier });

/** The identifier that a text begins with at a place: they are prefix-free, two to four digits. */
function identifierAt(text: string, at: number): string | undefined {
  for (let length = 2; length <= 4; length += 1) {
    const identifier = text.slice(at, at + length);
    if (identifier.length === length && gs1Formats.has(identifier)) return identifier;
  }
  return undefined;
}

/**
 * A date of six digits as a day. The century is the one nearest to `year` (General Specifications §7.12: 51 to 99 years ahead is
 * the past century, 50 to 99 behind the next); day 00 is the month's last, where it is allowed.
 */
export function gs1Day(digits: string, year: number, dayMayBeNone: boolean): string | undefined {
  const [yy, month, day] = [0, 2, 4].map((at) => Number(digits.slice(at, at + 2))) as [number, number, number];
  const ahead = yy - (year % 100);
  const century = Math.floor(year / 100) + (ahead >= 51 ? -1 : ahead <= -50 ? 1 : 0);
  const full = century * 100 + yy;
  if (month < 1 || month > 12) return undefined;
  const last = new Date(Date.UTC(full, month, 0)).getUTCDate();
  if (day > last || (day === 0 && !dayMayBeNone)) return undefined;
  const two = (n: number) => String(n).padStart(2, "0");
  return `${full}-${two(month)}-${two(day === 0 ? last : day)}`;
}

function faultOf(identifier: string, value: string, at: number): Refused | undefined {
  const components = gs1Formats.get(identifier)?.components ?? [];
  let from = 0;
  for (const { set, least, most, checks, optional } of components) {
    const part = value.slice(from, from + most);
    if (part.length === 0 && optional) break;
    const where = { at: at + from, identifier };
    if (part.length < least) return { fault: "length", ...where };
    const bad = [...part].findIndex((one) => !characters[set].test(one));
    if (bad >= 0) return { fault: "characters", at: at + from + bad, identifier };
    if (checks === "digit" && checkDigit(part.slice(0, -1)) !== Number(part.at(-1)))
      return { fault: "check-digit", at: at + from + part.length - 1, identifier };
    if ((checks === "date" || checks === "day-or-none") && !gs1Day(part, 2000, checks === "day-or-none"))
      return { fault: "date", ...where };
    from += part.length;
  }
  return from < value.length ? { fault: "length", at: at + from, identifier } : undefined;
}

/** Element strings as a scanner transmits them: predefined lengths run on, all others end with a separator or the end. */
function splitRaw(text: string): Element[] | Refused {
  const elements: Element[] = [];
  let at = 0;
  while (at < text.length) {
    const identifier = identifierAt(text, at);
    const format = identifier === undefined ? undefined : gs1Formats.get(identifier);
    if (identifier === undefined || !format) return { fault: "identifier", at, identifier: text.slice(at, at + 4) };
    const from = at + identifier.length;
    const separator = text.indexOf(groupSeparator, from);
    const most = format.components.reduce((sum, one) => sum + one.most, 0);
    const until = format.predefined ? Math.min(text.length, from + most) : separator < 0 ? text.length : separator;
    elements.push({ identifier, value: text.slice(from, until), at: from });
    at = text[until] === groupSeparator ? until + 1 : until;
  }
  return elements;
}

/** The form printed under a bar code, `(01)…(10)…`: an identifier in brackets begins the next element. */
function splitReadable(text: string): Element[] | Refused {
  const elements: Element[] = [];
  const opening = /\((\d{2,4})\)/g;
  const starts = [...text.matchAll(opening)].filter(({ index }, nth) => index === 0 || nth > 0);
  if (starts[0]?.index !== 0) return { fault: "identifier", at: 0, identifier: "" };
  for (const [nth, start] of starts.entries()) {
    const identifier = start[1] ?? "";
    if (!gs1Formats.has(identifier)) return { fault: "identifier", at: start.index + 1, identifier };
    const from = start.index + start[0].length;
    elements.push({ identifier, value: text.slice(from, starts[nth + 1]?.index ?? text.length), at: from });
  }
  return elements;
}

/**
 * Reads a GS1 code (General Specifications §7.8): as transmitted, with or without its symbology identifier and leading FNC1, or in
 * its human-readable form. Strict: refused `gs1.invalid` {fault, at, identifier} with what is wrong and at which character of the
 * text without its symbology identifier. `year` is the present one, for the century of dates.
 */
export function parseGs1(code: string, year: number): Outcome<Gs1, "gs1.invalid"> {
  const carrier = gs1Carriers.find((one) => code.startsWith(one));
  let text = carrier === undefined ? code : code.slice(carrier.length);
  if (text.startsWith(groupSeparator)) text = text.slice(1);
  if (text === "") return wrong("empty", 0);
  const elements = text.startsWith("(") ? splitReadable(text) : splitRaw(text);
  if (!Array.isArray(elements)) return wrong(elements.fault, elements.at, elements.identifier);
  const values = new Map<string, string>();
  for (const { identifier, value, at } of elements) {
    const fault = faultOf(identifier, value, at);
    if (fault) return wrong(fault.fault, fault.at, fault.identifier);
    // The same element twice is allowed when it says the same (§4.14.2).
    if ((values.get(identifier) ?? value) !== value) return wrong("repeated", at, identifier);
    values.set(identifier, value);
  }
  for (const [one, other] of excluded)
    if (values.has(one) && values.has(other))
      return wrong("pair", elements.find(({ identifier }) => identifier === other)?.at ?? 0, other);
  const day = (identifier: string) => {
    const digits = values.get(identifier);
    return digits === undefined ? undefined : gs1Day(digits, year, true);
  };
  const count = values.get("37");
  const said = {
    gtin: values.get("01"),
    content: values.get("02"),
    count: count === undefined ? undefined : Number(count),
    sscc: values.get("00"),
    lot: values.get("10"),
    serial: values.get("21"),
    expiry: day("17"),
    bestBefore: day("15"),
    made: day("11"),
  };
  const known = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  return accept({ elements, ...known } as Gs1);
}
