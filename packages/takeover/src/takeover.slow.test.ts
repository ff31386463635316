import { checkBilling } from "@yihao/billing/check";
import { drawInvoice } from "@yihao/billing/draw";
import type { InvoiceView } from "@yihao/billing/invoice-view";
import type { InvoiceRow, Summary } from "@yihao/billing/model";
import { chargesOn, invoiceIdOf } from "@yihao/billing/store";
import type { CompanyId, PersonId, SpaceId } from "@yihao/kernel/ids";
import { checkLedger } from "@yihao/ledger/check";
import type { AgreementView } from "@yihao/members/agreement-model";
import type { CompanyView } from "@yihao/members/model";
import type { Credit } from "@yihao/members/subscription-model";
import type { Table, Through } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import { hear } from "@yihao/table/stream";
import { type TestCaller, testApi } from "@yihao/testing/api";
import { freshTable, sameTable, scopeOf, testNow } from "@yihao/testing/table";
import { streamByHand } from "@yihao/testing/warehouse-world";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { reactions } from "../../../functions/reactions.ts";
import { checkTakeovers } from "./check.ts";
import type { Takeover, TakeoverDryRun, TakeoverKind, TakeoverReport } from "./model.ts";
import { takeoverReactions } from "./reactions.ts";

type Made = { readonly id: string };
let table: Table;
let owner: TestCaller;
let base: string;
let space: SpaceId;
let first: CompanyId;
let second: CompanyId;
let settle: () => Promise<number>;
const day = "2026-11-01";
const allDay = [["00:00", "24:00"]];
const hours = { 1: allDay, 2: allDay, 3: allDay, 4: allDay, 5: allDay, 6: allDay, 7: allDay };

