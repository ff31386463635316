import { getSpace, membershipOf } from "@yihao/identity/store";
import type { PersonId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { PlatformScope, Scope } from "@yihao/kernel/scope";
import { digest } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { insert, replace } from "@yihao/table/write";
import { freshToken, hashOfToken, linkWrite, opened, unlinkWrite } from "./door-link.ts";
import { feedText } from "./feed.ts";
import { feedBookings, fillWrites } from "./feed-fill.ts";
import type { Feed, FeedSubject, ShownFeed } from "./feed-model.ts";
import { feedSpan } from "./feed-span.ts";
import { feedKey, feedKind, feedOf, feedsOf, type StoredFeed } from "./feed-store.ts";
import { resourceOf } from "./store.ts";

/** Whose feed it is and on which side: a person who is staff and in a company has other feeds for each. A program has none: its key may end, a feed would stay. */
function ownerOf({ actor }: Scope): { person: PersonId; side: string } | undefined {
  if (actor.kind === "staff" && actor.key !== undefined) return undefined;
  if (actor.kind === "staff") return { person: actor.person, side: "staff" };
  return actor.kind === "company" ? { person: actor.person, side: actor.company } : undefined;
}

const view = ({ subject, at }: StoredFeed): Feed => ({ subject, at });
const pathOf = (token: string) => `/api/v1/doors/feeds/${token}.ics`;

/** The feeds that the caller made on this side, without their addresses. */
export async function listFeeds(scope: Scope): Promise<Feed[]> {
  const owner = ownerOf(scope);
  return owner ? (await feedsOf(scope, owner.person, owner.side)).map(view) : [];
}

/**
 * Makes a feed, or gives the one that is there a new address; the former one is closed in the same commit. The address is told in this answer and
 * nowhere else. Refuses `missing` for a resource that is not there.
 */
export async function makeFeed(
  scope: Scope,
  subject: FeedSubject,
): Promise<Outcome<ShownFeed, "missing" | "conflict">> {
  const owner = ownerOf(scope);
  if (!owner || (subject !== "me" && !(await resourceOf(scope, subject, { consistent: false }))))
    return refuse("missing");
  const { person, side } = owner;
  const [before, fill] = await Promise.all([feedOf(scope, person, side, subject), fillWrites(scope)]);
  const token = freshToken();
  const hash = hashOfToken(token);
  const feed: StoredFeed = { subject, side, at: scope.now, hash };
  const key = feedKey(scope, person, side, subject);
  const done = await commit(
    scope,
    [
      before ? replace(key, feedKind, feed, before.rev) : insert(key, feedKind, feed, "stale"),
      ...(before ? [unlinkWrite(scope, before.hash)] : []),
      linkWrite(scope, hash, { what: "feed", of: subject, person, side }),
      ...fill,
    ],
    { answer: view(feed) },
  );
  if (!done.done) return refuse("conflict");
  return accept({ ...done.answer, path: done.replayed ? null : pathOf(token) });
}

/** Ends a feed: its address answers at once as one that never was. */
export async function revokeFeed(scope: Scope, subject: FeedSubject): Promise<Outcome<null, "missing" | "conflict">> {
  const owner = ownerOf(scope);
  const feed = owner && (await feedOf(scope, owner.person, owner.side, subject));
  if (!owner || !feed) return refuse("missing");
  const key = feedKey(scope, owner.person, owner.side, subject);
  const done = await commit(
    scope,
    [{ do: "delete", key, when: [["rev", "=", feed.rev]], tag: "stale" }, unlinkWrite(scope, feed.hash)],
    { answer: null },
  );
  return done.done ? accept(null) : refuse("conflict");
}

/**
 * What the address of a feed gives: iCalendar text and its tag. Whoever has left the space, or the company that the feed was made for, has no feed any
 * more; that, an ended and an unknown address are all `missing`.
 */
export async function readFeed(
  platform: PlatformScope,
  token: string,
): Promise<Outcome<{ text: string; tag: string }, "missing">> {
  const found = await opened(platform, "feed", token);
  const { person, side = "", of = "" } = found?.link ?? {};
  if (!found || !person) return refuse("missing");
  const { scope } = found;
  const own = of === "me";
  const span = feedSpan(scope.now);
  const [place, space, resource, rows] = await Promise.all([
    membershipOf(scope, person),
    getSpace(scope),
    own ? undefined : resourceOf(scope, of, { consistent: false }),
    feedBookings(scope, own ? { person, ...(side === "staff" ? {} : { company: side }) } : { resource: of }, span),
  ]);
  const staff = side === "staff";
  const there = staff ? (place?.roles.length ?? 0) > 0 : place?.companies.some(({ company }) => company === side);
  if (!there || !space || (!own && !resource)) return refuse("missing");
  const english = space.language === "en";
  const about = own ? (english ? "My bookings" : "我的预订") : (resource?.name ?? "");
  const secret = hashOfToken(token);
  const text = feedText(
    own && !staff ? rows.filter(({ company }) => company === side) : rows,
    staff ? { staff: true } : { company: side },
    { title: `${about} · ${space.name}`, english, own },
    span,
    // Of others' bookings a hash that only this feed knows: it tells two apart and names neither.
    (row, busy) => `${busy ? digest("busy", secret, row.id) : row.id}@yihao`,
  );
  return accept({ text, tag: `"${digest(text)}"` });
}
