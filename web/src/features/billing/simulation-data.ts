import { ok } from "../../api.ts";
import { accounts, api } from "../../client.ts";
import { allPages } from "../../pages.ts";
import { createQuery } from "../../query.ts";

const simulation$ = accounts.spaces[":space"].simulation[":month"];

/** What was booked in a month and charged. */
export const useBookingUse = (space: () => string, month: () => string) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "simulation", month(), "bookings"],
    queryFn: () =>
      allPages((query) => ok(simulation$.bookings.$get({ param: { space: space(), month: month() }, query }))),
    staleTime: 30_000,
  }));

/** Which plans companies had in a month. */
export const usePlanUse = (space: () => string, month: () => string) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "simulation", month(), "plans"],
    queryFn: () =>
      allPages((query) => ok(simulation$.plans.$get({ param: { space: space(), month: month() }, query }))),
    staleTime: 30_000,
  }));

/** What companies owed of a month beside: rents, packs, penalties, what was charged by hand. */
export const useDuesUse = (space: () => string, month: () => string) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "simulation", month(), "dues"],
    queryFn: () => allPages((query) => ok(simulation$.dues.$get({ param: { space: space(), month: month() }, query }))),
    staleTime: 30_000,
  }));

/** The prices that held on a day (那天的价格); nothing is read before one is chosen. */
export const usePricesHeld = (space: () => string, day: () => string) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "prices-held", day()],
    queryFn: () => ok(accounts.spaces[":space"]["prices-held"][":day"].$get({ param: { space: space(), day: day() } })),
    enabled: day() !== "",
    staleTime: 30_000,
  }));

/** The plans of the space, retired ones too. */
export const usePlans = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "plans"],
    queryFn: async () => (await ok(api.spaces[":space"].plans.$get({ param: { space: space() } }))).items,
    staleTime: 30_000,
  }));
