import type { DepositDemand } from "@yihao/billing/approval-model";
import type { InvoiceView } from "@yihao/billing/invoice-view";
import type { InvoiceRow } from "@yihao/billing/model";
import { usualRules } from "@yihao/booking/model";
import type { ParcelView } from "@yihao/community/parcel-model";
import type { TicketRow } from "@yihao/community/ticket-model";
import type { CompanyId, PersonId } from "@yihao/kernel/ids";
import type { AgreementView } from "@yihao/members/agreement-model";
import { creditsOf } from "@yihao/members/allowance-actions";
import { documentKey, documentKind, documentsOf } from "@yihao/members/document-store";
import type { CompanyView } from "@yihao/members/model";
import type { Through } from "@yihao/table/client";
import { commit } from "@yihao/table/commit";
import { allItems } from "@yihao/table/dump";
import { insert } from "@yihao/table/write";
import { TestCaller, testApi } from "@yihao/testing/api";
import { type CommunityWorld, communityWorld } from "@yihao/testing/community-world";
import { testAccounts } from "@yihao/testing/doors";
import { platformOf, sameTable, scopeOf } from "@yihao/testing/table";
import { sweep } from "@yihao/testing/timers";
import { streamByHand } from "@yihao/testing/warehouse-world";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { reactions, timers } from "../../../functions/reactions.ts";
import { verifyItems } from "../../local/src/verify.ts";
import { survivorOf } from "./merge.ts";
import type { MergePreview } from "./model.ts";

let world: CommunityWorld;
let settle: () => Promise<number>;
let base: string;
let from: CompanyId;
let into: CompanyId;
const code = "91350100M000100Y43";

beforeEach(async () => {
  world = await communityWorld();
  settle = streamByHand(world.table, reactions, world.now);
  base = `/spaces/${world.space}`;
  from = world.company;
  into = world.other;
});
afterEach(async () => {
  await settle();
  expect(verifyItems(await allItems(world.table)).violations).toEqual([]);
  world.table.close();
});

const company = (id: string) => world.owner.read<CompanyView>(`${base}/companies/${id}`);
const preview = (one: CompanyId = from, other: CompanyId = into) =>
  world.owner.read<MergePreview>(`${base}/companies/${one}/merge?into=${other}`);
const merge = (seen: MergePreview, fields: object = {}, key = "merge-key-0001", caller = world.owner) =>
  caller.send(
    "POST",
    `${base}/companies/${seen.from.id}/merge`,
    { into: seen.into.id, fields, seen: { from: seen.from.rev, into: seen.into.rev } },
    { "idempotency-key": key },
  );
const balance = (id: CompanyId) => world.owner.read<Record<string, number>>(`${base}/companies/${id}/balance`);
const bring = async (kind: string, csv: string) => {
  const wish = { kind, csv, day: "2026-11-01", mode: "commit" };
  await world.owner.command(`/takeover${base}/files`, wish);
  await settle();
};

