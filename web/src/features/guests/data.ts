import type { GuestMove, GuestWish, NewGuestBooking, PublicPage } from "@yihao/booking/guest-model";
import { type Intent, newIntent, ok } from "../../api.ts";
import { guestBookings, guests, guestWaits } from "../../client.ts";
import { lang } from "../../i18n.ts";
import { createQuery, queryClient } from "../../query.ts";
import "./words.ts";

const space$ = guests[":space"];
type SpaceId = Parameters<typeof space$.$get>[0]["param"]["space"];
type SiteId = PublicPage["sites"][number]["id"];
const param = (space: string) => ({ space: space as SpaceId });

/** The language in which the space writes to this guest. */
export const letterLanguage = () => (lang() === "en" ? ("en" as const) : ("zh-CN" as const));

/** What the public may book of a space. */
export const usePublicPage = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["guests", space()],
    queryFn: () => ok(space$.$get({ param: param(space()) })),
    staleTime: 60_000,
  }));

/** When nothing is left on a day; asked again every minute. */
export const usePublicDay = (space: () => string, site: () => SiteId | undefined, day: () => string) =>
  createQuery(() => ({
    queryKey: ["guests", space(), "day", site(), day()],
    queryFn: () =>
      ok(space$.sites[":site"].days[":day"].$get({ param: { ...param(space()), site: site() ?? "sit_", day: day() } })),
    enabled: site() !== undefined,
    refetchInterval: 60_000,
  }));

/** What a wish would cost, with tax. */
export const useGuestQuote = (space: () => string, wish: () => GuestWish | undefined) =>
  createQuery(() => ({
    queryKey: ["guests", space(), "quote", JSON.stringify(wish() ?? null)],
    queryFn: () => ok(space$.quotes.$post({ param: param(space()), json: wish() as GuestWish })),
    enabled: wish() !== undefined,
    retry: false,
    staleTime: 120_000,
  }));

/** What waiting for a taken place would be for. */
export const useGuestWaitQuote = (space: () => string, wish: () => GuestWish | undefined) =>
  createQuery(() => ({
    queryKey: ["guests", space(), "wait-quote", JSON.stringify(wish() ?? null)],
    queryFn: () => ok(space$["wait-quotes"].$post({ param: param(space()), json: wish() as GuestWish })),
    enabled: wish() !== undefined,
    retry: false,
    staleTime: 60_000,
  }));

/** Waits for a taken place; the answer has the secret of the wait's page. */
export const waitAsGuest = (space: string, json: NewGuestBooking, intent: Intent) =>
  ok(space$.waits.$post({ param: param(space), json }, intent.with()));

/** A guest's wait: there as long as it waits. */
export const useGuestWait = (token: () => string) =>
  createQuery(() => ({
    queryKey: ["guest-wait", token()],
    queryFn: () => ok(guestWaits[":token"].$get({ param: { token: token() } })),
    refetchInterval: 30_000,
    retry: false,
  }));

/** Waits no more. */
export async function leaveAsGuest(token: string, intent: Intent): Promise<void> {
  await ok(guestWaits[":token"].leave.$post({ param: { token } }, intent.with()));
}

/** Has a code sent to an e-mail. */
export const sendCode = (space: string, email: string, website: string) =>
  ok(space$.codes.$post({ param: param(space), json: { email, website, language: letterLanguage() } }));

/** Books; the answer has the secret of the booking's page. */
export async function bookAsGuest(space: string, json: NewGuestBooking, intent: Intent) {
  try {
    return await ok(space$.bookings.$post({ param: param(space), json }, intent.with()));
  } finally {
    void queryClient.invalidateQueries({ queryKey: ["guests", space, "day"] });
  }
}

/** A guest's booking; while it waits for something it is asked again every few seconds. */
export const useGuestBooking = (token: () => string) =>
  createQuery(() => ({
    queryKey: ["guest-booking", token()],
    queryFn: () => ok(guestBookings[":token"].$get({ param: { token: token() } })),
    refetchInterval: (query: { state: { data?: { state: string } | undefined } }) =>
      ["held", "asked"].includes(query.state.data?.state ?? "") ? 3000 : 60_000,
    retry: false,
  }));

/** The provider's page on which a guest pays. */
export const payPage = (token: string) =>
  ok(guestBookings[":token"].checkout.$post({ param: { token } }, newIntent().with()));

/** Where the receipt of a paid booking is downloaded. */
export const receiptPath = (token: string): string =>
  `/api/v1/papers/guest-bookings/${token}/receipt?language=${lang() === "en" ? "en" : "zh"}`;

/** What another time would cost. */
export const useMoveQuote = (token: () => string, wish: () => GuestWish | undefined) =>
  createQuery(() => ({
    queryKey: ["guest-booking", token(), "move", JSON.stringify(wish() ?? null)],
    queryFn: () =>
      ok(guestBookings[":token"]["quote-move"].$post({ param: { token: token() }, json: wish() as GuestWish })),
    enabled: wish() !== undefined,
    retry: false,
    staleTime: 120_000,
  }));

/** Moves a guest's booking to another time. */
export async function moveAsGuest(token: string, json: GuestMove, intent: Intent): Promise<void> {
  const now = await ok(guestBookings[":token"].move.$post({ param: { token }, json }, intent.with()));
  queryClient.setQueryData(["guest-booking", token], now);
  void queryClient.invalidateQueries({ queryKey: ["guests", now.spaceId, "day"] });
}

/** Cancels a guest's booking by its terms. */
export async function cancelAsGuest(token: string, rev: number, intent: Intent): Promise<void> {
  const now = await ok(guestBookings[":token"].cancel.$post({ param: { token }, json: { rev } }, intent.with()));
  queryClient.setQueryData(["guest-booking", token], now);
}
