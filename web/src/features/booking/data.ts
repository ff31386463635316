import type {
  Booking,
  BookingQuote,
  BookingRowView,
  BulkResources,
  Cancel,
  FloorFacts,
  FloorId,
  NewResource,
  ResourceFacts,
  ResourceId,
  SiteFacts,
  SiteId,
  Wish,
} from "@yihao/booking/model";
import { shownOf } from "@yihao/booking/pay";
import type { CompanyId } from "@yihao/kernel/ids";
import { createSignal, onCleanup } from "solid-js";
import { actingCompany, type Intent, ifMatch, ok } from "../../api.ts";
import { api, files } from "../../client.ts";
import { lang } from "../../i18n.ts";
import { type Places, readPlaces, usePlaces } from "../../places.ts";
import { createQuery, liveEveryMs, queryClient } from "../../query.ts";

const space$ = api.spaces[":space"];

/** The instant now, renewed each half minute while the caller lives. */
export function useNow(): () => string {
  const [now, setNow] = createSignal(new Date().toISOString());
  const timer = setInterval(() => setNow(new Date().toISOString()), 30_000);
  onCleanup(() => clearInterval(timer));
  return now;
}

export { type Places, usePlaces };

/** Rows without those that were moved: each stands in the lists where it went. */
const standing = <List extends { items: BookingRowView[] }>(list: List): List => ({
  ...list,
  items: list.items.filter(({ movedTo }) => movedTo === undefined),
});

/** The bookings of a site's day with names, for staff; asked again every few seconds. */
export const useAgenda = (space: () => string, site: () => SiteId | undefined, day: () => string) =>
  createQuery(() => ({
    queryKey: ["bookings", space(), "agenda", site(), day()],
    queryFn: async () => {
      const param = { space: space(), site: site() ?? "sit_" } as const;
      return standing(await ok(space$.sites[":site"].agenda.$get({ param, query: { day: day() } })));
    },
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

/** Who has what of a site on seven days, a question a day; asked again once a minute. */
export const useWeek = (space: () => string, site: () => SiteId, days: () => readonly string[]) =>
  Array.from({ length: 7 }, (_, index) =>
    createQuery(() => ({
      queryKey: ["bookings", space(), "availability", actingCompany(), site(), days()[index]],
      queryFn: () => {
        const param = { space: space(), site: site() };
        return ok(space$.sites[":site"].availability.$get({ param, query: { day: days()[index] ?? "" } }));
      },
      refetchInterval: 60_000,
    })),
  );

/** A company's own bookings from an instant on (or newest first), one long page. */
export const useOwnBookings = (space: () => string, range: () => { from?: string; newest?: boolean }) =>
  createQuery(() => ({
    queryKey: ["bookings", space(), "own", actingCompany(), range()],
    queryFn: async () => {
      const { from, newest } = range();
      const query = { limit: "100", ...(from ? { from } : {}), ...(newest ? { newest: "true" as const } : {}) };
      return standing(await ok(space$.bookings.$get({ param: { space: space() }, query })));
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
export const renewBookings = () =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: ["bookings"] }),
    queryClient.invalidateQueries({ queryKey: ["booking-quote"] }),
  ]);

/** Books a wish at the price that was shown. */
export async function book(space: string, wish: Wish, quote: BookingQuote, intent: Intent): Promise<Booking> {
  const json = { ...wish, ...shownOf(quote.quote), language: lang() };
  try {
    return await ok(space$.bookings.$post({ param: { space }, json }, intent.with()));
  } finally {
    void renewBookings();
  }
}

/** Cancels a booking as it was read; staff say who bears what that costs. */
export async function cancelBooking(
  space: string,
  row: BookingRowView,
  fee: Omit<Cancel, "rev">,
  intent: Intent,
): Promise<Booking> {
  try {
    const param = { space, booking: row.id };
    const json = { rev: row.rev, ...fee };
    return await ok(space$.bookings[":booking"].cancel.$post({ param, json }, intent.with()));
  } finally {
    void renewBookings();
  }
}

/** Checks somebody in. */
export async function checkIn(space: string, row: BookingRowView, intent: Intent): Promise<Booking> {
  try {
    const param = { space, booking: row.id };
    return await ok(space$.bookings[":booking"]["check-in"].$post({ param }, intent.with()));
  } finally {
    void renewBookings();
  }
}

/** Companies by name, pinyin or code, for staff. */
export async function findCompanies(space: string, q: string): Promise<{ id: CompanyId; name: string }[]> {
  const query = q.trim() === "" ? { limit: "20" } : { q: q.trim(), limit: "20" };
  const page = await ok(space$.companies.$get({ param: { space }, query }));
  return page.items.map(({ id, name }) => ({ id, name }));
}

/** One's own training records, by equipment. */
export const useOwnTraining = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["training", space(), "own"],
    queryFn: async () => (await ok(space$.training.$get({ param: { space: space() } }))).items,
    staleTime: 60_000,
  }));

