import type { DayPass, DayPassPlace, NewDayPass } from "@yihao/billing/day-pass";
import { type Intent, ok } from "../../api.ts";
import { dayPasses, guestBookings } from "../../client.ts";
import { createQuery, queryClient } from "../../query.ts";
import "./refusal-words.ts";

export type { DayPass, DayPassPlace };

/** What a day pass can be sold of today; asked when the drawer opens. */
export const useDayPassPlaces = (space: () => string, open: () => boolean) =>
  createQuery(() => ({
    queryKey: ["day-passes", space()],
    queryFn: async () => (await ok(dayPasses.$get({ param: { space: space() } }))).items,
    enabled: open(),
    staleTime: 0,
  }));

/** Sells a day pass to somebody at the desk. */
export async function sellDayPass(space: string, json: NewDayPass, intent: Intent): Promise<DayPass> {
  try {
    return await ok(dayPasses.$post({ param: { space }, json }, intent.with()));
  } finally {
    void queryClient.invalidateQueries({ queryKey: ["day-passes"] });
    void queryClient.invalidateQueries({ queryKey: ["visitors"] });
  }
}

/** Whether what is paid by link has been paid; asked every few seconds while its code is shown. */
export const usePaid = (page: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["day-pass-paid", page()],
    queryFn: async () => {
      const { state } = await ok(guestBookings[":token"].$get({ param: { token: page()?.split("/").at(-1) ?? "" } }));
      if (state === "booked") void queryClient.invalidateQueries({ queryKey: ["visitors"] });
      return state;
    },
    enabled: page() !== undefined,
    refetchInterval: 3000,
  }));
