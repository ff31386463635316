import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkDigit } from "./gtin.ts";
import { expiryOfScan } from "./lot.ts";
import { cleanPacks, inPacks, unitsEntered } from "./packaging.ts";
import { readScan, scanUnits } from "./scan.ts";

const seed = 20261127;
const each = "6970001284560";
const body = `1${each.slice(0, 12)}`;
const ofCase = `${body}${checkDigit(body)}`;
const packs = [
  { name: "托", units: 480 },
  { name: "箱", units: 12, gtin: ofCase },
];
const product = { id: "prd_1", code: "SKU-1", gtin: each, packs };
const units = (code: string) => {
  const scan = readScan(code, 2026);
  return scan.ok ? scanUnits(scan.value, product) : scan.refusal;
};

describe("packs", () => {
  it("a scan stands for one unit, for those of a case, or for all that a label says are inside", () => {
    expect(units(each)).toBe(1);
    expect(units("sku-1")).toBe(1);
    expect(units(ofCase)).toBe(12);
    expect(units(`]I1${ofCase}`)).toBe(12);
    expect(units(`(02)0${each}(37)30`)).toBe(30);
    expect(units(`(02)${ofCase}(37)4`)).toBe(48);
    expect(units("4006381333931")).toBeUndefined();
  });

  it("are kept smallest first, and are refused when two are alike or a code is wrong", () => {
    expect(cleanPacks(packs, each)).toMatchObject({ ok: true, value: [{ units: 12 }, { units: 480 }] });
    const wrong = (all: Parameters<typeof cleanPacks>[0]) => {
      const read = cleanPacks(all, each);
      return read.ok ? undefined : read.refusal.code;
    };
    expect(wrong([{ name: "箱", units: 12, gtin: each }])).toBe("packs.same");
    expect(wrong([...packs, { name: "盒", units: 12 }])).toBe("packs.same");
    expect(wrong([...packs, { name: "箱 ", units: 24 }])).toBe("packs.same");
    expect(wrong([{ name: "箱", units: 12, gtin: "16970001284561" }])).toBe("gtin.invalid");
  });

  it(`units told in packs are the same units (seed ${seed})`, () => {
    const sizes = fc.uniqueArray(fc.integer({ min: 2, max: 500 }), { maxLength: 4 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 0, max: 100_000 }), (all, wanted) => {
        const known = all.map((size) => ({ name: String(size), units: size }));
        const split = inPacks(wanted, known);
        const sum = split.packs.reduce((total, { name, packs: many }) => total + Number(name) * many, split.left);
        expect(sum).toBe(wanted);
        expect(split.left).toBeLessThan(Math.min(...all, wanted + 1));
      }),
      { seed },
    );
  });

  it("what is entered in packs with single ones beside is that many units, and told so again", () => {
    const [size, known] = [24, [{ name: "箱", units: 24 }]];
    expect(unitsEntered(size, 3, 4)).toBe(76);
    expect(inPacks(76, known)).toEqual({ packs: [{ name: "箱", packs: 3 }], left: 4 });
    // More single ones than a pack holds are as many units all the same.
    expect([unitsEntered(size, 1, 30), unitsEntered(size, undefined, 5), unitsEntered(size, 2, undefined)]).toEqual([
      54, 5, 48,
    ]);
    for (const [packs, single] of [
      [undefined, undefined],
      [-1, 30],
      [1, -1],
      [1.5, 0],
    ] as const)
      expect(unitsEntered(size, packs, single)).toBeUndefined();
  });

  it("goods whose label says only when they were made expire by how long they keep", () => {
    const day = (code: string, shelfDays?: number) => {
      const scan = readScan(code, 2026);
      return scan.ok ? expiryOfScan(scan.value, shelfDays) : undefined;
    };
    expect(day(`(01)0${each}(11)260131`, 30)).toBe("2026-03-02");
    expect(day(`(01)0${each}(11)260131`)).toBeUndefined();
    expect(day(`(01)0${each}(11)260131(17)270101`, 30)).toBe("2027-01-01");
  });
});
