/** How many recovery codes (恢复码) a set has; each opens the door once. */
export const recoveryCount = 10;
/** From how few codes left the page asks for a new set. */
export const recoveryFew = 3;

const length = 16;

/** A recovery code as it is compared: small letters without dashes and spaces, and the letters that people misread put right. */
export function plainRecovery(text: string): string {
  return text.toLowerCase().replaceAll(/[\s-]/g, "").replaceAll("o", "0").replaceAll(/[il]/g, "1");
}

/** Whether a text can be a recovery code: sixteen characters of Crockford's base32, 80 bits. */
export function isRecovery(text: string): boolean {
  return new RegExp(`^[0-9a-hjkmnp-tv-z]{${length}}$`).test(plainRecovery(text));
}

/** A recovery code as people read and copy it: four groups of four. */
export function writtenRecovery(plain: string): string {
  return plain.match(/.{1,4}/g)?.join("-") ?? "";
}
