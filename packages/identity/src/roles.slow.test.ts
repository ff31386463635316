import type { PersonId } from "@yihao/kernel/ids";
import { permissionNames } from "@yihao/kernel/permissions";
import type { Table } from "@yihao/table/client";
import { commit } from "@yihao/table/commit";
import { replace } from "@yihao/table/write";
import { type TestCaller, testApi, unitsOf } from "@yihao/testing/api";
import { placePerson } from "@yihao/testing/booking-world";
import { freshTable, platformOf, scopeOf } from "@yihao/testing/table";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listMail } from "./mail.ts";
import type { ApiKey, Me, Member, Role, RoleView } from "./model.ts";
import { spreadRoles } from "./role-actions.ts";
import { memberKey, memberKind, membershipOf } from "./store.ts";

const clerk = "per_clerk" as PersonId;
let table: Table;
let owner: TestCaller;
let worker: TestCaller;
let base: string;
let space: `spc_${string}`;

const scope = () => scopeOf(table, { space });
const make = (name: string, rights: string[]) => owner.command<Role>(`${base}/roles`, { name, rights });
const put = (path: string, body: object, rev: number) =>
  owner.send("PUT", `${base}${path}`, body, { "if-match": `"${rev}"` });
const give = async (person: PersonId, roles: string[]) =>
  put(`/people/${person}/roles`, { roles }, (await membershipOf(scope(), person))?.rev ?? 0);
const code = async (method: string, path: string, body?: object) => {
  const answer = await worker.send(method, `${base}${path}`, body);
  return answer.status === 403 ? answer.json<{ code: string }>().code : "may";
};
/** A route of each of some permissions; what is sent is refused for itself at most, once the door lets in. */
const routes = [
  ["people.read", "GET", "/people"],
  ["space.settings", "PATCH", ""],
  ["space.audit", "GET", "/audit"],
  ["booking.desk", "POST", "/bookings"],
  ["booking.approve", "GET", "/booking-requests"],
  ["booking.sites", "POST", "/sites"],
  ["members.companies", "POST", "/companies"],
  ["members.leads", "POST", "/leads"],
  ["community.tickets", "POST", "/tickets"],
  ["warehouse.work", "GET", "/counts"],
  ["billing.read", "GET", "/invoices"],
  ["billing.issue", "POST", "/invoices/run"],
  ["billing.keep", "POST", "/payments"],
  ["insight.figures", "GET", "/insight/revenue"],
  ["never", "POST", "/invitations"],
  ["never", "POST", "/roles"],
  ["never", "DELETE", "/roles/rol_nothing1"],
  ["never", "DELETE", "/people/per_owner"],
  ["never", "GET", "/keys"],
  ["never", "GET", "/support/requests"],
] as const;
const open = async () => {
  const found: string[] = [];
  for (const [right, method, path] of routes)
    if ((await code(method, path, method === "GET" || method === "DELETE" ? undefined : {})) === "may")
      found.push(right);
  return found;
};

