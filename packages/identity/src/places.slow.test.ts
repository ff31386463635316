import { createApp, inside, signedIn } from "@yihao/http/app";
import type { Doors } from "@yihao/http/context";
import { registerRefusals } from "@yihao/http/problem";
import type { CompanyId, PersonId } from "@yihao/kernel/ids";
import type { Table } from "@yihao/table/client";
import { freshTable, platformOf, scopeOf, testNow } from "@yihao/testing/table";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { letterFor, listMail } from "./mail.ts";
import { meRoutes, outside, publicIdentityRoutes } from "./me-routes.ts";
import { identityEvents, identityRefusals } from "./model.ts";
import { identityReactions } from "./reactions.ts";
import { identityRoutes } from "./routes.ts";
import { membershipOf } from "./store.ts";

let table: Table;
let day = testNow;
let ticks = 0;
const tick = () => new Date(Date.parse(day) + ticks++).toISOString();

const whoIs = (name: string) => ({ person: `per_${name}` as PersonId, email: `${name}@example.com`, name });

function appOn() {
  registerRefusals(identityRefusals);
  const doors: Doors = {
    table,
    now: tick,
    caller: async (request) => {
      const name = request.headers.get("x-as");
      return name ? whoIs(name) : undefined;
    },
    membership: membershipOf,
  };
  const app = createApp(doors);
  app.use("/spaces/:space", inside(doors));
  app.use("/spaces/:space/*", inside(doors));
  app.use("/me", signedIn(doors));
  app.use("/me/*", signedIn(doors));
  app.use("/invitations/*", outside(doors));
  app.route("/", identityRoutes);
  app.route("/", meRoutes);
  app.route("/", publicIdentityRoutes);
  return app;
}
let app: ReturnType<typeof appOn>;

type Ask = { as?: string; body?: object; rev?: number; company?: string; key?: string };

