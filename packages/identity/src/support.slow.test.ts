import type { PersonId } from "@yihao/kernel/ids";
import type { Table } from "@yihao/table/client";
import { type TestCaller, testApi, unitsOf } from "@yihao/testing/api";
import { placePerson } from "@yihao/testing/booking-world";
import { testDoors } from "@yihao/testing/doors";
import { freshTable, platformOf, scopeOf, testNow } from "@yihao/testing/table";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listMail } from "./mail.ts";
import type { Me } from "./model.ts";
import type { Grant, Look, Support } from "./support-model.ts";

const hourMs = 3_600_000;
let now = testNow;
let table: Table;
let owner: TestCaller;
let manager: TestCaller;
let support: TestCaller;
let stranger: TestCaller;
let doors: ReturnType<typeof testDoors>;
let base: string;

const later = (ms: number) => {
  now = new Date(Date.parse(now) + ms).toISOString();
};
const grant = (hours = 1) => owner.command<Grant>(`${base}/support`, { hours, reason: "账单对不上，帮忙看一下" });
const revoke = () => owner.send("DELETE", `${base}/support`);
const looks = async () => (await owner.read<{ items: Look[] }>(`${base}/support/requests`)).items;
const state = () => owner.read<Support>(`${base}/support`);
const places = async () => (await support.read<Me>("/me")).spaces.map(({ space }) => `/spaces/${space}`);

beforeAll(async () => {
  table = await freshTable();
  const api = testApi(table, { now: () => now });
  doors = testDoors(table, { now: () => now });
  owner = api.as("per_owner" as PersonId);
  manager = api.as("per_manager" as PersonId);
  support = api.as("per_support" as PersonId);
  stranger = api.as("per_stranger" as PersonId);
  const settings = { name: "淮海壹号", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" };
  const { id } = await owner.command<{ id: `spc_${string}` }>("/me/spaces", settings);
  base = `/spaces/${id}`;
  await placePerson(scopeOf(table, { space: id }), "per_manager" as PersonId, { roles: ["manager"] });
});
afterAll(() => table.close());

describe("the platform's support", () => {
  test("sees nothing of a space until its owner lets it in, and then reads, on every function", async () => {
    expect(await state()).toEqual({ grant: null, active: false, available: true });
    expect((await support.send("GET", base)).json().code).toBe("missing");
    expect(await places()).toEqual([]);
    expect((await manager.send("POST", `${base}/support`, { hours: 1, reason: "看看" })).json().code).toBe("auth.role");
    for (const bad of [{ hours: 2, reason: "看看" }, { hours: 1, reason: " " }, { hours: 1 }])
      expect((await owner.send("POST", `${base}/support`, bad)).status).toBe(400);
    const given = await grant();
    expect(given).toMatchObject({ hours: 1, until: new Date(Date.parse(now) + hourMs).toISOString(), revokedAt: null });
    expect((await owner.send("POST", `${base}/support`, { hours: 24, reason: "再看" })).json().code).toBe(
      "support.active",
    );
    expect(await manager.read<Support>(`${base}/support`)).toMatchObject({ active: true });
    expect(await places()).toEqual([base]);
    const letters = (await listMail(platformOf(table))).items.filter(({ to }) => to === "per_support@test.example");
    expect(letters.map(({ subject, link }) => [subject, link])).toEqual([
      ["淮海壹号 允许你查看 1 小时", `/s/${base.slice(8)}/today`],
    ]);

    const read = await support.send("GET", `${base}/companies?q=青禾`);
    expect([read.status, unitsOf(read).write]).toEqual([200, 2]);
    expect((await doors.as("per_support").send("GET", `/doors${base}/displays`)).status).toBe(200);
    expect((await stranger.send("GET", base)).status).toBe(404);
    expect((await support.send("GET", base, undefined, { "x-company": "cmp_any1" })).status).toBe(404);
    for (const owners of ["keys", "hooks", "support/requests"])
      expect([owners, (await support.send("GET", `${base}/${owners}`)).json().code]).toEqual([owners, "auth.role"]);
  });

  test("writes nothing, and every request of it is told to the owner, the refused ones too", async () => {
    const before = (await looks()).length;
    const company = { name: "青禾农选", kind: "team" };
    for (const [method, path, body] of [
      ["POST", "companies", company],
      ["PATCH", "", { name: "改名" }],
      ["DELETE", "people/per_manager", undefined],
      ["POST", "support", { hours: 168, reason: "自己给自己" }],
      ["DELETE", "support", undefined],
    ] as const)
      expect([method, path, (await support.send(method, `${base}${path && `/${path}`}`, body)).json().code]).toEqual([
        method,
        path,
        "support.read-only",
      ]);
    const after = await looks();
    expect(after.length - before).toBe(5);
    const asked = { email: "per_support@test.example", name: "per_support", grant: (await state()).grant?.id };
    for (const [method, path] of [
      ["DELETE", "/support"],
      ["POST", "/companies"],
      ["PATCH", ""],
    ])
      expect(after).toContainEqual(
        expect.objectContaining({ ...asked, method, path: `/api/v1${base}${path}`, refused: true }),
      );
    const companies = (await looks()).filter(
      ({ path, method }) => path === `/api/v1${base}/companies` && method === "GET",
    );
    // What was searched for is nobody's business: the path alone is kept.
    expect(companies).toMatchObject([{ ...asked, refused: false }]);
    expect((await owner.read<{ items: unknown[] }>(`${base}/companies`)).items).toEqual([]);
    expect((await manager.send("GET", `${base}/support/requests`)).json().code).toBe("auth.role");
  });

  test("is shut out at its next request when the leave is taken back or runs out; what it asked for stays to be read", async () => {
    const all = (await looks()).length;
    expect((await revoke()).json()).toMatchObject({ revokedAt: now, until: now });
    for (const path of [base, `${base}/companies`, `/doors${base}/displays`])
      expect([
        path,
        (await (path.startsWith("/doors") ? doors.as("per_support") : support).send("GET", path)).status,
      ]).toEqual([path, 404]);
    expect((await support.send("POST", `${base}/companies`, {})).status).toBe(404);
    expect(await places()).toEqual([]);
    expect((await revoke()).json().code).toBe("support.ended");
    later(1000);
    await grant(24);
    expect((await support.send("GET", base)).status).toBe(200);
    later(24 * hourMs);
    expect((await support.send("GET", base)).status).toBe(404);
    expect(await places()).toEqual([]);
    expect(await state()).toMatchObject({ active: false, grant: { revokedAt: null } });
    expect((await looks()).length).toBe(all + 1);
    const trail = await owner.read<{ items: { type: string }[] }>(`${base}/audit`);
    const told = trail.items.map(({ type }) => type).filter((type) => type.startsWith("support."));
    expect(told.toSorted()).toEqual(["support.granted", "support.granted", "support.revoked"]);
  });

  test("is nobody where the deployment names nobody: an owner is told so", async () => {
    const named = process.env.YIHAO_SUPPORT;
    process.env.YIHAO_SUPPORT = "none";
    try {
      expect((await state()).available).toBe(false);
      expect((await owner.send("POST", `${base}/support`, { hours: 1, reason: "看看" })).json().code).toBe(
        "support.nobody",
      );
    } finally {
      process.env.YIHAO_SUPPORT = named;
    }
  });
});
