import { taxWithin } from "@yihao/kernel/money";
import { pricePicks, priceRoom, priceStorage } from "@yihao/pricing/price";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agesOf } from "./ageing.ts";
import { allocate, allocateAsChosen } from "./allocate.ts";
import { chargesOfBooking, chargesOfCancelling } from "./charge.ts";
import { storageCharges } from "./charging.ts";
import { entriesOf } from "./finalise.ts";
import { isTiered } from "./line-name.ts";
import { linesOf, totalsOf } from "./lines.ts";
import type { Charge } from "./model.ts";
import { numberOf, placeOf } from "./number.ts";
import { planCharge } from "./plan-charge.ts";

const card = {
  currency: "CNY",
  taxIncluded: true,
  taxBasis: { room: 600, desk: 600, storage: 600, pick: 600, plan: 600 },
  roomHourMinor: 6000,
  deskDayMinor: 4000,
  binDayMinor: 240,
  pickUnitMinor: 150,
} as const;

let made = 0;
const charge = (over: Partial<Charge> = {}): Charge => {
  made += 1;
  return {
    id: `chg_${String(made).padStart(16, "0")}`,
    company: "cmp_a",
    month: "2026-11",
    day: "2026-11-05",
    service: "room",
    stream: "room",
    quantity: 90,
    per: "hour",
    unitMinor: 6000,
    amountMinor: 9000,
    taxBasis: 600,
    taxMinor: 509,
    source: { kind: "booking", document: "bok_1" },
    at: "2026-11-05T02:00:00.000Z",
    ...over,
  };
};
const kept = (bare: ReturnType<typeof chargesOfBooking>) => bare.map((one) => charge(one));
const where = { company: "cmp_a", day: "2026-11-05", about: { id: "res_1", name: "会议室 1" } } as const;
const source = { kind: "booking", document: "bok_1" } as const;

