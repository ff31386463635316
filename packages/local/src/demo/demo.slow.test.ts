import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { codeFault } from "@yihao/members/code";
import type { Table } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import { type Fact, hear } from "@yihao/table/stream";
import { memoryFiles } from "@yihao/testing/files";
import { freshTable, sameTable } from "@yihao/testing/table";
import { gtinFault } from "@yihao/warehouse/gtin";
import { afterAll, expect, test } from "vitest";
import { createAuthFunction } from "../../../../functions/auth.ts";
import { reactions } from "../../../../functions/reactions.ts";
import { verifyItems } from "../verify.ts";
import { demoPassword } from "./accounts.ts";
import { creditCode, demoGtin } from "./codes.ts";
import { type DemoWish, demoAccounts, seedDemo } from "./main.ts";

/** Early in a month, so that the few days before it have a month whose bills are drawn. */
const demoNow = "2026-11-09T02:42:00.000Z";
const origin = "http://127.0.0.1:3000";
const folder = mkdtempSync(join(tmpdir(), "yihao-demo-"));
const tables: Table[] = [];
afterAll(() => {
  for (const table of tables) table.close();
  rmSync(folder, { recursive: true, force: true });
});

const kinds = new Set(reactions.map(({ kind }) => kind));

/** Hears every fact of a table that was not heard before, until nothing new comes. */
function hearing(table: Table) {
  const heard = new Set<string>();
  return async () => {
    for (;;) {
      const fresh = (await allItems(table))
        .filter(({ pk, sk, k }) => kinds.has(String(k)) && !heard.has(`${pk}|${sk}`))
        .sort((one, other) => (String(one.at) < String(other.at) ? -1 : 1));
      if (fresh.length === 0) return;
      for (const { pk, sk, k, ...data } of fresh) {
        const space = String(pk).split("#", 1)[0] as Fact["space"];
        const id = typeof data.id === "string" ? data.id : `${pk}|${sk}`;
        await hear({ table, reactions, now: () => demoNow }, { space, kind: String(k), id, data });
        heard.add(`${pk}|${sk}`);
      }
    }
  };
}

/** A home with empty tables, and the wish to fill a small demo there; after `calls` writes and reads of a wish everything ends as a killed process does. */
async function home(name: string) {
  const [table, authTable] = await Promise.all([freshTable(), freshTable()]);
  tables.push(table, authTable);
  const secret = "a-secret-of-tests-only-0123456789";
  const auth = createAuthFunction({ authTable, mainTable: table, secret, origin, now: () => demoNow });
  const drained = hearing(table);
  const files = memoryFiles();
  const request = async (path: string, init: RequestInit) =>
    auth.request(`${origin}${path}`, { ...init, headers: { ...init.headers, origin, host: "127.0.0.1:3000" } });
  const wish = (calls = Number.POSITIVE_INFINITY): DemoWish => {
    let left = calls;
    const mortal = sameTable(table, {
      through: async (call, send) => {
        left -= 1;
        // Its last call still reaches the table, but its answer reaches nobody.
        if (left < 0) throw new Error("killed");
        const answer = await send(call);
        if (left === 0) throw new Error("killed");
        return answer;
      },
    });
    tables.push(mortal);
    const marker = join(folder, `${name}.json`);
    const size = { days: 10, companies: 4, stocked: 1 };
    const send: DemoWish["send"] = async ({ url }, bytes) => void files.kept.set(url.replace("memory:", ""), bytes);
    return { marker, size, table: mortal, request, drained, clock: () => demoNow, files, send };
  };
  return { table, drained, wish, request };
}

/**
 * How many items of each kind there are in each space, but for letters, which are sent again, counters of tries, and lines of
 * a bill that an interrupted draw left beside those that the bill has.
 */
async function counts(table: Table): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  const items = await allItems(table);
  const drawn = new Set(items.filter(({ k }) => k === "bill").map(({ draw }) => draw));
  for (const { pk, k, draw } of items) {
    if (k === "mail" || k === "tries" || (k === "bill-line" && !drawn.has(draw))) continue;
    const key = `${String(pk).split("#", 1)[0]} ${k}`;
    found[key] = (found[key] ?? 0) + 1;
  }
  return found;
}

test("the demo cut off anywhere goes on and ends as one that was not, with every invariant and account", async () => {
  const whole = await home("whole");
  const steps = await seedDemo(whole.wish());
  await whole.drained();
  const expected = await counts(whole.table);
  const main =
    Object.keys(expected)
      .find((key) => key.endsWith(" whs"))
      ?.split(" ")[0] ?? "";
  for (const kind of ["bok", "asn", "ord", "chg", "cmp", "bill"])
    expect(expected[`${main} ${kind}`]).toBeGreaterThan(1);
  for (const kind of ["pay", "doc", "disp", "vis", "flrplan", "agr", "led", "tik", "par", "ann", "card", "tko", "trn"])
    expect([kind, expected[`${main} ${kind}`] ?? 0]).toEqual([kind, expect.toSatisfy((n: number) => n > 0)]);
  expect([expected[`${main} asked`], expected[`${main} wait`]]).toEqual([2, 2]);
  // Two companies that were one are, on the timelines of both.
  expect((await allItems(whole.table)).filter(({ type }) => type === "company.merged")).toHaveLength(2);
  expect(verifyItems(await allItems(whole.table))).toEqual({ violations: [], behind: [] });

  const cut = await home("cut");
  let cuts = 0;
  for (let calls = 60; ; calls += 60) {
    const ran = await seedDemo(cut.wish(calls)).catch((error: unknown) => {
      expect(String(error)).toContain("killed");
      return undefined;
    });
    if (ran !== undefined) break;
    cuts += 1;
  }
  expect(cuts).toBeGreaterThan(3);
  await cut.drained();
  expect(await counts(cut.table)).toEqual(expected);
  expect(verifyItems(await allItems(cut.table))).toEqual({ violations: [], behind: [] });
  expect(JSON.parse(readFileSync(join(folder, "cut.json"), "utf8")).done).toHaveLength(steps ?? 0);
  expect(await seedDemo(cut.wish())).toBe(0);

  for (const { email, password } of demoAccounts) {
    const init = { method: "POST", headers: { "content-type": "application/json" } };
    const answer = await cut.request("/api/auth/sign-in/email", { ...init, body: JSON.stringify({ email, password }) });
    expect([email, password, answer.status]).toEqual([email, demoPassword, 200]);
  }
}, 900_000);

test("codes of the demo hold: 统一社会信用代码 and GTIN-13 with China's prefix, none twice", () => {
  const credit = Array.from({ length: 40 }, (_, n) => creditCode(n));
  expect(credit.filter((code) => codeFault(code) !== undefined)).toEqual([]);
  expect(new Set(credit).size).toBe(40);
  const gtins = Array.from({ length: 80 }, (_, n) => demoGtin(n % 8, Math.floor(n / 8)));
  expect(gtins.filter((code) => gtinFault(code) !== undefined || !/^69\d{11}$/.test(code))).toEqual([]);
  expect(new Set(gtins).size).toBe(80);
});
