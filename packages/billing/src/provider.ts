import type { SpaceId } from "@yihao/kernel/ids";
import type { DisputeNews, EvidenceUse } from "./dispute-model.ts";
import type { CardFacts, MethodId } from "./method-model.ts";
import type { PaymentId } from "./model.ts";

/** In whose account at the provider something is done: a space's own (收单账户), or the platform's when it is left out. Nothing of one is there in another. */
export type InAccount = { readonly account?: string | undefined };
/** What a provider says of a space's account: whether its holder has handed in what is asked, and whether it may charge. */
export type AccountState = { readonly submitted: boolean; readonly enabled: boolean };

/** What a hosted page is asked for. `payment` is our own id: the provider's idempotency key is made from it. */
export type PageWish = InAccount & {
  readonly space: SpaceId;
  readonly payment: PaymentId;
  readonly amountMinor: number;
  readonly currency: "cny";
  readonly title: string;
  readonly language: "zh" | "en";
  readonly successUrl: string;
  readonly cancelUrl: string;
  /** Whose it is when what pays is saved for later; then only what can be saved is offered. */
  readonly saveFor?: string | undefined;
};
/** A page on which a way to pay is saved and nothing is charged. `method` is our own id, `customer` the provider's name of the company. */
export type SavePageWish = InAccount & {
  readonly space: SpaceId;
  readonly company: string;
  readonly method: MethodId;
  readonly customer: string;
  readonly language: "zh" | "en";
  readonly successUrl: string;
  readonly cancelUrl: string;
};
/** The provider's own page of what a customer has saved there (客户门户), where ways to pay are added and removed; `visit` is our own id of this one visit. */
export type PortalWish = InAccount & {
  readonly space: SpaceId;
  readonly visit: string;
  readonly customer: string;
  readonly language: "zh" | "en";
  readonly back: string;
};
export type HostedPage = { readonly session: string; readonly url: string; readonly expiresAt: string };

/** A card that was added to, or taken off, what the provider keeps of one of our companies. */
export type CardNews = {
  readonly space: SpaceId;
  readonly company: string;
  readonly customer: string;
  readonly reference: string;
  readonly card?: CardFacts | undefined;
};

/** What a provider's webhook says, in our own words; `ignored` is anything we do not act on. */
export type ProviderNews = {
  readonly event: string;
  readonly type: string;
  readonly at: string;
  /** The account that it happened in; the platform's own when left out. */
  readonly account?: string | undefined;
  readonly news:
    | ({ readonly is: "account"; readonly space: SpaceId } & AccountState)
    | {
        readonly is: "received";
        readonly space: SpaceId;
        readonly payment: PaymentId;
        readonly amountMinor: number;
        readonly currency: string;
        /** What the provider calls the payment: by it money is given back. */
        readonly intent?: string | undefined;
        /** What the provider calls what paid, where it was saved. */
        readonly saved?: string | undefined;
      }
    | { readonly is: "declined"; readonly space: SpaceId; readonly payment: PaymentId; readonly code: string }
    | {
        readonly is: "saved";
        readonly space: SpaceId;
        readonly company: string;
        readonly method: MethodId;
        readonly reference: string;
      }
    | ({ readonly is: "attached" } & CardNews)
    | ({ readonly is: "detached" } & CardNews)
    | {
        readonly is: "disputed";
        readonly space: SpaceId;
        readonly payment: PaymentId;
        readonly dispute: DisputeNews;
      }
    | { readonly is: "failed" | "expired"; readonly space: SpaceId; readonly payment: PaymentId }
    | { readonly is: "ignored" };
};

/** Money to give back the way it came; `refund` is our own id, as `payment` of a page is. */
export type RefundAsk = InAccount & {
  readonly space: SpaceId;
  readonly refund: string;
  readonly intent: string;
  readonly amountMinor: number;
};
/** A saved method to charge without its holder; `payment` is our own id. */
export type ChargeAsk = InAccount & {
  readonly space: SpaceId;
  readonly payment: PaymentId;
  readonly amountMinor: number;
  readonly title: string;
  readonly customer: string;
  readonly method: string;
};
/** What became of a charge: the money is there, will be or not, is on its way, or was refused with a code of the card's bank or of the provider. */
export type Charged =
  | { readonly is: "received"; readonly amountMinor: number; readonly currency: string }
  | { readonly is: "processing" }
  | { readonly is: "declined"; readonly code: string };

