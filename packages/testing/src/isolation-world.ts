import type { Dispute } from "@yihao/billing/dispute-model";
import { disputeIdOf, disputeKey, disputeKind } from "@yihao/billing/dispute-store";
import type { CompanyId, PersonId, SpaceId } from "@yihao/kernel/ids";
import type { Table } from "@yihao/table/client";
import { commit } from "@yihao/table/commit";
import { overwrite } from "@yihao/table/write";
import { expect } from "vitest";
import { reactions } from "../../../functions/reactions.ts";
import { testApi } from "./api.ts";
import { placePerson } from "./booking-world.ts";
import { testAccounts, testDoors, testPapers, testPay } from "./doors.ts";
import { memoryFiles, testFiles } from "./files.ts";
import { routeCases } from "./isolation.ts";
import {
  secretBuyer,
  secretCard,
  secretFile,
  secretGoods,
  secretLease,
  secretLet,
  secretName,
  secretNote,
  secretNotice,
  secretReply,
  secretReturn,
  secretTicket,
  secretTraining,
  secretVisitor,
  secretWaybill,
} from "./isolation-samples.ts";
import { scopeOf } from "./table.ts";
import { streamByHand } from "./warehouse-world.ts";

type Made = { readonly id: string; readonly rev: number };
const allDay = [["00:00", "24:00"]];
const hours = { 1: allDay, 2: allDay, 3: allDay, 4: allDay, 5: allDay, 6: allDay, 7: allDay };

/**
 * Two spaces and, in the first, two companies of which the first has a thing of every kind: who asks, from inside and from outside, some of them removed a moment ago, and the things by what they are.
 */
export async function isolationWorld(table: Table) {
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
  const owner = as("per_owner" as PersonId);
  const otherSpace = as("per_outsider" as PersonId);
  const nobody = as(undefined);
  const support = as("per_support" as PersonId);
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
  const mine = as("per_insider" as PersonId);
  const otherCompany = as("per_neighbour" as PersonId);
  const otherMember = as("per_neighbour2" as PersonId);
  const removedStaff = as("per_fired" as PersonId);
  const removedPerson = as("per_leaver" as PersonId);

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
  const pallet = await owner.command<Made>(`${base}/pallets`, { company, warehouse: warehouse.id });
  const second = await owner.command<Made>(`${base}/warehouses`, { name: "二号云仓", zone: "Asia/Shanghai" });
  const sent = { product: product.id, bin: "01-01-01", units: 1 };
  const transfer = await owner.command<Made>(`${base}/transfers`, {
    ...{ company, from: warehouse.id, to: second.id, lines: [sent] },
  });
  const zoneMove = await owner.command<Made>(`${base}/warehouses/${warehouse.id}/zone-moves`, {
    ...{ bins: ["01-01-01"], to: { warehouse: second.id } },
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
  const links = testFiles(table, files);
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
  const otherKey = by((await otherSpace.command<Shown>(`/spaces/${elsewhere}/keys`, wish)).secret);
  const revoked = await owner.command<Shown>(`${base}/keys`, wish);
  const revokedKey = by(revoked.secret);
  const endpoint = { name: "进销存", url: "https://hooks.example.com/in", kinds: ["company.added"] };
  const { hook } = await owner.command<{ hook: { id: string } }>(`${base}/hooks`, endpoint);
  const ping = await owner.command<{ id: string }>(`${base}/hooks/${hook.id}/ping`, {});
  await otherSpace.command(`/spaces/${elsewhere}/support`, { hours: 24, reason: "账单看不懂" });
  expect((await support.send("GET", `/spaces/${elsewhere}`)).status).toBe(200);
  const madeUpKey = by(`yk_${"0".repeat(16)}_${"0".repeat(32)}`);
  await hear();
  await owner.command(`${base}/invoices/run`, { month: "2026-11" });
  await hear();
  const drafts = await owner.read<{ items: { id: string; company: string }[] }>(`${base}/invoices?state=draft`);
  const invoice = drafts.items.find((draft) => draft.company === company)?.id ?? "";
  await owner.command(`${base}/invoices/${invoice}/finalise`, {});
  const deposit = { company, amountMinor: 100_00, on: "2026-11-23", way: "cash", reference: "YJ-SECRET-1" };
  await owner.command(`/accounts${base}/deposits`, deposit);
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
  const dispute = disputeIdOf(scope(), "stripe", "dp_secret");
  const disputed = { id: dispute, company, companyName: secretName, reference: "dp_secret", state: "needs-response" };
  const held = {
    amountMinor: 100,
    feeMinor: 0,
    heldMinor: 0,
    creditMinor: 0,
    writtenOffMinor: 0,
    moves: 0,
    reopened: [],
  };
  const of = { provider: "stripe", payment: "pay_none", paymentReference: "P-1", reason: "general" };
  const since = { withdrawn: false, reinstated: false, openedAt: scope().now, openedOn: "2026-11-23" };
  const whole = { ...disputed, ...held, ...of, ...since } as unknown as Dispute;
  await commit(scope(), [overwrite(disputeKey(scope(), dispute), disputeKind, whole)], { answer: null });
  const approval = await owner.command<Made>(`/accounts${base}/approvals`, { wish: giveBack, reason: "退租" });
  await hear();
  expect((await removedPerson.send("GET", `${base}/products`)).status).toBe(200);
  expect((await owner.send("DELETE", `${base}/people/per_leaver`)).status).toBe(200);
  expect((await owner.send("DELETE", `${base}/people/per_fired`)).status).toBe(200);
  expect((await revokedKey.send("GET", `${base}/companies`)).status).toBe(200);
  expect((await owner.send("DELETE", `${base}/keys/${revoked.key.id}`)).status).toBe(200);

  const routes = routeCases(await nobody.read<{ paths: Record<string, Record<string, unknown>> }>("/openapi.json"));
  const brought = {
    kind: "deposits",
    day: "2026-11-01",
    mode: "commit",
    csv: `企业名称,收据号,押金\n${secretName},YJ-1,100`,
  };
  const takeover = await owner.command<Made>(`/takeover${base}/files`, brought);
  return {
    callers: { owner, mine, otherCompany, otherMember, otherSpace, removedStaff, removedPerson, nobody, support },
    programs: { otherKey, revokedKey, madeUpKey },
    ...{ links, routes },
    things: {
      agreement,
      announcement,
      approval,
      asn,
      back,
      bank,
      booked,
      booking,
      company,
      count,
      coupon,
      credit,
      dispute,
      exception,
      fapiao,
      floor,
      guest,
      hook,
      invitation,
      invoice,
      lead,
      lease,
      lines,
      newSeries,
      order,
      ownRole,
      pack,
      parcel,
      ping,
      plan,
      pool,
      pallet,
      product,
      reduction,
      resource,
      revoked,
      series,
      site,
      slot,
      space,
      takeover,
      ticket,
      transfer,
      upload,
      visitor,
      wait,
      warehouse,
      wave,
      weekly,
      zoneMove,
    },
  };
}

/** Things of the first company, and of its space, that the samples name. */
export type IsolationThings = Awaited<ReturnType<typeof isolationWorld>>["things"];
