/** Chance that is the same for the same seed: the demo of a date is always the same demo. */
export type Chance = {
  /** A number in [0, 1). */
  readonly next: () => number;
  /** A whole number, both ends included. */
  readonly whole: (from: number, to: number) => number;
  readonly pick: <One>(all: readonly One[]) => One;
  readonly happens: (share: number) => boolean;
};

/** Makes chance from a seed: the seed hashed by FNV-1a, then mulberry32. */
export function chanceOf(seed: string): Chance {
  let state = 0x811c9dc5;
  for (const char of seed) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: (all) => {
      const one = all[Math.floor(next() * all.length)];
      if (one === undefined) throw new RangeError("nothing to pick from");
      return one;
    },
    happens: (share) => next() < share,
  };
}
