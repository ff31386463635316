import { newId } from "@yihao/kernel/ids";
import { Refused } from "@yihao/kernel/outcome";
import type { PlatformScope } from "@yihao/kernel/scope";
import type { BetterAuthPlugin } from "better-auth";
import { betterAuth } from "better-auth";
import { createAuthMiddleware, isAPIError } from "better-auth/api";
import { emailOTP } from "better-auth/plugins/email-otp";
import { dynamoAdapter } from "./adapter.ts";
import { asApiError, checkPassword } from "./auth-errors.ts";
import { joinPlugin } from "./join.ts";
import { codeLetter, type LetterLanguage } from "./letters.ts";
import { codesPerAddress, codesPerEmail, perAddress, perEmail, perEmailCode } from "./lockout.ts";
import type { Mailer } from "./mail.ts";
import { passwordLeast, passwordMost } from "./password.ts";
import { cookiePrefix, sessionCopySeconds } from "./session.ts";
import { countTry, forgetTries, returnTry } from "./tries.ts";

export type AuthOptions = {
  /** A scope of the table of sign-in data. */
  readonly authScope: () => PlatformScope;
  /** A scope of the main table, for invitations. */
  readonly mainScope: () => PlatformScope;
  /** Signs sessions, at least 32 characters; the API verifies with the same. */
  readonly secret: string;
  /** Where the web app lives, e.g. `https://yihao.example`. */
  readonly origin: string;
  readonly origins?: readonly string[];
  readonly mailer: Mailer;
  /** Hears of faults that are nobody's wrong password. */
  readonly failed?: (error: unknown) => void;
};

const daySeconds = 86_400;
const codeMinutes = 10;
/** The header in which the function itself writes the caller's address; one that a client sends is overwritten. */
export const addressHeader = "x-yihao-address";

const prefixes: Readonly<Record<string, string>> = { user: "per", session: "ses", account: "acc", verification: "ver" };

/** Addresses of the machine itself: not counted, since behind them stands no single caller. Each e-mail is counted anyway. */
const loopback = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

type Call = { readonly path: string; readonly email: string; readonly address: string };

const tryPaths: Readonly<Record<string, "password" | "code">> = {
  "/sign-in/email": "password",
  "/sign-in/email-otp": "code",
  "/email-otp/reset-password": "code",
};
const sendPaths = new Set(["/email-otp/send-verification-otp", "/email-otp/request-password-reset"]);

async function beforeCall(scope: PlatformScope, call: Call): Promise<void> {
  const tried = tryPaths[call.path];
  const counted = !loopback.has(call.address);
  if (counted && (tried || call.path === "/join")) await countTry(scope, perAddress, "address", call.address);
  if (tried) {
    await countTry(scope, tried === "password" ? perEmail : perEmailCode, tried, call.email);
  } else if (sendPaths.has(call.path)) {
    if (counted) await countTry(scope, codesPerAddress, "send-address", call.address);
    await countTry(scope, codesPerEmail, "send", call.email);
  }
}

async function afterSuccess(scope: PlatformScope, call: Call): Promise<void> {
  const tried = tryPaths[call.path];
  if (!tried && call.path !== "/join") return;
  if (!loopback.has(call.address)) await returnTry(scope, "address", call.address);
  if (tried) await forgetTries(scope, tried, call.email);
  if (tried === "code") await forgetTries(scope, "password", call.email);
}

const callOf = (ctx: { path?: string; body?: unknown; headers?: Headers | undefined }): Call => ({
  path: ctx.path ?? "",
  email: String((ctx.body as { email?: unknown } | undefined)?.email ?? "")
    .trim()
    .toLowerCase()
    .slice(0, 200),
  address: ctx.headers?.get(addressHeader) ?? "unknown",
});

const languageOf = (headers: Headers | undefined): LetterLanguage =>
  headers?.get("x-language") === "en" ? "en" : "zh-CN";

/**
 * Sign-in on better-auth: e-mail with password or code, reset by code, accounts made by a code or an invitation only, so
 * that every account's e-mail is proven. For the auth function alone: no file that the API imports may import this one.
 */
export function createAuth(options: AuthOptions) {
  const { authScope, mailer } = options;
  return betterAuth({
    appName: "Yihao",
    baseURL: options.origin,
    basePath: "/api/auth",
    secret: options.secret,
    trustedOrigins: [options.origin, ...(options.origins ?? [])],
    database: dynamoAdapter(authScope),
    telemetry: { enabled: false },
    logger: { level: "error" },
    onAPIError: {
      onError: (error) => {
        if (!isAPIError(error)) options.failed?.(error);
      },
    },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLeast,
      maxPasswordLength: passwordMost,
      revokeSessionsOnPasswordReset: true,
    },
    session: {
      expiresIn: 30 * daySeconds,
      updateAge: daySeconds,
      cookieCache: { enabled: true, maxAge: sessionCopySeconds, strategy: "jwt" },
    },
    verification: { disableCleanup: true, storeIdentifier: "hashed" },
    advanced: {
      cookiePrefix,
      useSecureCookies: options.origin.startsWith("https://"),
      ipAddress: { ipAddressHeaders: [addressHeader] },
      database: { generateId: ({ model }: { model: string }) => newId(prefixes[model] ?? "row") },
    },
    plugins: [
      emailOTP({
        otpLength: 6,
        expiresIn: codeMinutes * 60,
        allowedAttempts: 3,
        storeOTP: "hashed",
        async sendVerificationOTP({ email, otp, type }, ctx) {
          await mailer.send(codeLetter(email, otp, type, codeMinutes, languageOf(ctx?.headers)));
        },
      }),
      joinPlugin(options.mainScope),
    ] satisfies BetterAuthPlugin[],
    hooks: {
      before: createAuthMiddleware(async (ctx) => {
        const call = callOf(ctx);
        await asApiError(async () => {
          if (call.path === "/email-otp/reset-password") checkPassword(ctx.body?.password, call.email);
          if (call.path === "/email-otp/send-verification-otp" && ctx.body?.type !== "sign-in")
            throw new Refused("auth.refused");
          await beforeCall(authScope(), call);
        });
      }),
      after: createAuthMiddleware(async (ctx) => {
        if (!(ctx.context.returned instanceof Error)) await afterSuccess(authScope(), callOf(ctx));
      }),
    },
  });
}

export type Auth = ReturnType<typeof createAuth>;
