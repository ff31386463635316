import { addressOf } from "@yihao/http/address";
import { createApp, open } from "@yihao/http/app";
import type { Doors } from "@yihao/http/context";
import { registerRefusals } from "@yihao/http/problem";
import type { Limits } from "@yihao/http/rate";
import { faultsOf } from "@yihao/http/room";
import { type Auth, createAuth } from "@yihao/identity/auth";
import { refusalOf } from "@yihao/identity/auth-errors";
import { addressHeader } from "@yihao/identity/auth-guard";
import { openPaths } from "@yihao/identity/auth-paths";
import { outboxMailer } from "@yihao/identity/mail";
import { identityRefusals } from "@yihao/identity/model";
import { Refused } from "@yihao/kernel/outcome";
import type { PlatformScope } from "@yihao/kernel/scope";
import type { Table } from "@yihao/table/client";
import type { Context } from "hono";
import { type APIGatewayProxyResult, handle, type LambdaContext, type LambdaEvent } from "hono/aws-lambda";
import {
  addressHeaderFromEnvironment,
  clock,
  limitsFromEnvironment,
  logFromEnvironment,
  originsFromEnvironment,
  secretFromEnvironment,
  setting,
  tableFromEnvironment,
} from "./environment.ts";
import { traced } from "./tracing.ts";

export type AuthEnv = {
  /** The table of sign-in data, which no other function may read. */
  readonly authTable: Table;
  /** The main table: invitations are read there, letters put into its outbox. */
  readonly mainTable: Table;
  readonly secret: string;
  readonly origin: string;
  readonly origins?: readonly string[];
  readonly limits?: Limits | undefined;
  readonly addressHeader?: string | undefined;
  readonly now?: () => string;
  readonly log?: (entry: Record<string, unknown>) => void;
};

/** An answer without session tokens: they live in cookies that scripts cannot read, and nowhere else. */
function tokenless(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tokenless);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== "token")
      .map(([name, inner]) => [name, tokenless(inner)]),
  );
}

const base = "/api/auth";

/** What a call says, by the schema of its path: every field named, unknown ones refused. Undefined for a call without a body. */
async function said(c: Context, path: string): Promise<object | undefined> {
  const schema = openPaths[`${c.req.method} ${path}`];
  if (!schema) throw new Refused("route.missing");
  const text = c.req.method === "GET" ? JSON.stringify(c.req.query()) : await c.req.text();
  const parsed = schema.safeParse(text === "" ? {} : JSON.parse(text));
  if (!parsed.success) throw new Refused("input.invalid", { where: "json", faults: faultsOf(parsed.error) });
  return c.req.method === "GET" ? undefined : (parsed.data as object);
}

/** The auth function: `/api/auth/*`, problems told as the API tells them. */
export function createAuthFunction(env: AuthEnv) {
  registerRefusals(identityRefusals);
  const now = env.now ?? (() => new Date().toISOString());
  const scopeOn = (table: Table) => (): PlatformScope => ({
    space: "platform",
    actor: { kind: "system", name: "auth" },
    now: now(),
    command: { id: `auto:${crypto.randomUUID()}`, print: "" },
    meter: { read: 0, write: 0 },
    table,
  });
  const mainScope = scopeOn(env.mainTable);
  const known = [env.origin, ...(env.origins ?? [])];
  const libraries = new Map<string, Auth>();
  /** The library as it stands on one of our origins: passkeys are bound to a host name, and one machine has several. */
  const authOn = (origin: string): Auth => {
    const made =
      libraries.get(origin) ??
      createAuth({
        authScope: scopeOn(env.authTable),
        mainScope,
        secret: env.secret,
        origin,
        origins: known,
        mailer: outboxMailer(mainScope),
        failed: (error) =>
          env.log?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      });
    libraries.set(origin, made);
    return made;
  };
  const doors: Doors = {
    table: env.mainTable,
    now,
    caller: async () => undefined,
    membership: async () => undefined,
    origins: known,
    addressHeader: env.addressHeader,
    ...(env.limits ? { limits: env.limits } : {}),
    ...(env.log ? { log: env.log } : {}),
  };
  const app = createApp(doors);
  app.use(`${base}/*`, open(doors));
  app.all(`${base}/*`, async (c) => {
    const path = new URL(c.req.url).pathname.slice(base.length);
    const body = await said(c, path);
    const origin = known.find((one) => new URL(one).host === c.req.header("host")) ?? env.origin;
    const headers = new Headers(c.req.raw.headers);
    headers.set(addressHeader, addressOf(c, env.addressHeader) ?? "127.0.0.1");
    // The origin has been judged against the host by now; the library is shown the one that it knows.
    if (headers.has("origin")) headers.set("origin", origin);
    headers.delete("referer");
    // Whoever asks for the session has no signed copy that is believed: the table says whether it still stands.
    const query = path === "/get-session" ? "?disableCookieCache=true" : "";
    const request = new Request(`${origin}${base}${path}${query}`, {
      method: c.req.method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (body) request.headers.set("content-type", "application/json");
    const answer = await authOn(origin).handler(request);
    const json: unknown = await answer.json().catch(() => null);
    if (answer.status >= 400) throw refusalOf(answer.status, json);
    for (const cookie of answer.headers.getSetCookie()) c.header("set-cookie", cookie, { append: true });
    return c.json((tokenless(json) ?? null) as object | null, 200);
  });
  return app;
}

/** What the auth function is handed in its deployment: YIHAO_URL is where the web app lives; YIHAO_ORIGINS further ones, by commas. */
export function authFromEnvironment(): AuthEnv {
  const log = logFromEnvironment();
  return {
    mainTable: tableFromEnvironment(),
    authTable: tableFromEnvironment("YIHAO_AUTH_TABLE"),
    secret: secretFromEnvironment(),
    origin: setting("YIHAO_URL"),
    origins: originsFromEnvironment(),
    now: clock,
    limits: limitsFromEnvironment(),
    addressHeader: addressHeaderFromEnvironment(),
    ...(log ? { log } : {}),
  };
}

type Handler = (event: LambdaEvent, context?: LambdaContext) => Promise<APIGatewayProxyResult>;

let running: Handler | undefined;

/** API Gateway (HTTP API, payload v2) calls this. */
export const handler = traced<Parameters<Handler>, Awaited<ReturnType<Handler>>>((event, context) => {
  running ??= handle(createAuthFunction(authFromEnvironment()));
  return running(event, context);
});
