import { newId } from "@yihao/kernel/ids";
import { checkLedger } from "@yihao/ledger/check";
import type { Table } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import { type TestCaller, testApi } from "@yihao/testing/api";
import { freshTable, platformOf, sameTable, testNow } from "@yihao/testing/table";
import { sweep } from "@yihao/testing/timers";
import { streamByHand, type WarehouseWorld, warehouseWorld } from "@yihao/testing/warehouse-world";
import { beforeEach, describe, expect, it } from "vitest";
import { checkWarehouse } from "./check.ts";
import type { BinView, Content } from "./model.ts";
import type { OrderView } from "./order-model.ts";
import { warehouseTimers } from "./reactions.ts";
import type { ZoneMoveView, ZonePlan } from "./zone-move-model.ts";

const space = "/spaces/spc_test";

describe("the move of a zone", () => {
  let table: Table;
  let staff: TestCaller;
  let world: WarehouseWorld;
  let hearAll: () => Promise<number>;
  beforeEach(async () => {
    table = await freshTable();
    staff = testApi(table).as("per_owner");
    world = await warehouseWorld(table, { stock: 30 });
    hearAll = streamByHand(table);
    const zone = { code: "B", name: "高架", kind: "reserve" };
    const names = { racks: "01", columns: "A", levels: "1" };
    const pattern = { zone, racks: { from: 1, to: 1 }, columns: 4, levels: 1, names, capacity: 20 };
    await staff.command(`${space}/warehouses/${world.warehouse}/bins`, pattern);
    await hearAll();
  });
  const key = () => ({ "idempotency-key": newId("key") });
  const base = () => `${space}/warehouses/${world.warehouse}`;
  const map = (of = world.warehouse as string) =>
    staff.read<{ bins: BinView[]; contents: Content[] }>(`${space}/warehouses/${of}/bins`);
  const start = async (to: object, from: object = { zone: "A" }) => {
    const answer = await staff.send("POST", `${base()}/zone-moves`, { ...from, to }, key());
    expect(answer.status).toBe(201);
    return answer.json<ZoneMoveView>();
  };
  const advance = async (id: string) =>
    (await staff.send("POST", `${base()}/zone-moves/${id}/advance`, {}, key())).json<ZoneMoveView>();
  const toEnd = async (id: string) => {
    for (let step = 0; step < 40; step += 1) {
      const move = await advance(id);
      if (move.state === "done") return move;
    }
    throw new Error("the move does not end");
  };
  const sound = async () => {
    await hearAll();
    const items = await allItems(table);
    expect([...checkLedger(items), ...checkWarehouse(items)]).toEqual([]);
  };
  const move = (from: string, to: string, units: number, product = world.products[0]) =>
    staff.send("POST", `${space}/moves`, { warehouse: world.warehouse, product, units, from, to }, key());

  it("is shown before it begins: where each goes by room and rule, and what stays and why; a locked bin stays as it is", async () => {
    const bin = (await map()).bins.find(({ code }) => code === "01-03-01");
    await staff.send("PATCH", `${base()}/bins/01-03-01`, { lock: "漏水" }, { "if-match": `"${bin?.rev}"` });
    const plan = await staff.send("POST", `${base()}/zone-moves/plan`, { zone: "A", to: { zone: "B" } }, key());
    const { lines, stays, units, bins } = plan.json<ZonePlan>();
    expect([bins, units]).toEqual([60, 60]);
    expect(lines.map(({ from, to, units: some }) => [from, to, some])).toEqual([
      ["01-01-01", "01-A-1", 20],
      ["01-01-01", "01-B-1", 10],
      ["01-02-01", "01-C-1", 20],
      ["01-02-01", "01-D-1", 10],
    ]);
    expect(stays).toMatchObject([{ from: "01-03-01", why: "locked", units: 30 }]);
    expect((await map()).bins.every(({ closed }) => closed === undefined)).toBe(true);
    const same = await staff.send("POST", `${base()}/zone-moves`, { zone: "A", to: { zone: "A" } }, key());
    expect(same.json()).toMatchObject({ code: "zone.same" });
    const empty = await staff.send("POST", `${base()}/zone-moves`, { zone: "B", to: { zone: "A" } }, key());
    expect(empty.json()).toMatchObject({ code: "zone.empty" });
  });

  it("goes on from wherever it was cut, by two hands at once and while orders are picked: nothing is lost, what has no room stays with its reason", async () => {
    const [one, two] = world.products;
    const lines = [
      { product: one, units: 8 },
      { product: two, units: 8 },
    ];
    const order = await staff.command<OrderView>(`${space}/orders`, {
      ...{ company: "cmp_one", lines, recipient: { name: "收件人" } },
    });
    const { id } = await start({ zone: "B" });
    expect((await advance(id)).state).toBe("closing");
    expect((await move("01-01-01", "01-05-01", 1)).json()).toMatchObject({ code: "bin.moving" });
    const again = await staff.send("POST", `${base()}/zone-moves`, { zone: "A", to: { zone: "B" } }, key());
    expect(again.json()).toMatchObject({ code: "zone.moving" });
    const pick = (line: number, bin: string) =>
      staff.send(
        "POST",
        `${space}/orders/${order.id}/pick`,
        { warehouse: world.warehouse, line, bin, units: 1 },
        key(),
      );
    const [first, second, ...picks] = await Promise.all([
      toEnd(id),
      toEnd(id),
      ...Array.from({ length: 6 }, (_, at) => pick(1 + (at % 2), at % 2 ? "01-02-01" : "01-01-01")),
    ]);
    const picked = picks.filter(({ status }) => status === 201).length;
    expect([...new Set(picks.map(({ status }) => status))].every((status) => [201, 409].includes(status))).toBe(true);
    expect(first).toEqual(second);
    await sound();
    const { bins, contents } = await map();
    expect(bins.every(({ closed }) => closed === undefined)).toBe(true);
    const units = (begins: RegExp) =>
      contents.flatMap((each) => (begins.test(each.bin ?? "") ? each.units : [])).reduce((sum, n) => sum + n, 0);
    expect(units(/^\d\d-[A-D]-1$/)).toBe(first.moved);
    expect(units(/^\d\d-\d\d-\d\d$/) + first.moved + picked).toBe(90);
    // Four bins of 20 are full, whatever was picked meanwhile.
    expect(first.moved).toBe(80);
    expect(new Set(first.stays.map(({ why }) => why))).toEqual(new Set(["full"]));
    expect(
      (await move("01-A-1", "01-09-01", 1, contents.find(({ bin }) => bin === "01-A-1")?.product as never)).status,
    ).toBe(201);
  });

  it("cut off between two moves of goods, it tells how far it is; gone on with, it leaves what was locked meanwhile and moves the rest: every unit lies in one place", async () => {
    const { id } = await start({ zone: "B" });
    while ((await advance(id)).state === "closing");
    // The copy of the API that goes on with it is killed after it has written once more.
    let writes = 0;
    const dying = testApi(
      sameTable(table, {
        through: async (call, send) => {
          if (call.constructor.name.startsWith("TransactWriteItems")) writes += 1;
          if (writes > 1) throw new Error("killed");
          return send(call);
        },
      }),
    ).as("per_owner");
    expect((await dying.send("POST", `${base()}/zone-moves/${id}/advance`, {}, key())).status).toBe(500);
    const half = await staff.read<ZoneMoveView>(`${base()}/zone-moves/${id}`);
    expect(half).toMatchObject({ state: "moving", moved: 20, planned: 80, stays: [] });
    await sound();
    const there = (await map()).bins;
    expect(there.find(({ code }) => code === "01-A-1")?.used).toBe(20);
    const bin = there.find(({ code }) => code === "01-02-01");
    const lock = { lock: "漏水" };
    const locked = await staff.send("PATCH", `${base()}/bins/01-02-01`, lock, { "if-match": `"${bin?.rev}"` });
    expect(locked.status).toBe(200);
    expect(await toEnd(id)).toMatchObject({
      ...{ state: "done", moved: 60 },
      stays: [{ from: "01-02-01", units: 30, why: "locked" }],
    });
    await sound();
    const { bins, contents } = await map();
    expect(bins.every(({ closed }) => closed === undefined)).toBe(true);
    const lying = Object.fromEntries(contents.map((one) => [`${one.bin} ${one.code}`, one.units]));
    expect(lying).toEqual({
      ...{ "01-02-01 SKU-2": 30, "01-A-1 SKU-1": 20, "01-B-1 SKU-1": 10, "01-C-1 SKU-3": 20, "01-D-1 SKU-3": 10 },
    });
  });

  it("is finished by the timer when nobody asks, and stopped by who began it", async () => {
    const { id } = await start({ zone: "B" }, { bins: ["01-01-01"] });
    await advance(id);
    for (const minutes of [3, 5]) {
      const later = new Date(Date.parse(testNow) + minutes * 60_000).toISOString();
      await sweep(platformOf(table, { now: later, command: `auto:sweep ${minutes}` }), warehouseTimers);
    }
    expect(await staff.read(`${base()}/zone-moves/${id}`)).toMatchObject({ state: "done", moved: 30, stays: [] });
    const other = await start({ zone: "B" }, { bins: ["01-02-01"] });
    await advance(other.id);
    const stop = await staff.send("POST", `${base()}/zone-moves/${other.id}/stop`, {}, key());
    expect(stop.json()).toMatchObject({ state: "opening", stopped: true });
    expect(await toEnd(other.id)).toMatchObject({ moved: 0, stopped: true });
    await sound();
  });

  it("to another warehouse sends what is free as transfers, each received there as any; what is promised stays", async () => {
    const second = await staff.command<{ id: string }>(`${space}/warehouses`, { name: "北库", zone: "Asia/Shanghai" });
    await staff.command(`${space}/orders`, {
      ...{ company: "cmp_one", lines: [{ product: world.products[0], units: 12 }], recipient: { name: "收件人" } },
    });
    const { id } = await start({ warehouse: second.id });
    const done = await toEnd(id);
    expect(done).toMatchObject({ moved: 78, stays: [{ why: "promised", units: 12, from: "01-01-01" }] });
    expect(done.transfers).toHaveLength(1);
    const sent = await staff.read<{ lines: { line: number; units: number }[] }>(
      `${space}/transfers/${done.transfers[0]}`,
    );
    for (const { line, units } of sent.lines)
      await staff.command(`${space}/transfers/${done.transfers[0]}/lines/${line}/receive`, { units });
    await sound();
    const { contents } = await map(second.id);
    expect(contents.reduce((sum, one) => sum + (one.place === "receiving" ? one.units : 0), 0)).toBe(78);
  });
});
