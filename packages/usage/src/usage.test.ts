import type { PersonId, SpaceId } from "@yihao/kernel/ids";
import { testApi } from "@yihao/testing/api";
import { freshTable, platformOf, testNow } from "@yihao/testing/table";
import { expect, it } from "vitest";
import { costOf, type Prices } from "./cost.ts";
import { usageMeter } from "./meter.ts";
import type { Usage } from "./model.ts";
import { readUsage } from "./reads.ts";
import { usageOfMonth } from "./store.ts";

const prices: Prices = {
  asOf: "2025-01",
  region: "us-east-1",
  dynamodb: { readPerMillion: 0.125, writePerMillion: 0.625 },
  lambdaArm: { gbSecond: 0.0000133334, requestsPerMillion: 0.2 },
  httpApi: { requestsPerMillion: 1 },
};
const one = "spc_one1" as SpaceId;
const other = "spc_other2" as SpaceId;

it("a million of each costs what the price list says", () => {
  const million = 1_000_000;
  expect(costOf({ read: million, write: million, calls: million, ms: 1000 }, prices)).toBeCloseTo(
    0.125 + 0.625 + 1.2 + 0.0000133334,
    10,
  );
});

it("what a copy of a function counted is added up by space and day, at once the first time and then every few minutes", async () => {
  const table = await freshTable();
  let now = "2026-11-22T23:59:00.000Z";
  const meters = [1, 2].map(() => usageMeter({ table, now: () => now, everyMs: 300_000 }));
  const [first, second] = meters;
  const kept = async () => {
    const { spaces } = await usageOfMonth(platformOf(table), "2026-11", 100);
    return spaces
      .toSorted((a, b) => (a.space < b.space ? -1 : 1))
      .map(({ space, days }) =>
        [space, days[21], days[22]].map((part) => (typeof part === "object" ? { ...part } : part)),
      );
  };
  first?.count({ space: one, read: 1.5, write: 6, ms: 12.3 });
  first?.count({ space: "platform", read: 9, write: 9, ms: 9 });
  await first?.due();
  const none = { read: 0, write: 0, calls: 0, ms: 0 };
  expect(await kept()).toEqual([[one, { read: 1.5, write: 6, calls: 1, ms: 12.3 }, none]]);

  now = "2026-11-23T00:01:00.000Z";
  first?.count({ space: one, read: 0.5, write: 2, ms: 1 });
  first?.count({ space: one, read: 0.5, write: 0, ms: 1 });
  await first?.due();
  expect((await kept())[0]?.[2]).toEqual(none);
  second?.count({ space: other, read: 3, write: 0, ms: 5 });
  await second?.due();
  now = "2026-11-23T00:04:00.000Z";
  first?.count({ space: one, read: 1, write: 0, ms: 1 });
  await first?.due();
  expect(await kept()).toEqual([
    [one, { read: 1.5, write: 6, calls: 1, ms: 12.3 }, { read: 2, write: 2, calls: 3, ms: 3 }],
    [other, none, { read: 3, write: 0, calls: 1, ms: 5 }],
  ]);
  expect(await usageOfMonth(platformOf(table), "2026-11", 1)).toMatchObject({ more: true });
  table.close();
});

it("a meter that cannot write keeps what it counted and fails nobody's request", async () => {
  const table = await freshTable();
  let broken = true;
  const failing = table.behind((call, send) => (broken ? Promise.reject(new Error("cut off")) : send(call)));
  const told: unknown[] = [];
  const meter = usageMeter({ table: failing, now: () => testNow, everyMs: 0, failed: (error) => told.push(error) });
  meter.count({ space: one, read: 1, write: 1, ms: 1 });
  await meter.due();
  expect(told.map(String)).toEqual(["Error: cut off"]);
  broken = false;
  meter.count({ space: one, read: 1, write: 1, ms: 1 });
  await meter.due();
  const { total } = await readUsage(platformOf(table), prices);
  expect(total).toMatchObject({ read: 2, write: 2, calls: 2 });
  table.close();
});

it("the platform's owner sees every space's use, the dearest first; to everybody else, a space's own operator too, there is no such page", async () => {
  const table = await freshTable();
  const meter = usageMeter({ table, now: () => testNow, everyMs: 0 });
  const { as } = testApi(table, { usage: meter });
  const operator = as("per_operator" as PersonId);
  const names = ["甲空间", "乙空间"];
  const spaces: string[] = [];
  for (const name of names)
    spaces.push(
      (
        await operator.command<{ id: string }>("/me/spaces", {
          ...{ name, language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" },
        })
      ).id,
    );
  for (let times = 0; times < 3; times += 1) await operator.send("GET", `/spaces/${spaces[1]}/people`);
  await operator.send("GET", `/spaces/${spaces[0]}/people`);

  const owner = as("per_platform" as PersonId);
  expect((await owner.send("GET", "/platform")).json()).toEqual({ owner: true });
  const usage = (await owner.send("GET", "/platform/usage")).json<Usage>();
  expect(usage).toMatchObject({ month: "2026-11", today: "2026-11-23", spaceCount: 2, more: false });
  expect(usage.spaces.map(({ name, calls }) => [name, calls])).toEqual([
    ["乙空间", 3],
    ["甲空间", 1],
  ]);
  expect(usage.total.calls).toBe(4);
  expect(usage.days[22]).toEqual({ day: "2026-11-23", ...usage.total });
  expect((await owner.send("GET", "/platform/usage?month=2026-10")).json<Usage>()).toMatchObject({ spaceCount: 0 });
  expect((await owner.send("GET", "/platform/usage?month=2026-13")).status).toBe(400);

  expect((await operator.send("GET", "/platform")).json()).toEqual({ owner: false });
  const refused = await operator.send("GET", "/platform/usage");
  expect([refused.status, refused.json<{ code: string }>().code]).toEqual([404, "missing"]);
  expect((await as(undefined).send("GET", "/platform/usage")).status).toBe(401);
  table.close();
});
