import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Merged, mergeDispute, spreadLoss, spreadReturn } from "./dispute.ts";
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

const returned = { ...won, state: "lost" as const };

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

  it("of money that came back once it was lost comes back once, in any order: what is lost by then was never lost otherwise", () => {
    const all = [created, withdrawn, lost, returned];
    fc.assert(
      fc.property(fc.shuffledSubarray([...all, ...all], { minLength: 8, maxLength: 8 }), (order) => {
        let known: Merged | undefined;
        let [out, back, gone, again] = [0, 0, 0, 0];
        for (const one of order) {
          known = mergeDispute(known, one);
          out += Number(known.withdraw);
          back += Number(known.reinstate);
          gone += Number(known.lose);
          again += Number(known.comeBack);
        }
        expect([out, back + again, gone]).toEqual([1, 1, again]);
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

  it("that comes back goes to what is withheld, what was written off, the bills as far as they want it, and the balance, to the fen", () => {
    const amount = fc.integer({ min: 0, max: 50_000 });
    const bill = fc.record({ lostMinor: amount, openMinor: amount, writtenOffMinor: amount });
    fc.assert(
      fc.property(
        amount,
        amount,
        amount,
        fc.array(bill, { maxLength: 5 }),
        (heldMinor, writtenOffMinor, more, bills) => {
          const owed = bills.map((one, at) => ({ ...one, invoice: `inv_${at}` }));
          const total = heldMinor + writtenOffMinor + more;
          const spread = spreadReturn(total, { heldMinor, writtenOffMinor }, owed);
          const paid = spread.bills.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
          expect(spread.heldMinor + spread.recoveredMinor + paid + spread.creditMinor).toBe(total);
          expect(spread.creditMinor).toBeGreaterThanOrEqual(0);
          for (const { invoice, amountMinor, recoveredMinor } of spread.bills) {
            const one = owed.find((each) => each.invoice === invoice);
            expect(amountMinor).toBeLessThanOrEqual(one?.lostMinor ?? 0);
            expect(amountMinor - recoveredMinor).toBeLessThanOrEqual(one?.openMinor ?? 0);
            expect(recoveredMinor).toBeLessThanOrEqual(one?.writtenOffMinor ?? 0);
          }
        },
      ),
    );
  });
});
