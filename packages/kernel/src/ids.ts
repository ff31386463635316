/** Ids say what they are: `bok_…` is a booking, so two ids swapped do not compile. */
export type Id<Prefix extends string> = `${Prefix}_${string}`;

export type SpaceId = Id<"spc">;
export type PersonId = Id<"per">;
export type CompanyId = Id<"cmp">;
export type KeyId = Id<"key">;
export type GrantId = Id<"gnt">;
export type EventId = Id<"evt">;

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford base32: no i, l, o, u to misread

/** Writes bytes as Crockford base32 in lower case, five bits a character; spare low bits are dropped. */
export function base32(bytes: Uint8Array, length: number): string {
  let text = "";
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5 && text.length < length) {
      bits -= 5;
      text += alphabet[(buffer >> bits) & 31];
    }
    if (text.length === length) break;
  }
  return text;
}

/** Makes a new random id of 80 bits (16 characters) with its prefix. */
export function newId<P extends string>(prefix: P): Id<P> {
  return `${prefix}_${base32(crypto.getRandomValues(new Uint8Array(10)), 16)}`;
}

/** Tells whether a text is an id of this prefix: 3–40 letters, digits or dashes after the underscore. */
export function isId<P extends string>(prefix: P, text: unknown): text is Id<P> {
  return typeof text === "string" && text.startsWith(`${prefix}_`) && /^[a-z]+_[0-9A-Za-z-]{3,40}$/.test(text);
}