/** Gives the company that goes something of everything. */
async function furnish(): Promise<void> {
  const { owner, admin, table, space } = world;
  const before = await company(from);
  const facts = { name: before.name, kind: "company", code, contactName: "许静", contactPhone: "138" };
  await owner.send("PUT", `${base}/companies/${from}`, facts, { "if-match": `"${before.rev}"` });
  const there = await company(into);
  const theirs = { name: there.name, kind: "team", contactName: "丁一" };
  await owner.send("PUT", `${base}/companies/${into}`, theirs, { "if-match": `"${there.rev}"` });
  await bring("deposits", `企业名称,收据号,押金\n${before.name},YJ-1,7200\n`);
  const open = "企业名称,原单据号,类型,未结金额,单据日期,应付日";
  await bring(
    "balances",
    `${open}\n${before.name},D-1,应收,1280,2026-09-30,2026-10-10\n${before.name},D-2,应收,600,2026-10-31,2026-11-10\n${before.name},YS-1,预收,50,,\n`,
  );
  const paid = { company: from, amountMinor: 130_000, reference: "TT-1", receivedOn: "2026-11-20" };
  await owner.command(`${base}/payments`, paid);
  for (const title of ["灯坏了", "网慢"]) await admin.command(`${base}/tickets`, { kind: "repair", title });
  await owner.command(`${base}/parcels`, { company: from, carrier: "sf", tracking: "SF123", shelf: "A1" });
  const draft = { kind: "lease", title: "意向书", number: "HT-1", from: "2027-01-01", resources: [], remindDays: [] };
  await owner.command(`${base}/companies/${from}/agreements`, draft);
  const scope = scopeOf(table, { space });
  const paper = { id: "doc_licence" as const, company: from, name: "执照.pdf", type: "application/pdf", bytes: 9 };
  const kept = { ...paper, topic: "license" as const, visible: true, own: false, by: "per_owner", byName: "周" };
  const document = { ...kept, at: world.now(), state: "ready" as const };
  await commit(scope, [insert(documentKey(scope, from, paper.id), documentKind, document)], { answer: null });
  await settle();
}

async function expectMerged(): Promise<void> {
  const { owner, admin, space, table } = world;
  expect(await company(from)).toMatchObject({ state: "left", code, merged: { into, done: true } });
  expect(await company(from)).not.toHaveProperty("contactName");
  expect(await balance(from)).toMatchObject({ receivableMinor: 0, creditMinor: 0, depositMinor: 0 });
  expect(await balance(into)).toMatchObject({ receivableMinor: 58_000, creditMinor: 5_000, depositMinor: 720_000 });
  const { items: bills } = await owner.read<{ items: InvoiceRow[] }>(`${base}/invoices?company=${into}`);
  expect(bills.map(({ number, state, companyName }) => [number, state, companyName])).toEqual([
    ["D-2", "part-paid", "晚汀香氛"],
    ["D-1", "paid", "晚汀香氛"],
  ]);
  const bill = await owner.read<InvoiceView>(`${base}/invoices/${bills[0]?.id}`);
  expect(bill.payments.map(({ reference }) => reference)).toEqual(["TT-1"]);
  expect(await documentsOf(scopeOf(table, { space }), into)).toMatchObject([{ id: "doc_licence", home: from }]);
  const { items: agreements } = await owner.read<{ items: { number: string }[] }>(
    `${base}/companies/${into}/agreements`,
  );
  expect(agreements.map(({ number }) => number)).toEqual(["HT-1"]);
  const mine = testApi(table, { now: world.now }).as("per_admin" as PersonId, into);
  const { items: tickets } = await mine.read<{ items: TicketRow[] }>(`${base}/tickets`);
  expect(tickets.map(({ title, companyName }) => [title, companyName])).toEqual([
    ["网慢", "邻座科技"],
    ["灯坏了", "邻座科技"],
  ]);
  const { items: parcels } = await mine.read<{ items: ParcelView[] }>(`${base}/parcels`);
  expect(parcels.map(({ tracking }) => tracking)).toEqual(["SF123"]);
  expect((await admin.send("GET", `${base}/companies/${from}`)).status).not.toBe(200);
}

