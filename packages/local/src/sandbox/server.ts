import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { answerApi, keyAccepted } from "./api.ts";
import { answerConnect } from "./connect-page.ts";
import { answerControl } from "./control.ts";
import { takeFault } from "./faults.ts";
import { formOfParts } from "./parts.ts";
import { answerPage } from "./pay-route.ts";
import { expireDue } from "./payment.ts";
import { answerPortal } from "./portal-page.ts";
import { forgetOld, freshId, openStore } from "./store.ts";
import { type Hook, type Later, openCourier } from "./webhooks.ts";

const MOST_BODY_BYTES = 256 * 1024;
/** Files of evidence are larger than any form. */
const MOST_FILE_BYTES = 6 * 1024 * 1024;
const SWEEP_EVERY_MS = 15_000;

export type SandboxOptions = {
  /** The JSON file that holds everything. */
  readonly stateFile: string;
  /** Where a browser reaches the hosted page; its path is the prefix, so `http://127.0.0.1:3000/sandbox` serves `/sandbox/pay/…`. */
  readonly publicUrl: string;
  readonly webhook?: Hook;
  readonly now?: () => Date;
  readonly later?: Later;
};
export type StartOptions = Omit<SandboxOptions, "publicUrl"> & {
  /** 0 takes a free port. */
  readonly port: number;
  readonly host?: string;
  readonly publicUrl?: string;
};
export type SandboxHandler = {
  /** Answers one request, with the prefix of `publicUrl` or without it. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Resolves when no webhook is being sent at this moment. */
  readonly idle: () => Promise<void>;
  readonly close: () => Promise<void>;
};
export type Sandbox = SandboxHandler & { readonly port: number; readonly url: string };

