import { mailKind } from "@yihao/identity/mail";
import type { CompanyId } from "@yihao/kernel/ids";
import { addCompany } from "@yihao/members/company-actions";
import { sellPack } from "@yihao/members/pack-actions";
import {
  amendSubscription,
  endSubscription,
  pauseSubscription,
  startSubscription,
} from "@yihao/members/subscription-actions";
import { addPack, addPlan } from "@yihao/pricing/actions";
import type { Through } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import { BillingStage } from "@yihao/testing/billing-stage";
import { faults } from "@yihao/testing/faults";
import { sameTable } from "@yihao/testing/table";
import { streamByHand } from "@yihao/testing/warehouse-world";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { drawInvoice } from "./draw.ts";
import type { InvoiceView } from "./invoice-view.ts";
import type { Invoice, InvoiceRow, OpenCharge, Payment, Run } from "./model.ts";
import { billingReactions } from "./reactions.ts";
import { invoiceIdOf } from "./store.ts";

type Page<T> = { items: T[]; next: string | null };
let stage: BillingStage;
beforeEach(async () => {
  stage = await BillingStage.open();
});
afterEach(async () => {
  expect(await stage.faults()).toEqual([]);
  stage.table.close();
});

const pick = (company: CompanyId, units: number, day = "2026-11-20", document = "ord_1") =>
  stage.happen("handling.done", company, { company, operation: "pick", units, document, day, warehouse: "whs_1" });
const bins = (company: CompanyId, day: string, count: number) =>
  stage.happen("storage.day", company, { company, warehouse: "whs_1", day, bins: count, codes: [] });
const made = (company: CompanyId, over: object = {}) =>
  stage.happen("booking.made", company, {
    booking: "bok_1",
    resource: "res_1",
    resourceName: "会议室 1",
    kind: "room",
    site: "sit_1",
    company,
    person: "per_x",
    from: "2026-11-24T02:00:00.000Z",
    until: "2026-11-24T03:30:00.000Z",
    day: "2026-11-24",
    zone: "Asia/Shanghai",
    quote: {
      lines: [
        {
          service: "room",
          stream: "room",
          quantity: 90,
          per: "hour",
          unitMinor: 6000,
          amountMinor: 9000,
          taxMinor: 509,
          taxBasis: 600,
        },
      ],
      totalMinor: 9000,
      taxMinor: 509,
      allowanceMinutes: 240,
    },
    ...over,
  });
const idOf = (company: CompanyId, month = "2026-11") => invoiceIdOf(stage.scope(), company, month);
const read = async (company: CompanyId, month = "2026-11") =>
  (await stage.ask<InvoiceView>("per_finance", "GET", `/invoices/${idOf(company, month)}`)).body;
const open = async () => (await stage.ask<Page<OpenCharge>>("per_finance", "GET", "/charges")).body.items;
const run = async (month = "2026-11") => {
  const asked = await stage.ask<Run>("per_finance", "POST", "/invoices/run", { month });
  expect(asked.status).toBe(201);
  await stage.settle();
  return (await stage.ask<Run>("per_finance", "GET", `/invoices/run/${month}`)).body;
};
const finalise = (company: CompanyId, month = "2026-11") =>
  stage.ask<Invoice & { code?: string }>("per_finance", "POST", `/invoices/${idOf(company, month)}/finalise`, {});
const pay = (company: CompanyId, amountMinor: number, reference: string, over: object = {}) =>
  stage.ask<Payment & { code?: string }>("per_finance", "POST", "/payments", {
    company,
    amountMinor,
    reference,
    receivedOn: "2026-11-23",
    ...over,
  });

describe("charges", () => {
  it("each thing is charged once, however often it is told", async () => {
    const company = await stage.company("湖畔鲜集");
    await made(company);
    await bins(company, "2026-11-20", 2);
    await pick(company, 30);
    await stage.settle(3);
    const charges = await open();
    expect(charges.map(({ service, amountMinor }) => [service, amountMinor]).sort()).toEqual([
      ["allowance", 0],
      ["pick", 4500],
      ["room", 9000],
      ["storage", 480],
    ]);
    expect(new Set(charges.map(({ why }) => why))).toEqual(new Set(["not-drawn"]));
  });

  it("charges told a moment before a draw are on it, and the stream that comes later adds nothing", async () => {
    const company = await stage.company("湖畔鲜集");
    await pick(company, 30);
    expect(await drawInvoice(stage.scope(), company, "2026-11")).toBe("drawn");
    expect(await read(company)).toMatchObject({ totalMinor: 4500 });
    await stage.settle(2);
    expect(await open()).toEqual([]);
    expect(await read(company)).toMatchObject({ totalMinor: 4500 });
  });
});

