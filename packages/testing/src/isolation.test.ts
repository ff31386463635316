import { payRoutes } from "@yihao/billing/pay-routes";
import { createApp, inside } from "@yihao/http/app";
import { membershipOf } from "@yihao/identity/store";
import type { CompanyId, PersonId, SpaceId } from "@yihao/kernel/ids";
import type { Table } from "@yihao/table/client";
import { beforeAll, describe, expect, it } from "vitest";
import { reactions } from "../../../functions/reactions.ts";
import { type TestCaller, testApi } from "./api.ts";
import { placePerson } from "./booking-world.ts";
import { testAccounts, testDoors, testPapers, testPay } from "./doors.ts";
import { memoryFiles, testFiles } from "./files.ts";
import { call, leaked, namesOwned, type RouteCase, routeCases, type Walls } from "./isolation.ts";
import { freshTable, scopeOf } from "./table.ts";
import { streamByHand } from "./warehouse-world.ts";

let table: Table;
let routes: RouteCase[];
let walls: Walls;
/** The first company's admin, who may see all of it. */
let owner: TestCaller;
let mine: TestCaller;
let otherCompany: TestCaller;
let otherMember: TestCaller;
let otherSpace: TestCaller;
let removedStaff: TestCaller;
let removedPerson: TestCaller;
let nobody: TestCaller;
/** The platform's support: never let in here, let in elsewhere; and the same space as it was let into once and is no more. */
let support: TestCaller;
let links: ReturnType<typeof testFiles>;
/** Programs: by a key of another space, by one that was revoked a moment ago, by one that nobody made. */
let otherKey: TestCaller;
let revokedKey: TestCaller;
let madeUpKey: TestCaller;

const secretName = "隐山密香有限公司";
const secretGoods = "密制沉香 9 号";
const secretBuyer = "收件人莫须有";
const secretLease = "密约 302 室";
const secretFile = "密照.pdf";
const secretNote = "REF-SECRET-77";
const secretReturn = "退回原因不外传";
const secretLet = "HT-2026-机密";
const secretVisitor = "密访莫先生";
const secretTraining = "左手操作须知";
const secretTicket = "密室漏水 3 号";
const secretWaybill = "SF1234567890777";
const secretNotice = "密室停电通知";
const secretCard = "制香秘方";
const secretReply = "师傅下午两点到密室";
type Made = { readonly id: string; readonly rev: number };
const allDay = [["00:00", "24:00"]];
const hours = { 1: allDay, 2: allDay, 3: allDay, 4: allDay, 5: allDay, 6: allDay, 7: allDay };

