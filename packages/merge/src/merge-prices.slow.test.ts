import type { CompanyId } from "@yihao/kernel/ids";
import type { CompanyView } from "@yihao/members/model";
import type { AgreedPrice } from "@yihao/pricing/model";
import { allItems } from "@yihao/table/dump";
import { type CommunityWorld, communityWorld } from "@yihao/testing/community-world";
import { streamByHand } from "@yihao/testing/warehouse-world";
import { afterEach, beforeEach, expect, it } from "vitest";
import { reactions } from "../../../functions/reactions.ts";
import { verifyItems } from "../../local/src/verify.ts";
import type { MergePreview } from "./model.ts";

/** What was agreed on prices with a company that turned out to be another (协议价): told before, and held to after. */
let world: CommunityWorld;
let settle: () => Promise<number>;
let base: string;
let from: CompanyId;
let into: CompanyId;

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
const priced = (name: string, kind: AgreedPrice["kind"], percent: number, start: string, until?: string) => ({
  ...{ name, kind, price: { percent }, from: start },
  ...(until ? { until } : {}),
});
async function agree(id: CompanyId, prices: readonly AgreedPrice[]): Promise<void> {
  const { rev } = await company(id);
  const told = await world.owner.send("PUT", `${base}/companies/${id}/prices`, { prices }, { "if-match": `"${rev}"` });
  expect(told.status).toBe(200);
}
const preview = () => world.owner.read<MergePreview>(`${base}/companies/${from}/merge?into=${into}`);
const merge = async ({ from: gone, into: stays }: MergePreview) => {
  const wish = { into: stays.id, fields: {}, seen: { from: gone.rev, into: stays.rev } };
  return world.owner.send("POST", `${base}/companies/${gone.id}/merge`, wish, { "idempotency-key": "merge-key-0001" });
};

it("holds on with the one that stays where it had agreed on nothing itself; its own stay where both have one, and the preview tells both", async () => {
  const desk = priced("老客户", "desk", 70, "2026-11-01");
  const room = priced("老客户", "room", 60, "2026-11-01");
  const over = priced("去年", "parking", 10, "2025-01-01", "2026-01-01");
  await agree(from, [over, desk, room]);
  const own = priced("年框", "room", 85, "2026-11-01", "2027-01-01");
  await agree(into, [own]);
  const seen = await preview();
  const later = { ...room, from: "2027-01-01" };
  expect(seen.prices).toEqual({ taken: [desk, later], left: [room] });
  expect((await merge(seen)).status).toBe(201);
  await settle();
  const kept = await company(into);
  expect(kept.prices).toEqual([desk, own, later]);
  expect((await company(from)).prices).toBeUndefined();
});

it("of its plan goes along with the plan, and the next bill of the one that stays has it to the fen", async () => {
  const { owner } = world;
  const tax = { room: 600, desk: 600, storage: 600, pick: 600, plan: 600 };
  const prices = { roomHourMinor: 6000, deskDayMinor: 4000, binDayMinor: 240, pickUnitMinor: 150 };
  const card = { currency: "CNY", taxIncluded: true, taxBasis: tax, ...prices };
  await owner.send("PUT", `${base}/rate-card`, card, { "if-match": '"0"' });
  const wish = { name: "成长套餐", monthlyMinor: 60_000, allowances: { roomMinutes: 0 } };
  const plan = await owner.command<{ id: string }>(`${base}/plans`, wish);
  const agreed = { name: "入园协议价", monthlyMinor: 47_777, until: "2027-06-01" };
  await owner.command(`${base}/companies/${from}/subscription`, { plan: plan.id, from: "2026-11-21", agreed });
  await settle();
  const seen = await preview();
  expect([seen.prices, seen.moves.plans]).toEqual([{ taken: [], left: [], plan: agreed }, 1]);
  expect((await merge(seen)).status).toBe(201);
  await settle();
  expect((await company(into)).subscription?.snapshot.agreed).toEqual(agreed);
  await owner.command(`${base}/invoices/run`, { month: "2026-11", companies: [into] });
  await settle();
  type Row = { id: string; company: string; totalMinor: number };
  const { items } = await owner.read<{ items: Row[] }>(`${base}/invoices?state=draft`);
  // Ten days of November's thirty: 15 925.67 fen.
  expect(items.map((one) => [one.company, one.totalMinor])).toEqual([[into, 15_926]]);
  const bill = await owner.read<{ lines: { about?: { name: string } }[] }>(`${base}/invoices/${items[0]?.id}`);
  expect(bill.lines.map(({ about }) => about?.name)).toEqual(["成长套餐 · 入园协议价"]);
});
