import type { SiteId } from "@yihao/booking/model";
import type { CompanyId } from "@yihao/kernel/ids";
import { actingCompany, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { allPages } from "../../pages.ts";
import { createQuery, liveEveryMs } from "../../query.ts";

const space$ = api.spaces[":space"];
type Read<Value> = () => Value;

const company = () => (actingCompany() ?? "cmp_") as CompanyId;
const acting = () => actingCompany() !== undefined;
/** What changes seldom is asked again after a minute only. */
const seldomMs = 60_000;

/** Sites and all rooms and desks of the space. */
export const usePlaces = (space: Read<string>) =>
  createQuery(() => ({
    queryKey: ["places", space(), "home"],
    queryFn: () => readPlaces(space()),
    staleTime: seldomMs,
  }));

async function readPlaces(space: string) {
  const param = { space };
  const sites = await ok(space$.sites.$get({ param }));
  const resources = await allPages((query) => ok(space$.resources.$get({ param, query })));
  resources.sort((a, b) => a.code.localeCompare(b.code, "en", { numeric: true }));
  return { sites: sites.items, resources };
}
export type Places = Awaited<ReturnType<typeof readPlaces>>;
export type SiteView = Places["sites"][number];
export type ResourceView = Places["resources"][number];

/** The company's bookings that start from an instant on, in order of their start; live. */
export const useBookings = (space: Read<string>, from: Read<string>) =>
  createQuery(() => ({
    queryKey: ["bookings", space(), "home", actingCompany(), from()],
    queryFn: () => ok(space$.bookings.$get({ param: { space: space() }, query: { from: from(), limit: "200" } })),
    enabled: acting(),
    refetchInterval: liveEveryMs,
  }));

/** Whether the company ever booked anything; asked only when `wanted`. */
export const useEverBooked = (space: Read<string>, wanted: Read<boolean>) =>
  createQuery(() => ({
    queryKey: ["bookings", space(), "ever", actingCompany()],
    queryFn: async () => {
      const page = await ok(space$.bookings.$get({ param: { space: space() }, query: { newest: "true", limit: "1" } }));
      return page.items.length > 0;
    },
    enabled: acting() && wanted(),
  }));

/** Who has what of a site's day; live. Asked only when `wanted`. */
export const useAvailability = (
  space: Read<string>,
  site: Read<SiteId | undefined>,
  day: Read<string>,
  wanted: Read<boolean>,
) =>
  createQuery(() => ({
    queryKey: ["bookings", space(), "availability", actingCompany(), site(), day()],
    queryFn: () => {
      const param = { space: space(), site: site() ?? "sit_" } as const;
      return ok(space$.sites[":site"].availability.$get({ param, query: { day: day() } }));
    },
    enabled: acting() && site() !== undefined && wanted(),
    refetchInterval: liveEveryMs,
  }));

/** Prices for booking; `null` before the space has set any. */
export const useRateCard = (space: Read<string>) =>
  createQuery(() => ({
    queryKey: ["rate-card", space(), "home"],
    queryFn: async () => (await ok(space$["rate-card"].$get({ param: { space: space() } }))).card,
    staleTime: seldomMs,
  }));

/** The company: its state, and whether it may book. */
export const useCompany = (space: Read<string>) =>
  createQuery(() => ({
    queryKey: ["companies", space(), "home", actingCompany()],
    queryFn: () => ok(space$.companies[":company"].$get({ param: { space: space(), company: company() } })),
    enabled: acting(),
    staleTime: seldomMs,
  }));

/** Room minutes of the plan, month by month; live. */
export const useAllowances = (space: Read<string>) =>
  createQuery(() => ({
    queryKey: ["bookings", space(), "allowances", actingCompany()],
    queryFn: async () => {
      const param = { space: space(), company: company() };
      return (await ok(space$.companies[":company"].allowances.$get({ param }))).items;
    },
    enabled: acting(),
    refetchInterval: liveEveryMs,
  }));

/** Whether the space has a warehouse, and of which zone. */
export const useWarehouses = (space: Read<string>) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "home", "warehouses"],
    queryFn: async () => (await ok(space$.warehouses.$get({ param: { space: space() } }))).items,
    staleTime: seldomMs,
  }));

/** The company's products with their stock, the first 200 of them; live. */
export const useStock = (space: Read<string>, wanted: Read<boolean>) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "home", "stock", actingCompany()],
    queryFn: () => ok(space$.stock.$get({ param: { space: space() }, query: { limit: "200" } })),
    enabled: acting() && wanted(),
    refetchInterval: liveEveryMs,
  }));

/** The company's open orders with its latest 100, each once; live. */
export const useOrders = (space: Read<string>, wanted: Read<boolean>) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "home", "orders", actingCompany()],
    queryFn: async () => {
      const param = { space: space() };
      const [open, latest] = await Promise.all([
        ok(space$.orders.$get({ param, query: { open: "true", limit: "200" } })),
        ok(space$.orders.$get({ param, query: { limit: "100" } })),
      ]);
      return [...new Map([...open.items, ...latest.items].map((order) => [order.id, order])).values()];
    },
    enabled: acting() && wanted(),
    refetchInterval: liveEveryMs,
  }));

/** The company's bills, the 50 latest months; live. */
export const useBills = (space: Read<string>) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "home", "bills", actingCompany()],
    queryFn: async () => (await ok(space$.invoices.$get({ param: { space: space() }, query: { limit: "50" } }))).items,
    enabled: acting(),
    refetchInterval: liveEveryMs,
  }));

/** One bill with its sums by stream. */
export const useBill = (space: Read<string>, invoice: Read<string | undefined>) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "home", "bill", actingCompany(), invoice()],
    queryFn: () => {
      const param = { space: space(), invoice: (invoice() ?? "inv_") as `inv_${string}` };
      return ok(space$.invoices[":invoice"].$get({ param }));
    },
    enabled: acting() && invoice() !== undefined,
    staleTime: seldomMs,
  }));

/** What the company owes, has paid ahead and left as a deposit; asked only when `wanted`. */
export const useBalance = (space: Read<string>, wanted: Read<boolean>) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "home", "balance", actingCompany()],
    queryFn: () => {
      const param = { space: space(), company: company() };
      return ok(space$.companies[":company"].balance.$get({ param }));
    },
    enabled: acting() && wanted(),
    staleTime: seldomMs,
  }));

/** What the space has for the company now: announcements, what came for it, what it asked for; the newest of each. */
export const useAround = (space: Read<string>) =>
  createQuery(() => ({
    queryKey: ["community", space(), "home", actingCompany()],
    queryFn: async () => {
      const param = { space: space() };
      const few = { param, query: { limit: "20" } };
      const [announcements, parcels, tickets] = await Promise.all([
        ok(space$.announcements.$get({ param, query: {} })),
        ok(space$.parcels.$get(few)),
        ok(space$.tickets.$get(few)),
      ]);
      return { announcements: announcements.items, parcels: parcels.items, tickets: tickets.items };
    },
    enabled: acting(),
    refetchInterval: liveEveryMs * 6,
  }));
