import { isId, type KeyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { ApiKey } from "./model.ts";

const hourMs = 3_600_000;
const written = /^yk_([0-9a-z]{16})_([0-9a-z]{32})$/;

/** How the secret of a key begins: it names the key and opens nothing. */
export const prefixOf = (id: KeyId) => `yk_${id.slice("key_".length)}`;

/** The whole secret as its owner sees it once, e.g. `yk_3f…_9d…`; `token` has 160 bits. */
export const secretOf = (id: KeyId, token: string) => `${prefixOf(id)}_${token}`;

/** The key that a secret names and the part of it that proves it; nothing when it is none of ours. */
export function readSecret(secret: string): { id: KeyId; token: string } | undefined {
  const [, name = "", token = ""] = written.exec(secret) ?? [];
  const id = `key_${name}`;
  return token !== "" && isId("key", id) ? { id, token } : undefined;
}

type Hashed = ApiKey & { readonly hash: string; readonly formerHash: string | null };

/**
 * Whether a key opens for who holds a token of this hash at an instant: the newest secret until the key ends, the former one until its grace
 * is over. Whoever has the right secret of an ended key is told so; everybody else learns nothing.
 */
export function openKey<Key extends Hashed>(
  key: Key | undefined,
  hash: string,
  now: string,
): Outcome<Key, "key.wrong" | "key.ended"> {
  const former = key?.formerHash === hash;
  if (!key || (key.hash !== hash && !former)) return refuse("key.wrong");
  if (key.revokedAt !== null) return refuse("key.ended", { why: "revoked", at: key.revokedAt });
  if (key.expiresAt <= now) return refuse("key.ended", { why: "expired", at: key.expiresAt });
  if (former && (key.formerUntil ?? "") <= now) return refuse("key.ended", { why: "rotated", at: key.rotatedAt });
  return accept(key);
}

/** A key with a new hash; the former one stays good for some hours. */
export function rotated<Key extends Hashed>(key: Key, hash: string, graceHours: number, now: string): Key {
  const until = graceHours === 0 ? null : new Date(Date.parse(now) + graceHours * hourMs).toISOString();
  return { ...key, hash, formerHash: until === null ? null : key.hash, formerUntil: until, rotatedAt: now };
}
