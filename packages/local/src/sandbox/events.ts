import Stripe from "stripe";
import type { EventRecord, Json, State } from "./model.ts";
import { freshId } from "./store.ts";

/** Whose change it is and what asked for it; the hosted page and the clock ask with `request: null`. */
export type Cause = {
  readonly account: string | null;
  readonly nowSeconds: number;
  readonly request: EventRecord["request"];
};

/** Appends an event carrying the object as it stands now, and what of it was otherwise before, with a delivery owed to the webhook. */
export function emit(state: State, cause: Cause, type: string, object: object, previous?: Json): void {
  const event: EventRecord = {
    id: freshId("evt"),
    account: cause.account,
    created: cause.nowSeconds,
    type,
    object: JSON.parse(JSON.stringify(object)) as Json,
    ...(previous === undefined ? {} : { previous }),
    request: cause.request,
  };
  state.events.push(event);
  state.deliveries.push({ id: freshId("whd"), event: event.id, state: "pending", attempts: [] });
}

/** An event as the API shows it and as a webhook carries it; `account` is there only for a connected account's. */
export function showEvent(event: EventRecord, state: State): Json {
  const owed = state.deliveries.some((one) => one.event === event.id && one.state === "pending");
  return {
    id: event.id,
    object: "event",
    ...(event.account === null ? {} : { account: event.account }),
    api_version: Stripe.API_VERSION,
    created: event.created,
    data: { object: event.object, ...(event.previous === undefined ? {} : { previous_attributes: event.previous }) },
    livemode: false,
    pending_webhooks: owed ? 1 : 0,
    request:
      event.request === null
        ? { id: null, idempotency_key: null }
        : { id: event.request.id, idempotency_key: event.request.key },
    type: event.type,
  };
}
