import type { Transfer } from "@yihao/ledger/model";
import { allItems } from "@yihao/table/dump";
import { BillingStage } from "@yihao/testing/billing-stage";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type JournalLine, totalsOfVouchers, usualSubjects, vouchersOf } from "./journal.ts";
import { fillJournal, listJournal, setSubjects, subjectsOf } from "./journal-store.ts";
import { invoiceIdOf } from "./store.ts";

let stage: BillingStage;
beforeEach(async () => {
  stage = await BillingStage.open();
});
afterEach(() => stage.table.close());

const post = (path: string, body: object) =>
  stage.ask<{ id: string; code?: string }>("per_finance", "POST", path, body);
const accounts = (path: string, body: object) => post(`/accounts/spaces/spc_test${path}`, body);
const lines = async (month: string): Promise<JournalLine[]> =>
  (await listJournal(stage.scope(), month, { limit: 500 })).items;

/** What each account got less what it gave, by transfers or by journal lines. */
function net(all: readonly { from: string; to: string; amount: number }[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { from, to, amount } of all) {
    sums[from] = (sums[from] ?? 0) - amount;
    sums[to] = (sums[to] ?? 0) + amount;
  }
  return sums;
}

async function busy(): Promise<void> {
  const company = await stage.company("湖畔鲜集");
  const day = "2026-11-20";
  const pick = { company, operation: "pick", units: 30, document: "ord_1", day, warehouse: "whs_1" };
  await stage.happen("handling.done", company, pick);
  await stage.happen("storage.day", company, { company, warehouse: "whs_1", day, bins: 5, codes: [] });
  await stage.settle();
  await post("/invoices/run", { month: "2026-11" });
  await stage.settle();
  const invoice = invoiceIdOf(stage.scope(), company, "2026-11");
  await post(`/invoices/${invoice}/finalise`, {});
  await accounts("/deposits", { company, amountMinor: 800, reference: "D1", on: "2026-11-21" });
  await post("/payments", { company, amountMinor: 6000, reference: "P1", receivedOn: "2026-11-22" });
  await accounts(`/invoices/${invoice}/credits`, { reason: "数量有误", lines: [{ line: 0, amountMinor: 200 }] });
}

describe("the journal", () => {
  it("has every transfer of money once, however often it is heard: its accounts are the ledger's, and debits are credits", async () => {
    await busy();
    await stage.settle(3);
    const transfers = (await allItems(stage.table)).filter((item) => item.k === "xfr") as unknown as Transfer[];
    const journal = await lines("2026-11");
    expect(journal).toHaveLength(transfers.length);
    expect(net(journal.map((line) => ({ ...line, amount: line.amountMinor })))).toEqual(net(transfers));
    const { debitMinor, creditMinor } = totalsOfVouchers(vouchersOf(journal));
    expect([debitMinor, creditMinor > 0]).toEqual([creditMinor, true]);
    expect(vouchersOf(journal).map(({ on, reason }) => [on, reason])).toEqual([
      ["2026-11-21", "deposit"],
      ["2026-11-22", "payment"],
      ["2026-11-23", "credit-note"],
      ["2026-11-23", "invoice"],
    ]);
  });

  it("of a closed month stays as it is: payments into it are refused, bills and credit notes go to the first open one", async () => {
    await busy();
    await stage.settle();
    stage.now = "2026-12-08T02:00:00.000Z";
    await accounts("/closed-period", { through: "2026-11" });
    const before = await lines("2026-11");
    const [bill] = before.filter(({ reason }) => reason === "invoice");
    const late = { company: bill?.company, amountMinor: 100, reference: "P2", receivedOn: "2026-11-30" };
    expect((await post("/payments", late)).body.code).toBe("period.closed");
    await accounts(`/invoices/${bill?.voucher}/credits`, { reason: "合同取消" });
    const other = await stage.company("一盏灯饰");
    const pick = {
      company: other,
      operation: "pick",
      units: 3,
      document: "ord_2",
      day: "2026-11-29",
      warehouse: "whs_1",
    };
    await stage.happen("handling.done", other, pick);
    await stage.settle();
    await post("/invoices/run", { month: "2026-11", companies: [other] });
    await stage.settle();
    expect((await post(`/invoices/${invoiceIdOf(stage.scope(), other, "2026-11")}/finalise`, {})).status).toBe(201);
    await stage.settle();
    expect(await lines("2026-11")).toEqual(before);
    expect([...new Set((await lines("2026-12")).map(({ reason }) => reason))].sort()).toEqual([
      "credit-freed",
      "credit-note",
      "invoice",
    ]);
  });

  it("takes in what was moved before it was kept, and subjects are set at the revision that was read", async () => {
    stage.table.close();
    stage = await BillingStage.open({ reactions: [] });
    const company = await stage.company("湖畔鲜集");
    await accounts("/deposits", { company, amountMinor: 800, reference: "D1", on: "2026-11-21" });
    await stage.settle();
    expect(await lines("2026-11")).toEqual([]);
    expect([await fillJournal(stage.scope(), company), await fillJournal(stage.scope(), company)]).toEqual([1, 0]);
    expect(await lines("2026-11")).toMatchObject([{ from: "bank", to: "deposit", amountMinor: 800 }]);
    const subjects = { ...usualSubjects, bank: { code: "100201", name: "工商银行" } };
    expect(await setSubjects(stage.scope(), subjects, 0)).toMatchObject({ ok: true, value: { rev: 1 } });
    expect(await setSubjects(stage.scope(), usualSubjects, 0)).toMatchObject({ ok: false });
    expect((await subjectsOf(stage.scope())).subjects.bank?.code).toBe("100201");
  });
});
