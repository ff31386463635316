import { passkey } from "@better-auth/passkey";
import type { BetterAuthPlugin } from "better-auth";
import { APIError, createAuthMiddleware } from "better-auth/api";

/** Most passkeys (通行密钥) of one person. */
export const passkeysMost = 20;

const unverified = () =>
  new APIError("FORBIDDEN", { code: "auth.passkey-unverified", message: "the person was not verified" });

/** What authenticators are asked is what is demanded later: the person proves themself by finger, face or PIN. */
const askToVerify = createAuthMiddleware(async (ctx) => {
  const given = ctx.context.returned;
  if (typeof given !== "object" || given === null || given instanceof Error) return;
  return ctx.json({ ...given, userVerification: "required" });
});

/**
 * Passkeys of one origin: its host name is the relying party, which must be a name, not an address. A passkey stands for device and person
 * at once, so the person must have been verified; credential ids are unique over all people; the last use is kept.
 */
export function passkeysOf(origin: string) {
  const plugin = passkey({
    rpID: new URL(origin).hostname,
    rpName: "Yihao 壹号",
    origin,
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    registration: {
      afterVerification: async ({ ctx, verification, user }) => {
        if (!verification.registrationInfo?.userVerified) throw unverified();
        const where = [{ field: "userId", value: user.id }];
        if ((await ctx.context.adapter.count({ model: "passkey", where })) >= passkeysMost)
          throw new APIError("CONFLICT", {
            code: "auth.passkeys-full",
            params: { most: passkeysMost },
            message: "too many passkeys",
          });
      },
    },
    authentication: {
      afterVerification: async ({ ctx, verification, clientData }) => {
        if (!verification.authenticationInfo.userVerified) throw unverified();
        await ctx.context.adapter.update({
          model: "passkey",
          where: [{ field: "credentialID", value: clientData.id }],
          update: { lastUsedAt: new Date() },
        });
      },
    },
  });
  const { passkey: model } = plugin.schema;
  const fields = {
    ...model.fields,
    credentialID: { ...model.fields.credentialID, unique: true },
    lastUsedAt: { type: "date", required: false, input: false },
  } as const;
  return {
    ...plugin,
    schema: { passkey: { ...model, fields } },
    hooks: {
      after: [
        {
          matcher: (ctx: { path?: string | undefined }) => ctx.path === "/passkey/generate-authenticate-options",
          handler: askToVerify,
        },
      ],
    },
  } satisfies BetterAuthPlugin;
}
