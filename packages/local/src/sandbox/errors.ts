import type { Json } from "./model.ts";

/** What Stripe's API answers under `error`, as far as this sandbox ever says it. */
export type ErrorBody = {
  readonly type: "invalid_request_error" | "idempotency_error" | "api_error" | "card_error";
  readonly message: string;
  readonly code?: string;
  readonly param?: string;
  readonly decline_code?: string;
  readonly charge?: string;
  readonly payment_intent?: Json;
};

/** A refusal in Stripe's own shape; thrown inside the API and turned into one reply at its edge. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  constructor(status: number, body: ErrorBody) {
    super(body.message);
    this.status = status;
    this.body = body;
  }
}

/** A 400 about one parameter (`line_items[0][quantity]`), with Stripe's code for it where it has one. */
export function badParam(param: string, message: string, code?: string): ApiError {
  return new ApiError(400, { type: "invalid_request_error", message, param, ...(code ? { code } : {}) });
}

/** The 404 of a thing that does not exist, or exists under another account: the two read the same. */
export function missing(noun: string, id: string, param: string): ApiError {
  return new ApiError(404, {
    type: "invalid_request_error",
    code: "resource_missing",
    message: `No such ${noun}: '${id}'`,
    param,
  });
}
