import { type Bin, type BinPattern, boundless } from "./model.ts";

const two = (n: number) => String(n).padStart(2, "0");

/** How many bins a pattern makes. */
export function binCount(pattern: BinPattern): number {
  return Math.max(0, pattern.racks.to - pattern.racks.from + 1) * pattern.columns * pattern.levels;
}

/** The bins of a pattern in the order they are walked: rack, column, level from the floor; `01-03-02` is rack 1, column 3, level 2. */
export function binsOf(pattern: BinPattern, batch: string): Bin[] {
  const bins: Bin[] = [];
  for (let rack = pattern.racks.from; rack <= pattern.racks.to; rack += 1)
    for (let column = 1; column <= pattern.columns; column += 1)
      for (let level = 1; level <= pattern.levels; level += 1)
        bins.push({
          code: `${two(rack)}-${two(column)}-${two(level)}`,
          zone: pattern.zone.code,
          kind: pattern.zone.kind,
          rack,
          column,
          level,
          sequence: rack * 10_000 + column * 100 + level,
          ...(pattern.capacity === undefined ? {} : { capacity: pattern.capacity }),
          used: 0,
          room: pattern.capacity ?? boundless,
          batch,
        });
  return bins;
}

/** A scanned bin code as it is kept: no spaces, upper case, plain digits. */
export function cleanBin(text: string): string {
  return text.normalize("NFKC").trim().toUpperCase();
}

export type Way = { readonly racks: number; readonly columns: number; readonly levels: number };

/** The way from one bin to another in racks, columns and levels (up is positive), or undefined when a code is no address. */
export function wayTo(from: string, to: string): Way | undefined {
  const address = /^(\d+)-(\d+)-(\d+)$/;
  const a = address.exec(cleanBin(from));
  const b = address.exec(cleanBin(to));
  if (!a || !b) return undefined;
  const step = (at: number) => Number(b[at]) - Number(a[at]);
  return { racks: step(1), columns: step(2), levels: step(3) };
}