/** The plans of the space that companies can have. */
export const usePlans = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["plans", space()],
    queryFn: async () => (await ok(space$.plans.$get({ param: { space: space() } }))).items,
    staleTime: 60_000,
  }));

/** The names of some companies, by id. */
export const useCompanyNames = (space: () => string, ids: () => readonly string[]) =>
  createQuery(() => ({
    queryKey: ["company-names", space(), ids()],
    queryFn: async () => {
      const companies = await Promise.all(
        ids().map((id) =>
          ok(space$.companies[":company"].$get({ param: { space: space(), company: id as CompanyId } })),
        ),
      );
      return new Map<string, string>(companies.map(({ id, name }) => [id, name]));
    },
    staleTime: 60_000,
  }));

const renewPlaces = (space: string) => queryClient.invalidateQueries({ queryKey: ["places", space] });

/** Reads sites, floors and resources anew and gives them. */
export const rereadPlaces = (space: string) =>
  queryClient.fetchQuery({ queryKey: ["places", space], queryFn: () => readPlaces(space), staleTime: 0 });

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

/** Changes a floor as it was read; its resources follow its rules. */
export async function changeFloor(space: string, id: FloorId, rev: number, facts: FloorFacts) {
  const param = { space, floor: id };
  const saved = await ok(space$.floors[":floor"].$put({ param, json: facts }, ifMatch(`"${rev}"`)));
  await renewPlaces(space);
  return saved;
}

/** Adds one resource. */
export async function addResource(space: string, facts: NewResource, intent: Intent) {
  const saved = await ok(space$.resources.$post({ param: { space }, json: facts }, intent.with()));
  await renewPlaces(space);
  return saved;
}

/** Adds many of one kind by code, all or none. */
export async function addResources(space: string, facts: BulkResources, intent: Intent) {
  const saved = await ok(space$.resources.bulk.$post({ param: { space }, json: facts }, intent.with()));
  await renewPlaces(space);
  return saved.items;
}

/** Changes a resource as it was read. */
export async function changeResource(space: string, id: ResourceId, rev: number, facts: ResourceFacts) {
  const param = { space, resource: id };
  const saved = await ok(space$.resources[":resource"].$put({ param, json: facts }, ifMatch(`"${rev}"`)));
  await renewPlaces(space);
  return saved;
}

const picture$ = files.spaces[":space"].resources[":resource"].picture;

/** Puts a picture on a resource: a link is asked for, the bytes go to the storage, and then it is shown. */
export async function uploadPicture(space: string, resource: ResourceId, file: File, intent: Intent) {
  const { type, size: bytes } = file;
  const param = { space, resource };
  const asked = await ok(picture$.$post({ param, json: { type, bytes } }, intent.part("ask").with()));
  await fetch(asked.url, { method: "PUT", headers: asked.headers, body: file });
  const done = picture$[":picture"].done.$post(
    { param: { ...param, picture: asked.picture } },
    intent.part("done").with(),
  );
  const saved = await ok(done);
  await renewPlaces(space);
  return saved;
}

/** Takes a resource's picture away. */
export async function removePicture(space: string, resource: ResourceId) {
  const saved = await ok(picture$.$delete({ param: { space, resource } }));
  await renewPlaces(space);
  return saved;
}
