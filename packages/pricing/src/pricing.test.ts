import type { PersonId } from "@yihao/kernel/ids";
import { type TestCaller, testApi, unitsOf } from "@yihao/testing/api";
import { freshTable } from "@yihao/testing/table";
import { beforeAll, describe, expect, it } from "vitest";
import { defaultTax, type PlanView, type RateCard } from "./model.ts";

const settings = { name: "淮海壹号众创空间", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" };
const card: RateCard = {
  currency: "CNY",
  taxIncluded: true,
  taxBasis: defaultTax,
  roomHourMinor: 6000,
  deskDayMinor: 4000,
  binDayMinor: 240,
  pickUnitMinor: 150,
};
const month = { name: "月卡", monthlyMinor: 60_000, allowances: { roomMinutes: 240 } };

let owner: TestCaller;
let other: TestCaller;
let space: string;
let elsewhere: string;

beforeAll(async () => {
  const { as } = testApi(await freshTable());
  owner = as("per_owner" as PersonId);
  other = as("per_other" as PersonId);
  space = (await owner.command<{ id: string }>("/me/spaces", settings)).id;
  elsewhere = (await other.command<{ id: string }>("/me/spaces", settings)).id;
});

describe("the rate card", () => {
  it("is nothing before it is set, then only changes at the revision that was read", async () => {
    const path = `/spaces/${space}/rate-card`;
    const none = await owner.send("GET", path);
    expect([none.json(), none.headers.get("etag")]).toEqual([{ card: null, rev: 0 }, '"0"']);
    expect((await owner.send("PUT", path, card)).status).toBe(428);
    const first = await owner.send("PUT", path, card, { "if-match": '"0"' });
    expect([first.status, first.json()]).toEqual([200, { card, rev: 1 }]);
    const dearer = { ...card, roomHourMinor: 8000, overrides: { res_live01: { hourMinor: 12_000 } } };
    expect((await owner.send("PUT", path, dearer, { "if-match": '"1"' })).status).toBe(200);
    const stale = await owner.send("PUT", path, card, { "if-match": '"1"' });
    expect([stale.status, stale.json()]).toMatchObject([412, { code: "stale", params: { current: 2 } }]);
    expect(await owner.read(path)).toEqual({ card: dearer, rev: 2 });
  });

  it("refuses prices that are not whole fen, and taxes nobody named", async () => {
    const send = (body: object) => owner.send("PUT", `/spaces/${space}/rate-card`, body, { "if-match": '"2"' });
    expect((await send({ ...card, roomHourMinor: 60.5 })).status).toBe(400);
    expect((await send({ ...card, deskDayMinor: -1 })).status).toBe(400);
    expect((await send({ ...card, taxBasis: { ...defaultTax, tea: 600 } })).status).toBe(400);
  });
});

describe("plans", () => {
  it("are added once per command and name, changed at their revision, and retired", async () => {
    const path = `/spaces/${space}/plans`;
    const key = { "idempotency-key": "plan-added-once" };
    const first = await owner.send("POST", path, month, key);
    expect([first.status, first.json()]).toMatchObject([201, { ...month, state: "active", rev: 1 }]);
    expect((await owner.send("POST", path, month, key)).text).toBe(first.text);
    expect((await owner.send("POST", path, month)).json()).toMatchObject({ code: "plan.name-taken" });
    const { id } = first.json<PlanView>();
    const change = { ...month, name: "团队月卡", state: "retired" };
    const changed = await owner.send("PUT", `${path}/${id}`, change, { "if-match": '"1"' });
    expect([changed.status, changed.headers.get("etag")]).toEqual([200, '"2"']);
    expect((await owner.send("PUT", `${path}/${id}`, change, { "if-match": '"1"' })).status).toBe(412);
    expect((await owner.send("POST", path, month)).status).toBe(201);
    expect((await owner.read<{ items: PlanView[] }>(path)).items).toHaveLength(2);
    const read = await owner.send("GET", `${path}/${id}`);
    expect([read.json<PlanView>().name, unitsOf(read).read]).toEqual(["团队月卡", 2]);
  });

  it("of another space do not exist, neither to read nor to change", async () => {
    const [plan] = (await owner.read<{ items: PlanView[] }>(`/spaces/${space}/plans`)).items;
    expect((await other.send("GET", `/spaces/${elsewhere}/plans/${plan?.id}`)).status).toBe(404);
    expect((await other.send("GET", `/spaces/${space}/plans`)).status).toBe(404);
    const change = { ...month, state: "active" };
    const put = await other.send("PUT", `/spaces/${elsewhere}/plans/${plan?.id}`, change, { "if-match": '"1"' });
    expect(put.status).toBe(404);
  });
});
