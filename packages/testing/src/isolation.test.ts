import { payRoutes } from "@yihao/billing/pay-routes";
import { createApp, inside } from "@yihao/http/app";
import { membershipOf } from "@yihao/identity/store";
import type { PersonId } from "@yihao/kernel/ids";
import type { Table } from "@yihao/table/client";
import { beforeAll, describe, expect, it } from "vitest";
import type { TestCaller } from "./api.ts";
import type { testFiles } from "./files.ts";
import { call, leaked, namesOwned, type RouteCase, type Walls } from "./isolation.ts";
import { secretGoods, wallsOf } from "./isolation-samples.ts";
import { isolationWorld } from "./isolation-world.ts";
import { freshTable, scopeOf } from "./table.ts";

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
/** The platform's support: never let in here, let in elsewhere; and the same space as it was let into once and is no more. */
let support: TestCaller;
let links: ReturnType<typeof testFiles>;
/** Programs: by a key of another space, by one that was revoked a moment ago, by one that nobody made. */
let otherKey: TestCaller;
let revokedKey: TestCaller;
let madeUpKey: TestCaller;

beforeAll(async () => {
  table = await freshTable();
  const world = await isolationWorld(table);
  ({ owner, mine, otherCompany, otherMember, otherSpace, removedStaff, removedPerson, nobody, support } =
    world.callers);
  ({ otherKey, revokedKey, madeUpKey } = world.programs);
  ({ links, routes } = world);
  walls = wallsOf(world.things);
}, 120_000);

const isInSpace = ({ path }: RouteCase) =>
  /^(\/doors|\/takeover|\/accounts|\/papers|\/pay)?\/spaces\/\{space\}/.test(path);
const inSpaceRoutes = () => routes.filter(isInSpace);
const where = (route: RouteCase) => `${route.method} ${route.path}`;

