import { createApp } from "@yihao/http/app";
import { registerRefusals } from "@yihao/http/problem";
import { addressHeader, createAuth } from "@yihao/identity/auth";
import { refusalOf } from "@yihao/identity/auth-errors";
import { outboxMailer } from "@yihao/identity/mail";
import { identityRefusals } from "@yihao/identity/model";
import { Refused } from "@yihao/kernel/outcome";
import type { PlatformScope } from "@yihao/kernel/scope";
import type { Table } from "@yihao/table/client";
import { type APIGatewayProxyResult, handle, type LambdaContext, type LambdaEvent } from "hono/aws-lambda";
import { clock, logFromEnvironment, setting, tableFromEnvironment } from "./environment.ts";

export type AuthEnv = {
  /** The table of sign-in data, which no other function may read. */
  readonly authTable: Table;
  /** The main table: invitations are read there, letters put into its outbox. */
  readonly mainTable: Table;
  readonly secret: string;
  readonly origin: string;
  readonly origins?: readonly string[];
  readonly now?: () => string;
  readonly log?: (entry: Record<string, unknown>) => void;
};

/** What of the library is open to the world; everything else answers 404. */
const open = new Set([
  "GET /get-session",
  "POST /sign-in/email",
  "POST /sign-in/email-otp",
  "POST /email-otp/send-verification-otp",
  "POST /email-otp/request-password-reset",
  "POST /email-otp/reset-password",
  "POST /join",
  "POST /first-password",
  "POST /change-password",
  "POST /update-user",
  "POST /revoke-other-sessions",
  "POST /sign-out",
]);

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

type Event = { event?: { requestContext?: { http?: { sourceIp?: string } } } };

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
  const auth = createAuth({
    authScope: scopeOn(env.authTable),
    mainScope,
    secret: env.secret,
    origin: env.origin,
    origins: env.origins ?? [],
    mailer: outboxMailer(mainScope),
    failed: (error) => env.log?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  });
  const app = createApp({
    table: env.mainTable,
    now,
    caller: async () => undefined,
    membership: async () => undefined,
    origins: [env.origin, ...(env.origins ?? [])],
    ...(env.log ? { log: env.log } : {}),
  });
  app.all(`${base}/*`, async (c) => {
    const path = new URL(c.req.url).pathname.slice(base.length);
    if (!open.has(`${c.req.method} ${path}`)) throw new Refused("route.missing");
    const headers = new Headers(c.req.raw.headers);
    headers.set(addressHeader, (c.env as Event | undefined)?.event?.requestContext?.http?.sourceIp ?? "127.0.0.1");
    // The origin has been judged against the host by now; the library is shown the one that it knows.
    if (headers.has("origin")) headers.set("origin", env.origin);
    headers.delete("referer");
    const text = c.req.method === "GET" ? undefined : await c.req.text();
    const request = new Request(`${env.origin}${base}${path}`, {
      method: c.req.method,
      headers,
      ...(text === undefined ? {} : { body: text === "" ? "{}" : text }),
    });
    if (text !== undefined) request.headers.set("content-type", "application/json");
    const answer = await auth.handler(request);
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
    secret: setting("YIHAO_SECRET"),
    origin: setting("YIHAO_URL"),
    origins: (process.env.YIHAO_ORIGINS ?? "").split(",").filter((one) => one !== ""),
    now: clock,
    ...(log ? { log } : {}),
  };
}

type Handler = (event: LambdaEvent, context?: LambdaContext) => Promise<APIGatewayProxyResult>;

let running: Handler | undefined;

/** API Gateway (HTTP API, payload v2) calls this. */
export const handler: Handler = (event, context) => {
  running ??= handle(createAuthFunction(authFromEnvironment()));
  return running(event, context);
};
