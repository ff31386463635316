import type Stripe from "stripe";
import { type Endpoint, endpoint } from "./endpoint.ts";
import { missing } from "./errors.ts";
import type { PortalSetUp } from "./model.ts";
import { ownedBy } from "./objects.ts";
import { createPortal, createPortalSetUp, listPortalSetUps } from "./shapes.ts";
import { freshId } from "./store.ts";

/** What of a set-up anybody here reads, in the SDK's names and kinds. */
type WireSetUp = Pick<Stripe.BillingPortal.Configuration, "id" | "object" | "active" | "created" | "metadata"> & {
  readonly features: { readonly payment_method_update: { readonly enabled: boolean } };
};
const showSetUp = ({ id, created, metadata, cards }: PortalSetUp): WireSetUp => ({
  ...{ id, object: "billing_portal.configuration", active: true, created, metadata: { ...metadata } },
  features: { payment_method_update: { enabled: cards } },
});

/** The billing portal: what it lets customers do in an account, and visits to it. */
export const portalEndpoints: readonly Endpoint[] = [
  endpoint(
    "GET",
    /^\/v1\/billing_portal\/configurations$/,
    listPortalSetUps,
    () => {},
    (_, { world: { state }, cause }) => {
      const data = Object.values(state.portalSetUps).filter(({ account }) => account === cause.account);
      return { object: "list", data: data.map(showSetUp), has_more: false, url: "/v1/billing_portal/configurations" };
    },
  ),
  endpoint(
    "POST",
    /^\/v1\/billing_portal\/configurations$/,
    createPortalSetUp,
    () => {},
    ({ features, metadata = {} }, { world: { state }, cause }) => {
      const cards = features.payment_method_update?.enabled ?? false;
      const made = { id: freshId("bpc"), account: cause.account, created: cause.nowSeconds, metadata, cards };
      state.portalSetUps[made.id] = made;
      return showSetUp(made);
    },
  ),
  endpoint(
    "POST",
    /^\/v1\/billing_portal\/sessions$/,
    createPortal,
    ({ customer, configuration = "" }, { world: { state }, cause }) => {
      if (!ownedBy(state.customers, customer, cause.account)) throw missing("customer", customer, "customer");
      // Stripe refuses a visit where nothing was set up, by its default or by name.
      if (!ownedBy(state.portalSetUps, configuration, cause.account))
        throw missing("configuration", configuration, "configuration");
    },
    ({ customer, configuration = "", return_url: returnUrl = "", locale = null }, { world, cause }) => {
      const { account, nowSeconds: created } = cause;
      const id = freshId("bps");
      world.state.portals[id] = { id, account, created, customer, configuration, returnUrl, locale };
      const url = `${world.pageUrl.replace(/\/pay$/, "/portal")}/${id}`;
      const about = { id, object: "billing_portal.session", created, customer, configuration, livemode: false };
      return { ...about, locale, on_behalf_of: null, return_url: returnUrl, flow: null, customer_account: null, url };
    },
  ),
];
