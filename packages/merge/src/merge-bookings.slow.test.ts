import type { InvoiceRow } from "@yihao/billing/model";
import type { BookingRow, BookingView, ResourceView } from "@yihao/booking/model";
import { usualRules } from "@yihao/booking/model";
import type { SeriesQuote, SeriesView } from "@yihao/booking/series-model";
import type { ShownVisitor } from "@yihao/booking/visitor-model";
import type { WaitQuote, WaitView } from "@yihao/booking/wait-model";
import type { CompanyId, PersonId } from "@yihao/kernel/ids";
import { creditsOf } from "@yihao/members/allowance-actions";
import type { CompanyView } from "@yihao/members/model";
import type { Through } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import { type TestCaller, testApi } from "@yihao/testing/api";
import { everyDay } from "@yihao/testing/booking-world";
import { type CommunityWorld, communityWorld } from "@yihao/testing/community-world";
import { testDoors } from "@yihao/testing/doors";
import { sameTable, scopeOf } from "@yihao/testing/table";
import { streamByHand } from "@yihao/testing/warehouse-world";
import { afterEach, beforeEach, expect, it } from "vitest";
import { reactions } from "../../../functions/reactions.ts";
import { verifyItems } from "../../local/src/verify.ts";
import type { MergePreview } from "./model.ts";

let world: CommunityWorld;
let settle: () => Promise<number>;
let base: string;
let room: ResourceView;
let other: ResourceView;

beforeEach(async () => {
  world = await communityWorld();
  settle = streamByHand(world.table, reactions, world.now);
  base = `/spaces/${world.space}`;
});
afterEach(async () => {
  await settle();
  expect(verifyItems(await allItems(world.table)).violations).toEqual([]);
  world.table.close();
});

const hour = (from: string, until: string, day = "2026-11-24") => ({
  from: `${day}T${from}:00.000Z`,
  until: `${day}T${until}:00.000Z`,
});
const doors = (person: string) => testDoors(world.table, { now: world.now }).as(`per_${person}`);
const creditsLeft = async (id: CompanyId) =>
  (await creditsOf(scopeOf(world.table, { space: world.space }), id)).map(({ kind, month, lot, left, booked }) => [
    ...[kind, month ?? lot, left, booked],
  ]);

/** Two rooms with a quota of the company, a plan with room hours, and a pack of guests' passes. */
async function stage(): Promise<void> {
  const { owner, company } = world;
  const tax = { room: 600, desk: 600, storage: 600, pick: 600, plan: 600 };
  const prices = { roomHourMinor: 6000, deskDayMinor: 4000, binDayMinor: 240, pickUnitMinor: 150 };
  const card = { currency: "CNY", taxIncluded: true, taxBasis: tax, ...prices };
  await owner.send("PUT", `${base}/rate-card`, card, { "if-match": '"0"' });
  const calendar = { zone: "Asia/Shanghai", hours: everyDay, closures: [] };
  const site = await owner.command<{ id: string }>(`${base}/sites`, { name: "一号楼", city: "淮北", ...calendar });
  const floor = await owner.command<{ id: string }>(`${base}/floors`, { site: site.id, name: "1F", order: 1 });
  const quotas = [
    { per: "company", count: "minutes", in: "month", most: 1200, over: "resource" },
    { per: "company", count: "bookings", in: "ahead", most: 20, over: "resource" },
  ];
  const rules = { ...usualRules.room, bufferMinutes: 0, quotas };
  const place = { site: site.id, floor: floor.id, kind: "room", capacity: 6, state: "active" };
  const add = (code: string, more: object) =>
    owner.command<ResourceView>(`${base}/resources`, { ...rules, ...place, code, name: code, ...more });
  room = await add("R1", {});
  other = await add("R2", { cancellation: { freeHours: 24, percent: 50 } });
  const plan = await owner.command<{ id: string }>(`${base}/plans`, {
    ...{ name: "成长套餐", monthlyMinor: 60_000, allowances: { roomMinutes: 150 } },
  });
  await owner.command(`${base}/companies/${company}/subscription`, { plan: plan.id, from: "2026-11-23" });
  const offer = { name: "访客名额", kind: "guest-passes", units: 3, priceMinor: 9000, validDays: 60 };
  const pack = await owner.command<{ id: string }>(`${base}/packs`, offer);
  await owner.command(`${base}/companies/${company}/packs`, { pack: pack.id });
  await settle();
}

