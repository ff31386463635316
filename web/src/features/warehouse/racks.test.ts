import type { BinView, Content } from "@yihao/warehouse/model";
import { expect, test } from "vitest";
import { racksOf } from "./racks.ts";

const bin = (code: string, level: number) =>
  ({ code, zone: "A", rack: 1, column: 1, level, sequence: level, kind: "pick", capacity: 100 }) as unknown as BinView;
const goods = (code: string, units: number, more: object = {}) =>
  ({ bin: code, place: "bin", units, product: "prd_1", company: "cmp_1", ...more }) as unknown as Content;
const facts = { heat: "fill", now: 0, moves: new Map<string, number>() } as const;

test("a bin that is being counted is not drawn as empty to whoever may not know what is in it", () => {
  const bins = [bin("01-01-01", 1), bin("01-01-02", 2), bin("01-01-03", 3)];
  const [rack] = racksOf(bins, [goods("01-01-01", 0, { hidden: true }), goods("01-01-02", 40)], facts);
  expect(rack?.used).toBe(2);
  expect(rack?.cells.map(({ address, counting = false, figure }) => [address, counting, figure])).toEqual([
    ["01-01-01", true, 0],
    ["01-01-02", false, 40],
    ["01-01-03", false, 0],
  ]);
});
