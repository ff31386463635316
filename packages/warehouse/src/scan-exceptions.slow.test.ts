import { newId } from "@yihao/kernel/ids";
import { testApi } from "@yihao/testing/api";
import { placePerson } from "@yihao/testing/booking-world";
import { freshTable, scopeOf } from "@yihao/testing/table";
import { streamByHand, warehouseWorld } from "@yihao/testing/warehouse-world";
import { expect, it } from "vitest";
import type { ListedCount } from "./count-model.ts";
import type { ScanExceptionView } from "./scan-exception-model.ts";

const space = "/spaces/spc_test";
const header = (key: string, more: Record<string, string> = {}) => ({ "idempotency-key": key, ...more });

async function stage() {
  const table = await freshTable();
  const world = await warehouseWorld(table, { stock: 10 });
  await placePerson(scopeOf(table), "per_hand", { roles: ["warehouse"] });
  await streamByHand(table)();
  const api = testApi(table);
  return { ...world, table, hand: api.as("per_hand"), owner: api.as("per_owner") };
}

it("a step that was given up is on the list once under the doer's name, and is settled once", async () => {
  const { hand, owner, products } = await stage();
  const path = `${space}/scan-exceptions`;
  const wish = {
    ...{ step: "putaway", doneAt: "2026-11-23T01:00:00.000Z", refusal: "bin.locked", reason: "goods-gone" },
    ...{ product: products[0], bin: "01-01-01", units: 3 },
  };
  const key = newId("key");
  const [first, again] = [
    await hand.send("POST", path, wish, header(key)),
    await hand.send("POST", path, wish, header(key)),
  ];
  expect([first.status, again.status]).toEqual([201, 201]);
  const one = first.json<ScanExceptionView>();
  expect(again.json()).toEqual(one);
  expect(one).toMatchObject({ by: "per_hand", reason: "goods-gone", bin: "01-01-01" });
  const open = () => owner.read<{ items: ScanExceptionView[] }>(path);
  expect((await open()).items.map(({ id }) => id)).toEqual([one.id]);
  await owner.command(`${path}/${one.id}/settle`, { outcome: "货在 01-01-02，已移库" });
  expect((await open()).items).toEqual([]);
  const settled = await owner.read<{ items: ScanExceptionView[] }>(`${path}?settled=true`);
  expect(settled.items).toMatchObject([{ id: one.id, settledBy: "per_owner", outcome: "货在 01-01-02，已移库" }]);
  const late = await hand.send("POST", `${path}/${one.id}/settle`, { outcome: "没看见" }, header(newId("key")));
  expect(late.json()).toMatchObject({ code: "exception.settled" });
});

it("what one person's phone kept does nothing under another's session", async () => {
  const { hand, owner, warehouse, products } = await stage();
  const move = { warehouse, product: products[0], units: 1, from: "01-01-01", to: "01-02-01" };
  const key = newId("key");
  const other = await owner.send("POST", `${space}/moves`, move, header(key, { "x-person": "per_hand" }));
  expect([other.status, other.json().code]).toEqual([401, "auth.missing"]);
  const own = await hand.send("POST", `${space}/moves`, move, header(key, { "x-person": "per_hand" }));
  expect(own.status).toBe(201);
});

it("a bin that was counted without a network is counted once more when goods moved there since", async () => {
  const { hand, owner, warehouse, products, table } = await stage();
  const count = await owner.command<ListedCount>(`${space}/counts`, {
    ...{
      warehouse,
      basis: { kind: "bins", from: "01-01-01", to: "01-01-02" },
      tolerance: { units: 100, valueMinor: 0 },
    },
  });
  const move = { warehouse, product: products[0], units: 2, from: "01-01-01", to: "01-02-01" };
  await owner.command(`${space}/moves`, move);
  await streamByHand(table)();
  const since = new Date(Date.parse(scopeOf(table).now) - 600_000).toISOString();
  const tell = async (bin: string, lines: object[]) => {
    await hand.command(`${space}/counts/${count.id}/bins/${bin}/begin`, undefined);
    return hand.command<{ again: boolean }>(`${space}/counts/${count.id}/bins/${bin}/found`, { lines, since });
  };
  expect(await tell("01-01-01", [{ product: products[0], units: 10 }])).toMatchObject({ again: true });
  expect(await tell("01-01-02", [])).toMatchObject({ again: false });
});