describe("the walls", () => {
  it("are tried on every route of the document: outside a space there are only those that name nobody's things", () => {
    const outside = routes.filter((route) => !isInSpace(route)).map(where);
    expect(outside.sort()).toEqual([
      "GET /apply/{space}",
      "GET /brands/{space}",
      "GET /doors/displays/{token}",
      "GET /doors/feeds/{file}",
      "GET /doors/passes/{token}",
      "GET /guest-bookings/{token}",
      "GET /guest-waits/{token}",
      "GET /guests/{space}",
      "GET /guests/{space}/sites/{site}/days/{day}",
      "GET /invitations/{token}",
      "GET /me",
      "GET /papers/guest-bookings/{token}/receipt",
      // Their refusal to everybody but the platform's owner: packages/usage, packages/billing.
      "GET /platform",
      "GET /platform/bills",
      "GET /platform/fapiao",
      "GET /platform/usage",
      "POST /apply/{space}",
      "POST /guest-bookings/{token}/cancel",
      "POST /guest-bookings/{token}/checkout",
      "POST /guest-bookings/{token}/move",
      "POST /guest-bookings/{token}/quote-move",
      "POST /guest-waits/{token}/leave",
      "POST /guests/{space}/bookings",
      "POST /guests/{space}/codes",
      "POST /guests/{space}/quotes",
      "POST /guests/{space}/wait-quotes",
      "POST /guests/{space}/waits",
      "POST /me/places",
      "POST /me/spaces",
      "POST /platform/fapiao/{space}/{month}/step",
    ]);
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

  it("answer 404 to the platform's support: let into another space only, and again once its leave here is taken back", async () => {
    const shut = async () => {
      for (const route of inSpaceRoutes()) {
        const answer = await call(support, route, walls);
        expect([where(route), answer.status, leaked(answer, walls)]).toEqual([where(route), 404, []]);
      }
    };
    await shut();
    const grants = `/spaces/${walls.space}/support`;
    await owner.command(grants, { hours: 1, reason: "库存对不上" });
    expect((await support.send("GET", `/spaces/${walls.space}/companies`)).status).toBe(200);
    expect((await owner.send("DELETE", grants)).status).toBe(200);
    await shut();
  });

  it("answer 401 to the key of another space, to one revoked a moment ago and to one that nobody made, before the input is looked at", async () => {
    for (const route of inSpaceRoutes())
      for (const program of [otherKey, revokedKey, madeUpKey]) {
        const answer = await call(program, route, walls);
        expect([where(route), answer.status, leaked(answer, walls)]).toEqual([where(route), 401, []]);
      }
  });

  it("tell the key of another space nothing of whether a space exists, and take no key for a person", async () => {
    const plain = (text: string) => text.replace(/"request":"[^"]*"/, "");
    const answers = await Promise.all(
      [`/spaces/${walls.space}`, "/spaces/spc_doesnotexist", "/spaces/nonsense"].map((path) =>
        otherKey.send("GET", path),
      ),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${plain(text)}`)).size).toBe(1);
    for (const path of ["/me", "/me/spaces"])
      expect((await otherKey.send(path === "/me" ? "GET" : "POST", path)).status).toBe(401);
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

  it("tell the public when a place is taken, and nothing of whoever has it", async () => {
    const { space, samples } = walls;
    const at = `/guests/${space}`;
    const slot = { resource: samples.resource, from: "2026-11-24T02:00:00.000Z", until: "2026-11-24T07:00:00.000Z" };
    const page = await nobody.send("GET", at);
    const day = await nobody.send("GET", `${at}/sites/${samples.site}/days/2026-11-24`);
    const quote = await nobody.send("POST", `${at}/quotes`, slot);
    const wait = await nobody.send("POST", `${at}/wait-quotes`, slot);
    const brand = await nobody.send("GET", `/brands/${space}`);
    expect([page.status, day.status, quote.status, wait.status, brand.status]).toEqual([200, 200, 409, 200, 200]);
    expect(day.json<{ resources: Record<string, unknown> }>().resources[samples.resource ?? ""]).toEqual({
      busy: [[120, 180]],
    });
    for (const answer of [page, day, quote, wait, brand]) {
      expect(leaked(answer, walls)).toEqual([]);
      expect(answer.text).not.toMatch(/\b(bok|cmp|per|ser|lse)_/);
    }
    // What is not open to the public, and a space that opens nothing, are not there.
    const other = { ...slot, resource: samples.lease ? "res_nothing" : "res_none" };
    expect((await nobody.send("POST", `${at}/quotes`, other)).status).toBe(404);
    expect((await nobody.send("GET", "/guests/spc_nothing")).status).toBe(404);
    expect((await nobody.send("POST", `${at}/wait-quotes`, other)).status).toBe(404);
    expect((await nobody.send("GET", "/brands/spc_nothing")).text).toBe("{}");
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

  it("stand around files too: no link to another company's document, and none to put one among them", async () => {
    const at = `/files/spaces/${walls.space}/companies/${walls.samples.company}/documents`;
    const wish = { name: "a.pdf", type: "application/pdf", bytes: 9, topic: "other" };
    for (const [person, status] of [
      [undefined, 401],
      ["per_outsider", 404],
      ["per_leaver", 404],
      ["per_neighbour", 404],
    ] as const) {
      const caller = links(person);
      const image = `/files/spaces/${walls.space}/floors/${walls.samples.floor}/plan-image`;
      const picture = `/files/spaces/${walls.space}/resources/${walls.samples.resource}/picture`;
      const plan = [
        await caller.send("POST", image, { type: "image/png", bytes: 9 }),
        await caller.send("POST", `${image}/pim_nothing/done`, { width: 800, height: 600 }),
        await caller.send("POST", `${picture}`, { type: "image/png", bytes: 9 }),
        await caller.send("POST", `${picture}/pic_nothing/done`, {}),
        await caller.send("DELETE", picture),
      ];
      // Another company of the space may look at the plan, and not put one there.
      for (const answer of plan)
        expect([person, answer.status]).toEqual([person, person === "per_neighbour" ? 403 : status]);
      const answers = [
        await caller.send("GET", `${at}/${walls.samples.document}/link`),
        await caller.send("POST", at, wish),
        await caller.send("POST", `${at}/${walls.samples.document}/done`, {}),
      ];
      for (const answer of answers)
        expect([person, answer.status, leaked(answer, walls)]).toEqual([person, status, []]);
    }
    expect((await links("per_insider").send("GET", `${at}/${walls.samples.document}/link`)).status).toBe(200);
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
