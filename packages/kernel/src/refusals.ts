/** Codes that any room may answer with, and their HTTP status. Rooms keep their own table of the same shape in `model.ts`. */
export const commonRefusals = {
  "auth.missing": 401,
  "session.stale": 401,
  "auth.origin": 403,
  "auth.role": 403,
  missing: 404,
  "route.missing": 404,
  stale: 412,
  "if-match.required": 428,
  "input.invalid": 400,
  "input.json": 400,
  "input.too-large": 413,
  "input.media": 415,
  "cursor.invalid": 400,
  "command.invalid": 400,
  "command.reused": 409,
  conflict: 409,
  "rate.limited": 429,
  busy: 503,
  internal: 500,
} as const;
export type CommonRefusal = keyof typeof commonRefusals;

/** A table of refusal codes to HTTP status. */
export type RefusalTable = Readonly<Record<string, number>>;
