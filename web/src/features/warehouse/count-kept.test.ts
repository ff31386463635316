import { expect, test } from "vitest";
import { type KeptBin, keepBin, keptBin } from "./count-kept.ts";

function store(full = false) {
  const all = new Map<string, string>();
  return {
    getItem: (key: string) => all.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (full) throw new Error("quota");
      all.set(key, value);
    },
    removeItem: (key: string) => void all.delete(key),
  };
}
const goods = { id: "prd_1", company: "cmp_1", name: "无火香薰", code: "WAN-01" };
const kept: KeptBin = { bin: "01-02-01", since: "2026-11-28T02:00:00.000Z", lines: [{ goods, lot: "", units: 7 }] };

test("what was counted of a bin outlives a reload, of its own count alone, until it is handed in", () => {
  const one = store();
  keepBin("cyc_1", kept, one);
  expect(keptBin("cyc_1", one)).toEqual(kept);
  expect(keptBin("cyc_2", one)).toBeUndefined();
  keepBin("cyc_1", undefined, one);
  expect(keptBin("cyc_1", one)).toBeUndefined();
});

test("a full store, or what something else left there, stops no count", () => {
  const full = store(true);
  expect(() => keepBin("cyc_1", kept, full)).not.toThrow();
  const other = store();
  other.setItem("yihao.count.cyc_1", "{");
  expect(keptBin("cyc_1", other)).toBeUndefined();
  other.setItem("yihao.count.cyc_1", '{"bin":1}');
  expect(keptBin("cyc_1", other)).toBeUndefined();
});