beforeAll(async () => {
  table = await freshTable();
  const doors = testDoors(table);
  const pay = testPay(table);
  const { as, by } = testApi(table, {
    beside: {
      "/api/v1/doors/": doors.app,
      "/api/v1/accounts/": testAccounts(table),
      "/api/v1/papers/": testPapers(table),
      "/api/v1/pay/": pay.app,
      "/api/v1/guests/": pay.app,
      "/api/v1/guest-bookings/": pay.app,
      "/api/v1/guest-waits/": pay.app,
    },
  });
  const hear = streamByHand(table, reactions);
  owner = as("per_owner" as PersonId);
  otherSpace = as("per_outsider" as PersonId);
  nobody = as(undefined);
  support = as("per_support" as PersonId);
  const settings = { name: "淮海壹号", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" };
  const space = (await owner.command<{ id: SpaceId }>("/me/spaces", settings)).id;
  const elsewhere = (await otherSpace.command<{ id: SpaceId }>("/me/spaces", { ...settings, name: "绘梦空间" })).id;
  const base = `/spaces/${space}`;
  const company = (
    await owner.command<{ id: CompanyId }>(`${base}/companies`, {
      name: secretName,
      kind: "company",
      contactName: "隐山联系人",
    })
  ).id;
  const other = (await owner.command<{ id: CompanyId }>(`${base}/companies`, { name: "邻座科技", kind: "team" })).id;
  const scope = () => scopeOf(table, { space });
  const place = (person: string, of: CompanyId, name: string, role: "admin" | "member") =>
    placePerson(scope(), person as PersonId, { companies: [{ company: of, name, role }] });
  await place("per_insider", company, secretName, "admin");
  await place("per_leaver", company, secretName, "admin");
  await place("per_neighbour", other, "邻座科技", "admin");
  await place("per_neighbour2", other, "邻座科技", "member");
  await placePerson(scope(), "per_fired" as PersonId, { roles: ["manager"] });
  mine = as("per_insider" as PersonId);
  otherCompany = as("per_neighbour" as PersonId);
  otherMember = as("per_neighbour2" as PersonId);
  removedStaff = as("per_fired" as PersonId);
  removedPerson = as("per_leaver" as PersonId);

  const tax = { room: 600, desk: 600, storage: 600, pick: 600, plan: 600 };
  const card = {
    currency: "CNY",
    taxIncluded: true,
    taxBasis: tax,
    roomHourMinor: 6000,
    deskDayMinor: 4000,
    binDayMinor: 240,
    pickUnitMinor: 150,
  };
  await owner.send("PUT", `${base}/rate-card`, card, { "if-match": '"0"' });
  const plan = await owner.command<Made>(`${base}/plans`, {
    name: "成长套餐",
    monthlyMinor: 60000,
    allowances: { roomMinutes: 240 },
  });
  const packs = { name: "十次卡", kind: "desk-days", units: 10, priceMinor: 30000, validDays: 60 };
  const pack = await owner.command<Made>(`${base}/packs`, packs);
  await owner.command(`${base}/companies/${company}/subscription`, { plan: plan.id, from: "2026-11-01" });
  const site = await owner.command<Made>(`${base}/sites`, {
    name: "淮海路",
    city: "淮北",
    zone: "Asia/Shanghai",
    hours,
    closures: [],
  });
  const floor = await owner.command<Made>(`${base}/floors`, { site: site.id, name: "二层", order: 2 });
  const rules = { bufferMinutes: 0, granularityMinutes: 30, leastMinutes: 30, mostMinutes: 1440, horizonDays: 90 };
  const room = {
    ...rules,
    site: site.id,
    floor: floor.id,
    kind: "room",
    code: "R1",
    name: "会议室 1",
    capacity: 8,
    state: "active",
  };
  // Open to the public too: what guests are told of it is tried below.
  const resource = await owner.command<Made>(`${base}/resources`, { ...room, public: {} });
  const seats = { ...room, kind: "pool", code: "HOT", name: "流动工位", capacity: 1, units: 5, public: {} };
  const pool = await owner.command<Made>(`${base}/resources`, seats);
  const desk = {
    ...room,
    kind: "desk",
    code: "F-201",
    name: "独立工位",
    capacity: 1,
    lettable: true,
    who: { of: "companies", companies: [company] },
  };
  const leased = await owner.command<Made>(`${base}/resources`, desk);
  const wishes = { company, from: "2026-12-01", document: secretLet };
  const lease = await owner.command<Made>(`${base}/resources/${leased.id}/leases`, wishes);
  const laser = { ...room, kind: "equipment", code: "LC1", name: "激光切割机", training: true };
  const equipment = await owner.command<Made>(`${base}/resources`, laser);
  await owner.command(`${base}/resources/${equipment.id}/training`, { person: "per_insider", note: secretTraining });
  const slot = { resource: resource.id, from: "2026-11-24T02:00:00.000Z", until: "2026-11-24T07:00:00.000Z" };
  const quote = await mine.send("POST", `${base}/quotes/booking`, slot);
  const { totalMinor, allowanceMinutes } = quote.json<{ quote: { totalMinor: number; allowanceMinutes: number } }>()
    .quote;
  const booked = { ...slot, expectMinor: totalMinor, expectAllowanceMinutes: allowanceMinutes };
  const booking = await mine.command<Made>(`${base}/bookings`, booked);
  const weekly = {
    ...{ resource: resource.id, day: "2026-11-25", from: "09:00", until: "10:00" },
    repeat: { every: "week" as const, weekdays: [3], count: 3 },
  };
  const { totalMinor: seriesMinor, allowanceMinutes: seriesMinutes } = (
    await mine.send("POST", `${base}/quotes/series`, weekly)
  ).json<{ totalMinor: number; allowanceMinutes: number }>();
  const shownSeries = { expectCount: 3, expectMinor: seriesMinor, expectAllowanceMinutes: seriesMinutes };
  const newSeries = { ...weekly, ...shownSeries, conflicts: "refuse" };
  const series = await mine.command<Made>(`${base}/series`, newSeries);
  const waitFor = (await mine.send("POST", `${base}/quotes/wait`, slot)).json<{
    quote: { totalMinor: number; allowanceMinutes: number };
  }>().quote;
  const shownWait = { expectMinor: waitFor.totalMinor, expectAllowanceMinutes: waitFor.allowanceMinutes };
  const wait = await mine.command<Made>(`${base}/waits`, { ...slot, ...shownWait, book: true });
  const guest = { name: secretVisitor, email: "visitor@secret.example", site: site.id, at: "2026-11-24T02:00:00.000Z" };
  const visitor = await mine.command<Made>(`/doors${base}/visitors`, { ...guest, booking: booking.id });
  const warehouse = await owner.command<Made>(`${base}/warehouses`, { name: "壹号云仓", zone: "Asia/Shanghai" });
  const pattern = { zone: { code: "P", name: "快拣", kind: "pick" }, racks: { from: 1, to: 1 }, columns: 2, levels: 2 };
  await owner.command(`${base}/warehouses/${warehouse.id}/bins`, pattern);
  const product = await mine.command<Made>(`${base}/products`, {
    name: secretGoods,
    code: "YS-9",
    gtin: "6970001284560",
  });
  const lines = [{ product: product.id, units: 20 }];
  const asn = await mine.command<Made>(`${base}/asns`, { warehouse: warehouse.id, reference: secretNote, lines });
  await owner.command(`${base}/asns/${asn.id}/arrive`, {});
  await owner.command(`${base}/asns/${asn.id}/lines/1/receive`, { units: 20, done: true });
  await owner.command(`${base}/putaway`, {
    warehouse: warehouse.id,
    product: product.id,
    units: 15,
    asn: asn.id,
    scans: { bin: "01-01-01", product: "6970001284560" },
  });
  const order = await mine.command<Made>(`${base}/orders`, {
    lines: [{ product: product.id, units: 5 }],
    recipient: { name: secretBuyer },
  });
  const wave = await owner.command<Made>(`${base}/waves`, {
    ...{ warehouse: warehouse.id, kind: "batch", orders: [order.id] },
  });
  const second = await owner.command<Made>(`${base}/warehouses`, { name: "二号云仓", zone: "Asia/Shanghai" });
  const sent = { product: product.id, bin: "01-01-01", units: 1 };
  const transfer = await owner.command<Made>(`${base}/transfers`, {
    ...{ company, from: warehouse.id, to: second.id, lines: [sent] },
  });
  const comingBack = { warehouse: warehouse.id, reason: "other", note: secretReturn, lines };
  const back = await mine.command<Made>(`${base}/returns`, comingBack);
  const range = { kind: "bins", from: "01-01-01", to: "01-02-02" };
  const count = await owner.command<Made>(`${base}/counts`, { warehouse: warehouse.id, basis: range });
  const exception = await owner.command<Made>(`${base}/scan-exceptions`, {
    ...{ step: "putaway", doneAt: "2026-11-23T01:00:00.000Z", refusal: "bin.locked", reason: "other" },
    ...{ note: secretNote, product: product.id, bin: "01-01-01", units: 1 },
  });
  const agreement = await owner.command<Made>(`${base}/companies/${company}/agreements`, {
    kind: "lease",
    title: secretLease,
    from: "2026-11-01",
    resources: [],
    depositMinor: 200_00,
    remindDays: [30],
  });
  await owner.command(`${base}/companies/${company}/agreements/${agreement.id}/sign`, { signedOn: "2026-11-01" });
  const files = memoryFiles();
  links = testFiles(table, files);
  const licence = { name: secretFile, type: "application/pdf", bytes: 9, topic: "license", visible: true };
  const upload = await links("per_owner").command<{ document: Made; url: string }>(
    `/files${base}/companies/${company}/documents`,
    licence,
  );
  files.kept.set(upload.url.replace("memory:", ""), new TextEncoder().encode("%PDF-1.7 "));
  await links("per_owner").command(`/files${base}/companies/${company}/documents/${upload.document.id}/done`, {});
  const lead = await owner.command<Made>(`${base}/leads`, { name: "路过的团队", kind: "team", source: "visit" });
  const ticket = await mine.command<Made>(`${base}/tickets`, { kind: "repair", title: secretTicket });
  await owner.command(`${base}/tickets/${ticket.id}/replies`, { text: secretReply });
  const arrival = { company, carrier: "sf", tracking: secretWaybill, shelf: "密格 7" };
  const parcel = await owner.command<Made>(`${base}/parcels`, arrival);
  const days = { from: "2026-11-01", until: "2026-12-01" };
  const event = { from: "2026-11-25T06:00:00.000Z", until: "2026-11-25T08:00:00.000Z", place: "路演厅", seats: 5 };
  const notice = { title: secretNotice, text: secretNotice, ...days, companies: [company], event };
  const announcement = await owner.command<Made>(`${base}/announcements`, notice);
  await mine.command(`${base}/announcements/${announcement.id}/registration`, {});
  const listing = { about: secretCard, offers: [], seeks: [], published: false };
  await mine.send("PUT", `${base}/directory/${company}`, listing, { "if-match": '"0"' });
  const invitation = await mine.command<Made>(`${base}/invitations`, {
    email: "guest@secret.example",
    company,
    companyName: secretName,
    companyRole: "member",
  });
  const ownRole = await owner.command<Made>(`${base}/roles`, { name: "客服", rights: ["community.tickets"] });
  const wish = { name: "对接程序", roles: ["manager"], access: "write", days: 30 };
  type Shown = { key: { id: string }; secret: string };
  otherKey = by((await otherSpace.command<Shown>(`/spaces/${elsewhere}/keys`, wish)).secret);
  const revoked = await owner.command<Shown>(`${base}/keys`, wish);
  revokedKey = by(revoked.secret);
  const endpoint = { name: "进销存", url: "https://hooks.example.com/in", kinds: ["company.added"] };
  const { hook } = await owner.command<{ hook: { id: string } }>(`${base}/hooks`, endpoint);
  const ping = await owner.command<{ id: string }>(`${base}/hooks/${hook.id}/ping`, {});
  await otherSpace.command(`/spaces/${elsewhere}/support`, { hours: 24, reason: "账单看不懂" });
  expect((await support.send("GET", `/spaces/${elsewhere}`)).status).toBe(200);
  madeUpKey = by(`yk_${"0".repeat(16)}_${"0".repeat(32)}`);
  await hear();
  await owner.command(`${base}/invoices/run`, { month: "2026-11" });
  await hear();
  const drafts = await owner.read<{ items: { id: string; company: string }[] }>(`${base}/invoices?state=draft`);
  const invoice = drafts.items.find((draft) => draft.company === company)?.id ?? "";
  await owner.command(`${base}/invoices/${invoice}/finalise`, {});
  const held = { company, amountMinor: 100_00, on: "2026-11-23", way: "cash", reference: "YJ-SECRET-1" };
  await owner.command(`/accounts${base}/deposits`, held);
  const giveBack = {
    kind: "deposit-return",
    company,
    amountMinor: 50_00,
    way: "cash",
    reference: "TH-1",
    paidOn: "2026-11-23",
  };
  const csv = "日期,收入,流水号,付款人,摘要\n2026-11-23,12.00,BANK-SECRET-1,某人,转账";
  await owner.command(`/accounts${base}/bank-imports`, { csv });
  const bank = await owner.read<{ items: { id: string }[] }>(`/accounts${base}/bank-lines`);
  const credit = await owner.command<{ number: string }>(`/accounts${base}/invoices/${invoice}/credits`, {
    reason: "价格有误",
    lines: [{ line: 0, amountMinor: 100 }],
  });
  const less = { company, name: "开园优惠", less: { percent: 10 }, from: "2026-11", through: "2026-12" };
  const reduction = await owner.command<Made>(`/accounts${base}/reductions`, less);
  const coupon = await owner.command<Made>(`/accounts${base}/coupons`, {
    ...{ code: "KAIYUAN-1", name: "开园", less: { percent: 5 }, from: "2026-11-01", until: "2027-11-01" },
    ...{ months: 1, usesMost: 1 },
  });
  const fapiao = await owner.command<Made>(`/accounts${base}/invoices/${invoice}/fapiao`, {});
  const approval = await owner.command<Made>(`/accounts${base}/approvals`, { wish: giveBack, reason: "退租" });
  await hear();
  expect((await removedPerson.send("GET", `${base}/products`)).status).toBe(200);
  expect((await owner.send("DELETE", `${base}/people/per_leaver`)).status).toBe(200);
  expect((await owner.send("DELETE", `${base}/people/per_fired`)).status).toBe(200);
  expect((await revokedKey.send("GET", `${base}/companies`)).status).toBe(200);
  expect((await owner.send("DELETE", `${base}/keys/${revoked.key.id}`)).status).toBe(200);

  routes = routeCases(await nobody.read<{ paths: Record<string, Record<string, unknown>> }>("/openapi.json"));
  const brought = {
    kind: "deposits",
    day: "2026-11-01",
    mode: "commit",
    csv: `企业名称,收据号,押金\n${secretName},YJ-1,100`,
  };
  const takeover = await owner.command<Made>(`/takeover${base}/files`, brought);
  walls = {
    space,
    samples: {
      company,
      person: "per_insider",
      role: ownRole.id,
      invitation: invitation.id,
      lead: lead.id,
      ticket: ticket.id,
      parcel: parcel.id,
      announcement: announcement.id,
      agreement: agreement.id,
      document: upload.document.id,
      item: "keys",
      plan: plan.id,
      pack: pack.id,
      site: site.id,
      floor: floor.id,
      resource: resource.id,
      lease: lease.id,
      booking: booking.id,
      series: series.id,
      wait: wait.id,
      warehouse: warehouse.id,
      bin: "01-01-01",
      zone: "P",
      product: product.id,
      asn: asn.id,
      line: "1",
      order: order.id,
      number: "1",
      return: back.id,
      wave: wave.id,
      transfer: transfer.id,
      count: count.id,
      exception: exception.id,
      month: "2026-11",
      invoice,
      approval: approval.id,
      credit: credit.number,
      reduction: reduction.id,
      coupon: coupon.id,
      fapiao: fapiao.id,
      entry: bank.items[0]?.id ?? "",
      letter: "evt_nothing",
      key: revoked.key.id,
      hook: hook.id,
      delivery: ping.id,
      subject: resource.id,
      display: "dsp_nothing",
      visitor: visitor.id,
      takeover: takeover.id,
      tariff: "trf_nothing",
      method: "pmt_nothing",
    },
    shared: [
      "tariff",
      "space",
      "plan",
      "pack",
      "site",
      "floor",
      "resource",
      "lease",
      "warehouse",
      "bin",
      "wave",
      "transfer",
      "month",
      "letter",
      "line",
      "number",
      "item",
      "subject",
      "display",
    ],
    bodies: {
      "PATCH /spaces/{space}": { name: "改名" },
      "PUT /spaces/{space}/announcements/{announcement}/registrations/{person}": { came: true },
      "PUT /spaces/{space}/brand": { colour: "#7a1f4b", logo: null },
      "PUT /spaces/{space}/booking-mails": { mails: true },
      "PUT /spaces/{space}/staff-mails": { requests: true, applications: true, tickets: true, language: "en" },
      "POST /pay/spaces/{space}/invoices/{invoice}/checkout": { language: "zh" },
      "POST /pay/spaces/{space}/methods": { language: "zh", consent: "2026-11" },
      "POST /pay/spaces/{space}/platform-methods": { language: "zh", consent: "2026-11" },
      "POST /pay/spaces/{space}/portal": { language: "zh", consent: "2026-11" },
      "POST /pay/spaces/{space}/merchant/page": {},
      "POST /pay/spaces/{space}/platform-bills/{month}/checkout": { language: "zh" },
      "POST /accounts/spaces/{space}/coupon-uses": { code: "KAIYUAN-1", company },
      "POST /accounts/spaces/{space}/fapiao/{fapiao}/step": { does: "withdraw" },
      "PUT /accounts/spaces/{space}/companies/{company}/fapiao-title": {
        ...{ kind: "ordinary", title: "别人的抬头", taxNumber: "", address: "", phone: "" },
        ...{ bank: "", account: "", email: "" },
      },
      "POST /pay/spaces/{space}/day-passes": {
        ...{ resource: pool.id, name: "散客", contact: "guest@x.example", way: "cash", expectMinor: 4000 },
        language: "en",
      },
      "POST /spaces/{space}/invitations": {
        email: "x@y.example",
        company,
        companyName: secretName,
        companyRole: "member",
      },
      "PUT /spaces/{space}/companies/{company}/documents/{document}": {
        name: "别人.pdf",
        topic: "other",
        visible: true,
      },
      "POST /spaces/{space}/tickets": { company, kind: "repair", title: "别人的求助" },
      "PUT /spaces/{space}/directory/{company}": { about: "别人的名片", published: true },
      "PUT /spaces/{space}/tickets/{ticket}/state": { state: "closed" },
      "POST /spaces/{space}/tickets/{ticket}/replies": { text: "别人的话" },
      "PUT /spaces/{space}/companies/{company}/contact": { contactName: "别人" },
      "POST /spaces/{space}/quotes/booking": { ...slot, company },
      "POST /spaces/{space}/bookings": { ...booked, company },
      "POST /spaces/{space}/bookings/{booking}/cancel": { rev: booking.rev },
      "POST /spaces/{space}/quotes/wait": { ...slot, company },
      "POST /spaces/{space}/waits": { ...booked, company, book: true },
      "POST /spaces/{space}/bookings/{booking}/answer": { as: "declined", reason: "占用" },
      "POST /spaces/{space}/bookings/{booking}/quote-move": slot,
      "POST /spaces/{space}/bookings/{booking}/move": { ...booked, rev: booking.rev },
      "POST /spaces/{space}/quotes/series": { ...weekly, company },
      "POST /spaces/{space}/series": { ...newSeries, company },
      "POST /spaces/{space}/series/{series}/quote-move": { from: slot.from, days: 1 },
      "POST /spaces/{space}/series/{series}/move": { from: slot.from, days: 1 },
      "POST /spaces/{space}/products": { company, name: "别人的货" },
      "PUT /spaces/{space}/products/{product}": { name: "改名", code: "YS-9", unit: "件" },
      "POST /spaces/{space}/asns/check": { company, warehouse: warehouse.id, lines },
      "POST /spaces/{space}/asns": { company, warehouse: warehouse.id, lines },
      "POST /doors/spaces/{space}/feeds": { subject: resource.id },
      "POST /doors/spaces/{space}/visitors": { ...guest, booking: booking.id, company },
      "POST /spaces/{space}/stock/analysis": { company },
      "POST /spaces/{space}/stock/imports/products": { company, rows: [{ row: 2, name: "别人的货" }] },
      "POST /spaces/{space}/stock/imports/openings": {
        ...{ company, warehouse: warehouse.id },
        rows: [{ row: 2, code: "YS-9", bin: "01-01-01", units: 1 }],
      },
      "POST /spaces/{space}/stock/imports/asns": {
        ...{ company, warehouse: warehouse.id },
        documents: [{ document: "YB-1", lines: [{ row: 2, code: "YS-9", units: 1 }] }],
      },
      "POST /spaces/{space}/stock/imports/orders": {
        company,
        documents: [{ document: "CK-1", recipient: { name: "谁" }, lines: [{ row: 2, code: "YS-9", units: 1 }] }],
      },
      "POST /spaces/{space}/orders": { lines: [{ product: product.id, units: 1 }], recipient: { name: "谁" } },
      "POST /spaces/{space}/returns": { company, warehouse: warehouse.id, reason: "other", lines },
      "PUT /spaces/{space}/orders/{order}/shipment": { carrier: "sf", numbers: ["SF1000000000001"] },
      "PUT /spaces/{space}/warehouses/{warehouse}/zones/{zone}": { name: "快拣", classes: ["food"] },
      "PUT /spaces/{space}/owners/{company}/storage": { classes: [], mostBins: null, mostUnits: null, mostMl: null },
      "POST /spaces/{space}/waves/{wave}/sort": { slot: 1, line: 1, units: 1 },
      "PUT /spaces/{space}/warehouse-settings": { gs1Prefix: "69700012", extension: 0 },
      "PUT /spaces/{space}/products/{product}/kit": { components: [] },
      "POST /spaces/{space}/returns/{return}/lines/{line}/receive": { units: 1 },
      "POST /spaces/{space}/returns/{return}/lines/{line}/decide": { decision: "scrap", units: 1 },
      "POST /spaces/{space}/orders/{order}/cartons": { items: [{ code: "YS-9", units: 1 }], grams: 100 },
    },
    queries: {
      "GET /spaces/{space}/sites/{site}/availability": "day=2026-11-24",
      "GET /spaces/{space}/sites/{site}/agenda": "day=2026-11-24",
      "GET /spaces/{space}/bookings": `company=${company}`,
      "GET /spaces/{space}/products": `company=${company}`,
      "GET /spaces/{space}/stock": `company=${company}`,
      "GET /spaces/{space}/stock/analysis": `company=${company}`,
      "GET /spaces/{space}/stock/top": `company=${company}&list=dead`,
      "GET /spaces/{space}/stock/sheets": `company=${company}`,
      "GET /spaces/{space}/stock/on": `company=${company}&day=2026-11-20`,
      "GET /spaces/{space}/asns": `company=${company}`,
      "GET /spaces/{space}/orders": `company=${company}`,
      "GET /spaces/{space}/returns": `company=${company}`,
      "GET /spaces/{space}/waves": `warehouse=${warehouse.id}`,
      "GET /spaces/{space}/transfers": `warehouse=${warehouse.id}`,
      "GET /papers/spaces/{space}/labels/bins": `warehouse=${warehouse.id}&from=01-01-01&to=01-02-02&format=zpl`,
      "GET /papers/spaces/{space}/labels/products/{product}": "format=zpl",
      "GET /spaces/{space}/charges": `company=${company}`,
      "GET /spaces/{space}/invoices": `company=${company}`,
      "GET /spaces/{space}/payments": `company=${company}`,
      "GET /accounts/spaces/{space}/companies/{company}/statement": "from=2026-11-01&to=2026-11-30",
      "GET /papers/spaces/{space}/companies/{company}/statement": "from=2026-11-01&to=2026-11-30",
      "GET /accounts/spaces/{space}/credits": `company=${company}`,
      "GET /accounts/spaces/{space}/reductions": `company=${company}`,
      "GET /accounts/spaces/{space}/fapiao": `company=${company}`,
      "GET /accounts/spaces/{space}/deposits": `company=${company}`,
      "GET /accounts/spaces/{space}/deposit-demands": `company=${company}`,
      "GET /accounts/spaces/{space}/refunds": `company=${company}`,
      "GET /spaces/{space}/orders/{order}/picks": `warehouse=${warehouse.id}`,
      "GET /spaces/{space}/counts": `warehouse=${warehouse.id}`,
      "GET /spaces/{space}/counts/{count}/goods": "code=6970001284560",
      "GET /spaces/{space}/warehouses/{warehouse}/suggestions": `product=${product.id}&units=1`,
      "GET /spaces/{space}/insight/today": "day=2026-11-24",
      "GET /spaces/{space}/insight/streams/{month}/lines": `company=${company}`,
      "GET /spaces/{space}/insight/use": `site=${site.id}&from=2026-11-24&to=2026-11-24`,
    },
    secrets: [
      secretName,
      secretGoods,
      secretBuyer,
      secretNote,
      secretLease,
      agreement.id,
      secretFile,
      upload.document.id,
      secretLet,
      secretTraining,
      secretTicket,
      secretReply,
      ticket.id,
      secretWaybill,
      secretNotice,
      secretCard,
      announcement.id,
      parcel.id,
      secretVisitor,
      "visitor@secret.example",
      visitor.id,
      "隐山联系人",
      "YS-9",
      "6970001284560",
      "guest@secret.example",
      "per_insider",
      company,
      booking.id,
      series.id,
      wait.id,
      product.id,
      asn.id,
      order.id,
      secretReturn,
      back.id,
      invoice,
      "YJ-SECRET-1",
      invitation.id,
    ],
  };
}, 120_000);

const isInSpace = ({ path }: RouteCase) =>
  /^(\/doors|\/takeover|\/accounts|\/papers|\/pay)?\/spaces\/\{space\}/.test(path);
const inSpaceRoutes = () => routes.filter(isInSpace);
const where = (route: RouteCase) => `${route.method} ${route.path}`;

describe("the walls", () => {
  it("are tried on every route of the document: outside a space there are only those that name nobody's things", () => {
    const outside = routes.filter((route) => !isInSpace(route)).map(where);
    expect(outside.sort()).toEqual([
      "GET /apply/{space}",
      "GET /brands/{space}",
      "GET /doors/displays/{token}",
      "GET /doors/feeds/{file}",
      "GET /doors/passes/{token}",
      "GET /guest-bookings/{token}",
      "GET /guest-waits/{token}",
      "GET /guests/{space}",
      "GET /guests/{space}/sites/{site}/days/{day}",
      "GET /invitations/{token}",
      "GET /me",
      "GET /papers/guest-bookings/{token}/receipt",
      // Their refusal to everybody but the platform's owner: packages/usage, packages/billing.
      "GET /platform",
      "GET /platform/bills",
      "GET /platform/usage",
      "POST /apply/{space}",
      "POST /guest-bookings/{token}/cancel",
      "POST /guest-bookings/{token}/checkout",
      "POST /guest-bookings/{token}/move",
      "POST /guest-bookings/{token}/quote-move",
      "POST /guest-waits/{token}/leave",
      "POST /guests/{space}/bookings",
      "POST /guests/{space}/codes",
      "POST /guests/{space}/quotes",
      "POST /guests/{space}/wait-quotes",
      "POST /guests/{space}/waits",
      "POST /me/places",
      "POST /me/spaces",
    ]);
    expect(inSpaceRoutes().length).toBeGreaterThan(70);
  });

  it("have something behind them: the first company sees its own secrets where it should", async () => {
    const seen = new Set<string>();
    for (const route of inSpaceRoutes().filter(({ method }) => method === "GET"))
      for (const secret of leaked(await call(mine, route, walls), walls)) seen.add(secret);
    expect(walls.secrets.filter((secret) => !seen.has(secret))).toEqual([]);
  });

  it("answer 401 to everyone signed out, and nothing else", async () => {
    for (const route of inSpaceRoutes()) {
      const answer = await call(nobody, route, walls);
      expect([where(route), answer.status, leaked(answer, walls)]).toEqual([where(route), 401, []]);
    }
  });

  it("answer 404 to the owner of another space, before the input is looked at", async () => {
    for (const route of inSpaceRoutes()) {
      const answer = await call(otherSpace, route, walls);
      expect([where(route), answer.status, leaked(answer, walls)]).toEqual([where(route), 404, []]);
    }
  });

  it("answer 404 at once to a member of staff and to a company's person who were removed a moment ago", async () => {
    for (const route of inSpaceRoutes())
      for (const gone of [removedStaff, removedPerson]) {
        const answer = await call(gone, route, walls);
        expect([where(route), answer.status, leaked(answer, walls)]).toEqual([where(route), 404, []]);
      }
  });

  it("answer 404 to the platform's support: let into another space only, and again once its leave here is taken back", async () => {
    const shut = async () => {
      for (const route of inSpaceRoutes()) {
        const answer = await call(support, route, walls);
        expect([where(route), answer.status, leaked(answer, walls)]).toEqual([where(route), 404, []]);
      }
    };
    await shut();
    const grants = `/spaces/${walls.space}/support`;
    await owner.command(grants, { hours: 1, reason: "库存对不上" });
    expect((await support.send("GET", `/spaces/${walls.space}/companies`)).status).toBe(200);
    expect((await owner.send("DELETE", grants)).status).toBe(200);
    await shut();
  });

  it("answer 401 to the key of another space, to one revoked a moment ago and to one that nobody made, before the input is looked at", async () => {
    for (const route of inSpaceRoutes())
      for (const program of [otherKey, revokedKey, madeUpKey]) {
        const answer = await call(program, route, walls);
        expect([where(route), answer.status, leaked(answer, walls)]).toEqual([where(route), 401, []]);
      }
  });

  it("tell the key of another space nothing of whether a space exists, and take no key for a person", async () => {
    const plain = (text: string) => text.replace(/"request":"[^"]*"/, "");
    const answers = await Promise.all(
      [`/spaces/${walls.space}`, "/spaces/spc_doesnotexist", "/spaces/nonsense"].map((path) =>
        otherKey.send("GET", path),
      ),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${plain(text)}`)).size).toBe(1);
    for (const path of ["/me", "/me/spaces"])
      expect((await otherKey.send(path === "/me" ? "GET" : "POST", path)).status).toBe(401);
  });

  it("let no company act for another by naming it in X-Company", async () => {
    const company = walls.samples.company ?? "";
    for (const route of inSpaceRoutes()) {
      const answer = await call(otherCompany.for(company), route, walls);
      expect([where(route), answer.status, leaked(answer, walls)]).toEqual([where(route), 404, []]);
    }
  });

  it("give another company of the space not one byte of the first one's, and refuse whatever names its things", async () => {
    const told: string[] = [];
    for (const route of inSpaceRoutes())
      for (const caller of [otherCompany, otherMember]) {
        const answer = await call(caller, route, walls);
        const secrets = leaked(answer, walls);
        if (secrets.length > 0) told.push(`${where(route)} gives away ${secrets.join(", ")}`);
        const named =
          namesOwned(route, walls) ||
          /company=/.test(walls.queries[where(route)] ?? "") ||
          "company" in ((walls.bodies[where(route)] as object) ?? {});
        // An input that is refused proves nothing: such a route needs a sample body or query here.
        if (answer.status === 400 || answer.status === 422)
          told.push(`${where(route)} refused the sample: ${answer.text.slice(0, 200)}`);
        else if (named && answer.status !== 403 && answer.status !== 404) {
          const empty = answer.status === 200 && /"items":\[\]/.test(answer.text);
          if (!empty)
            told.push(`${where(route)} answered ${answer.status} to another company: ${answer.text.slice(0, 160)}`);
        }
      }
    expect(told).toEqual([]);
  });

  it("tell the public when a place is taken, and nothing of whoever has it", async () => {
    const { space, samples } = walls;
    const at = `/guests/${space}`;
    const slot = { resource: samples.resource, from: "2026-11-24T02:00:00.000Z", until: "2026-11-24T07:00:00.000Z" };
    const page = await nobody.send("GET", at);
    const day = await nobody.send("GET", `${at}/sites/${samples.site}/days/2026-11-24`);
    const quote = await nobody.send("POST", `${at}/quotes`, slot);
    const wait = await nobody.send("POST", `${at}/wait-quotes`, slot);
    const brand = await nobody.send("GET", `/brands/${space}`);
    expect([page.status, day.status, quote.status, wait.status, brand.status]).toEqual([200, 200, 409, 200, 200]);
    expect(day.json<{ resources: Record<string, unknown> }>().resources[samples.resource ?? ""]).toEqual({
      busy: [[120, 180]],
    });
    for (const answer of [page, day, quote, wait, brand]) {
      expect(leaked(answer, walls)).toEqual([]);
      expect(answer.text).not.toMatch(/\b(bok|cmp|per|ser|lse)_/);
    }
    // What is not open to the public, and a space that opens nothing, are not there.
    const other = { ...slot, resource: samples.lease ? "res_nothing" : "res_none" };
    expect((await nobody.send("POST", `${at}/quotes`, other)).status).toBe(404);
    expect((await nobody.send("GET", "/guests/spc_nothing")).status).toBe(404);
    expect((await nobody.send("POST", `${at}/wait-quotes`, other)).status).toBe(404);
    expect((await nobody.send("GET", "/brands/spc_nothing")).text).toBe("{}");
  });

  it("left everything of the first company as it was", async () => {
    const base = `/spaces/${walls.space}`;
    const [booking, order, product] = await Promise.all([
      mine.read<{ state: string }>(`${base}/bookings/${walls.samples.booking}`),
      mine.read<{ state: string }>(`${base}/orders/${walls.samples.order}`),
      mine.read(`${base}/products/${walls.samples.product}`),
    ]);
    expect([booking.state, order.state]).toEqual(["booked", "reserved"]);
    expect(JSON.stringify(product)).toContain(secretGoods);
  });

  it("stand around files too: no link to another company's document, and none to put one among them", async () => {
    const at = `/files/spaces/${walls.space}/companies/${walls.samples.company}/documents`;
    const wish = { name: "a.pdf", type: "application/pdf", bytes: 9, topic: "other" };
    for (const [person, status] of [
      [undefined, 401],
      ["per_outsider", 404],
      ["per_leaver", 404],
      ["per_neighbour", 404],
    ] as const) {
      const caller = links(person);
      const image = `/files/spaces/${walls.space}/floors/${walls.samples.floor}/plan-image`;
      const picture = `/files/spaces/${walls.space}/resources/${walls.samples.resource}/picture`;
      const plan = [
        await caller.send("POST", image, { type: "image/png", bytes: 9 }),
        await caller.send("POST", `${image}/pim_nothing/done`, { width: 800, height: 600 }),
        await caller.send("POST", `${picture}`, { type: "image/png", bytes: 9 }),
        await caller.send("POST", `${picture}/pic_nothing/done`, {}),
        await caller.send("DELETE", picture),
      ];
      // Another company of the space may look at the plan, and not put one there.
      for (const answer of plan)
        expect([person, answer.status]).toEqual([person, person === "per_neighbour" ? 403 : status]);
      const answers = [
        await caller.send("GET", `${at}/${walls.samples.document}/link`),
        await caller.send("POST", at, wish),
        await caller.send("POST", `${at}/${walls.samples.document}/done`, {}),
      ];
      for (const answer of answers)
        expect([person, answer.status, leaked(answer, walls)]).toEqual([person, status, []]);
    }
    expect((await links("per_insider").send("GET", `${at}/${walls.samples.document}/link`)).status).toBe(200);
  });

  it("stand around payment too", async () => {
    const doors = {
      table,
      now: () => scopeOf(table).now,
      membership: membershipOf,
      caller: async (request: Request) => {
        const person = request.headers.get("x-test-person");
        return person ? { person: person as PersonId, email: "", name: "" } : undefined;
      },
    };
    const asked: unknown[] = [];
    const provider = new Proxy(
      {},
      {
        get:
          () =>
          (...wish: unknown[]) => {
            asked.push(wish);
            throw new Error("the provider was asked");
          },
      },
    );
    const app = createApp(doors);
    app.use("/api/v1/pay/spaces/:space/*", inside(doors));
    app.route(
      "/api/v1",
      payRoutes({ provider: provider as Parameters<typeof payRoutes>[0]["provider"], home: "http://localhost" }),
    );
    const path = `/api/v1/pay/spaces/${walls.space}/invoices/${walls.samples.invoice}/checkout`;
    const status = async (person?: string) =>
      (
        await app.request(path, {
          method: "POST",
          headers: { "content-type": "application/json", ...(person ? { "x-test-person": person } : {}) },
          body: '{"language":"zh"}',
        })
      ).status;
    expect([await status(), await status("per_outsider"), await status("per_leaver")]).toEqual([401, 404, 404]);
    expect([403, 404]).toContain(await status("per_neighbour"));
    expect(asked).toEqual([]);
  });
});
