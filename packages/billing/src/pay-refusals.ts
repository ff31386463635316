/** What saved methods, collection and disputes refuse. */
export const payRefusals = {
  "method.consent": 409,
  "method.too-many": 409,
  "collection.not-stopped": 409,
  "collection.no-method": 409,
  "dispute.nothing-left": 409,
} as const;
export type PayRefusal = keyof typeof payRefusals;
