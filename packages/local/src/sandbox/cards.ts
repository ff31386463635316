import type { Decline } from "./model.ts";

/** Stripe's published test numbers this sandbox knows. */
const TEST_CARDS: Readonly<
  Record<string, { readonly brand: string; readonly decline?: Decline; readonly later?: Decline }>
> = {
  "4242424242424242": { brand: "visa" },
  "5555555555554444": { brand: "mastercard" },
  "6200000000000005": { brand: "unionpay" },
  "378282246310005": { brand: "amex" },
  "4000000000000002": {
    brand: "visa",
    decline: { code: "card_declined", declineCode: "generic_decline", message: "Your card was declined." },
  },
  "4000000000009995": {
    brand: "visa",
    decline: { code: "card_declined", declineCode: "insufficient_funds", message: "Your card has insufficient funds." },
  },
  // Can be saved; charged later, it is declined.
  "4000000000000341": {
    brand: "visa",
    later: { code: "card_declined", declineCode: "generic_decline", message: "Your card was declined." },
  },
  // Asks its holder to confirm every payment, so that nobody else can make one.
  "4000002760003184": {
    brand: "visa",
    later: {
      code: "authentication_required",
      declineCode: "authentication_required",
      message: "Your card was declined. This transaction requires authentication.",
    },
  },
  "4000000000000259": { brand: "visa" },
  "4000000000000069": {
    brand: "visa",
    decline: { code: "expired_card", declineCode: null, message: "Your card has expired." },
  },
  "4000000000000127": {
    brand: "visa",
    decline: { code: "incorrect_cvc", declineCode: null, message: "Your card's security code is incorrect." },
  },
};

/** Stripe's published test methods, which are attached by their name without a page, and the card each stands for. */
export const TEST_METHODS: Readonly<Record<string, string>> = {
  pm_card_visa: "4242424242424242",
  pm_card_chargeCustomerFail: "4000000000000341",
  pm_card_authenticationRequired: "4000002760003184",
  pm_card_createDispute: "4000000000000259",
};
/** The card whose payments its bank disputes as soon as they are made. */
export const DISPUTED_LAST4 = "0259";

const NOT_A_TEST_CARD: Decline = {
  code: "card_declined",
  declineCode: "test_mode_live_card",
  message: "Your card was declined. Your request was in test mode, but used a non test card.",
};

export type CardEntry = { readonly number: string; readonly expiry: string; readonly cvc: string };
export type CardField = "number" | "expiry" | "cvc";
export type CardFault = { readonly field: CardField; readonly fault: "missing" | "wrong" | "past" };
export type Card = {
  readonly brand: string;
  readonly last4: string;
  readonly expMonth: number;
  readonly expYear: number;
  readonly decline: Decline | null;
  /** Why it is declined when it is charged without its holder. */
  readonly later: Decline | null;
};

/** The check digit of ISO/IEC 7812 (Luhn). */
export function luhnHolds(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** Reads what a payer typed (`MM/YY`, spaces and dashes allowed); a card is good to the end of its month, in UTC. Answers every faulty field. */
export function readCard(entry: CardEntry, now: Date): Card | readonly CardFault[] {
  const faults: CardFault[] = [];
  const number = entry.number.replace(/[\s-]/g, "");
  if (number === "") faults.push({ field: "number", fault: "missing" });
  else if (!/^\d{13,19}$/.test(number) || !luhnHolds(number)) faults.push({ field: "number", fault: "wrong" });

  const expiry = /^(\d{1,2})\s*\/?\s*(?:20)?(\d{2})$/.exec(entry.expiry.trim());
  const expMonth = Number(expiry?.[1]);
  const expYear = 2000 + Number(expiry?.[2]);
  if (entry.expiry.trim() === "") faults.push({ field: "expiry", fault: "missing" });
  else if (!expiry || expMonth < 1 || expMonth > 12) faults.push({ field: "expiry", fault: "wrong" });
  else if (Date.UTC(expYear, expMonth) <= now.getTime()) faults.push({ field: "expiry", fault: "past" });

  const cvc = entry.cvc.trim();
  const cvcDigits = /^3[47]/.test(number) ? 4 : 3;
  if (cvc === "") faults.push({ field: "cvc", fault: "missing" });
  else if (!/^\d+$/.test(cvc) || cvc.length !== cvcDigits) faults.push({ field: "cvc", fault: "wrong" });

  if (faults.length > 0) return faults;
  const known = TEST_CARDS[number];
  return {
    brand: known?.brand ?? "unknown",
    last4: number.slice(-4),
    expMonth,
    expYear,
    decline: known ? (known.decline ?? null) : NOT_A_TEST_CARD,
    later: known?.later ?? null,
  };
}
