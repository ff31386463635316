import { faults } from "@yihao/testing/faults";
import { freshTable, sameTable, scopeOf } from "@yihao/testing/table";
import { beforeAll, describe, expect, it } from "vitest";
import type { Table } from "./client.ts";
import { stepOf } from "./command.ts";
import { commit, recall } from "./commit.ts";
import { dueAt, sweep } from "./due.ts";
import { happened, timeline } from "./event.ts";
import { giveWay } from "./give-way.ts";
import { keyIn, partition } from "./key.ts";
import { kindOf } from "./kind.ts";
import { get, query, queryAll } from "./read.ts";
import { indexWrites, search, tokensOf } from "./search.ts";
import { hear, onEvent } from "./stream.ts";
import { claim, ownerOf } from "./unique.ts";
import { insert, replace } from "./write.ts";

type Note = { text: string; n?: number };
const noteKind = kindOf<Note>("note");
let table: Table;
beforeAll(async () => {
  table = await freshTable();
});
const noteKey = (scope: ReturnType<typeof scopeOf>, id: string) => keyIn(partition(scope, "note"), id);

describe("commit", () => {
  it("that writes an item twice is a bug here too, where DynamoDB Local lets it pass", async () => {
    const scope = scopeOf(table);
    const once = insert(noteKey(scope, "twice"), noteKind, { text: "first" });
    await expect(commit(scope, [once, { ...once, when: [] }], { answer: null })).rejects.toThrow(/twice/);
  });

  it("writes all or nothing and says which condition was lost, with the item as it stood", async () => {
    const scope = scopeOf(table);
    await commit(scope, [insert(noteKey(scope, "a"), noteKind, { text: "first" })], { answer: 1 });
    const second = scopeOf(table);
    const outcome = await commit(
      second,
      [
        insert(noteKey(second, "b"), noteKind, { text: "b" }),
        insert(noteKey(second, "a"), noteKind, { text: "again" }, "a"),
      ],
      { answer: 2 },
    );
    expect(outcome).toMatchObject({ done: false, lost: { a: { text: "first" } } });
    expect(await get(second, noteKind, noteKey(second, "b"))).toBeUndefined();
  });

  it("gives a replay the first answer and changes nothing", async () => {
    const scope = scopeOf(table, { command: "cmd-replay" });
    const key = noteKey(scope, "counted");
    const write = { do: "update", key, kind: noteKind, set: { text: "x" }, add: { n: 1 } } as const;
    const first = await commit(scope, [write], { answer: { told: "first" } });
    const again = await commit({ ...scope, now: "2027-01-01T00:00:00.000Z" }, [write], { answer: { told: "second" } });
    expect(first).toEqual({ done: true, answer: { told: "first" }, replayed: false });
    expect(again).toEqual({ done: true, answer: { told: "first" }, replayed: true });
    expect((await get(scope, noteKind, key))?.n).toBe(1);
    expect(await recall(scope)).toEqual({ answer: { told: "first" } });
  });

  it("refuses a command id that was used for something else", async () => {
    const scope = scopeOf(table, { command: { id: "cmd-reused", print: "one" } });
    await commit(scope, [insert(noteKey(scope, "r"), noteKind, { text: "r" })], { answer: null });
    const other = { ...scope, command: { id: "cmd-reused", print: "two" } };
    await expect(
      commit(other, [insert(noteKey(scope, "r2"), noteKind, { text: "r" })], { answer: null }),
    ).rejects.toMatchObject({
      refusal: { code: "command.reused" },
    });
  });

  it("lets exactly one of 50 parallel edits of one revision win", async () => {
    const scope = scopeOf(table);
    const key = noteKey(scope, "edited");
    await commit(scope, [insert(key, noteKind, { text: "v1" })], { answer: null });
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        commit(scopeOf(table), [replace(key, noteKind, { text: `by ${n}` }, 1)], { answer: n }),
      ),
    );
    expect(outcomes.filter((outcome) => outcome.done)).toHaveLength(1);
    expect((await get(scope, noteKind, key))?.rev).toBe(2);
  });

  it("makes a loser wait a random while, twice as long after every try lost and 200 ms at most", async () => {
    const waits: number[] = [];
    const scope = scopeOf(sameTable(table, { chance: () => 0.5, wait: async (ms) => void waits.push(ms) }));
    for (const triesLost of [1, 2, 3, 6, 50]) await giveWay(scope, triesLost);
    expect(waits).toEqual([5, 10, 20, 100, 100]);
  });

  it("adds once although conflicts, throttling, 500s and lost replies happen", async () => {
    const seed = 20261123;
    const faulty = sameTable(table, {
      through: faults(seed, { conflict: 0.15, throttle: 0.1, internal: 0.1, lostReply: 0.2 }),
      wait: async () => {},
      attempts: 60,
    });
    const key = noteKey(scopeOf(table), "stormy");
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, () => {
        const scope = scopeOf(faulty);
        return commit(scope, [{ do: "update", key, kind: noteKind, set: { text: "s" }, add: { n: 1 } }], {
          answer: "in",
        });
      }),
    );
    expect(
      outcomes.every((outcome) => outcome.done),
      `seed ${seed}`,
    ).toBe(true);
    expect((await get(scopeOf(table), noteKind, key))?.n, `seed ${seed}`).toBe(40);
  });
});