async function ask(method: string, path: string, { as, body, rev, company, key }: Ask = {}) {
  const response = await app.request(path, {
    method,
    headers: {
      ...(as ? { "x-as": as } : {}),
      ...(body ? { "content-type": "application/json" } : {}),
      ...(rev === undefined ? {} : { "if-match": `"${rev}"` }),
      ...(company ? { "x-company": company } : {}),
      ...(key ? { "idempotency-key": key } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const json = (await response.json()) as Record<string, never> & { items: never[]; id: string; code: string };
  const units = /read=([\d.]+); write=([\d.]+)/.exec(response.headers.get("x-capacity-units") ?? "");
  return { status: response.status, json, read: Number(units?.[1]), write: Number(units?.[2]) };
}

const settings = { name: "淮海壹号众创空间", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" };

async function newSpace(owner: string): Promise<string> {
  const made = await ask("POST", "/me/spaces", { as: owner, body: settings });
  expect(made.status, JSON.stringify(made.json)).toBe(201);
  return made.json.id;
}

async function tokenFor(email: string): Promise<string> {
  const mails = await listMail(platformOf(table));
  return (
    mails.items
      .find((one) => one.to === email)
      ?.link?.split("/")
      .at(-1) ?? ""
  );
}

async function join(space: string, owner: string, name: string, roles: string[]): Promise<void> {
  const email = `${name}@example.com`;
  const invited = await ask("POST", `/spaces/${space}/invitations`, { as: owner, body: { email, roles } });
  expect(invited.status, JSON.stringify(invited.json)).toBe(201);
  const accepted = await ask("POST", "/me/places", { as: name, body: { token: await tokenFor(email) } });
  expect(accepted.status, JSON.stringify(accepted.json)).toBe(201);
}

beforeAll(async () => {
  table = await freshTable();
  app = appOn();
});
afterAll(() => table.close());

describe("a space", () => {
  test("belongs to whoever creates it, once, however often the same wish is sent", async () => {
    const body = { as: "founder", body: settings, key: "create-one-space" };
    const made = await ask("POST", "/me/spaces", body);
    expect(await ask("POST", "/me/spaces", body)).toMatchObject({ status: 201, json: made.json });
    const me = await ask("GET", "/me", { as: "founder" });
    expect(me.json).toMatchObject({
      email: "founder@example.com",
      spaces: [{ name: settings.name, roles: ["owner"] }],
    });
    expect(me.read).toBeLessThanOrEqual(1);
  });

  test("answers outsiders as if it did not exist, and the signed-out with 401", async () => {
    const space = await newSpace("own1");
    const other = await ask("GET", `/spaces/${space}`, { as: "stranger" });
    const none = await ask("GET", "/spaces/spc_0000000000000000", { as: "stranger" });
    expect(other.status).toBe(404);
    expect({ ...other.json, request: "" }).toEqual({ ...none.json, request: "" });
    expect((await ask("GET", `/spaces/${space}`)).status).toBe(401);
    expect((await ask("GET", "/me")).status).toBe(401);
  });

  test("is changed only as it was read, and its new name reaches everyone's list", async () => {
    const space = await newSpace("own2");
    const change = { as: "own2", body: { name: "绘梦空间" } };
    expect((await ask("PATCH", `/spaces/${space}`, change)).status).toBe(428);
    expect((await ask("PATCH", `/spaces/${space}`, { ...change, rev: 1 })).status).toBe(200);
    expect((await ask("PATCH", `/spaces/${space}`, { ...change, rev: 1 })).status).toBe(412);
    expect((await ask("PATCH", `/spaces/${space}`, { ...change, rev: 2, body: { currency: "USD" } })).status).toBe(400);
    const scope = scopeOf(table, { space: space as "spc_x" });
    const heard = identityReactions.find(({ name }) => name === "identity.rename-places");
    await heard?.on(scope, { space: scope.space, kind: "evt", id: "evt_1", data: {} });
    expect((await ask("GET", "/me", { as: "own2" })).json).toMatchObject({ spaces: [{ name: "绘梦空间" }] });
  });
});

describe("who is asking", () => {
  test("costs one read unit and holds at the next request after somebody is removed", async () => {
    const space = await newSpace("own3");
    await join(space, "own3", "desk3", ["frontdesk"]);
    const scope = scopeOf(table, { space: space as "spc_x" });
    expect((await membershipOf(scope, "per_desk3"))?.roles).toEqual(["frontdesk"]);
    expect(scope.meter.read).toBe(1);
    expect((await ask("GET", `/spaces/${space}`, { as: "desk3" })).status).toBe(200);
    expect((await ask("DELETE", `/spaces/${space}/people/per_desk3`, { as: "own3" })).status).toBe(200);
    expect((await ask("GET", `/spaces/${space}`, { as: "desk3" })).status).toBe(404);
    expect((await ask("GET", "/me", { as: "desk3" })).json).toMatchObject({ spaces: [] });
  });
});

describe("roles", () => {
  test("the last owner stays, also when two owners leave at one time", async () => {
    const space = await newSpace("own4");
    expect((await ask("DELETE", `/spaces/${space}/people/per_own4`, { as: "own4" })).json.code).toBe(
      "person.last-owner",
    );
    const alone = await ask("PUT", `/spaces/${space}/people/per_own4/roles`, {
      as: "own4",
      rev: 1,
      body: { roles: ["manager"] },
    });
    expect(alone.json.code).toBe("person.last-owner");
    await join(space, "own4", "second4", ["owner"]);
    const both = await Promise.all([
      ask("DELETE", `/spaces/${space}/people/per_own4`, { as: "second4" }),
      ask("DELETE", `/spaces/${space}/people/per_second4`, { as: "own4" }),
    ]);
    // Whoever comes a moment later is refused as the last one, or is nobody's staff any more.
    const [first, second] = both.map((one) => one.status).toSorted();
    expect([first, [404, 409].includes(second ?? 0)]).toEqual([200, true]);
  });

  test("a manager cannot make, change or remove owners and managers; front desk cannot manage people at all", async () => {
    const space = await newSpace("own5");
    await join(space, "own5", "boss5", ["manager"]);
    await join(space, "own5", "desk5", ["frontdesk"]);
    const people = `/spaces/${space}/people`;
    const give = (as: string, person: string, roles: string[], rev = 1) =>
      ask("PUT", `${people}/per_${person}/roles`, { as, rev, body: { roles } });
    expect((await give("boss5", "own5", ["frontdesk"])).json.code).toBe("person.rank");
    expect((await give("boss5", "desk5", ["manager"])).json.code).toBe("person.rank");
    expect((await give("desk5", "desk5", ["owner"])).json.code).toBe("auth.role");
    expect((await ask("DELETE", `${people}/per_own5`, { as: "boss5" })).json.code).toBe("person.rank");
    const invite = (as: string, roles: string[]) =>
      ask("POST", `/spaces/${space}/invitations`, { as, body: { email: "new5@example.com", roles } });
    expect((await invite("boss5", ["owner"])).json.code).toBe("person.rank");
    expect((await invite("desk5", ["frontdesk"])).json.code).toBe("person.rank");
    expect((await give("boss5", "desk5", ["warehouse", "frontdesk"])).json).toMatchObject({
      roles: ["frontdesk", "warehouse"],
      rev: 2,
    });
    expect((await give("boss5", "desk5", ["finance"])).json.code).toBe("stale");
    expect((await give("own5", "desk5", [], 2)).json.code).toBe("person.no-roles");
  });
});

describe("an invitation", () => {
  const company = "cmp_zhidu00000000001" as CompanyId;

  test("writes to one e-mail no more than six times a day, whoever invites, and from one space to no more than 300 in an hour", async () => {
    const [first, second] = [await newSpace("own11"), await newSpace("own12")];
    const invite = (space: string, as: string, email: string) =>
      ask("POST", `/spaces/${space}/invitations`, { as, body: { email, roles: ["frontdesk"] } });
    for (let n = 0; n < 5; n += 1)
      expect((await invite(n % 2 ? second : first, n % 2 ? "own12" : "own11", "pestered@example.com")).status).toBe(
        201,
      );
    const last = await invite(first, "own11", "pestered@example.com");
    const again = await ask("POST", `/spaces/${first}/invitations/${last.json.id}/resend`, { as: "own11" });
    const seventh = await invite(second, "own12", "pestered@example.com");
    expect([last.status, again.status, seventh.status, seventh.json.code]).toEqual([
      201,
      429,
      429,
      "invitation.too-many",
    ]);
    expect((await invite(second, "own12", "calm@example.com")).status).toBe(201);
    const many = await newSpace("own13");
    const tally = { 201: 0, 429: 0 };
    for (let n = 0; n < 310; n += 10)
      for (const { status } of await Promise.all(
        Array.from({ length: 10 }, (_, k) => invite(many, "own13", `guest${n + k}@example.com`)),
      ))
        tally[status as 201 | 429] += 1;
    expect(tally).toEqual({ 201: 300, 429: 10 });
  });

  test("joins once, whoever of many parallel tries is first, and tells the same to the same person again", async () => {
    const space = await newSpace("own6");
    const body = { email: "li6@example.com", company, companyName: "智渡科技", companyRole: "admin" };
    const invited = await ask("POST", `/spaces/${space}/invitations`, { as: "own6", body });
    expect(JSON.stringify(invited.json)).not.toContain("hash");
    expect(invited.write).toBeLessThanOrEqual(14);
    const token = await tokenFor("li6@example.com");
    const shown = await ask("GET", `/invitations/${token}`);
    expect(shown.json).toMatchObject({
      space: { name: settings.name },
      email: "li6@example.com",
      company: { role: "admin" },
    });
    const tries = await Promise.all(
      Array.from({ length: 8 }, () => ask("POST", "/me/places", { as: "li6", body: { token } })),
    );
    expect(new Set(tries.map((one) => one.status))).toEqual(new Set([201]));
    const audit = await ask("GET", `/spaces/${space}/audit`, { as: "own6" });
    const types = (audit.json.items as { type: keyof typeof identityEvents; data: unknown }[]).map((one) => {
      expect(identityEvents[one.type].safeParse(one.data).success).toBe(true);
      return one.type;
    });
    expect(types.toSorted()).toEqual(["person.invited", "person.joined", "space.created"]);
    expect((await ask("GET", `/invitations/${token}`)).json.code).toBe("invitation.used");
    expect((await ask("POST", "/me/places", { as: "thief", body: { token } })).json.code).toBe(
      "invitation.other-person",
    );
  });

  test("its secret is nowhere but in the letter", async () => {
    const space = await newSpace("own7");
    await ask("POST", `/spaces/${space}/invitations`, {
      as: "own7",
      body: { email: "s7@example.com", roles: ["finance"] },
    });
    const token = await tokenFor("s7@example.com");
    const listed = await ask("GET", `/spaces/${space}/invitations`, { as: "own7" });
    expect(listed.json.items).toHaveLength(1);
    expect(JSON.stringify(listed.json)).not.toContain(token);
    const [mail] = (await listMail(platformOf(table))).items.filter((one) => one.to === "s7@example.com");
    expect(mail?.text).not.toContain(token);
    expect(letterFor(mail!, "https://yihao.example").text).toContain(`https://yihao.example/join/${token}`);
  });

  test("ends after seven days, when withdrawn, and for the old link when sent again", async () => {
    const space = await newSpace("own8");
    const one = await ask("POST", `/spaces/${space}/invitations`, {
      as: "own8",
      body: { email: "e8@example.com", roles: ["warehouse"] },
    });
    const first = await tokenFor("e8@example.com");
    day = "2026-11-24T00:00:00.000Z";
    expect((await ask("POST", `/spaces/${space}/invitations/${one.json.id}/resend`, { as: "own8" })).status).toBe(201);
    expect((await ask("GET", `/invitations/${first}`)).json.code).toBe("invitation.replaced");
    const second = await tokenFor("e8@example.com");
    day = "2026-12-01T00:00:00.000Z";
    expect((await ask("POST", "/me/places", { as: "e8", body: { token: second } })).json.code).toBe(
      "invitation.expired",
    );
    day = "2026-11-25T00:00:00.000Z";
    expect((await ask("DELETE", `/spaces/${space}/invitations/${one.json.id}`, { as: "own8" })).status).toBe(200);
    expect((await ask("POST", "/me/places", { as: "e8", body: { token: second } })).json.code).toBe(
      "invitation.revoked",
    );
    expect((await ask("GET", "/invitations/00000000000000000000000000000000")).json.code).toBe("invitation.missing");
    day = testNow;
  });

  test("a company's admin invites for the own company only, sees only its people, and cannot take a member of another", async () => {
    const space = await newSpace("own9");
    const other = "cmp_other000000000001";
    const invite = (as: string, email: string, to: string, name: string) =>
      ask("POST", `/spaces/${space}/invitations`, {
        as,
        body: { email, company: to, companyName: name, companyRole: "member" },
      });
    await ask("POST", `/spaces/${space}/invitations`, {
      as: "own9",
      body: { email: "admin9@example.com", company, companyName: "智渡科技", companyRole: "admin" },
    });
    await ask("POST", "/me/places", { as: "admin9", body: { token: await tokenFor("admin9@example.com") } });
    await invite("own9", "far9@example.com", other, "别家");
    await ask("POST", "/me/places", { as: "far9", body: { token: await tokenFor("far9@example.com") } });
    expect((await invite("admin9", "near9@example.com", other, "别家")).status).toBe(404);
    expect((await invite("far9", "near9@example.com", other, "别家")).status).toBe(403);
    const near = await invite("admin9", "near9@example.com", company, "冒名");
    expect(near.json).toMatchObject({ company: { name: "智渡科技" } });
    const seen = await ask("GET", `/spaces/${space}/people`, { as: "admin9" });
    expect((seen.json.items as { person: string }[]).map((one) => one.person)).toEqual(["per_admin9"]);
    const listed = await ask("GET", `/spaces/${space}/invitations`, { as: "admin9" });
    expect((listed.json.items as { email: string }[]).map((one) => one.email)).toEqual(["near9@example.com"]);
    expect((await ask("DELETE", `/spaces/${space}/companies/${other}/people/per_far9`, { as: "admin9" })).status).toBe(
      404,
    );
    expect(
      (await ask("DELETE", `/spaces/${space}/companies/${company}/people/per_far9`, { as: "admin9" })).status,
    ).toBe(404);
    expect((await ask("GET", `/spaces/${space}/audit`, { as: "admin9" })).status).toBe(403);
  });

  test("adds to a place that is there, and leaving one company keeps the rest", async () => {
    const space = await newSpace("own10");
    await join(space, "own10", "both10", ["warehouse"]);
    const body = { email: "both10@example.com", company, companyName: "智渡科技", companyRole: "member" };
    await ask("POST", `/spaces/${space}/invitations`, { as: "own10", body });
    const joined = await ask("POST", "/me/places", {
      as: "both10",
      body: { token: await tokenFor("both10@example.com") },
    });
    expect(joined.json).toMatchObject({ roles: ["warehouse"], companies: [{ company, role: "member" }] });
    const path = `/spaces/${space}/companies/${company}/people/per_both10`;
    expect((await ask("DELETE", path, { as: "own10" })).status).toBe(200);
    expect((await ask("DELETE", path, { as: "own10" })).status).toBe(404);
    expect((await ask("GET", "/me", { as: "both10" })).json).toMatchObject({
      spaces: [{ roles: ["warehouse"], companies: [] }],
    });
  });
});
