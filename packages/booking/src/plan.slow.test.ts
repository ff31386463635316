import { BookingClient } from "@yihao/testing/booking-client";
import { testDoors } from "@yihao/testing/doors";
import { memoryFiles, testFiles } from "@yihao/testing/files";
import { platformOf } from "@yihao/testing/table";
import { sweep } from "@yihao/testing/timers";
import { beforeEach, describe, expect, it } from "vitest";
import { planTimers } from "./plan-files.ts";
import type { PlanView } from "./plan-model.ts";

let client: BookingClient;
let files: ReturnType<typeof memoryFiles>;
const as = (person: string) => testDoors(client.table, { now: () => client.now }).as(person);
const plan = () => `/doors/spaces/spc_test/floors/${client.world.floor}/plan`;
const upload = () => `/files/spaces/spc_test/floors/${client.world.floor}/plan-image`;
const link = (person: string) => testFiles(client.table, files, () => client.now)(person);
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]);
const save = (person: string, spots: object[], rev: number, image = true) =>
  as(person).send("PUT", plan(), { spots, image }, { "if-match": `"${rev}"` });
const code = (answer: { status: number; json: <T>() => T }) => [answer.status, answer.json<{ code: string }>().code];
const room = (index: number) => client.world.rooms[index]?.id ?? "";

async function put(bytes: Uint8Array, type = "image/png") {
  const asked = await link("per_owner").command<{ image: string; url: string }>(upload(), {
    type,
    bytes: bytes.length,
  });
  files.kept.set(asked.url.replace("memory:", ""), bytes);
  return {
    ...asked,
    done: await link("per_owner").send("POST", `${upload()}/${asked.image}/done`, { width: 800, height: 600 }),
  };
}

beforeEach(async () => {
  client = await BookingClient.open();
  files = memoryFiles();
});

describe("the plan of a floor", () => {
  it("is blank until it is saved, then everybody of the space sees it; of two who save one is told that it changed", async () => {
    expect(await as("per_one").read(plan())).toMatchObject({ spots: [], rev: 0 });
    const spots = [{ resource: room(0), x: 100, y: 250 }];
    const both = await Promise.all([
      save("per_owner", spots, 0),
      save("per_owner", [{ resource: room(1), x: 1, y: 2 }], 0),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await as("per_two").read<PlanView>(plan())).spots.length).toBe(1);
    expect((await save("per_one", [], 1)).status).toBe(403);
    expect(await client.violations()).toEqual([]);
  });

  it("refuses a place of another floor, one that stands twice, and one off the plan", async () => {
    const spot = { resource: room(0), x: 1, y: 1 };
    expect(code(await save("per_owner", [{ ...spot, resource: "res_elsewhere" }], 0))).toEqual([422, "plan.elsewhere"]);
    expect((await save("per_owner", [spot, spot], 0)).status).toBe(400);
    expect((await save("per_owner", [{ ...spot, x: 1001 }], 0)).status).toBe(400);
  });

  it("takes pixels alone: no SVG by its name or in disguise, nothing too large", async () => {
    const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
    const asked = await link("per_owner").send("POST", upload(), { type: "image/svg+xml", bytes: 60 });
    expect(code(asked)).toEqual([422, "plan.image-type"]);
    expect(code(await link("per_owner").send("POST", upload(), { type: "image/png", bytes: 6_000_000 }))).toEqual([
      422,
      "plan.image-size",
    ]);
    const { done, url } = await put(svg);
    expect(code(done)).toEqual([422, "plan.image-mismatch"]);
    expect(files.kept.has(url.replace("memory:", ""))).toBe(false);
    expect((await link("per_one").send("POST", upload(), { type: "image/png", bytes: 9 })).status).toBe(403);
  });

  it("shows its image to everybody of the space, and lets the bytes go of one that was replaced or never came", async () => {
    const first = await put(png);
    expect(first.done.json()).toMatchObject({ width: 800, height: 600, image: first.image, rev: 1 });
    const second = await put(png);
    const lost = await link("per_owner").command<{ image: string; url: string }>(upload(), {
      type: "image/png",
      bytes: 9,
    });
    files.kept.set(lost.url.replace("memory:", ""), png);
    client.now = "2026-11-23T04:42:00.000Z";
    await sweep({ ...platformOf(client.table), now: client.now }, planTimers(files));
    expect([...files.kept.keys()]).toEqual([`spc_test/plans/${second.image}`]);
    expect((await link("per_two").send("GET", upload())).json()).toEqual({
      url: `memory:spc_test/plans/${second.image}`,
    });
    expect((await save("per_owner", [], 2, false)).json()).toMatchObject({ width: 1600, rev: 3 });
    await sweep({ ...platformOf(client.table), now: client.now }, planTimers(files));
    expect(files.kept.size).toBe(0);
    expect((await link("per_two").send("GET", upload())).status).toBe(404);
    expect(await client.violations()).toEqual([]);
  });
});
