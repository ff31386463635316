import { OpenAPIHono, z } from "@hono/zod-openapi";
import type { KeyId, PersonId } from "@yihao/kernel/ids";
import { isId } from "@yihao/kernel/ids";
import { Refused, take } from "@yihao/kernel/outcome";
import type { Actor, Command, Meter, PlatformScope, Scope } from "@yihao/kernel/scope";
import { digest } from "@yihao/table/command";
import { recall } from "@yihao/table/commit";
import type { Context, MiddlewareHandler } from "hono";
import { addressOf, isLoopback, networkOf } from "./address.ts";
import type { Caller, Doors, Membership, PersonEnv, SpaceEnv, SupportDoor } from "./context.ts";
import { guard, reads } from "./guard.ts";
import { problemResponse } from "./problem.ts";
import { faultsOf } from "./room.ts";

/** No page shows an answer of the API in a frame. */
const answersPolicy = "frame-ancestors 'none'";
/** A request id that a gateway gave; any other text gets one of ours, since it is written into answers and logs. */
const traceId = /^[\w=;.:-]{1,200}$/;

/** A request id that a browser gave, to be found again in the logs: nothing that could be read as anything else. */
const ownId = /^[\w-]{8,64}$/;

type RootEnv = { Variables: { request: string; meter: Meter; scope?: Scope | PlatformScope; refusal?: string } };

