import { Refused } from "@yihao/kernel/outcome";
import { commonRefusals } from "@yihao/kernel/refusals";
import { APIError } from "better-auth/api";
import { identityRefusals } from "./model.ts";
import { passwordFault, passwordLeast } from "./password.ts";

/** Runs a step and turns our refusals into the library's errors, code and parameters kept. */
export async function asApiError<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { code, params } = error.refusal;
    const known: Readonly<Record<string, number>> = { ...commonRefusals, ...identityRefusals };
    const status = known[code] ?? 409;
    throw new APIError(status as 400, { code, params, message: code });
  }
}

/** Refuses a poor password as `auth.password` {fault, least}. */
export function checkPassword(password: unknown, email: string): void {
  const fault = typeof password === "string" ? passwordFault(password, email) : "short";
  if (fault) throw new Refused("auth.password", { fault, least: passwordLeast });
}

/** The library's codes in our own words; a wrong password and an unknown e-mail are one code. */
const ours: Readonly<Record<string, string>> = {
  INVALID_EMAIL_OR_PASSWORD: "auth.wrong",
  INVALID_PASSWORD: "auth.wrong",
  USER_NOT_FOUND: "auth.code-wrong",
  INVALID_OTP: "auth.code-wrong",
  OTP_EXPIRED: "auth.code-expired",
  TOO_MANY_ATTEMPTS: "auth.code-used-up",
  VALUE_TAKEN: "auth.account-exists",
  FAILED_TO_CREATE_USER: "auth.account-exists",
  UNAUTHORIZED: "auth.missing",
  SESSION_EXPIRED: "auth.missing",
  INVALID_CODE: "auth.factor-wrong",
  INVALID_BACKUP_CODE: "auth.recovery-wrong",
  INVALID_TWO_FACTOR_COOKIE: "auth.factor-again",
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: "auth.factor-again",
  TOTP_ALREADY_ENABLED: "auth.factor-on",
  TOTP_NOT_ENABLED: "auth.factor-off",
  TWO_FACTOR_NOT_ENABLED: "auth.factor-off",
  BACKUP_CODES_NOT_ENABLED: "auth.factor-off",
  SESSION_NOT_FRESH: "auth.not-fresh",
  CHALLENGE_NOT_FOUND: "auth.passkey-again",
  PASSKEY_NOT_FOUND: "auth.passkey-unknown",
  AUTHENTICATION_FAILED: "auth.passkey-failed",
  FAILED_TO_VERIFY_REGISTRATION: "auth.passkey-failed",
  INVALID_ORIGIN: "auth.origin",
  MISSING_OR_NULL_ORIGIN: "auth.origin",
  VALIDATION_ERROR: "input.invalid",
  INVALID_EMAIL: "input.invalid",
};

/** The refusal that an error answer of the library stands for. */
export function refusalOf(status: number, body: unknown): Refused {
  const { code, params } = (typeof body === "object" && body !== null ? body : {}) as {
    code?: unknown;
    params?: Record<string, unknown>;
  };
  const given = typeof code === "string" ? code : "";
  if (given in identityRefusals || given in commonRefusals) return new Refused(given, params ?? {});
  if (ours[given]) return new Refused(ours[given]);
  if (status === 401) return new Refused("auth.missing");
  return new Refused(status >= 500 ? "internal" : "auth.refused", given ? { reason: given } : {});
}
