import { readScan } from "@yihao/warehouse/scan";
import { describe, expect, it } from "vitest";
import { createGoodsEntered } from "./goods-entered.ts";
import { findThings } from "./hand-find.ts";

const scan = (code: string) => {
  const read = readScan(code, 2026);
  if (!read.ok) throw new Error(read.refusal.code);
  return read.value;
};

describe("what a scan tells on the phone", () => {
  it("of goods that keep for a time, the day on which they were made is filled in, and with it the day on which they expire", () => {
    const goods = createGoodsEntered(() => ({ track: "lot", dated: true, shelfDays: 30 }));
    goods.heard(scan("(01)06970001284560(11)261101(10)L7"), true);
    expect([goods.made(), goods.expiry(), goods.lot()]).toEqual(["2026-11-01", "2026-12-01", "L7"]);
    expect(goods.told()).toEqual({ lot: "L7", expiry: "2026-12-01" });
    // A label that says both is believed.
    goods.heard(scan("(01)06970001284560(11)261101(17)261215"), true);
    expect([goods.made(), goods.expiry()]).toEqual(["2026-11-01", "2026-12-15"]);
    goods.setMade("2026-11-05");
    expect(goods.expiry()).toBe("2026-12-05");
    goods.setExpiry("");
    expect(goods.made()).toBe("");
  });

  it("of goods that do not say how long they keep, the day on which they were made is shown, and no expiry day is made up", () => {
    const goods = createGoodsEntered(() => ({ track: "lot", dated: true }));
    goods.heard(scan("(01)06970001284560(11)261101(10)L7"), true);
    expect([goods.made(), goods.expiry(), goods.told()]).toEqual(["2026-11-01", "", { lot: "L7" }]);
    goods.clear();
    expect([goods.made(), goods.lot()]).toEqual(["", ""]);
  });

  it("the code of a case is found as its product, with the units that it stands for; a label that counts cases as well", () => {
    const packs = [
      { name: "箱", units: 12, gtin: "16970001284567" },
      { name: "托", units: 480 },
    ];
    const product = { id: "prd_1", company: "cmp_1", name: "无火香薰", code: "SKU-1", gtin: "6970001284560", packs };
    const known = { bins: [], contents: [], products: [product], asns: [], orders: [] };
    const told = (code: string) =>
      findThings(code, known, 2026).map((one) => (one.is === "product" ? [one.product.id, one.stands] : one.is));
    expect(told("16970001284567")).toEqual([["prd_1", { units: 12, pack: "箱", packs: 1 }]]);
    expect(told("(02)16970001284567(37)4")).toEqual([["prd_1", { units: 48, pack: "箱", packs: 4 }]]);
    expect(told("(02)06970001284560(37)6")).toEqual([["prd_1", { units: 6, packs: 0 }]]);
    expect(told("6970001284560")).toEqual([["prd_1", undefined]]);
    expect(told("SKU-1")).toEqual([["prd_1", undefined]]);
  });
});