/** A file that is to be part of a dispute's evidence; `mark` is our own id of it, by which it is taken once. */
export type FileAsk = InAccount & {
  readonly mark: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
};
/** Evidence of a dispute (举证), whole each time: what it held before is replaced. With `submit` it goes to the payer's bank, once and for good. `mark` is our own id of this hand-in. */
export type EvidenceAsk = InAccount & {
  readonly mark: string;
  readonly dispute: string;
  readonly text: string;
  readonly usage: string;
  /** Files by what they show, each by the provider's name of it. */
  readonly files: Partial<Readonly<Record<EvidenceUse, string>>>;
  readonly submit: boolean;
};

/** The provider will never do what it is asked: the money was given back there already or the payment is too old; a dispute is over, or its evidence was submitted. */
export class ProviderRefuses extends Error {}

/** A way to be paid on a page of somebody else's (收单机构). Stripe is the first; a mainland acquirer stands beside it behind the same calls. */
export interface PaymentProvider {
  readonly name: string;
  /** Makes a hosted page; the same payment always gets the same page. Throws when the provider does not answer. */
  page(wish: PageWish): Promise<HostedPage>;
  /** Gives money back; the same refund is given back once. Gives the provider's name of it. Throws `ProviderRefuses` when it never will, anything else when it may be asked again. */
  refund(ask: RefundAsk): Promise<{ readonly reference: string }>;
  /** Shuts a page that nobody is to pay any more; one that was paid or has ended is left alone. Tells whether it was paid. */
  close(session: string, account?: string): Promise<{ readonly paid: boolean }>;
  /** Gives a company a name at the provider, the same for the same company. */
  customer(
    wish: InAccount & { readonly space: SpaceId; readonly company: string; readonly name: string },
  ): Promise<string>;
  /** Makes a hosted page that saves a way to pay; the same method always gets the same page. */
  savePage(wish: SavePageWish): Promise<HostedPage>;
  /** Opens the provider's own page of what a customer has saved; it works for minutes. Throws when the provider does not answer. */
  portal(wish: PortalWish): Promise<{ readonly url: string }>;
  /** What may be shown of a saved method. */
  card(method: string, account?: string): Promise<CardFacts>;
  /** Forgets a saved method; one that is forgotten already is left alone. */
  forget(method: string, account?: string): Promise<void>;
  /** Names a charge at the provider without making it. */
  prepare(ask: ChargeAsk): Promise<{ readonly intent: string }>;
  /** Makes a prepared charge, or tells what became of it: a charge under one name is made once, whenever and however often it is asked for. Throws when the provider does not answer. */
  charge(
    ask: InAccount & { readonly space: SpaceId; readonly payment: PaymentId; readonly intent: string },
  ): Promise<Charged>;
  /** Gives up a prepared charge, unless it was made: then tells what became of it. */
  drop(intent: string, account?: string): Promise<Charged | { readonly is: "dropped" }>;
  /** Takes a file for evidence and gives the provider's name of it. */
  upload(ask: FileAsk): Promise<{ readonly reference: string }>;
  /** Takes the evidence of a dispute and tells how the dispute stands then. Throws `ProviderRefuses` when it takes none any more, anything else when it may be asked again. */
  evidence(ask: EvidenceAsk): Promise<DisputeNews>;
  /** Opens an account for a space, the same for the same space. It may not charge before its holder was taken on. */
  openAccount(wish: { readonly space: SpaceId }): Promise<string>;
  /** The page on which an account's holder is taken on (开户); it works for minutes and once. */
  accountPage(wish: { readonly account: string; readonly back: string }): Promise<string>;
  /** How far an account is. */
  accountState(account: string): Promise<AccountState>;
  /** Verifies a webhook's signature and age; undefined when it is forged or stale. */
  verify(payload: string, signature: string, now: string): Promise<ProviderNews | undefined>;
}

const unasked = () => Promise.reject(new Error("there is no payment provider"));

/** Nobody's payment provider: where there is none to ask, as when routes are only described. */
export const noProvider: PaymentProvider = {
  name: "none",
  page: unasked,
  refund: unasked,
  close: unasked,
  customer: unasked,
  savePage: unasked,
  portal: unasked,
  card: unasked,
  forget: unasked,
  prepare: unasked,
  charge: unasked,
  drop: unasked,
  upload: unasked,
  evidence: unasked,
  openAccount: unasked,
  accountPage: unasked,
  accountState: unasked,
  verify: unasked,
};
