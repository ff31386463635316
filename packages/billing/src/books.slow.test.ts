import type { CompanyId } from "@yihao/kernel/ids";
import { checkLedger } from "@yihao/ledger/check";
import { allItems } from "@yihao/table/dump";
import { BillingStage } from "@yihao/testing/billing-stage";
import fc from "fast-check";
import { expect, it } from "vitest";
import { checkBilling } from "./check.ts";
import { checkPay, mayOweMoney } from "./check-pay.ts";
import { checkJournal } from "./check-records.ts";
import { recordIntent } from "./checkout.ts";
import type { DisputeNews } from "./dispute-model.ts";
import { disputeIdOf, disputeOf } from "./dispute-store.ts";
import { drawInvoice } from "./draw.ts";
import { followFee } from "./dunning-fees.ts";
import { defaultDunning } from "./dunning-model.ts";
import type { InvoiceView } from "./invoice-view.ts";
import type { PaymentId } from "./model.ts";
import { applyNews } from "./news.ts";
import { openOf } from "./open.ts";
import { noProvider, type ProviderNews } from "./provider.ts";
import { readBalance } from "./reads.ts";
import type { Statement } from "./statement.ts";
import { moneyMoves } from "./statement-reads.ts";
import { invoiceIdOf, listBillsOf, paymentOf } from "./store.ts";

const provider = { ...noProvider, name: "stripe" };

/*
 * Any sequence of what happens to money, over HTTP where people do it. The model knows only three sums a company (owed, paid ahead, deposit) and what each act does to them; after each sequence the
 * books say the same, and every identity of `check.ts` and the ledger holds.
 */
type Act =
  | { do: "charge"; units: number }
  | { do: "bill" }
  | { do: "pay"; fen: number }
  | { do: "credit"; share: number }
  | { do: "void" }
  | { do: "deposit"; fen: number }
  | { do: "apply"; from: "balance" | "deposit"; fen: number }
  | { do: "refund"; fen: number }
  | { do: "return"; fen: number }
  | { do: "write-off"; fen: number }
  | { do: "reduce"; percent: number }
  | { do: "coupon"; which: 0 | 1 }
  | { do: "late"; day: number }
  | { do: "last-bill" }
  | { do: "online"; fen: number }
  | { do: "dispute"; end: DisputeEnd; order: number[] };

type DisputeEnd = "open" | "won" | "lost" | "returned";

const fen = fc.integer({ min: 1, max: 9_000 });
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ do: fc.constant("charge" as const), units: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ do: fc.constant("bill" as const) }),
  fc.record({ do: fc.constant("pay" as const), fen }),
  fc.record({ do: fc.constant("credit" as const), share: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ do: fc.constant("void" as const) }),
  fc.record({ do: fc.constant("deposit" as const), fen }),
  fc.record({ do: fc.constant("apply" as const), from: fc.constantFrom("balance" as const, "deposit" as const), fen }),
  fc.record({ do: fc.constant("refund" as const), fen }),
  fc.record({ do: fc.constant("return" as const), fen }),
  fc.record({ do: fc.constant("write-off" as const), fen }),
  fc.record({ do: fc.constant("reduce" as const), percent: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ do: fc.constant("coupon" as const), which: fc.constantFrom(0 as const, 1 as const) }),
  fc.record({ do: fc.constant("late" as const), day: fc.integer({ min: 10, max: 31 }) }),
  fc.record({ do: fc.constant("online" as const), fen }),
  fc.record({
    do: fc.constant("dispute" as const),
    end: fc.constantFrom<DisputeEnd>("open", "won", "lost", "lost", "returned"),
    order: fc.shuffledSubarray([0, 1, 2, 0, 1, 2], { minLength: 6, maxLength: 6 }),
  }),
);
const coupons = [
  { code: "MOXING-0", less: { amountMinor: 777 }, usesMost: 3 },
  { code: "MOXING-1", less: { percent: 33 }, usesMost: 1_000 },
] as const;
const lateFee = { kind: "daily", perTenThousand: 500, graceDays: 0, capPercent: 100 };

class Books {
  readonly #stage: BillingStage;
  readonly #company: CompanyId;
  #month = "2026-01";
  #step = 0;
  #online: PaymentId[] = [];
  owed = 0;
  ahead = 0;
  held = 0;
  readonly taken = new Set<number>();

