import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type JournalLine,
  journalAccounts,
  postingDay,
  SubjectsSchema,
  totalsOfVouchers,
  usualSubjects,
  vouchersOf,
} from "./journal.ts";

let made = 0;
const line = (over: Partial<JournalLine>): JournalLine => {
  made += 1;
  return {
    ...{ id: `xfr_${made}`, on: "2026-11-23", voucher: "inv_1", company: "cmp_a", companyName: "湖畔鲜集" },
    ...{ from: "receivable", to: "revenue:room", amountMinor: 100, reason: "invoice" },
    ...over,
  };
};

describe("the journal", () => {
  it("a bill debits what is owed and credits revenue and tax; its credit note stands in red on the same sides", () => {
    const bill = [line({ amountMinor: 94_34 }), line({ to: "tax:vat", amountMinor: 5_66 })];
    const note = [
      line({
        voucher: "crn_1",
        on: "2026-11-24",
        from: "revenue:room",
        to: "receivable",
        amountMinor: 47_17,
        reason: "credit-note",
      }),
      line({
        voucher: "crn_1",
        on: "2026-11-24",
        from: "tax:vat",
        to: "receivable",
        amountMinor: 2_83,
        reason: "credit-note",
      }),
      line({
        voucher: "crn_1",
        on: "2026-11-24",
        from: "receivable",
        to: "credit",
        amountMinor: 20_00,
        reason: "credit-freed",
      }),
    ];
    const [one, two] = vouchersOf([...note, ...bill]).map((voucher) => ({
      ...voucher,
      lines: voucher.lines.map(({ account, debitMinor, creditMinor }) => [account, debitMinor, creditMinor]),
    }));
    expect(one).toMatchObject({
      ...{ number: 1, on: "2026-11-23", document: "inv_1", reason: "invoice" },
      lines: [
        ["receivable", 100_00, 0],
        ["revenue:room", 0, 94_34],
        ["tax:vat", 0, 5_66],
      ],
    });
    expect(two).toMatchObject({
      ...{ number: 2, reason: "credit-note" },
      lines: [
        ["receivable", -30_00, 0],
        ["credit", 0, 20_00],
        ["revenue:room", 0, -47_17],
        ["tax:vat", 0, -2_83],
      ],
    });
  });

  it("what passes through between the two halves of a merged company cancels out, and old books' balances are no voucher", () => {
    const moved = [
      line({ voucher: "inv_2", company: "cmp_a", from: "merge", to: "receivable", reason: "merge" }),
      line({ voucher: "inv_2", company: "cmp_b", from: "receivable", to: "merge", reason: "merge" }),
      line({ voucher: "opb_1", from: "receivable", to: "opening", reason: "opening" }),
    ];
    expect(vouchersOf(moved).map(({ lines }) => lines.map(({ account, company }) => [account, company]))).toEqual([
      [
        ["receivable", "cmp_b"],
        ["receivable", "cmp_a"],
      ],
    ]);
  });

  it("debits are credits, in every voucher and in all, over random postings", () => {
    const account = fc.constantFrom(...journalAccounts, "merge", "something-new");
    const one = fc
      .record({
        on: fc.constantFrom("2026-11-01", "2026-11-02"),
        voucher: fc.constantFrom("a", "b", "c"),
        company: fc.constantFrom("cmp_a", "cmp_b"),
        from: account,
        to: account,
        amountMinor: fc.integer({ min: 1, max: 1e9 }),
        reason: fc.constantFrom("invoice", "payment", "credit-note", "credit-freed", "merge", "refund"),
      })
      .filter(({ from, to }) => from !== to);
    fc.assert(
      fc.property(fc.array(one, { maxLength: 30 }), (lines) => {
        const vouchers = vouchersOf(lines.map((each) => line(each)));
        for (const voucher of vouchers) {
          const { debitMinor, creditMinor } = totalsOfVouchers([voucher]);
          expect(debitMinor).toBe(creditMinor);
        }
        expect(vouchers.map(({ number }) => number)).toEqual(vouchers.map((_, at) => at + 1));
      }),
    );
  });

  it("is posted on a document's day when that lies in its month, else on the month's last; every account has a subject", () => {
    expect([postingDay("2026-11-08", "2026-11"), postingDay("2026-12-02", "2026-11")]).toEqual([
      "2026-11-08",
      "2026-11-30",
    ]);
    expect(SubjectsSchema.safeParse(usualSubjects).success).toBe(true);
    const { bank: _bank, ...rest } = usualSubjects;
    expect(SubjectsSchema.safeParse(rest).success).toBe(false);
    expect(SubjectsSchema.safeParse({ ...usualSubjects, tea: { code: "1", name: "茶" } }).success).toBe(false);
  });
});
