import type { NewPlan, RateCard } from "@yihao/pricing/model";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

vi.mock("../../session.ts", () => ({ renewMe: async () => null }));

const { newIntent } = await import("../../api.ts");
const { queryClient } = await import("../../query.ts");
const { savePlaces, savePrices } = await import("./data.ts");

type Item = { id: string; name?: string; code?: string; kind?: string; rev?: number };
type Space = { floors: Item[]; resources: Item[]; plans: Item[] };
const nothing = (): Space => ({ floors: [], resources: [], plans: [] });

/** The set-up's part of the API: what was made, the answers by command, and lists that may tell of an earlier moment. */
let made: Space;
let listed: Space | undefined;
let answers: Map<string, unknown>;
let lose: string | undefined;

const list = (kind: keyof Space) => ({ items: [...(listed ?? made)[kind]], next: null });
function make(kind: keyof Space, items: readonly Omit<Item, "id">[]): Item[] {
  const fresh = items.map((item, at) => ({ ...item, id: `${kind}_${made[kind].length + at}` }));
  made[kind] = [...made[kind], ...fresh];
  return fresh;
}
const routes: Record<string, (body: never) => unknown> = {
  "GET spaces": () => ({ id: "spc_a", name: "a" }),
  "GET sites": () => ({ items: [{ id: "sit_a", rev: 1 }] }),
  "GET floors": () => list("floors"),
  "GET resources": () => list("resources"),
  "GET rate-card": () => ({ card: null, rev: 0 }),
  "PUT rate-card": () => ({ rev: 1 }),
  "GET plans": () => list("plans"),
  "GET warehouses": () => ({ items: [] }),
  "GET companies": () => ({ items: [] }),
  "POST floors": (body: Item) => make("floors", [body])[0],
  "POST resources": (body: Item) => make("resources", [body])[0],
  "POST resources/bulk": (body: { items: Item[]; kind: string }) => ({
    items: make(
      "resources",
      body.items.map((one) => ({ ...one, kind: body.kind })),
    ),
  }),
  "POST plans": (body: Item) => make("plans", [body])[0],
};

beforeEach(() => {
  made = nothing();
  listed = undefined;
  answers = new Map();
  lose = undefined;
  vi.stubGlobal("fetch", async (url: string, init: RequestInit = {}) => {
    const path =
      String(url)
        .replace(/^.*\/spaces\/spc_a\/?/, "")
        .replace(/\?.*/, "") || "spaces";
    const name = `${init.method ?? "GET"} ${path}`;
    const act = routes[name];
    if (!act) throw new Error(`no route ${name}`);
    const key = new Headers(init.headers).get("Idempotency-Key");
    const command = key && `${key} ${name} ${String(init.body)}`;
    const answer =
      command && answers.has(command) ? answers.get(command) : act(JSON.parse(String(init.body ?? "{}")) as never);
    if (command) answers.set(command, answer);
    if (lose === name) {
      lose = undefined;
      throw new TypeError("connection lost");
    }
    return Response.json(answer, { headers: { etag: '"1"' } });
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
});

const wish = {
  floor: "二层",
  desks: Array.from({ length: 50 }, (_, at) => `A-${String(at + 1).padStart(2, "0")}`),
  rooms: [
    { code: "R-01", name: "会议室 1", capacity: 6 },
    { code: "R-02", name: "会议室 2", capacity: 8 },
  ],
};

test.each(["POST floors", "POST resources/bulk", "POST resources"])(
  "a second try after the answer to %s was lost makes nothing twice, even where lists do not tell of it yet",
  async (lost) => {
    const intent = newIntent();
    listed = nothing();
    lose = lost;
    await expect(savePlaces("spc_a", wish, intent, () => {})).rejects.toMatchObject({ status: 0 });
    await savePlaces("spc_a", wish, intent, () => {});
    expect(made.floors).toHaveLength(1);
    expect(made.resources.map(({ code }) => code)).toEqual([...wish.desks, "R-01", "R-02"]);
  },
);

test("a second try goes on where the first stopped when lists tell of it", async () => {
  const told: number[] = [];
  const intent = newIntent();
  lose = "POST resources";
  await expect(savePlaces("spc_a", wish, intent, () => {})).rejects.toMatchObject({ status: 0 });
  await savePlaces("spc_a", wish, intent, (n) => told.push(n));
  expect(told).toEqual([1]);
  expect(made.resources).toHaveLength(52);
});

test("a plan whose answer was lost is there once", async () => {
  const intent = newIntent();
  const save = () => savePrices("spc_a", {} as RateCard, { name: "成长套餐" } as NewPlan, undefined, intent);
  listed = nothing();
  lose = "POST plans";
  await expect(save()).rejects.toMatchObject({ status: 0 });
  await save();
  expect(made.plans).toHaveLength(1);
});
