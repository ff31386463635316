import { mailKind } from "@yihao/identity/mail";
import type { CompanyId } from "@yihao/kernel/ids";
import { membersReactions } from "@yihao/members/reactions";
import { companyOf } from "@yihao/members/store";
import { commit } from "@yihao/table/commit";
import { allItems } from "@yihao/table/dump";
import { timeline } from "@yihao/table/event";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf } from "@yihao/table/kind";
import { overwrite } from "@yihao/table/write";
import { BillingStage } from "@yihao/testing/billing-stage";
import { platformOf } from "@yihao/testing/table";
import { sweep } from "@yihao/testing/timers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { drawInvoice } from "./draw.ts";
import { type DunningView, defaultDunning } from "./dunning-model.ts";
import { finaliseInvoice } from "./finalise.ts";
import type { OpenCharge } from "./model.ts";
import { billingReactions, billingTimers } from "./reactions.ts";
import { invoiceIdOf } from "./store.ts";

/** Dunning from a finalised bill to bookings that are stopped and allowed again; after each test every identity of the books holds. */
let stage: BillingStage;
let company: CompanyId;
let invoice: string;
let totalMinor = 0;
const path = (rest: string) => `/accounts/spaces/spc_test${rest}`;
const fee = { kind: "daily", perTenThousand: 5, graceDays: 0, capPercent: 20 };

beforeEach(async () => {
  stage = await BillingStage.open({ reactions: [...membersReactions, ...billingReactions] });
  company = await stage.company("湖畔鲜集");
  await put({ ...defaultDunning, on: true, fee }, 0);
  const pick = { company, operation: "pick", units: 4000, document: "ord_1", day: "2026-11-20", warehouse: "whs_1" };
  await stage.happen("handling.done", company, pick);
  await drawInvoice(stage.scope(), company, "2026-11");
  invoice = invoiceIdOf(stage.scope(), company, "2026-11");
  const done = await finaliseInvoice(stage.scope(), invoice as `inv_${string}`);
  if (!done.ok) throw new Error(done.refusal.code);
  totalMinor = done.value.totalMinor;
  expect(done.value.dueOn).toBe("2026-12-03");
  await stage.settle(2);
});
afterEach(async () => {
  expect(await stage.faults()).toEqual([]);
  stage.table.close();
});

async function put(settings: object, rev: number) {
  const answer = await stage.raw("per_finance", path("/dunning-settings"), {
    method: "PUT",
    body: settings,
    match: rev,
  });
  expect(answer.status).toBe(200);
}
/** Comes to an instant: every timer up to it rings, and what follows is heard. */
async function come(day: string, time = "09:30"): Promise<void> {
  const instant = new Date(`${day}T${time}:00.000+08:00`).toISOString();
  stage.now = instant;
  const platform = platformOf(stage.table, { now: instant });
  const hour = new Date(Date.parse(instant) - 24 * 3_600_000).toISOString().slice(0, 13);
  await commit(platform, [overwrite(keyIn(partition(platform, "swept")), kindOf("swept"), { hour })], { answer: null });
  await sweep(platform, billingTimers, (error) => expect.fail(String(error)));
  await stage.settle(2);
}
const seen = async (person = "per_finance") =>
  (await stage.ask<{ items: DunningView[] }>(person, "GET", path("/dunning"))).body.items;
const told = async () =>
  (await timeline(stage.scope(), company, { newest: false, consistent: true, limit: 200 })).items
    .toSorted((a, b) => (a.at + a.type < b.at + b.type ? -1 : 1))
    .map(({ type }) => type)
    .filter((type) => /dunning|promise|suspended|released/.test(type));
const suspended = async () => (await companyOf(stage.scope(), company))?.suspended?.reason;
const mails = async () =>
  (await allItems(stage.table)).filter(({ k }) => k === mailKind.name).map(({ subject }) => String(subject));
const fees = async () =>
  (await stage.ask<{ items: OpenCharge[] }>("per_finance", "GET", `/charges?company=${company}`)).body.items
    .filter(({ service }) => service === "late-fee")
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
const pay = (amountMinor: number, reference: string, receivedOn: string) =>
  stage.ask("per_finance", "POST", "/payments", { company, amountMinor, reference, receivedOn });

