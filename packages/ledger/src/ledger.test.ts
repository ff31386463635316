import { newId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import type { Table } from "@yihao/table/client";
import { commit } from "@yihao/table/commit";
import { partition } from "@yihao/table/key";
import { queryRaw } from "@yihao/table/read";
import { hear } from "@yihao/table/stream";
import { faults, seeded } from "@yihao/testing/faults";
import { freshTable, sameTable, scopeOf } from "@yihao/testing/table";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { checkLedger } from "./check.ts";
import type { Book, Entry, PendingId } from "./model.ts";
import {
  balanceOf,
  balancesOf,
  foldedTotal,
  historyOf,
  historyOfAccount,
  historyOfDocument,
  ledgerReactions,
  pendingOf,
  planTransfers,
} from "./store.ts";

let table: Table;
beforeAll(async () => {
  table = await freshTable();
});

const unit = "sku:prd_1";
const open = (account: string) => account === "outside";
const promise = (name: string): Book => ({ parts: ["promise", name], layout: "shared", open });
const place = (name: string): Book => ({ parts: ["place", name], layout: "each", open });
const move = (book: Book, from: string, to: string, amount: number, document?: string): Entry => ({
  do: "move",
  book,
  unit,
  from,
  to,
  amount,
  ...(document ? { document } : {}),
});

async function apply(scope: Scope, entries: Entry[]) {
  const plan = planTransfers(scope, entries);
  const outcome = await commit(scope, plan.writes, { answer: "done" });
  return outcome.done
    ? { ok: true as const, replayed: outcome.replayed }
    : { ok: false as const, short: plan.shortages(outcome.lost), lost: outcome.lost };
}

async function everything(book: Book) {
  const scope = scopeOf(table);
  return (
    await queryRaw(scope, partition(scope, "book", ...book.parts), {
      limit: Number.POSITIVE_INFINITY,
      consistent: true,
    })
  ).items;
}

describe("the ledger", () => {
  it("never gives out more than there is: 60 parallel reservations of 1 against 20", async () => {
    const book = promise("race");
    await apply(scopeOf(table), [move(book, "outside", "free", 20)]);
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, () => apply(scopeOf(table), [move(book, "free", "reserved", 1)])),
    );
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(20);
    const loser = outcomes.find((outcome) => !outcome.ok);
    expect(loser).toMatchObject({ ok: false, short: [{ account: "free", wanted: 1, available: 0 }] });
    expect(await balancesOf(scopeOf(table), book)).toEqual([{ account: "reserved", unit, available: 20, held: 0 }]);
  });

  it("sums lines of one account before it decides, so two lines cannot both pass alone", async () => {
    const book = promise("sum");
    await apply(scopeOf(table), [move(book, "outside", "free", 5)]);
    const outcome = await apply(scopeOf(table), [move(book, "free", "reserved", 3), move(book, "free", "reserved", 3)]);
    expect(outcome).toMatchObject({ ok: false, short: [{ wanted: 6, available: 5 }] });
    expect((await balanceOf(scopeOf(table), book, "free", unit)).available).toBe(5);
  });

  it("links transfers of two books: all or none", async () => {
    const goods = place("linked");
    const promised = promise("linked");
    await apply(scopeOf(table), [move(goods, "outside", "bin:1", 4), move(promised, "outside", "free", 4)]);
    const outcome = await apply(scopeOf(table), [
      move(goods, "bin:1", "bin:2", 4),
      move(promised, "free", "reserved", 5),
    ]);
    expect(outcome.ok).toBe(false);
    expect((await balancesOf(scopeOf(table), goods)).map(({ account, available }) => [account, available])).toEqual([
      ["bin:1", 4],
    ]);
  });

  it("holds, posts in part and voids the rest, each once", async () => {
    const book = place("pending");
    await apply(scopeOf(table), [move(book, "outside", "bin:1", 10)]);
    const id: PendingId = newId("pnd");
    await apply(scopeOf(table), [
      { do: "hold", id, book, unit, from: "bin:1", to: "packing", amount: 6, document: "ord_1" },
    ]);
    expect(await balanceOf(scopeOf(table), book, "bin:1", unit)).toMatchObject({ available: 4, held: 6 });
    expect((await apply(scopeOf(table), [move(book, "bin:1", "bin:2", 5)])).ok).toBe(false);
    const pending = await pendingOf(scopeOf(table), book, id);
    if (!pending) throw new Error("the pending transfer is gone");
    const short = scopeOf(table, { command: "short-pick" });
    const settle: Entry[] = [
      { do: "post", book, pending, amount: 4 },
      { do: "void", book, pending, amount: 2, reason: "damaged" },
    ];
    expect(await apply(short, settle)).toEqual({ ok: true, replayed: false });
    expect(await apply(short, settle)).toEqual({ ok: true, replayed: true });
    expect((await apply(scopeOf(table), [{ do: "post", book, pending, amount: 1 }])).ok).toBe(false);
    expect(await balancesOf(scopeOf(table), book)).toEqual([
      { account: "bin:1", unit, available: 6, held: 0 },
      { account: "packing", unit, available: 4, held: 0 },
    ]);
  });

  it("costs 4 units to reserve, with its document and witness the room's 2 more", async () => {
    const book = promise("units");
    await apply(scopeOf(table), [move(book, "outside", "free", 5)]);
    const scope = scopeOf(table, { command: { id: "auto:units", print: "" } });
    await apply(scope, [move(book, "free", "reserved", 1, "ord_units")]);
    expect(scope.meter).toEqual({ read: 0, write: 4 });
  });

  it("keeps history by book, account and document, and folds open accounts once however often it is told", async () => {
    const book = place("history");
    const at = (now: string) => scopeOf(table, { now });
    await apply(at("2026-11-01T01:00:00.000Z"), [move(book, "outside", "bin:1", 10, "rcp_h")]);
    await apply(at("2026-11-02T01:00:00.000Z"), [move(book, "bin:1", "bin:2", 4, "mov_h")]);
    await apply(at("2026-11-03T01:00:00.000Z"), [move(book, "bin:2", "outside", 3, "ord_h")]);
    const scope = scopeOf(table);
    const history = (await historyOf(scope, book)).items;
    expect(history.map(({ amount }) => amount)).toEqual([3, 4, 10]);
    expect((await historyOfAccount(scope, book, "bin:2")).items.map(({ amount }) => amount)).toEqual([3, 4]);
    const reactions = ledgerReactions((_, account) => account === "outside");
    for (const transfer of [...history, ...history])
      await hear(
        { table, reactions, now: () => scope.now },
        { space: scope.space, kind: "xfr", id: transfer.id, data: transfer },
      );
    expect(await foldedTotal(scope, "outside", unit)).toBe(-7);
    expect((await historyOfDocument(scope, "mov_h")).map(({ amount }) => amount)).toEqual([4]);
  });

  const places = ["a", "b", "c"] as const;
  type Wish =
    | { do: "move"; from: string; to: string; amount: number }
    | { do: "hold"; from: string; amount: number }
    | { do: "post" | "void"; which: number; amount: number }
    | { do: "again"; which: number };
  const amount = fc.integer({ min: 1, max: 6 });
  const wish: fc.Arbitrary<Wish> = fc.oneof(
    fc.record({
      do: fc.constant("move" as const),
      from: fc.constantFrom("outside", ...places),
      to: fc.constantFrom(...places),
      amount,
    }),
    fc.record({ do: fc.constant("hold" as const), from: fc.constantFrom(...places), amount }),
    fc.record({ do: fc.constantFrom("post" as const, "void" as const), which: fc.nat(5), amount }),
    fc.record({ do: fc.constant("again" as const), which: fc.nat(20) }),
  );

  /** The page of the ledger as plain arithmetic: what each wish must do to the balances. */
  class Model {
    available = new Map<string, number>();
    held = new Map<string, number>();
    left = new Map<string, { from: string; left: number }>();
    get(account: string) {
      return this.available.get(account) ?? 0;
    }
    add(account: string, by: number) {
      if (account !== "outside") this.available.set(account, this.get(account) + by);
    }
    hold(account: string, by: number) {
      this.held.set(account, (this.held.get(account) ?? 0) + by);
    }
  }

  async function walk(
    through: Table,
    layout: Book["layout"],
    wishes: readonly Wish[],
    seed: number,
    parallel: boolean,
  ) {
    const book: Book = { parts: ["walk", newId("w")], layout, open };
    const model = new Model();
    const chance = seeded(seed);
    const pendings: PendingId[] = [];
    const done: { scope: Scope; entries: Entry[]; ok: boolean }[] = [];
    const one = async (wished: Wish) => {
      const scope = scopeOf(through, { now: new Date(1_800_000_000_000 + done.length).toISOString() });
      if (wished.do === "again") {
        const earlier = done[wished.which % Math.max(1, done.length)];
        if (earlier?.ok)
          expect(await apply({ ...earlier.scope, table: through }, earlier.entries)).toEqual({
            ok: true,
            replayed: true,
          });
        return;
      }
      let entries: Entry[] = [];
      let expected = false;
      if (wished.do === "move") {
        if (wished.from === wished.to) return;
        entries = [move(book, wished.from, wished.to, wished.amount)];
        expected = wished.from === "outside" || model.get(wished.from) >= wished.amount;
        if (expected && !parallel) {
          model.add(wished.from, -wished.amount);
          model.add(wished.to, wished.amount);
        }
      } else if (wished.do === "hold") {
        const id: PendingId = `pnd_${pendings.length}${Math.floor(chance() * 1e6)}`;
        entries = [{ do: "hold", id, book, unit, from: wished.from, to: "packing", amount: wished.amount }];
        expected = model.get(wished.from) >= wished.amount;
        if (expected && !parallel) {
          model.add(wished.from, -wished.amount);
          model.hold(wished.from, wished.amount);
          model.left.set(id, { from: wished.from, left: wished.amount });
        }
        if (expected || parallel) pendings.push(id);
      } else {
        const id = pendings[wished.which % Math.max(1, pendings.length)];
        const pending = id && (await pendingOf(scopeOf(table), book, id));
        if (!pending) return;
        entries = [{ do: wished.do, book, pending, amount: wished.amount }];
        const mine = model.left.get(pending.id);
        expected = (mine?.left ?? 0) >= wished.amount;
        if (expected && mine && !parallel) {
          mine.left -= wished.amount;
          model.hold(mine.from, -wished.amount);
          model.add(wished.do === "post" ? "packing" : mine.from, wished.amount);
        }
      }
      const outcome = await apply(scope, entries);
      if (!parallel) expect(outcome.ok, JSON.stringify(wished)).toBe(expected);
      done.push({ scope, entries, ok: outcome.ok });
    };
    if (parallel) for (let at = 0; at < wishes.length; at += 8) await Promise.all(wishes.slice(at, at + 8).map(one));
    else for (const wished of wishes) await one(wished);
    const items = await everything(book);
    expect(checkLedger(items)).toEqual([]);
    const balances = await balancesOf(scopeOf(table), book, { consistent: true });
    const total = balances.reduce((sum, { available, held }) => sum + available + held, 0);
    const entered = items.reduce(
      (sum, item) => sum + (item.k === "xfr" && item.from === "outside" ? Number(item.amount) : 0),
      0,
    );
    expect(total).toBe(entered);
    if (!parallel)
      for (const account of [...places, "packing"]) {
        const balance = balances.find((each) => each.account === account);
        expect([account, balance?.available ?? 0, balance?.held ?? 0]).toEqual([
          account,
          model.get(account),
          model.held.get(account) ?? 0,
        ]);
      }
  }

  const seed = Number(process.env.SEED ?? 20261123);
  const storm = () =>
    sameTable(table, {
      through: faults(seed, { conflict: 0.1, throttle: 0.05, internal: 0.05, lostReply: 0.1 }),
      wait: async () => {},
      attempts: 80,
    });

  it(`does in any order what plain arithmetic does, on DynamoDB (seed ${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(wish, { minLength: 10, maxLength: 40 }),
        fc.constantFrom("shared" as const, "each" as const),
        (wishes, layout) => walk(table, layout, wishes, seed, false),
      ),
      { seed, numRuns: 12 },
    );
  });

  it(`does so too while DynamoDB conflicts, throttles, fails and loses replies (seed ${seed})`, async () => {
    const faulty = storm();
    await fc.assert(
      fc.asyncProperty(
        fc.array(wish, { minLength: 10, maxLength: 30 }),
        fc.constantFrom("shared" as const, "each" as const),
        (wishes, layout) => walk(faulty, layout, wishes, seed, false),
      ),
      { seed: seed + 1, numRuns: 8 },
    );
  });

  it(`keeps every identity when the wishes come in parallel, with faults (seed ${seed})`, async () => {
    const faulty = storm();
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { minLength: 20, maxLength: 48 }), (wishes) =>
        walk(faulty, "shared", wishes, seed, true),
      ),
      { seed: seed + 2, numRuns: 8 },
    );
  });
});
