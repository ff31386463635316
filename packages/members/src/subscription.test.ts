import { type Day, daysOfMonth, plusDays } from "@yihao/kernel/days";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allowanceIn, correction, rollOver } from "./allowance.ts";
import { drawFrom } from "./credits.ts";
import type { Company } from "./model.ts";
import {
  amended,
  earliestEnd,
  ended,
  noticed,
  partsOf,
  paused,
  pausedOn,
  phaseOn,
  renewed,
  resumed,
  runsOn,
  started,
  subscriptionOn,
  withdrawn,
} from "./subscription.ts";
import type { PlanSnapshot, Subscription } from "./subscription-model.ts";

const seed = Number(process.env.SEED ?? 20261125);
const today = "2026-11-23";
const snapshot: PlanSnapshot = { name: "月卡", monthlyMinor: 60_000, roomMinutes: 240 };
const better: PlanSnapshot = { name: "团队卡", monthlyMinor: 120_000, roomMinutes: 600, bins: 2 };
const special: PlanSnapshot = { ...better, agreed: { name: "协议价", monthlyMinor: 90_000, until: "2026-12-11" } };
const phase = (from: Day, of = snapshot) => ({ from, plan: "pln_1" as const, snapshot: of });
const one: Subscription = started("sub_1", phase("2026-11-01"));
const having = (subscription?: Subscription, next?: Subscription): Company => ({
  id: "cmp_1",
  name: "甲",
  kind: "team",
  state: "active",
  since: "2026-01-01",
  subscription,
  next,
});
const value = <T>(outcome: { ok: true; value: T } | { ok: false; refusal: unknown }): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal));
  return outcome.value;
};

describe("the days of a plan", () => {
  it("belong to exactly one phase and to no pause, whatever was changed, paused, resumed and ended", () => {
    const day = fc.integer({ min: -20, max: 150 }).map((by) => plusDays(today, by));
    const act = fc.oneof(
      day.map((from) => ["amend", from, ""] as const),
      fc.tuple(fc.constant("pause" as const), day, fc.oneof(day, fc.constant(""))),
      day.map((from) => ["resume", from, ""] as const),
      day.map((until) => ["end", until, ""] as const),
      fc.constant(["notice", "", ""] as const),
      fc.constant(["withdraw", "", ""] as const),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
        let now = one;
        for (const [what, from, until] of acts) {
          const company = having(now);
          const outcome =
            what === "amend"
              ? amended(company, phase(from, from < "2026-12-11" ? special : better), today)
              : what === "pause"
                ? paused(company, { from, ...(until ? { until } : {}) }, today)
                : what === "resume"
                  ? resumed(company, from, today)
                  : what === "end"
                    ? ended(company, from, today)
                    : what === "notice"
                      ? noticed(company, { by: "space" }, today)
                      : withdrawn(company, today);
          if (outcome.ok) now = outcome.value;
        }
        for (const month of ["2026-11", "2026-12", "2027-01", "2027-03"]) {
          const parts = partsOf(now, month);
          for (const each of daysOfMonth(month)) {
            const holding = parts.filter(({ from, until }) => from <= each && each < until);
            expect(holding.length, `${each} of ${JSON.stringify(now)}`).toBe(runsOn(now, each) ? 1 : 0);
            if (holding[0]) expect(holding[0].snapshot).toEqual(phaseOn(now, each).snapshot);
            if (pausedOn(now, each)) expect(holding).toEqual([]);
          }
        }
      }),
      { seed, numRuns: 300 },
    );
  });

  it("cost what was agreed with the company until its day and the plan's own price from then on, each under its name", () => {
    const now = value(amended(having(one), phase("2026-12-01", special), today));
    expect(
      partsOf(now, "2026-12").map(({ from, until, snapshot: of }) => [from, until, of.name, of.monthlyMinor]),
    ).toEqual([
      ["2026-12-01", "2026-12-11", "团队卡 · 协议价", 90_000],
      ["2026-12-11", "2027-01-01", "团队卡", 120_000],
    ]);
    expect(["2026-11-30", "2026-12-10", "2026-12-11"].map((day) => phaseOn(now, day).snapshot.monthlyMinor)).toEqual([
      60_000, 90_000, 120_000,
    ]);
  });

  it("are bound by term and notice: notice ends a plan on the first day that both allow, and no sooner", () => {
    const bound = started("sub_1", phase("2026-11-01", { ...snapshot, termMonths: 6, noticeDays: 30 }));
    expect([bound.termUntil, bound.until]).toEqual(["2027-05-01", undefined]);
    expect(earliestEnd(bound, today)).toBe("2027-05-01");
    expect(earliestEnd(bound, "2027-04-20")).toBe("2027-05-20");
    const given = value(noticed(having(bound), { by: "company", reason: "搬走" }, today));
    expect(given).toMatchObject({ until: "2027-05-01", notice: { on: today, by: "company", reason: "搬走" } });
    expect(noticed(having(bound), { by: "space", until: "2027-04-30" }, today)).toMatchObject({
      refusal: { code: "subscription.notice-day", params: { earliest: "2027-05-01" } },
    });
    expect(noticed(having(given), { by: "space" }, today)).toMatchObject({ refusal: { code: "subscription.noticed" } });
    const back = value(withdrawn(having(given), "2026-12-01"));
    expect([back.until, back.notice]).toEqual([undefined, undefined]);
    expect(withdrawn(having(back), today)).toMatchObject({ refusal: { code: "subscription.no-notice" } });
  });

  it("go on after a term as the plan says: bound anew, from month to month, or no more", () => {
    const ends = started("sub_1", phase("2026-11-30", { ...snapshot, termMonths: 3, renewal: "ends" }));
    expect([ends.termUntil, ends.until]).toEqual(["2027-02-28", "2027-02-28"]);
    const longer = value(renewed(having(ends), 3, undefined, today));
    expect([longer.termUntil, longer.until]).toEqual(["2027-05-28", "2027-05-28"]);
    const moved = value(renewed(having(ends), 12, phase(today, better), today));
    expect(moved).toMatchObject({ termUntil: "2028-02-28", amendments: [{ from: "2027-02-28", snapshot: better }] });
    expect(moved.until).toBeUndefined();
  });

  it("rest from a day until another or until they are resumed, and pauses never meet", () => {
    const rests = value(paused(having(one), { from: "2026-12-01" }, today));
    expect(paused(having(rests), { from: "2026-12-20", until: "2026-12-25" }, today)).toMatchObject({
      refusal: { code: "subscription.paused", params: { from: "2026-12-01", until: null } },
    });
    expect(partsOf(rests, "2026-12")).toEqual([]);
    const goes = value(resumed(having(rests), "2027-01-10", today));
    expect(goes.pauses).toEqual([{ from: "2026-12-01", until: "2027-01-10" }]);
    expect(partsOf(goes, "2027-01")).toMatchObject([{ from: "2027-01-10", until: "2027-02-01" }]);
    expect(value(resumed(having(rests), "2026-12-01", today)).pauses).toBeUndefined();
    expect(resumed(having(one), today, today)).toMatchObject({ refusal: { code: "subscription.not-paused" } });
  });

  it("of a plan that follows begin when the one before has ended", () => {
    const [first, second] = [value(ended(having(one), "2027-01-01", today)), started("sub_2", phase("2027-01-01"))];
    const company = having(first, second);
    expect(subscriptionOn(company, "2026-12-31")?.id).toBe("sub_1");
    expect(subscriptionOn(company, "2027-01-01")?.id).toBe("sub_2");
  });
});

