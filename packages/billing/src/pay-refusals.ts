/** What saved methods, collection and disputes refuse. */
export const payRefusals = {
  "method.consent": 409,
  "method.too-many": 409,
  "collection.not-stopped": 409,
  "collection.no-method": 409,
  "dispute.nothing-left": 409,
  "dispute.answered": 409,
  "dispute.late": 409,
  "dispute.submitted": 409,
  "dispute.no-evidence": 422,
  "dispute.file": 422,
  "dispute.files-large": 422,
} as const;
export type PayRefusal = keyof typeof payRefusals;
