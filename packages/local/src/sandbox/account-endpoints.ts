import type Stripe from "stripe";
import { type Act, type Endpoint, endpoint } from "./endpoint.ts";
import { badParam, missing } from "./errors.ts";
import { emit } from "./events.ts";
import type { AccountRecord, State } from "./model.ts";
import { createAccount, createAccountLink, onlyExpand } from "./shapes.ts";
import { freshId } from "./store.ts";

const LINK_SECONDS = 300;

/** What of an account anybody here reads, in the SDK's names and kinds. */
type WireAccount = Pick<
  Stripe.Account,
  | "id"
  | "object"
  | "charges_enabled"
  | "details_submitted"
  | "payouts_enabled"
  | "email"
  | "country"
  | "default_currency"
> & { readonly metadata: Record<string, string>; readonly created: number };

/** A connected account as the API shows it. */
export function showAccount(account: AccountRecord): WireAccount {
  return {
    id: account.id,
    object: "account",
    charges_enabled: account.chargesEnabled,
    country: "CN",
    created: account.created,
    default_currency: "cny",
    details_submitted: account.detailsSubmitted,
    email: account.email,
    metadata: { ...account.metadata },
    payouts_enabled: account.chargesEnabled,
  };
}

/** Ends an account's onboarding: it may charge from now on, or not any more. Told as the account's own event. */
export function enableAccount(state: State, account: AccountRecord, enabled: boolean, nowSeconds: number): void {
  account.detailsSubmitted = true;
  account.chargesEnabled = enabled;
  emit(state, { account: account.id, nowSeconds, request: null }, "account.updated", showAccount(account));
}

/** Connected accounts (Connect) and the links by which their holders are taken on. */
export const accountEndpoints: readonly Endpoint[] = [
  endpoint(
    "POST",
    /^\/v1\/accounts$/,
    createAccount,
    () => {},
    (params, { world: { state }, cause }) => {
      const account: AccountRecord = {
        id: freshId("acct"),
        account: null,
        created: cause.nowSeconds,
        metadata: params.metadata ?? {},
        email: params.email ?? null,
        chargesEnabled: false,
        detailsSubmitted: false,
        returnUrl: null,
      };
      state.accounts[account.id] = account;
      return showAccount(account);
    },
  ),
  endpoint(
    "GET",
    /^\/v1\/accounts\/([^/]+)$/,
    onlyExpand,
    () => {},
    (_, act) => showAccount(accountOf(act, act.id)),
  ),
  endpoint(
    "POST",
    /^\/v1\/account_links$/,
    createAccountLink,
    (params) => {
      if (!params.refresh_url || !params.return_url)
        throw badParam("return_url", "You must specify `refresh_url` and `return_url`.", "parameter_missing");
    },
    (params, act) => {
      const account = accountOf(act, params.account);
      account.returnUrl = params.return_url ?? null;
      const url = `${act.world.pageUrl.replace(/\/pay$/, "/connect")}/${account.id}`;
      const { nowSeconds } = act.cause;
      return { object: "account_link", created: nowSeconds, expires_at: nowSeconds + LINK_SECONDS, url };
    },
  ),
];

function accountOf({ world }: Act, id: string): AccountRecord {
  const account = Object.hasOwn(world.state.accounts, id) ? world.state.accounts[id] : undefined;
  if (!account) throw missing("account", id, "account");
  return account;
}