describe("plans that change", () => {
  const planOf = async (name: string, monthlyMinor: number) => {
    const plan = await addPlan(stage.scope(), { name, monthlyMinor, allowances: { roomMinutes: 0 } });
    if (!plan.ok) throw new Error(plan.refusal.code);
    return plan.value.id;
  };
  const plans = async (company: CompanyId, month: string) => {
    await drawInvoice(stage.scope(), company, month);
    stage.now = new Date(Date.parse(stage.now) + 60_000).toISOString();
    const head = await stage.ask<InvoiceView>("per_finance", "GET", `/invoices/${idOf(company, month)}`);
    return head.status === 404
      ? []
      : head.body.lines.map((line) => [line.about?.name, line.quantity, line.amountMinor]);
  };
  const must = <T>(outcome: { ok: true; value: T } | { ok: false; refusal: { code: string } }) => {
    if (!outcome.ok) throw new Error(outcome.refusal.code);
    return outcome.value;
  };

  it("cost nothing for a month that is paused whole, the days alone of one that is paused in part, and nothing after the end", async () => {
    const company = await stage.company("湖畔鲜集");
    must(await startSubscription(stage.scope(), company, { plan: await planOf("月卡", 60_000), from: "2026-11-01" }));
    expect(await plans(company, "2026-11")).toEqual([["月卡", 1, 60_000]]);
    must(await pauseSubscription(stage.scope(), company, { from: "2026-11-25", until: "2027-01-11" }));
    await stage.settle(2);
    expect(await plans(company, "2026-11")).toEqual([["月卡", 24, 48_000]]);
    expect(await plans(company, "2026-12")).toEqual([]);
    expect(await plans(company, "2027-01")).toEqual([["月卡", 21, 40_645]]);
    must(await endSubscription(stage.scope(), company, "2027-01-21"));
    await stage.settle(2);
    expect(await plans(company, "2027-01")).toEqual([["月卡", 10, 19_355]]);
    expect(await plans(company, "2027-02")).toEqual([]);
  });

  it("that change within a month give money back for the one and charge the other, and sum exactly to the days of each", async () => {
    const company = await stage.company("一盏灯饰");
    const [small, large] = [await planOf("月卡", 60_000), await planOf("团队卡", 100_000)];
    must(await startSubscription(stage.scope(), company, { plan: small, from: "2026-11-01" }));
    expect(await plans(company, "2026-11")).toEqual([["月卡", 1, 60_000]]);
    must(await amendSubscription(stage.scope(), company, { plan: large, from: "2026-11-12" }));
    await stage.settle(2);
    expect(await plans(company, "2026-11")).toEqual([
      ["团队卡", 19, 63_333],
      ["月卡", 11, 22_000],
    ]);
    must(await amendSubscription(stage.scope(), company, { plan: small, from: "2026-12-01" }));
    must(await endSubscription(stage.scope(), company, "2026-11-22"));
    await stage.settle(2);
    expect(await plans(company, "2026-11")).toEqual([
      ["团队卡", 10, 33_333],
      ["月卡", 11, 22_000],
    ]);
    expect(await plans(company, "2026-12")).toEqual([]);
  });

  it("that follow one another are both on the bill of the month in which they meet, whichever is current when it is drawn", async () => {
    const company = await stage.company("相山花艺");
    const [small, large] = [await planOf("月卡", 60_000), await planOf("团队卡", 90_000)];
    must(await startSubscription(stage.scope(), company, { plan: small, from: "2026-11-01" }));
    must(await endSubscription(stage.scope(), company, "2026-11-21"));
    must(await startSubscription(stage.scope(), company, { plan: large, from: "2026-11-21" }));
    await stage.settle(2);
    expect(await plans(company, "2026-11")).toEqual([
      ["团队卡", 10, 30_000],
      ["月卡", 20, 40_000],
    ]);
  });

  it("and packs are charged once, when they are sold", async () => {
    const company = await stage.company("绘本馆");
    const wish = { name: "工位十次卡", kind: "desk-days", units: 10, priceMinor: 30_000, validDays: 60 } as const;
    const pack = must(await addPack(stage.scope(), wish));
    must(await sellPack(stage.scope(), company, { pack: pack.id }));
    await stage.settle(3);
    expect(await plans(company, "2026-11")).toEqual([["工位十次卡", 1, 30_000]]);
  });
});

