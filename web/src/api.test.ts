import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { apiFetch, createMeaning, newIntent, setActingCompany } from "./api.ts";
import { Problem } from "./problem.ts";

type Asked = { url: string; headers: Headers };
let asked: Asked[];
let answers: (() => Response)[];

const problem = (status: number, code: string, params: object = {}) =>
  Response.json({ code, params, request: "req_1" }, { status });

beforeEach(() => {
  asked = [];
  answers = [];
  vi.stubGlobal("fetch", async (url: string, init?: RequestInit) => {
    asked.push({ url, headers: new Headers(init?.headers) });
    const answer = answers.shift();
    if (!answer) throw new TypeError("no connection");
    return answer();
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  setActingCompany(undefined);
});

test("a stale session is renewed once and the same intent is sent again", async () => {
  answers = [() => problem(401, "session.stale"), () => Response.json({}), () => Response.json({ done: true })];
  const response = await apiFetch("/api/v1/x", { method: "POST" });
  expect(await response.json()).toEqual({ done: true });
  expect(asked.map((one) => one.url)).toEqual(["/api/v1/x", "/api/auth/get-session", "/api/v1/x"]);
  const [first, , second] = asked.map((one) => one.headers.get("Idempotency-Key"));
  expect(first).toBeTruthy();
  expect(second).toBe(first);
});

test("an intent keeps its key over retries of the person", async () => {
  answers = [() => problem(503, "busy"), () => Response.json({})];
  const intent = newIntent();
  const send = () => apiFetch("/api/v1/x", { method: "POST", ...intent.with({ ifMatch: '"3"' }) });
  await expect(send()).rejects.toMatchObject({ code: "busy", status: 503 });
  await send();
  expect(asked.map((one) => one.headers.get("Idempotency-Key"))).toEqual([intent.key, intent.key]);
  expect(asked[0]?.headers.get("If-Match")).toBe('"3"');
});

test("a refusal arrives whole, with the faults of its fields", async () => {
  answers = [
    () => problem(400, "input.invalid", { faults: [{ path: "name", rule: "too_small", detail: { minimum: 1 } }] }),
  ];
  const error = await apiFetch("/api/v1/x").catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(Problem);
  expect(error).toMatchObject({
    code: "input.invalid",
    request: "req_1",
    fields: [{ path: "name", code: "too_small" }],
  });
});

test("no connection is told apart from a refusal", async () => {
  await expect(apiFetch("/api/v1/x")).rejects.toMatchObject({ status: 0, code: expect.stringMatching(/^client\./) });
});

test("whoever acts as a company says so with every request", async () => {
  setActingCompany("cmp_1");
  answers = [() => Response.json({})];
  await apiFetch("/api/v1/x");
  expect(asked[0]?.headers.get("X-Company")).toBe("cmp_1");
});

test("the same wish keeps its intent until it is answered, and another wish never has it", () => {
  const meaning = createMeaning();
  const first = meaning.of({ how: "assemble", units: 2 });
  expect(meaning.of({ how: "assemble", units: 2 }).key).toBe(first.key);
  expect(meaning.of({ how: "assemble", units: 3 }).key).not.toBe(first.key);
  const again = meaning.of({ how: "assemble", units: 2 });
  meaning.answered();
  expect(meaning.of({ how: "assemble", units: 2 }).key).not.toBe(again.key);
});