it("reminds on day 3 and 7, stops bookings on day 14, charges what lateness costs, and paying allows bookings again", async () => {
  stage.people.set("per_admin", { roles: [], companies: [{ company, role: "admin" }] });
  await come("2026-12-05");
  expect(await seen()).toMatchObject([{ level: 0, next: { on: "2026-12-06", does: "remind", level: 1 } }]);
  for (const day of ["2026-12-06", "2026-12-07", "2026-12-10", "2026-12-16"]) await come(day);
  expect(await told()).toEqual(["dunning.reminded", "dunning.reminded"]);
  expect(await suspended()).toBeUndefined();
  await come("2026-12-17");
  expect((await told()).slice(2)).toEqual(["company.suspended", "dunning.reminded"]);
  expect(await suspended()).toBe("账单 ZD-202611-0001 逾期未付");
  // ¥6,000.00 for the 13 days up to the day before: 3.00 a day.
  expect([totalMinor, await fees()]).toEqual([600_000, 13 * 300]);
  expect(await seen("per_admin")).toMatchObject([{ level: 3, openMinor: 600_000, suspendedAt: stage.now }]);
  expect((await pay(100_000, "B-1", "2026-12-17")).status).toBe(201);
  await stage.settle(2);
  expect(await suspended()).toBeDefined();
  // The rest came on the 10th and is recorded late: what it had cost since then is given back.
  expect((await pay(500_000, "B-2", "2026-12-10")).status).toBe(201);
  await stage.settle(2);
  expect(await suspended()).toBeUndefined();
  expect(await told()).toContain("company.released");
  expect(await seen()).toEqual([]);
  expect(await fees()).toBe(6 * 300 + 7 * 50);
});

it("a promise rests dunning until its day; broken, it goes on; kept, it is told; another's is not seen and not made", async () => {
  await come("2026-12-06");
  const promise = { amountMinor: 300_000, on: "2026-12-20", note: "等回款" };
  const ask = (wish: object, person = "per_finance") =>
    stage.ask<{ code?: string }>(person, "POST", path(`/companies/${company}/promises`), wish);
  expect((await ask({ ...promise, on: "2026-12-05" })).body.code).toBe("promise.day");
  expect((await ask({ ...promise, amountMinor: 600_001 })).body.code).toBe("promise.too-much");
  const other = (await stage.company("邻座科技")).replace("cmp_", "per_");
  expect((await ask(promise, other)).status).toBe(403);
  expect((await ask(promise)).status).toBe(201);
  expect(await seen(other)).toEqual([]);
  expect(JSON.stringify(await seen(company.replace("cmp_", "per_")))).not.toContain("等回款");
  for (const day of ["2026-12-10", "2026-12-17", "2026-12-20"]) await come(day);
  expect(await told()).toEqual(["dunning.reminded", "promise.made"]);
  expect(await seen()).toMatchObject([{ level: 1, next: { on: "2026-12-21", does: "resume" } }]);
  await come("2026-12-21");
  expect((await told()).slice(2)).toEqual(["dunning.reminded", "promise.broken"]);
  expect((await ask({ ...promise, on: "2026-12-24" })).status).toBe(201);
  await pay(300_000, "B-3", "2026-12-22");
  await stage.settle(2);
  expect((await told()).slice(4)).toEqual(["promise.kept", "promise.made"]);
  expect(
    (await stage.ask<{ code: string }>("per_finance", "POST", path(`/companies/${company}/promises/withdraw`), {})).body
      .code,
  ).toBe("promise.none");
  await come("2026-12-28");
  expect((await told()).slice(6)).toEqual(["company.suspended", "dunning.reminded"]);
});

it("settings changed by two at once: the second is told; turned off, bookings are allowed and nobody is written to any more", async () => {
  for (const day of ["2026-12-06", "2026-12-10", "2026-12-17"]) await come(day);
  expect(await suspended()).toBeDefined();
  const before = (await mails()).length;
  const settings = { ...defaultDunning, on: false };
  const stale = await stage.raw("per_finance", path("/dunning-settings"), { method: "PUT", body: settings, match: 0 });
  expect(stale.status).toBe(412);
  await put(settings, 1);
  await stage.settle(2);
  await come("2026-12-18");
  expect(await suspended()).toBeUndefined();
  expect((await mails()).length).toBe(before);
});