describe("drawing", () => {
  it("a run that goes down at any write, before or after it, goes on until every company has its bill, each once, and says how far it is", async () => {
    const companies: CompanyId[] = [];
    for (let at = 0; at < 10; at += 1) companies.push(await stage.company(`企业 ${at}`));
    for (const company of companies)
      for (const at of [1, 2, 3]) await pick(company, 10 * at, "2026-11-20", `ord_${company}_${at}`);
    await stage.settle();
    const asked = await stage.ask<Run>("per_finance", "POST", "/invoices/run", { month: "2026-11" });
    expect(asked.body).toMatchObject({ state: "running", total: 0 });
    const seen = new Set<number>();
    const now = () => stage.now;
    const standing = async () => (await stage.ask<Run>("per_finance", "GET", "/invoices/run/2026-11")).body;
    // Each life gets five writes further than the one before it, which is three companies at most, whatever order the news comes in.
    for (let most = 1; (await standing()).state === "running"; most += 5) {
      if (most > 600) throw new Error("the run does not come to its end");
      const after = most % 2 === 0;
      let writes = 0;
      const crash: Through = async (call, send) => {
        const hits = call.constructor.name.startsWith("TransactWriteItems") && ++writes >= most;
        if (hits && !after) throw new Error("went down");
        const answer = await send(call);
        if (hits) throw new Error("went down");
        return answer;
      };
      const dying = sameTable(stage.table, { through: crash, attempts: 1 });
      await streamByHand(dying, billingReactions, now)().catch(() => 0);
      seen.add((await standing()).done);
    }
    await streamByHand(stage.table, billingReactions, now)();
    expect(await standing()).toMatchObject({
      state: "done",
      total: 10,
      done: 10,
      drawn: 10,
      carried: 0,
      closed: 0,
      nothing: 0,
    });
    expect(seen.size).toBeGreaterThanOrEqual(4);
    for (const company of companies) {
      expect(await read(company)).toMatchObject({ totalMinor: 60 * 150, lines: [{ quantity: 60, charges: 3 }] });
    }
    expect(await open()).toEqual([]);
  });

  it("a run draws every company's month, shows how far it is, and charges the plan by day", async () => {
    const plan = await addPlan(stage.scope(), {
      name: "创业套餐",
      monthlyMinor: 60_000,
      allowances: { roomMinutes: 240 },
    });
    if (!plan.ok) throw new Error(plan.refusal.code);
    const [lake, lamp, idle] = [
      await stage.company("湖畔鲜集"),
      await stage.company("一盏灯饰"),
      await stage.company("空空如也"),
    ];
    await startSubscription(stage.scope(), lake, { plan: plan.value.id, from: "2026-11-16" });
    await made(lake);
    await pick(lamp, 10);
    await stage.settle();
    expect(await run()).toMatchObject({ state: "done", total: 3, done: 3, drawn: 2, nothing: 1 });
    const bill = await read(lake);
    expect(bill.lines.map(({ service, amountMinor, quantity, of }) => [service, amountMinor, quantity, of])).toEqual([
      ["plan", 30_000, 15, 30],
      ["room", 9000, 90, undefined],
      ["allowance", 0, 240, undefined],
    ]);
    expect(bill).toMatchObject({ totalMinor: 39_000, state: "draft" });
    expect((await stage.ask("per_finance", "GET", `/invoices/${idOf(idle)}`)).status).toBe(404);
  });

  it("drawing again takes what came since and counts nothing twice", async () => {
    const company = await stage.company("湖畔鲜集");
    await pick(company, 10);
    await run();
    await pick(company, 20, "2026-11-21", "ord_2");
    await stage.settle();
    expect((await open()).map(({ why }) => why)).toEqual(["after-draft"]);
    await run();
    await run();
    expect(await read(company)).toMatchObject({ totalMinor: 4500, lines: [{ quantity: 30, charges: 2 }] });
    expect((await stage.ask<Page<InvoiceRow>>("per_finance", "GET", "/invoices?state=draft")).body.items).toHaveLength(
      1,
    );
  });

  it("two runs at once make one bill of many charges", async () => {
    const company = await stage.company("湖畔鲜集");
    for (let day = 1; day <= 60; day += 1) await bins(company, `2026-11-${String((day % 28) + 1).padStart(2, "0")}`, 1);
    await stage.settle();
    await Promise.all([1, 2, 3, 4].map(() => drawInvoice(stage.scope(), company, "2026-11")));
    expect(await read(company)).toMatchObject({ totalMinor: 60 * 240, lines: [{ quantity: 60, charges: 60 }] });
  });

  it("a late charge of a finalised month goes to the next one and says so", async () => {
    const company = await stage.company("湖畔鲜集");
    await pick(company, 10, "2026-10-30");
    await stage.settle();
    await run("2026-10");
    expect((await finalise(company, "2026-10")).status).toBe(201);
    await pick(company, 4, "2026-10-31", "ord_2");
    await stage.settle();
    expect((await open()).map(({ why }) => why)).toEqual(["late"]);
    expect(await run("2026-10")).toMatchObject({ closed: 1, drawn: 0 });
    await pick(company, 2, "2026-11-02", "ord_3");
    await stage.settle();
    await run("2026-11");
    expect((await read(company)).lines).toMatchObject([
      { quantity: 2, amountMinor: 300 },
      { quantity: 4, amountMinor: 600, late: "2026-10" },
    ]);
    expect(await read(company, "2026-10")).toMatchObject({ totalMinor: 1500 });
  });

  it("a month that has not begun is refused", async () => {
    const answer = await stage.ask<{ code: string }>("per_finance", "POST", "/invoices/run", { month: "2026-12" });
    expect(answer).toMatchObject({ status: 422, body: { code: "run.month-ahead" } });
  });
});

