import { isLoopback, networkOf } from "@yihao/http/address";
import { Refused } from "@yihao/kernel/outcome";
import type { PlatformScope } from "@yihao/kernel/scope";
import { createAuthMiddleware, getAuthoritativeSessionFromCtx } from "better-auth/api";
import { asApiError, checkPassword } from "./auth-errors.ts";
import { type LetterLanguage, type Notice, noticeLetter } from "./letters.ts";
import { codesPerAddress, codesPerEmail, perAddress, perEmail, perEmailCode, perFactor, perTotp } from "./lockout.ts";
import type { Mailer } from "./mail.ts";
import { freshMinutes } from "./model.ts";
import { challengeCookie, hashedRecovery } from "./second-factor.ts";
import { countTry, forgetTries, returnTry } from "./tries.ts";

/** The header in which the function itself writes the caller's address; one that a client sends is overwritten. */
export const addressHeader = "x-yihao-address";

const freshMs = freshMinutes * 60_000;

type Context = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0];
type Tried = "password" | "code" | "factor";

const rules = { password: perEmail, code: perEmailCode, factor: perFactor } as const;

/** What is tried where by somebody who is not in yet, or who must prove themself again. */
const tryPaths: Readonly<Record<string, Tried>> = {
  "/sign-in/email": "password",
  "/change-password": "password",
  "/two-factor/enable": "password",
  "/two-factor/disable": "password",
  "/two-factor/generate-backup-codes": "password",
  "/sign-in/email-otp": "code",
  "/email-otp/reset-password": "code",
  "/email-otp/change-email": "code",
  "/merge-account": "code",
  "/two-factor/verify-totp": "factor",
  "/two-factor/verify-backup-code": "factor",
};
/** Where one address is counted although nothing of one person is tried. */
const addressPaths = new Set(["/join", "/passkey/verify-authentication"]);
const sendPaths = new Set([
  "/email-otp/send-verification-otp",
  "/email-otp/request-password-reset",
  "/email-otp/request-email-change",
]);
/** Changes that a session alone must not make for long after the sign-in. */
const freshPaths = new Set([
  "/passkey/generate-register-options",
  "/passkey/verify-registration",
  "/passkey/delete-passkey",
  "/email-otp/request-email-change",
  "/email-otp/change-email",
  "/merge-account",
  "/first-password",
]);
/** The same, unless a password is asked for and checked. */
const freshOrPassword = new Set(["/two-factor/enable", "/two-factor/disable", "/two-factor/generate-backup-codes"]);
/** After these no device stays trusted: whoever ends sessions or changes the password doubts a device. */
const untrusting = new Set([
  "/revoke-other-sessions",
  "/sessions/end",
  "/change-password",
  "/email-otp/reset-password",
  "/two-factor/disable",
]);
const noticed: Readonly<Record<string, Notice>> = {
  "/change-password": "password",
  "/email-otp/reset-password": "password",
  "/first-password": "password",
  "/two-factor/disable": "factor-off",
  "/two-factor/generate-backup-codes": "recovery",
  "/passkey/verify-registration": "passkey-on",
  "/passkey/delete-passkey": "passkey-off",
  "/email-otp/change-email": "email",
  "/merge-account": "merged",
};

export type Guard = { readonly authScope: () => PlatformScope; readonly mailer: Mailer };

/** The language of a request's letters. */
export const languageOf = (headers: Headers | undefined): LetterLanguage =>
  headers?.get("x-language") === "en" ? "en" : "zh-CN";

/** The network whose tries are counted; none for the machine itself, behind which stands no single caller. Each person is counted anyway. */
const networkBehind = (ctx: Context): string | undefined => {
  const address = ctx.headers?.get(addressHeader) ?? "unknown";
  return isLoopback(address) ? undefined : networkOf(address);
};
const bodyOf = (ctx: Context) => (ctx.body ?? {}) as Record<string, unknown>;

/** The person whose second step waits, by the cookie of the first. */
async function challenged(ctx: Context): Promise<string | undefined> {
  const cookie = await ctx.getSignedCookie(ctx.context.createAuthCookie(challengeCookie).name, ctx.context.secret);
  return cookie ? (await ctx.context.internalAdapter.findVerificationValue(cookie))?.value : undefined;
}

/** Under what name tries are counted: the e-mail that is given, else the person's own, else the person of the second step. */
async function triedBy(ctx: Context): Promise<string | undefined> {
  const { email } = bodyOf(ctx);
  if (typeof email === "string") return email;
  const session = await getAuthoritativeSessionFromCtx(ctx);
  const factor = tryPaths[ctx.path ?? ""] === "factor";
  if (session) return factor ? session.user.id : session.user.email;
  return factor ? await challenged(ctx) : undefined;
}

