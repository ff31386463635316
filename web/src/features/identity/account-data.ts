import type { Security } from "@yihao/identity/model";
import { Problem } from "../../problem.ts";
import { createQuery, queryClient } from "../../query.ts";
import { authCall, authRead, renewMe } from "../../session.ts";

const securityKey = ["security"] as const;

async function readSecurity(): Promise<Security | null> {
  try {
    return await authRead<Security>("/security");
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

/** What guards the account of whoever is signed in; `null` when nobody is. */
export const useSecurity = () => createQuery(() => ({ queryKey: securityKey, queryFn: readSecurity }));

/** Reads it anew and gives it. */
export const renewSecurity = async (): Promise<Security | null> => {
  const security = await readSecurity();
  queryClient.setQueryData(securityKey, security);
  return security;
};

const proving = (password: string | undefined) => (password === undefined ? {} : { password });

/** Starts an authenticator app: the address for its QR code and the recovery codes. It is on after `confirmFactor`. */
export const startFactor = (password: string | undefined) =>
  authCall<{ totpURI: string; backupCodes: string[] }>("/two-factor/enable", proving(password));
/** Turns the authenticator app on with the first code it shows. */
export const confirmFactor = (code: string) => authCall("/two-factor/verify-totp", { code });
/** Turns the authenticator app off. */
export const stopFactor = (password: string | undefined) => authCall("/two-factor/disable", proving(password));
/** Makes a new set of recovery codes; the old one is void. */
export const newRecovery = (password: string | undefined) =>
  authCall<{ backupCodes: string[] }>("/two-factor/generate-backup-codes", proving(password));
/** Removes a passkey. */
export const removePasskey = (id: string) => authCall("/passkey/delete-passkey", { id });
/** Signs another device out; it holds at its next request. */
export const endDevice = (session: string) => authCall("/sessions/end", { session });
/** Signs all other devices out. */
export const endOthers = () => authCall("/revoke-other-sessions", {});
/** Sends a code to an e-mail that is to be the new one. */
export const sendEmailCode = (newEmail: string) => authCall("/email-otp/request-email-change", { newEmail });

/** Changes the sign-in e-mail by the code that was sent to it. */
export async function changeEmail(newEmail: string, otp: string): Promise<void> {
  await authCall("/email-otp/change-email", { newEmail, otp });
  await renewMe();
}

/** Sends a code to the e-mail of another account that is to be merged into this one. */
export const sendMergeCode = (email: string) =>
  authCall("/email-otp/send-verification-otp", { email, type: "email-verification" });

/** Merges another account into this one by the code that was sent to it; gives in how many spaces. */
export async function mergeAccount(email: string, otp: string): Promise<number> {
  const { spaces } = await authCall<{ spaces: number }>("/merge-account", { email, otp });
  await renewMe();
  return spaces;
}

/** Changes the person's name, here and in their spaces. */
export async function changeName(name: string): Promise<void> {
  await authCall("/update-user", { name });
  await renewMe();
}

/** Sets the first password of an account. */
export const makePassword = (password: string) => authCall("/first-password", { password });
/** Changes the password; all other devices are signed out. */
export const changePassword = (currentPassword: string, newPassword: string) =>
  authCall("/change-password", { currentPassword, newPassword });
