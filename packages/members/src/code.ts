/** The letters of a 统一社会信用代码 in the order of their values: no I, O, S, V, Z (GB 32100-2015, table 2). */
const letters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
/** What people type for what the code can hold. */
const mistaken: Readonly<Record<string, string>> = { O: "0", I: "1", S: "5", Z: "2", V: "U" };

/** What is wrong with a code; positions count from 1. `fix` is the code put right, offered only when it then holds. */
export type CodeFault =
  | { readonly rule: "length"; readonly length: number }
  | { readonly rule: "letter"; readonly position: number; readonly found: string; readonly fix?: string }
  | { readonly rule: "check"; readonly position: number; readonly found: string };

/** A code as it is kept: full-width letters narrowed, upper case, blanks and dashes gone. */
export function plainCode(text: string): string {
  return text.normalize("NFKC").toUpperCase().replace(/[\s-]/g, "");
}

/** The check letter of the first 17 (GB 32100-2015, 4.6): 31 less the sum of values × 3^(i−1) mod 31, mod 31. */
export function checkLetter(first17: string): string {
  let sum = 0;
  let weight = 1;
  for (const letter of first17) {
    sum += letters.indexOf(letter) * weight;
    weight = (weight * 3) % 31;
  }
  return letters[(31 - (sum % 31)) % 31] ?? "";
}

/** The check letter of the organisation code within (GB 11714, positions 9–16), which stands at position 17. */
function organisationCheck(first8: string): string {
  const value = (letter: string) => (/\d/.test(letter) ? Number(letter) : letter.charCodeAt(0) - 55);
  const sum = [3, 7, 9, 10, 5, 8, 4, 2].reduce((total, weight, at) => total + weight * value(first8[at] ?? "0"), 0);
  const check = 11 - (sum % 11);
  return check === 10 ? "X" : check === 11 ? "0" : String(check);
}

function holds(code: string): boolean {
  return (
    code.length === 18 &&
    [...code].every((letter) => letters.includes(letter)) &&
    checkLetter(code.slice(0, 17)) === code[17]
  );
}

/**
 * Checks a plain 统一社会信用代码: 18 letters, none that the alphabet lacks, digits where the district stands, and the check letter.
 * Gives the first fault with its position, or undefined. A failed check names position 17 when the organisation code within
 * fails its own check too, else 18.
 */
export function codeFault(code: string): CodeFault | undefined {
  if (code.length !== 18) return { rule: "length", length: code.length };
  for (const [at, found] of [...code].entries()) {
    const allowed = at >= 2 && at < 8 ? letters.slice(0, 10) : letters;
    if (allowed.includes(found)) continue;
    const fix = [...code].map((letter) => mistaken[letter] ?? letter).join("");
    return { rule: "letter", position: at + 1, found, ...(holds(fix) ? { fix } : {}) };
  }
  if (checkLetter(code.slice(0, 17)) === code[17]) return undefined;
  const position = organisationCheck(code.slice(8, 16)) === code[16] ? 18 : 17;
  return { rule: "check", position, found: code[position - 1] ?? "" };
}
