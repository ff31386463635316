import type { Tariff, TariffItem } from "@yihao/pricing/tariff-model";
import { describe, expect, it } from "vitest";
import type { Wanted } from "./simulation.ts";
import { simulateDues } from "./simulation-dues.ts";
import type { UsedDues } from "./simulation-model.ts";

const month = "2026-12";
type Rent = UsedDues["rents"][number];
const rent = (phases: readonly Partial<Rent["phases"][number]>[]): Rent => ({
  ...{ agreement: "agr_a", title: "A 座 301", chargedMinor: 0 },
  phases: phases.map((one) => ({ id: "agr_a", from: "2026-01-01", monthlyMinor: 3100_00, pauses: [], ...one })),
});
const item = (over: Partial<UsedDues["items"][number]> = {}): UsedDues["items"][number] => ({
  ...{ of: "extra_salon", name: "路演日门票", stream: "events", per: "unit", quantity: 3, unitMinor: 50_00 },
  ...{ amountMinor: 150_00, ...over },
});
const dues = (over: Partial<UsedDues>): UsedDues => ({
  ...{ company: "cmp_a", companyName: "甲", rents: [], packs: [], items: [], ...over },
});
const tariff = (id: string, items: TariffItem[], company?: string): Tariff => ({
  ...{ id: id as Tariff["id"], name: id, from: "2026-01", storage: { by: "bin-day", dayMinor: 0 }, fees: [], items },
  ...(company ? { company } : {}),
});
const sums = (used: UsedDues, wanted: Wanted, tariffs: readonly Tariff[] = []) =>
  simulateDues([used], { month, tariffs }, wanted).map(({ nowMinor, thenMinor }) => [nowMinor, thenMinor]);

describe("rents under other prices", () => {
  it("cost another rent by the days of the month that they are let, less those without rent", () => {
    const at = (minor: number) => ({ rents: { agr_a: minor } });
    expect(sums(dues({ rents: [rent([{}])] }), {})).toEqual([[3100_00, 3100_00]]);
    expect(sums(dues({ rents: [rent([{}])] }), at(6200_00))).toEqual([[3100_00, 6200_00]]);
    // From the eleventh on: 21 days of 31.
    expect(sums(dues({ rents: [rent([{ from: "2026-12-11" }])] }), at(6200_00))).toEqual([[2100_00, 4200_00]]);
    const free = { pauses: [{ from: "2026-12-01", until: "2026-12-16" }] };
    expect(sums(dues({ rents: [rent([free])] }), at(6200_00))).toEqual([[1600_00, 3200_00]]);
    expect(sums(dues({ rents: [rent([{}])] }), at(0))).toEqual([[3100_00, 0]]);
    expect(sums(dues({ rents: [rent([{}])] }), { rents: { agr_b: 1 } })).toEqual([[3100_00, 3100_00]]);
  });

  it("cost one rent for the whole month where a step within it changed theirs", () => {
    const steps = [{ until: "2026-12-11" }, { id: "agr_a-2026-12-11", from: "2026-12-11", monthlyMinor: 6200_00 }];
    // 1,000.00 for ten days and 4,200.00 for 21.
    expect(sums(dues({ rents: [rent(steps)] }), {})).toEqual([[5200_00, 5200_00]]);
    expect(sums(dues({ rents: [rent(steps)] }), { rents: { agr_a: 1000_00 } })).toEqual([[5200_00, 1000_00]]);
  });
});

describe("packs, and what is charged by hand or as a penalty, under other prices", () => {
  it("cost the other price each, and stay where none is asked of them", () => {
    const packs = [
      { lot: "lot_a", pack: "pck_a", name: "十小时", from: "2026-12-03", priceMinor: 500_00 },
      { lot: "lot_b", pack: "pck_b", name: "五天", from: "2026-12-04", priceMinor: 150_00 },
    ];
    expect(sums(dues({ packs }), { packs: { pck_a: 450_00 } })).toEqual([
      [500_00, 450_00],
      [150_00, 150_00],
    ]);
    expect(sums(dues({ items: [item()] }), { items: { extra_salon: 66_00 } })).toEqual([[150_00, 198_00]]);
    expect(sums(dues({ items: [item()] }), {})).toEqual([[150_00, 150_00]]);
  });

  it("follow another tariff where they are its penalties or stood at its price, and not where somebody typed their own", () => {
    const salon = (unitMinor: number): TariffItem => ({ kind: "event", name: "路演日门票", unitMinor });
    const missed = (unitMinor: number): TariffItem => ({ kind: "penalty", name: "未到", unitMinor, on: "no-show" });
    const penalty = item({
      ...{ of: "penalty_no-show", name: "未到", stream: "other", cause: "no-show", quantity: 2 },
      ...{ unitMinor: 20_00, amountMinor: 40_00 },
    });
    const own = item({ unitMinor: 35_00, amountMinor: 105_00 });
    const kept = tariff("trf_kept", [salon(50_00), missed(20_00)]);
    const next = tariff("trf_next", [salon(80_00), missed(30_00)]);
    const bare = tariff("trf_bare", []);
    const used = dues({ items: [item(), own, penalty] });
    const now = [150_00, 105_00, 40_00];
    const thenAt = (wanted: Wanted) => sums(used, wanted, [kept, next, bare]).map(([, then]) => then);
    expect(thenAt({})).toEqual(now);
    expect(thenAt({ tariff: kept })).toEqual(now);
    expect(thenAt({ tariff: next })).toEqual([240_00, 105_00, 60_00]);
    // One without the penalty charges none; what was charged by hand would be all the same.
    expect(thenAt({ tariff: bare })).toEqual([150_00, 105_00, 0]);
    expect(thenAt({ tariff: tariff("trf_other", [missed(99_00)], "cmp_b") })).toEqual(now);
    expect(thenAt({ tariff: next, items: { "penalty_no-show": 25_00 } })).toEqual([240_00, 105_00, 50_00]);
  });
});
