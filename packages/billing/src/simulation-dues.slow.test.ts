import type { CompanyId } from "@yihao/kernel/ids";
import { take } from "@yihao/kernel/outcome";
import { draftAgreement, signAgreement } from "@yihao/members/agreement-actions";
import type { AgreementFacts } from "@yihao/members/agreement-model";
import { sellPack } from "@yihao/members/pack-actions";
import { addPack, addPlan, changePack, changePlan, setRateCard } from "@yihao/pricing/actions";
import type { HeldPrices, RateCard } from "@yihao/pricing/model";
import { rateCardOf } from "@yihao/pricing/store";
import type { Tariff, TariffItem } from "@yihao/pricing/tariff-model";
import { addTariff } from "@yihao/pricing/tariff-store";
import { allItems } from "@yihao/table/dump";
import { BillingStage } from "@yihao/testing/billing-stage";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkBilling } from "./check.ts";
import { drawInvoice } from "./draw.ts";
import type { Charge } from "./model.ts";
import { sumsBy, sumsOf, type Wanted } from "./simulation.ts";
import { simulateDues } from "./simulation-dues.ts";
import type { UsedDues } from "./simulation-model.ts";
import { invoiceIdOf } from "./store.ts";

let stage: BillingStage;
let writes = 0;
beforeEach(async () => {
  stage = await BillingStage.open({
    through: (call, send) => {
      if (!/^(Query|GetItem|BatchGetItem|Scan)Command$/.test(call.constructor.name)) writes += 1;
      return send(call);
    },
  });
});
afterEach(async () => {
  expect(checkBilling(await allItems(stage.table))).toEqual([]);
  stage.table.close();
});

const month = "2026-12";
const at = (path: string) => `/accounts/spaces/spc_test${path}`;
async function dues(limit = 200): Promise<UsedDues[]> {
  const found: UsedDues[] = [];
  for (let cursor = ""; ; ) {
    const path = at(`/simulation/${month}/dues?limit=${limit}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`);
    const { status, body } = await stage.ask<{ items: UsedDues[]; next: string | null }>("per_finance", "GET", path);
    expect(status).toBe(200);
    found.push(...body.items);
    if (!body.next) return found;
    cursor = body.next;
  }
}
const tariffs = async () => (await stage.ask<{ items: Tariff[] }>("per_finance", "GET", at("/tariffs"))).body.items;
const simulated = async (wanted: Wanted) => simulateDues(await dues(), { month, tariffs: await tariffs() }, wanted);
const byCompany = async (wanted: Wanted = {}) =>
  new Map(sumsBy(await simulated(wanted), ({ company }) => company).map((one) => [one.key, one]));

async function lease(company: CompanyId, facts: Partial<AgreementFacts>) {
  const common = { kind: "lease" as const, resources: [], remindDays: [], until: "2027-12-16" };
  const draft = await draftAgreement(stage.scope(), company, {
    ...{ ...common, title: "302 室", from: "2026-12-16", rentMinor: 3100_00, ...facts },
  });
  return take(await signAgreement(stage.scope(), company, take(draft).id, "2026-11-20"));
}
const charge = async (company: CompanyId, quantity: number, unitMinor: number, day = "2026-12-06") => {
  const wish = { company, name: "路演日门票", stream: "events", quantity, unitMinor, taxClass: "service", day };
  const { status, body } = await stage.ask<Charge>("per_finance", "POST", at("/charges"), wish);
  expect(status).toBe(201);
  return body;
};
/** What all charges of the month come to, wherever they lie. */
const charged = async (company: CompanyId) =>
  ((await allItems(stage.table)) as unknown as (Charge & { k: string })[])
    .filter((one) => one.k === "chg" && one.company === company && one.month === month)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);

const salon = (unitMinor: number): TariffItem => ({ kind: "event", name: "路演日门票", unitMinor });
const undone = (unitMinor: number): TariffItem => ({
  kind: "penalty",
  name: "拣后取消",
  unitMinor,
  on: "order-undone",
});
const terms = { storage: { by: "bin-day" as const, dayMinor: 0 }, fees: [] };

