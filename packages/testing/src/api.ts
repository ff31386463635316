import type { Caller, Doors } from "@yihao/http/context";
import { membershipOf } from "@yihao/identity/store";
import { newId, type PersonId } from "@yihao/kernel/ids";
import type { Table } from "@yihao/table/client";
import { createApi } from "../../../functions/api.ts";
import { testNow } from "./table.ts";

/** The whole API in this process on a test's table. Who asks is told by a header in place of the session cookie. */
export function testApi(table: Table, options: { now?: () => string; log?: Doors["log"] } = {}) {
  const app = createApi({
    table,
    now: options.now ?? (() => testNow),
    membership: membershipOf,
    ...(options.log ? { log: options.log } : {}),
    caller: async (request): Promise<Caller | undefined> => {
      const person = request.headers.get("x-test-person");
      return person ? { person: person as PersonId, email: `${person}@test.example`, name: person } : undefined;
    },
  });
  return { app, as: (person: PersonId | undefined, company?: string) => new TestCaller(app, person, company) };
}

export type Answer = {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  readonly json: <T = Record<string, unknown>>() => T;
};

/** One caller of the API in this process. */
export class TestCaller {
  readonly #app: ReturnType<typeof createApi>;
  readonly person: PersonId | undefined;
  readonly #company: string | undefined;

  constructor(app: ReturnType<typeof createApi>, person: PersonId | undefined, company?: string) {
    this.#app = app;
    this.person = person;
    this.#company = company;
  }

  /** The same person acting for a company. */
  for(company: string): TestCaller {
    return new TestCaller(this.#app, this.person, company);
  }

  /** Sends one request below `/api/v1`. */
  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await this.#app.request(`/api/v1${path}`, {
      method,
      headers: {
        host: "localhost",
        ...(this.person ? { "x-test-person": this.person } : {}),
        ...(this.#company ? { "x-company": this.#company } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, text, headers: response.headers, json: () => JSON.parse(text) };
  }

  /** A command with a fresh Idempotency-Key; throws unless it is accepted. */
  async command<T = Record<string, unknown>>(path: string, body: unknown): Promise<T> {
    const answer = await this.send("POST", path, body, { "idempotency-key": newId("key") });
    if (answer.status > 299) throw new Error(`POST ${path}: ${answer.status} ${answer.text}`);
    return answer.json<T>();
  }

  /** Reads; throws unless it is answered. */
  async read<T = Record<string, unknown>>(path: string): Promise<T> {
    const answer = await this.send("GET", path);
    if (answer.status > 299) throw new Error(`GET ${path}: ${answer.status} ${answer.text}`);
    return answer.json<T>();
  }
}

/** Capacity units of an answer, as the product reports them. */
export function unitsOf(answer: Answer): { read: number; write: number } {
  const header = answer.headers.get("x-capacity-units") ?? "";
  const number = (name: string) => Number(new RegExp(`${name}=([\\d.]+)`).exec(header)?.[1] ?? Number.NaN);
  return { read: number("read"), write: number("write") };
}
