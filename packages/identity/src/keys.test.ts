import type { CompanyId, PersonId } from "@yihao/kernel/ids";
import type { Table } from "@yihao/table/client";
import { scanAll } from "@yihao/table/dump";
import { type TestCaller, testApi, unitsOf } from "@yihao/testing/api";
import { placePerson } from "@yihao/testing/booking-world";
import { freshTable, scopeOf } from "@yihao/testing/table";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

type Key = {
  id: string;
  name: string;
  prefix: string;
  roles: string[];
  usedOn: string | null;
  formerUntil: string | null;
};
type Shown = { key: Key; secret: string };

const start = "2026-11-23T02:42:00.000Z";
const after = (hours: number) => new Date(Date.parse(start) + hours * 3_600_000).toISOString();
let now = start;
let table: Table;
let api: ReturnType<typeof testApi>;
let owner: TestCaller;
let base: string;

const company = { name: "青禾农选", kind: "company", contactName: "李文" };
const wish = { name: "进销存对接", roles: ["manager"], access: "write", days: 30 };
const make = (change: object = {}) => owner.command<Shown>(`${base}/keys`, { ...wish, ...change });

beforeAll(async () => {
  table = await freshTable();
  api = testApi(table, { now: () => now });
  owner = api.as("per_owner" as PersonId);
  const settings = { name: "淮海壹号", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" };
  base = `/spaces/${(await owner.command<{ id: string }>("/me/spaces", settings)).id}`;
});
afterAll(() => table.close());

describe("an API key", () => {
  test("lets a program in as the key, whose name stands in the records, for one read unit and two write units a day", async () => {
    now = start;
    const { key, secret } = await make();
    const program = api.by(secret);
    const first = await program.send("GET", `${base}/nothing-here`);
    const second = await program.send("GET", `${base}/nothing-here`);
    expect([unitsOf(first), unitsOf(second)]).toEqual([
      { read: 1, write: 2 },
      { read: 1, write: 0 },
    ]);
    const made = await program.command<{ id: string }>(`${base}/companies`, company);
    const timeline = await owner.read<{ items: { by: string }[] }>(`${base}/companies/${made.id}/timeline`);
    expect(timeline.items.map((one) => one.by)).toContain(key.id);
    const listed = await owner.read<{ items: Key[] }>(`${base}/keys`);
    expect(listed.items.find((one) => one.id === key.id)?.usedOn).toBe("2026-11-23");
  });

  test("has its secret told once: neither the list nor a replay nor the table has it", async () => {
    const idempotency = { "idempotency-key": "make-this-key-once" };
    const first = await owner.send("POST", `${base}/keys`, wish, idempotency);
    const again = await owner.send("POST", `${base}/keys`, wish, idempotency);
    const { key, secret } = first.json<Shown>();
    expect(secret.startsWith(`${key.prefix}_`)).toBe(true);
    expect(again.json<Shown>()).toEqual({ key, secret: null });
    const token = secret.slice(key.prefix.length + 1);
    expect((await owner.send("GET", `${base}/keys`)).text).not.toContain(token);
    let text = "";
    for await (const page of scanAll(table)) text += JSON.stringify(page);
    expect(text).toContain(key.prefix);
    expect(text).not.toContain(token);
  });

  test("may what its roles may and no more; one that reads cannot write; none has the owner's rights or more than its own to give", async () => {
    const warehouse = api.by((await make({ roles: ["warehouse"] })).secret);
    expect((await warehouse.send("GET", `${base}/people`)).json().code).toBe("auth.role");
    const reader = api.by((await make({ access: "read" })).secret);
    expect((await reader.send("GET", `${base}/companies`)).status).toBe(200);
    expect((await reader.send("POST", `${base}/companies`, company)).json().code).toBe("key.read-only");
    const manager = api.by((await make()).secret);
    expect((await manager.send("GET", `${base}/keys`)).json().code).toBe("auth.role");
    const invite = (roles: string[]) => manager.send("POST", `${base}/invitations`, { email: "a@example.com", roles });
    expect((await invite(["owner"])).json().code).toBe("person.rank");
    expect((await invite(["frontdesk"])).json()).toMatchObject({ byName: wish.name });
    for (const bad of [{ roles: ["owner"] }, { roles: [] }, { days: 0 }, { days: 731 }, { access: "all" }])
      expect((await owner.send("POST", `${base}/keys`, { ...wish, ...bad })).status, JSON.stringify(bad)).toBe(400);
  });

  test("acts for no company, and a manager makes none", async () => {
    const program = api.by((await make()).secret);
    const answer = await program.send("GET", `${base}/companies`, undefined, { "x-company": "cmp_any1" });
    expect(answer.status).toBe(404);
    await placePerson(scopeOf(table, { space: base.slice(8) as "spc_x" }), "per_manager" as PersonId, {
      roles: ["manager"],
    });
    const manager = api.as("per_manager" as PersonId);
    expect((await manager.send("POST", `${base}/keys`, wish)).json().code).toBe("auth.role");
  });

  test("of a company is made by its admins, acts for it as one of its members, and is another company's and a member's as if it were not there", async () => {
    now = start;
    const [first, second] = await Promise.all(
      ["湖畔鲜集", "晚汀香氛"].map((name) =>
        owner.command<{ id: CompanyId }>(`${base}/companies`, { ...company, name }),
      ),
    );
    const place = (person: string, id: CompanyId, role: "admin" | "member") =>
      placePerson(scopeOf(table, { space: base.slice(8) as "spc_x" }), person as PersonId, {
        companies: [{ company: id, name: "湖畔鲜集", role }],
      });
    await place("per_first", first?.id ?? "cmp_x", "admin");
    await place("per_clerk", first?.id ?? "cmp_x", "member");
    await place("per_second", second?.id ?? "cmp_x", "admin");
    const [admin, clerk, other] = ["per_first", "per_clerk", "per_second"].map((one) => api.as(one as PersonId));
    const own = { name: "网店订单", access: "write", days: 90 };
    const { key, secret } = await (admin as TestCaller).command<Shown>(`${base}/keys`, own);
    expect(key).toMatchObject({ roles: [], company: { company: first?.id, name: "湖畔鲜集" } });
    expect((await admin?.send("POST", `${base}/keys`, wish))?.json().code).toBe("key.roles");
    expect((await owner.send("POST", `${base}/keys`, own)).json().code).toBe("key.roles");
    expect((await clerk?.send("POST", `${base}/keys`, own))?.json().code).toBe("auth.role");

    // What a member of the company may, and nothing that its admins or staff may; the record says which key it was.
    const program = api.by(secret);
    const product = await program.command<{ id: string; company: string }>(`${base}/products`, {
      name: "鲜奶",
      code: "M1",
    });
    const stock = await program.read<{ items: { id: string; company: string }[] }>(`${base}/stock`);
    expect(stock.items.map(({ id, company }) => [id, company])).toEqual([[product.id, first?.id]]);
    for (const path of ["companies", "people", "keys"])
      expect((await program.send("GET", `${base}/${path}`)).json().code, path).toBe("auth.role");
    for (const id of [second?.id, "cmp_any1"])
      expect((await program.send("GET", `${base}/stock`, undefined, { "x-company": id ?? "" })).status).toBe(404);
    expect((await program.send("GET", `${base}/stock?company=${second?.id}`)).status).toBeGreaterThanOrEqual(400);

    const mine = async (who: TestCaller | undefined) =>
      (await (who as TestCaller).read<{ items: Key[] }>(`${base}/keys`)).items.map(({ id }) => id);
    expect([await mine(admin), await mine(other)]).toEqual([[key.id], []]);
    expect(await mine(owner)).toContain(key.id);
    expect((await other?.send("DELETE", `${base}/keys/${key.id}`))?.status).toBe(404);
    expect((await other?.send("POST", `${base}/keys/${key.id}/rotate`, { graceHours: 0 }))?.status).toBe(404);
    const staffs = (await make()).key;
    expect((await admin?.send("DELETE", `${base}/keys/${staffs.id}`))?.status).toBe(404);
    const rotated = await (admin as TestCaller).command<Shown>(`${base}/keys/${key.id}/rotate`, { graceHours: 0 });
    expect((await program.send("GET", `${base}/stock`)).status).toBe(401);
    expect((await owner.send("DELETE", `${base}/keys/${key.id}`)).status).toBe(200);
    expect((await api.by(rotated.secret).send("GET", `${base}/stock`)).json().code).toBe("key.ended");

    for (let count = 0; count < 10; count += 1) await (admin as TestCaller).command(`${base}/keys`, own);
    expect((await admin?.send("POST", `${base}/keys`, own))?.json()).toMatchObject({
      code: "key.many",
      params: { most: 10 },
    });
  });

  test("ends at once when revoked, on its day when it expires, and says which to whoever has the right secret", async () => {
    now = start;
    const { key, secret } = await make({ days: 1 });
    const program = api.by(secret);
    expect((await program.send("GET", base)).status).toBe(200);
    now = after(24);
    expect((await program.send("GET", base)).json()).toMatchObject({ code: "key.ended", params: { why: "expired" } });
    now = start;
    expect((await owner.send("DELETE", `${base}/keys/${key.id}`)).status).toBe(200);
    expect((await program.send("GET", base)).json()).toMatchObject({ code: "key.ended", params: { why: "revoked" } });
    const guessed = api.by(`${secret.slice(0, -1)}${secret.endsWith("0") ? "1" : "0"}`);
    expect((await guessed.send("GET", base)).json()).toMatchObject({ code: "key.wrong", params: {} });
    expect((await owner.send("POST", `${base}/keys/${key.id}/rotate`, { graceHours: 1 })).json().code).toBe(
      "key.revoked",
    );
  });

  test("gets a new secret while the former one still works for its hours, or ends at once with none", async () => {
    now = start;
    const { key, secret } = await make();
    const second = await owner.command<Shown>(`${base}/keys/${key.id}/rotate`, { graceHours: 24 });
    expect(second.key.formerUntil).toBe(after(24));
    const opens = async (one: string) => (await api.by(one).send("GET", base)).status;
    expect([await opens(secret), await opens(second.secret)]).toEqual([200, 200]);
    now = after(24);
    expect([await opens(secret), await opens(second.secret)]).toEqual([401, 200]);
    const third = await owner.command<Shown>(`${base}/keys/${key.id}/rotate`, { graceHours: 0 });
    expect([await opens(second.secret), await opens(third.secret)]).toEqual([401, 200]);
    now = start;
  });

  test("of two owners who rotate one at a time one is told, and exactly one new secret works", async () => {
    const { key } = await make();
    const path = `${base}/keys/${key.id}/rotate`;
    const both = await Promise.all(
      [1, 2].map((n) => owner.send("POST", path, { graceHours: 0 }, { "idempotency-key": `rotate-at-once-${n}` })),
    );
    const secrets = both.filter((one) => one.status === 201).map((one) => one.json<Shown>().secret);
    const opening = await Promise.all(secrets.map((secret) => api.by(secret).send("GET", base)));
    expect(opening.filter((one) => one.status === 200)).toHaveLength(1);
    expect(both.every((one) => one.status === 201 || one.json().code === "stale")).toBe(true);
  });

  test("keeps its own commands: a person and a key with one Idempotency-Key do not meet", async () => {
    const program = api.by((await make()).secret);
    const same = { "idempotency-key": "the-same-for-both" };
    const byKey = await program.send("POST", `${base}/companies`, { ...company, name: "甲" }, same);
    const byOwner = await owner.send("POST", `${base}/companies`, { ...company, name: "乙" }, same);
    expect([byKey.status, byOwner.status]).toEqual([201, 201]);
  });

  test("is told of in the audit trail without any secret", async () => {
    const { key, secret } = await make({ name: "审计要看到" });
    const audit = await owner.send("GET", `${base}/audit`);
    const told = audit.json<{ items: { type: string; data: { key?: string } }[] }>().items;
    expect(told.find((one) => one.data.key === key.id)).toMatchObject({ type: "key.made", by: "per_owner" });
    expect(audit.text).not.toContain(secret.slice(-32));
  });
});
