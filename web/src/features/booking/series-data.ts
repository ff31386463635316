import type { BookingQuote, BookingRowView, MoveWish } from "@yihao/booking/model";
import { shownOf } from "@yihao/booking/pay";
import type {
  EndedSeries,
  EndSeries,
  MovedSeries,
  MoveSeries,
  SeriesQuote,
  SeriesView,
  SeriesWish,
} from "@yihao/booking/series-model";
import { actingCompany, type Intent, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { lang } from "../../i18n.ts";
import { createQuery, queryClient } from "../../query.ts";
import { renewBookings } from "./data.ts";

const space$ = api.spaces[":space"];
const quoteKey = (space: string, wish: SeriesWish | undefined) => [
  "booking-quote",
  space,
  actingCompany(),
  "series",
  wish,
];

/** The whole of a series before it is booked; asked anew for every other wish. */
export const useSeriesQuote = (space: () => string, wish: () => SeriesWish | undefined) =>
  createQuery(() => ({
    queryKey: quoteKey(space(), wish()),
    queryFn: () => ok(space$.quotes.series.$post({ param: { space: space() }, json: wish() as SeriesWish })),
    enabled: wish() !== undefined,
    retry: false,
    staleTime: 30_000,
    gcTime: 60_000,
  }));

/** Puts the series that a refusal brought where the wish's quote is shown. */
export const keepSeriesQuote = (space: string, wish: SeriesWish, quote: SeriesQuote): void => {
  queryClient.setQueryData(quoteKey(space, wish), quote);
};

/** Books a series as it was shown. */
export async function bookSeries(
  space: string,
  wish: SeriesWish,
  quote: SeriesQuote,
  conflicts: "refuse" | "skip",
  intent: Intent,
): Promise<SeriesView> {
  const shown = { expectCount: quote.occurrences.length, ...shownOf(quote) };
  const json = { ...wish, ...shown, conflicts, language: lang() };
  const made = await ok(space$.series.$post({ param: { space }, json }, intent.with()));
  void renewBookings();
  return made;
}

/** A series with its bookings as they stand. */
export const useSeries = (space: () => string, series: () => BookingRowView["series"]) =>
  createQuery(() => ({
    queryKey: ["bookings", space(), "series", actingCompany(), series()],
    queryFn: () => ok(space$.series[":series"].$get({ param: { space: space(), series: series() ?? "ser_" } })),
    enabled: series() !== undefined,
    staleTime: 15_000,
  }));

/** Cancels what starts at an instant or later and has not started; all that is to come when none is given. */
export async function endSeries(
  space: string,
  series: SeriesView["id"],
  json: EndSeries,
  intent: Intent,
): Promise<EndedSeries> {
  try {
    return await ok(space$.series[":series"].cancel.$post({ param: { space, series }, json }, intent.with()));
  } finally {
    void renewBookings();
  }
}

/** What moving a booking would cost. */
export const useMoveQuote = (
  space: () => string,
  row: () => BookingRowView | undefined,
  wish: () => MoveWish | undefined,
) =>
  createQuery(() => ({
    queryKey: ["booking-quote", space(), actingCompany(), "move", row()?.id, wish()],
    queryFn: () =>
      ok(
        space$.bookings[":booking"]["quote-move"].$post({
          param: { space: space(), booking: row()?.id ?? "bok_" },
          json: wish() as MoveWish,
        }),
      ),
    enabled: row() !== undefined && wish() !== undefined,
    retry: false,
    staleTime: 15_000,
    gcTime: 60_000,
  }));

/** Moves a booking at the price that was shown. */
export async function moveBooking(
  space: string,
  row: BookingRowView,
  wish: MoveWish,
  { quote }: BookingQuote,
  intent: Intent,
) {
  const json = { ...wish, ...shownOf(quote), rev: row.rev };
  try {
    return await ok(space$.bookings[":booking"].move.$post({ param: { space, booking: row.id }, json }, intent.with()));
  } finally {
    void renewBookings();
  }
}

/** What moving this and all following of a series would come to. */
export const useSeriesMoveQuote = (
  space: () => string,
  series: () => BookingRowView["series"],
  move: () => MoveSeries | undefined,
) =>
  createQuery(() => ({
    queryKey: ["booking-quote", space(), actingCompany(), "move-series", series(), move()],
    queryFn: () =>
      ok(
        space$.series[":series"]["quote-move"].$post({
          param: { space: space(), series: series() ?? "ser_" },
          json: move() as MoveSeries,
        }),
      ),
    enabled: series() !== undefined && move() !== undefined,
    retry: false,
    staleTime: 15_000,
    gcTime: 60_000,
  }));

/** Moves this and all following of a series. */
export async function moveSeries(
  space: string,
  series: SeriesView["id"],
  move: MoveSeries,
  intent: Intent,
): Promise<MovedSeries> {
  try {
    return await ok(space$.series[":series"].move.$post({ param: { space, series }, json: move }, intent.with()));
  } finally {
    void renewBookings();
  }
}
