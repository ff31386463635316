import type { SpaceId } from "@yihao/kernel/ids";
import type { PaymentId } from "./model.ts";

/** What a hosted page is asked for. `payment` is our own id: the provider's idempotency key is made from it. */
export type PageWish = {
  readonly space: SpaceId;
  readonly payment: PaymentId;
  readonly amountMinor: number;
  readonly currency: "cny";
  readonly title: string;
  readonly language: "zh" | "en";
  readonly successUrl: string;
  readonly cancelUrl: string;
};
export type HostedPage = { readonly session: string; readonly url: string; readonly expiresAt: string };

/** What a provider's webhook says, in our own words; `ignored` is anything we do not act on. */
export type ProviderNews = {
  readonly event: string;
  readonly type: string;
  readonly at: string;
  readonly news:
    | {
        readonly is: "received";
        readonly space: SpaceId;
        readonly payment: PaymentId;
        readonly amountMinor: number;
        readonly currency: string;
        /** What the provider calls the payment: by it money is given back. */
        readonly intent?: string | undefined;
      }
    | { readonly is: "failed" | "expired"; readonly space: SpaceId; readonly payment: PaymentId }
    | { readonly is: "ignored" };
};

/** Money to give back the way it came; `refund` is our own id, as `payment` of a page is. */
export type RefundAsk = {
  readonly space: SpaceId;
  readonly refund: string;
  readonly intent: string;
  readonly amountMinor: number;
};
/** The provider will not give this money back, whenever it is asked: it was given back there already, or the payment is too old. */
export class ProviderRefuses extends Error {}

/** A way to be paid on a page of somebody else's (收单机构). Stripe is the first; a mainland acquirer stands beside it behind the same three. */
export interface PaymentProvider {
  readonly name: string;
  /** Makes a hosted page; the same payment always gets the same page. Throws when the provider does not answer. */
  page(wish: PageWish): Promise<HostedPage>;
  /** Gives money back; the same refund is given back once. Gives the provider's name of it. Throws `ProviderRefuses` when it never will, anything else when it may be asked again. */
  refund(ask: RefundAsk): Promise<{ readonly reference: string }>;
  /** Shuts a page that nobody is to pay any more; one that was paid or has ended is left alone. */
  close(session: string): Promise<void>;
  /** Verifies a webhook's signature and age; undefined when it is forged or stale. */
  verify(payload: string, signature: string, now: string): Promise<ProviderNews | undefined>;
}
