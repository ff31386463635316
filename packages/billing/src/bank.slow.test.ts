import type { CompanyId } from "@yihao/kernel/ids";
import { BillingStage } from "@yihao/testing/billing-stage";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readBankFile } from "./bank-file.ts";
import { matchEntry } from "./bank-match.ts";
import type { BankImported, BankLine } from "./bank-model.ts";
import { drawInvoice } from "./draw.ts";
import { finaliseInvoice } from "./finalise.ts";
import type { InvoiceRow } from "./model.ts";
import { invoiceIdOf } from "./store.ts";

const row = (company: string, number: string, totalMinor: number): InvoiceRow => ({
  ...{ id: `inv_${number}`, company: `cmp_${company}`, companyName: company, month: "2026-11", state: "due", number },
  ...{ totalMinor, paidMinor: 0, dueOn: "2026-12-05" },
});
const entry = (amountMinor: number, payer: string, remark = "") => ({
  ...{ day: "2026-11-23", amountMinor, payer, reference: "R1", remark },
});

describe("matching", () => {
  const due = [
    row("晚汀香氛（淮北）", "ZD-202611-0001", 60_000),
    row("晚汀香氛（淮北）", "ZD-202611-0002", 4_500),
    row("湖畔鲜集", "ZD-202611-0003", 4_500),
  ];

  it("is certain only when number or whole name and the amount fit one company, to the fen; all else is a guess at most", () => {
    const of = (...args: Parameters<typeof entry>) => {
      const { certain, guess } = matchEntry(entry(...args), due);
      return [certain, guess?.companyName, guess?.invoices.length];
    };
    expect(of(60_000, "张三", "付 ZD-202611-0001 房租")).toEqual([true, "晚汀香氛（淮北）", 1]);
    expect(of(64_500, "", "ZD-202611-0001 zd2026110002")).toEqual([true, "晚汀香氛（淮北）", 2]);
    expect(of(64_500, "", "房租ＺＤ－２０２６１１－０００１，ＺＤ２０２６１１０００２")).toEqual([
      true,
      "晚汀香氛（淮北）",
      2,
    ]);
    expect(of(60_001, "张三", "ZD-202611-0001")).toEqual([false, "晚汀香氛（淮北）", 1]);
    expect(of(64_500, "", "ZD-202611-0001 ZD-202611-0003")).toEqual([false, undefined, undefined]);
    expect(of(4_500, "晚汀香氛(淮北)")).toEqual([true, "晚汀香氛（淮北）", 1]);
    expect(of(64_500, "晚汀香氛 (淮北)")).toEqual([true, "晚汀香氛（淮北）", 2]);
    expect(of(100, "湖畔鲜集")).toEqual([false, "湖畔鲜集", 0]);
    expect(of(4_500, "湖畔")).toEqual([false, undefined, undefined]);
  });
});

describe("a bank's file", () => {
  it("is read under the bank's own lines and headings; what goes out is left, what cannot be read is said", () => {
    const file = readBankFile([
      ["中国工商银行 账户明细"],
      ["账号：1305", "", "", "", "", ""],
      ["交易日期", "借方发生额", "贷方发生额", "对方户名", "交易流水号", "摘要", "附言"],
      ["20261123", "", "1,280.00", "晚汀香氛", "B1", "转账", "ZD-202611-0001"],
      ["2026-11-24 10:22:01", "500.00", "", "物业", "B2", "水电", ""],
      ["", "", "", "", "", "", ""],
      ["2026/11/25", "", "八十元", "某", "B3", "", ""],
      ["２０２６年１１月２６日", "", "￥１，０００．５０", "某", "B4", "", ""],
    ]);
    expect(file).toMatchObject({
      value: {
        entries: [
          {
            day: "2026-11-23",
            amountMinor: 128_000,
            payer: "晚汀香氛",
            reference: "B1",
            remark: "转账 ZD-202611-0001",
          },
          { row: 8, day: "2026-11-26", amountMinor: 100_050, reference: "B4" },
        ],
        faults: [{ row: 7, what: "amount", value: "八十元" }],
        outgoing: 1,
      },
    });
    const oneColumn = readBankFile([
      ["交易日期", "借贷标志", "交易金额", "余额", "对方户名", "流水号"],
      ["2026-11-23", "贷", "1,280.00", "9,999.00", "晚汀香氛", "B1"],
      ["2026-11-23", "借", "500.00", "9,499.00", "物业", "B2"],
      ["2026-11-23", "冲", "80.00", "9,419.00", "某", "B3"],
      ["2026-11-24", "收入", "(60.00)", "9,479.00", "某", "B4"],
    ]);
    expect(oneColumn).toMatchObject({
      value: {
        entries: [{ row: 2, amountMinor: 128_000, reference: "B1" }],
        faults: [
          { row: 4, what: "way", value: "冲" },
          { row: 5, what: "amount", value: "(60.00)" },
        ],
        outgoing: 1,
      },
    });
    // Without a word on which way it went, one column for both is no head.
    expect(
      readBankFile([
        ["日期", "交易金额", "流水号"],
        ["2026-11-23", "5.00", "B1"],
      ]),
    ).toMatchObject({
      refusal: { code: "bank.heading" },
    });
    expect(readBankFile([["姓名", "年龄"]])).toMatchObject({ refusal: { code: "bank.heading" } });
    expect(readBankFile([["日期", "收入", "流水号"]])).toMatchObject({ refusal: { code: "bank.empty" } });
  });
});

