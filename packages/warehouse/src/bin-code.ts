import { boundlessLoad, edgesOf, mm3Of } from "./bin-load.ts";
import { cleanGtin } from "./gtin.ts";
import {
  type Bin,
  type BinPattern,
  boundless,
  type CodeSpan,
  type Naming,
  type Warehouse,
  type Zone,
} from "./model.ts";

const letters = 26;

/** A rack, column or level by its number as codes name it: `03`, `3` or `C`; after Z comes AA. */
export function nameOf(number: number, naming: Naming): string {
  if (naming !== "A") return naming === "1" ? String(number) : String(number).padStart(2, "0");
  const before = Math.floor((number - 1) / letters);
  return `${before === 0 ? "" : nameOf(before, "A")}${String.fromCharCode(65 + ((number - 1) % letters))}`;
}

/** The number behind digits or letters: 3 for `03` and for `C`. */
function numberOf(name: string): number {
  return /^\d+$/.test(name) ? Number(name) : [...name].reduce((sum, one) => sum * letters + one.charCodeAt(0) - 64, 0);
}

/** How many bins a pattern makes. */
export function binCount(pattern: Pick<BinPattern, "racks" | "columns" | "levels">): number {
  return Math.max(0, pattern.racks.to - pattern.racks.from + 1) * pattern.columns * pattern.levels;
}

/** The code of a bin by a pattern. */
export function codeBy(
  { names = { racks: "01", columns: "01", levels: "01" } }: Pick<BinPattern, "names">,
  at: { rack: number; column: number; level: number },
): string {
  return [nameOf(at.rack, names.racks), nameOf(at.column, names.columns), nameOf(at.level, names.levels)].join("-");
}

/** Of zones the first is walked first, then the others as they were made. */
const zoneSteps = 10_000_000;

/** The bins of a pattern in the order they are walked: rack, column, level from the floor; `01-03-02` and `01-C-2` are rack 1, column 3, level 2. `zonesBefore` are the zones that are walked earlier. */
export function binsOf(pattern: BinPattern, batch: string, zonesBefore = 0): Bin[] {
  const { capacity, loadGrams, size } = pattern;
  const limits = { capacity, loadGrams, size, gln: pattern.gln === undefined ? undefined : cleanGtin(pattern.gln) };
  const bins: Bin[] = [];
  for (let rack = pattern.racks.from; rack <= pattern.racks.to; rack += 1)
    for (let column = 1; column <= pattern.columns; column += 1)
      for (let level = 1; level <= pattern.levels; level += 1) {
        const at = { code: codeBy(pattern, { rack, column, level }), rack, column, level };
        bins.push(emptyBin(at, pattern.zone, limits, batch, zonesBefore));
      }
  return bins;
}

/** A new bin at an address, with nothing in it, in the order in which it is walked. */
export function emptyBin(
  at: Pick<Bin, "code" | "rack" | "column" | "level">,
  zone: Pick<Zone, "code" | "kind">,
  limits: Pick<Bin, "capacity" | "loadGrams" | "size" | "gln" | "lock">,
  batch: string,
  zonesBefore: number,
): Bin {
  const { capacity, loadGrams, size } = limits;
  const [long, middle, short] = size ? edgesOf(size) : [];
  const sized = long === undefined || middle === undefined || short === undefined ? {} : { long, middle, short };
  return {
    ...at,
    ...{ zone: zone.code, kind: zone.kind },
    sequence: zonesBefore * zoneSteps + at.rack * 10_000 + at.column * 100 + at.level,
    ...Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined)),
    ...sized,
    used: 0,
    room: capacity ?? boundless,
    roomGrams: loadGrams ?? boundlessLoad,
    roomMm3: size === undefined ? boundlessLoad : mm3Of(size),
    batch,
  };
}

/** How far the codes of zones reach once bins are added to them. A zone that had bins before this was kept stays without: nobody knows its codes. */
export function spansAfter(
  { zones, spans }: Pick<Warehouse, "zones" | "spans">,
  bins: readonly Pick<Bin, "code" | "zone" | "sequence">[],
): Record<string, CodeSpan> {
  const after = { ...spans };
  const unknown = new Set(zones.map(({ code }) => code).filter((code) => after[code] === undefined));
  for (const { code, zone, sequence } of [...bins].sort((a, b) => (a.code < b.code ? -1 : 1))) {
    if (unknown.has(zone)) continue;
    const { first, last, to, walked } = after[zone] ?? { first: code, last: "", to: -1, walked: true };
    // Named again, as by an import that is sent again, it stands where it stood.
    if (code === last && sequence === to) continue;
    const further = code > last;
    after[zone] = {
      ...{ first: code < first ? code : first, last: further ? code : last, to: further ? sequence : to },
      walked: walked && further && sequence > to,
    };
  }
  return after;
}

/** Most racks, columns and levels that a code may name, as a pattern makes them. */
const mostAt = { rack: 999, column: 99, level: 20 } as const;

/** Rack, column and level by number, of a code that names all three; undefined when it does not, or names one that no pattern makes. */
export function placeNamed(code: string): { rack: number; column: number; level: number } | undefined {
  const address = addressOf(code);
  if (!address) return undefined;
  const at = { rack: numberOf(address.rack), column: numberOf(address.column), level: numberOf(address.level) };
  const within = (part: "rack" | "column" | "level") => at[part] >= 1 && at[part] <= mostAt[part];
  return within("rack") && within("column") && within("level") ? at : undefined;
}

/** A scanned bin code as it is kept: no spaces, upper case, plain digits. */
export function cleanBin(text: string): string {
  return text.normalize("NFKC").trim().toUpperCase();
}

/** Rack, column and level as a code names them, or undefined when it is no address. */
export function addressOf(code: string): { rack: string; column: string; level: string } | undefined {
  const [, rack, column, level] = /^(\d+|[A-Z]+)-(\d+|[A-Z]+)-(\d+|[A-Z]+)$/.exec(cleanBin(code)) ?? [];
  return rack && column && level ? { rack, column, level } : undefined;
}

export type Way = { readonly racks: number; readonly columns: number; readonly levels: number };

/** The way from one bin to another in racks, columns and levels (up is positive), or undefined when a code is no address or one is named in letters where the other is in digits: those racks stand apart. */
export function wayTo(from: string, to: string): Way | undefined {
  const [a, b] = [addressOf(from), addressOf(to)];
  if (!a || !b) return undefined;
  const alike = (one: string, other: string) => /^\d/.test(one) === /^\d/.test(other);
  if (!alike(a.rack, b.rack) || !alike(a.column, b.column) || !alike(a.level, b.level)) return undefined;
  const step = (part: "rack" | "column" | "level") => numberOf(b[part]) - numberOf(a[part]);
  return { racks: step("rack"), columns: step("column"), levels: step("level") };
}
