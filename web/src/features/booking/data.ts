import { createQuery } from "@tanstack/solid-query";
import type {
  Booking,
  BookingQuote,
  BookingRowView,
  BulkResources,
  FloorFacts,
  NewResource,
  ResourceFacts,
  ResourceId,
  ResourceView,
  SiteFacts,
  SiteId,
  Wish,
} from "@yihao/booking/model";
import type { CompanyId } from "@yihao/kernel/ids";
import { createSignal, onCleanup } from "solid-js";
import { actingCompany, type Intent, ifMatch, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { liveEveryMs, queryClient } from "../../query.ts";

const space$ = api.spaces[":space"];

/** The instant now, renewed each half minute while the caller lives. */
export function useNow(): () => string {
  const [now, setNow] = createSignal(new Date().toISOString());
  const timer = setInterval(() => setNow(new Date().toISOString()), 30_000);
  onCleanup(() => clearInterval(timer));
  return now;
}

/** Sites, floors and all resources of a space, as one answer: they change seldom. */
export const usePlaces = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["places", space()],
    queryFn: () => readPlaces(space()),
    staleTime: 60_000,
  }));

async function readPlaces(space: string) {
  const param = { space };
  const [sites, floors] = await Promise.all([ok(space$.sites.$get({ param })), ok(space$.floors.$get({ param }))]);
  const resources: ResourceView[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query: { limit: string; cursor?: string } = { limit: "200", ...(cursor ? { cursor } : {}) };
    const page = await ok(space$.resources.$get({ param, query }));
    resources.push(...page.items);
    cursor = page.next;
  }
  resources.sort((a, b) => a.code.localeCompare(b.code, "en", { numeric: true }));
  return { sites: sites.items, floors: floors.items.sort((a, b) => a.order - b.order), resources };
}
export type Places = Awaited<ReturnType<typeof readPlaces>>;

/** The bookings of a site's day with names, for staff; asked again every few seconds. */
export const useAgenda = (space: () => string, site: () => SiteId | undefined, day: () => string) =>
  createQuery(() => ({
    queryKey: ["bookings", space(), "agenda", site(), day()],
    queryFn: () =>
      ok(
        space$.sites[":site"].agenda.$get({ param: { space: space(), site: site() ?? "sit_" }, query: { day: day() } }),
      ),
    enabled: site() !== undefined,
    refetchInterval: liveEveryMs,
  }));

/** Who has what of a site's day, without names; asked again every few seconds. */
export const useAvailability = (space: () => string, site: () => SiteId | undefined, day: () => string) =>
  createQuery(() => ({
    queryKey: ["bookings", space(), "availability", actingCompany(), site(), day()],
    queryFn: () =>
      ok(
        space$.sites[":site"].availability.$get({
          param: { space: space(), site: site() ?? "sit_" },
          query: { day: day() },
        }),
      ),
    enabled: site() !== undefined,
    refetchInterval: liveEveryMs,
  }));

/** A company's own bookings from an instant on (or newest first), one long page. */
export const useOwnBookings = (space: () => string, range: () => { from?: string; newest?: boolean }) =>
  createQuery(() => ({
    queryKey: ["bookings", space(), "own", actingCompany(), range()],
    queryFn: () => {
      const { from, newest } = range();
      const query = { limit: "100", ...(from ? { from } : {}), ...(newest ? { newest: "true" as const } : {}) };
      return ok(space$.bookings.$get({ param: { space: space() }, query }));
    },
    enabled: actingCompany() !== undefined,
    refetchInterval: liveEveryMs,
  }));

/** What a wish would cost; asked anew for every other wish. */
export const useQuote = (space: () => string, wish: () => Wish | undefined) =>
  createQuery(() => ({
    queryKey: ["booking-quote", space(), actingCompany(), wish()],
    queryFn: () => ok(space$.quotes.booking.$post({ param: { space: space() }, json: wish() as Wish })),
    enabled: wish() !== undefined,
    retry: false,
    staleTime: 30_000,
    gcTime: 60_000,
    placeholderData: (before: BookingQuote | undefined) =>
      before && wish() && before.resource === wish()?.resource ? before : undefined,
  }));

