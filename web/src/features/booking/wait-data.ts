import type { Wish } from "@yihao/booking/model";
import { shownOf } from "@yihao/booking/pay";
import type { WaitQuote, WaitView } from "@yihao/booking/wait-model";
import { actingCompany, type Intent, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { lang } from "../../i18n.ts";
import { createQuery, liveEveryMs } from "../../query.ts";
import { renewBookings } from "./data.ts";

const space$ = api.spaces[":space"];

/** What one's company waits for, or to staff all that is waited for; asked again every few seconds. */
export const useWaits = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["bookings", space(), "waits", actingCompany()],
    queryFn: async () => (await ok(space$.waits.$get({ param: { space: space() }, query: { limit: "100" } }))).items,
    refetchInterval: liveEveryMs,
  }));

/** What waiting for a wish would be for; asked while it is looked at. */
export const useWaitQuote = (space: () => string, wish: () => Wish | undefined) =>
  createQuery(() => ({
    queryKey: ["booking-quote", space(), actingCompany(), "wait", wish()],
    queryFn: () => ok(space$.quotes.wait.$post({ param: { space: space() }, json: wish() as Wish })),
    enabled: wish() !== undefined,
    retry: false,
  }));

/** Waits for a wish at the price that was shown. */
export async function joinWait(space: string, wish: Wish, quote: WaitQuote, book: boolean, intent: Intent) {
  const json = { ...wish, ...shownOf(quote.quote), book, language: lang() };
  try {
    return await ok(space$.waits.$post({ param: { space }, json }, intent.with()));
  } finally {
    void renewBookings();
  }
}

/** Waits no more. */
export async function leaveWait(space: string, { resource, id }: WaitView, intent: Intent) {
  try {
    const param = { space, resource, wait: id };
    return await ok(space$.resources[":resource"].waits[":wait"].leave.$post({ param }, intent.with()));
  } finally {
    void renewBookings();
  }
}
