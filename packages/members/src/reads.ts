import { membershipOf } from "@yihao/identity/store";
import { type CompanyId, isId, type PersonId } from "@yihao/kernel/ids";
import type { Page } from "@yihao/kernel/paging";
import { ownCompany, type Scope } from "@yihao/kernel/scope";
import { timeline } from "@yihao/table/event";
import { getMany } from "@yihao/table/read";
import { search } from "@yihao/table/search";
import type { CompanyEntry, TimelineEntry } from "./model.ts";
import { companyKey, companyKind, entryOf, seenEntries } from "./store.ts";

/** Companies found by name, pinyin (in full or initials) or code, at most 20, in the order the search gives. */
export async function findCompanies(scope: Scope, text: string): Promise<CompanyEntry[]> {
  const found = await search(scope, "company", text, 20);
  const keys = found.map(({ id }) => companyKey(scope, id));
  const companies = (await getMany(scope, companyKind, keys, { consistent: true })).flatMap((one) => one ?? []);
  return seenEntries(scope, companies.map(entryOf));
}

/**
 * A page of a company's timeline, newest first. A reader of the company learns the names of its own people only; what staff did is
 * the space's.
 */
export async function companyTimeline(
  scope: Scope,
  id: CompanyId,
  page: { cursor?: string | undefined; limit?: number | undefined },
): Promise<Page<TimelineEntry>> {
  const { items, next } = await timeline(scope, id, {
    cursor: page.cursor,
    ...(page.limit ? { limit: page.limit } : {}),
  });
  const people = [...new Set(items.map(({ by }) => by))].filter((by): by is PersonId => isId("per", by));
  const members = await Promise.all(people.map((person) => membershipOf(scope, person)));
  const names = new Map(
    members.flatMap((member) =>
      member && (ownCompany(scope) === undefined || member.companies.some(({ company }) => company === id))
        ? [[member.person as string, member.name] as const]
        : [],
    ),
  );
  const hidden = ownCompany(scope) !== undefined;
  return {
    items: items.map(({ id: event, type, at, by, data }) => ({
      id: event,
      type,
      at,
      by: hidden && !names.has(by) ? "space" : by,
      byName: names.get(by) ?? null,
      data: data as Record<string, unknown>,
    })),
    next,
  };
}
