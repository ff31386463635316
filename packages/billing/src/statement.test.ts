import { plusDays } from "@yihao/kernel/days";
import type { Transfer } from "@yihao/ledger/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { paperWords } from "./paper-words.ts";
import { standingOn, statementRows } from "./statement.ts";
import { paperOfStatement, statementText } from "./statement-paper.ts";

const zone = "Asia/Shanghai";
let last = 0;
const moved = (over: Partial<Transfer>): Transfer => ({
  ...{ id: `xfr_${++last}`, book: "money/cmp_1", kind: "move", unit: "cny", amount: 1, from: "bank", to: "receivable" },
  ...{ at: "2026-11-05T02:00:00.000Z", by: "per_1" },
  ...over,
});
const billed = (document: string, on: string, amount: number, tax: number): Transfer[] => [
  moved({ from: "receivable", to: "revenue:room", amount: amount - tax, document, reason: "invoice", note: { on } }),
  moved({ from: "receivable", to: "tax:vat", amount: tax, document, reason: "invoice", note: { on } }),
];

describe("a statement of account", () => {
  it("has a row for each document with what is owed after it, and begins where the days before it end", () => {
    const transfers = [
      ...billed("inv_1", "2026-10-31", 10_600, 600),
      moved({ amount: 8_000, document: "inv_1", reason: "payment", note: { payment: "pay_1", on: "2026-11-02" } }),
      // One payment of two bills and more than both: one row.
      moved({ amount: 2_600, document: "inv_1", reason: "payment", note: { payment: "pay_2", on: "2026-11-03" } }),
      moved({
        to: "credit",
        amount: 400,
        document: "pay_2",
        reason: "payment",
        note: { payment: "pay_2", on: "2026-11-03" },
      }),
      moved({ to: "deposit", amount: 5_000, document: "dep_1", reason: "deposit", note: { on: "2026-11-04" } }),
      ...billed("inv_2", "2026-11-30", 1_060, 60),
      moved({
        from: "credit",
        amount: 400,
        document: "inv_2",
        reason: "payment",
        note: { payment: "pay_3", on: "2026-11-30" },
      }),
      moved({
        from: "deposit",
        amount: 600,
        document: "inv_2",
        reason: "payment",
        note: { payment: "pay_4", on: "2026-11-30" },
      }),
      moved({ from: "loss:bad-debt", amount: 60, document: "inv_2", reason: "write-off", note: { on: "2026-12-01" } }),
    ];
    const november = statementRows(transfers, { from: "2026-11-01", to: "2026-11-30" }, zone);
    expect(november.opening).toEqual({ owedMinor: 10_600, depositMinor: 0 });
    expect(
      november.rows.map(({ kind, document, chargedMinor, settledMinor, heldMinor, owedMinor, depositMinor }) =>
        [kind, document, chargedMinor, settledMinor, heldMinor, owedMinor, depositMinor].join(" "),
      ),
    ).toEqual([
      "payment pay_1 0 8000 0 2600 0",
      "payment pay_2 0 3000 0 -400 0",
      "deposit dep_1 0 0 5000 -400 5000",
      "invoice inv_2 1060 0 0 660 5000",
      "balance pay_3 400 400 0 660 5000",
      "deposit-use pay_4 0 600 -600 60 4400",
    ]);
    expect(november).toMatchObject({ chargedMinor: 1_460, settledMinor: 12_000 });
    expect(november.closing).toEqual({ owedMinor: 60, depositMinor: 4_400 });
    const december = statementRows(transfers, { from: "2026-12-01", to: "2026-12-31" }, zone);
    expect(december.opening).toEqual(november.closing);
    expect(december.closing).toEqual({ owedMinor: 0, depositMinor: 4_400 });
  });

  it("shows a credit note once, also when a part of it had been paid and became a balance", () => {
    const on = { on: "2026-11-10" };
    const note = [
      moved({
        from: "revenue:room",
        to: "receivable",
        amount: 1_000,
        document: "crn_1",
        reason: "credit-note",
        note: on,
      }),
      moved({ from: "tax:vat", to: "receivable", amount: 60, document: "crn_1", reason: "credit-note", note: on }),
      moved({ from: "receivable", to: "credit", amount: 700, document: "crn_1", reason: "credit-freed", note: on }),
    ];
    const { rows } = statementRows(note, { from: "2026-11-01", to: "2026-11-30" }, zone);
    expect(rows).toMatchObject([{ kind: "credit-note", chargedMinor: 0, settledMinor: 1_060, owedMinor: -1_060 }]);
  });

  it("of any transfers and days closes at the ledger's balance of that day, and goes on where the one before it ended", () => {
    const first = "2026-01-01";
    const accounts = ["receivable", "credit", "deposit", "bank", "cash", "revenue:room", "tax:vat", "opening", "merge"];
    const account = fc.constantFrom(...accounts);
    const one = fc.record({
      from: account,
      to: account,
      amount: fc.integer({ min: 1, max: 1_000_000 }),
      day: fc.integer({ min: 0, max: 60 }),
      dated: fc.boolean(),
      document: fc.constantFrom("inv_1", "inv_2", "pay_1", "crn_1", "dep_1"),
      reason: fc.constantFrom("invoice", "payment", "credit-note", "credit-freed", "deposit", "refund", "merge"),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 60 }), fc.tuple(fc.nat(60), fc.nat(60)), (wanted, [a, b]) => {
        const transfers = wanted
          .filter(({ from, to }) => from !== to)
          .map(({ day, dated, ...rest }) => {
            const on = plusDays(first, day);
            return moved({ ...rest, at: `${on}T02:00:00.000Z`, ...(dated ? { note: { on } } : {}) });
          });
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map((day) => plusDays(first, day)) as [string, string];
        const read = statementRows(transfers, { from: low, to: high }, zone);
        expect(read.opening).toEqual(standingOn(transfers, plusDays(low, -1), zone));
        expect(read.closing).toEqual(standingOn(transfers, high, zone));
        expect(read.opening.owedMinor + read.chargedMinor - read.settledMinor).toBe(read.closing.owedMinor);
        let before = read.opening;
        for (const row of read.rows) {
          expect(row.owedMinor).toBe(before.owedMinor + row.chargedMinor - row.settledMinor);
          expect(row.depositMinor).toBe(before.depositMinor + row.heldMinor);
          before = row;
        }
        const after = statementRows(transfers, { from: plusDays(high, 1), to: plusDays(high, 90) }, zone);
        expect(after.opening).toEqual(read.closing);
      }),
      { numRuns: 300 },
    );
  });

  it("is printed with its opening row first, every document once and its closing in figures and words", () => {
    const rows = billed("inv_1", "2026-11-30", 10_600, 600);
    const read = {
      ...{ company: "cmp_1", companyName: "淮北晚汀香氛科技有限公司", from: "2026-11-01", to: "2026-11-30" },
      ...statementRows(rows, { from: "2026-11-01", to: "2026-11-30" }, zone),
    };
    const named = read.rows.map((row) => ({ ...row, number: "ZD-202611-0001", lateFeeMinor: 600 }));
    const paper = paperOfStatement({ ...read, rows: named }, "淮海壹号众创空间", "zh");
    expect(paper.rows.map(([text]) => text)).toEqual([
      "2026-11-01 期初余额",
      "2026-11-30 账单 ZD-202611-0001 (含滞纳金 ¥6.00)",
    ]);
    expect(paper.total).toEqual(["期末应付", "¥106.00"]);
    expect(paper.inWords[1]).toBe("壹佰零陆元整");
    for (const language of ["zh", "en"] as const)
      expect(statementText(named[0] as never, paperWords[language].statement)).toContain("ZD-202611-0001");
  });
});
