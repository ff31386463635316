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

  it("takes prices from a day to come in the same item, refuses days that meet, and keeps what held before", async () => {
    const path = `/spaces/${space}/rate-card`;
    const { card: now, rev } = await owner.read<{ card: RateCard; rev: number }>(path);
    const from = (day: string, until?: string) => ({
      ...{ from: day, roomHourMinor: 9000, deskDayMinor: 4000 },
      ...(until ? { until } : {}),
    });
    const put = (periods: object[]) => owner.send("PUT", path, { ...now, periods }, { "if-match": `"${rev}"` });
    const meeting = await put([from("2099-01-01"), from("2099-03-01")]);
    expect([meeting.status, meeting.json()]).toMatchObject([409, { code: "rate-card.overlap" }]);
    expect((await put([from("2020-01-01")])).json()).toMatchObject({ code: "rate-card.begun" });
    expect((await put([from("2099-02-01", "2099-01-01")])).json()).toMatchObject({ code: "rate-card.days" });
    expect((await put([1, 2, 3, 4].map((month) => from(`2099-0${month}-01`, `2099-0${month}-09`)))).status).toBe(400);
    expect((await put([from("2099-03-01"), from("2099-01-01", "2099-02-01")])).json()).toMatchObject({
      card: { periods: [{ from: "2099-01-01" }, { from: "2099-03-01" }] },
    });
    const past = await owner.read<{ items: { card: RateCard; until: string }[] }>(`${path}/past`);
    expect(past.items.map((one) => one.card.roomHourMinor).sort()).toEqual([6000, 8000]);
    expect((await other.send("GET", `${path}/past`)).status).toBe(404);
    expect((await owner.send("PUT", path, now, { "if-match": `"${rev + 1}"` })).status).toBe(200);
  });

  it("refuses prices that are not whole fen, and taxes nobody named", async () => {
    const send = (body: object) => owner.send("PUT", `/spaces/${space}/rate-card`, body, { "if-match": '"4"' });
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