describe("taking a file in", () => {
  let stage: BillingStage;
  beforeEach(async () => {
    stage = await BillingStage.open();
  });
  afterEach(async () => {
    expect(await stage.faults()).toEqual([]);
    stage.table.close();
  });
  const path = (tail: string) => `/accounts/spaces/spc_test${tail}`;
  const post = <T>(tail: string, body?: object) =>
    stage.ask<T & { code?: string }>("per_finance", "POST", path(tail), body);
  const open = async () =>
    (await stage.ask<{ items: BankLine[] }>("per_finance", "GET", path("/bank-lines"))).body.items;
  async function billed(name: string, units: number): Promise<{ company: CompanyId; number: string }> {
    const company = await stage.company(name);
    const pick = { company, operation: "pick", units, document: "ord_1", day: "2026-11-20", warehouse: "whs_1" };
    await stage.happen("handling.done", company, pick);
    await drawInvoice(stage.scope(), company, "2026-11");
    const done = await finaliseInvoice(stage.scope(), invoiceIdOf(stage.scope(), company, "2026-11"));
    if (!done.ok) throw new Error(done.refusal.code);
    return { company, number: done.value.number ?? "" };
  }

  it("records what is certain, keeps the rest, and counts each line once, whatever files it stands in; whose a line is is said once", async () => {
    const [first, second] = [await billed("湖畔鲜集", 30), await billed("一盏灯饰", 20)];
    const csv = [
      "日期,收入,流水号,付款人,摘要",
      `2026-11-23,45.00,B1,王老板,${first.number}`,
      "2026-11-23,10.00,B2,一盏灯饰,部分货款",
      "2026-11-23,0.37,B3,银行,结息",
    ].join("\n");
    const told = await post<BankImported>("/bank-imports", { csv });
    expect(told.body).toMatchObject({ posted: 1, waiting: 2, known: 0, postedMinor: 4500, faults: [] });
    expect((await post<BankImported>("/bank-imports", { csv })).body).toMatchObject({
      posted: 0,
      waiting: 0,
      known: 3,
    });
    // Banks use numbers of vouchers again: other money under one is told, not taken for the same line.
    const again = `日期,收入,流水号,付款人\n\n2026-12-23,46.00,B1,某\n2026-12-23,0.37,B3,银行\n2026-12-23,9.00,B2,某`;
    expect((await post<BankImported>("/bank-imports", { csv: again })).body).toMatchObject({
      ...{ posted: 0, waiting: 0, known: 0 },
      faults: [
        { row: 3, what: "used", value: "B1" },
        // As much, a month later: a rent that was paid under one voucher's number again.
        { row: 4, what: "used", value: "B3" },
        { row: 5, what: "used", value: "B2" },
      ],
    });
    const lines = await open();
    const [guessed, interest] = ["B2", "B3"].map((reference) => lines.find((one) => one.reference === reference));
    expect(guessed?.guess).toMatchObject({ company: second.company, by: "name" });
    const assign = () => post<BankLine>(`/bank-lines/${guessed?.id}/company`, { company: second.company });
    const answers = await Promise.all([assign(), assign(), assign()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect((await post<BankLine>(`/bank-lines/${interest?.id}/aside`)).body.state).toBe("set-aside");
    expect(await open()).toEqual([]);
    const balance = await stage.ask<{ receivableMinor: number }>(
      "per_finance",
      "GET",
      `/companies/${second.company}/balance`,
    );
    expect(balance.body.receivableMinor).toBe(2000);
    const by = first.company.replace("cmp_", "per_");
    expect((await stage.ask(by, "GET", path("/bank-lines"))).status).toBe(403);
  });
});
