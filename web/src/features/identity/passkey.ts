import { startAuthentication, startRegistration, WebAuthnError } from "@simplewebauthn/browser";
import { Problem } from "../../problem.ts";
import { authCall, authRead } from "../../session.ts";

/** Why passkeys do not work here: the browser has none, or the page was opened by an address, which no passkey can be bound to. */
export function passkeyFault(): "browser" | "host" | undefined {
  if (/^[\d.]+$|^\[/.test(location.hostname)) return "host";
  return window.isSecureContext && typeof PublicKeyCredential === "function" ? undefined : "browser";
}

/** The device was asked and made nothing: cancelled, waited out, or it has one already. */
export class PasskeyDeclined extends Error {
  readonly already: boolean;
  constructor(already: boolean) {
    super("passkey declined");
    this.already = already;
  }
}

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new PasskeyDeclined(
      error instanceof WebAuthnError && error.code === "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED",
    );
  }
}

type Making = Parameters<typeof startRegistration>[0]["optionsJSON"];
type Proving = Parameters<typeof startAuthentication>[0]["optionsJSON"];

/** Makes a passkey on this device and adds it under a name. */
export async function makePasskey(name: string): Promise<void> {
  const optionsJSON = await authRead<Making>("/passkey/generate-register-options");
  const response = await asked(() => startRegistration({ optionsJSON }));
  await authCall("/passkey/verify-registration", { response, name });
}

/** Signs in by a passkey of this device. */
export async function enterByPasskey(): Promise<void> {
  const optionsJSON = await authRead<Proving>("/passkey/generate-authenticate-options");
  const response = await asked(() => startAuthentication({ optionsJSON }));
  await authCall("/passkey/verify-authentication", { response });
}
