import { accountEndpoints } from "./account-endpoints.ts";
import { checkSession, makeSession } from "./checkout.ts";
import { disputeEndpoints } from "./dispute-endpoints.ts";
import { type Act, type Endpoint, endpoint } from "./endpoint.ts";
import { ApiError, badParam, missing } from "./errors.ts";
import { showEvent } from "./events.ts";
import { checkExpand, expanded } from "./expand.ts";
import type { EventRecord, State } from "./model.ts";
import { ownedBy, showIntent, showRefund, showSession } from "./objects.ts";
import { expireSession } from "./payment.ts";
import { portalEndpoints } from "./portal-endpoints.ts";
import { checkRefund, makeRefund } from "./refund.ts";
import { savedEndpoints } from "./saved-endpoints.ts";
import { createRefund, createSession, listEvents, onlyExpand, type ReadOf, retrieveIntent } from "./shapes.ts";

/** Everything of Stripe's API that this product uses, and nothing else. */
export const ENDPOINTS: readonly Endpoint[] = [
  endpoint(
    "POST",
    /^\/v1\/checkout\/sessions$/,
    createSession,
    (params, { world, cause }) => {
      checkExpand("session", params.expand);
      checkSession(params, cause.account, world.nowSeconds);
      if (params.customer !== undefined && !ownedBy(world.state.customers, params.customer, cause.account))
        throw missing("customer", params.customer, "customer");
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
      return expanded("intent", showIntent(intent), world.state, params.expand);
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
  ...savedEndpoints,
  ...disputeEndpoints,
  ...portalEndpoints,
  ...accountEndpoints,
];

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
