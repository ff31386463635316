import { payRoutes } from "@yihao/billing/pay-routes";
import { createApp, inside } from "@yihao/http/app";
import { membershipOf } from "@yihao/identity/store";
import type { CompanyId, PersonId, SpaceId } from "@yihao/kernel/ids";
import type { Table } from "@yihao/table/client";
import { beforeAll, describe, expect, it } from "vitest";
import { reactions } from "../../../functions/reactions.ts";
import { type TestCaller, testApi } from "./api.ts";
import { placePerson } from "./booking-world.ts";
import { call, leaked, namesOwned, type RouteCase, routeCases, type Walls } from "./isolation.ts";
import { freshTable, scopeOf } from "./table.ts";
import { streamByHand } from "./warehouse-world.ts";

let table: Table;
let routes: RouteCase[];
let walls: Walls;
/** The first company's admin, who may see all of it. */
let owner: TestCaller;
let mine: TestCaller;
let otherCompany: TestCaller;
let otherMember: TestCaller;
let otherSpace: TestCaller;
let removedStaff: TestCaller;
let removedPerson: TestCaller;
let nobody: TestCaller;

const secretName = "隐山密香有限公司";
const secretGoods = "密制沉香 9 号";
const secretBuyer = "收件人莫须有";
const secretNote = "REF-SECRET-77";
type Made = { readonly id: string; readonly rev: number };
const allDay = [["00:00", "24:00"]];
const hours = { 1: allDay, 2: allDay, 3: allDay, 4: allDay, 5: allDay, 6: allDay, 7: allDay };