/** Two companies with a rent of a part of the month, packs, tickets of an event at the tariff's price and at another, one taken back, and two orders cancelled once picked. */
async function aMonth() {
  take(
    await addTariff(
      stage.scope(),
      { ...terms, name: "标准", from: month, items: [salon(50_00), undone(10_00)] },
      "2026-11",
    ),
  );
  const [first, second] = [await stage.company("甲"), await stage.company("乙")];
  const rents = [
    (await lease(first, {})).id,
    (
      await lease(second, {
        from: "2026-11-01",
        rentMinor: 6200_00,
        rentFree: [{ from: "2026-12-01", until: "2026-12-08" }],
      })
    ).id,
  ] as const;
  await stage.settle();
  stage.now = "2026-12-05T02:00:00.000Z";
  const pack = take(
    await addPack(stage.scope(), {
      name: "十小时",
      kind: "room-minutes",
      units: 600,
      priceMinor: 500_00,
      validDays: 20,
    }),
  );
  for (const company of [first, second]) take(await sellPack(stage.scope(), company, { pack: pack.id }));
  const ticket = await charge(first, 3, 50_00);
  await charge(first, 1, 35_00);
  const back = await charge(second, 2, 50_00);
  await stage.ask("per_finance", "POST", at(`/companies/${second}/charge-reversals`), { id: back.id, month });
  for (const order of ["ord_1", "ord_2"])
    await stage.happen("order.cancelled", first, { order, company: first, units: 3, picked: 1 });
  await stage.settle();
  return { first, second, rents, pack: pack.id, ticket: ticket.about?.id ?? "" };
}

describe("what a month's rents, packs, penalties and charges by hand would have cost", () => {
  it("is at unchanged prices what was charged, to the fen, before and after the bills took it, what came late too, and nothing is written", async () => {
    const { first, second } = await aMonth();
    const sums = async () => {
      const now = await byCompany();
      for (const company of [first, second]) {
        const { nowMinor, todayMinor, thenMinor } = now.get(company) ?? sumsOf([]);
        expect([nowMinor, todayMinor, thenMinor]).toEqual([nowMinor, nowMinor, nowMinor]);
        expect(nowMinor).toBe(await charged(company));
      }
      return [first, second].map((company) => now.get(company)?.nowMinor);
    };
    // 16 of 31 days of 3,100.00, a pack, three tickets and one cheaper, two orders; 24 of 31 days of 6,200.00 and a pack.
    const before = [1600_00 + 500_00 + 150_00 + 35_00 + 20_00, 4800_00 + 500_00];
    expect(await sums()).toEqual(before);
    stage.now = "2027-01-02T02:00:00.000Z";
    for (const company of [first, second]) await drawInvoice(stage.scope(), company, month);
    expect(await sums()).toEqual(before);
    await stage.ask("per_finance", "POST", `/invoices/${invoiceIdOf(stage.scope(), first, month)}/finalise`, {});
    await charge(first, 1, 50_00, "2026-12-20");
    const late = [before[0] ?? 0, before[1]].map((sum, place) => (sum ?? 0) + (place === 0 ? 50_00 : 0));
    expect(await sums()).toEqual(late);
    stage.now = "2027-02-02T02:00:00.000Z";
    await drawInvoice(stage.scope(), first, "2027-01");
    expect(await sums()).toEqual(late);
    const whole = await dues();
    const items = await allItems(stage.table);
    writes = 0;
    expect(await dues(1)).toEqual(whole);
    await stage.ask("per_finance", "GET", at("/prices-held/2026-12-01"));
    expect(writes).toBe(0);
    expect(await allItems(stage.table)).toEqual(items);
    const rents = whole.flatMap((one) => one.rents.map(({ chargedMinor }) => chargedMinor));
    expect(rents.sort()).toEqual([1600_00, 4800_00]);
  });

  it("is at other prices what it comes to by hand", async () => {
    const { first, second, rents, pack, ticket } = await aMonth();
    const asked = { rents: { [rents[0]]: 6200_00 }, packs: { [pack]: 450_00 }, items: { [ticket]: 66_00 } };
    const other = await byCompany(asked);
    expect(other.get(first)?.thenMinor).toBe(3200_00 + 450_00 + 4 * 66_00 + 20_00);
    expect(other.get(second)?.thenMinor).toBe(4800_00 + 450_00);
    const tariff: Tariff = { ...terms, id: "trf_next", name: "新", from: month, items: [salon(80_00), undone(30_00)] };
    // The ticket at 35.00 was nobody's tariff.
    expect((await byCompany({ tariff })).get(first)?.thenMinor).toBe(1600_00 + 500_00 + 240_00 + 35_00 + 60_00);
  });

  it("owes nothing of months before rent was charged here, nor of a draft, and is for nobody without the right", async () => {
    const company = await stage.company("丙");
    const draft = {
      kind: "lease",
      title: "草稿",
      from: "2026-12-01",
      resources: [],
      remindDays: [],
      rentMinor: 100_00,
    };
    take(await draftAgreement(stage.scope(), company, draft as AgreementFacts));
    expect(await dues()).toEqual([]);
    stage.people.set("per_desk", { roles: ["frontdesk"], companies: [] });
    stage.people.set("per_reader", { roles: ["rol_reader"], own: [{ rights: ["billing.read"] }], companies: [] });
    const codes: number[] = [];
    for (const person of ["per_reader", "per_desk", company.replace("cmp_", "per_"), "per_stranger"])
      for (const path of [`/simulation/${month}/dues`, "/prices-held/2026-12-01"])
        codes.push((await stage.raw(person, at(path))).status);
    expect(codes).toEqual([200, 200, 403, 403, 403, 403, 404, 404]);
    expect((await stage.raw("per_finance", at("/prices-held/2026-13-01"))).status).toBe(404);
  });
});

