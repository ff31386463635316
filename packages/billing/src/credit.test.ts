import { taxWithin } from "@yihao/kernel/money";
import { describe, expect, it } from "vitest";
import { creditLines } from "./credit.ts";
import type { Line } from "./model.ts";

const line = (amountMinor: number, over: Partial<Line> = {}): Line => ({
  ...{ service: "room", stream: "room", quantity: 1, per: "hour", unitMinor: amountMinor, amountMinor },
  ...{ taxBasis: 600, taxMinor: taxWithin(amountMinor, 600), charges: 1, ...over },
});
const coupon = (amountMinor: number) => line(amountMinor, { service: "discount", per: "once" });
const part = (at: number, amountMinor: number) => ({ line: at, amountMinor });

describe("what is taken back of a bill that something was taken off", () => {
  const lines = [line(100_00), coupon(-10_00)];

  it("is never more than the bill has left in all, so that nobody gets a coupon paid out", () => {
    expect(creditLines(lines, [], { lines: [part(0, 100_00)] })).toMatchObject({
      refusal: { code: "credit.beyond", params: { leftMinor: 90_00 } },
    });
    const whole = creditLines(lines, [], { lines: [part(0, 100_00), part(1, -10_00)] });
    expect(whole.ok && whole.value.map(({ amountMinor }) => amountMinor)).toEqual([100_00, -10_00]);
    const first = creditLines(lines, [], { lines: [part(0, 50_00)] });
    if (!first.ok) throw new Error(first.refusal.code);
    const before = [{ lines: first.value }];
    expect(creditLines(lines, before, { lines: [part(0, 40_01)] })).toMatchObject({
      refusal: { code: "credit.beyond", params: { leftMinor: 40_00 } },
    });
    expect(creditLines(lines, before, { lines: [part(0, 50_00), part(1, -10_00)] }).ok).toBe(true);
    expect(creditLines(lines, before, {}).ok).toBe(true);
  });

  it("is not the taken off alone, and nothing of a bill of nothing", () => {
    expect(creditLines(lines, [], { lines: [part(1, -10_00)] })).toMatchObject({
      refusal: { code: "credit.nothing-left" },
    });
    expect(creditLines([line(50_00), line(-50_00)], [], { lines: [part(0, 50_00)] })).toMatchObject({
      refusal: { code: "credit.beyond", params: { leftMinor: 0 } },
    });
  });
});