beforeAll(async () => {
  table = await freshTable();
  const { as } = testApi(table);
  const hear = streamByHand(table, reactions);
  owner = as("per_owner" as PersonId);
  otherSpace = as("per_outsider" as PersonId);
  nobody = as(undefined);
  const settings = { name: "淮海壹号", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" };
  const space = (await owner.command<{ id: SpaceId }>("/me/spaces", settings)).id;
  await otherSpace.command("/me/spaces", { ...settings, name: "绘梦空间" });
  const base = `/spaces/${space}`;
  const company = (
    await owner.command<{ id: CompanyId }>(`${base}/companies`, {
      name: secretName,
      kind: "company",
      contactName: "隐山联系人",
    })
  ).id;
  const other = (await owner.command<{ id: CompanyId }>(`${base}/companies`, { name: "邻座科技", kind: "team" })).id;
  const scope = () => scopeOf(table, { space });
  const place = (person: string, of: CompanyId, name: string, role: "admin" | "member") =>
    placePerson(scope(), person as PersonId, { companies: [{ company: of, name, role }] });
  await place("per_insider", company, secretName, "admin");
  await place("per_leaver", company, secretName, "admin");
  await place("per_neighbour", other, "邻座科技", "admin");
  await place("per_neighbour2", other, "邻座科技", "member");
  await placePerson(scope(), "per_fired" as PersonId, { roles: ["manager"] });
  mine = as("per_insider" as PersonId);
  otherCompany = as("per_neighbour" as PersonId);
  otherMember = as("per_neighbour2" as PersonId);
  removedStaff = as("per_fired" as PersonId);
  removedPerson = as("per_leaver" as PersonId);

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
  const plan = await owner.command<Made>(`${base}/plans`, {
    name: "成长套餐",
    monthlyMinor: 60000,
    allowances: { roomMinutes: 240 },
  });
  await owner.command(`${base}/companies/${company}/subscription`, { plan: plan.id, from: "2026-11-01" });
  const site = await owner.command<Made>(`${base}/sites`, {
    name: "淮海路",
    city: "淮北",
    zone: "Asia/Shanghai",
    hours,
    closures: [],
  });
  const floor = await owner.command<Made>(`${base}/floors`, { site: site.id, name: "二层", order: 2 });
  const rules = { bufferMinutes: 0, granularityMinutes: 30, leastMinutes: 30, mostMinutes: 1440, horizonDays: 90 };
  const room = {
    ...rules,
    site: site.id,
    floor: floor.id,
    kind: "room",
    code: "R1",
    name: "会议室 1",
    capacity: 8,
    state: "active",
  };
  const resource = await owner.command<Made>(`${base}/resources`, room);
  const slot = { resource: resource.id, from: "2026-11-24T02:00:00.000Z", until: "2026-11-24T07:00:00.000Z" };
  const quote = await mine.send("POST", `${base}/quotes/booking`, slot);
  const { totalMinor, allowanceMinutes } = quote.json<{ quote: { totalMinor: number; allowanceMinutes: number } }>()
    .quote;
  const booked = { ...slot, expectMinor: totalMinor, expectAllowanceMinutes: allowanceMinutes };
  const booking = await mine.command<Made>(`${base}/bookings`, booked);
  const warehouse = await owner.command<Made>(`${base}/warehouses`, { name: "壹号云仓", zone: "Asia/Shanghai" });
  const pattern = { zone: { code: "P", name: "快拣", kind: "pick" }, racks: { from: 1, to: 1 }, columns: 2, levels: 2 };
  await owner.command(`${base}/warehouses/${warehouse.id}/bins`, pattern);
  const product = await mine.command<Made>(`${base}/products`, {
    name: secretGoods,
    code: "YS-9",
    gtin: "6970001284560",
  });
  const lines = [{ product: product.id, units: 20 }];
  const asn = await mine.command<Made>(`${base}/asns`, { warehouse: warehouse.id, reference: secretNote, lines });
  await owner.command(`${base}/asns/${asn.id}/arrive`, {});
  await owner.command(`${base}/asns/${asn.id}/lines/1/receive`, { units: 20, done: true });
  await owner.command(`${base}/putaway`, {
    warehouse: warehouse.id,
    product: product.id,
    units: 15,
    asn: asn.id,
    scans: { bin: "01-01-01", product: "6970001284560" },
  });
  const order = await mine.command<Made>(`${base}/orders`, {
    lines: [{ product: product.id, units: 5 }],
    recipient: { name: secretBuyer },
  });
  const invitation = await mine.command<Made>(`${base}/invitations`, {
    email: "guest@secret.example",
    company,
    companyName: secretName,
    companyRole: "member",
  });
  await hear();
  await owner.command(`${base}/invoices/run`, { month: "2026-11" });
  await hear();
  const drafts = await owner.read<{ items: { id: string; company: string }[] }>(`${base}/invoices?state=draft`);
  const invoice = drafts.items.find((draft) => draft.company === company)?.id ?? "";
  await owner.command(`${base}/invoices/${invoice}/finalise`, {});
  await hear();
  expect((await removedPerson.send("GET", `${base}/products`)).status).toBe(200);
  expect((await owner.send("DELETE", `${base}/people/per_leaver`)).status).toBe(200);
  expect((await owner.send("DELETE", `${base}/people/per_fired`)).status).toBe(200);

  routes = routeCases(await nobody.read<{ paths: Record<string, Record<string, unknown>> }>("/openapi.json"));
  walls = {
    space,
    samples: {
      company,
      person: "per_insider",
      invitation: invitation.id,
      plan: plan.id,
      site: site.id,
      floor: floor.id,
      resource: resource.id,
      booking: booking.id,
      warehouse: warehouse.id,
      bin: "01-01-01",
      product: product.id,
      asn: asn.id,
      line: "1",
      order: order.id,
      month: "2026-11",
      invoice,
      letter: "evt_nothing",
    },
    shared: ["space", "plan", "site", "floor", "resource", "warehouse", "bin", "month", "letter", "line"],
    bodies: {
      "PATCH /spaces/{space}": { name: "改名" },
      "POST /spaces/{space}/invitations": {
        email: "x@y.example",
        company,
        companyName: secretName,
        companyRole: "member",
      },
      "PUT /spaces/{space}/companies/{company}/contact": { contactName: "别人" },
      "POST /spaces/{space}/quotes/booking": { ...slot, company },
      "POST /spaces/{space}/bookings": { ...booked, company },
      "POST /spaces/{space}/bookings/{booking}/cancel": { rev: booking.rev },
      "POST /spaces/{space}/products": { company, name: "别人的货" },
      "PUT /spaces/{space}/products/{product}": { name: "改名", code: "YS-9", unit: "件" },
      "POST /spaces/{space}/asns/check": { company, warehouse: warehouse.id, lines },
      "POST /spaces/{space}/asns": { company, warehouse: warehouse.id, lines },
      "POST /spaces/{space}/orders": { lines: [{ product: product.id, units: 1 }], recipient: { name: "谁" } },
    },
    queries: {
      "GET /spaces/{space}/sites/{site}/availability": "day=2026-11-24",
      "GET /spaces/{space}/sites/{site}/agenda": "day=2026-11-24",
      "GET /spaces/{space}/bookings": `company=${company}`,
      "GET /spaces/{space}/products": `company=${company}`,
      "GET /spaces/{space}/stock": `company=${company}`,
      "GET /spaces/{space}/asns": `company=${company}`,
      "GET /spaces/{space}/orders": `company=${company}`,
      "GET /spaces/{space}/charges": `company=${company}`,
      "GET /spaces/{space}/invoices": `company=${company}`,
      "GET /spaces/{space}/payments": `company=${company}`,
      "GET /spaces/{space}/orders/{order}/picks": `warehouse=${warehouse.id}`,
      "GET /spaces/{space}/warehouses/{warehouse}/suggestions": `product=${product.id}&units=1`,
      "GET /spaces/{space}/insight/today": "day=2026-11-24",
    },
    secrets: [
      secretName,
      secretGoods,
      secretBuyer,
      secretNote,
      "隐山联系人",
      "YS-9",
      "6970001284560",
      "guest@secret.example",
      "per_insider",
      company,
      booking.id,
      product.id,
      asn.id,
      order.id,
      invoice,
      invitation.id,
    ],
  };
}, 120_000);

const inSpaceRoutes = () => routes.filter(({ path }) => path.startsWith("/spaces/{space}"));
const where = (route: RouteCase) => `${route.method} ${route.path}`;

describe("the walls", () => {
  it("are tried on every route of the document: outside a space there are only those that name nobody's things", () => {
    const outside = routes.filter(({ path }) => !path.startsWith("/spaces/{space}")).map(where);
    expect(outside.sort()).toEqual(["GET /invitations/{token}", "GET /me", "POST /me/places", "POST /me/spaces"]);
    expect(inSpaceRoutes().length).toBeGreaterThan(70);
  });

  it("have something behind them: the first company sees its own secrets where it should", async () => {
    const seen = new Set<string>();
    for (const route of inSpaceRoutes().filter(({ method }) => method === "GET"))
      for (const secret of leaked(await call(mine, route, walls), walls)) seen.add(secret);
    expect(walls.secrets.filter((secret) => !seen.has(secret))).toEqual([]);
  });

  it("answer 401 to everyone signed out, and nothing else", async () => {
    for (const route of inSpaceRoutes()) {
      const answer = await call(nobody, route, walls);
      expect([where(route), answer.status, leaked(answer, walls)]).toEqual([where(route), 401, []]);
    }
  });

  it("answer 404 to the owner of another space, before the input is looked at", async () => {
    for (const route of inSpaceRoutes()) {
      const answer = await call(otherSpace, route, walls);
      expect([where(route), answer.status, leaked(answer, walls)]).toEqual([where(route), 404, []]);
    }
  });

  it("answer 404 at once to a member of staff and to a company's person who were removed a moment ago", async () => {
    for (const route of inSpaceRoutes())
      for (const gone of [removedStaff, removedPerson]) {
        const answer = await call(gone, route, walls);
        expect([where(route), answer.status, leaked(answer, walls)]).toEqual([where(route), 404, []]);
      }
  });

  it("let no company act for another by naming it in X-Company", async () => {
    const company = walls.samples.company ?? "";
    for (const route of inSpaceRoutes()) {
      const answer = await call(otherCompany.for(company), route, walls);
      expect([where(route), answer.status, leaked(answer, walls)]).toEqual([where(route), 404, []]);
    }
  });

  it("give another company of the space not one byte of the first one's, and refuse whatever names its things", async () => {
    const told: string[] = [];
    for (const route of inSpaceRoutes())
      for (const caller of [otherCompany, otherMember]) {
        const answer = await call(caller, route, walls);
        const secrets = leaked(answer, walls);
        if (secrets.length > 0) told.push(`${where(route)} gives away ${secrets.join(", ")}`);
        const named =
          namesOwned(route, walls) ||
          /company=/.test(walls.queries[where(route)] ?? "") ||
          "company" in ((walls.bodies[where(route)] as object) ?? {});
        // An input that is refused proves nothing: such a route needs a sample body or query here.
        if (answer.status === 400 || answer.status === 422)
          told.push(`${where(route)} refused the sample: ${answer.text.slice(0, 200)}`);
        else if (named && answer.status !== 403 && answer.status !== 404) {
          const empty = answer.status === 200 && /"items":\[\]/.test(answer.text);
          if (!empty)
            told.push(`${where(route)} answered ${answer.status} to another company: ${answer.text.slice(0, 160)}`);
        }
      }
    expect(told).toEqual([]);
  });

  it("left everything of the first company as it was", async () => {
    const base = `/spaces/${walls.space}`;
    const [booking, order, product] = await Promise.all([
      mine.read<{ state: string }>(`${base}/bookings/${walls.samples.booking}`),
      mine.read<{ state: string }>(`${base}/orders/${walls.samples.order}`),
      mine.read(`${base}/products/${walls.samples.product}`),
    ]);
    expect([booking.state, order.state]).toEqual(["booked", "reserved"]);
    expect(JSON.stringify(product)).toContain(secretGoods);
  });

  it("stand around payment too", async () => {
    const doors = {
      table,
      now: () => scopeOf(table).now,
      membership: membershipOf,
      caller: async (request: Request) => {
        const person = request.headers.get("x-test-person");
        return person ? { person: person as PersonId, email: "", name: "" } : undefined;
      },
    };
    const asked: unknown[] = [];
    const provider = new Proxy(
      {},
      {
        get:
          () =>
          (...wish: unknown[]) => {
            asked.push(wish);
            throw new Error("the provider was asked");
          },
      },
    );
    const app = createApp(doors);
    app.use("/api/v1/pay/spaces/:space/*", inside(doors));
    app.route(
      "/api/v1",
      payRoutes({ provider: provider as Parameters<typeof payRoutes>[0]["provider"], home: "http://localhost" }),
    );
    const path = `/api/v1/pay/spaces/${walls.space}/invoices/${walls.samples.invoice}/checkout`;
    const status = async (person?: string) =>
      (
        await app.request(path, {
          method: "POST",
          headers: { "content-type": "application/json", ...(person ? { "x-test-person": person } : {}) },
          body: '{"language":"zh"}',
        })
      ).status;
    expect([await status(), await status("per_outsider"), await status("per_leaver")]).toEqual([401, 404, 404]);
    expect([403, 404]).toContain(await status("per_neighbour"));
    expect(asked).toEqual([]);
  });
});