describe("golden figures", () => {
  it("an occupied bin costs 2.40 a day: six days are 14.40", () => {
    const days = [1, 2, 3, 4, 5, 6].flatMap(() =>
      kept(
        storageCharges(card, { company: "cmp_a", warehouse: "whs_1", day: "2026-11-01", bins: 1, codes: [] }, "evt_1"),
      ),
    );
    const [line] = linesOf(days, "2026-11");
    expect(line).toMatchObject({
      quantity: 6,
      per: "bin-day",
      unitMinor: 240,
      amountMinor: 1440,
      taxMinor: 82,
      charges: 6,
    });
    expect(priceStorage(card, 6).totalMinor).toBe(1440);
  });

  it("a month of the journey: plan 600, four free hours, 1.5 h room, a desk day, bin-days and picks, tax within", () => {
    const plan = planCharge(
      "cmp_a",
      {
        id: "sub_1",
        from: "2026-10-01",
        snapshot: { name: "创业", monthlyMinor: 60_000, roomMinutes: 240 },
      },
      "2026-11",
      0,
    );
    const room = priceRoom(card, 330, 240);
    const charges = kept([
      ...(plan ? [plan] : []),
      ...chargesOfBooking(room, where, source),
      { ...charge(), service: "desk", stream: "desk", quantity: 1, per: "day", unitMinor: 4000, amountMinor: 4000 },
      ...storageCharges(card, { company: "cmp_a", warehouse: "whs_1", day: "2026-11-05", bins: 2, codes: [] }, "evt_1"),
      ...chargesOfBooking({ lines: pricePicks(card, 30).lines, allowanceMinutes: 0 }, where, source),
    ]);
    const lines = linesOf(charges, "2026-11");
    expect(
      lines.map(({ service, quantity, amountMinor, taxMinor }) => [service, quantity, amountMinor, taxMinor]),
    ).toEqual([
      ["plan", 1, 60_000, 3396],
      ["room", 90, 9000, 509],
      ["allowance", 240, 0, 0],
      ["desk", 1, 4000, 226],
      ["storage", 2, 480, 27],
      ["pick", 30, 4500, 255],
    ]);
    expect(totalsOf(lines)).toMatchObject({ totalMinor: 77_980, taxMinor: 4413 });
  });

  it("240 labels of which the first 100 cost 0.20 and the rest less have no one price on their line; what came of rounding has", () => {
    const line = { per: "unit", quantity: 240, unitMinor: 20 } as const;
    expect(isTiered({ ...line, amountMinor: 4600 })).toBe(true);
    expect(isTiered({ ...line, amountMinor: 4800 })).toBe(false);
    expect(isTiered({ per: "hour", quantity: 100, unitMinor: 6001, amountMinor: 10_002, charges: 2 })).toBe(false);
    expect(isTiered({ per: "kg", quantity: 1_500, unitMinor: 200, amountMinor: 300 })).toBe(false);
    expect(isTiered({ per: "month", quantity: 12, unitMinor: 60_000, amountMinor: 24_000 })).toBe(false);
  });

  it("part of a plan's month is by day, and an early end gives back exactly what was charged too much", () => {
    const subscription = {
      id: "sub_1",
      from: "2026-11-16",
      snapshot: { name: "创业", monthlyMinor: 60_000, roomMinutes: 240 },
    } as const;
    const first = planCharge("cmp_a", subscription, "2026-11", 0);
    expect(first).toMatchObject({ amountMinor: 30_000, quantity: 15, of: 30 });
    const back = planCharge("cmp_a", { ...subscription, until: "2026-11-21" }, "2026-11", 30_000);
    expect(back?.amountMinor).toBe(-20_000);
    expect(planCharge("cmp_a", { ...subscription, until: "2026-11-21" }, "2026-11", 10_000)).toBeUndefined();
    const lines = linesOf(kept([...(first ? [first] : []), ...(back ? [back] : [])]), "2026-11");
    expect(lines).toMatchObject([{ quantity: 5, of: 30, amountMinor: 10_000 }]);
  });

  it("a month's price that is given back in the instant it was charged leaves no line, whatever the ids of the two", () => {
    const month = {
      service: "plan",
      stream: "membership",
      per: "month",
      unitMinor: 60_000,
      about: { id: "p", name: "团队" },
    } as const;
    for (const [first, then] of [
      ["chg_1", "chg_2"],
      ["chg_2", "chg_1"],
    ] as const) {
      const whole = charge({ ...month, id: first, quantity: 30, amountMinor: 60_000 });
      const back = charge({ ...month, id: then, quantity: 0, amountMinor: -60_000 });
      expect(linesOf([whole, back], "2026-11")).toEqual([]);
    }
  });

  it("a bin shared by three owners is split to the fen", () => {
    const shares = ["cmp_a", "cmp_b", "cmp_c"].map((company) =>
      storageCharges(
        { ...card, binDayMinor: 250 },
        {
          company,
          warehouse: "whs_1",
          day: "2026-11-05",
          bins: 1,
          codes: [],
          shared: [{ code: "01-01-01", owners: ["cmp_c", "cmp_a", "cmp_b"] }],
        },
        "evt_1",
      ).reduce((sum, one) => sum + one.amountMinor, 0),
    );
    expect(shares).toEqual([84, 83, 83]);
  });

  it("a bill is over the day after it is due", () => {
    const open = ["2026-11-23", "2026-11-22", "2026-10-24", "2026-10-23", "2026-08-25", "2026-08-24"].map((dueOn) => ({
      dueOn,
      openMinor: 100,
    }));
    expect(agesOf(open, "2026-11-23").map(({ count }) => count)).toEqual([1, 2, 1, 1, 1]);
  });

  it("a number names its month and its place in the year", () => {
    expect(numberOf("2026-11", 1)).toBe("ZD-202611-0001");
    expect(numberOf("2026-11", 12_345)).toBe("ZD-202611-12345");
    expect(placeOf("ZD-202611-0031")).toEqual({ year: "2026", place: 31 });
  });
});

