import { within } from "@yihao/identity/store";
import { base32, type PersonId, type SpaceId } from "@yihao/kernel/ids";
import type { AnyScope, PlatformScope, Scope } from "@yihao/kernel/scope";
import { digest } from "@yihao/table/command";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import { insert, overwrite, type Write } from "@yihao/table/write";
import { z } from "zod";

/** What a secret address opens: a calendar feed, the display at a door, a visitor's pass, a guest's booking, a guest's wait. `of` and `side` are read by whoever made it. */
export type DoorLink = {
  readonly space: SpaceId;
  readonly what: "feed" | "display" | "pass" | "guest" | "guest-wait";
  readonly of: string;
  readonly person?: PersonId;
  readonly side?: string;
};
const doorLinkKind = kindOf<DoorLink>("door");

/** The secret part of an address: 160 bits in 32 letters. */
export const DoorTokenSchema = z.string().regex(/^[0-9a-z]{32}$/);
/** A new secret of 160 bits. It is shown once; kept is its hash. */
export const freshToken = (): string => base32(crypto.getRandomValues(new Uint8Array(20)), 32);
/** The hash under which a secret is kept. It has 160 bits, so a plain hash keeps it. */
export const hashOfToken = (token: string): string => digest("door", token);

const linkKey = (scope: AnyScope, hash: string): Key =>
  keyIn(partition({ ...scope, space: "platform" } as PlatformScope, "door", hash));

/** The write that makes an address open something. */
export const linkWrite = (scope: Scope, hash: string, link: Omit<DoorLink, "space">): Write =>
  insert(linkKey(scope, hash), doorLinkKind, { ...link, space: scope.space }, "link");
/** The write that has an address open the same thing for another person. */
export const relinkWrite = (scope: Scope, hash: string, link: Omit<DoorLink, "space">): Write =>
  overwrite(linkKey(scope, hash), doorLinkKind, { ...link, space: scope.space });
/** The write that closes an address: from then on it answers as one that never was. */
export const unlinkWrite = (scope: Scope, hash: string): Write => ({ do: "delete", key: linkKey(scope, hash) });

/** What a secret opens of one sort, with a scope inside its space; nothing for unknown, closed and malformed ones alike. One consistent read. */
export async function opened(
  platform: PlatformScope,
  what: DoorLink["what"],
  token: string,
): Promise<{ readonly link: DoorLink; readonly scope: Scope } | undefined> {
  if (!DoorTokenSchema.safeParse(token).success) return undefined;
  const link = await get(platform, doorLinkKind, linkKey(platform, hashOfToken(token)));
  return link?.what === what ? { link, scope: within(platform, link.space) } : undefined;
}
