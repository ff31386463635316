import type { CompanyId } from "@yihao/kernel/ids";
import { balancesOf } from "@yihao/ledger/store";
import { BillingStage } from "@yihao/testing/billing-stage";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Approval, Deposit, Refund } from "./approval-model.ts";
import type { CreditNote } from "./credit-model.ts";
import { drawInvoice } from "./draw.ts";
import { finaliseInvoice } from "./finalise.ts";
import type { InvoiceView } from "./invoice-view.ts";
import type { Payment } from "./model.ts";
import { invoiceIdOf, moneyBook } from "./store.ts";

/** What book-keepers do beside bills and payments, over HTTP; after each test every identity of the books holds. */
let stage: BillingStage;
beforeEach(async () => {
  stage = await BillingStage.open();
});
afterEach(async () => {
  expect(await stage.faults()).toEqual([]);
  stage.table.close();
});

type Told = { code?: string; params?: Record<string, unknown> };
const ask = <T>(person: string, path: string, body?: unknown, key?: `key_${string}`) =>
  stage.ask<T & Told>(person, body === undefined ? "GET" : "POST", path, body, key);
const accounts = (path: string) => `/accounts/spaces/spc_test${path}`;

/** A company with a finalised bill of picks (¥1.50 each) and bin-days (¥2.40 each). */
async function billed(
  name: string,
  units = 30,
  bins = 5,
): Promise<{ company: CompanyId; invoice: string; totalMinor: number }> {
  const company = await stage.company(name);
  const day = "2026-11-20";
  await stage.happen("handling.done", company, {
    company,
    operation: "pick",
    units,
    document: "ord_1",
    day,
    warehouse: "whs_1",
  });
  await stage.happen("storage.day", company, { company, warehouse: "whs_1", day, bins, codes: [] });
  await drawInvoice(stage.scope(), company, "2026-11");
  const invoice = invoiceIdOf(stage.scope(), company, "2026-11");
  const finalised = await finaliseInvoice(stage.scope(), invoice);
  if (!finalised.ok) throw new Error(finalised.refusal.code);
  return { company, invoice, totalMinor: finalised.value.totalMinor };
}
const read = async (invoice: string) =>
  (await stage.ask<InvoiceView>("per_finance", "GET", `/invoices/${invoice}`)).body;
const credit = (invoice: string, wish: object, key?: `key_${string}`) =>
  ask<CreditNote>("per_finance", accounts(`/invoices/${invoice}/credits`), { reason: "数量有误", ...wish }, key);
const pay = (company: string, amountMinor: number, reference: string, receivedOn = "2026-11-23") =>
  stage.ask<Payment & Told>("per_finance", "POST", "/payments", { company, amountMinor, reference, receivedOn });
const balance = async (company: string) => {
  const { receivableMinor, creditMinor, depositMinor } = (
    await stage.ask<Record<string, number>>("per_finance", "GET", `/companies/${company}/balance`)
  ).body;
  return { receivableMinor, creditMinor, depositMinor };
};
const propose = (person: string, wish: object) =>
  ask<Approval & { mine: boolean }>(person, accounts("/approvals"), { wish, reason: "与企业核对过" });
const decide = (person: string, id: string, decision: string) =>
  ask<Approval>(person, accounts(`/approvals/${id}/decision`), { decision });

