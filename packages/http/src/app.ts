import { OpenAPIHono, z } from "@hono/zod-openapi";
import type { PersonId, SpaceId } from "@yihao/kernel/ids";
import { isId } from "@yihao/kernel/ids";
import { Refused } from "@yihao/kernel/outcome";
import type { Actor, Command, Meter, PlatformScope, Scope } from "@yihao/kernel/scope";
import { digest } from "@yihao/table/command";
import { recall } from "@yihao/table/commit";
import type { Context, MiddlewareHandler } from "hono";
import type { Caller, Doors, Membership, PersonEnv, SpaceEnv } from "./context.ts";
import { problemResponse } from "./problem.ts";
import { faultsOf } from "./room.ts";

const bodyLimit = 1_048_576;
const reads = new Set(["GET", "HEAD", "OPTIONS"]);

type RootEnv = { Variables: { request: string; meter: Meter; scope?: Scope | PlatformScope } };

/** The app every route hangs in: body limit, JSON check, origin check, problems, request ids, security headers. */
export function createApp(doors: Doors) {
  const app = new OpenAPIHono<RootEnv>();
  app.use("*", async (c, next) => {
    const request = c.req.header("x-amzn-trace-id") ?? crypto.randomUUID();
    c.set("request", request);
    c.set("meter", { read: 0, write: 0 });
    const started = performance.now();
    await guard(c, doors);
    await next();
    c.header("x-request-id", request);
    const meter = c.get("meter");
    c.header("x-capacity-units", `read=${meter.read}; write=${meter.write}`);
    c.header("x-content-type-options", "nosniff");
    if (!c.res.headers.has("cache-control")) c.header("cache-control", "no-store");
    const ms = Math.round((performance.now() - started) * 10) / 10;
    doors.log?.({ request, method: c.req.method, path: c.req.routePath, status: c.res.status, ms, ...meter });
  });
  app.onError(async (error, c) => {
    const request = c.get("request") ?? "";
    const meter = c.get("meter");
    const headers = {
      "x-request-id": request,
      "x-capacity-units": `read=${meter?.read ?? 0}; write=${meter?.write ?? 0}`,
    };
    const refused = asRefused(error);
    if (refused) {
      const scope = c.get("scope");
      const repeated = scope && (await earlier(c, scope, refused));
      return repeated ?? problemResponse(refused, request, headers);
    }
    doors.log?.({ request, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    return problemResponse(new Refused("internal"), request, headers);
  });
  app.notFound((c) => problemResponse(new Refused("route.missing"), c.get("request")));
  return app;
}

/**
 * A command that was accepted before and is refused now (the stock has gone, say) gets its first answer again: 201, as every command that POST records.
 */
async function earlier(c: Context, scope: Scope | PlatformScope, refused: Refused): Promise<Response | undefined> {
  if (scope.command.id.startsWith("auto:") || ["busy", "internal", "command.reused"].includes(refused.refusal.code))
    return undefined;
  if (refused.refusal.code.startsWith("input.") || refused.refusal.code.startsWith("auth.")) return undefined;
  try {
    const receipt = await recall(scope);
    return receipt ? c.json(receipt.answer as object, 201) : undefined;
  } catch (error) {
    return error instanceof Refused ? problemResponse(error, c.get("request")) : undefined;
  }
}

function asRefused(error: unknown): Refused | undefined {
  if (error instanceof Refused) return error;
  if (error instanceof z.ZodError) return new Refused("input.invalid", { where: "json", faults: faultsOf(error) });
  if (error instanceof Error && "status" in error) {
    if (error.status === 400) return new Refused("input.json");
    if (error.status === 415) return new Refused("input.media");
  }
  return undefined;
}

async function guard(c: Context, doors: Doors): Promise<void> {
  if (reads.has(c.req.method)) return;
  const origin = c.req.header("origin");
  const site = c.req.header("sec-fetch-site");
  if (origin !== undefined && origin !== "null") {
    const host = c.req.header("x-forwarded-host") ?? c.req.header("host");
    if (new URL(origin).host !== host && !doors.origins?.includes(origin)) throw new Refused("auth.origin");
  } else if (site !== undefined && site !== "same-origin" && site !== "none") throw new Refused("auth.origin");
  const length = Number(c.req.header("content-length") ?? 0);
  if (length > bodyLimit) throw new Refused("input.too-large", { bytes: bodyLimit });
  const text = await c.req.text();
  if (new TextEncoder().encode(text).length > bodyLimit) throw new Refused("input.too-large", { bytes: bodyLimit });
  if (text === "") return;
  if (!/^application\/(.*\+)?json\b/.test(c.req.header("content-type") ?? "")) throw new Refused("input.media");
  try {
    JSON.parse(text);
  } catch {
    throw new Refused("input.json");
  }
}

/** The caller's command: its `Idempotency-Key` bound to who asks, with a print of what is asked; without one, a fresh `auto:` id. */
async function commandOf(c: Context, person: PersonId): Promise<Command> {
  const key = c.req.header("idempotency-key");
  if (key === undefined || reads.has(c.req.method)) return { id: `auto:${crypto.randomUUID()}`, print: "" };
  if (!/^[\x21-\x7e]{8,200}$/.test(key)) throw new Refused("command.invalid");
  const print = digest(c.req.method, c.req.path, c.req.header("x-company") ?? "", await c.req.text());
  return { id: `${person} ${key}`, print };
}

async function callerOf(c: Context, doors: Doors): Promise<Caller> {
  const caller = await doors.caller(c.req.raw);
  if (caller === "stale") throw new Refused("session.stale");
  if (!caller) throw new Refused("auth.missing");
  return caller;
}

/** Middleware for `/me` and the like: a signed-in person and a platform scope. */
export function signedIn(doors: Doors): MiddlewareHandler<PersonEnv & RootEnv> {
  return async (c, next) => {
    const caller = await callerOf(c, doors);
    c.set("caller", caller);
    c.set("scope", {
      space: "platform",
      actor: { kind: "person", person: caller.person },
      now: doors.now(),
      command: await commandOf(c, caller.person),
      meter: c.get("meter"),
      table: doors.table,
    });
    await next();
  };
}

/**
 * Middleware for everything under `/spaces/{space}`: finds who asks and makes the scope. No place in the space answers
 * exactly what a space that does not exist answers. `X-Company` chooses the company to act for; without it staff act as staff, others for their first company.
 */
export function inside(doors: Doors): MiddlewareHandler<SpaceEnv & RootEnv> {
  return async (c, next) => {
    const caller = await callerOf(c, doors);
    const space = c.req.param("space");
    if (!isId("spc", space)) throw new Refused("missing");
    const base = {
      space: space as SpaceId,
      now: doors.now(),
      command: await commandOf(c, caller.person),
      meter: c.get("meter"),
      table: doors.table,
    };
    const looking: Scope = { ...base, actor: { kind: "system", name: "door" } };
    const place = await doors.membership(looking, caller.person);
    const actor = place && actorOf(caller, place, c.req.header("x-company"));
    if (!place || !actor) throw new Refused("missing");
    c.set("caller", caller);
    c.set("place", place);
    c.set("scope", { ...base, actor });
    await next();
  };
}

function actorOf(caller: Caller, place: Membership, wanted: string | undefined): Actor | undefined {
  if (wanted === undefined && place.roles.length > 0)
    return { kind: "staff", person: caller.person, roles: place.roles };
  const chosen = wanted === undefined ? place.companies[0] : place.companies.find((one) => one.company === wanted);
  return chosen && { kind: "company", person: caller.person, company: chosen.company, role: chosen.role };
}