async function book(caller: TestCaller, wish: object): Promise<BookingView> {
  const quoted = (await caller.send("POST", `${base}/quotes/booking`, wish)).json<{
    quote: { totalMinor: number; allowanceMinutes: number };
  }>();
  const { totalMinor, allowanceMinutes } = quoted.quote;
  const shown = { expectMinor: totalMinor, ...(allowanceMinutes ? { expectAllowanceMinutes: allowanceMinutes } : {}) };
  return caller.command<BookingView>(`${base}/bookings`, { ...wish, ...shown });
}

type Furnished = { paid: BookingView; dear: BookingView; series: SeriesView; wait: WaitView; visit: ShownVisitor };

/** What the company that goes has ahead: a booking its plan pays, one it owes for, a series, a place in a line, a guest with a pass, a calendar, and a draft bill. */
async function ahead(): Promise<Furnished> {
  const { admin, neighbour, owner } = world;
  const paid = await book(admin, { resource: room.id, ...hour("02:00", "04:00") });
  const dear = await book(admin, { resource: other.id, ...hour("02:00", "03:30", "2026-12-02") });
  const repeat = { every: "week", weekdays: [3], count: 3 };
  const wish = { resource: other.id, day: "2026-11-25", from: "09:00", until: "10:00", repeat };
  const quote = (await admin.send("POST", `${base}/quotes/series`, wish)).json<SeriesQuote>();
  const shown = { conflicts: "refuse", expectCount: 3, expectMinor: quote.totalMinor };
  const minutes = quote.allowanceMinutes ? { expectAllowanceMinutes: quote.allowanceMinutes } : {};
  const series = await admin.command<SeriesView>(`${base}/series`, { ...wish, ...shown, ...minutes });
  await book(neighbour, { resource: room.id, ...hour("05:00", "06:00") });
  const there = { resource: room.id, ...hour("05:00", "06:00") };
  const asked = (await admin.send("POST", `${base}/quotes/wait`, there)).json<WaitQuote>().quote;
  const price = {
    expectMinor: asked.totalMinor,
    ...(asked.allowanceMinutes ? { expectAllowanceMinutes: asked.allowanceMinutes } : {}),
  };
  const wait = await admin.command<WaitView>(`${base}/waits`, { ...there, ...price, book: true });
  const guest = { name: "莫工", site: room.site, at: "2026-11-24T02:00:00.000Z", usesPass: true };
  const visit = await doors("admin").command<ShownVisitor>(`/doors${base}/visitors`, guest);
  await settle();
  await owner.command(`${base}/invoices/run`, { month: "2026-11" });
  await settle();
  return { paid, dear, series, wait, visit };
}

const preview = () => world.owner.read<MergePreview>(`${base}/companies/${world.company}/merge?into=${world.other}`);
async function merge(seen: MergePreview): Promise<number> {
  const wish = { into: seen.into.id, fields: {}, seen: { from: seen.from.rev, into: seen.into.rev } };
  const headers = { "idempotency-key": "merge-key-0001" };
  return (await world.owner.send("POST", `${base}/companies/${seen.from.id}/merge`, wish, headers)).status;
}

