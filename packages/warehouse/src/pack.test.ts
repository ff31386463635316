import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkDigit } from "./gtin.ts";
import type { ProductId } from "./model.ts";
import type { Order, OrderLine } from "./order-model.ts";
import type { Carton, NewCarton } from "./pack-model.ts";
import { decidePack, decideUnpack, packedUnits, unpacked, weightFits } from "./pack-rules.ts";
import { ssccOf } from "./sscc.ts";

const gtin = "6970001284560";
const line = (n: number, more: Partial<OrderLine> = {}): OrderLine => ({
  ...{ line: n, product: `prd_${n}` as ProductId, code: `SKU-${n}`, name: `货 ${n}`, units: 10, picked: 10 },
  ...{ shipped: 0, released: 0 },
  ...more,
});
type Packable = Pick<Order, "state" | "lines" | "cartons">;
const order = (...lines: OrderLine[]): Packable => ({ state: "picked", lines });
const pack = (one: Packable, ...items: [code: string, units: number, lot?: string][]) =>
  decidePack(one, { items: items.map(([code, units, lot]) => ({ code, units, ...(lot ? { lot } : {}) })) }, 2026);
const closed = (one: Packable, items: NewCarton["items"]): Packable => {
  const done = decidePack(one, { items }, 2026);
  if (!done.ok) throw new Error(done.refusal.code);
  const { number, lines, state } = done.value;
  const carton: Carton = { number, grams: 1, at: "", by: "", lines };
  return { ...one, state, cartons: [...(one.cartons ?? []), carton] };
};
const fault = (outcome: ReturnType<typeof pack>) => (outcome.ok ? undefined : outcome.refusal);

describe("a carton is checked against its order", () => {
  const two = order(line(1, { gtin }), line(2));

  it("goods that were not ordered are refused and what is wanted is named", () => {
    expect(fault(pack(two, ["6901234567892", 1]))).toEqual({
      code: "pack.wrong",
      params: { got: "6901234567892", wants: ["货 1", "货 2"] },
    });
  });

  it("more than was picked is refused, over all scans and cartons together", () => {
    expect(fault(pack(two, [gtin, 6], ["SKU-1", 5]))).toMatchObject({ code: "pack.too-many", params: { left: 4 } });
    const once = closed(two, [{ code: gtin, units: 8 }]);
    expect(fault(pack(once, [gtin, 3]))).toMatchObject({ code: "pack.too-many", params: { left: 2 } });
  });

  it("the order is packed with the last unit and takes no more; a carton opened again gives its goods back", () => {
    const one = closed(two, [{ code: gtin, units: 10 }]);
    expect([one.state, unpacked(one)]).toEqual(["picked", 10]);
    const all = closed(one, [{ code: "sku-2", units: 10 }]);
    expect(all.state).toBe("packed");
    expect(fault(pack(all, [gtin, 1]))?.code).toBe("order.state");
    const opened = decideUnpack(all, 1);
    expect(opened).toMatchObject({ ok: true, value: { state: "picked", cartons: [{ number: 2 }] } });
  });

  it("goods told apart are packed by lot: the code, or whoever packs, says which when several wait", () => {
    const lots = order(
      line(1, {
        gtin,
        lots: [
          { lot: "A7", units: 6 },
          { lot: "B2", units: 4 },
        ],
      }),
    );
    expect(fault(pack(lots, [gtin, 1]))?.code).toBe("lot.wanted");
    expect(fault(pack(lots, [`(01)0${gtin}(10)C9`, 1]))).toMatchObject({
      code: "scan.lot",
      params: { expected: "A7, B2", got: "C9" },
    });
    expect(fault(pack(lots, [gtin, 5, "B2"]))).toMatchObject({ code: "pack.too-many", params: { left: 4 } });
    const done = pack(lots, [`(01)0${gtin}(10)A7`, 6], [gtin, 4]);
    expect(done).toMatchObject({
      ok: true,
      value: { state: "packed", lines: [{ line: 1, units: 10, lots: [{ lot: "A7" }, { lot: "B2" }] }] },
    });
  });

  it("a serial number alone names its goods, and goes into one carton once", () => {
    const serial = order(
      line(1, {
        serial: true,
        picked: 2,
        lots: [
          { lot: "SN-1", units: 1 },
          { lot: "SN-2", units: 1 },
        ],
      }),
    );
    expect(pack(serial, ["SN-1", 1], ["SN-2", 1])).toMatchObject({ ok: true, value: { state: "packed" } });
    expect(fault(pack(serial, ["SN-1", 1], ["SN-1", 1]))?.code).toBe("pack.too-many");
  });

  it("a weight that cannot be the goods and a box is refused; goods that nobody weighed are not judged", () => {
    const goods = [{ units: 4, weightGrams: 500 }];
    expect([1_879, 1_880, 4_500, 4_501].map((grams) => weightFits(goods, grams).ok)).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(weightFits([...goods, { units: 1 }], 10).ok).toBe(true);
  });

  it("whatever is scanned in whatever order, cartons never hold more than was picked, and packed is everything", () => {
    const scans = fc.array(
      fc.record({ code: fc.constantFrom("SKU-1", "SKU-2", "SKU-3", gtin), units: fc.integer({ min: 1, max: 7 }) }),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.array(scans, { maxLength: 12 }), fc.integer({ min: 0, max: 10 }), (cartons, picked) => {
        let now = order(line(1, { gtin }), line(2, { picked }));
        for (const items of cartons) {
          const done = decidePack(now, { items }, 2026);
          if (done.ok) now = closed(now, items);
        }
        for (const one of now.lines) expect(packedUnits(now.cartons, one.line)).toBeLessThanOrEqual(one.picked);
        expect(now.state === "packed").toBe(unpacked(now) === 0);
      }),
      { verbose: true },
    );
  });
});

describe("an SSCC", () => {
  it("is the example of the General Specifications, and always 18 digits with a right check digit", () => {
    // GS1 General Specifications §7.9: the SSCC 3761 0425002123456 has check digit 9.
    expect(ssccOf({ extension: 3, prefix: "76104250", serial: 2123456 })).toBe("376104250021234569");
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 7, max: 10 }),
        fc.nat(999_999),
        (extension, length, serial) => {
          const sscc = ssccOf({ extension, prefix: "6970001284".slice(0, length), serial }) ?? "";
          expect(sscc).toMatch(/^\d{18}$/);
          expect(checkDigit(sscc.slice(0, -1))).toBe(Number(sscc.at(-1)));
        },
      ),
    );
  });

  it("is not made once the numbers under a prefix are used up", () => {
    expect(ssccOf({ extension: 0, prefix: "6970001284", serial: 999_999 })).toHaveLength(18);
    expect(ssccOf({ extension: 0, prefix: "6970001284", serial: 1_000_000 })).toBeUndefined();
  });
});
