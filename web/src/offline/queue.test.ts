import { receiptDays } from "@yihao/table/commit";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  after,
  type Command,
  conflict,
  meaning,
  next,
  pending,
  type Queue,
  type QueueEvent,
  safeDays,
  surelyNotDone,
} from "./queue.ts";

const start = Date.parse("2026-03-02T01:00:00.000Z");
const dayMs = 86_400_000;

/** A server that does each id once, remembers it for 30 days, and refuses some commands until they are changed. */
class Server {
  readonly effects: string[] = [];
  readonly #receipts = new Map<string, number>();
  readonly closed = new Set<string>();

  ask({ id, body }: Command, now: number): { status: number; code?: string } {
    const done = this.#receipts.get(id);
    if (done !== undefined && now - done < receiptDays * dayMs) return { status: 201 };
    if (body !== undefined && this.closed.has(body)) return { status: 409, code: "bin.locked" };
    this.#receipts.set(id, now);
    this.effects.push(id);
    return { status: 201 };
  }
}

/** A phone: what is on its disk is all that a reload leaves. */
class Phone {
  disk = "[]";
  now = start;
  readonly server: Server;
  constructor(server: Server) {
    this.server = server;
  }

  get queue(): Queue {
    return JSON.parse(this.disk) as Queue;
  }
  tell(event: QueueEvent): void {
    this.disk = JSON.stringify(after(this.queue, event));
  }
  /** One try, on a net that loses the question, loses the answer, tells twice, or kills the page before it hears. */
  go(net: "good" | "lost" | "deaf" | "twice" | "killed"): boolean {
    const what = next(this.queue, new Date(this.now).toISOString());
    if (!what) return false;
    const at = new Date(this.now).toISOString();
    if ("refuse" in what) {
      this.tell({ do: "refuse", id: what.refuse.id, refusal: { code: what.code, params: {}, status: 0, at } });
      return true;
    }
    this.tell({ do: "try", id: what.send.id, at });
    if (net === "lost") return true;
    const answer = this.server.ask(what.send, this.now);
    if (net === "twice") this.server.ask(what.send, this.now);
    if (net === "deaf" || net === "killed") return true;
    const said = meaning(answer);
    if (said === "done") this.tell({ do: "done", id: what.send.id, at });
    if (said === "refused")
      this.tell({ do: "refuse", id: what.send.id, refusal: { code: "bin.locked", params: {}, status: 409, at } });
    return true;
  }
}

const command = (id: string, body: string): Command => ({ id, kind: "move", at: "", path: "/moves", body, about: {} });

type Act =
  | { act: "add"; body: string }
  | { act: "go"; net: "good" | "lost" | "deaf" | "twice" | "killed" }
  | { act: "wait"; days: number }
  | { act: "close"; body: string }
  | { act: "settle"; how: "retry" | "replace" | "withdraw" };

const bodies = ["A", "B", "C"];
const acts = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ act: fc.constant("add" as const), body: fc.constantFrom(...bodies) }) },
    {
      weight: 6,
      arbitrary: fc.record({
        act: fc.constant("go" as const),
        net: fc.constantFrom("good" as const, "lost" as const, "deaf" as const, "twice" as const, "killed" as const),
      }),
    },
    { weight: 1, arbitrary: fc.record({ act: fc.constant("wait" as const), days: fc.integer({ min: 0, max: 9 }) }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constant("close" as const), body: fc.constantFrom(...bodies) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        act: fc.constant("settle" as const),
        how: fc.constantFrom("retry" as const, "replace" as const, "withdraw" as const),
      }),
    },
  ),
  { maxLength: 60 },
);