describe("finalising", () => {
  it("twenty at once get twenty numbers without a gap", async () => {
    const companies: CompanyId[] = [];
    for (let n = 0; n < 20; n += 1) companies.push(await stage.company(`企业 ${n}`));
    for (const company of companies) await pick(company, 1);
    await stage.settle();
    await run();
    const answers = await Promise.all(companies.map((company) => finalise(company)));
    expect(answers.map(({ status }) => status)).toEqual(companies.map(() => 201));
    const numbers = answers.map(({ body }) => body.number).sort();
    expect(numbers).toEqual(companies.map((_, n) => `ZD-202611-${String(n + 1).padStart(4, "0")}`));
  });

  it("is written of to whom the company named for bills, once however often it is heard; not while the space sends none, and again when somebody asks", async () => {
    const added = await addCompany(stage.scope(), {
      name: "湖畔鲜集",
      kind: "team",
      contactEmail: "bills@hupan.example",
    });
    if (!added.ok) throw new Error(added.refusal.code);
    const company = added.value.id as CompanyId;
    const silent = await stage.company("一盏灯饰");
    const letters = async () => (await allItems(stage.table)).filter(({ k }) => k === mailKind.name);
    for (const one of [company, silent]) await pick(one, 10, "2026-11-20", `ord_${one}`);
    await run();
    for (const one of [company, silent]) expect((await finalise(one)).status).toBe(201);
    expect(await letters()).toEqual([]);
    await stage.settle(3);
    const number = (await read(company)).number;
    expect(await letters()).toMatchObject([
      { to: "bills@hupan.example", subject: expect.stringContaining(`${number}`) },
    ]);
    const again = (of: CompanyId) =>
      stage.ask<{ code?: string }>("per_finance", "POST", `/accounts/spaces/spc_test/invoices/${idOf(of)}/letters`, {});
    expect([(await again(company)).status, (await again(silent)).body.code]).toEqual([201, "invoice.no-reader"]);
    expect(await letters()).toHaveLength(2);
    const settings = { termsDays: 10, bankHolder: "", bankName: "", bankAccount: "", mailBills: false };
    const put = { method: "PUT", body: settings, match: 0 };
    expect((await stage.raw("per_finance", "/billing-settings", put)).status).toBe(200);
    stage.now = "2026-12-20T02:00:00.000Z";
    await pick(company, 10, "2026-12-10", "ord_later");
    await run("2026-12");
    expect((await finalise(company, "2026-12")).status).toBe(201);
    await stage.settle();
    expect(await letters()).toHaveLength(2);
  });

  it("the same finalisation again gives the same number, another one is refused, and a changed draft too", async () => {
    const company = await stage.company("湖畔鲜集");
    await pick(company, 10);
    await run();
    const path = `/invoices/${idOf(company)}/finalise`;
    const stale = await stage.ask<{ code: string }>("per_finance", "POST", path, { totalMinor: 1 });
    expect(stale).toMatchObject({ status: 409, body: { code: "invoice.changed", params: { totalMinor: 1500 } } });
    const first = await stage.ask<Invoice>("per_finance", "POST", path, {}, "key_finalise");
    const again = await stage.ask<Invoice>("per_finance", "POST", path, {}, "key_finalise");
    expect(again).toEqual(first);
    expect(first.body).toMatchObject({ number: "ZD-202611-0001", state: "due", dueOn: "2026-12-03" });
    expect(await finalise(company)).toMatchObject({ status: 409, body: { code: "invoice.not-draft" } });
    const balance = (await stage.ask("per_finance", "GET", `/companies/${company}/balance`)).body;
    expect(balance).toEqual({ company, receivableMinor: 1500, creditMinor: 0, depositMinor: 0 });
  });

  it("conflicts, throttling and lost replies leave no gap and nothing twice", async () => {
    stage.table.close();
    stage = await BillingStage.open({
      through: faults(20_261_123, { conflict: 0.1, throttle: 0.05, lostReply: 0.05 }),
    });
    const companies: CompanyId[] = [];
    for (let n = 0; n < 6; n += 1) companies.push(await stage.company(`企业 ${n}`));
    for (const company of companies) await pick(company, 1);
    await stage.settle();
    for (const company of companies) expect(await drawInvoice(stage.scope(), company, "2026-11")).toBe("drawn");
    const answers = await Promise.all(companies.map((company) => finalise(company)));
    expect(answers.map(({ status }) => status)).toEqual(companies.map(() => 201));
  });
});

