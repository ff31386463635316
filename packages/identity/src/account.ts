import type { BetterAuthPlugin } from "better-auth";
import { APIError, createAuthEndpoint, createAuthMiddleware, sensitiveSessionMiddleware } from "better-auth/api";
import { z } from "zod";
import { type Device, freshMinutes, type Passkey, type Security } from "./model.ts";
import { recoveryLeft } from "./second-factor.ts";

type PasskeyRow = { id: string; name?: string | null; createdAt?: Date | null; lastUsedAt?: Date | null };
type FactorRow = { backupCodes: string; verified?: boolean | null };

const instant = (date: Date | string) => new Date(date).toISOString();
const maybe = (date: Date | null | undefined) => (date ? instant(date) : null);
const signIns = new Set([
  "/sign-in/email",
  "/sign-in/email-otp",
  "/two-factor/verify-totp",
  "/two-factor/verify-backup-code",
  "/passkey/verify-authentication",
  "/join",
]);

/** A sign-in over a session that is still open ends that one: a browser holds one at a time, and none is left behind in the list. */
const endFormer = createAuthMiddleware(async (ctx) => {
  if (ctx.context.returned instanceof Error) return;
  const token = await ctx.getSignedCookie(ctx.context.authCookies.sessionToken.name, ctx.context.secret);
  if (!token || ctx.context.newSession?.session.token === token) return;
  const waiting = ctx.path?.startsWith("/sign-in/") && !ctx.context.newSession;
  if (ctx.context.newSession || waiting) await ctx.context.internalAdapter.deleteSession(token);
});

const EndSession = z.object({ session: z.string() });

/** What a person sees and ends of their own account; sessions are named by id, since their tokens live in cookies alone. */
export function accountPlugin() {
  return {
    id: "yihao-account",
    schema: {
      user: { fields: { trustFrom: { type: "date", required: false, input: false, returned: false } } },
    },
    hooks: { after: [{ matcher: (ctx) => signIns.has(ctx.path ?? ""), handler: endFormer }] },
    endpoints: {
      security: createAuthEndpoint("/security", { method: "GET", use: [sensitiveSessionMiddleware] }, async (ctx) => {
        const { internalAdapter, adapter } = ctx.context;
        const { user, session } = ctx.context.session;
        const where = [{ field: "userId", value: user.id }];
        const [account, passkeys, factor, sessions] = await Promise.all([
          internalAdapter.findCredentialAccount(user.id),
          adapter.findMany<PasskeyRow>({ model: "passkey", where }),
          adapter.findOne<FactorRow>({ model: "twoFactor", where }),
          internalAdapter.listSessions(user.id, { onlyActiveSessions: true }),
        ]);
        const on = factor !== null && factor.verified !== false;
        const security: Security = {
          email: user.email,
          name: user.name,
          password: Boolean(account?.password),
          fresh: Date.now() - new Date(session.createdAt).getTime() < freshMinutes * 60_000,
          factor: on,
          recoveryLeft: on ? recoveryLeft(factor.backupCodes) : null,
          passkeys: passkeys.map(
            (one): Passkey => ({
              id: one.id,
              name: one.name ?? "",
              createdAt: maybe(one.createdAt),
              lastUsedAt: maybe(one.lastUsedAt),
            }),
          ),
          devices: sessions
            .map(
              (one): Device => ({
                id: one.id,
                current: one.id === session.id,
                createdAt: instant(one.createdAt),
                seenAt: instant(one.updatedAt),
                agent: one.userAgent ?? "",
                address: one.ipAddress ?? "",
              }),
            )
            .toSorted((a, b) => Number(b.current) - Number(a.current) || b.seenAt.localeCompare(a.seenAt)),
        };
        return ctx.json(security);
      }),
      endSession: createAuthEndpoint(
        "/sessions/end",
        { method: "POST", body: EndSession, use: [sensitiveSessionMiddleware] },
        async (ctx) => {
          const { internalAdapter, session } = ctx.context;
          const sessions = await internalAdapter.listSessions(session.user.id);
          const found = sessions.find((one) => one.id === ctx.body.session);
          if (!found || found.id === session.session.id)
            throw new APIError("NOT_FOUND", { code: "missing", message: "no such session" });
          await internalAdapter.deleteSession(found.token);
          return ctx.json({ done: true });
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}
