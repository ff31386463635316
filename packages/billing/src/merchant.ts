import { accept, type Outcome, Refused, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { insert, replace, type Write } from "@yihao/table/write";
import { type Merchant, merchantKey, merchantKind, merchantOf } from "./merchant-store.ts";
import type { BillingRefusal } from "./model.ts";
import type { AccountState, PaymentProvider } from "./provider.ts";

/**
 * Asks for the page on which the space is taken on as a merchant (开通收款账户); its account is opened the first time. Refused as `payment.provider-down`: the same wish may be sent again, and finds the same account.
 */
export async function askAccountPage(
  scope: Scope,
  provider: PaymentProvider,
  home: string,
): Promise<Outcome<{ readonly url: string }, BillingRefusal>> {
  try {
    const known = await merchantOf(scope);
    const account = known?.account ?? (await provider.openAccount({ space: scope.space }));
    if (!known) await keep(scope, provider, account);
    const kept = (await merchantOf(scope))?.account ?? account;
    return accept({
      url: await provider.accountPage({ account: kept, back: `${home}/s/${scope.space}/settings/billing` }),
    });
  } catch {
    return refuse("payment.provider-down");
  }
}

async function keep(scope: Scope, provider: PaymentProvider, account: string): Promise<void> {
  const opened: Merchant = {
    ...{ account, provider: provider.name, submitted: false, enabled: false, openedAt: scope.now },
  };
  const writes = [
    insert(merchantKey(scope), merchantKind, opened, "merchant"),
    happened(scope, "merchant.opened", "billing-settings", { account }),
  ];
  await commit(stepOf(scope, "merchant"), writes, { answer: null });
}

/** The space's own account as it stands, asked of the provider anew; as it was last told of when the provider does not answer. Undefined before one was opened. */
export async function readMerchant(scope: Scope, provider: PaymentProvider): Promise<Merchant | undefined> {
  const stored = await merchantOf(scope);
  if (!stored || stored.enabled) return stored;
  const state = await provider.accountState(stored.account).catch(() => undefined);
  if (!state) return stored;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const writes = await merchantWrites(scope, stored.account, state);
    if (!writes || writes.length === 0) return merchantOf(scope);
    const unsigned = { ...scope, command: { id: `auto:${scope.command.id}`, print: "" } };
    if ((await commit(unsigned, writes, { answer: null })).done) return merchantOf(scope);
  }
  throw new Refused("busy");
}

/** The writes of what the provider says of a space's account; none when it is known, undefined when it is not the space's. */
export async function merchantWrites(
  scope: Scope,
  account: string | undefined,
  { submitted, enabled }: AccountState,
): Promise<Write[] | undefined> {
  const stored = await merchantOf(scope);
  if (!stored || stored.account !== account) return undefined;
  if (stored.submitted === submitted && stored.enabled === enabled) return [];
  const { rev, ...before } = stored;
  return [
    replace(merchantKey(scope), merchantKind, { ...before, submitted, enabled }, rev, "merchant"),
    happened(scope, "merchant.changed", "billing-settings", { account: before.account, submitted, enabled }),
  ];
}
