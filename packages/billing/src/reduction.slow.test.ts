import type { CompanyId } from "@yihao/kernel/ids";
import { BillingStage } from "@yihao/testing/billing-stage";
import { afterEach, beforeEach, expect, it } from "vitest";
import { drawInvoice } from "./draw.ts";
import type { InvoiceView } from "./invoice-view.ts";
import type { Charge, OpenCharge } from "./model.ts";
import type { Coupon, Reduction } from "./reduction-model.ts";
import { invoiceIdOf } from "./store.ts";

/** Charges by hand, reductions and coupons on real bills; after each test every identity of the books holds. */
let stage: BillingStage;
let company: CompanyId;
beforeEach(async () => {
  stage = await BillingStage.open();
  company = await stage.company("湖畔鲜集");
});
afterEach(async () => {
  expect(await stage.faults()).toEqual([]);
  stage.table.close();
});

type Told = { code?: string };
const path = (rest: string) => `/accounts/spaces/spc_test${rest}`;
const post = <T>(rest: string, body: object, person = "per_finance", key?: `key_${string}`) =>
  stage.ask<T & Told>(person, "POST", path(rest), body, key);
const byHand = { name: "搬家服务", stream: "services", quantity: 3, unitMinor: 33_33, taxClass: "service" };
const charge = (over: object = {}) => post<Charge>("/charges", { ...byHand, company, day: "2026-11-20", ...over });
const draw = async (month = "2026-11") => {
  await drawInvoice(stage.scope(), company, month);
  const id = invoiceIdOf(stage.scope(), company, month);
  return (await stage.ask<InvoiceView>("per_finance", "GET", `/invoices/${id}`)).body;
};
const lines = ({ lines: all }: InvoiceView) =>
  all.map(({ service, amountMinor, taxBasis }) => [service, amountMinor, taxBasis]);

it("what is charged by hand has the tax of what it is on its day, comes on the bill, and is taken back while the bill is a draft", async () => {
  expect((await charge()).body).toMatchObject({ amountMinor: 99_99, taxBasis: 600, taxMinor: 5_66 });
  const goods = (await charge({ name: "打印纸", stream: "other", quantity: 1, unitMinor: 113_00, taxClass: "goods" }))
    .body;
  expect(goods).toMatchObject({ taxBasis: 1300, taxMinor: 13_00 });
  expect((await charge({ day: "2029-01-01" })).body.code).toBe("charge.day");
  const manager = await post("/charges", { ...byHand, company, day: "2026-11-20" }, company.replace("cmp_", "per_"));
  expect(manager.status).toBe(403);
  expect(lines(await draw())).toEqual([
    ["extra", 113_00, 1300],
    ["extra", 99_99, 600],
  ]);
  const back = (body: object) => post(`/companies/${company}/charge-reversals`, body);
  const which = { id: goods.id, month: "2026-11" };
  expect((await back(which)).status).toBe(201);
  expect((await back(which)).body.code).toBe("charge.reversed");
  const drawn = await draw();
  expect(lines(drawn)).toEqual([["extra", 99_99, 600]]);
  await stage.ask("per_finance", "POST", `/invoices/${drawn.id}/finalise`, {});
  expect((await back({ id: (await charge()).body.id, month: "2026-11" })).status).toBe(201);
  const { items } = (await stage.ask<{ items: OpenCharge[] }>("per_finance", "GET", `/charges?company=${company}`))
    .body;
  expect(items.map(({ why }) => why)).toEqual(["late", "late"]);
  const [onBill] = (await stage.ask<{ items: Charge[] }>("per_finance", "GET", `/invoices/${drawn.id}/charges`)).body
    .items;
  expect((await back({ id: onBill?.id ?? "", month: "2026-11" })).body.code).toBe("charge.final");
});