test("through lost questions, lost answers, doubles, reloads and refusals nothing is lost, nothing is done twice, and the order is kept", () => {
  fc.assert(
    fc.property(acts, (all: Act[]) => {
      const server = new Server();
      const phone = new Phone(server);
      /** What must come of it in the end, in order: the ids that are to be done. */
      let wanted: string[] = [];
      let made = 0;
      const settle = (how: "retry" | "replace" | "withdraw") => {
        const one = conflict(phone.queue);
        if (!one) return;
        if (how === "retry") phone.tell({ do: "retry", id: one.id });
        if (how === "withdraw") phone.tell({ do: "withdraw", id: one.id });
        if (how === "withdraw") wanted = wanted.filter((id) => id !== one.id);
        if (how !== "replace") return;
        const by = command(`c${made++}`, "open");
        phone.tell({ do: "replace", id: one.id, by });
        wanted = wanted.map((id) => (id === one.id ? by.id : id));
      };
      for (const one of all) {
        phone.now += 60_000;
        if (one.act === "add") {
          const added = command(`c${made++}`, one.body);
          phone.tell({ do: "add", command: added });
          phone.tell({ do: "add", command: added });
          wanted.push(added.id);
        } else if (one.act === "go") phone.go(one.net);
        else if (one.act === "wait") phone.now += one.days * dayMs;
        else if (one.act === "close") server.closed.add(one.body);
        else if (conflict(phone.queue)?.refusal?.code !== "client.too-old") settle(one.how);
        expect(new Set(server.effects).size).toBe(server.effects.length);
        expect(server.effects.every((id) => wanted.includes(id))).toBe(true);
      }
      while (phone.go("good") || conflict(phone.queue)) {
        phone.now += 1_000;
        const one = conflict(phone.queue);
        if (one?.refusal?.code !== "client.too-old") settle("replace");
        // Somebody looked and found it either done or not: it is told so.
        else if (server.effects.includes(one.id)) phone.tell({ do: "done", id: one.id, at: "" });
        else settle("replace");
      }
      expect(pending(phone.queue)).toEqual([]);
      expect(server.effects).toEqual(wanted);
    }),
    { numRuns: 600, seed: 20_261_126 },
  );
});

test("a command is sent by itself only while the server surely remembers it", () => {
  expect(safeDays).toBeLessThan(receiptDays);
  const first = after([], { do: "add", command: command("c1", "A") });
  const at = new Date(start).toISOString();
  const later = (days: number) => new Date(start + days * dayMs).toISOString();
  expect(next(first, later(400))).toHaveProperty("send.id", "c1");
  const tried = after(first, { do: "try", id: "c1", at });
  expect(next(tried, later(7))).toHaveProperty("send.id", "c1");
  expect(next(after(tried, { do: "try", id: "c1", at: later(27) }), later(29))).toHaveProperty("refuse.id", "c1");
});

test("a refused command holds up what follows, and only a refused one is settled", () => {
  const two = ["c1", "c2"].reduce<Queue>((queue, id) => after(queue, { do: "add", command: command(id, "A") }), []);
  expect(after(two, { do: "withdraw", id: "c1" })).toEqual(two);
  const refusal = { code: "stock.short", params: {}, status: 409, at: "" };
  const halted = after(two, { do: "refuse", id: "c1", refusal });
  expect(next(halted, new Date(start).toISOString())).toBeUndefined();
  const put = after(halted, { do: "replace", id: "c1", by: command("c3", "B") });
  expect(put.map(({ id, state }) => [id, state])).toEqual([
    ["c3", "waiting"],
    ["c2", "waiting"],
  ]);
});

test("only what the server looked at and refused is surely not done", () => {
  const refusal = (code: string, status: number) => ({ code, status, params: {}, at: "" });
  const told = [
    ...[refusal("bin.full", 409), refusal("lot.wanted", 400), refusal("auth.role", 403), refusal("missing", 404)],
    ...[refusal("input.invalid", 400), refusal("command.reused", 409), refusal("client.too-old", 0)],
  ];
  expect(told.map(surelyNotDone)).toEqual([true, true, false, false, false, false, false]);
});

test("what shows a passing trouble is tried again, what shows a decision is told", () => {
  const told = [200, 201, 401, 403, 404, 409, 422, 429, 500, 503, 0, 302].map((status) => meaning({ status }));
  expect(told).toEqual([
    ...["done", "done", "sign-in", "refused", "refused", "refused", "refused"],
    ...["later", "later", "later", "later", "later"],
  ]);
  expect(meaning({ status: 409, code: "busy" })).toBe("later");
});
