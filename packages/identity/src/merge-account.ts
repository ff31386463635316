import type { PersonId } from "@yihao/kernel/ids";
import { Refused } from "@yihao/kernel/outcome";
import type { PlatformScope } from "@yihao/kernel/scope";
import type { BetterAuthPlugin } from "better-auth";
import { createAuthEndpoint, sensitiveSessionMiddleware } from "better-auth/api";
import type { emailOTP } from "better-auth/plugins/email-otp";
import { z } from "zod";
import { asApiError } from "./auth-errors.ts";
import { languageOf } from "./auth-guard.ts";
import { mergedLetter } from "./letters.ts";
import type { Mailer } from "./mail.ts";
import { mergeEverywhere } from "./person-merge.ts";

/** What the code of a merge is called by the library; nothing else of ours asks for codes of this sort. */
export const mergeCode = "email-verification";
type Codes = Pick<ReturnType<typeof emailOTP>["endpoints"], "checkVerificationOTP">;

/**
 * Merges another account of the person who is signed in into theirs (合并账号): its e-mail is proven by a code that says what it is for, this one by the session. Its places in spaces become this
 * one's, then its sessions end and it is gone. Refused as `person.merge-itself`, and as `auth.merge-factor` while an authenticator app guards the other one, since a code by mail alone does not
 * open that. What a cut leaves undone is done by asking again: the account goes last.
 */
export function mergePlugin(mainScope: () => PlatformScope, mailer: Mailer, codes: Codes) {
  return {
    id: "yihao-merge",
    endpoints: {
      mergeAccount: createAuthEndpoint(
        "/merge-account",
        {
          method: "POST",
          body: z.strictObject({ email: z.string(), otp: z.string() }),
          use: [sensitiveSessionMiddleware],
        },
        async (ctx) => {
          const { internalAdapter, adapter, session } = ctx.context;
          const { user } = session;
          const { email, otp } = ctx.body;
          if (email === user.email) await asApiError(() => Promise.reject(new Refused("person.merge-itself")));
          await codes.checkVerificationOTP({
            ...ctx,
            body: { email, otp, type: mergeCode },
            asResponse: false,
          } as never);
          const other = (await internalAdapter.findUserByEmail(email))?.user;
          const spaces = await asApiError(async () => {
            if (!other) throw new Refused("auth.code-wrong");
            const where = [{ field: "userId", value: other.id }];
            const factor = await adapter.findOne<{ verified?: boolean | null }>({ model: "twoFactor", where });
            if (factor && factor.verified !== false) throw new Refused("auth.merge-factor");
            const who = { person: user.id as PersonId, name: user.name, email: user.email };
            const merged = await mergeEverywhere(mainScope(), other.id as PersonId, who);
            for (const { token } of await internalAdapter.listSessions(other.id))
              await internalAdapter.deleteSession(token);
            for (const model of ["passkey", "twoFactor"]) await adapter.deleteMany({ model, where });
            await internalAdapter.deleteUser(other.id);
            return merged;
          });
          await internalAdapter.deleteVerificationByIdentifier(`${mergeCode}-otp-${email}`);
          await mailer.send(mergedLetter(email, user.email, languageOf(ctx.headers)));
          return ctx.json({ spaces });
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}
