import { describe, expect, it } from "vitest";
import type { CountBin } from "./count-model.ts";
import {
  abcOf,
  binsToCount,
  decideJudge,
  decideVariance,
  needsRecount,
  showsExpected,
  stateAfter,
} from "./count-rules.ts";
import type { Content } from "./model.ts";

describe("a count", () => {
  it("compares with the snapshot and the movements since; beside a movement only a figure that one of them explains is sure", () => {
    expect(decideVariance({ before: 10, now: 10, counted: 7 })).toEqual({ variance: -3, unsure: false });
    expect(decideVariance({ before: 10, now: 7, counted: 7 })).toEqual({ variance: 0, unsure: false });
    expect(decideVariance({ before: 10, now: 7, counted: 10 })).toEqual({ variance: 0, unsure: false });
    expect(decideVariance({ before: 10, now: 7, counted: 8 })).toEqual({ variance: 1, unsure: true });
  });

  it("is done once more when it differs too much in units or value, and believed the second time unless goods moved", () => {
    const tolerance = { units: 2, valueMinor: 10_000 };
    expect(needsRecount([{ variance: -2, valueMinor: -10_000 }], false, 1, tolerance)).toBe(false);
    expect(needsRecount([{ variance: 3 }], false, 1, tolerance)).toBe(true);
    expect(needsRecount([{ variance: -1, valueMinor: -10_001 }], false, 1, tolerance)).toBe(true);
    expect(needsRecount([{ variance: 30 }], false, 2, tolerance)).toBe(false);
    expect(needsRecount([], true, 2, tolerance)).toBe(true);
  });

  it("goes to somebody who counted none of it, and shows figures to nobody who still may count", () => {
    const bin = (state: CountBin["state"], variance = 0): CountBin => ({
      ...{ code: "A", sequence: 1, state, round: 1 },
      lines: [{ company: "c", product: "p", name: "", code: "", expected: 1, counted: 1, variance }],
    });
    expect(stateAfter([bin("counted", 1), bin("recount")])).toBe("counting");
    expect(stateAfter([bin("counted", 1), bin("counted")])).toBe("to-review");
    expect(stateAfter([bin("counted")])).toBe("posted");
    const count = { state: "to-review", counters: ["per_a"] } as const;
    const asked = { ...count, counters: [...count.counters] };
    expect(decideJudge(asked, "per_a")).toMatchObject({ refusal: { code: "count.counter" } });
    expect(decideJudge(asked, "per_b")).toMatchObject({ ok: true });
    expect(showsExpected(asked, "per_a", true)).toBe(false);
    expect(showsExpected(asked, "per_b", false)).toBe(false);
    expect(showsExpected(asked, "per_b", true)).toBe(true);
    expect(showsExpected({ ...asked, state: "counting" }, "per_b", true)).toBe(false);
    expect(showsExpected({ ...asked, state: "posted" }, "per_a", false)).toBe(true);
  });

  it("is about the bins of a range, a product, a class, those picked empty, or those in doubt, along the walk", () => {
    const doubt = { at: "", reason: "not-found" };
    const bins = [4, 1, 3, 2].map((n) => ({ code: `0${n}`, sequence: n, ...(n === 3 ? { doubt } : {}) }));
    const content = (bin: string, product: string): Content => ({
      ...{ place: "bin", bin, company: "c", product, name: "", code: "", units: 1 },
    });
    const contents = [content("01", "fast"), content("02", "slow"), content("04", "fast")];
    const moves = [
      { type: "ship", product: "fast", units: 90, from: "packing" },
      { type: "ship", product: "slow", units: 10, from: "packing" },
      { type: "pick", product: "fast", units: 1, from: "03" },
      { type: "pick", product: "fast", units: 1, from: "04" },
    ] as const;
    const of = (basis: Parameters<typeof binsToCount>[0]) =>
      binsToCount(basis, bins, contents, moves).map(({ code }) => code);
    expect(of({ kind: "bins", from: "03", to: "02" })).toEqual(["02", "03"]);
    expect(of({ kind: "bins", from: "03", to: "99" })).toEqual([]);
    expect(of({ kind: "product", product: "fast" })).toEqual(["01", "04"]);
    expect(of({ kind: "abc", class: "A" })).toEqual(["01", "04"]);
    expect(of({ kind: "abc", class: "B" })).toEqual(["02"]);
    expect(of({ kind: "zero" })).toEqual(["03"]);
    expect(of({ kind: "doubt" })).toEqual(["03"]);
    const classes = abcOf([80, 15, 5, 0].map((value, at) => ({ id: String(at), value })));
    expect([...classes.values()]).toEqual(["A", "B", "C", "C"]);
  });
});