describe("the prices of a day", () => {
  const held = async (day: string, path = at("")) =>
    (await stage.ask<HeldPrices>("per_finance", "GET", `${path}/prices-held/${day}`)).body;
  const change = async (now: string, next: (card: RateCard) => Partial<RateCard>) => {
    stage.now = now;
    const { rev, ...card } = (await rateCardOf(stage.scope(), { consistent: true })) ?? { rev: 0 };
    take(await setRateCard(stage.scope(), { ...(card as RateCard), ...next(card as RateCard) }, rev));
  };

  it("are those that stood when it ended: of the card with the period it lies in, of plans and of packs, and none of what came later", async () => {
    await change("2026-11-23T02:00:00.000Z", () => ({ roomHourMinor: 66_00 }));
    const plan = take(
      await addPlan(stage.scope(), { name: "团队", monthlyMinor: 310_00, allowances: { roomMinutes: 0 } }),
    );
    const offer = { name: "十小时", kind: "room-minutes", units: 600, validDays: 20 } as const;
    const pack = take(await addPack(stage.scope(), { ...offer, priceMinor: 500_00 }));
    const rates = [{ name: "夜间", from: "18:00", price: { percent: 70 } }];
    const period = { from: "2027-01-01", roomHourMinor: 88_00, deskDayMinor: 50_00 };
    await change("2026-12-10T10:00:00.000Z", () => ({ roomHourMinor: 77_00, rates, periods: [period] }));
    const { rev: _r, id: _i, ...was } = plan;
    take(await changePlan(stage.scope(), plan.id, { ...was, monthlyMinor: 400_00 }, plan.rev));
    const { rev: _v, id: _d, ...sold } = pack;
    take(await changePack(stage.scope(), pack.id, { ...sold, priceMinor: 520_00 }, pack.rev));
    const told = async (day: string) => {
      const { card, plans, packs } = await held(day);
      expect(card?.periods).toBeUndefined();
      return [card?.roomHourMinor, card?.rates?.length ?? 0, plans[0]?.monthlyMinor, packs[0]?.priceMinor];
    };
    expect(await told("2026-11-22")).toEqual([60_00, 0, undefined, undefined]);
    expect(await told("2026-11-23")).toEqual([66_00, 0, 310_00, 500_00]);
    expect(await told("2026-12-09")).toEqual([66_00, 0, 310_00, 500_00]);
    expect(await told("2026-12-10")).toEqual([77_00, 1, 400_00, 520_00]);
    expect(await told("2027-01-02")).toEqual([88_00, 0, 400_00, 520_00]);
  });

  it("are none before the first, nor another space's", async () => {
    const other = "/accounts/spaces/spc_other";
    expect(await held("2026-12-10", other)).toEqual({ day: "2026-12-10", card: null, plans: [], packs: [] });
  });
});