async function countAll(ctx: Context, scope: PlatformScope): Promise<void> {
  const path = ctx.path ?? "";
  const tried = tryPaths[path];
  const network = networkBehind(ctx);
  if (network && (tried || addressPaths.has(path))) await countTry(scope, perAddress, "address", network);
  if (sendPaths.has(path)) {
    if (network) await countTry(scope, codesPerAddress, "send-address", network);
    const { email, newEmail } = bodyOf(ctx);
    await countTry(scope, codesPerEmail, "send", String(email ?? newEmail));
  }
  const who = tried && (await triedBy(ctx));
  if (!who || (freshOrPassword.has(path) && bodyOf(ctx).password === undefined)) return;
  await countTry(scope, rules[tried], tried, who);
  if (path === "/two-factor/verify-totp") await onceOnly(scope, who, String(bodyOf(ctx).code));
}

/** Shuts a code of the authenticator app behind itself, before it is looked at: of two that come at once one is taken. */
async function onceOnly(scope: PlatformScope, person: string, code: string): Promise<void> {
  try {
    await countTry(scope, perTotp, "totp", `${person} ${code}`);
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === "auth.locked") throw new Refused("auth.factor-wrong");
    throw error;
  }
}

async function checkFresh(ctx: Context): Promise<void> {
  const path = ctx.path ?? "";
  const either = freshOrPassword.has(path);
  if (!either && !freshPaths.has(path)) return;
  const session = await getAuthoritativeSessionFromCtx(ctx);
  if (!session) throw new Refused("auth.missing");
  if (either && (await ctx.context.internalAdapter.findCredentialAccount(session.user.id))?.password) return;
  const age = Date.now() - new Date(session.session.createdAt).getTime();
  if (age >= freshMs) throw new Refused("auth.not-fresh", { minutes: freshMinutes });
}

/** Before the library looks at a call: tries are counted, what needs a recent sign-in is held back, new passwords are judged. */
export function guardBefore({ authScope }: Guard) {
  return createAuthMiddleware(async (ctx) => {
    const path = ctx.path ?? "";
    const body = bodyOf(ctx);
    await asApiError(async () => {
      if (path === "/email-otp/reset-password") checkPassword(body.password, String(body.email));
      await checkFresh(ctx);
      await counting(() => countAll(ctx, authScope()), path);
      if (path === "/change-password") checkPassword(body.newPassword, ctx.context.session?.user.email ?? "");
    });
    if (path === "/change-password") return { context: { body: { ...body, revokeOtherSessions: true } } };
    if (path === "/two-factor/verify-backup-code")
      return { context: { body: { ...body, code: hashedRecovery(String(body.code)) } } };
    return undefined;
  });
}

/** A lock of the second step speaks of that step, where a mailed code is no way around. */
async function counting(count: () => Promise<void>, path: string): Promise<void> {
  try {
    await count();
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === "auth.locked" && tryPaths[path] === "factor")
      throw new Refused("auth.factor-locked", { ...error.refusal.params });
    throw error;
  }
}

async function forgetAll(ctx: Context, scope: PlatformScope): Promise<void> {
  const path = ctx.path ?? "";
  const tried = tryPaths[path];
  if (!tried && !addressPaths.has(path)) return;
  const network = networkBehind(ctx);
  if (network) await returnTry(scope, "address", network);
  const who = tried && (await whoTried(ctx, tried));
  if (!who) return;
  await forgetTries(scope, tried, who);
  if (tried === "code") await forgetTries(scope, "password", who);
}

async function whoTried(ctx: Context, tried: Tried): Promise<string | undefined> {
  const { email } = bodyOf(ctx);
  if (typeof email === "string") return email;
  const user = ctx.context.newSession?.user ?? ctx.context.session?.user;
  return tried === "factor" ? user?.id : user?.email;
}

type Person = { readonly id: string; readonly email: string; readonly createdAt: Date };

/** The person a call was about: who is in, who just came in, or whose e-mail it named. */
async function personOf(ctx: Context): Promise<Person | undefined> {
  const user = ctx.context.session?.user ?? ctx.context.newSession?.user;
  if (user) return user;
  const { email } = bodyOf(ctx);
  const found = typeof email === "string" ? await ctx.context.internalAdapter.findUserByEmail(email) : undefined;
  return found?.user;
}

/** After a success: counts are wiped, trust in devices ends where it must, and the person is told by mail what changed. */
export function guardAfter({ authScope, mailer }: Guard) {
  return createAuthMiddleware(async (ctx) => {
    if (ctx.context.returned instanceof Error) return;
    const path = ctx.path ?? "";
    await forgetAll(ctx, authScope());
    const turnedOn = path === "/two-factor/verify-totp" && ctx.context.session && ctx.context.newSession;
    const notice = turnedOn ? "factor-on" : noticed[path];
    if (!notice && !untrusting.has(path)) return;
    const person = await personOf(ctx);
    if (!person) return;
    if (untrusting.has(path)) await ctx.context.internalAdapter.updateUser(person.id, { trustFrom: new Date() });
    // Whoever signs up sets a password as part of it and need not be told.
    const signingUp = path === "/first-password" && Date.now() - new Date(person.createdAt).getTime() < freshMs;
    if (notice && !signingUp) await mailer.send(noticeLetter(person.email, notice, languageOf(ctx.headers)));
  });
}