describe("the wall between spaces", () => {
  it("cannot name another space's item, even when one id begins with the other", async () => {
    const ab = scopeOf(table, { space: "spc_ab" });
    const abc = scopeOf(table, { space: "spc_abc" });
    await commit(abc, [insert(noteKey(abc, "secret"), noteKind, { text: "abc" })], { answer: null });
    expect(await get(ab, noteKind, noteKey(ab, "secret"))).toBeUndefined();
    expect(await queryAll(ab, noteKind, partition(ab, "note"))).toEqual([]);
    expect(() => partition(ab, "c#note")).toThrow("missing");
  });

  it("refuses a cursor that a list gave under another range", async () => {
    const scope = scopeOf(await freshTable());
    const list = partition(scope, "note");
    for (const sk of ["a1", "a2", "b1", "b2"])
      await commit(stepOf(scope, sk), [insert(keyIn(list, sk), noteKind, { text: sk })], { answer: null });
    const { next } = await query(scope, noteKind, list, { limit: 1 });
    expect((await query(scope, noteKind, list, { cursor: next ?? "" })).items).toHaveLength(3);
    for (const range of [{ from: "b" }, { prefix: "b" }])
      await expect(query(scope, noteKind, list, { ...range, cursor: next ?? "" })).rejects.toThrow("cursor.invalid");
  });

  it("refuses a cursor of another list", async () => {
    const one = scopeOf(table, { space: "spc_one" });
    const two = scopeOf(table, { space: "spc_two" });
    for (const id of ["a", "b", "c"])
      await commit(stepOf(one, id), [insert(noteKey(one, id), noteKind, { text: id })], { answer: null });
    const page = await query(one, noteKind, partition(one, "note"), { limit: 2 });
    expect(page.items).toHaveLength(2);
    const rest = await query(one, noteKind, partition(one, "note"), { limit: 2, cursor: page.next ?? "" });
    expect([rest.items.map((note) => note.text), rest.next]).toEqual([["c"], null]);
    await expect(query(two, noteKind, partition(two, "note"), { cursor: page.next ?? "" })).rejects.toThrow(
      "cursor.invalid",
    );
  });
});

