import { createHash } from "node:crypto";
import { checkSession, makeSession } from "./checkout.ts";
import { ApiError, badParam, missing } from "./errors.ts";
import { type Cause, showEvent } from "./events.ts";
import { checkExpand, expanded } from "./expand.ts";
import { parseForm, type Shape, type Tree } from "./form.ts";
import type { EventRecord, Json, State } from "./model.ts";
import { ownedBy, showIntent, showRefund, showSession } from "./objects.ts";
import { expireSession } from "./payment.ts";
import { checkRefund, makeRefund } from "./refund.ts";
import { createRefund, createSession, listEvents, onlyExpand, type ReadOf, retrieveIntent } from "./shapes.ts";

export type ApiRequest = {
  readonly method: string;
  readonly path: string;
  /** The form: the body of a POST, the query of a GET. */
  readonly form: string;
  readonly authorization: string | undefined;
  readonly account: string | undefined;
  readonly idempotencyKey: string | undefined;
  readonly requestId: string;
};
export type ApiReply = { readonly status: number; readonly body: Json; readonly replayed: boolean };
export type ApiWorld = { readonly state: State; readonly nowSeconds: number; readonly pageUrl: string };

type Act = { readonly world: ApiWorld; readonly cause: Cause; readonly id: string };
type Endpoint = {
  readonly method: "GET" | "POST";
  readonly path: RegExp;
  /** Reads and checks the form, then answers what to do: a refusal while reading is not kept under the idempotency key. */
  readonly prepare: (form: Tree, act: Act) => () => object;
};

function endpoint<P>(
  method: "GET" | "POST",
  path: RegExp,
  shape: Shape<P>,
  check: (params: P, act: Act) => void,
  run: (params: P, act: Act) => object,
): Endpoint {
  return {
    method,
    path,
    prepare: (form, act) => {
      const params = shape(form, "");
      check(params, act);
      return () => run(params, act);
    },
  };
}

