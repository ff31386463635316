import { isId, newId } from "@yihao/kernel/ids";
import type { PlatformScope } from "@yihao/kernel/scope";
import type { BetterAuthPlugin } from "better-auth";
import { betterAuth } from "better-auth";
import { isAPIError } from "better-auth/api";
import { emailOTP } from "better-auth/plugins/email-otp";
import { accountPlugin } from "./account.ts";
import { dynamoAdapter } from "./adapter.ts";
import { addressHeader, guardAfter, guardBefore, languageOf } from "./auth-guard.ts";
import { endSession } from "./ended.ts";
import { invitingSpace } from "./invitation-actions.ts";
import { joinPlugin } from "./join.ts";
import { codeLetter } from "./letters.ts";
import type { Mailer } from "./mail.ts";
import { mergePlugin } from "./merge-account.ts";
import { freshMinutes, InvitationTokenSchema } from "./model.ts";
import { passkeysOf } from "./passkeys.ts";
import { passwordLeast, passwordMost } from "./password.ts";
import { copyPerson } from "./person-copies.ts";
import { secondFactor } from "./second-factor.ts";
import { cookiePrefix, sessionCopySeconds } from "./session.ts";

export type AuthOptions = {
  /** A scope of the table of sign-in data. */
  readonly authScope: () => PlatformScope;
  /** A scope of the main table, for invitations, ended sessions and names. */
  readonly mainScope: () => PlatformScope;
  /** Signs sessions, at least 32 characters; the API verifies with the same. */
  readonly secret: string;
  /** Where the web app lives, e.g. `https://yihao.example`. Passkeys are bound to its host name. */
  readonly origin: string;
  readonly origins?: readonly string[];
  readonly mailer: Mailer;
  /** Hears of faults that are nobody's wrong password. */
  readonly failed?: (error: unknown) => void;
};

const daySeconds = 86_400;
/** The secret of the invitation on whose page a code is asked for. */
const invitationHeader = "x-invitation";
const codeMinutes = 10;

const prefixes: Readonly<Record<string, string>> = {
  user: "per",
  session: "ses",
  account: "acc",
  verification: "ver",
  twoFactor: "tfa",
  passkey: "psk",
};

/**
 * Sign-in on better-auth: e-mail with password or code and a second step where the person wants one, passkeys, reset by code; accounts are
 * made by a code or an invitation only, so that every account's e-mail is proven. For the auth function alone: no file that the API imports may import this one.
 */
export function createAuth(options: AuthOptions) {
  const { authScope, mainScope, mailer } = options;
  const codes = emailOTP({
    otpLength: 6,
    expiresIn: codeMinutes * 60,
    allowedAttempts: 3,
    storeOTP: "hashed",
    changeEmail: { enabled: true },
    async sendVerificationOTP({ email, otp, type }, ctx) {
      const token = InvitationTokenSchema.safeParse(ctx?.headers?.get(invitationHeader));
      const from =
        token.success && type === "sign-in" ? await invitingSpace(mainScope(), token.data, email) : undefined;
      await mailer.send(codeLetter(email, otp, type, codeMinutes, languageOf(ctx?.headers), from));
    },
  });
  return betterAuth({
    appName: "Yihao",
    baseURL: options.origin,
    basePath: "/api/auth",
    secret: options.secret,
    trustedOrigins: [options.origin, ...(options.origins ?? [])],
    database: dynamoAdapter(authScope),
    databaseHooks: {
      session: {
        delete: {
          after: async (session) => {
            const over = new Date(session.expiresAt).getTime() <= Date.now();
            if (!over && isId("per", session.userId)) await endSession(mainScope(), session.userId, session.id);
          },
        },
      },
      user: {
        update: {
          after: async (user) => {
            if (isId("per", user.id)) await copyPerson(mainScope(), { ...user, person: user.id });
          },
        },
      },
    },
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
      freshAge: freshMinutes * 60,
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
      codes,
      joinPlugin(mainScope),
      secondFactor(),
      passkeysOf(options.origin),
      accountPlugin(),
      mergePlugin(mainScope, mailer, codes.endpoints),
    ] satisfies BetterAuthPlugin[],
    hooks: { before: guardBefore({ authScope, mailer }), after: guardAfter({ authScope, mailer }) },
  });
}

export type Auth = ReturnType<typeof createAuth>;