/** The app every route hangs in: body limit, JSON check, origin check, problems, request ids, security headers. */
export function createApp(doors: Doors) {
  const app = new OpenAPIHono<RootEnv>();
  app.use("*", async (c, next) => {
    const named = c.req.header("x-request-id");
    const traced = c.req.header("x-amzn-trace-id");
    const trace = traced && traceId.test(traced) ? traced : undefined;
    const request = named && ownId.test(named) ? named : (trace ?? crypto.randomUUID());
    c.set("request", request);
    c.set("meter", { read: 0, write: 0, wrote: [] });
    const started = performance.now();
    await guard(c, doors);
    await next();
    c.header("x-request-id", request);
    const meter = c.get("meter");
    c.header("x-capacity-units", `read=${meter.read}; write=${meter.write}`);
    c.header("x-content-type-options", "nosniff");
    if (!c.res.headers.has("content-security-policy")) c.header("content-security-policy", answersPolicy);
    if (!c.res.headers.has("cache-control")) c.header("cache-control", "no-store");
    const ms = Math.round((performance.now() - started) * 10) / 10;
    const space = c.get("scope")?.space;
    const refusal = c.get("refusal");
    doors.log?.({
      request,
      ...(trace && trace !== request ? { trace } : {}),
      method: c.req.method,
      path: c.req.routePath,
      status: c.res.status,
      ms,
      ...meter,
      ...(space ? { space } : {}),
      ...(refusal ? { refusal } : {}),
    });
    if (doors.usage && space && space !== "platform") {
      doors.usage.count({ space, read: meter.read, write: meter.write, ms });
      await doors.usage.due();
    }
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
      if (!repeated) c.set("refusal", refused.refusal.code);
      return repeated ?? problemResponse(refused, request, headers);
    }
    c.set("refusal", "internal");
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

/** The caller's command: its `Idempotency-Key` bound to the person or key who asks, with a print of what is asked; without one, a fresh `auto:` id. */
async function commandOf(c: Context, who: PersonId | KeyId): Promise<Command> {
  const key = c.req.header("idempotency-key");
  if (key === undefined || reads.has(c.req.method)) return { id: `auto:${crypto.randomUUID()}`, print: "" };
  if (!/^[\x21-\x7e]{8,200}$/.test(key)) throw new Refused("command.invalid");
  const print = digest(c.req.method, c.req.path, c.req.header("x-company") ?? "", await c.req.text());
  return { id: `${who} ${key}`, print };
}

const nowMs = (doors: Doors) => Date.parse(doors.now());

function slowDown(seconds: number | undefined): void {
  if (seconds !== undefined) throw new Refused("rate.limited", { seconds });
}

/** Counts a request of a person or key that is known to be one. */
function countCaller(doors: Doors, who: string): void {
  slowDown(doors.limits?.caller.take(who, nowMs(doors)));
}

/** The network whose requests without a sign-in are counted; none for the machine itself. */
function strangerOf(c: Context, doors: Doors): string | undefined {
  const address = doors.limits && addressOf(c, doors.addressHeader);
  return address && !isLoopback(address) ? networkOf(address) : undefined;
}

/** Counts a request of nobody we know by the network it came from. */
function countStranger(c: Context, doors: Doors): void {
  const network = strangerOf(c, doors);
  if (network) slowDown(doors.limits?.address.take(network, nowMs(doors)));
}

/** Middleware for what is open to everybody: so many requests a minute from one network. */
export function open(doors: Doors): MiddlewareHandler {
  return async (c, next) => {
    countStranger(c, doors);
    await next();
  };
}

async function callerOf(c: Context, doors: Doors): Promise<Caller> {
  const caller = await doors.caller(c.req.raw);
  if (caller === "stale") throw new Refused("session.stale");
  if (!caller) {
    countStranger(c, doors);
    throw new Refused("auth.missing");
  }
  countCaller(doors, caller.person);
  // What a device kept to send later is one person's: it does nothing under the session of whoever signed in meanwhile.
  const meant = c.req.header("x-person");
  if (meant !== undefined && meant !== caller.person) throw new Refused("auth.missing");
  return caller;
}

/** A session that ended a moment ago counts as stale, although its signed copy is still good: the auth function will say that it is gone. */
function checkSession(caller: Caller, ended: string | undefined): void {
  if (caller.session !== undefined && ended?.includes(caller.session)) throw new Refused("session.stale");
}

/** Middleware for `/me` and the like: a signed-in person and a platform scope. */
export function signedIn(doors: Doors): MiddlewareHandler<PersonEnv & RootEnv> {
  return async (c, next) => {
    const caller = await callerOf(c, doors);
    const scope: PlatformScope = {
      space: "platform",
      actor: { kind: "person", person: caller.person },
      now: doors.now(),
      command: await commandOf(c, caller.person),
      meter: c.get("meter"),
      table: doors.table,
    };
    checkSession(caller, await doors.ended?.(scope, caller.person));
    c.set("caller", { ...caller, support: doors.support?.is(caller) ?? false });
    c.set("scope", scope);
    await next();
  };
}

/** The secret of an API key that a request carries: `Authorization: Bearer yk_…`. */
function secretIn(c: Context): string | undefined {
  return /^Bearer\s+(\S{1,200})\s*$/i.exec(c.req.header("authorization") ?? "")?.[1];
}

/** Lets a program in by its API key, which acts as staff with the key's own roles, or for the company that made it, as one of its members. */
async function enterByKey(c: Context, doors: Doors, looking: Scope, secret: string) {
  if (!doors.key) throw new Refused("auth.missing");
  // Whoever tries secrets is counted by their network: counted by the key, they would shut out whoever holds it.
  const network = strangerOf(c, doors);
  if (network) slowDown(doors.limits?.address.shut(network, nowMs(doors)));
  // What stands before the last `_` names the key and is no secret.
  const named = secret.replace(/_[^_]*$/, "");
  slowDown(doors.limits?.caller.shut(named, nowMs(doors)));
  const entered = await doors.key(looking, secret);
  if (!entered.ok) countStranger(c, doors);
  const key = take(entered);
  countCaller(doors, named);
  if (key.access === "read" && !reads.has(c.req.method)) throw new Refused("key.read-only");
  const { id, by, name, company } = key;
  const chosen = c.req.header("x-company");
  if (chosen !== undefined && chosen !== company) throw new Refused("missing");
  c.set("caller", { person: by, email: "", name });
  const role = "member";
  const place: Membership =
    company === undefined
      ? { roles: key.roles, own: key.own, companies: [] }
      : { roles: [], companies: [{ company, role }] };
  c.set("place", place);
  const actor: Actor =
    company === undefined
      ? { kind: "staff", person: by, roles: key.roles, ...rightsOf(place), key: id }
      : { kind: "company", person: by, company, role, key: id };
  c.set("scope", { ...looking, actor, command: await commandOf(c, id) });
}

/**
 * Lets one of the platform's support in, who has no place in the space, under a grant of its owner: to read. The request is written down before anything else happens, a refused write too. Without a
 * grant there is nothing here, as for anybody else.
 */
async function enterAsSupport(c: Context, doors: Doors, looking: Scope, caller: Caller, door: SupportDoor) {
  const grant = await door.grant(looking);
  if (!grant || c.req.header("x-company") !== undefined) throw new Refused("missing");
  // Apart from the grant, since the two lie behind different walls.
  checkSession(caller, await doors.ended?.({ ...looking, space: "platform", table: doors.table }, caller.person));
  const { id, roles } = grant;
  const { method, path } = c.req;
  const refused = !reads.has(method);
  await door.note({ ...looking, actor: { kind: "person", person: caller.person } }, id, caller, {
    method,
    path,
    refused,
  });
  if (refused) throw new Refused("support.read-only");
  c.set("caller", caller);
  c.set("place", { roles, companies: [] });
  const actor: Actor = { kind: "staff", person: caller.person, roles, support: id };
  c.set("scope", { ...looking, actor });
}

/** Lets a person in by their session: finds their place and acts for the company that they choose. */
async function enterAsPerson(c: Context, doors: Doors, looking: Scope, caller: Caller) {
  const place = await doors.membership(looking, caller.person);
  if (!place && doors.support?.is(caller)) return enterAsSupport(c, doors, looking, caller, doors.support);
  const actor = place && actorOf(caller, place, c.req.header("x-company"));
  if (!place || !actor) throw new Refused("missing");
  checkSession(caller, place.ended);
  c.set("caller", caller);
  c.set("place", place);
  c.set("scope", { ...looking, actor, command: await commandOf(c, caller.person) });
}

/**
 * Middleware for everything under `/spaces/{space}`: finds who asks and makes the scope. No place in the space answers
 * exactly what a space that does not exist answers, and so does the key of another. `X-Company` chooses the company to act for; without it
 * staff act as staff, others for their first company.
 */
export function inside(doors: Doors): MiddlewareHandler<SpaceEnv & RootEnv> {
  return async (c, next) => {
    const secret = secretIn(c);
    const caller = secret === undefined ? await callerOf(c, doors) : undefined;
    const space = c.req.param("space");
    if (!isId("spc", space)) throw new Refused(secret === undefined ? "missing" : "key.wrong");
    const looking: Scope = {
      space,
      actor: { kind: "system", name: "door" },
      now: doors.now(),
      command: { id: `auto:${crypto.randomUUID()}`, print: "" },
      meter: c.get("meter"),
      table: doors.inSpace?.(space) ?? doors.table,
    };
    if (secret !== undefined) await enterByKey(c, doors, looking, secret);
    else if (caller) await enterAsPerson(c, doors, looking, caller);
    await next();
  };
}

const rightsOf = ({ own }: Membership) => (own?.length ? { rights: own.flatMap(({ rights }) => rights) } : {});

function actorOf(caller: Caller, place: Membership, wanted: string | undefined): Actor | undefined {
  if (wanted === undefined && place.roles.length > 0)
    return { kind: "staff", person: caller.person, roles: place.roles, ...rightsOf(place) };
  const chosen = wanted === undefined ? place.companies[0] : place.companies.find((one) => one.company === wanted);
  return chosen && { kind: "company", person: caller.person, company: chosen.company, role: chosen.role };
}