describe("credit notes", () => {
  it("take an unpaid bill back whole: void, nothing open, revenue and tax undone, a number of their own series", async () => {
    const { company, invoice, totalMinor } = await billed("湖畔鲜集");
    const { status, body } = await credit(invoice, { totalMinor });
    expect([status, body.number, body.kind]).toEqual([201, "HC-202611-0001", "void"]);
    expect(body).toMatchObject({ totalMinor, reliefMinor: totalMinor, freedMinor: 0 });
    expect(await read(invoice)).toMatchObject({
      state: "void",
      number: "ZD-202611-0001",
      totalMinor,
      credits: [{ id: body.id }],
    });
    expect(await balance(company)).toEqual({ receivableMinor: 0, creditMinor: 0, depositMinor: 0 });
    expect((await credit(invoice, {})).body.code).toBe("credit.nothing-left");
  });

  it("take a part back line by line, never more than is left, and the tax of the parts is the line's tax to the fen", async () => {
    const { invoice } = await billed("一盏灯饰", 33, 7);
    const { lines } = await read(invoice);
    const [first] = lines;
    if (!first) throw new Error("no lines");
    for (const amountMinor of [1_01, 99, 1])
      expect((await credit(invoice, { lines: [{ line: 0, amountMinor }] })).status).toBe(201);
    const left = first.amountMinor - 2_01;
    const over = await credit(invoice, { lines: [{ line: 0, amountMinor: left + 1 }] });
    expect([over.status, over.body.code, over.body.params]).toEqual([409, "credit.line", { line: 0, leftMinor: left }]);
    expect((await credit(invoice, { totalMinor: 5 })).body.code).toBe("credit.changed");
    expect((await credit(invoice, {})).body.kind).toBe("void");
    const { credits } = await read(invoice);
    const taxes = credits.flatMap((note) => note.lines).filter(({ line }) => line === 0);
    expect(taxes.reduce((sum, one) => sum + one.taxMinor, 0)).toBe(first.taxMinor);
    expect(credits.map(({ number }) => number)).toEqual(["0001", "0002", "0003", "0004"].map((n) => `HC-202611-${n}`));
  });

  it("lower what is open first, and what was paid goes to the company's balance, which pays the next bill", async () => {
    const { company, invoice, totalMinor } = await billed("相山花艺");
    await pay(company, totalMinor - 1000, "BANK-1");
    const { body } = await credit(invoice, { lines: [{ line: 0, amountMinor: 1200 }] });
    expect(body).toMatchObject({ reliefMinor: 1000, freedMinor: 200, kind: "part" });
    expect(await read(invoice)).toMatchObject({ state: "paid", creditedMinor: 1200, freedMinor: 200 });
    expect(await balance(company)).toEqual({ receivableMinor: 0, creditMinor: 200, depositMinor: 0 });
  });

  it("20 at one time on as many bills have numbers without a gap, and one bill credited by 6 people at once is credited once", async () => {
    const bills = [];
    for (let n = 0; n < 20; n += 1) bills.push(await billed(`企业 ${n}`, n + 1));
    const answers = await Promise.all(bills.map(({ invoice }) => credit(invoice, {})));
    expect(answers.map(({ status }) => status)).toEqual(bills.map(() => 201));
    expect(new Set(answers.map(({ body }) => body.number)).size).toBe(20);
    const { invoice } = await billed("六人同时");
    const raced = await Promise.all(Array.from({ length: 6 }, () => credit(invoice, {})));
    expect(raced.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
  });

  it("asked for again under the same key give the first answer; a draft, a manager and another company are refused", async () => {
    const { company, invoice } = await billed("绘本馆");
    const [once, again] = [await credit(invoice, {}, "key_again_1"), await credit(invoice, {}, "key_again_1")];
    expect(again).toEqual(once);
    stage.people.set("per_manager", { roles: ["manager"], companies: [] });
    const path = accounts(`/invoices/${invoice}/credits`);
    expect((await ask("per_manager", path, { reason: "试试" })).status).toBe(403);
    const other = await stage.company("邻座科技");
    expect((await ask(other.replace("cmp_", "per_"), accounts(`/credits?company=${company}`))).status).toBe(404);
    expect((await ask<{ items: unknown[] }>(other.replace("cmp_", "per_"), accounts("/credits"))).body.items).toEqual(
      [],
    );
  });
});

describe("four eyes", () => {
  it("a refund is proposed by one and done when another approves; the same person is refused, and nothing is done twice", async () => {
    const { company, totalMinor } = await billed("湖畔鲜集");
    await pay(company, totalMinor + 500, "BANK-2");
    const wish = {
      kind: "refund",
      company,
      amountMinor: 300,
      way: "transfer",
      reference: "TK-1",
      paidOn: "2026-11-23",
    };
    const { status, body } = await propose("per_finance", wish);
    expect([status, body.state, body.mine]).toEqual([201, "proposed", true]);
    expect(await balance(company)).toMatchObject({ creditMinor: 500 });
    const own = await decide("per_finance", body.id, "approve");
    expect([own.status, own.body.code]).toEqual([403, "approval.same-person"]);
    const decided = await Promise.all([1, 2, 3].map(() => decide("per_finance2", body.id, "approve")));
    expect(decided.map((one) => one.status).sort()).toEqual([201, 409, 409]);
    expect(await balance(company)).toMatchObject({ creditMinor: 200 });
    const { items } = (await ask<{ items: Refund[] }>("per_finance", accounts(`/refunds?company=${company}`))).body;
    expect(items).toMatchObject([{ amountMinor: 300, reference: "TK-1" }]);
    const more = await propose("per_finance", { ...wish, amountMinor: 201, reference: "TK-2" });
    expect([more.body.code, more.body.params]).toEqual(["refund.more-than-balance", { creditMinor: 200 }]);
    const again = await propose("per_finance", { ...wish, amountMinor: 100 });
    expect((await decide("per_owner", again.body.id, "approve")).body.code).toBe("payment.reference-used");
  });

  it("two approved at one moment never take more than the company has paid ahead", async () => {
    const { company, totalMinor } = await billed("一盏灯饰");
    await pay(company, totalMinor + 500, "BANK-3");
    const proposals = await Promise.all(
      [1, 2, 3].map((n) =>
        propose("per_finance", {
          kind: "refund",
          company,
          amountMinor: 250,
          way: "cash",
          reference: `TK-${n}`,
          paidOn: "2026-11-23",
        }),
      ),
    );
    const done = await Promise.all(proposals.map(({ body }) => decide("per_finance2", body.id, "approve")));
    expect(done.map(({ status }) => status).sort()).toEqual([201, 201, 409]);
    expect(await balance(company)).toMatchObject({ creditMinor: 0 });
  });

  it("a refund of one payment is never more than it, whole or in parts", async () => {
    const { company, totalMinor } = await billed("相山花艺");
    await pay(company, totalMinor, "BANK-4");
    const over = await pay(company, 1000, "BANK-5");
    const wish = { kind: "refund", company, payment: over.body.id, way: "transfer", paidOn: "2026-11-23" };
    const part = await propose("per_finance", { ...wish, amountMinor: 400, reference: "TK-A" });
    expect((await decide("per_finance2", part.body.id, "approve")).status).toBe(201);
    const more = await propose("per_finance", { ...wish, amountMinor: 601, reference: "TK-B" });
    expect([more.body.code, more.body.params]).toEqual(["refund.more-than-paid", { leftMinor: 600 }]);
    const rest = await propose("per_finance", { ...wish, amountMinor: 600, reference: "TK-C" });
    expect((await decide("per_finance2", rest.body.id, "approve")).status).toBe(201);
  });

  it("a write-off closes what will never be paid, as a loss and not as revenue taken back", async () => {
    const { company, invoice, totalMinor } = await billed("绘本馆");
    await pay(company, 1000, "BANK-6");
    const wish = { kind: "write-off", invoice, amountMinor: totalMinor - 1000 };
    expect((await propose("per_finance", { ...wish, amountMinor: totalMinor })).body.code).toBe(
      "write-off.more-than-open",
    );
    const { body } = await propose("per_finance", wish);
    expect((await decide("per_owner", body.id, "approve")).status).toBe(201);
    expect(await read(invoice)).toMatchObject({ state: "written-off", writtenOffMinor: totalMinor - 1000 });
    expect(await balance(company)).toMatchObject({ receivableMinor: 0 });
    expect((await credit(invoice, {})).body.code).toBe("credit.written-off");
  });

  it("the account for transfers is set by one the first time, and changed by two", async () => {
    const first = { termsDays: 10, bankHolder: "淮海壹号", bankName: "工行淮北分行", bankAccount: "6222 0001" };
    const put = (settings: object, rev: number) =>
      stage.table &&
      import("./settings-actions.ts").then((m) => m.changeSettings(stage.scope(), settings as typeof first, rev));
    expect(await put(first, 0)).toMatchObject({ ok: true });
    expect(await put({ ...first, termsDays: 7 }, 1)).toMatchObject({ ok: true });
    expect(await put({ ...first, bankAccount: "9999" }, 2)).toMatchObject({
      ok: false,
      refusal: { code: "settings.four-eyes" },
    });
    const wish = { kind: "bank-details", bankHolder: "淮海壹号", bankName: "建行", bankAccount: "9999" };
    const { body } = await propose("per_finance", wish);
    expect((await decide("per_finance", body.id, "approve")).status).toBe(403);
    expect((await decide("per_finance2", body.id, "approve")).status).toBe(201);
    const now = await stage.ask<{ bankAccount: string; termsDays: number }>("per_finance", "GET", "/billing-settings");
    expect(now.body).toMatchObject({ bankAccount: "9999", termsDays: 7 });
  });

  it("who proposed may withdraw and another may decline; a manager decides but does not propose, a company sees nothing of it", async () => {
    stage.people.set("per_manager", { roles: ["manager"], companies: [] });
    const { company, invoice } = await billed("湖畔鲜集");
    const wish = { kind: "write-off", invoice, amountMinor: 100 };
    expect((await propose("per_manager", wish)).status).toBe(403);
    const [first, second] = [await propose("per_finance", wish), await propose("per_finance", wish)];
    expect((await decide("per_finance2", first.body.id, "withdraw")).body.code).toBe("approval.not-yours");
    expect((await decide("per_finance", first.body.id, "withdraw")).body.state).toBe("withdrawn");
    expect((await decide("per_manager", second.body.id, "decline")).body.state).toBe("declined");
    const list = async (state: string) =>
      (await ask<{ items: Approval[] }>("per_manager", accounts(`/approvals?state=${state}`))).body.items.length;
    expect([await list("open"), await list("done")]).toEqual([0, 2]);
    expect((await ask(company.replace("cmp_", "per_"), accounts("/approvals"))).status).toBe(403);
  });
});

describe("deposits", () => {
  it("are held, pay bills, and go back when two agree; they are no revenue", async () => {
    const { company, invoice, totalMinor } = await billed("湖畔鲜集");
    const taken = { company, amountMinor: 10_000, reference: "YJ-1", on: "2026-11-20" };
    expect((await ask<Deposit>("per_finance", accounts("/deposits"), taken)).status).toBe(201);
    expect((await ask("per_finance", accounts("/deposits"), taken)).body.code).toBe("payment.reference-used");
    expect((await pay(company, 1, "YJ-1")).body.code).toBe("payment.reference-used");
    expect(await balance(company)).toMatchObject({ depositMinor: 10_000, receivableMinor: totalMinor });
    const apply = (amountMinor: number) =>
      ask<Payment>("per_finance", accounts("/applications"), { company, from: "deposit", amountMinor });
    expect((await apply(totalMinor + 1)).body.code).toBe("balance.nothing-open");
    expect((await apply(totalMinor)).body).toMatchObject({
      way: "deposit",
      allocations: [{ invoice, amountMinor: totalMinor }],
    });
    expect((await read(invoice)).state).toBe("paid");
    const back = { kind: "deposit-return", company, way: "transfer", reference: "TY-1", paidOn: "2026-11-23" };
    const over = await propose("per_finance", { ...back, amountMinor: 10_000 });
    expect([over.body.code, over.body.params]).toEqual([
      "deposit.more-than-held",
      { depositMinor: 10_000 - totalMinor },
    ]);
    const { body } = await propose("per_finance", { ...back, amountMinor: 10_000 - totalMinor });
    expect((await decide("per_owner", body.id, "approve")).status).toBe(201);
    expect(await balance(company)).toEqual({ receivableMinor: 0, creditMinor: 0, depositMinor: 0 });
    expect(await balancesOf(stage.scope(), moneyBook(company))).toEqual([]);
  });

  it("6 who pay from one balance at once never spend more of it than there is", async () => {
    const { company, totalMinor } = await billed("一盏灯饰");
    await ask("per_finance", accounts("/deposits"), {
      company,
      amountMinor: 1000,
      reference: "YJ-2",
      on: "2026-11-20",
    });
    const wish = { company, from: "deposit", amountMinor: 400 };
    const answers = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(() => ask("per_finance", accounts("/applications"), wish)),
    );
    expect(answers.filter(({ status }) => status === 201).length).toBe(2);
    expect(await balance(company)).toMatchObject({ depositMinor: 200, receivableMinor: totalMinor - 800 });
  });
});

describe("a closed period", () => {
  it("refuses every posting of its months, also those on their way when it was closed, and stays closed", async () => {
    const { company } = await billed("湖畔鲜集");
    const close = (through: string) => ask("per_finance", accounts("/closed-period"), { through });
    expect((await close("2026-11")).body.code).toBe("period.running");
    expect((await close("2026-10")).status).toBe(201);
    expect((await close("2026-09")).body.code).toBe("period.closed");
    expect((await pay(company, 100, "LATE-1", "2026-10-31")).body).toMatchObject({
      code: "period.closed",
      params: { month: "2026-10" },
    });
    const deposit = { company, amountMinor: 100, reference: "LATE-2", on: "2026-10-01" };
    expect((await ask("per_finance", accounts("/deposits"), deposit)).body.code).toBe("period.closed");
    expect((await pay(company, 100, "LATE-1", "2026-11-01")).status).toBe(201);
    expect((await ask<{ through: string }>("per_finance", accounts("/closed-period"))).body.through).toBe("2026-10");
  });
});
