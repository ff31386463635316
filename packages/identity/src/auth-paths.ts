import { z } from "zod";
import { EmailSchema, InvitationTokenSchema, NameSchema } from "./model.ts";
import { passwordMost } from "./password.ts";
import { isRecovery } from "./recovery.ts";

const name = NameSchema;
const password = z.string().max(passwordMost * 4);
const otp = z.string().regex(/^\d{6}$/);
const bytes = z.string().max(8_000);
const nothing = z.strictObject({});
const credential = <Shape extends z.ZodRawShape>(response: Shape) =>
  z.strictObject({
    id: bytes,
    rawId: bytes,
    type: z.literal("public-key"),
    authenticatorAttachment: z.string().max(40).optional(),
    clientExtensionResults: z.record(z.string().max(80), z.unknown()).optional(),
    response: z.strictObject({ clientDataJSON: bytes, ...response }),
  });

/** A passkey as a browser has made it (WebAuthn 3, RegistrationResponseJSON). */
const registration = credential({
  attestationObject: bytes,
  authenticatorData: bytes.optional(),
  transports: z.array(z.string().max(40)).max(10).optional(),
  publicKeyAlgorithm: z.int().optional(),
  publicKey: bytes.optional(),
});
/** A passkey as a browser proves it (WebAuthn 3, AuthenticationResponseJSON). */
const assertion = credential({ authenticatorData: bytes, signature: bytes, userHandle: bytes.optional() });

/** What of the library is open to the world, each with the body it takes and no other field; everything else answers 404. */
export const openPaths: Readonly<Record<string, z.ZodType | undefined>> = {
  "GET /get-session": nothing,
  "GET /security": nothing,
  "GET /passkey/generate-register-options": nothing,
  "GET /passkey/generate-authenticate-options": nothing,
  "POST /sign-in/email": z.strictObject({ email: EmailSchema, password }),
  "POST /sign-in/email-otp": z.strictObject({ email: EmailSchema, otp, name: name.optional() }),
  "POST /email-otp/send-verification-otp": z.strictObject({
    email: EmailSchema,
    type: z.enum(["sign-in", "email-verification"]),
  }),
  "POST /email-otp/request-password-reset": z.strictObject({ email: EmailSchema }),
  "POST /email-otp/reset-password": z.strictObject({ email: EmailSchema, otp, password }),
  "POST /email-otp/request-email-change": z.strictObject({ newEmail: EmailSchema }),
  "POST /email-otp/change-email": z.strictObject({ newEmail: EmailSchema, otp }),
  "POST /two-factor/enable": z.strictObject({ password: password.optional() }),
  "POST /two-factor/disable": z.strictObject({ password: password.optional() }),
  "POST /two-factor/generate-backup-codes": z.strictObject({ password: password.optional() }),
  "POST /two-factor/verify-totp": z.strictObject({ code: otp, trustDevice: z.boolean().optional() }),
  "POST /two-factor/verify-backup-code": z.strictObject({ code: z.string().max(40).refine(isRecovery) }),
  "POST /passkey/verify-registration": z.strictObject({ response: registration, name }),
  "POST /passkey/verify-authentication": z.strictObject({ response: assertion }),
  "POST /passkey/delete-passkey": z.strictObject({ id: z.string().max(60) }),
  "POST /join": z.strictObject({ token: InvitationTokenSchema, name, password }),
  "POST /first-password": z.strictObject({ password }),
  "POST /change-password": z.strictObject({ currentPassword: password, newPassword: password }),
  "POST /update-user": z.strictObject({ name }),
  "POST /merge-account": z.strictObject({ email: EmailSchema, otp }),
  "POST /sessions/end": z.strictObject({ session: z.string().max(60) }),
  "POST /revoke-other-sessions": nothing,
  "POST /sign-out": nothing,
};
