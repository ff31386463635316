import { newId } from "@yihao/kernel/ids";
import { checkLedger } from "@yihao/ledger/check";
import type { Table } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import { eventKind } from "@yihao/table/event";
import { type TestCaller, testApi } from "@yihao/testing/api";
import { placePerson } from "@yihao/testing/booking-world";
import { freshTable, scopeOf } from "@yihao/testing/table";
import { gtins, streamByHand, type WarehouseWorld, warehouseWorld } from "@yihao/testing/warehouse-world";
import { beforeAll, describe, expect, it } from "vitest";
import type { AsnView } from "./asn-model.ts";
import { checkWarehouse } from "./check.ts";
import type { CountView } from "./count-model.ts";
import type { WarehouseEvents } from "./model.ts";
import type { OrderView } from "./order-model.ts";
import type { PalletView } from "./pallet-model.ts";

const space = "/spaces/spc_test";
const key = () => ({ "idempotency-key": newId("key") });

describe("pallets, counts and labels that are charged", () => {
  let table: Table;
  let staff: TestCaller;
  let other: TestCaller;
  let company: TestCaller;
  let rival: TestCaller;
  let world: WarehouseWorld;
  let hearAll: () => Promise<number>;
  beforeAll(async () => {
    table = await freshTable();
    const api = testApi(table);
    world = await warehouseWorld(table, { stock: 60 });
    await placePerson(scopeOf(table), "per_manager", { roles: ["owner"] });
    [staff, other] = [api.as("per_owner"), api.as("per_manager")];
    [company, rival] = [api.as("per_one"), api.as("per_two")];
    hearAll = streamByHand(table);
    await hearAll();
    const settings = { gs1Prefix: "69700012", extension: 1 };
    await staff.send("PUT", `${space}/warehouse-settings`, settings, { "if-match": '"0"' });
  });
  const sound = async () => {
    await hearAll();
    const items = await allItems(table);
    expect([...checkLedger(items), ...checkWarehouse(items)]).toEqual([]);
  };
  /** An order of two products, picked and packed into two cartons. */
  const packed = async (): Promise<OrderView> => {
    const lines = world.products.slice(0, 2).map((product) => ({ product, units: 2 }));
    const { id } = await company.command<OrderView>(`${space}/orders`, { lines, recipient: { name: "王海涛" } });
    for (const line of [1, 2]) {
      const [bin, code] = [`01-0${line}-01`, gtins[line - 1]];
      const scans = { bin, product: code };
      await staff.command(`${space}/orders/${id}/pick`, { warehouse: world.warehouse, line, bin, units: 2, scans });
    }
    for (const code of [gtins[0], gtins[1]])
      await staff.command(`${space}/orders/${id}/cartons`, { items: [{ code, units: 2 }], grams: 800 });
    return staff.read<OrderView>(`${space}/orders/${id}`);
  };
  const begin = () =>
    staff.command<PalletView>(`${space}/pallets`, { company: world.company, warehouse: world.warehouse });
  const handling = async (operation: string, document?: string) =>
    (await allItems(table))
      .filter((item) => item.k === eventKind.name && item.type === "handling.done")
      .map((item) => item.data as WarehouseEvents["handling.done"])
      .filter((one) => one.operation === operation && (document === undefined || one.document === document));

  it("a carton stands on one pallet alone, also when it is put on two at one time; scanned, its pallet is found and seen by its owner alone", async () => {
    const order = await packed();
    const [one, two] = [await begin(), await begin()];
    expect(new Set([one.code, two.code, ...(order.cartons ?? []).map(({ sscc }) => sscc)]).size).toBe(4);
    const codes = (order.cartons ?? []).map(({ sscc }) => `00${sscc}`);
    const put = (pallet: PalletView, code: string | undefined) =>
      staff.send("POST", `${space}/pallets/${pallet.id}/load`, { code }, key());
    for (const code of codes) {
      const answers = await Promise.all([put(one, code), put(two, code), put(one, code), put(two, code)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
      expect(answers.find(({ status }) => status === 409)?.json()).toMatchObject({ code: "pallet.taken" });
    }
    await sound();
    const found = await staff.read<{ items: PalletView[] }>(`${space}/pallets?code=${codes[0]}`);
    const [standing] = found.items;
    expect(standing?.cartons).toContainEqual(expect.objectContaining({ order: order.id, number: 1, to: "王海涛" }));
    expect(await company.read(`${space}/pallets?code=00${standing?.code}`)).toMatchObject({
      items: [{ id: standing?.id }],
    });
    expect(await rival.read(`${space}/pallets?code=00${standing?.code}`)).toEqual({ items: [], next: null });
    expect((await rival.send("GET", `${space}/pallets/${standing?.id}`)).status).toBe(404);
    expect((await company.send("POST", `${space}/pallets/${standing?.id}/turn`, { to: "closed" }, key())).status).toBe(
      403,
    );
    const open = await staff.send("POST", `${space}/orders/${order.id}/cartons/1/open`, undefined, key());
    expect(open.json()).toMatchObject({ code: "pallet.holds", params: { pallet: standing?.code } });
    // Cancelled, its goods go back and no pallet has its cartons.
    await company.command(`${space}/orders/${order.id}/cancel`, undefined);
    const left = await Promise.all([one, two].map(({ id }) => staff.read<PalletView>(`${space}/pallets/${id}`)));
    expect(left.flatMap(({ cartons }) => cartons)).toEqual([]);
    await staff.command(`${space}/pallets/${two.id}/turn`, { to: "dissolved" });
    await sound();
  });

  it("what a phone sends again, because it did not hear the answer, gets the first answer and changes nothing, also when the pallet has long left", async () => {
    const order = await packed();
    const pallet = await begin();
    const at = (what: string) => `${space}/pallets/${pallet.id}/${what}`;
    const [one, two] = (order.cartons ?? []).map(({ sscc }) => ({ code: `00${sscc}` }));
    const work: [string, object | undefined][] = [
      [at("load"), one],
      [at("load"), two],
      [at("unload"), { order: order.id, number: 2 }],
      [at("load"), two],
      [at("turn"), { to: "closed" }],
      [`${space}/pallets/ship`, { pallets: [pallet.id] }],
    ];
    const sent = [];
    for (const [path, wish] of work) {
      const same = key();
      const first = await staff.send("POST", path, wish, same);
      expect([first.status, (await staff.send("POST", path, wish, same)).json()]).toEqual([201, first.json()]);
      sent.push({ path, wish, same, first });
    }
    const gone = await staff.read<PalletView>(`${space}/pallets/${pallet.id}`);
    expect(gone).toMatchObject({ state: "shipped", cartons: [{ number: 1 }, { number: 2 }] });
    for (const { path, wish, same, first } of sent)
      expect((await staff.send("POST", path, wish, same)).json()).toEqual(first.json());
    expect(await staff.read(`${space}/pallets/${pallet.id}`)).toEqual(gone);
    for (const operation of ["pack", "ship"]) expect(await handling(operation, pallet.id)).toHaveLength(1);
    await sound();
  });

  it("a pallet that a phone began under an id of its own is one pallet with one number, however often, by however many and how late it is sent, and is loaded by that id", async () => {
    const order = await packed();
    const id = newId("plt");
    const wish = { id, company: world.company, warehouse: world.warehouse };
    const same = key();
    const post = (by: Record<string, string>, body: object = wish) => staff.send("POST", `${space}/pallets`, body, by);
    const answers = await Promise.all([post(same), post(same), post(key()), post(key())]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    const [code, ...others] = answers.map((one) => one.json<PalletView>().code);
    expect(code).toMatch(/^169700012\d{9}$/);
    expect(new Set(others)).toEqual(new Set([code]));
    const at = (what: string) => `${space}/pallets/${id}/${what}`;
    for (const { number } of order.cartons ?? []) await staff.command(at("load"), { order: order.id, number });
    await staff.command(at("turn"), { to: "closed" });
    await staff.command(`${space}/pallets/ship`, { pallets: [id] });
    // A week later, when nobody remembers the command any more, the id alone says that it was begun.
    expect((await post(key())).json()).toMatchObject({ id, code, state: "shipped" });
    expect((await post(same)).json()).toMatchObject({ id, code });
    const everywhere = await staff.read<{ items: PalletView[] }>(`${space}/pallets?company=${world.company}`);
    expect(everywhere.items.filter((one) => one.id === id)).toHaveLength(1);
    const theirs = await post(key(), { ...wish, company: "cmp_two" });
    expect(theirs.json()).toMatchObject({ code: "pallet.begun" });
    expect((await post(key(), { ...wish, id: "plt_test" })).status).toBe(400);
    expect((await company.send("POST", `${space}/pallets`, { ...wish, id: newId("plt") }, key())).status).toBe(403);
    await sound();
  });

  it("pallets leave together with whole orders, however often and by how many they are sent, and each is told once as packed and as shipped", async () => {
    const [first, second] = [await packed(), await packed()];
    const [one, two] = [await begin(), await begin()];
    const load = (pallet: PalletView, order: OrderView, number: number) =>
      staff.command(`${space}/pallets/${pallet.id}/load`, { order: order.id, number });
    // The second order stands half on each.
    for (const number of [1, 2]) await load(one, first, number);
    await load(one, second, 1);
    await load(two, second, 2);
    const turn = (pallet: PalletView, to: string) => staff.command(`${space}/pallets/${pallet.id}/turn`, { to });
    const early = await staff.send("POST", `${space}/pallets/ship`, { pallets: [one.id] }, key());
    expect(early.json()).toMatchObject({ code: "pallet.state", params: { state: "open" } });
    for (const to of ["closed", "open", "closed"]) await turn(one, to);
    await turn(two, "closed");
    const apart = await staff.send("POST", `${space}/pallets/ship`, { pallets: [one.id] }, key());
    expect(apart.json()).toMatchObject({ code: "pallet.apart", params: { left: 1 } });
    const alone = await staff.send("POST", `${space}/orders/${first.id}/ship`, {}, key());
    expect(alone.json()).toMatchObject({ code: "pallet.holds" });
    const same = key();
    const wish = { pallets: [one.id, two.id], shipment: { carrier: "deppon", numbers: ["DP1000001"] } };
    const send = (by: Record<string, string>) => staff.send("POST", `${space}/pallets/ship`, wish, by);
    const sent = await Promise.all([send(same), send(key()), send(key())]);
    expect(sent.some(({ status }) => status === 201)).toBe(true);
    expect((await send(same)).status).toBe(sent[0]?.status === 201 ? 201 : 409);
    for (const { id } of [first, second])
      expect(await company.read(`${space}/orders/${id}`)).toMatchObject({
        ...{ state: "shipped", shipment: { carrier: "deppon" } },
        cartons: [{ pallet: {} }, { pallet: {} }],
      });
    for (const { id } of [one, two]) {
      expect(await handling("pack", id)).toMatchObject([{ pallets: 1, units: 0, lines: 0 }]);
      expect(await handling("ship", id)).toMatchObject([{ pallets: 1, units: 0, lines: 0 }]);
    }
    expect(await handling("ship", first.id)).toMatchObject([{ units: 4, cartons: 2 }]);
    const label = await staff.read<{ items: PalletView[] }>(`${space}/pallets?open=true`);
    expect(label.items.some(({ id }) => id === one.id || id === two.id)).toBe(false);
    await sound();
  });

  it("pallets of a notice are told as the receiver counts them, once a command, and put right until it is closed", async () => {
    const lines = [{ product: world.products[0], units: 5 }];
    const asn = await company.command<AsnView>(`${space}/asns`, { warehouse: world.warehouse, lines });
    const path = `${space}/asns/${asn.id}/arrive`;
    expect((await company.send("POST", path, { pallets: 1 }, key())).status).toBe(403);
    const same = key();
    for (const _ of [1, 2])
      expect((await staff.send("POST", path, { pallets: 3 }, same)).json()).toMatchObject({
        pallets: 3,
        state: "arrived",
      });
    expect((await staff.send("POST", path, {}, key())).json()).toMatchObject({ code: "asn.state" });
    await Promise.all([
      staff.send("POST", path, { pallets: 2 }, key()),
      staff.send("POST", path, { pallets: 2 }, key()),
    ]);
    expect(await company.read(`${space}/asns/${asn.id}`)).toMatchObject({ pallets: 2, state: "arrived" });
    const told = await handling("receive", asn.id);
    expect(told.map(({ pallets = 0 }) => pallets).reduce((sum, one) => sum + one, 0)).toBe(2);
    expect(told.every(({ units, lines: moved }) => units === 0 && moved === 0)).toBe(true);
    await staff.command(`${space}/asns/${asn.id}/close`, undefined);
    expect((await staff.send("POST", path, { pallets: 4 }, key())).json()).toMatchObject({ code: "asn.state" });
  });

  it("a count is told once it stands, for the owner who asked alone: bins, lines and units as counted last; our own counts are not", async () => {
    const plan = async (asked: object) => {
      const basis = { kind: "owner", company: world.company };
      const { id } = await staff.command<CountView>(`${space}/counts`, { warehouse: world.warehouse, basis, ...asked });
      const count = await staff.read<CountView>(`${space}/counts/${id}`);
      return { id, bins: count.items.map(({ code }) => code) };
    };
    await hearAll();
    const stock = await staff.read<{ contents: { bin?: string; product: string; units: number }[] }>(
      `${space}/warehouses/${world.warehouse}/bins`,
    );
    const inBin = (bin: string) => stock.contents.filter((one) => one.bin === bin);
    const find = async (id: string, bin: string, less: number) => {
      await staff.command(`${space}/counts/${id}/bins/${bin}/begin`, undefined);
      const lines = inBin(bin).map(({ product, units }) => ({ product, units: units - less }));
      return staff.command<{ again: boolean }>(`${space}/counts/${id}/bins/${bin}/found`, { lines });
    };
    const own = await plan({});
    for (const bin of own.bins) await find(own.id, bin, 0);
    expect(await staff.read(`${space}/counts/${own.id}`)).toMatchObject({ state: "posted" });
    expect(await handling("count")).toEqual([]);
    const asked = await plan({ asked: world.company });
    expect(asked.bins.length).toBeGreaterThan(1);
    // The first bin differs so much that it is counted twice, and somebody else judges it.
    for (const [at, bin] of asked.bins.entries()) {
      const { again } = await find(asked.id, bin, at === 0 ? 3 : 0);
      if (again) await find(asked.id, bin, 3);
    }
    expect(await handling("count")).toEqual([]);
    const approve = key();
    for (const _ of [1, 2]) await other.send("POST", `${space}/counts/${asked.id}/approve`, undefined, approve);
    const units = asked.bins.flatMap(inBin).reduce((sum, one) => sum + one.units, 0) - 3;
    expect(await handling("count")).toMatchObject([
      { company: world.company, document: asked.id, bins: asked.bins.length, lines: asked.bins.length, units },
    ]);
    await sound();
  });

  it("labels are told once a command, by staff alone", async () => {
    const path = `${space}/products/${world.products[0]}/labels`;
    const same = key();
    for (const _ of [1, 2, 3])
      expect((await staff.send("POST", path, { labels: 24 }, same)).json()).toMatchObject({ labels: 24 });
    expect((await company.send("POST", path, { labels: 1 }, key())).status).toBe(403);
    expect((await staff.send("POST", path, { labels: 0 }, key())).status).toBe(400);
    expect(await handling("label")).toMatchObject([{ company: world.company, units: 24 }]);
  });
});