describe("a company that turned out to be another", () => {
  it("is shown before: what moves, where the two differ; then nothing is lost, nothing doubled, and its id answers with the other", async () => {
    await furnish();
    const seen = await preview();
    expect(seen.blocks).toEqual([]);
    expect(seen.moves).toEqual({
      ...{
        people: 2,
        plans: 0,
        packs: 0,
        agreements: 1,
        documents: 1,
        tickets: 2,
        parcels: 1,
        bills: 2,
        bookings: 0,
        drafts: 0,
        products: 0,
        orders: 0,
      },
      ...{ receivableMinor: 58_000, creditMinor: 5_000, depositMinor: 720_000 },
    });
    expect(seen.conflicts).toEqual([
      { field: "name", from: "晚汀香氛", into: "邻座科技" },
      { field: "kind", from: "company", into: "team" },
      { field: "contactName", from: "许静", into: "丁一" },
    ]);
    const answer = await merge(seen, { contactName: "from" });
    expect([answer.status, answer.json()]).toEqual([201, { from, into }]);
    await settle();
    await expectMerged();
    expect(await company(into)).toMatchObject({
      ...{ name: "邻座科技", kind: "company", code, contactName: "许静", contactPhone: "138", absorbed: [from] },
    });
    const { items } = await world.owner.read<{ items: { name: string }[] }>(`${base}/companies`);
    expect(items.map(({ name }) => name)).toEqual(["邻座科技"]);
    const again = { name: "晚汀香氛", kind: "team" };
    expect((await world.owner.send("POST", `${base}/companies`, again)).json()).toMatchObject({
      code: "company.name-taken",
    });
    expect((await world.owner.send("POST", `${base}/companies`, { ...again, name: "新", code })).json()).toMatchObject({
      code: "company.code-taken",
      params: { company: into },
    });
    expect((await merge(seen, { contactName: "from" })).text).toBe(answer.text);
  });

  it("is moved whole after a crash at any step, and moving it again changes nothing", async () => {
    await furnish();
    expect((await merge(await preview())).status).toBe(201);
    for (const most of [1, 3, 4, 6, 9]) {
      let writes = 0;
      const crash: Through = (call, send) => {
        if (call.constructor.name.startsWith("TransactWriteItems") && ++writes > most) throw new Error("went down");
        return send(call);
      };
      const dying = sameTable(world.table, { through: crash, attempts: 1 });
      await streamByHand(dying, reactions, world.now)().catch(() => 0);
    }
    await settle();
    await expectMerged();
    const before = (await allItems(world.table)).length;
    await streamByHand(world.table, reactions, world.now)();
    expect((await allItems(world.table)).length).toBe(before);
    await expectMerged();
  });

  it("takes no write any more: what was under way follows, the rest is refused; of two merges that cross one wins", async () => {
    await furnish();
    const [here, there] = [await preview(), await preview(into, from)];
    const tickets = Array.from({ length: 6 }, (_, at) =>
      world.admin.send("POST", `${base}/tickets`, { kind: "other", title: `同时 ${at}` }),
    );
    const answers = await Promise.all([
      merge(here, {}, "merge-here-01"),
      merge(there, {}, "merge-there-1"),
      ...tickets,
    ]);
    expect(
      answers
        .slice(0, 2)
        .map(({ status }) => status)
        .sort(),
    ).toSatisfy(([first, second]: number[]) => first === 201 && (second === 409 || second === 412));
    const [gone, stays] = answers[0]?.status === 201 ? [from, into] : [into, from];
    await settle();
    const later = new Date(Date.parse(world.now()) + 10 * 60_000).toISOString();
    await sweep(platformOf(world.table, { now: later }), timers, (error) => expect.fail(String(error)));
    const made = answers.slice(2).filter(({ status }) => status === 201).length;
    const { items } = await world.owner.read<{ items: TicketRow[] }>(`${base}/tickets`);
    expect(items.filter(({ title }) => title.startsWith("同时"))).toHaveLength(made);
    expect(new Set(items.map(({ company: of }) => of))).toEqual(new Set([stays]));
    const plain = { name: "别的名字", kind: "team" };
    expect(
      (await world.owner.send("PUT", `${base}/companies/${gone}`, plain, { "if-match": '"9"' })).json(),
    ).toMatchObject({
      code: "company.merged",
      params: { into: stays },
    });
    const payment = { company: gone, amountMinor: 100, reference: "TT-9", receivedOn: "2026-11-20" };
    expect(await world.owner.command(`${base}/payments`, payment)).toMatchObject({ company: stays });
  });

  /** A plan, a pack, an office by agreement with its deposit, and money that went back and forth: what a company has that lives. */
  async function living(): Promise<void> {
    const { owner } = world;
    const tax = { room: 600, desk: 600, storage: 600, pick: 600, plan: 600 };
    const prices = { roomHourMinor: 6000, deskDayMinor: 4000, binDayMinor: 240, pickUnitMinor: 150 };
    const card = { currency: "CNY", taxIncluded: true, taxBasis: tax, ...prices };
    await owner.send("PUT", `${base}/rate-card`, card, { "if-match": '"0"' });
    const wish = { name: "成长套餐", monthlyMinor: 60_000, allowances: { roomMinutes: 240 } };
    const plan = await owner.command<{ id: string }>(`${base}/plans`, wish);
    await owner.command(`${base}/companies/${from}/subscription`, { plan: plan.id, from: "2026-11-23" });
    const packs = { name: "十次卡", kind: "desk-days", units: 10, priceMinor: 30_000, validDays: 60 };
    const pack = await owner.command<{ id: string }>(`${base}/packs`, packs);
    await owner.command(`${base}/companies/${from}/packs`, { pack: pack.id });
    const use = { kind: "desk-days", units: 3, note: "前台核销" };
    await owner.command(`${base}/companies/${from}/credits/use`, use);
    const hours = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, [["09:00", "21:00"]]]));
    const calendar = { zone: "Asia/Shanghai", hours, closures: [] };
    const site = await owner.command<{ id: string }>(`${base}/sites`, { name: "一号楼", city: "淮北", ...calendar });
    const floor = await owner.command<{ id: string }>(`${base}/floors`, { site: site.id, name: "1F", order: 1 });
    const place = {
      site: site.id,
      floor: floor.id,
      kind: "office",
      code: "B-302",
      name: "302",
      capacity: 4,
      state: "active",
    };
    const office = await owner.command<{ id: string }>(`${base}/resources`, { ...usualRules.office, ...place });
    const lease = {
      kind: "lease",
      title: "302 室",
      from: "2026-12-01",
      until: "2027-12-01",
      resources: [office.id],
      remindDays: [30],
    };
    const terms = { ...lease, rentMinor: 300_000, depositMinor: 600_000 };
    const drafted = await owner.command<{ id: string }>(`${base}/companies/${from}/agreements`, terms);
    await owner.command(`${base}/companies/${from}/agreements/${drafted.id}/sign`, { signedOn: "2026-11-20" });
    await settle();
    const accounts = `/accounts${base}`;
    const books = new TestCaller(testAccounts(world.table), owner.person);
    const money = (reference: string, amountMinor: number) => ({
      company: from,
      amountMinor,
      reference,
      on: "2026-11-20",
    });
    await books.command(`${accounts}/deposits`, money("YJ-1", 400_000));
    await owner.command(`${base}/payments`, {
      company: from,
      amountMinor: 500,
      reference: "YS-1",
      receivedOn: "2026-11-20",
    });
    await owner.command(`${base}/invoices/run`, { month: "2026-11" });
    await settle();
    const drafts = await owner.read<{ items: InvoiceRow[] }>(`${base}/invoices?state=draft`);
    const invoice = drafts.items.find((one) => one.company === from)?.id ?? "";
    await owner.command(`${base}/invoices/${invoice}/finalise`, {});
    await books.command(`${accounts}/invoices/${invoice}/credits`, {
      reason: "价格有误",
      lines: [{ line: 0, amountMinor: 100 }],
    });
    await books.command(`${accounts}/applications`, { company: from, from: "deposit", amountMinor: 1_000 });
    await books.command(`${accounts}/applications`, { company: from, from: "balance", amountMinor: 200 });
    await settle();
  }

  it("has its plan, packs, credits, agreement and office, deposit and charges go on with the other, to the unit and the fen", async () => {
    await living();
    const before = await balance(from);
    const seen = await preview();
    expect([seen.blocks, seen.moves]).toMatchObject([[], { plans: 1, packs: 1, agreements: 1 }]);
    const plans = (id: CompanyId) => creditsOf(scopeOf(world.table, { space: world.space }), id);
    const left = (await plans(from)).map(({ kind, month, lot, left: units }) => [kind, month ?? lot, units]);
    expect((await merge(seen)).status).toBe(201);
    for (const most of [2, 5, 9, 14, 20]) {
      let writes = 0;
      const crash: Through = (call, send) => {
        if (call.constructor.name.startsWith("TransactWriteItems") && ++writes > most) throw new Error("went down");
        return send(call);
      };
      await streamByHand(sameTable(world.table, { through: crash, attempts: 1 }), reactions, world.now)().catch(
        () => 0,
      );
    }
    await settle();
    expect((await company(from)).merged).toMatchObject({ into, done: true });
    expect((await company(into)).subscription).toMatchObject({ snapshot: { name: "成长套餐" }, from: "2026-11-23" });
    const now = (await plans(into)).map(({ kind, month, lot, left: units }) => [kind, month ?? lot, units]);
    expect(now).toEqual(left);
    const { company: _, ...sums } = before;
    expect(await balance(into)).toMatchObject(sums);
    const { items } = await world.owner.read<{ items: AgreementView[] }>(`${base}/companies/${into}/agreements`);
    expect(items).toMatchObject([{ title: "302 室", state: "running", company: into }]);
    const resources = await world.owner.read<{ items: { leases?: { company: string }[] }[] }>(`${base}/resources`);
    expect(resources.items.flatMap(({ leases = [] }) => leases.map((one) => one.company))).toEqual([into]);
    const demands = await new TestCaller(testAccounts(world.table), world.owner.person).read<{
      items: DepositDemand[];
    }>(`/accounts${base}/deposit-demands`);
    expect(demands.items).toMatchObject([{ company: into, amountMinor: 600_000, takenMinor: 400_000 }]);
    // The month of the plan and the rent in advance were charged already: the other's bill has neither again.
    await world.owner.command(`${base}/invoices/run`, { month: "2026-11" });
    await settle();
    const drafts = await world.owner.read<{ items: InvoiceRow[] }>(`${base}/invoices?state=draft`);
    expect(drafts.items.filter((one) => one.company === into)).toEqual([]);
    expect(
      (await world.owner.read<{ items: { month: string; amountMinor: number }[] }>(`${base}/charges`)).items,
    ).toEqual([]);
  });

  it("takes its reductions, coupons and fapiao along: each coupon has as many uses as before, the other's next bill is lessened, and its statement closes at its balance", async () => {
    const { owner, table } = world;
    const accounts = `/accounts${base}`;
    const books = new TestCaller(testAccounts(table), owner.person);
    const may = (path: string, body: object) =>
      books.send("POST", `${accounts}${path}`, body, {
        "idempotency-key": `m-${path}-${JSON.stringify(body).length}-key`,
      });
    const charge = { company: from, name: "咨询", stream: "services", quantity: 1, unitMinor: 100_000 };
    await books.command(`${accounts}/charges`, { ...charge, taxClass: "service", day: "2026-11-20" });
    const coupon = {
      code: "KAIYUAN-1",
      name: "开园券",
      less: { amountMinor: 10_000 },
      from: "2026-11-01",
      until: "2027-01-01",
    };
    await books.command(`${accounts}/coupons`, { ...coupon, months: 3, usesMost: 2 });
    await books.command(`${accounts}/coupon-uses`, { code: coupon.code, company: from });
    const less = { company: from, name: "首年优惠", less: { amountMinor: 5_000 }, from: "2026-11", through: "2027-02" };
    await books.command(`${accounts}/reductions`, less);
    await settle();
    const drawn = async (month: string, of: CompanyId) => {
      await owner.command(`${base}/invoices/run`, { month, companies: [of] });
      await settle();
      const { items } = await owner.read<{ items: InvoiceRow[] }>(`${base}/invoices?state=draft`);
      return items.find((one) => one.company === of);
    };
    const bill = await drawn("2026-11", from);
    expect(bill?.totalMinor).toBe(85_000);
    await owner.command(`${base}/invoices/${bill?.id}/finalise`, {});
    const title = {
      kind: "ordinary",
      title: "晚汀香氛",
      taxNumber: "",
      address: "",
      phone: "",
      bank: "",
      account: "",
      email: "",
    };
    await books.send("PUT", `${accounts}/companies/${from}/fapiao-title`, title, { "if-match": '"0"' });
    await books.command(`${accounts}/invoices/${bill?.id}/fapiao`, {});
    const before = await balance(from);
    await merge(await preview());
    await settle();

    const { items: reductions } = await books.read<{ items: { name: string }[] }>(
      `${accounts}/reductions?company=${into}`,
    );
    expect(reductions.map(({ name }) => name).sort()).toEqual(["开园券", "首年优惠"]);
    const { items: coupons } = await books.read<{ items: { used: number }[] }>(`${accounts}/coupons`);
    expect(coupons).toMatchObject([{ used: 1 }]);
    expect((await may("/coupon-uses", { code: coupon.code, company: into })).json()).toMatchObject({
      code: "coupon.used",
    });
    const { items: fapiaos } = await books.read<{ items: object[] }>(`${accounts}/fapiao?company=${into}`);
    expect(fapiaos).toMatchObject([{ company: into, companyName: "晚汀香氛", totalMinor: 85_000, state: "requested" }]);
    expect(await books.read(`${accounts}/companies/${into}/fapiao-title`)).toMatchObject({ title: "晚汀香氛" });
    // The other's next bill is lessened as the merged one's would have been.
    await books.command(`${accounts}/charges`, {
      ...charge,
      company: into,
      name: "路演",
      taxClass: "service",
      day: "2026-11-22",
    });
    expect((await drawn("2026-11", into))?.totalMinor).toBe(85_000);
    const days = "from=2026-11-01&to=2026-11-30";
    const statement = (of: CompanyId) =>
      books.read<{ closing: object; rows: { kind: string }[] }>(`${accounts}/companies/${of}/statement?${days}`);
    expect((await statement(into)).closing).toEqual({ owedMinor: before.receivableMinor, depositMinor: 0 });
    const gone = await statement(from);
    expect(gone.closing).toEqual({ owedMinor: 0, depositMinor: 0 });
    expect(gone.rows.map(({ kind }) => kind)).toEqual(["invoice", "moved"]);
  });

  it("is refused, with what must be settled first, while both have a plan that goes on; nothing changes then", async () => {
    await living();
    const plans = await world.owner.read<{ items: { id: string }[] }>(`${base}/plans`);
    await world.owner.command(`${base}/companies/${into}/subscription`, {
      plan: plans.items[0]?.id,
      from: "2026-11-23",
    });
    const seen = await preview();
    expect(seen.blocks.map(({ what }) => what)).toEqual(["plan"]);
    expect((await merge(seen)).json()).toMatchObject({ code: "merge.blocked", params: { blocks: seen.blocks } });
    expect(await company(from)).toEqual(seen.from);
    expect(await company(into)).toEqual(seen.into);
  });
});

it("keeps the facts of the one that stays, fills its gaps, and takes the other's where chosen", () => {
  const mine = {
    id: "cmp_a",
    name: "甲",
    kind: "team",
    state: "active",
    since: "2026-05-01",
    industry: "电商",
  } as const;
  const theirs = {
    ...mine,
    id: "cmp_b",
    name: "乙",
    since: "2026-01-01",
    industry: "文创",
    code,
    address: "相山区",
  } as const;
  expect(survivorOf(theirs, mine, { industry: "from" }, "2026-11-23")).toEqual({
    ...{ id: "cmp_a", name: "甲", kind: "company", state: "active", since: "2026-01-01", industry: "文创" },
    ...{ code, address: "相山区", absorbed: ["cmp_b"] },
  });
});
