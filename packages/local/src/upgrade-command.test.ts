import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { commit } from "@yihao/table/commit";
import { allItems } from "@yihao/table/dump";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf, kinds } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import { insert } from "@yihao/table/write";
import { freshTable, scopeOf } from "@yihao/testing/table";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadKinds, upgradeTable } from "./upgrade-command.ts";

const folder = mkdtempSync(join(tmpdir(), "yihao-upgrade-"));
const name = "upgrade-test";
const old = kindOf<{ name: string }>(name);
beforeAll(loadKinds);
afterAll(() => {
  kinds.delete(name);
  rmSync(folder, { recursive: true, force: true });
});

it("a sweep that is cut in the middle goes on from where it stopped, and from the start when a kind has changed since", async () => {
  const table = await freshTable();
  const scope = scopeOf(table);
  const keyOf = (index: number) => keyIn(partition(scope, "wish"), `w${String(index).padStart(2, "0")}`);
  const items = 30;
  for (let index = 0; index < items; index += 1)
    await commit(
      { ...scope, command: { id: `auto:${index}`, print: "" } },
      [insert(keyOf(index), old, { name: `n${index}` })],
      { answer: null },
    );
  const second = kindOf<{ title: string }>(name, 2, { 1: ({ name: title, ...rest }) => ({ ...rest, title }) });

  // The machine is cut off after 13 writes, in the middle of the second page of ten.
  let writes = 0;
  const cut = table.behind((call, send) => {
    if (call.constructor.name === "TransactWriteItemsCommand") {
      if (writes === 13) throw new Error("cut off");
      writes += 1;
    }
    return send(call);
  });
  const file = join(folder, "position.json");
  await expect(upgradeTable(cut, { file, most: 10 })).rejects.toThrow("cut off");
  const said: string[] = [];
  const done = await upgradeTable(table, { file, most: 10, say: (line) => said.push(line) });
  // Ten were counted before the cut; the three behind the kept position are new already.
  expect(done).toEqual({ looked: items, upgraded: items - 3, missed: 0 });
  expect(said).toEqual([
    "goes on after 10 items",
    "20 items looked at, 17 rewritten, 0 changed meanwhile",
    "30 items looked at, 27 rewritten, 0 changed meanwhile",
  ]);
  expect(existsSync(file)).toBe(false);
  expect((await allItems(table)).every(({ v, title }) => v === 2 && typeof title === "string")).toBe(true);
  expect(await get(scope, second, keyOf(29))).toMatchObject({ title: "n29", rev: 1 });

  const third = { 1: (before: object) => ({ ...before }), 2: (before: object) => ({ ...before, open: true }) };
  writes = 0;
  kindOf<object>(name, 3, third);
  await expect(upgradeTable(cut, { file, most: 10 })).rejects.toThrow("cut off");
  kindOf<object>(name, 4, { ...third, 3: (before: object) => ({ ...before }) });
  expect(await upgradeTable(table, { file, most: 10 })).toEqual({ looked: items, upgraded: items, missed: 0 });
  await expect(upgradeTable(cut, { file, most: 10 })).resolves.toMatchObject({ upgraded: 0 });
  table.close();
});

it("the sweep knows every kind whose shape has changed, whichever room declares it", () => {
  const root = resolve(import.meta.dirname, "../../..");
  const declared = globSync("packages/*/src/**/*.ts", { cwd: root })
    .filter((file) => !file.endsWith(".test.ts"))
    .flatMap((file) => [
      ...readFileSync(join(root, file), "utf8").matchAll(/kindOf(?:<[^(]*>)?\(\s*"([\w-]+)",\s*([2-9]|\d\d)\b/g),
    ])
    .map(([, kind]) => kind);
  expect(declared.length).toBeGreaterThan(0);
  expect(declared.filter((kind) => !kinds.has(kind ?? ""))).toEqual([]);
});