it("a charge that comes for a month that is final goes on the next bill and says which month it is for", async () => {
  await charge();
  const november = await draw();
  await stage.ask("per_finance", "POST", `/invoices/${november.id}/finalise`, {});
  await charge({ name: "补打印", quantity: 1 });
  stage.now = "2026-12-05T02:00:00.000Z";
  await charge({ day: "2026-12-03" });
  expect((await draw("2026-12")).lines.map(({ about, late }) => [about?.name, late])).toEqual([
    ["搬家服务", undefined],
    ["补打印", "2026-11"],
  ]);
});

it("a reduction follows a draft: more charges more off, ended it gives all back, and a final bill keeps what it took", async () => {
  await charge();
  const wish = { company, name: "开园优惠", less: { percent: 10 }, from: "2026-11", through: "2026-12" };
  const { id } = (await post<Reduction>("/reductions", wish)).body;
  expect(lines(await draw())).toEqual([
    ["extra", 99_99, 600],
    ["discount", -10_00, 600],
  ]);
  await charge({ stream: "rent", taxClass: "lease", quantity: 1, unitMinor: 200_00 });
  expect(lines(await draw()).filter(([service]) => service === "discount")).toEqual([
    ["discount", -20_00, 900],
    ["discount", -10_00, 600],
  ]);
  expect((await draw()).totalMinor).toBe(269_99);
  expect((await post(`/companies/${company}/reductions/${id}/end`, {})).status).toBe(201);
  expect((await post(`/companies/${company}/reductions/${id}/end`, {})).body.code).toBe("reduction.ended");
  expect((await draw()).totalMinor).toBe(299_99);
  expect((await post("/reductions", { ...wish, from: "2026-08", through: "2026-09" })).body.code).toBe(
    "reduction.past",
  );
});

it("a coupon is taken once a company and by no more companies than it says, however many at once; its own people may, another's may not be named", async () => {
  const coupon = {
    code: "kaiyuan-50",
    name: "开园五折",
    less: { percent: 50 },
    from: "2026-11-01",
    until: "2026-12-01",
  };
  const made = (await post<Coupon>("/coupons", { ...coupon, months: 2, usesMost: 3 })).body;
  expect(made.code).toBe("KAIYUAN-50");
  expect((await post("/coupons", { ...coupon, months: 1, usesMost: 1 })).body.code).toBe("coupon.code-taken");
  const people = [];
  for (let n = 0; n < 8; n += 1) people.push((await stage.company(`企业 ${n}`)).replace("cmp_", "per_"));
  const taken = await Promise.all(people.map((person) => post("/coupon-uses", { code: "KaiYuan-50" }, person)));
  expect(taken.map(({ status }) => status).sort()).toEqual([201, 201, 201, 409, 409, 409, 409, 409]);
  const had = people[taken.findIndex(({ status }) => status === 201)] ?? "";
  expect((await post("/coupon-uses", { code: "KAIYUAN-50" }, had)).body.code).toBe("coupon.used");
  expect((await post("/coupon-uses", { code: "KAIYUAN-51" }, had)).body.code).toBe("coupon.unknown");
  expect((await post("/coupon-uses", { code: "KAIYUAN-50", company }, had)).status).toBe(404);
  const { items } = (await stage.ask<{ items: Coupon[] }>("per_finance", "GET", path("/coupons"))).body;
  expect(items.map(({ used }) => used)).toEqual([3]);
  await post(`/coupons/${made.id}/retire`, {});
  expect((await post("/coupon-uses", { code: "KAIYUAN-50", company })).body.code).toBe("coupon.not-now");
});

