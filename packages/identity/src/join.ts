import { Refused, take } from "@yihao/kernel/outcome";
import type { PlatformScope } from "@yihao/kernel/scope";
import type { BetterAuthPlugin } from "better-auth";
import { createAuthEndpoint, sensitiveSessionMiddleware } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";
import { asApiError, checkPassword } from "./auth-errors.ts";
import { readInvitation } from "./invitation-actions.ts";
import { InvitationTokenSchema } from "./model.ts";
import { passwordMost } from "./password.ts";

const Join = z.strictObject({
  token: InvitationTokenSchema,
  name: z.string().trim().min(1).max(80),
  password: z.string().max(passwordMost * 4),
});
const FirstPassword = z.strictObject({ password: z.string().max(passwordMost * 4) });

/**
 * Two ways to a password that the library has none for: `/join` makes an account for the e-mail of an invitation whose
 * link is held, which proves the e-mail; `/first-password` gives one to somebody who came in by a code.
 */
export function joinPlugin(mainScope: () => PlatformScope) {
  return {
    id: "yihao-join",
    endpoints: {
      join: createAuthEndpoint("/join", { method: "POST", body: Join }, async (ctx) => {
        const { token, name, password } = ctx.body;
        const { internalAdapter } = ctx.context;
        const email = await asApiError(async () => {
          const invitation = take(await readInvitation(mainScope(), token));
          checkPassword(password, invitation.email);
          if (await internalAdapter.findUserByEmail(invitation.email))
            throw new Refused("auth.account-exists", { email: invitation.email });
          return invitation.email;
        });
        const hash = await ctx.context.password.hash(password);
        const user = await internalAdapter.createUser(
          { email, name, emailVerified: true },
          { method: "email-password" },
        );
        await internalAdapter.createAccount({
          userId: user.id,
          providerId: "credential",
          accountId: user.id,
          password: hash,
        });
        const session = await internalAdapter.createSession(user.id);
        await setSessionCookie(ctx, { session, user });
        return ctx.json({ user: { id: user.id, email, name } });
      }),
      firstPassword: createAuthEndpoint(
        "/first-password",
        { method: "POST", body: FirstPassword, use: [sensitiveSessionMiddleware] },
        async (ctx) => {
          const { internalAdapter, session, password } = ctx.context;
          const { user } = session;
          await asApiError(async () => {
            checkPassword(ctx.body.password, user.email);
            if (await internalAdapter.findCredentialAccount(user.id)) throw new Refused("auth.password-set");
          });
          await internalAdapter.createAccount({
            userId: user.id,
            providerId: "credential",
            accountId: user.id,
            password: await password.hash(ctx.body.password),
          });
          return ctx.json({ done: true });
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}
