import type { Day } from "@yihao/kernel/days";
import { dayOf, daySpan, plusDays } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { CommonRefusal } from "@yihao/kernel/refusals";
import { ownCompany, type Scope } from "@yihao/kernel/scope";
import { isLetAt } from "./lease.ts";
import type { Availability, BookingRowView, Presence, SiteId } from "./model.ts";
import { inNow } from "./now.ts";
import { agendaOf, daySheets, resourcesOf, rowsOf, siteOf } from "./store.ts";

/**
 * Who has what of a site on a local day, in grains: one query, 2 read units for 100 resources with 4 bookings each. A company sees the
 * others' time as busy and no more, and its own by its list (half a unit). `missing` when there is no such site.
 */
export async function availability(
  scope: Scope,
  site: SiteId,
  day: Day,
): Promise<Outcome<Availability, CommonRefusal>> {
  const own = ownCompany(scope);
  const [sheets, mine] = await Promise.all([daySheets(scope, site, day), own ? ownOn(scope, own, day) : undefined]);
  if (sheets.size === 0 && !(await siteOf(scope, site))) return refuse("missing");
  const resources: Availability["resources"] = {};
  for (const [resource, entries] of sheets) {
    if (entries.length === 0) continue;
    resources[resource] = entries.map(({ from, until, booking }) => {
      if (mine === undefined) return [from, until, "busy", booking];
      return mine.has(booking) ? [from, until, "mine", booking] : [from, until, "busy"];
    });
  }
  return accept({ day, resources });
}

/** The company's bookings around a day, of whatever zone: a day more on both sides, and as long before as a booking may last. */
async function ownOn(scope: Scope, company: string, day: Day): Promise<Set<string>> {
  const range = { from: `${plusDays(day, -3)}T`, until: `${plusDays(day, 2)}T`, limit: 1000 };
  const page = await rowsOf(scope, company, range);
  return new Set(page.items.map(({ id }) => id));
}

/** The bookings of a site's local day in order of their start, for staff. `missing` when there is no such site. */
export async function agenda(scope: Scope, site: SiteId, day: Day): Promise<Outcome<BookingRowView[], CommonRefusal>> {
  const rows = await agendaOf(scope, site, day);
  if (rows.length === 0 && !(await siteOf(scope, site))) return refuse("missing");
  return accept(rows);
}

/** Who is in now at a site, for Today. `missing` when there is no such site. */
export async function presence(scope: Scope, site: SiteId): Promise<Outcome<Presence, CommonRefusal>> {
  const found = await siteOf(scope, site, { consistent: false });
  if (!found) return refuse("missing");
  const today = dayOf(scope.now, found.zone);
  const [resources, yesterday, rows] = await Promise.all([
    resourcesOf(scope, site),
    agendaOf(scope, site, plusDays(today, -1)),
    agendaOf(scope, site, today),
  ]);
  const begun = daySpan(today, found.zone).from;
  return accept(
    inNow(resources, [...yesterday.filter(({ until }) => until > begun), ...rows], scope.now, (one) =>
      isLetAt(one, scope.now),
    ),
  );
}

/** A page of a company's bookings in order of their start; cancelled ones too. Staff name the company. */
export async function companyBookings(
  scope: Scope,
  company: string | undefined,
  range: { from?: string | undefined; newest?: boolean; cursor?: string | undefined; limit?: number | undefined },
) {
  const own = ownCompany(scope);
  if (own && company && own !== company) return refuse("missing");
  const whose = own ?? company;
  if (!whose) return refuse("booking.company");
  const page = await rowsOf(scope, whose, {
    ...(range.from ? { from: range.from } : {}),
    ...(range.newest ? { newest: true } : {}),
    ...(range.limit ? { limit: range.limit } : {}),
    cursor: range.cursor,
  });
  return accept(page);
}
