import { checkDigit } from "./gtin.ts";

/** What an SSCC is made of: the extension digit, the GS1 company prefix and the serial reference. */
export type SsccParts = { readonly extension: number; readonly prefix: string; readonly serial: number };

/** How many cartons a company prefix can name under one extension digit: extension, prefix and serial reference are 17 digits together. */
export function ssccRoom(prefix: string): number {
  return 10 ** (16 - prefix.length);
}

/**
 * The serial shipping container code (SSCC, GS1 General Specifications §2.2.1) of 18 digits with its check digit (§7.9.1); undefined when the serial reference has more
 * digits than the prefix leaves.
 */
export function ssccOf({ extension, prefix, serial }: SsccParts): string | undefined {
  if (serial >= ssccRoom(prefix)) return undefined;
  const body = `${extension}${prefix}${String(serial).padStart(16 - prefix.length, "0")}`;
  return `${body}${checkDigit(body)}`;
}
