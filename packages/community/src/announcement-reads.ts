import type { Page } from "@yihao/kernel/paging";
import { actorName, ownCompany, type Scope } from "@yihao/kernel/scope";
import { today } from "@yihao/members/days";
import type { Stored } from "@yihao/table/kind";
import { byStanding, isFor, isShown } from "./announcement.ts";
import type { Announcement, AnnouncementRow, AnnouncementView } from "./announcement-model.ts";
import { announcementOf, countsOf, ended, readBy, standing } from "./announcement-store.ts";
import { registrationOf, seatsOf } from "./event-store.ts";

type One = Stored<Announcement> | Stored<AnnouncementRow>;

/** Announcements as their reader may see them: to a company's person not for whom else they are, nor how many read them. */
export async function shownAnnouncements(scope: Scope, all: readonly One[]): Promise<AnnouncementView[]> {
  const ids = all.map(({ id }) => id);
  if (ownCompany(scope) === undefined) {
    const [counts, events] = await Promise.all([countsOf(scope, ids), Promise.all(all.map(eventOf(scope)))]);
    return all.map(({ event: _, ...one }, index) => ({
      ...{ ...one, ...events[index], counts: counts[index] ?? { reads: 0, mailed: 0 } },
    }));
  }
  const person = actorName(scope);
  const [read, events] = await Promise.all([readBy(scope, person, ids), Promise.all(all.map(eventOf(scope, person)))]);
  return all.map(({ companies: _, mail: _mail, byName: _by, event: _event, ...one }, index) => ({
    ...{ ...one, ...events[index], read: read.has(one.id) },
  }));
}

/** What an announcement says of its event: how many come and wait, and what one person does. */
const eventOf =
  (scope: Scope, person?: string) =>
  async ({ id, event }: One): Promise<Pick<AnnouncementView, "event">> => {
    if (!event) return {};
    const [seats, mine] = await Promise.all([
      seatsOf(scope, id),
      person === undefined ? undefined : registrationOf(scope, id, person),
    ]);
    return { event: { ...event, ...seats, ...(mine ? { mine: mine.state } : {}) } };
  };

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
