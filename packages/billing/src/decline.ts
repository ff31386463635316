/** What a refused charge means for the next: `soft` may work on another day, `hard` never will with this card, `action` asks for its holder. */
export const declineKinds = ["soft", "hard", "action"] as const;
export type DeclineKind = (typeof declineKinds)[number];

/** Codes that ask for the card's holder: nobody else can answer. */
const action = ["authentication_required", "offline_pin_required", "online_or_offline_pin_required"];

/**
 * Codes after which a card is not to be tried again, by what Stripe documents of each (docs.stripe.com/declines/codes: lost, stolen, closed, not allowed, taken back), and what the provider itself refuses. Trying
 * these again only costs the space its standing with the banks.
 */
const hard = [
  ...[
    "expired_card",
    "fraudulent",
    "highest_risk_level",
    "incorrect_address",
    "incorrect_cvc",
    "incorrect_number",
    "invalid_account",
  ],
  ...["invalid_cvc", "invalid_expiry_month", "invalid_expiry_year", "invalid_number", "invalid_pin", "lost_card"],
  ...["merchant_blacklist", "new_account_information_available", "no_action_taken", "not_permitted", "pickup_card"],
  ...["restricted_card", "revocation_of_all_authorizations", "revocation_of_authorization", "security_violation"],
  ...["service_not_allowed", "stolen_card", "stop_payment_order", "test_mode_live_card", "testmode_decline"],
  ...["transaction_not_allowed", "card_not_supported", "currency_not_supported", "canceled", "provider_refused"],
];

/** Which kind a code of a refused charge is; one that nobody knows is soft, so that the schedule decides. */
export function kindOfDecline(code: string): DeclineKind {
  if (action.includes(code)) return "action";
  return hard.includes(code) ? "hard" : "soft";
}
