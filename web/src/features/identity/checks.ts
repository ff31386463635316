import { passwordFault, passwordLeast } from "@yihao/identity/password";
import { entryWords } from "./words.ts";

/** A sentence when the text is no e-mail address. */
export const emailFault = (text: string): string | undefined =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim()) ? undefined : entryWords().faults.email;

/** A sentence when the text is no code of six digits. */
export const codeFault = (text: string): string | undefined =>
  /^\d{6}$/.test(text.trim()) ? undefined : entryWords().faults.code;

/** A sentence when something needed is left empty. */
export const emptyFault = (text: string, say: string): string | undefined => (text.trim() === "" ? say : undefined);

/** A sentence when a new password cannot be used; the same rule as the server's. */
export function newPasswordFault(password: string, email: string): string | undefined {
  const say = entryWords().faults;
  switch (passwordFault(password, email)) {
    case "short":
      return say.short(passwordLeast);
    case "long":
      return say.long;
    case "common":
      return say.common;
    case "plain":
      return say.plain;
    case "email":
      return say.own;
    case undefined:
      return undefined;
  }
}
