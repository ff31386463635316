import type { Page } from "@yihao/kernel/paging";
import { actorName, ownCompany, type Scope } from "@yihao/kernel/scope";
import { today } from "@yihao/members/days";
import type { Stored } from "@yihao/table/kind";
import { byStanding, isFor, isShown } from "./announcement.ts";
import type { Announcement, AnnouncementRow, AnnouncementView } from "./announcement-model.ts";
import { announcementOf, countsOf, ended, readBy, standing } from "./announcement-store.ts";

type One = Stored<Announcement> | Stored<AnnouncementRow>;

/** Announcements as their reader may see them: to a company's person not for whom else they are, nor how many read them. */
export async function shownAnnouncements(scope: Scope, all: readonly One[]): Promise<AnnouncementView[]> {
  const ids = all.map(({ id }) => id);
  if (ownCompany(scope) === undefined) {
    const counts = await countsOf(scope, ids);
    return all.map((one, index) => ({ ...one, counts: counts[index] ?? { reads: 0, mailed: 0 } }));
  }
  const read = await readBy(scope, actorName(scope), ids);
  return all.map(({ companies: _, mail: _mail, byName: _by, ...one }) => ({ ...one, read: read.has(one.id) }));
}

/** What is announced: to staff all that stands or is to come, or what is over; to a company's person what is shown to them now. */
export async function seeAnnouncements(
  scope: Scope,
  { shelf, ...page }: { shelf: "standing" | "ended"; cursor?: string | undefined; limit?: number | undefined },
): Promise<Page<AnnouncementView>> {
  const day = await today(scope);
  const own = ownCompany(scope);
  if (shelf === "ended" && own === undefined) {
    const { items, next } = await ended(scope, day, page);
    return { items: await shownAnnouncements(scope, items), next };
  }
  const rows = await standing(scope, day);
  const mine = own === undefined ? rows : rows.filter((one) => isShown(one, day) && isFor(one, [own]));
  return { items: await shownAnnouncements(scope, mine.toSorted(byStanding)), next: null };
}

/** One announcement with its text, for whoever may see it. */
export async function seeAnnouncement(scope: Scope, id: string): Promise<AnnouncementView | undefined> {
  const [one, day] = await Promise.all([announcementOf(scope, id), today(scope)]);
  const own = ownCompany(scope);
  if (!one || (own !== undefined && !(isShown(one, day) && isFor(one, [own])))) return undefined;
  const [shown] = await shownAnnouncements(scope, [one]);
  return shown;
}