/** Puts a quote that a refusal brought where the wish's quote is shown. */
export const keepQuote = (space: string, wish: Wish, quote: BookingQuote): void => {
  queryClient.setQueryData(["booking-quote", space, actingCompany(), wish], quote);
};

/** Reads again everything that shows bookings. */
const renew = () =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: ["bookings"] }),
    queryClient.invalidateQueries({ queryKey: ["booking-quote"] }),
  ]);

/** Books a wish at the price that was shown. */
export async function book(space: string, wish: Wish, quote: BookingQuote, intent: Intent): Promise<Booking> {
  const { totalMinor, allowanceMinutes } = quote.quote;
  const json = { ...wish, expectMinor: totalMinor, expectAllowanceMinutes: allowanceMinutes };
  try {
    return await ok(space$.bookings.$post({ param: { space }, json }, intent.with()));
  } finally {
    void renew();
  }
}

/** Cancels a booking as it was read. */
export async function cancelBooking(space: string, row: BookingRowView, intent: Intent): Promise<Booking> {
  try {
    const param = { space, booking: row.id };
    return await ok(space$.bookings[":booking"].cancel.$post({ param, json: { rev: row.rev } }, intent.with()));
  } finally {
    void renew();
  }
}

/** Checks somebody in. */
export async function checkIn(space: string, row: BookingRowView, intent: Intent): Promise<Booking> {
  try {
    const param = { space, booking: row.id };
    return await ok(space$.bookings[":booking"]["check-in"].$post({ param }, intent.with()));
  } finally {
    void renew();
  }
}

/** Companies by name, pinyin or code, for staff. */
export async function findCompanies(space: string, q: string): Promise<{ id: CompanyId; name: string }[]> {
  const query = q.trim() === "" ? { limit: "20" } : { q: q.trim(), limit: "20" };
  const page = await ok(space$.companies.$get({ param: { space }, query }));
  return page.items.map(({ id, name }) => ({ id, name }));
}

const renewPlaces = (space: string) => queryClient.invalidateQueries({ queryKey: ["places", space] });

/** Adds a site, or changes the one whose id and revision are given. */
export async function saveSite(
  space: string,
  facts: SiteFacts,
  before: { id: SiteId; rev: number } | undefined,
  intent: Intent,
) {
  const saved = before
    ? await ok(
        space$.sites[":site"].$put({ param: { space, site: before.id }, json: facts }, ifMatch(`"${before.rev}"`)),
      )
    : await ok(space$.sites.$post({ param: { space }, json: facts }, intent.with()));
  await renewPlaces(space);
  return saved;
}

/** Adds a floor. */
export async function addFloor(space: string, facts: FloorFacts, intent: Intent) {
  const saved = await ok(space$.floors.$post({ param: { space }, json: facts }, intent.with()));
  await renewPlaces(space);
  return saved;
}

/** Adds a desk or a room. */
export async function addResource(space: string, facts: NewResource, intent: Intent) {
  const saved = await ok(space$.resources.$post({ param: { space }, json: facts }, intent.with()));
  await renewPlaces(space);
  return saved;
}

/** Adds many desks or rooms by code, all or none. */
export async function addResources(space: string, facts: BulkResources, intent: Intent) {
  const saved = await ok(space$.resources.bulk.$post({ param: { space }, json: facts }, intent.with()));
  await renewPlaces(space);
  return saved.items;
}

/** Changes a desk or a room as it was read. */
export async function changeResource(space: string, id: ResourceId, rev: number, facts: ResourceFacts) {
  const param = { space, resource: id };
  const saved = await ok(space$.resources[":resource"].$put({ param, json: facts }, ifMatch(`"${rev}"`)));
  await renewPlaces(space);
  return saved;
}
