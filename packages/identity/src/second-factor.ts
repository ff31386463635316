import { base32 } from "@yihao/kernel/ids";
import { digest } from "@yihao/table/command";
import type { BetterAuthPlugin } from "better-auth";
import { createAuthMiddleware } from "better-auth/api";
import { twoFactor } from "better-auth/plugins/two-factor";
import { plainRecovery, recoveryCount, writtenRecovery } from "./recovery.ts";

const daySeconds = 86_400;
/** How long a device that was told to be trusted is not asked for the second step. */
const trustDays = 30;
const challengeSeconds = 600;

/** Ways in that prove one thing only, so that an authenticator app (验证器) is asked after them. A passkey proves two: the device and who holds it. */
const oneThing = new Set(["/sign-in/email", "/sign-in/email-otp"]);

/** Cookies of the library, under our prefix: the second step that waits, and the device that is trusted. */
export const challengeCookie = "two_factor";
const trustCookie = "trust_device";

/** The hash under which a recovery code is kept and compared. A code has 80 bits, so a plain hash keeps it. */
export const hashedRecovery = (code: string) => `#${digest("recovery", plainRecovery(code))}`;

const freshRecovery = () => writtenRecovery(base32(crypto.getRandomValues(new Uint8Array(10)), 16));
const hashedOnce = (code: string) => (code.startsWith("#") ? code : hashedRecovery(code));

type Trusting = { readonly twoFactorEnabled?: boolean; readonly trustFrom?: Date | string | null };

/** Trust given before the person last signed devices out or changed the password is void: the record goes, so the library asks again. */
const voidOldTrust = createAuthMiddleware(async (ctx) => {
  const user = ctx.context.newSession?.user as Trusting | undefined;
  if (!user?.twoFactorEnabled || !user.trustFrom) return;
  const cookie = await ctx.getSignedCookie(ctx.context.createAuthCookie(trustCookie).name, ctx.context.secret);
  const identifier = cookie ? cookie.split("!")[1] : undefined;
  if (!identifier) return;
  const record = await ctx.context.internalAdapter.findVerificationValue(identifier);
  if (record && new Date(record.createdAt).getTime() < new Date(user.trustFrom).getTime())
    await ctx.context.internalAdapter.deleteVerificationByIdentifier(identifier);
});

/**
 * The second step: an authenticator app and recovery codes, asked after a password and after a mailed code alike, since the library
 * asks only after a password. Recovery codes are kept as hashes; wrong tries are counted by our own lock, which says for how long.
 */
export function secondFactor() {
  const plugin = twoFactor({
    issuer: "Yihao",
    allowPasswordless: true,
    accountLockout: { enabled: false },
    trustDeviceMaxAge: trustDays * daySeconds,
    twoFactorCookieMaxAge: challengeSeconds,
    backupCodeOptions: {
      customBackupCodesGenerate: () => Array.from({ length: recoveryCount }, freshRecovery),
      storeBackupCodes: {
        encrypt: async (json) => JSON.stringify((JSON.parse(json) as string[]).map(hashedOnce)),
        decrypt: async (json) => json,
      },
    },
  });
  const matcher = (ctx: { path?: string | undefined }) => oneThing.has(ctx.path ?? "");
  return {
    ...plugin,
    hooks: { after: [{ matcher, handler: voidOldTrust }, ...plugin.hooks.after.map((hook) => ({ ...hook, matcher }))] },
  } satisfies BetterAuthPlugin;
}

/** How many recovery codes a stored set still has. */
export function recoveryLeft(stored: string): number {
  const codes: unknown = JSON.parse(stored);
  return Array.isArray(codes) ? codes.length : 0;
}