  constructor(stage: BillingStage, company: CompanyId) {
    this.#stage = stage;
    this.#company = company;
  }

  async #post<T>(path: string, body: object): Promise<T | undefined> {
    const { status, body: answer } = await this.#stage.ask<T>("per_finance", "POST", path, body);
    return status === 201 ? answer : undefined;
  }
  #accounts = (path: string) => `/accounts/spaces/spc_test${path}`;
  async #bills(): Promise<InvoiceView[]> {
    const list = await this.#stage.ask<{ items: { id: string }[] }>(
      "per_finance",
      "GET",
      `/invoices?company=${this.#company}`,
    );
    const bills = list.body.items.map(({ id }) =>
      this.#stage.ask<InvoiceView>("per_finance", "GET", `/invoices/${id}`),
    );
    return (await Promise.all(bills)).map(({ body }) => body).filter(({ state }) => state !== "draft");
  }
  async #agreed(wish: object): Promise<boolean> {
    const approval = await this.#post<{ id: string }>(this.#accounts("/approvals"), { wish, reason: "模型" });
    if (!approval) return false;
    const path = this.#accounts(`/approvals/${approval.id}/decision`);
    return (await this.#stage.ask("per_finance2", "POST", path, { decision: "approve" })).status === 201;
  }

  async #tell(event: string, news: ProviderNews["news"]): Promise<void> {
    const told = { event, type: news.is, at: this.#stage.now, news };
    await applyNews(this.#stage.scope(), provider, told);
  }

  async #payOnline(amountMinor: number): Promise<void> {
    const scope = this.#stage.scope();
    const invoice = invoiceIdOf(scope, this.#company, "2026-01");
    const about = { company: this.#company, companyName: "", amountMinor, reference: `W-${this.#step}`, invoice };
    const { id } = await recordIntent(scope, provider, about);
    const paid = { space: scope.space, payment: id, amountMinor, currency: "cny" };
    for (const _ of [1, 2]) await this.#tell(`evt_${id}`, { is: "received", ...paid });
    this.#online.push(id);
    const taken = Math.min(this.owed, amountMinor);
    this.owed -= taken;
    this.ahead += amountMinor - taken;
  }

  /** A payment is disputed as a whole, its news in some order and each twice; what was lost was taken from bills and balance or is withheld still. */
  async #dispute(end: DisputeEnd, order: readonly number[]): Promise<void> {
    const payment = this.#online.shift();
    if (!payment) return;
    const scope = this.#stage.scope();
    const { amountMinor = 0 } = (await paymentOf(scope, payment)) ?? {};
    const created: DisputeNews = {
      ...{ reference: `dp_${payment}`, amountMinor, currency: "cny", reason: "general", state: "needs-response" },
      ...{ withdrawn: false, reinstated: false, feeMinor: 0, moves: 0, openedAt: scope.now },
    };
    const withdrawn = { ...created, withdrawn: true, feeMinor: 100, moves: 1 };
    const last = { open: withdrawn, won: { ...withdrawn, state: "won" as const, reinstated: true, moves: 2 } };
    const lost = { ...withdrawn, state: "lost" as const };
    const all = [created, withdrawn, end === "lost" || end === "returned" ? lost : last[end]];
    for (const at of order) {
      const dispute = all[at] ?? created;
      await this.#tell(`evt_${payment}_${at}`, { is: "disputed", space: scope.space, payment, dispute });
    }
    const told = await disputeOf(scope, disputeIdOf(scope, provider.name, `dp_${payment}`));
    const reopened = (told?.reopened ?? []).reduce((sum, bill) => sum + bill.amountMinor, 0);
    const credit = told?.creditMinor ?? 0;
    expect(reopened + credit + (told?.heldMinor ?? 0)).toBe(end === "won" ? 0 : amountMinor);
    this.owed += reopened;
    this.ahead -= credit;
    if (end !== "returned") return;
    // What was lost comes back: the bills it had paid are open still, and what of it was withheld is so no more.
    const back = { ...lost, reinstated: true, moves: 2 };
    for (const _ of [1, 2])
      await this.#tell(`evt_${payment}_back`, { is: "disputed", space: scope.space, payment, dispute: back });
    this.owed -= reopened;
    this.ahead += credit;
  }

  async run(one: Act): Promise<void> {
    this.#step += 1;
    const [company, reference, on] = [this.#company, `R-${this.#step}`, "2026-11-20"];
    if (one.do === "charge") {
      const pick = {
        company,
        operation: "pick",
        units: one.units,
        document: `ord_${this.#step}`,
        day: `${this.#month}-05`,
        warehouse: "whs_1",
      };
      await this.#stage.happen("handling.done", company, pick);
    } else if (one.do === "bill" || one.do === "last-bill") {
      if (one.do === "last-bill") this.#month = "2026-12";
      const drawn = await drawInvoice(this.#stage.scope(), company, this.#month);
      if (drawn !== "drawn") return;
      const bill = await this.#post<{ totalMinor: number }>(
        `/invoices/${invoiceIdOf(this.#stage.scope(), company, this.#month)}/finalise`,
        {},
      );
      this.owed += bill?.totalMinor ?? 0;
      this.#month = `2026-${String(Number(this.#month.slice(5)) + 1).padStart(2, "0")}`;
    } else if (one.do === "pay") {
      if (!(await this.#post("/payments", { company, amountMinor: one.fen, reference, receivedOn: on }))) return;
      const taken = Math.min(this.owed, one.fen);
      this.owed -= taken;
      this.ahead += one.fen - taken;
    } else if (one.do === "credit" || one.do === "void") {
      const bill = (await this.#bills()).find(({ state }) => state !== "void" && state !== "written-off");
      const amountMinor = Math.ceil(((bill?.lines[0]?.amountMinor ?? 0) * (one.do === "credit" ? one.share : 0)) / 100);
      const wish = { reason: "模型", ...(one.do === "credit" ? { lines: [{ line: 0, amountMinor }] } : {}) };
      const note =
        bill &&
        (await this.#post<{ totalMinor: number; reliefMinor: number }>(
          this.#accounts(`/invoices/${bill.id}/credits`),
          wish,
        ));
      if (!note) return;
      this.owed -= note.reliefMinor;
      this.ahead += note.totalMinor - note.reliefMinor;
    } else if (one.do === "deposit") {
      if (await this.#post(this.#accounts("/deposits"), { company, amountMinor: one.fen, reference, on }))
        this.held += one.fen;
    } else if (one.do === "apply") {
      if (!(await this.#post(this.#accounts("/applications"), { company, from: one.from, amountMinor: one.fen })))
        return;
      this.owed -= one.fen;
      if (one.from === "deposit") this.held -= one.fen;
      else this.ahead -= one.fen;
    } else if (one.do === "refund") {
      const wish = { kind: "refund", company, amountMinor: one.fen, way: "transfer", reference, paidOn: on };
      if (await this.#agreed(wish)) this.ahead -= one.fen;
    } else if (one.do === "return") {
      const wish = { kind: "deposit-return", company, amountMinor: one.fen, way: "cash", reference, paidOn: on };
      if (await this.#agreed(wish)) this.held -= one.fen;
    } else if (one.do === "reduce") {
      const months = { from: this.#month, through: "2026-12" };
      await this.#post(this.#accounts("/reductions"), {
        company,
        name: "优惠",
        less: { percent: one.percent },
        ...months,
      });
    } else if (one.do === "coupon") {
      const { code } = coupons[one.which];
      const had = this.taken.has(one.which);
      const reduction = await this.#post(this.#accounts("/coupon-uses"), { company, code });
      expect(reduction === undefined || !had).toBe(true);
      if (reduction) this.taken.add(one.which);
    } else if (one.do === "late") {
      // A fee is a charge: nothing is owed of it before a bill takes it.
      const scope = { ...this.#stage.scope(), now: `2026-12-${one.day}T03:00:00.000Z` };
      for (const { id } of await this.#bills()) await followFee(scope, id);
    } else if (one.do === "online") await this.#payOnline(one.fen);
    else if (one.do === "dispute") await this.#dispute(one.end, one.order);
    else {
      const bill = (await this.#bills()).find(({ state }) => state === "due" || state === "part-paid");
      if (bill && (await this.#agreed({ kind: "write-off", invoice: bill.id, amountMinor: one.fen })))
        this.owed -= one.fen;
    }
  }
}

/** What holds after every step: money neither appears nor vanishes, each balance is the sum of its transfers, and what is owed is what the bills have open. */
async function expectWhole(stage: BillingStage, company: CompanyId): Promise<void> {
  const scope = stage.scope();
  const [transfers, balance, bills] = await Promise.all([
    moneyMoves(scope, company),
    readBalance(scope, company),
    listBillsOf(scope, company, { limit: 100 }),
  ]);
  const sums = new Map<string, number>();
  for (const { from, to, amount, unit } of transfers) {
    sums.set(`${unit} ${from}`, (sums.get(`${unit} ${from}`) ?? 0) - amount);
    sums.set(`${unit} ${to}`, (sums.get(`${unit} ${to}`) ?? 0) + amount);
  }
  expect([...sums.values()].reduce((sum, amount) => sum + amount, 0)).toBe(0);
  const of = (account: string) => sums.get(`cny ${account}`) ?? 0;
  const ledger = { receivableMinor: 0 - of("receivable"), creditMinor: of("credit"), depositMinor: of("deposit") };
  expect(balance).toEqual({ company, ...ledger });
  const final = bills.items.filter(({ state }) => state !== "draft");
  expect(final.reduce((sum, bill) => sum + openOf(bill), 0)).toBe(balance.receivableMinor);
}

it("any sequence of charges, reductions, coupons, bills, late fees, payments, credits, deposits, refunds, write-offs and disputes leaves the books as a plain model has them, whole after every step", async () => {
  const stage = await BillingStage.open();
  let sequence = 0;
  const uses = [0, 0];
  try {
    await stage.raw("per_finance", "/accounts/spaces/spc_test/dunning-settings", {
      ...{ method: "PUT", body: { ...defaultDunning, on: true, fee: lateFee }, match: 0 },
    });
    for (const coupon of coupons) {
      const days = { from: "2026-01-01", until: "2027-01-01", months: 12 };
      const made = await stage.ask("per_finance", "POST", "/accounts/spaces/spc_test/coupons", {
        ...coupon,
        name: "券",
        ...days,
      });
      expect(made.status).toBe(201);
    }
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 8, maxLength: 24 }), async (acts) => {
        sequence += 1;
        const company = await stage.company(`企业 ${sequence}`);
        const books = new Books(stage, company);
        const start: Act[] = [{ do: "charge", units: 30 }, { do: "bill" }];
        // The last bill takes what was charged since: late fees, and what is taken back of them.
        const end: Act[] = [{ do: "late", day: 31 }, { do: "last-bill" }];
        for (const one of [...start, ...acts, ...end]) {
          await books.run(one);
          await expectWhole(stage, company);
        }
        for (const which of books.taken) uses[which] = (uses[which] ?? 0) + 1;
        const balance = await stage.ask("per_finance", "GET", `/companies/${company}/balance`);
        const sums = { receivableMinor: books.owed, creditMinor: books.ahead, depositMinor: books.held };
        expect(balance.body).toMatchObject(sums);
        const days = "from=2026-01-01&to=2027-01-31";
        const path = `/accounts/spaces/spc_test/companies/${company}/statement?${days}`;
        const statement = await stage.ask<Statement>("per_finance", "GET", path);
        const closing = { owedMinor: books.owed - books.ahead, depositMinor: books.held };
        expect(statement.body.closing).toEqual(closing);
        for (const { kind, number, bills } of statement.body.rows)
          if (kind !== "balance" && kind !== "deposit-use") expect(number, kind).toBeDefined();
          else expect(bills, kind).toBeDefined();
        expect(Math.min(books.owed, books.ahead, books.held)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 12 },
    );
    await stage.settle();
    const items = await allItems(stage.table);
    expect([...checkBilling(items), ...checkPay(items), ...checkLedger(items, mayOweMoney)]).toEqual([]);
    expect(checkJournal(items, { all: true })).toEqual([]);
    for (const [which, { code, usesMost }] of coupons.entries()) {
      expect(items.find((item) => item.k === "cpn" && item.code === code)?.used).toBe(uses[which]);
      expect(uses[which]).toBeLessThanOrEqual(usesMost);
    }
  } finally {
    stage.table.close();
  }
});