const ENDPOINTS: readonly Endpoint[] = [
  endpoint(
    "POST",
    /^\/v1\/checkout\/sessions$/,
    createSession,
    (params, { world, cause }) => {
      checkExpand("session", params.expand);
      checkSession(params, cause.account, world.nowSeconds);
    },
    (params, { world, cause }) => {
      const session = makeSession(params, cause, world.pageUrl);
      world.state.sessions[session.id] = session;
      return expanded("session", showSession(session), world.state, params.expand);
    },
  ),
  endpoint(
    "GET",
    /^\/v1\/checkout\/sessions\/([^/]+)$/,
    onlyExpand,
    (params) => checkExpand("session", params.expand),
    (params, act) => expanded("session", showSession(sessionOf(act)), act.world.state, params.expand),
  ),
  endpoint(
    "POST",
    /^\/v1\/checkout\/sessions\/([^/]+)\/expire$/,
    onlyExpand,
    (params) => checkExpand("session", params.expand),
    (params, act) => {
      const session = sessionOf(act);
      if (session.status !== "open") {
        throw new ApiError(400, {
          type: "invalid_request_error",
          message: `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
        });
      }
      expireSession(act.world.state, session, act.cause);
      return expanded("session", showSession(session), act.world.state, params.expand);
    },
  ),
  endpoint(
    "GET",
    /^\/v1\/payment_intents\/([^/]+)$/,
    retrieveIntent,
    (params) => checkExpand("intent", params.expand),
    (params, { world, cause, id }) => {
      const intent = ownedBy(world.state.intents, id, cause.account);
      if (!intent) throw missing("payment_intent", id, "intent");
      return expanded("intent", showIntent(intent, world.state), world.state, params.expand);
    },
  ),
  endpoint(
    "POST",
    /^\/v1\/refunds$/,
    createRefund,
    (params) => {
      checkExpand("refund", params.expand);
      checkRefund(params);
    },
    (params, { world, cause }) => {
      const refund = makeRefund(world.state, params, cause);
      return expanded("refund", showRefund(refund), world.state, params.expand);
    },
  ),
  endpoint(
    "GET",
    /^\/v1\/refunds\/([^/]+)$/,
    onlyExpand,
    (params) => checkExpand("refund", params.expand),
    (params, { world, cause, id }) => {
      const refund = ownedBy(world.state.refunds, id, cause.account);
      if (!refund) throw missing("refund", id, "refund");
      return expanded("refund", showRefund(refund), world.state, params.expand);
    },
  ),
  endpoint(
    "GET",
    /^\/v1\/events\/([^/]+)$/,
    onlyExpand,
    () => {},
    (_, { world, cause, id }) => {
      const event = world.state.events.find((one) => one.id === id && one.account === cause.account);
      if (!event) throw missing("event", id, "id");
      return showEvent(event, world.state) as object;
    },
  ),
  endpoint("GET", /^\/v1\/events$/, listEvents, () => {}, pageOfEvents),
];

/** Answers one API call against the state; the caller writes the state to disk before it sends the reply. */
export function answerApi(request: ApiRequest, world: ApiWorld): ApiReply {
  try {
    const account = whoAsks(request);
    const found = ENDPOINTS.find((one) => one.method === request.method && one.path.test(request.path));
    if (!found) {
      throw new ApiError(404, {
        type: "invalid_request_error",
        message: `Unrecognized request URL (${request.method}: ${request.path}).`,
      });
    }
    const key = request.method === "POST" ? request.idempotencyKey : undefined;
    const slot = key === undefined ? undefined : JSON.stringify([account, key]);
    const fingerprint = createHash("sha256").update(`${request.method} ${request.path}\n${request.form}`).digest("hex");
    const first =
      slot !== undefined && Object.hasOwn(world.state.answers, slot) ? world.state.answers[slot] : undefined;
    if (first && first.fingerprint !== fingerprint) {
      throw new ApiError(400, {
        type: "idempotency_error",
        message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
      });
    }
    if (first) return { status: first.status, body: first.body, replayed: true };

    const cause: Cause = {
      account,
      nowSeconds: world.nowSeconds,
      request: { id: request.requestId, key: request.idempotencyKey ?? null },
    };
    const id = found.path.exec(request.path)?.[1] ?? "";
    const run = found.prepare(parseForm(request.form), { world, cause, id });
    const reply = outcomeOf(run);
    if (slot !== undefined) {
      world.state.answers[slot] = { fingerprint, created: world.nowSeconds, status: reply.status, body: reply.body };
    }
    return { ...reply, replayed: false };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: error.status, body: { error: error.body }, replayed: false };
  }
}

/** Whether an Authorization header carries a sandbox key; nothing else is ever accepted, least of all a real one. */
export function keyAccepted(authorization: string | undefined): boolean {
  return /^Bearer sk_test_sandbox\w*$/.test(authorization ?? "");
}

function whoAsks(request: ApiRequest): string | null {
  if (!keyAccepted(request.authorization)) {
    throw new ApiError(401, {
      type: "invalid_request_error",
      message:
        "Invalid API Key provided. The payment sandbox takes keys that begin with sk_test_sandbox and no others.",
    });
  }
  if (request.account === undefined) return null;
  if (!/^acct_\w{1,100}$/.test(request.account)) {
    throw new ApiError(403, {
      type: "invalid_request_error",
      code: "account_invalid",
      message: `The provided key does not have access to account '${request.account}' (or that account does not exist). Application access may have been revoked.`,
    });
  }
  return request.account;
}

function outcomeOf(run: () => object): { status: number; body: Json } {
  try {
    return { status: 200, body: JSON.parse(JSON.stringify(run())) as Json };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: error.status, body: { error: error.body } };
  }
}

function sessionOf({ world, cause, id }: Act) {
  const session = ownedBy(world.state.sessions, id, cause.account);
  if (!session) throw missing("checkout.session", id, "session");
  return session;
}

function pageOfEvents(params: ReadOf<typeof listEvents>, { world, cause }: Act): object {
  const { state } = world;
  const types = params.types ?? (params.type === undefined ? undefined : [params.type]);
  const { gt = -1, gte = 0, lt = Infinity, lte = Infinity } = params.created ?? {};
  const fits = (event: EventRecord) =>
    event.account === cause.account &&
    (types === undefined || types.some((type) => matches(type, event.type))) &&
    event.created > gt &&
    event.created >= gte &&
    event.created < lt &&
    event.created <= lte &&
    (params.delivery_success === undefined || delivered(state, event) === params.delivery_success);
  const newestFirst = state.events.filter(fits).reverse();
  const placeOf = (id: string, param: string) => {
    const place = newestFirst.findIndex((event) => event.id === id);
    if (place < 0) throw badParam(param, `No such event: '${id}'`, "resource_missing");
    return place;
  };
  const limit = params.limit ?? 10;
  if (limit > 100)
    throw badParam("limit", "This value must be less than or equal to 100.", "parameter_invalid_integer");
  const before = params.ending_before === undefined ? undefined : placeOf(params.ending_before, "ending_before");
  const after = params.starting_after === undefined ? 0 : placeOf(params.starting_after, "starting_after") + 1;
  const from = before === undefined ? after : Math.max(0, before - limit);
  const until = before ?? from + limit;
  return {
    object: "list",
    data: newestFirst.slice(from, until).map((event) => showEvent(event, state)),
    has_more: before === undefined ? until < newestFirst.length : from > 0,
    url: "/v1/events",
  };
}

function matches(pattern: string, type: string): boolean {
  return pattern.endsWith("*") ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}

function delivered(state: State, event: EventRecord): boolean {
  return state.deliveries.every((one) => one.event !== event.id || one.state === "delivered");
}