describe("payments", () => {
  const due = async (name: string, units: number) => {
    const company = await stage.company(name);
    await pick(company, units);
    await run();
    expect((await finalise(company)).status).toBe(201);
    return company;
  };

  it("a transfer pays oldest first, in part, and over: the rest is the company's credit", async () => {
    const company = await due("湖畔鲜集", 10);
    expect((await pay(company, 500, "BOC-1")).body).toMatchObject({
      allocations: [{ amountMinor: 500 }],
      creditMinor: 0,
    });
    expect(await read(company)).toMatchObject({ state: "part-paid", paidMinor: 500 });
    expect((await pay(company, 1200, "BOC-2")).body).toMatchObject({
      allocations: [{ amountMinor: 1000 }],
      creditMinor: 200,
    });
    expect(await read(company)).toMatchObject({ state: "paid", paidMinor: 1500, payments: [{}, {}] });
    const balance = (await stage.ask("per_finance", "GET", `/companies/${company}/balance`)).body;
    expect(balance).toMatchObject({ receivableMinor: 0, creditMinor: 200 });
  });

  it("a bank reference counts once per space", async () => {
    const company = await due("湖畔鲜集", 10);
    await pay(company, 500, "BOC-1");
    expect(await pay(company, 500, "boc-1")).toMatchObject({ status: 409, body: { code: "payment.reference-used" } });
    expect(await read(company)).toMatchObject({ paidMinor: 500 });
  });

  it("two payments of one bill at once both count: what is over is credit", async () => {
    const company = await due("湖畔鲜集", 10);
    const answers = await Promise.all([1, 2, 3].map((n) => pay(company, 1500, `BOC-${n}`)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(await read(company)).toMatchObject({ state: "paid", paidMinor: 1500 });
    const balance = (await stage.ask("per_finance", "GET", `/companies/${company}/balance`)).body;
    expect(balance).toMatchObject({ receivableMinor: 0, creditMinor: 3000 });
  });

  it("a chosen bill is paid and no more than is open of it", async () => {
    const company = await due("湖畔鲜集", 10);
    const invoice = idOf(company);
    expect(await pay(company, 900, "A", { invoices: [{ invoice, amountMinor: 1501 }] })).toMatchObject({ status: 422 });
    expect((await pay(company, 900, "A", { invoices: [{ invoice, amountMinor: 600 }] })).body).toMatchObject({
      creditMinor: 300,
    });
  });
});

describe("walls", () => {
  it("a company sees its own bills once they are final, and no other's", async () => {
    const [lake, lamp] = [await stage.company("湖畔鲜集"), await stage.company("一盏灯饰")];
    await pick(lake, 10);
    await run();
    const [mine, other] = [lake.replace("cmp_", "per_"), lamp.replace("cmp_", "per_")];
    const path = `/invoices/${idOf(lake)}`;
    expect((await stage.ask(mine, "GET", path)).status).toBe(404);
    expect((await stage.ask<Page<InvoiceRow>>(mine, "GET", "/invoices")).body.items).toEqual([]);
    await finalise(lake);
    expect((await stage.ask(mine, "GET", path)).status).toBe(200);
    expect((await stage.ask<Page<InvoiceRow>>(mine, "GET", "/invoices")).body.items).toHaveLength(1);
    expect((await stage.ask(other, "GET", path)).status).toBe(404);
    expect((await stage.ask(other, "GET", `${path}/charges`)).status).toBe(404);
    expect((await stage.ask(other, "GET", `/companies/${lake}/balance`)).status).toBe(404);
    expect((await stage.ask<Page<InvoiceRow>>(other, "GET", "/invoices")).body.items).toEqual([]);
    expect((await stage.ask(mine, "POST", `${path}/finalise`, {})).status).toBe(403);
    expect((await stage.ask("per_stranger", "GET", path)).status).toBe(404);
  });
});