describe("get", () => {
  it("reads what one request asks for at one moment in one call, for the same units", async () => {
    const kept = scopeOf(table);
    const ids = ["g1", "g2", "g3"];
    await commit(
      kept,
      ids.map((id) => insert(noteKey(kept, id), noteKind, { text: id })),
      { answer: null },
    );
    const calls: string[] = [];
    const counted = sameTable(table, {
      through: (call, send) => {
        calls.push(call.constructor.name);
        return send(call);
      },
    });
    const scope = scopeOf(counted);
    const eventual = { consistent: false };
    const found = await Promise.all([
      ...[...ids, "g2", "none"].map((id) => get(scope, noteKind, noteKey(scope, id), eventual)),
      get(scope, noteKind, noteKey(scope, "g1")),
    ]);
    expect(found.map((one) => one?.text)).toEqual(["g1", "g2", "g3", "g2", undefined, "g1"]);
    expect(calls).toEqual(["BatchGetItemCommand", "GetItemCommand"]);
    expect(scope.meter.read).toBe(4 * 0.5 + 1);
    const others = [scopeOf(counted), scopeOf(counted)];
    await Promise.all(others.map((other) => get(other, noteKind, noteKey(other, "g1"))));
    expect(others.map(({ meter }) => meter.read)).toEqual([1, 1]);
  });

  it("fails every read of a call that fails", async () => {
    const scope = scopeOf(sameTable(table, { through: () => Promise.reject(new Error("away")) }));
    const reads = ["g1", "g2"].map((id) => get(scope, noteKind, noteKey(scope, id)));
    expect((await Promise.allSettled(reads)).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });
});

describe("events, timers, uniqueness and search", () => {
  it("keeps a subject's timeline in time order and hears each event once however often it is delivered", async () => {
    const scope = scopeOf(table, { space: "spc_events" });
    await commit(scope, [happened(scope, "note.made", "cmp_1", { n: 1 })], { answer: null });
    const later = scopeOf(table, { space: "spc_events", now: "2026-11-23T03:00:00.000Z" });
    await commit(later, [happened(later, "note.made", "cmp_1", { n: 2 })], { answer: null });
    const events = (await timeline(scope, "cmp_1")).items;
    expect(events.map((event) => event.data)).toEqual([{ n: 2 }, { n: 1 }]);
    const key = noteKey(scope, "sum");
    const reactions = [
      onEvent("sum", ["note.made"], async (inner, event: { data: { n: number } }) => {
        await commit(inner, [{ do: "update", key, kind: noteKind, set: { text: "" }, add: { n: event.data.n } }], {
          answer: null,
        });
      }),
    ];
    for (const event of [...events, ...events])
      await hear(
        { table, reactions, now: () => scope.now },
        { space: scope.space, kind: "evt", id: event.id, data: event },
      );
    expect((await get(scope, noteKind, key))?.n).toBe(3);
  });

  it("fires a timer once, at its instant and not before", async () => {
    const fired: string[] = [];
    const handlers = [
      { type: "test.due", on: async (_: unknown, due: { subject: string }) => void fired.push(due.subject) },
    ];
    const scope = scopeOf(table);
    await commit(scope, [dueAt(scope, "2026-11-23T03:10:30.000Z", "test.due", "note-1")], { answer: null });
    const at = (now: string) => ({
      ...scopeOf(table, { now, command: { id: `auto:${now}`, print: "" } }),
      space: "platform" as const,
    });
    expect(await sweep(at("2026-11-23T03:10:29.000Z"), handlers)).toBe(0);
    expect(await sweep(at("2026-11-23T04:20:00.000Z"), handlers)).toBe(1);
    expect(await sweep(at("2026-11-23T04:21:00.000Z"), handlers)).toBe(0);
    expect(fired).toEqual(["note-1"]);
  });

  it("gives a value to one owner only, whatever its case", async () => {
    const scope = scopeOf(table);
    await commit(scope, [claim(scope, "code", "AB-1", "x")], { answer: null });
    const outcome = await commit(scopeOf(table), [claim(scope, "code", "ab-1", "y")], { answer: null });
    expect(outcome.done).toBe(false);
    expect(await ownerOf(scope, "code", "Ab-1")).toBe("x");
  });

  it("finds by word, by the end of a Han name and by pinyin, and no longer after a rename", async () => {
    const scope = scopeOf(table);
    const texts = ["拾穗家居", "ssjj", "shisuijiaju"];
    await commit(scope, indexWrites(scope, "company", "cmp_9", [], texts, "拾穗家居"), { answer: null });
    for (const text of ["拾穗", "家居", "SSJ", "shisui"])
      expect(await search(scope, "company", text)).toEqual([{ id: "cmp_9", label: "拾穗家居" }]);
    await commit(scopeOf(table), indexWrites(scope, "company", "cmp_9", texts, ["Huaibei"], "Huaibei"), {
      answer: null,
    });
    expect(await search(scope, "company", "家居")).toEqual([]);
  });

  it("keeps no search word that is the beginning of another, and finds by each word all the same", () => {
    const words = tokensOf(["SKU-0042", "6970001284560", "whxxwm120ml", "无火香薰 乌木 120 ml"]);
    expect(words.toSorted()).toEqual(
      [
        ...["sku-0042", "0042", "6970001284560", "whxxwm120ml", "无火香薰 乌木 120 ml", "火香薰 乌木 120 ml"],
        ...["香薰 乌木 120 ml", "乌木 120 ml", "120 ml", "ml"],
      ].toSorted(),
    );
    for (const asked of ["无火香薰", "香薰 乌木", "乌木", "120", "sku", "0042", "whxx"])
      expect(words.some((word) => word.startsWith(asked))).toBe(true);
  });
});