beforeEach(async () => {
  table = await freshTable();
  owner = testApi(table).as("per_owner" as PersonId);
  settle = streamByHand(table, reactions);
  const settings = { name: "淮海壹号", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" };
  space = (await owner.command<{ id: SpaceId }>("/me/spaces", settings)).id;
  base = `/spaces/${space}`;
  const add = async (name: string) =>
    (await owner.command<{ id: CompanyId }>(`${base}/companies`, { name, kind: "team" })).id;
  first = await add("拾穗家居");
  second = await add("一诺文创");
});
afterEach(async () => {
  await settle();
  const items = await allItems(table);
  expect([
    ...checkBilling(items),
    ...checkTakeovers(items),
    ...checkLedger(items, (book, account) => book.startsWith("money/") && account === "receivable"),
  ]).toEqual([]);
  table.close();
});

const send = (
  kind: TakeoverKind,
  csv: string,
  mode = "commit",
  more: object = {},
  key = `takeover-${kind}-1`,
  caller = owner,
) => caller.send("POST", `/takeover${base}/files`, { kind, csv, day, mode, ...more }, { "idempotency-key": key });
const reportOf = (id: string) => owner.read<TakeoverReport>(`/takeover${base}/files/${id}`);
const bring = async (kind: TakeoverKind, csv: string, more: object = {}) => {
  const answer = await send(kind, csv, "commit", more);
  expect([answer.status, answer.text.slice(0, 300)]).toEqual([201, expect.anything()]);
  await settle();
  return reportOf(answer.json<Takeover>().id);
};
const balance = (company: CompanyId) =>
  owner.read<{ receivableMinor: number; depositMinor: number; creditMinor: number }>(
    `${base}/companies/${company}/balance`,
  );

const deposits = '企业名称,收据号,押金\n拾穗家居,YJ-1,7200\n一诺文创,YJ-2,"3,600.50"\n';
const balances =
  "企业名称,原单据号,类型,未结金额,单据日期,应付日\n拾穗家居,2026-09-12,应收,1280,2026-09-30,2026-10-10\n拾穗家居,2026-10-07,应收,600.5,2026-10-31,2026-12-10\n一诺文创,YS-1,预收,200,,\n";

describe("taking over deposits and open balances", () => {
  it("adds up: what was typed, the file, the report, and the ledger", async () => {
    const control = { rows: 3, measures: { owedMinor: 188_050, creditMinor: 20_000 } };
    const held = await bring("deposits", deposits, {
      control: { measures: { depositMinor: 1_100_050 } },
      file: "押金.xlsx",
    });
    const report = await bring("balances", balances, { control });
    expect(held).toMatchObject({
      taken: 2,
      refused: 0,
      file: "押金.xlsx",
      sums: { rows: 2, measures: { depositMinor: 1_080_050 } },
    });
    expect(held.takenSums).toEqual(held.sums);
    expect(report.takenSums).toEqual({ rows: 3, measures: { owedMinor: 188_050, creditMinor: 20_000 } });
    expect(await Promise.all([first, second].map(balance))).toMatchObject([
      { receivableMinor: 188_050, depositMinor: 720_000, creditMinor: 0 },
      { receivableMinor: 0, depositMinor: 360_050, creditMinor: 20_000 },
    ]);
  });

  it("ages what is owed by its old day, lists it as an open bill, and lets it be paid like any other", async () => {
    await bring("balances", balances);
    const summary = await owner.read<Summary>(`${base}/invoices/summary`);
    expect(summary.ages.map(({ openMinor }) => openMinor)).toEqual([60_050, 0, 128_000, 0, 0]);
    const { items } = await owner.read<{ items: InvoiceRow[] }>(`${base}/invoices?company=${first}`);
    expect(items.map(({ number, state, opening }) => [number, state, opening])).toEqual([
      ["2026-10-07", "due", true],
      ["2026-09-12", "due", true],
    ]);
    const paid = { company: first, amountMinor: 130_000, reference: "TT-1", receivedOn: "2026-11-20" };
    await owner.command(`${base}/payments`, paid);
    const old = await owner.read<InvoiceView>(`${base}/invoices/${items[1]?.id}`);
    expect([old.state, old.paidMinor, (await balance(first)).receivableMinor]).toEqual(["paid", 128_000, 58_050]);
  });

  it("takes nothing over twice: the same request again, the parts heard again, the same file under another key, and two at one time", async () => {
    const [one, other] = await Promise.all([
      send("deposits", deposits, "commit", {}, "key-one-00001"),
      send("deposits", deposits, "commit", {}, "key-two-00001"),
    ]);
    expect((await send("deposits", deposits, "commit", {}, "key-one-00001")).text).toBe(one.text);
    const events = (await allItems(table)).filter(({ type }) => type === "takeover.asked");
    const ids = [one, other].map((answer) => answer.json<Takeover>().id);
    const parts = events.map(({ pk: _pk, sk: _sk, k: _k, ...data }) => ({
      space,
      kind: "evt",
      id: String(data.id),
      data,
    }));
    await Promise.all(
      [...parts, ...parts].map((fact) => hear({ table, reactions: takeoverReactions, now: () => testNow }, fact)),
    );
    const reports = await Promise.all(ids.map(reportOf));
    expect(reports.reduce((sum, { taken }) => sum + taken, 0)).toBe(2);
    expect(reports.reduce((sum, { refused }) => sum + refused, 0)).toBe(2);
    expect(reports.flatMap(({ items }) => items.flatMap(({ refusal }) => refusal?.code ?? []))).toEqual([
      "opening.taken",
      "opening.taken",
    ]);
    expect((await balance(first)).depositMinor).toBe(720_000);
    const again = await send("deposits", deposits, "dry-run", {}, "key-three-001");
    expect(again.json<TakeoverDryRun>().faults.map(({ row, reason }) => [row, reason])).toEqual([
      [2, "taken"],
      [3, "taken"],
    ]);
    expect((await send("deposits", deposits, "commit", {}, "key-four-0001")).json()).toMatchObject({
      code: "takeover.faults",
    });
  });

  it("goes on after a crash in the middle, and leaves no row half", async () => {
    const many = `企业名称,收据号,押金\n${Array.from({ length: 12 }, (_, at) => `拾穗家居,YJ-${at},100`).join("\n")}`;
    const { id } = (await send("deposits", many)).json<Takeover>();
    let writes = 0;
    const crash: Through = (call, send) => {
      if (call.constructor.name.startsWith("TransactWriteItems")) {
        writes += 1;
        if (writes > 5) throw new Error("the machine went down");
      }
      return send(call);
    };
    const dying = sameTable(table, { through: crash, attempts: 1 });
    const [event] = (await allItems(table)).filter(({ type }) => type === "takeover.asked");
    const { pk: _pk, sk: _sk, k: _k, ...data } = event as Record<string, unknown>;
    const fact = { space, kind: "evt", id: String(data.id), data };
    await expect(hear({ table: dying, reactions: takeoverReactions, now: () => testNow }, fact)).rejects.toThrow(
      "went down",
    );
    expect((await balance(first)).depositMinor).toBe(50_000);
    expect(await reportOf(id)).toMatchObject({ taken: 0, refused: 0, rows: 12 });
    await hear({ table, reactions: takeoverReactions, now: () => testNow }, fact);
    expect((await balance(first)).depositMinor).toBe(120_000);
    expect(await reportOf(id)).toMatchObject({ taken: 12, refused: 0 });
  });

  it("takes nothing of a file in which a row is wrong, and names it", async () => {
    const bad = `${deposits}没有的公司,YJ-3,100\n`;
    expect((await send("deposits", bad)).json()).toMatchObject({
      code: "takeover.faults",
      params: { rows: 1, faults: [{ row: 4, column: "company", reason: "company-unknown" }] },
    });
    await settle();
    expect((await balance(first)).depositMinor).toBe(0);
    expect((await owner.read<{ items: Takeover[] }>(`/takeover${base}/files`)).items).toEqual([]);
  });
});

describe("taking over plans and packs", () => {
  it("bills no month before the day of take-over, and the first from it; what was used of this month stays used", async () => {
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
    await owner.command(`${base}/plans`, {
      name: "成长套餐",
      monthlyMinor: 60_000,
      allowances: { roomMinutes: 240 },
      termMonths: 12,
    });
    const csv =
      "企业名称,套餐,原起始日,合约到期日,月费,本月剩余小时\n拾穗家居,成长套餐,2025-09-01,2027-08-31,550,1.5\n一诺文创,成长套餐,2026-01-15,,,\n";
    const report = await bring("plans", csv, { control: { rows: 2, measures: { minutes: 330 } } });
    expect([report.taken, report.takenSums.measures]).toEqual([2, { minutes: 330 }]);
    const company = await owner.read<CompanyView>(`${base}/companies/${first}`);
    expect(company.subscription).toMatchObject({
      from: day,
      since: "2025-09-01",
      termUntil: "2027-09-01",
      snapshot: { monthlyMinor: 55_000 },
    });
    const { credits: items } = await owner.read<{ credits: Credit[] }>(`${base}/companies/${first}/allowances`);
    expect(items.find(({ month }) => month === "2026-11")).toMatchObject({ granted: 240, left: 90, used: 150 });
    expect(items.find(({ month }) => month === "2026-12")).toMatchObject({ granted: 240, left: 240, used: 0 });
    for (const month of ["2026-09", "2026-10", "2026-11"]) await drawInvoice(scopeOf(table, { space }), first, month);
    const charged = await Promise.all(
      ["2026-09", "2026-10", "2026-11"].map(async (month) => {
        const scope = scopeOf(table, { space });
        return (await chargesOn(scope, invoiceIdOf(scope, first, month))).map(({ amountMinor }) => amountMinor);
      }),
    );
    expect(charged).toEqual([[], [], [55_000]]);
    expect(
      (await send("plans", csv, "dry-run", {}, "again-plans-1"))
        .json<TakeoverDryRun>()
        .faults.map(({ reason }) => reason),
    ).toEqual(["plan-running", "plan-running"]);
  });

  it("gives what is left of a pack until its old day and charges nothing for it", async () => {
    await owner.command(`${base}/packs`, {
      name: "会议室 20 小时",
      kind: "room-minutes",
      units: 1200,
      priceMinor: 90_000,
      validDays: 365,
    });
    const csv = "企业名称,预付包,凭证号,剩余,有效期至\n拾穗家居,会议室 20 小时,SJ-1,12.5,2027-03-31\n";
    const report = await bring("packs", csv, { control: { rows: 1, measures: { minutes: 750 } } });
    expect(report.takenSums).toEqual({ rows: 1, measures: { minutes: 750 } });
    const { credits: items } = await owner.read<{ credits: Credit[] }>(`${base}/companies/${first}/allowances`);
    expect(items).toMatchObject([{ left: 750, until: "2027-04-01", name: "会议室 20 小时" }]);
    expect((await owner.read<{ items: unknown[] }>(`${base}/charges`)).items).toEqual([]);
    const { rev } = await owner.read<CompanyView>(`${base}/companies/${first}`);
    const facts = { name: "拾穗家居", kind: "team", contactName: "许静" };
    await owner.send("PUT", `${base}/companies/${first}`, facts, { "if-match": `"${rev}"` });
    const kept = await owner.read<CompanyView>(`${base}/companies/${first}`);
    expect([kept.contactName, kept.prepaid]).toEqual(["许静", { "room-minutes": "2027-04-01" }]);
  });
});

describe("taking over leases", () => {
  it("lets the rooms from the first day, and who is late with the same room is refused and named in the report", async () => {
    const site = await owner.command<Made>(`${base}/sites`, {
      name: "淮海路",
      city: "淮北",
      zone: "Asia/Shanghai",
      hours,
      closures: [],
    });
    const floor = await owner.command<Made>(`${base}/floors`, { site: site.id, name: "三层", order: 3 });
    const rules = { bufferMinutes: 0, granularityMinutes: 30, leastMinutes: 30, mostMinutes: 1440, horizonDays: 90 };
    const office = {
      ...rules,
      site: site.id,
      floor: floor.id,
      kind: "office",
      code: "302",
      name: "302 室",
      capacity: 6,
      state: "active",
      lettable: true,
    };
    const room = await owner.command<Made>(`${base}/resources`, office);
    const csv =
      "企业名称,协议编号,房间工位,起租日,到期日,月租金\n拾穗家居,HT-2025-018,302,2025-06-01,2027-05-31,3600\n";
    const late = "企业名称,协议编号,房间工位,起租日\n一诺文创,HT-9,302,2026-01-01\n";
    const answers = [await send("leases", csv), await send("leases", late, "commit", {}, "takeover-late-1")];
    await settle();
    const reports = await Promise.all(answers.map((answer) => reportOf(answer.json<Takeover>().id)));
    const won = reports.find(({ taken }) => taken === 1);
    expect(reports.find(({ refused }) => refused === 1)).toMatchObject({
      taken: 0,
      items: [{ state: "refused", refusal: { code: "agreement.let" } }],
    });
    if (won?.items[0]?.company !== first) return;
    expect(won.takenSums).toEqual({ rows: 1, measures: { rentMinor: 360_000 } });
    const { items } = await owner.read<{ items: AgreementView[] }>(`${base}/companies/${first}/agreements`);
    expect(items).toMatchObject([
      { state: "running", number: "HT-2025-018", from: "2025-06-01", until: "2027-06-01", resources: [room.id] },
    ]);
  });
});
