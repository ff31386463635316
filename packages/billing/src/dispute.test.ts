import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Merged, mergeDispute, spreadLoss } from "./dispute.ts";
import type { DisputeNews } from "./dispute-model.ts";

const news = (over: Partial<DisputeNews> = {}): DisputeNews => ({
  ...{ reference: "dp_1", amountMinor: 15_000, currency: "cny", reason: "fraudulent", state: "needs-response" },
  ...{ withdrawn: false, reinstated: false, feeMinor: 0, moves: 0, openedAt: "2026-11-23T00:00:00.000Z" },
  ...over,
});
const created = news();
const withdrawn = news({ withdrawn: true, feeMinor: 10_500, moves: 1 });
const reviewed = { ...withdrawn, state: "in-review" as const };
const won = news({ withdrawn: true, reinstated: true, feeMinor: 10_500, moves: 2, state: "won" });
const lost = { ...withdrawn, state: "lost" as const };

/** Lays news over each other and gives what was moved in all, with the end. */
function heard(all: readonly DisputeNews[]) {
  const moved = { withdraw: 0, reinstate: 0, lose: 0, fee: 0 };
  let known: Merged | undefined;
  for (const one of all) {
    known = mergeDispute(known, one);
    moved.withdraw += Number(known.withdraw);
    moved.reinstate += Number(known.reinstate);
    moved.lose += Number(known.lose);
    moved.fee += known.feeDeltaMinor;
  }
  return { ...moved, state: known?.state };
}

describe("news of a dispute", () => {
  it.each([
    ["won", [created, withdrawn, reviewed, won], { withdraw: 1, reinstate: 1, lose: 0, fee: 10_500, state: "won" }],
    ["lost", [created, withdrawn, reviewed, lost], { withdraw: 1, reinstate: 0, lose: 1, fee: 10_500, state: "lost" }],
  ] as const)("comes to the same in any order and however often: %s", (_, all, end) => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...all, ...all], { minLength: 8, maxLength: 8 }), (order) => {
        expect(heard(order)).toEqual(end);
      }),
    );
  });

  it("an inquiry that went no further moves nothing", () => {
    expect(heard([created, news({ state: "closed" })])).toEqual({
      ...{ withdraw: 0, reinstate: 0, lose: 0, fee: 0, state: "closed" },
    });
  });
});

describe("lost money", () => {
  it("is taken from the bills it paid, the latest first, then from what is left as balance; the rest is a loss, to the fen", () => {
    const amount = fc.integer({ min: 0, max: 100_000 });
    const bill = fc.record({ invoice: fc.string(), amountMinor: amount, mostMinor: amount });
    fc.assert(
      fc.property(amount, fc.array(bill, { maxLength: 6 }), amount, (lostMinor, bills, creditMinor) => {
        const spread = spreadLoss(lostMinor, bills, creditMinor);
        const reopened = spread.bills.reduce((sum, one) => sum + one.amountMinor, 0);
        expect(reopened + spread.creditMinor + spread.restMinor).toBe(lostMinor);
        expect(spread.creditMinor).toBeLessThanOrEqual(creditMinor);
        expect(spread.restMinor).toBeGreaterThanOrEqual(0);
      }),
    );
    const bills = [
      { invoice: "inv_1", amountMinor: 100, mostMinor: 100 },
      { invoice: "inv_2", amountMinor: 50, mostMinor: 20 },
    ];
    expect(spreadLoss(140, bills, 5)).toEqual({
      bills: [
        { invoice: "inv_2", amountMinor: 20 },
        { invoice: "inv_1", amountMinor: 100 },
      ],
      creditMinor: 5,
      restMinor: 15,
    });
  });
});