beforeAll(async () => {
  table = await freshTable();
  const api = testApi(table);
  owner = api.as("per_owner" as PersonId);
  worker = api.as(clerk);
  const settings = { name: "淮海壹号", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" };
  space = (await owner.command<{ id: `spc_${string}` }>("/me/spaces", settings)).id;
  base = `/spaces/${space}`;
  await placePerson(scope(), clerk, { roles: ["warehouse"] });
});
afterAll(() => table.close());

describe("a role of the space's own", () => {
  test("lets whoever has it do exactly what it allows, after one read unit at the door, and what /me tells", async () => {
    const role = await make("客服", ["booking.approve", "billing.read", "community.tickets"]);
    expect((await give(clerk, [role.id])).status).toBe(200);
    expect(await open()).toEqual(["booking.approve", "community.tickets", "billing.read"]);
    expect(unitsOf(await worker.send("POST", `${base}/payments`, {})).read).toBe(1);
    const place = (await worker.read<Me>("/me")).spaces[0];
    expect(place).toMatchObject({
      roles: [role.id],
      own: [{ role: role.id, name: "客服" }],
      rights: ["booking.approve", "community.tickets", "billing.read"],
    });
  });

  test("holds as changed at the next request, and an older set does not come back", async () => {
    const [role] = (await owner.read<{ items: RoleView[] }>(`${base}/roles`)).items;
    if (!role) throw new Error("no role");
    expect(role.used).toBe(1);
    const former = await membershipOf(scope(), clerk);
    const wish = { name: "库管", rights: ["warehouse.work", "people.read"] };
    expect((await put(`/roles/${role.id}`, wish, role.rev)).status).toBe(200);
    expect(await open()).toEqual(["people.read", "warehouse.work"]);
    expect((await put(`/roles/${role.id}`, wish, role.rev)).json()).toMatchObject({ code: "stale" });
    // A member that the change did not reach is written by the stream, and no more than once.
    const { rev: _, ...before } = former ?? ({} as never);
    const now = await membershipOf(scope(), clerk);
    const back = replace(memberKey(scope(), clerk), memberKind, before, now?.rev ?? 0);
    expect((await commit(scope(), [back], { answer: null })).done).toBe(true);
    await Promise.all([spreadRoles(scope()), spreadRoles(scope())]);
    const renewed = await membershipOf(scope(), clerk);
    expect([renewed?.own?.[0]?.rights, renewed?.rev]).toEqual([["people.read", "warehouse.work"], (now?.rev ?? 0) + 2]);
    const audit = await owner.read<{ items: { type: string; data: object }[] }>(`${base}/audit`);
    expect(audit.items.find(({ type }) => type === "role.changed")?.data).toMatchObject({
      before: { name: "客服", rights: ["booking.approve", "community.tickets", "billing.read"] },
      after: { name: "库管", rights: ["people.read", "warehouse.work"] },
    });
  });

  test("is not removed while somebody has it or is invited to it, and not given once it is gone", async () => {
    const [role] = (await owner.read<{ items: RoleView[] }>(`${base}/roles`)).items;
    const id = role?.id ?? "";
    const remove = (one: string) => owner.send("DELETE", `${base}/roles/${one}`);
    expect((await remove(id)).json()).toMatchObject({ code: "role.in-use", params: { people: [clerk], invited: [] } });
    const spare = await make("顾问", ["insight.figures"]);
    const invited = await owner.command<{ id: string }>(`${base}/invitations`, {
      email: "guwen@example.com",
      roles: [spare.id],
    });
    const letter = (await listMail(platformOf(table))).items.find(({ to }) => to === "guwen@example.com");
    expect(letter?.text).toContain("你的身份：顾问");
    expect((await remove(spare.id)).json()).toMatchObject({ params: { people: [], invited: ["guwen@example.com"] } });
    expect((await owner.send("DELETE", `${base}/invitations/${invited.id}`)).status).toBe(200);
    expect((await remove(spare.id)).status).toBe(200);
    expect((await give(clerk, [spare.id])).json()).toMatchObject({ code: "role.gone" });
  });

  test("of giving and removing it at one time, one wins: nobody keeps a role that there is none of", async () => {
    for (let round = 0; round < 5; round += 1) {
      const role = await make(`临时 ${round}`, ["billing.read"]);
      const [given, removed] = await Promise.all([
        give(clerk, ["warehouse", role.id]),
        owner.send("DELETE", `${base}/roles/${role.id}`),
      ]);
      const has = (await membershipOf(scope(), clerk))?.roles.includes(role.id);
      expect([[200, 409].includes(given.status), removed.status === 200]).toEqual([true, !has]);
    }
  });

  test("given to an API key allows it that and no more; a change is the key's too, and with every right there is it gives nobody anything", async () => {
    const role = await make("对账程序", ["billing.read"]);
    const wish = { name: "对账", roles: [role.id], access: "write", days: 30 };
    const { key, secret } = await owner.command<{ key: ApiKey; secret: string }>(`${base}/keys`, wish);
    expect(key).toMatchObject({ roles: [role.id], own: [{ role: role.id, name: "对账程序" }] });
    const program = testApi(table).by(secret);
    const answer = async (method: string, path: string) =>
      (await program.send(method, `${base}${path}`, method === "GET" ? undefined : {})).json<{ code?: string }>().code;
    expect(await Promise.all([answer("GET", "/invoices"), answer("GET", "/audit")])).toEqual([undefined, "auth.role"]);
    const remove = () => owner.send("DELETE", `${base}/roles/${role.id}`);
    expect((await remove()).json()).toMatchObject({ code: "role.in-use", params: { people: [], keys: ["对账"] } });

    const rights = permissionNames.filter((one) => one !== "billing.read");
    await put(`/roles/${role.id}`, { name: "对账程序", rights }, role.rev);
    expect(await Promise.all([answer("GET", "/invoices"), answer("GET", "/audit")])).toEqual(["auth.role", undefined]);
    for (const [method, path] of [
      ["POST", "/keys"],
      ["POST", "/roles"],
      ["POST", "/invitations"],
      ["PUT", `/people/${clerk}/roles`],
      ["POST", "/hooks"],
    ] as const)
      expect([path, await answer(method, path)]).toEqual([path, "auth.role"]);
    for (const roles of [["owner"], ["rol_nothing1"], Array.from({ length: 6 }, (_, at) => `rol_n${at}`)])
      expect((await owner.send("POST", `${base}/keys`, { ...wish, roles })).status).toBeGreaterThanOrEqual(400);

    expect((await owner.send("DELETE", `${base}/keys/${key.id}`)).status).toBe(200);
    expect((await remove()).status).toBe(200);
  });

  test("is made by an owner alone, once by each name, and given by a manager but not to themselves", async () => {
    await placePerson(scope(), "per_manager" as PersonId, { roles: ["manager"] });
    const manager = testApi(table).as("per_manager" as PersonId);
    const wish = { name: "出纳", rights: ["billing.keep"] };
    expect((await manager.send("POST", `${base}/roles`, wish)).json()).toMatchObject({ code: "auth.role" });
    const role = await owner.command<Role>(`${base}/roles`, wish);
    expect((await owner.send("POST", `${base}/roles`, wish)).json()).toMatchObject({ code: "role.name-taken" });
    const by = async (person: PersonId) =>
      manager.send(
        "PUT",
        `${base}/people/${person}/roles`,
        { roles: [role.id] },
        { "if-match": `"${(await membershipOf(scope(), person))?.rev}"` },
      );
    expect((await by("per_manager" as PersonId)).json()).toMatchObject({ code: "person.rank" });
    expect((await by(clerk)).json<Member>().roles).toEqual([role.id]);
  });
});
