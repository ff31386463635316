import type { Caller, Doors } from "@yihao/http/context";
import { enterByKey } from "@yihao/identity/key-actions";
import { endedOf, membershipOf } from "@yihao/identity/store";
import { supportDoor } from "@yihao/identity/support-actions";
import { newId, type PersonId } from "@yihao/kernel/ids";
import type { Table } from "@yihao/table/client";
import { createDocs } from "../../../functions/docs.ts";
import { supportFromEnvironment } from "../../../functions/environment.ts";
import { createTakeover } from "../../../functions/takeover.ts";
import { createApi } from "../../../functions/whole-api.ts";
import { testNow } from "./table.ts";
import { behindWall } from "./wall.ts";

type TestOptions = { now?: () => string; beside?: Readonly<Record<string, App>> } & Pick<
  Doors,
  "log" | "limits" | "usage"
>;

/**
 * The whole API in this process on a test's table. Who asks is told by a header in place of the session cookie. `beside` are other functions by the path
 * under which the gateway has them.
 */
export function testApi(table: Table, options: TestOptions = {}) {
  const doors: Doors = {
    table,
    // Every test of a route runs behind the wall that IAM keeps on AWS.
    inSpace: (space) => behindWall(table, space),
    now: options.now ?? (() => testNow),
    membership: membershipOf,
    ended: endedOf,
    key: enterByKey,
    support: supportDoor(supportFromEnvironment),
    ...(options.log ? { log: options.log } : {}),
    ...(options.limits ? { limits: options.limits } : {}),
    ...(options.usage ? { usage: options.usage } : {}),
    caller: async (request): Promise<Caller | undefined> => {
      const person = request.headers.get("x-test-person");
      return person ? { person: person as PersonId, email: `${person}@test.example`, name: person } : undefined;
    },
  };
  const api = createApi(doors);
  let docs: App | undefined;
  const others: [string, App][] = [
    ["/api/v1/takeover/", createTakeover(doors)],
    ...Object.entries(options.beside ?? {}),
  ];
  const app: App = {
    request: (path, init) => {
      const other = others.find(([begins]) => path.startsWith(begins))?.[1];
      if (other || !/\/v1\/(docs|openapi\.json)$/.test(path)) return (other ?? api).request(path, init);
      docs ??= createDocs(doors);
      return docs.request(path, init);
    },
  };
  return {
    app: api,
    as: (person: PersonId | undefined, company?: string) => new TestCaller(app, person, company),
    /** A program that asks by the secret of an API key. */
    by: (secret: string) => new TestCaller(app, undefined, undefined, secret),
  };
}

export type Answer = {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  readonly json: <T = Record<string, unknown>>() => T;
};

type App = { readonly request: (path: string, init: RequestInit) => Response | Promise<Response> };

/** One caller of the API, or of another function, in this process. */
export class TestCaller {
  readonly #app: App;
  readonly person: PersonId | undefined;
  readonly #company: string | undefined;
  readonly #secret: string | undefined;

  constructor(app: App, person: PersonId | undefined, company?: string, secret?: string) {
    this.#secret = secret;
    this.#app = app;
    this.person = person;
    this.#company = company;
  }

  /** The same person acting for a company. */
  for(company: string): TestCaller {
    return new TestCaller(this.#app, this.person, company);
  }

  /** Sends one request below `/api/v1`. */
  send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.raw(method, path, body === undefined ? undefined : JSON.stringify(body), headers);
  }

  /** The same with the text of the body as it is. */
  async raw(method: string, path: string, text?: string, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await this.#app.request(`/api/v1${path}`, {
      method,
      headers: {
        host: "localhost",
        ...(this.person ? { "x-test-person": this.person } : {}),
        ...(this.#company ? { "x-company": this.#company } : {}),
        ...(this.#secret ? { authorization: `Bearer ${this.#secret}` } : {}),
        ...(text === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(text === undefined ? {} : { body: text }),
    });
    const answer = await response.text();
    return { status: response.status, text: answer, headers: response.headers, json: () => JSON.parse(answer) };
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
