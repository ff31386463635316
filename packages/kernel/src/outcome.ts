/** A refusal is data: a stable code such as `booking.taken` and the parameters of its sentence. */
export type Refusal<Code extends string = string> = {
  readonly code: Code;
  readonly params: Readonly<Record<string, unknown>>;
};

export type Outcome<Value, Code extends string = string> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal<Code> };

/** Wraps a value as accepted. */
export function accept<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

/** Makes a refusal with its code and the parameters that its sentence needs. */
export function refuse<Code extends string>(
  code: Code,
  params: Record<string, unknown> = {},
): { readonly ok: false; readonly refusal: Refusal<Code> } {
  return { ok: false, refusal: { code, params } };
}

/** Carries a refusal through code that can only throw; `http` turns it back into its answer. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(code: string, params: Record<string, unknown> = {}) {
    super(code);
    this.name = "Refused";
    this.refusal = { code, params };
  }
}

/** Gives the value of an accepted outcome, or throws its refusal as `Refused`: for routes and scripts only. */
export function take<Value>(outcome: Outcome<Value>): Value {
  if (outcome.ok) return outcome.value;
  throw new Refused(outcome.refusal.code, { ...outcome.refusal.params });
}