it("bookings to come, their series, credits and quotas, waits, guests, feeds and draft bills go over with a company that was another, also through crashes", async () => {
  await stage();
  const { paid, dear, series, wait, visit } = await ahead();
  const { company: from, other: into, owner, table } = world;
  const feed = await doors("admin").command<{ path: string }>(`/doors${base}/feeds`, { subject: "me" });
  const drafts = async () =>
    (await owner.read<{ items: InvoiceRow[] }>(`${base}/invoices?state=draft`)).items.map(
      ({ company, totalMinor }) => [company, totalMinor] as const,
    );
  const owed = (await drafts()).reduce((sum, [, minor]) => sum + minor, 0);
  expect((await drafts()).map(([company]) => company).sort()).toEqual([from, into].sort());
  const left = await creditsLeft(from);
  expect(left).toEqual(expect.arrayContaining([["room-minutes", "2026-11", 0, 150]]));
  const seen = await preview();
  expect([seen.blocks, seen.moves]).toMatchObject([[], { bookings: 5, drafts: 1, bills: 0 }]);
  expect(await merge(seen)).toBe(201);
  for (const most of [2, 5, 8, 12, 17, 23]) {
    let writes = 0;
    const crash: Through = (call, send) => {
      if (call.constructor.name.startsWith("TransactWriteItems") && ++writes > most) throw new Error("went down");
      return send(call);
    };
    const dying = sameTable(table, { through: crash, attempts: 1 });
    await streamByHand(dying, reactions, world.now)().catch(() => 0);
  }
  await settle();
  expect((await owner.read<CompanyView>(`${base}/companies/${from}`)).merged).toMatchObject({ done: true });
  const mine = testApi(table, { now: world.now }).as("per_admin" as PersonId, into);
  const rows = (await mine.read<{ items: BookingRow[] }>(`${base}/bookings?from=2026-11-01T00:00:00.000Z`)).items;
  expect(rows.filter(({ person }) => person === "per_admin").map(({ id }) => id)).toEqual(
    expect.arrayContaining([paid.id, dear.id, ...series.bookings.map(({ id }) => id)]),
  );
  expect(rows.every(({ company, companyName }) => company === into && companyName === "邻座科技")).toBe(true);
  expect(await creditsLeft(into)).toEqual(left);
  expect((await mine.read<SeriesView>(`${base}/series/${series.id}`)).bookings).toHaveLength(3);
  // One draft of the month, with what both were to be billed.
  expect(await drafts()).toEqual([[into, owed]]);
  // The calendar has the address it had, and shows what is there now.
  const anybody = testDoors(table, { now: world.now }).as(undefined);
  const calendar = await anybody.send("GET", feed.path.replace("/api/v1", ""));
  expect([calendar.status, calendar.text.match(/BEGIN:VEVENT/g)?.length]).toEqual([200, 5]);
  // What is cancelled gives back to the company that stays: minutes of the plan, and the half that its terms keep.
  await mine.command(`${base}/bookings/${paid.id}/cancel`, {
    rev: (await mine.read<BookingView>(`${base}/bookings/${paid.id}`)).rev,
  });
  expect(await creditsLeft(into)).toEqual(expect.arrayContaining([["room-minutes", "2026-11", 120, 30]]));
  // Its turn in the line holds: when the neighbour lets go, it has the place.
  const taken = rows.find(({ person }) => person === "per_neighbour")?.id ?? "";
  await world.neighbour.command(`${base}/bookings/${taken}/cancel`, {
    rev: (await mine.read<BookingView>(`${base}/bookings/${taken}`)).rev,
  });
  await settle();
  const waits = await mine.read<{ items: WaitView[] }>(`${base}/waits`);
  expect(waits.items.map(({ id }) => id)).not.toContain(wait.id);
  const after = (await mine.read<{ items: BookingRow[] }>(`${base}/bookings?from=2026-11-01T00:00:00.000Z`)).items;
  expect(after.filter(({ state, from: at }) => state === "booked" && at === hour("05:00", "06:00").from)).toMatchObject(
    [{ company: into, person: "per_admin" }],
  );
  // The guest comes on the pass that the other company holds now.
  world.pass(86_400_000);
  const arrived = await doors("owner").send("POST", `/doors${base}/visitors/${visit.id}/arrive`);
  expect(arrived.json()).toMatchObject({ state: "here", company: into, companyName: "邻座科技" });
});
