/**
 * | item           | key                                   | written by               | units      | size   |
 * |----------------|---------------------------------------|--------------------------|------------|--------|
 * | feed           | `feed#<person>`, `<side>#<subject>`   | make, renew, revoke      | 2          | 0.2 kB |
 * | its address    | `platform#door#<digest>`, `-`         | the same commits         | 2          | 0.2 kB |
 * | row of a resource, of a person | `fed#<resource or person>`, `<from>#<booking>` | reaction of a booking | 2 each | 0.25 kB |
 * | filled         | `fedall`, `-`                         | the first feed or display of the space; the end of its filling | 2 | 0.1 kB |
 *
 * Rows are written with a booking's other rows. The first feed or display of a space, made or read, has those written that are missing, of all that a feed shows, in chunks of days; until they all are, feeds
 * and displays read the rows of days instead, so that none is ever without a booking.
 * A feed of 1,000 bookings is read with 1 unit for its address, 1 for its owner's place, 2 for space, resource and mark, and 32 for its rows.
 */
import type { PersonId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import type { Span } from "@yihao/kernel/span";
import { keyIn, partition } from "@yihao/table/key";
import { decode, kindOf, type Stored } from "@yihao/table/kind";
import { get, queryAll, queryRaw } from "@yihao/table/read";
import type { Write } from "@yihao/table/write";
import type { FeedRow } from "./feed.ts";
import type { Feed } from "./feed-model.ts";
import { feedReach } from "./feed-span.ts";
import type { Booking } from "./model.ts";

export type StoredFeed = Feed & { readonly side: string; readonly hash: string };
export const feedKind = kindOf<StoredFeed>("feed");

export const feedKey = (scope: Scope, person: PersonId, side: string, subject: string) =>
  keyIn(partition(scope, "feed", person), side, subject);
/** A person's feed, as it stands. */
export const feedOf = (scope: Scope, person: PersonId, side: string, subject: string) =>
  get(scope, feedKind, feedKey(scope, person, side, subject));
/** All feeds of a person. */
export const allFeedsOf = (scope: Scope, person: PersonId): Promise<Stored<StoredFeed>[]> =>
  queryAll(scope, feedKind, partition(scope, "feed", person), { consistent: true });
/** A person's feeds on one side: as staff, or for a company. There are few. */
export const feedsOf = (scope: Scope, person: PersonId, side: string): Promise<Stored<StoredFeed>[]> =>
  queryAll(scope, feedKind, partition(scope, "feed", person), { prefix: `${side}#`, consistent: true });

/** When a space's feeds were last begun to be filled, and whether they are: then also what was booked before there were feeds has its rows. */
export const filledKind = kindOf<{ readonly at: string; readonly done?: boolean }>("fedall");
export const filledKey = (scope: Scope) => keyIn(partition(scope, "fedall"));

type Packed = {
  readonly u: string;
  readonly c: string;
  readonly n?: string;
  readonly z: string;
  readonly o: string;
  readonly m: string;
  readonly p: string;
  readonly w: string;
  readonly a: string;
  readonly x?: boolean;
  readonly t?: boolean;
  readonly g?: boolean;
};
const packedKind = kindOf<Packed>("fed");
const rowPartition = (scope: Scope, of: string) => partition(scope, "fed", of);

/** The writes of a booking's rows as it stands now, unless they are already newer: order and repetition do not matter. */
export function feedWrites(scope: Scope, booking: Stored<Booking>): Write[] {
  const { id, code, resourceName, zone, from, until, company, companyName, person, personName, at, state } = booking;
  const data: Packed = {
    ...{ u: until, c: code, z: zone, o: company, m: companyName, p: person, w: personName, a: at },
    ...(resourceName === code ? {} : { n: resourceName }),
    ...(state === "cancelled" ? { x: true } : {}),
    ...(state === "tentative" ? { t: true } : {}),
    ...(booking.guest ? { g: true } : {}),
  };
  return [booking.resource, person].map((of) => ({
    do: "put",
    key: keyIn(rowPartition(scope, of), from, id),
    kind: packedKind,
    data,
    rev: booking.rev,
    when: [["rev", "absent-or", "<=", booking.rev]],
  }));
}

/** Where the row of a booking among those of its resource or person lies. */
export const feedRowKey = (scope: Scope, of: string, { from, id }: Pick<Booking, "from" | "id">) =>
  keyIn(rowPartition(scope, of), from, id);

/** The ids of some bookings that a person has rows of. */
export async function bookingIdsOf(scope: Scope, person: string, limit: number): Promise<string[]> {
  const page = await queryRaw(scope, rowPartition(scope, person), { limit, consistent: true });
  return page.items.map(({ sk }) => String(sk).split("#")[1] ?? "");
}

/** The bookings of a resource or a person that begin in a span, in order, at most as many as a feed shows. */
export async function feedRows(
  scope: Scope,
  of: string,
  span: Span,
  most: number = feedReach.most,
): Promise<FeedRow[]> {
  const page = await queryRaw(scope, rowPartition(scope, of), { ...span, limit: most });
  return page.items.map((raw) => {
    const { u, c, n, z, o, m, p, w, a, x, t, g, rev } = decode(packedKind, raw);
    const [from = "", id = ""] = String(raw.sk).split("#");
    const names = { code: c, name: n ?? c, company: o, companyName: m, person: p, personName: w };
    return {
      from,
      id,
      until: u,
      zone: z,
      ...names,
      madeAt: a,
      off: x === true,
      tentative: t === true,
      guest: g === true,
      rev,
    };
  });
}
