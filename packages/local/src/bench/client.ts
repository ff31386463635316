import { Agent, type IncomingHttpHeaders, request } from "node:http";

export type Reply = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string };

/** One keep-alive HTTP client with its own cookies, as one browser or machine would be. */
export class Client {
  readonly url: URL;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #cookies = new Map<string, string>();
  readonly #headers: Record<string, string> = {};

  constructor(url: string, like?: Client, headers: Readonly<Record<string, string>> = {}) {
    this.url = new URL(url);
    Object.assign(this.#headers, headers);
    if (like) for (const [name, value] of like.#cookies) this.#cookies.set(name, value);
    if (like) Object.assign(this.#headers, like.#headers);
  }

  /** Acts for this company from now on. */
  actAs(company: string): this {
    this.#headers["x-company"] = company;
    return this;
  }

  /** Sends one request; throws only when there is no answer at all. */
  send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((done, fail) => {
      const call = request(
        {
          agent: this.#agent,
          host: this.url.hostname,
          port: this.url.port,
          method,
          path,
          headers: {
            ...(text === undefined
              ? {}
              : { "content-type": "application/json", "content-length": Buffer.byteLength(text) }),
            ...(this.#cookies.size > 0
              ? { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ") }
              : {}),
            ...(method === "GET" ? {} : { origin: this.url.origin }),
            ...this.#headers,
            ...headers,
          },
        },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on("data", (part: Buffer) => parts.push(part));
          answer.on("end", () => {
            for (const cookie of answer.headers["set-cookie"] ?? []) this.#keep(cookie);
            done({
              status: answer.statusCode ?? 0,
              headers: answer.headers,
              text: Buffer.concat(parts).toString("utf8"),
            });
          });
          answer.on("error", fail);
        },
      );
      call.on("error", fail);
      call.end(text);
    });
  }

  /** Sends a request and gives its JSON; throws when the status is not a success. A session that is older than what its cookie vouches for is looked up anew, as a browser does. */
  async json<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    let reply = await this.send(method, path, body, headers);
    if (reply.status === 401 && reply.text.includes('"session.stale"')) {
      await this.send("GET", "/api/auth/get-session");
      reply = await this.send(method, path, body, headers);
    }
    if (reply.status < 200 || reply.status > 299)
      throw new Error(`${method} ${path}: ${reply.status} ${reply.text.slice(0, 400)}`);
    return JSON.parse(reply.text) as T;
  }

  /** A command of its own: a POST with a fresh Idempotency-Key. */
  command<T>(path: string, body: unknown): Promise<T> {
    return this.json<T>("POST", path, body, { "idempotency-key": crypto.randomUUID() });
  }

  close(): void {
    this.#agent.destroy();
  }

  #keep(cookie: string): void {
    const [pair = "", ...rest] = cookie.split(";");
    const cut = pair.indexOf("=");
    const name = pair.slice(0, cut).trim();
    const gone = rest.some((part) => /^\s*max-age=0\s*$/i.test(part));
    if (gone) this.#cookies.delete(name);
    else this.#cookies.set(name, pair.slice(cut + 1).trim());
  }
}

/** Capacity units as the product reports them on an answer. */
export function unitsOf(reply: Reply): { read: number; write: number } {
  const header = String(reply.headers["x-capacity-units"] ?? "");
  const number = (name: string) => Number(new RegExp(`${name}=([\\d.]+)`).exec(header)?.[1] ?? Number.NaN);
  return { read: number("read"), write: number("write") };
}
