import type Stripe from "stripe";
import { expect, test } from "vitest";
import { parseForm } from "./form.ts";
import {
  type attachMethod,
  type cancelIntent,
  type confirmIntent,
  type createAccount,
  type createAccountLink,
  type createCustomer,
  type createIntent,
  type createPortal,
  type createPortalSetUp,
  type createRefund,
  createSession,
  type listEvents,
  type listPortalSetUps,
  type onlyExpand,
  type ReadOf,
  type retrieveIntent,
  type updateDispute,
} from "./shapes.ts";

/** Names that the left side accepts and the right side does not know; `never` when there are none, at any depth. */
type Strays<A, B> = A extends readonly (infer X)[]
  ? Strays<X, Extract<B, readonly unknown[]> extends readonly (infer Y)[] ? Y : never>
  : A extends object
    ?
        | Exclude<keyof A, NamesOf<B>>
        | { [K in keyof A & NamesOf<B>]: Strays<NonNullable<A[K]>, Part<B, K>> }[keyof A & NamesOf<B>]
    : never;
type NamesOf<B> = B extends object ? keyof B : never;
type Part<B, K> = B extends object ? (K extends keyof B ? NonNullable<B[K]> : never) : never;
type None<T> = [T] extends [never] ? true : T;

type Session = ReadOf<typeof createSession>;
type Refund = ReadOf<typeof createRefund>;

test("every parameter the sandbox accepts is one the SDK can send, with the same kind", () => {
  const read = <T>() => ({}) as T;
  read<Session>() satisfies Stripe.Checkout.SessionCreateParams;
  read<Refund>() satisfies Stripe.RefundCreateParams;
  read<ReadOf<typeof onlyExpand>>() satisfies Stripe.Checkout.SessionRetrieveParams;
  read<ReadOf<typeof onlyExpand>>() satisfies Stripe.Checkout.SessionExpireParams;
  read<ReadOf<typeof onlyExpand>>() satisfies Stripe.RefundRetrieveParams;
  read<ReadOf<typeof onlyExpand>>() satisfies Stripe.EventRetrieveParams;
  read<ReadOf<typeof retrieveIntent>>() satisfies Stripe.PaymentIntentRetrieveParams;
  read<ReadOf<typeof listEvents>>() satisfies Stripe.EventListParams;
  read<ReadOf<typeof createCustomer>>() satisfies Stripe.CustomerCreateParams;
  read<ReadOf<typeof createAccount>>() satisfies Stripe.AccountCreateParams;
  read<ReadOf<typeof createAccountLink>>() satisfies Stripe.AccountLinkCreateParams;
  read<ReadOf<typeof attachMethod>>() satisfies Stripe.PaymentMethodAttachParams;
  read<ReadOf<typeof createIntent>>() satisfies Stripe.PaymentIntentCreateParams;
  read<ReadOf<typeof confirmIntent>>() satisfies Stripe.PaymentIntentConfirmParams;
  read<ReadOf<typeof cancelIntent>>() satisfies Stripe.PaymentIntentCancelParams;
  read<ReadOf<typeof onlyExpand>>() satisfies Stripe.PaymentMethodRetrieveParams;
  read<ReadOf<typeof onlyExpand>>() satisfies Stripe.PaymentMethodDetachParams;
  read<ReadOf<typeof onlyExpand>>() satisfies Stripe.CustomerRetrieveParams;
  read<ReadOf<typeof createPortalSetUp>>() satisfies Stripe.BillingPortal.ConfigurationCreateParams;
  read<ReadOf<typeof listPortalSetUps>>() satisfies Stripe.BillingPortal.ConfigurationListParams;
  read<ReadOf<typeof updateDispute>>() satisfies Stripe.DisputeUpdateParams;
  read<ReadOf<typeof onlyExpand>>() satisfies Stripe.DisputeRetrieveParams;
  read<ReadOf<typeof createPortal>>() satisfies Stripe.BillingPortal.SessionCreateParams;
  const unknown: [
    None<Strays<Session, Stripe.Checkout.SessionCreateParams>>,
    None<Strays<Refund, Stripe.RefundCreateParams>>,
    None<Strays<ReadOf<typeof listEvents>, Stripe.EventListParams>>,
    None<Strays<ReadOf<typeof retrieveIntent>, Stripe.PaymentIntentRetrieveParams>>,
    None<Strays<ReadOf<typeof createCustomer>, Stripe.CustomerCreateParams>>,
    None<Strays<ReadOf<typeof createIntent>, Stripe.PaymentIntentCreateParams>>,
    None<Strays<ReadOf<typeof confirmIntent>, Stripe.PaymentIntentConfirmParams>>,
    None<Strays<ReadOf<typeof createAccount>, Stripe.AccountCreateParams>>,
    None<Strays<ReadOf<typeof createAccountLink>, Stripe.AccountLinkCreateParams>>,
    None<Strays<ReadOf<typeof updateDispute>, Stripe.DisputeUpdateParams>>,
    None<Strays<ReadOf<typeof createPortal>, Stripe.BillingPortal.SessionCreateParams>>,
    None<Strays<ReadOf<typeof createPortalSetUp>, Stripe.BillingPortal.ConfigurationCreateParams>>,
  ] = [true, true, true, true, true, true, true, true, true, true, true, true];
  expect(unknown).not.toContain(false);
});

test("a form is read with its brackets, and a name that is both text and group is refused", () => {
  expect(parseForm("a[b][0]=x&a[b][]=y&c=%E4%BD%A0")).toEqual({ a: { b: { 0: "x", 1: "y" } }, c: "你" });
  expect(() => parseForm("a=1&a[b]=2")).toThrow("Invalid object");
  expect(() => parseForm("a=1&a=2")).toThrow("twice");
  expect(() => parseForm("a[b=1")).toThrow("Invalid parameter name");
  expect(() => createSession(parseForm("__proto__[x]=1"), "")).toThrow("unknown parameter: __proto__");
});
