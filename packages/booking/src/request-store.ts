/**
 * | item                    | key                                    | written by                        | units | size   |
 * |-------------------------|----------------------------------------|-----------------------------------|-------|--------|
 * | request that waits (待批) | `asked`, `<answered until>#<booking or series>` | request; taken away by its answer | 2 each | 0.5 kB |
 * | its timer               | a due item                             | request                           | 2     | 0.3 kB |
 *
 * A request of a series is one item. The list is in order of what lapses first: a page of 20 is 1.5 read units.
 */
import type { Page } from "@yihao/kernel/paging";
import type { AnyScope, Scope } from "@yihao/kernel/scope";
import { dueAt } from "@yihao/table/due";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { query, type Range } from "@yihao/table/read";
import { insert, overwrite, type Write } from "@yihao/table/write";
import type { Booking } from "./model.ts";
import { paidTogether } from "./price.ts";
import type { Request } from "./request-model.ts";
import type { Series } from "./series-model.ts";

export const requestKind = kindOf<Request>("asked");
const requestsAt = (scope: AnyScope) => partition(scope, "asked");
const requestKey = (scope: AnyScope, until: string, id: string): Key => keyIn(requestsAt(scope), until, id);

/** The requests that wait, those that lapse first before the others. */
export const requestsOf = (scope: Scope, range: Range): Promise<Page<Stored<Request>>> =>
  query(scope, requestKind, requestsAt(scope), { ...range, consistent: true });

/** A booking's request as the list shows it. */
export function requestOf(booking: Booking): Request {
  const { resource, code, resourceName, kind, by, site, zone, day, from, until, at, asked, price } = booking;
  const { company, companyName, person, personName } = booking;
  return {
    ...{ booking: booking.id, resource, code, resourceName, kind, site, zone, day, from, until },
    ...(by ? { by } : {}),
    ...{ company, companyName, person, personName, at, askedUntil: asked?.until ?? from },
    ...{ totalMinor: price.totalMinor, ...paidTogether([price]) },
  };
}

/** A series' request as the list shows it: by its first occurrence, with how many there are. */
export function requestOfSeries(series: Series, first: Booking): Request {
  const { allowanceDays: _days, creditMinutes: _minutes, creditDays: _packs, ...request } = requestOf(first);
  const { totalMinor, count, id } = series;
  return { ...request, series: id, count, totalMinor, ...paidTogether([series]) };
}

/** A request among those that wait, with the timer on which it lapses. */
export function waitingWrites(scope: Scope, id: string, request: Request): Write[] {
  return [
    insert(requestKey(scope, request.askedUntil, id), requestKind, request, `asked ${id}`),
    dueAt(scope, request.askedUntil, "booking.request-lapses", id),
  ];
}

/** Writes a request over that waits, as its booking stands now. */
export const renewedRequest = (scope: Scope, id: string, request: Request): Write =>
  overwrite(requestKey(scope, request.askedUntil, id), requestKind, request);

/** Takes an answered request away from those that wait. */
export const answeredWrite = (scope: Scope, until: string, id: string): Write => ({
  do: "delete",
  key: requestKey(scope, until, id),
});
