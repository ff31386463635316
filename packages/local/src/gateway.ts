import { createServer as createPlain, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createSecure } from "node:https";
import type { AddressInfo } from "node:net";
import { contextOf, eventOf, type FunctionHandler, type Reply, replyOf } from "./lambda-event.ts";

/** API Gateway's limit of a request body. */
export const bodyLimitBytes = 10 * 1024 * 1024;

export type Mount = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void> | void;
export type Route = { readonly path: string } & (
  | { readonly name: string; readonly handler: FunctionHandler }
  | { readonly mount: Mount }
);
export type GatewayOptions = {
  /** A path ending in `/` takes everything under it, any other itself alone; `{name}` stands for one part. The first that fits is taken. */
  readonly routes: readonly Route[];
  /** Answers what no route takes. */
  readonly otherwise: Mount;
  /** Host names under which this product may be asked, without port. Any other is refused, so that a page elsewhere cannot reach it by rebinding its own name. */
  readonly hosts: ReadonlySet<string>;
  /** Called when a request that may have written has been answered. */
  readonly wrote?: () => void;
  /** Counts the requests that functions are answering now. */
  readonly load?: Load;
  readonly log?: (message: string) => void;
};
export type Load = { calls: number };
export type Listening = { readonly port: number; readonly close: () => Promise<void> };

const graceMs = 10_000;
const keepAliveMs = 65_000;

/** Whether a pattern of the gateway's table takes a path. */
export function fits(pattern: string, path: string): boolean {
  const wanted = pattern.split("/");
  const parts = path.split("/");
  const open = wanted.at(-1) === "";
  if (open ? parts.length < wanted.length : parts.length !== wanted.length) return false;
  const part = (one: string, at: number) => one === parts[at] || (one.startsWith("{") && parts[at] !== "");
  return (open ? wanted.slice(0, -1) : wanted).every(part);
}

/** Answers HTTP requests by calling functions with API Gateway's events, or by handing them to a mount. */
export function createGateway(options: GatewayOptions) {
  const call = async (
    route: Extract<Route, { name: string }>,
    request: IncomingMessage,
    path: string,
    query: string,
  ) => {
    const body = await bodyOf(request);
    if (body === "too large") return plainReply(413, "Request Entity Too Large");
    const secure = "encrypted" in request.socket;
    const event = eventOf({
      method: request.method ?? "GET",
      path,
      query,
      headers: request.headers,
      body,
      sourceIp: request.socket.remoteAddress ?? "",
      httpVersion: request.httpVersion,
      scheme: secure ? "https" : "http",
      port: request.socket.localPort ?? 0,
    });
    const load = options.load ?? { calls: 0 };
    load.calls += 1;
    try {
      return replyOf(await route.handler(event, contextOf(route.name, event.requestContext.requestId)));
    } catch (error) {
      options.log?.(`${route.name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return plainReply(500, "Internal Server Error");
    } finally {
      load.calls -= 1;
      if (request.method !== "GET" && request.method !== "HEAD") options.wrote?.();
    }
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const target = request.url ?? "/";
      const host = (request.headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
      if (!target.startsWith("/")) return send(request, response, plainReply(400, "Bad Request"));
      if (!options.hosts.has(host)) return send(request, response, plainReply(421, "Misdirected Request"));
      const mark = target.indexOf("?");
      const path = mark < 0 ? target : target.slice(0, mark);
      const route = options.routes.find((one) => fits(one.path, path));
      if (!route) await options.otherwise(request, response, path);
      else if ("mount" in route) await route.mount(request, response, path);
      else send(request, response, await call(route, request, path, mark < 0 ? "" : target.slice(mark + 1)));
    } catch (error) {
      if (response.headersSent || response.destroyed) return void response.destroy();
      options.log?.(`gateway: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      send(request, response, plainReply(500, "Internal Server Error"));
    }
  };
}

function plainReply(status: number, message: string): Reply {
  return { status, headers: { "content-type": "application/json" }, cookies: [], body: JSON.stringify({ message }) };
}

function send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  const headers: Record<string, string | number | string[]> = { ...reply.headers };
  if (reply.cookies.length > 0) headers["set-cookie"] = [...reply.cookies];
  const empty = reply.status === 204 || reply.status === 304;
  // The length of a HEAD's answer is the function's to say: its body is empty here.
  if (request.method !== "HEAD" && !empty) headers["content-length"] = Buffer.byteLength(reply.body);
  if (reply.status === 413) headers.connection = "close";
  response.writeHead(reply.status, headers);
  response.end(empty || request.method === "HEAD" ? undefined : reply.body);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | "too large" | undefined> {
  const { headers } = request;
  if (headers["content-length"] === undefined && headers["transfer-encoding"] === undefined) return undefined;
  if (Number(headers["content-length"] ?? 0) > bodyLimitBytes) return "too large";
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bodyLimitBytes) return "too large";
    chunks.push(chunk);
  }
  return bytes === 0 ? undefined : chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, bytes);
}

export type ListenOptions = {
  readonly host: string;
  readonly port: number;
  readonly tls?: { readonly key: string; readonly cert: string };
};

/** Listens with a gateway; rejects with code EADDRINUSE when the port is taken. Closing lets requests in flight finish, for ten seconds at most. */
export async function listen(gateway: ReturnType<typeof createGateway>, options: ListenOptions): Promise<Listening> {
  const server: Server = options.tls ? createSecure(options.tls) : createPlain();
  server.keepAliveTimeout = keepAliveMs;
  let closing = false;
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    response.once("close", () => {
      if (closing) setImmediate(() => server.closeIdleConnections());
    });
    void gateway(request, response);
  });
  await new Promise<void>((done, failed) => {
    server.once("error", failed);
    server.listen(options.port, options.host, () => {
      server.off("error", failed);
      done();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((done) => {
        closing = true;
        const timer = setTimeout(() => server.closeAllConnections(), graceMs);
        server.close(() => {
          clearTimeout(timer);
          done();
        });
        server.closeIdleConnections();
      }),
  };
}