describe("cancelling", () => {
  const quote = { lines: priceRoom(card, 330, 240).lines, totalMinor: 9000, allowanceMinutes: 240 };

  it("a whole refund leaves no line", () => {
    const charges = kept([
      ...chargesOfBooking(quote, where, source),
      ...chargesOfCancelling({ quote, refundMinor: 9000, back: { allowanceMinutes: 240 } }, where, source),
    ]);
    expect(linesOf(charges, "2026-11")).toEqual([]);
  });

  it("a refund in part is a line of its own and the fee stays", () => {
    const charges = kept([
      ...chargesOfBooking(quote, where, source),
      ...chargesOfCancelling({ quote, refundMinor: 5000, back: { allowanceMinutes: 0 } }, where, source),
    ]);
    expect(totalsOf(linesOf(charges, "2026-11")).totalMinor).toBe(4000);
  });
});

describe("no fen is lost", () => {
  const some = fc.record({
    amountMinor: fc.integer({ min: -5_000_000, max: 50_000_000 }),
    quantity: fc.integer({ min: -500, max: 5000 }),
    unitMinor: fc.integer({ min: 0, max: 9 }),
    service: fc.constantFrom("room", "desk", "storage", "pick", "plan", "refund", "allowance" as const),
    stream: fc.constantFrom("room", "desk", "storage", "handling", "membership" as const),
    month: fc.constantFrom("2026-09", "2026-10", "2026-11"),
    taxBasis: fc.constantFrom(0, 300, 600, 900, 1300),
  });

  it("whatever the charges: the total is their sum, each line's tax is within it, and the ledger's transfers are the total", () => {
    fc.assert(
      fc.property(fc.array(some, { maxLength: 60 }), (many) => {
        const charges = many.map((one) => charge(one as Partial<Charge>));
        const lines = linesOf(charges, "2026-11");
        const totals = totalsOf(lines);
        expect(totals.totalMinor).toBe(charges.reduce((sum, one) => sum + one.amountMinor, 0));
        for (const line of lines) expect(line.taxMinor).toBe(taxWithin(line.amountMinor, line.taxBasis));
        const moved = entriesOf({ id: "inv_1", company: "cmp_a", streams: totals.streams }).reduce(
          (sum, entry) => sum + ("from" in entry && entry.from === "receivable" ? entry.amount : -entry.amount),
          0,
        );
        expect(moved).toBe(totals.totalMinor);
      }),
      { seed: 20_261_123, verbose: true },
    );
  });

  it("whatever is paid: parts and credit are the payment, and no bill takes more than is open", () => {
    const bills = fc.array(
      fc.record({ total: fc.integer({ min: 1, max: 9999 }), paid: fc.integer({ min: 0, max: 9999 }) }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(bills, fc.integer({ min: 1, max: 60_000 }), (raw, amount) => {
        const due = raw.map(({ total, paid }, index) => ({
          id: `inv_${index}` as const,
          totalMinor: total,
          paidMinor: Math.min(total, paid),
        }));
        const { parts, creditMinor } = allocate(amount, due);
        expect(parts.reduce((sum, part) => sum + part.amountMinor, creditMinor)).toBe(amount);
        for (const part of parts) {
          const bill = due.find(({ id }) => id === part.invoice);
          expect(part.amountMinor).toBeLessThanOrEqual((bill?.totalMinor ?? 0) - (bill?.paidMinor ?? 0));
        }
        if (creditMinor > 0) expect(parts.length).toBe(due.filter((bill) => bill.totalMinor > bill.paidMinor).length);
        expect(allocateAsChosen(amount, parts, due)).toEqual({ ok: true, value: { parts, creditMinor } });
      }),
      { seed: 20_261_123, verbose: true },
    );
  });

  it("a choice that names a bill twice, gives it too much or is more than the payment is refused", () => {
    const due = [{ id: "inv_1", totalMinor: 100, paidMinor: 40 }] as const;
    const part = (amountMinor: number) => ({ invoice: "inv_1", amountMinor }) as const;
    for (const chosen of [[part(61)], [part(30), part(30)], [{ invoice: "inv_2", amountMinor: 1 } as const]])
      expect(allocateAsChosen(1000, chosen, due)).toMatchObject({ ok: false, refusal: { code: "payment.allocation" } });
    expect(allocateAsChosen(50, [part(60)], due)).toMatchObject({ ok: false });
  });
});