it("where a company has a bill for each part of a month each charge is on one of them, a fixed coupon is given once over all, each has its own number, and a month that was begun stays as it is", async () => {
  const way = (bills: string, match: number, person = "per_finance") =>
    stage.raw(person, path(`/companies/${company}/bill-way`), { method: "PUT", body: { bills }, match });
  stage.people.set("per_manager", { roles: ["manager"], companies: [] });
  expect((await way("separate", 0, "per_manager")).status).toBe(403);
  const both = await Promise.all([way("separate", 0), way("separate", 0)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
  await charge();
  await charge({ name: "房租", stream: "rent", taxClass: "lease", quantity: 1, unitMinor: 200_00 });
  await stage.happen("handling.done", company, {
    ...{ company, operation: "pick", units: 100, document: "ord_1", day: "2026-11-20", warehouse: "whs_1" },
  });
  await stage.settle(2);
  const off = { company, name: "开园立减", less: { amountMinor: 100_01 }, from: "2026-11", through: "2026-11" };
  const made = await post<Reduction>("/reductions", off);
  expect([made.status, made.body.code]).toEqual([201, undefined]);
  const bill = async (part?: "space" | "rent" | "goods", month = "2026-11") => {
    const id = invoiceIdOf(stage.scope(), company, month, part);
    return (await stage.ask<InvoiceView>("per_finance", "GET", `/invoices/${id}`)).body;
  };
  const parts = ["space", "rent", "goods"] as const;
  // Two draws at once, and again: nothing twice, on no bill of everything.
  await Promise.all([draw(), draw()]);
  await draw();
  expect((await bill()).id).toBeUndefined();
  const bills = await Promise.all(parts.map((part) => bill(part)));
  expect(bills.map(({ part, state }) => [part, state])).toEqual(parts.map((part) => [part, "draft"]));
  expect(
    bills.map(({ lines: all }) => all.filter(({ service }) => service !== "discount").map((one) => one.amountMinor)),
  ).toEqual([[99_99], [200_00], [150_00]]);
  const discounts = bills.flatMap(({ lines: all }) => all.filter(({ service }) => service === "discount"));
  expect([discounts.length, discounts.reduce((sum, one) => sum + one.amountMinor, 0)]).toEqual([3, -100_01]);
  const finals = await Promise.all(
    bills.map(({ id }) => stage.ask<InvoiceView>("per_finance", "POST", `/invoices/${id}/finalise`, {})),
  );
  expect(finals.map(({ body }) => body.number).sort()).toEqual([1, 2, 3].map((n) => `ZD-202611-000${n}`));
  const by = company.replace("cmp_", "per_");
  const own = await stage.ask<{ items: { part?: string }[] }>(by, "GET", "/invoices");
  expect(own.body.items.map(({ part }) => part).sort()).toEqual(["goods", "rent", "space"]);

  // Late charges of a final part go to the next month's bill of that part; joint again, December is one bill and takes what January's parts would.
  await charge({ name: "补打印", quantity: 1 });
  const { items } = (await stage.ask<{ items: OpenCharge[] }>("per_finance", "GET", `/charges?company=${company}`))
    .body;
  expect(items.map(({ why }) => why)).toEqual(["late"]);
  stage.now = "2026-12-05T02:00:00.000Z";
  await charge({ day: "2026-12-03", name: "十二月" });
  await draw("2026-12");
  expect((await bill("space", "2026-12")).lines.map(({ about, late }) => [about?.name, late])).toEqual([
    ["十二月", undefined],
    ["补打印", "2026-11"],
  ]);
  expect((await way("joint", 1)).status).toBe(200);
  await charge({ day: "2026-12-04", name: "房租", stream: "rent", taxClass: "lease", quantity: 1, unitMinor: 10_00 });
  await draw("2026-12");
  expect((await bill("rent", "2026-12")).totalMinor).toBe(10_00);
  const which = {
    id: (
      await stage.ask<{ items: Charge[] }>(
        "per_finance",
        "GET",
        `/invoices/${(await bill("rent", "2026-12")).id}/charges`,
      )
    ).body.items[0]?.id,
    month: "2026-12",
  };
  expect((await post(`/companies/${company}/charge-reversals`, which)).status).toBe(201);
  stage.now = "2027-01-05T02:00:00.000Z";
  await charge({ day: "2027-01-03", name: "一月" });
  expect((await draw("2027-01")).totalMinor).toBe(99_99);
});