/** Starts the sandbox on a port of its own, which the SDK needs (it always asks at `/v1`); its `handle` may be mounted under a prefix of another server as well. */
export async function startSandbox(options: StartOptions): Promise<Sandbox> {
  const host = options.host ?? "127.0.0.1";
  const place = { publicUrl: options.publicUrl };
  const sandbox = openSandbox(options, () => place.publicUrl!);
  const server = createServer((request, response) => void sandbox.handle(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://${host}:${port}`;
  place.publicUrl ??= url;
  sandbox.begin();
  return {
    ...sandbox,
    port,
    url,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await sandbox.close();
    },
  };
}

/** The sandbox as a request handler only, for a server that is already listening. */
export function sandboxHandler(options: SandboxOptions): SandboxHandler {
  const sandbox = openSandbox(options, () => options.publicUrl);
  sandbox.begin();
  return sandbox;
}

type OpenOptions = Pick<SandboxOptions, "stateFile" | "webhook" | "now" | "later">;

function openSandbox(options: OpenOptions, publicUrl: () => string): SandboxHandler & { begin: () => void } {
  const now = options.now ?? (() => new Date());
  const store = openStore(options.stateFile);
  const courier = openCourier(store, options.webhook, now, options.later ?? laterByTimer);
  const { state } = store;
  const seconds = () => Math.floor(now().getTime() / 1000);

  const settle = () => {
    forgetOld(state, seconds());
    store.save();
    courier.kick();
  };
  const sweep = () => {
    if (expireDue(state, seconds())) settle();
  };
  const timer = setInterval(sweep, SWEEP_EVERY_MS).unref();

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const base = publicUrl().replace(/\/+$/, "");
    const prefix = new URL(base).pathname.replace(/\/+$/, "");
    const url = new URL(request.url ?? "/", "http://sandbox");
    const path =
      prefix !== "" && url.pathname.startsWith(`${prefix}/`) ? url.pathname.slice(prefix.length) : url.pathname;
    const filing = path === "/v1/files" && request.method === "POST";
    const bytes = await readBody(request, filing ? MOST_FILE_BYTES : MOST_BODY_BYTES);
    if (bytes === undefined) return reply(response, 413, {}, "");
    const body = (filing && formOfParts(header(request, "content-type") ?? "", bytes)) || bytes.toString("utf8");
    sweep();
    if (path.startsWith("/v1/")) return api(request, response, { path, query: url.search.slice(1), body, base });
    if (path.startsWith("/control/")) return control(request, response, path, body);
    const connected = /^\/connect\/(acct_\w+)$/.exec(path)?.[1];
    if (connected !== undefined && (request.method === "GET" || request.method === "POST")) {
      const language = request.headers["accept-language"] ?? "";
      const wish = { method: request.method, id: connected, language, fetchSite: header(request, "sec-fetch-site") };
      const shown = answerConnect(wish, state, now());
      if (request.method === "POST") settle();
      return reply(response, shown.status, shown.headers, shown.html);
    }
    const portal = /^\/portal\/(bps_\w+)$/.exec(path)?.[1];
    if (portal !== undefined && (request.method === "GET" || request.method === "POST")) {
      const shown = answerPortal(
        {
          ...{ method: request.method, id: portal, query: url.searchParams },
          form: new URLSearchParams(request.method === "POST" ? body : ""),
          language: request.headers["accept-language"] ?? "",
          fetchSite: header(request, "sec-fetch-site"),
        },
        state,
        now(),
      );
      if (request.method === "POST") settle();
      return reply(response, shown.status, shown.headers, shown.html);
    }
    const sessionId = /^\/pay\/(\w+)$/.exec(path)?.[1];
    const { method } = request;
    if (sessionId === undefined || (method !== "GET" && method !== "POST")) return reply(response, 404, {}, "");
    const page = answerPage(
      {
        method,
        sessionId,
        query: url.searchParams,
        form: new URLSearchParams(method === "POST" ? body : ""),
        acceptLanguage: request.headers["accept-language"] ?? "",
        cookies: request.headers.cookie ?? "",
        fetchSite: header(request, "sec-fetch-site"),
        cookiePath: `${prefix}/`,
      },
      state,
      now(),
    );
    if (method === "POST") settle();
    return reply(response, page.status, page.headers, page.html);
  };

  const api = (
    request: IncomingMessage,
    response: ServerResponse,
    at: { path: string; query: string; body: string; base: string },
  ) => {
    const method = request.method ?? "GET";
    const requestId = freshId("req");
    const headers: Record<string, string> = {
      "content-type": "application/json",
      "request-id": requestId,
      "stripe-version": Stripe.API_VERSION,
    };
    if (takeFault(state, "api_hang", at.path)) return store.save();
    if (takeFault(state, "api_500", at.path)) {
      store.save();
      const error = { type: "api_error", message: "The sandbox was asked to fail here; nothing was done." };
      return reply(response, 500, headers, JSON.stringify({ error }));
    }
    const account = header(request, "stripe-account");
    const idempotencyKey = header(request, "idempotency-key");
    const result = answerApi(
      {
        method,
        path: at.path,
        form: method === "GET" ? at.query : at.body,
        authorization: request.headers.authorization,
        account,
        idempotencyKey,
        requestId,
      },
      { state, nowSeconds: seconds(), pageUrl: `${at.base}/pay` },
    );
    const dropped = takeFault(state, "api_drop_reply", at.path) !== undefined;
    if (method === "POST" || dropped) settle();
    if (dropped) return void request.socket.destroy();
    if (account !== undefined) headers["stripe-account"] = account;
    if (idempotencyKey !== undefined) headers["idempotency-key"] = idempotencyKey;
    if (result.replayed) headers["idempotent-replayed"] = "true";
    return reply(response, result.status, headers, JSON.stringify(result.body, null, 2));
  };

  const control = (request: IncomingMessage, response: ServerResponse, path: string, body: string) => {
    const headers = { "content-type": "application/json" };
    if (!keyAccepted(request.headers.authorization))
      return reply(response, 401, headers, '{"message":"A sandbox key is needed"}');
    const result = answerControl({ method: request.method ?? "GET", path, body }, state, courier, now());
    if (request.method !== "GET") settle();
    return reply(response, result.status, headers, JSON.stringify(result.body, null, 2));
  };

  return {
    begin: () => {
      sweep();
      courier.kick();
    },
    handle: async (request, response) => {
      try {
        await answer(request, response);
      } catch (error) {
        console.error("payment sandbox:", error);
        const wrong = { error: { type: "api_error", message: "The payment sandbox itself has a fault; see its log." } };
        if (!response.headersSent) reply(response, 500, { "content-type": "application/json" }, JSON.stringify(wrong));
      }
    },
    idle: courier.idle,
    close: async () => {
      clearInterval(timer);
      await courier.close();
      store.save();
    },
  };
}

function reply(response: ServerResponse, status: number, headers: Record<string, string>, body: string): void {
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) }).end(body);
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

async function readBody(request: IncomingMessage, most: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > most) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const laterByTimer: Later = (delayMs, run) => {
  const timer = setTimeout(run, delayMs);
  timer.unref();
  return () => clearTimeout(timer);
};
