/** The check digit of a GTIN without its last digit: weights 3 and 1 from the right (GS1 General Specifications §7.9). */
export function checkDigit(body: string): number {
  let sum = 0;
  for (let at = 0; at < body.length; at += 1) sum += Number(body[body.length - 1 - at]) * (at % 2 === 0 ? 3 : 1);
  return (10 - (sum % 10)) % 10;
}

export type GtinFault = "gtin.length" | "gtin.digits" | "gtin.check";

/** What is wrong with a GTIN-8, -12, -13 or -14 (商品条码), or undefined when it is right. Spaces and dashes do not count. */
export function gtinFault(text: string): GtinFault | undefined {
  const digits = cleanGtin(text);
  if (!/^[0-9]+$/.test(digits)) return "gtin.digits";
  if (![8, 12, 13, 14].includes(digits.length)) return "gtin.length";
  return checkDigit(digits.slice(0, -1)) === Number(digits.at(-1)) ? undefined : "gtin.check";
}

/** A GTIN as it is kept and shown: digits only, full-width ones made plain. */
export function cleanGtin(text: string): string {
  return text.normalize("NFKC").replace(/[\s-]/g, "");
}

/** A GTIN padded to 14 digits, so that a UPC read as EAN-13 is the same code (GS1 General Specifications §3.3.2). */
export function gtin14(text: string): string {
  return cleanGtin(text).padStart(14, "0");
}
