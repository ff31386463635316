import { memberNow } from "@yihao/identity/person-merge";
import { type CompanyId, isId, type PersonId } from "@yihao/kernel/ids";
import type { Page } from "@yihao/kernel/paging";
import { ownCompany, type Scope } from "@yihao/kernel/scope";
import { type Event, timeline } from "@yihao/table/event";
import { getMany } from "@yihao/table/read";
import { search } from "@yihao/table/search";
import type { CompanyEntry, TimelineEntry } from "./model.ts";
import { companyKey, companyKind, entryOf, seenEntries } from "./store.ts";
import { forCompany, seenByCompany } from "./timeline-wall.ts";

/** Companies found by name, pinyin (in full or initials) or code, at most 20, in the order the search gives. */
export async function findCompanies(scope: Scope, text: string): Promise<CompanyEntry[]> {
  const found = await search(scope, "company", text, 20);
  const keys = found.map(({ id }) => companyKey(scope, id));
  const companies = (await getMany(scope, companyKind, keys, { consistent: true })).flatMap((one) => one ?? []);
  return seenEntries(scope, companies.map(entryOf));
}

/** What changes a company itself, not what it does: the types of its history (变更记录). What booking hears of an agreement says nothing new there. */
const changes = /^(company|subscription|agreement|pack|document|exit)\.(?!let$|ended$)|^subscription\.ended$/;
/** How many pages of a timeline one answer of a history reads at most. */
const pagesMost = 8;
const historyPage = 20;

/** What of a timeline is wanted. */
type Wanted = {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
  readonly only?: "changes" | undefined;
};

/** Events of a company's timeline, newest first; a history reads on until it has a page of changes, and may be short and still have a next one. */
async function eventsOf(scope: Scope, id: string, { cursor, limit, only }: Wanted): Promise<Page<Event>> {
  if (!only) return timeline(scope, id, { cursor, ...(limit ? { limit } : {}) });
  const items: Event[] = [];
  let next: string | null = cursor ?? null;
  for (let page = 0; page < pagesMost && items.length < (limit ?? historyPage); page += 1) {
    const read: Page<Event> = await timeline(scope, id, next === null ? {} : { cursor: next });
    items.push(...read.items.filter(({ type }) => changes.test(type)));
    next = read.next;
    if (next === null) break;
  }
  return { items, next };
}

/**
 * A page of a company's timeline, newest first. A reader of the company learns the names of its own people only; what staff did is
 * the space's.
 */
export async function companyTimeline(scope: Scope, id: CompanyId, page: Wanted): Promise<Page<TimelineEntry>> {
  return named(scope, await eventsOf(scope, id, page), id);
}

/** A page of the timeline of something that only staff read, e.g. a lead, newest first. */
export async function timelineOf(scope: Scope, subject: string, page: Wanted): Promise<Page<TimelineEntry>> {
  return named(scope, await eventsOf(scope, subject, page));
}

async function named(scope: Scope, { items, next }: Page<Event>, of?: CompanyId): Promise<Page<TimelineEntry>> {
  const people = [...new Set(items.map(({ by }) => by))].filter((by): by is PersonId => isId("per", by));
  const members = await Promise.all(people.map((person) => memberNow(scope, person)));
  // What an account did that was merged into another stands under the one that is kept.
  const names = new Map(
    members.flatMap((member, at) =>
      member && (ownCompany(scope) === undefined || member.companies.some(({ company }) => company === of))
        ? [[people[at] as string, member] as const]
        : [],
    ),
  );
  const hidden = ownCompany(scope) !== undefined;
  const shown = hidden ? items.filter(seenByCompany) : items;
  return {
    items: shown.map(({ id: event, type, at, by, data }) => ({
      id: event,
      type,
      at,
      by: names.get(by)?.person ?? (hidden ? "space" : by),
      byName: names.get(by)?.name ?? null,
      data: { ...(hidden ? forCompany(type, data as Record<string, unknown>) : (data as Record<string, unknown>)) },
    })),
    next,
  };
}
