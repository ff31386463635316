import { freshTable, scopeOf } from "@yihao/testing/table";
import { expect, it } from "vitest";
import { commit } from "./commit.ts";
import { allItems, type PlainItem } from "./dump.ts";
import { keyIn, partition } from "./key.ts";
import { kindOf } from "./kind.ts";
import { get } from "./read.ts";
import { upgradeAll } from "./upgrade.ts";
import { insert } from "./write.ts";

const old = kindOf<{ name: string }>("wish");
const now = kindOf<{ title: string; open: boolean }>("wish", 3, {
  1: ({ name, ...rest }) => ({ ...rest, title: name }),
  2: (before) => ({ ...before, open: true }),
});

it("items of old versions are read as the newest, rewritten once by a sweep that goes on where it stopped, and never over a change of the same moment", async () => {
  const table = await freshTable();
  const scope = scopeOf(table);
  const keyOf = (index: number) => keyIn(partition(scope, "wish"), `w${index}`);
  for (let index = 0; index < 3; index += 1)
    await commit(
      { ...scope, command: { id: `auto:${index}`, print: "" } },
      [insert(keyOf(index), old, { name: `n${index}` })],
      { answer: null },
    );
  expect(await get(scope, now, keyOf(1))).toMatchObject({ title: "n1", open: true, rev: 1 });

  // Somebody changes one of them between the sweep's read and its write.
  let raced = false;
  const beside = table.behind(async (call, send) => {
    if (!raced && call.constructor.name === "TransactWriteItemsCommand") {
      raced = true;
      const change = { do: "update", key: keyOf(0), set: { name: "changed" } } as const;
      await commit({ ...scope, command: { id: "auto:race", print: "" } }, [change], { answer: null });
    }
    return send(call);
  });
  const stops: PlainItem[] = [];
  expect(await upgradeAll(beside, { reached: (last) => stops.push(last) })).toEqual({
    looked: 3,
    upgraded: 2,
    missed: 1,
  });
  expect(await get(scope, now, keyOf(0))).toMatchObject({ title: "changed" });
  expect(await upgradeAll(table)).toEqual({ looked: 3, upgraded: 1, missed: 0 });
  expect((await allItems(table)).map(({ v, title, rev, name }) => [v, title, rev, name])).toEqual([
    [3, "changed", 1, undefined],
    [3, "n1", 1, undefined],
    [3, "n2", 1, undefined],
  ]);
  expect(await upgradeAll(table, { from: stops[0] ?? {} })).toEqual({ looked: 0, upgraded: 0, missed: 0 });
  table.close();
});
