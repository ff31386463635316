/**
 * Registrations for events (活动报名). An event is an announcement that says when and where.
 *
 * | item         | key                        | written by                                   | units |
 * |--------------|----------------------------|----------------------------------------------|-------|
 * | registration | `annev#<announcement>`, `<person>` | register, leave, a seat for who waits, seen there | 2 |
 * | seats        | `annev#<announcement>`, `#`        | with every registration that comes or goes        | 2 |
 *
 * Register 6 with its event, leave 6; whoever gets a seat 6 and their letter.
 */
import type { Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { decode, kindOf, type Stored } from "@yihao/table/kind";
import { get, queryRaw } from "@yihao/table/read";
import type { Update } from "@yihao/table/write";
import type { Registration } from "./event-model.ts";

export const registrationKind = kindOf<Registration>("annev");
export type Seats = { readonly coming: number; readonly waiting: number };
export const seatsKind = kindOf<Partial<Seats>>("annseat");

const of = (scope: Scope, id: string) => partition(scope, "annev", id);
export const registrationKey = (scope: Scope, id: string, person: string): Key => keyIn(of(scope, id), person);
const seatsKey = (scope: Scope, id: string): Key => ({ ...keyIn(of(scope, id)), sk: "#" });

/** Somebody's registration for an event. One consistent read unit. */
export const registrationOf = (scope: Scope, id: string, person: string): Promise<Stored<Registration> | undefined> =>
  get(scope, registrationKind, registrationKey(scope, id, person));

/** How many come to an event and how many wait. */
export async function seatsOf(scope: Scope, id: string): Promise<Seats> {
  const found = await get(scope, seatsKind, seatsKey(scope, id));
  return { coming: found?.coming ?? 0, waiting: found?.waiting ?? 0 };
}

/** Everybody who registered, in the order in which they did. One query. */
export async function registrationsOf(scope: Scope, id: string): Promise<Stored<Registration>[]> {
  const page = await queryRaw(scope, of(scope, id), { limit: Number.POSITIVE_INFINITY, consistent: true });
  return page.items
    .filter((raw) => raw.k === registrationKind.name)
    .map((raw) => decode(registrationKind, raw))
    .sort((a, b) => (a.at === b.at ? (a.person < b.person ? -1 : 1) : a.at < b.at ? -1 : 1));
}

/** The write that counts who comes and waits; with `below` it is lost under `seats` unless fewer than that come already. */
export function seatsWrite(scope: Scope, id: string, add: Partial<Seats>, below?: number): Update {
  return {
    ...{ do: "update", key: seatsKey(scope, id), kind: seatsKind, add: { ...add }, tag: "seats" },
    ...(below === undefined ? {} : { when: [["coming", "absent-or", "<", below]] as const }),
  };
}
