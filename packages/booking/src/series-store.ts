import type { AnyScope, Scope } from "@yihao/kernel/scope";
import { instant, millis, minutesOf } from "@yihao/kernel/span";
import { digest, idFor } from "@yihao/table/command";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import { countedOf } from "./booking-writes.ts";
import { bookingLetters } from "./grains.ts";
import type { Booking, BookingId, SeriesId } from "./model.ts";
import type { Occurrence, Occurrences, Series } from "./series-model.ts";
import type { Planned } from "./series-plan.ts";

export const seriesKind = kindOf<Series>("ser");
export const occurrencesKind = kindOf<Occurrences>("serall");

export const seriesKey = (scope: AnyScope, series: string): Key => keyIn(partition(scope, "ser", series));
export const occurrencesKey = (scope: AnyScope, series: string): Key => keyIn(partition(scope, "ser", series), "all");

/** The letters of a series' id after `ser_`; its bookings' ids begin with them. */
const seriesLetters = 10;
const indexLetters = bookingLetters - seriesLetters;

/** The id of the series that a command makes. */
export const seriesIdFor = (scope: Scope): SeriesId => `ser_${digest(idFor(scope, "ser")).slice(0, seriesLetters)}`;
/** The id of a series' booking by its place in it. */
export const occurrenceId = (series: SeriesId, index: number): BookingId =>
  `bok_${series.slice(4)}${index.toString(32).padStart(indexLetters, "0")}`;
/** The series that a booking's id would belong to, if it belongs to one. */
export const seriesOfBooking = (booking: string): SeriesId => `ser_${booking.slice(4, 4 + seriesLetters)}`;

/** A series by id. */
export const seriesOf = (scope: Scope, id: string, options: { consistent?: boolean } = {}) =>
  get(scope, seriesKind, seriesKey(scope, id), options);

/** The occurrences of a series in order of time. */
export async function occurrencesIn(scope: Scope, series: SeriesId): Promise<Occurrence[]> {
  const found = await get(scope, occurrencesKind, occurrencesKey(scope, series), {});
  return found ? unpackOccurrences(series, found) : [];
}

/** Packs planned occurrences into 28 bytes each: what many share is kept once. */
export function packOccurrences(planned: readonly Planned[]): Occurrences {
  const shapes = new Map<string, { index: number; shape: Occurrences["shapes"][number] }>();
  const days = planned.map(({ slot, price, packs, quotas }) => {
    const shape = { price, ...(packs ? { packs } : {}), ...countedOf(quotas) };
    const name = JSON.stringify(shape);
    const { index } = shapes.get(name) ?? { index: shapes.size };
    shapes.set(name, { index, shape });
    return `${slot.day} ${(millis(slot.from) / 60_000).toString(36)} ${minutesOf(slot)} ${index}`;
  });
  return { shapes: [...shapes.values()].map(({ shape }) => shape), days };
}

/** Reads what `packOccurrences` wrote. */
export function unpackOccurrences(series: SeriesId, { shapes, days }: Occurrences): Occurrence[] {
  return days.flatMap((text, index) => {
    const [day = "", start = "", minutes = "", at = ""] = text.split(" ");
    const shape = shapes[Number(at)];
    if (!shape) return [];
    const from = Number.parseInt(start, 36) * 60_000;
    const id = occurrenceId(series, index);
    return { id, day, from: instant(from), until: instant(from + Number(minutes) * 60_000), ...shape };
  });
}

/** An occurrence as the booking that it is to be. */
export function asBooking(series: Series, occurrence: Occurrence): Booking {
  const { resource, code, resourceName, kind, by, site, zone, bufferMinutes, bufferBeforeMinutes } = series;
  const { company, companyName, person, personName, at, id, cancellation, asked, noShowMinutes } = series;
  return {
    ...{ resource, code, resourceName, kind, site, zone, bufferMinutes },
    ...(bufferBeforeMinutes ? { bufferBeforeMinutes } : {}),
    ...(by ? { by } : {}),
    ...(cancellation ? { cancellation } : {}),
    ...(noShowMinutes ? { noShowMinutes } : {}),
    ...{ company, companyName, person, personName, state: "booked", at },
    ...(asked ? { state: "tentative", asked } : {}),
    ...occurrence,
    series: id,
  };
}

/** A series as it was when it was booked. */
export type StoredSeries = Stored<Series>;

/** A booking of a booked series that the stream has not written yet: as it will be, for it is booked all the same. Two read units, and only where there is no booking. */
export async function unwrittenBooking(scope: Scope, id: string): Promise<Stored<Booking> | undefined> {
  const series = await seriesOf(scope, seriesOfBooking(id));
  if (series?.state !== "booked" || series.settled) return undefined;
  const occurrence = (await occurrencesIn(scope, series.id)).find((one) => one.id === id);
  return occurrence && { ...asBooking(series, occurrence), rev: 1 };
}