describe("allowances", () => {
  it("of a month are the most that a plan gives on one of its days; a month paused whole gives none", () => {
    const changed = value(amended(having(one), phase("2026-12-15", better), today));
    expect(allowanceIn([changed], "2026-11").gives).toMatchObject({ "room-minutes": 240, "bin-days": 0 });
    expect(allowanceIn([changed], "2026-12").gives).toMatchObject({ "room-minutes": 600, "bin-days": 62 });
    const rests = value(paused(having(changed), { from: "2026-12-20", until: "2027-02-01" }, today));
    expect(allowanceIn([rests], "2026-12")).toMatchObject({ gives: { "room-minutes": 600 }, runs: true });
    expect(allowanceIn([rests], "2027-01")).toMatchObject({ gives: { "room-minutes": 0 }, runs: false });
  });

  it("that are corrected grant what is missing and take back only what is left", () => {
    expect(correction(600, 240, 100, true)).toEqual({ grant: 360, takeBack: 0, granted: 600 });
    expect(correction(240, 600, 100, true)).toEqual({ grant: 0, takeBack: 100, granted: 500 });
    expect(correction(240, 600, 500, false)).toEqual({ grant: 0, takeBack: 0, granted: 600 });
  });

  it("go over up to their cap, month after month, and lose nothing on the way", () => {
    const allowance = (runs: boolean, cap: number) => () => ({
      gives: { "room-minutes": 0, "desk-days": 0, "guest-passes": 0, "bin-days": 0 },
      rolls: { "room-minutes": cap, "desk-days": 0, "guest-passes": 0, "bin-days": 0 },
      runs,
    });
    const left = [
      { kind: "room-minutes" as const, month: "2026-09", units: 300 },
      { kind: "room-minutes" as const, month: "2026-10", units: 50 },
      { kind: "desk-days" as const, month: "2026-10", units: 3 },
    ];
    expect(rollOver(left, "2026-11", allowance(true, 120))).toEqual([
      { kind: "room-minutes", month: "2026-09", units: 300, carried: 120, into: "2026-10" },
      { kind: "room-minutes", month: "2026-10", units: 170, carried: 120, into: "2026-11" },
      { kind: "desk-days", month: "2026-10", units: 3, carried: 0, into: "2026-11" },
    ]);
    expect(rollOver(left, "2026-11", allowance(false, 120)).map(({ carried }) => carried)).toEqual([0, 0, 0]);
  });

  it("are drawn from in order, and a draw is what was asked or all there is", () => {
    const sources = [
      { unit: "a", left: 30, until: "2026-12-01" },
      { unit: "b", left: 100, until: "2027-01-01" },
    ];
    expect(drawFrom(sources, 50)).toEqual([
      { unit: "a", amount: 30 },
      { unit: "b", amount: 20 },
    ]);
    expect(drawFrom(sources, 500).reduce((sum, { amount }) => sum + amount, 0)).toBe(130);
  });
});
