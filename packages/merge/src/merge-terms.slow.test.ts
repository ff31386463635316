import type { BillTerms } from "@yihao/billing/model";
import type { CompanyId } from "@yihao/kernel/ids";
import { allItems } from "@yihao/table/dump";
import { TestCaller } from "@yihao/testing/api";
import { type CommunityWorld, communityWorld } from "@yihao/testing/community-world";
import { testAccounts } from "@yihao/testing/doors";
import { streamByHand } from "@yihao/testing/warehouse-world";
import { afterEach, beforeEach, expect, it } from "vitest";
import { reactions } from "../../../functions/reactions.ts";
import { verifyItems } from "../../local/src/verify.ts";
import type { MergePreview, MergeWish } from "./model.ts";

/** How a company that turned out to be another is billed (出账方式) and whom its fapiao are made out to: told before, chosen where both said something, and held to after. */
let world: CommunityWorld;
let books: TestCaller;
let settle: () => Promise<number>;
let base: string;
let from: CompanyId;
let into: CompanyId;

beforeEach(async () => {
  world = await communityWorld();
  settle = streamByHand(world.table, reactions, world.now);
  books = new TestCaller(testAccounts(world.table), world.owner.person);
  base = `/spaces/${world.space}`;
  from = world.company;
  into = world.other;
  const tax = { room: 600, desk: 600, storage: 600, pick: 600, plan: 600 };
  const prices = { roomHourMinor: 6000, deskDayMinor: 4000, binDayMinor: 240, pickUnitMinor: 150 };
  const card = { currency: "CNY", taxIncluded: true, taxBasis: tax, ...prices };
  await world.owner.send("PUT", `${base}/rate-card`, card, { "if-match": '"0"' });
});
afterEach(async () => {
  await settle();
  expect(verifyItems(await allItems(world.table)).violations).toEqual([]);
  world.table.close();
});

const wayPath = (id: CompanyId) => `/accounts${base}/companies/${id}/bill-way`;
async function bill(id: CompanyId, bills: "joint" | "separate"): Promise<void> {
  const { rev } = await books.read<{ rev: number }>(wayPath(id));
  expect((await books.send("PUT", wayPath(id), { bills }, { "if-match": `"${rev}"` })).status).toBe(200);
}
const wayOf = async (id: CompanyId) => (await books.read<{ bills: string }>(wayPath(id))).bills;
const preview = () => world.owner.read<MergePreview>(`${base}/companies/${from}/merge?into=${into}`);
const merge = async ({ from: gone, into: stays }: MergePreview, terms: MergeWish["terms"] = {}) => {
  const wish = { into: stays.id, fields: {}, terms, seen: { from: gone.rev, into: stays.rev } };
  const path = `${base}/companies/${gone.id}/merge`;
  expect((await world.owner.send("POST", path, wish, { "idempotency-key": "merge-terms-01" })).status).toBe(201);
  await settle();
};
/** The parts that the bills of the one that stays have, once each of them has something on it. */
async function billed(): Promise<(string | undefined)[]> {
  const charge = (stream: string) => ({ company: into, name: stream, stream, quantity: 1, unitMinor: 10_00 });
  for (const stream of ["room", "storage"]) {
    const wish = { ...charge(stream), day: world.now().slice(0, 10), taxClass: "service" };
    const { status, text } = await books.send("POST", `/accounts${base}/charges`, wish, {
      "idempotency-key": `charge-${stream}-key`,
    });
    expect([status, text.slice(0, 200)]).toEqual([201, expect.anything()]);
  }
  await world.owner.command(`${base}/invoices/run`, { month: world.now().slice(0, 7), companies: [into] });
  await settle();
  type Row = { company: string; part?: string };
  const { items } = await world.owner.read<{ items: Row[] }>(`${base}/invoices?state=draft`);
  return items.map(({ part }) => part).sort();
}

it("is taken over where the one that stays said nothing, and its next bills are drawn so", async () => {
  await bill(from, "separate");
  const seen = await preview();
  expect(seen.terms).toEqual({ from: { way: "separate" } satisfies BillTerms, into: {} });
  await merge(seen);
  expect([await wayOf(into), await wayOf(from)]).toEqual(["separate", "joint"]);
  expect(await billed()).toEqual(["goods", "space"]);
});

it("stays that of the one that stays where both said something, unless the other's is chosen", async () => {
  await bill(from, "separate");
  await bill(into, "separate");
  await bill(into, "joint");
  const seen = await preview();
  expect(seen.terms).toEqual({ from: { way: "separate" }, into: { way: "joint" } });
  await merge(seen);
  expect(await wayOf(into)).toBe("joint");
  expect(await billed()).toEqual([undefined]);
});

it("is the other's where that is chosen, and so is the title of its fapiao", async () => {
  const title = (name: string, taxNumber: string) => ({
    ...{ kind: "ordinary", title: name, taxNumber, address: "", phone: "", bank: "", account: "", email: "" },
  });
  const titled = async (id: CompanyId, name: string, number: string) => {
    const path = `/accounts${base}/companies/${id}/fapiao-title`;
    const told = await books.send("PUT", path, title(name, number), { "if-match": '"0"' });
    expect([told.status, told.text.slice(0, 200)]).toEqual([200, expect.anything()]);
  };
  await titled(from, "拾穗家居有限公司", "91110108MA01ABCD2X");
  await titled(into, "拾穗家居", "91110108MA01WXYA3K");
  await bill(from, "separate");
  await bill(into, "joint");
  const seen = await preview();
  expect(seen.terms).toEqual({
    from: { way: "separate", title: "拾穗家居有限公司 91110108MA01ABCD2X" },
    into: { way: "joint", title: "拾穗家居 91110108MA01WXYA3K" },
  });
  await merge(seen, { way: "from", title: "from" });
  expect(await wayOf(into)).toBe("separate");
  const kept = await books.read<{ title: string }>(`/accounts${base}/companies/${into}/fapiao-title`);
  expect(kept.title).toBe("拾穗家居有限公司");
});
