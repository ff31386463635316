/**
 * | item                  | key                            | written by                        | units | size   |
 * |-----------------------|--------------------------------|-----------------------------------|-------|--------|
 * | visit                 | `vis#<day>`, `<visitor>`       | invite, arrive, leave, erase, under `rev` | 2 | 0.6 kB |
 * | among its company's   | `visof#<company>`, `<visitor>` | invite                            | 2     | 0.1 kB |
 * | address of its pass   | `platform#door#<digest>`, `-`  | invite, renew; closed when it is cancelled or erased | 2 | 0.2 kB |
 *
 * An id begins with its local day, so that it says where its visit lies and a company's are in order of their days. Inviting: visit + list + pass + letter + timer
 * = 10 write units, + 4 when a guest's pass of the company pays. Reception's day: one query, a unit for each 13 visitors.
 */
import type { Day } from "@yihao/kernel/days";
import { isId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { idFor } from "@yihao/table/command";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { decode, kindOf, type Stored } from "@yihao/table/kind";
import { get, getMany, query, queryAll } from "@yihao/table/read";
import type { Update } from "@yihao/table/write";
import type { Visitor, VisitorId } from "./visitor-model.ts";

/** As kept: with the hash of the pass that is open, while one is. */
export type StoredVisitor = Visitor & { readonly hash?: string | undefined };
export const visitorKind = kindOf<StoredVisitor>("vis");
export const ownVisitorKind = kindOf<Pick<Visitor, "day" | "id">>("visof");

const compact = (day: Day) => day.replaceAll("-", "");
/** The day that an id begins with; undefined for what is none of ours. */
function dayIn(id: string): Day | undefined {
  const found = /^vis_(\d{4})(\d\d)(\d\d)[0-9a-z]{8}$/.exec(id);
  return found && isId("vis", id) ? `${found[1]}-${found[2]}-${found[3]}` : undefined;
}
export const visitorIdFor = (scope: Scope, day: Day): VisitorId =>
  `vis_${compact(day)}${idFor(scope, "vis").slice(4, 12)}`;
/** The visit of a day that a code names. */
export const visitorIdOf = (day: Day, letters: string): VisitorId => `vis_${compact(day)}${letters}`;

export const visitorKey = (scope: Scope, { day, id }: Pick<Visitor, "day" | "id">): Key =>
  keyIn(partition(scope, "vis", day), id);
export const ownVisitorKey = (scope: Scope, company: string, id: string): Key =>
  keyIn(partition(scope, "visof", company), id);

/** A visit by id, of whichever company. */
export async function visitorOf(scope: Scope, id: string): Promise<Stored<StoredVisitor> | undefined> {
  const day = dayIn(id);
  return day ? get(scope, visitorKind, visitorKey(scope, { day, id: id as VisitorId })) : undefined;
}
/** Every visit of a local day. */
export const visitorsOn = (scope: Scope, day: Day): Promise<Stored<StoredVisitor>[]> =>
  queryAll(scope, visitorKind, partition(scope, "vis", day), { consistent: true });
/** A company's visits from a day on, in order of their days, a hundred at most. */
export async function visitorsFrom(scope: Scope, company: string, day: Day): Promise<Stored<StoredVisitor>[]> {
  const range = { from: `vis_${compact(day)}`, until: "vis_~", limit: 100, consistent: true };
  const own = await query(scope, ownVisitorKind, partition(scope, "visof", company), range);
  const keys = own.items.map((row) => visitorKey(scope, row));
  const found = await getMany(scope, visitorKind, keys, { consistent: true });
  return found.filter((one) => one !== undefined);
}

const changing = [
  "host",
  "state",
  "arrivedAt",
  "leftAt",
  "guest",
  "hostName",
  "companyName",
  "erasedAt",
  "hash",
] as const;

/** Changes a visit under its revision; lost as `stale`. An update, so that the item stays its command's witness, whose receipt would keep a name for ever. */
export function changeVisitor(scope: Scope, before: Stored<StoredVisitor>, after: StoredVisitor): Update {
  const changed = changing.filter((name) => before[name] !== after[name]);
  return {
    do: "update",
    key: visitorKey(scope, before),
    set: Object.fromEntries(changed.map((name) => [name, after[name]])),
    remove: changed.filter((name) => after[name] === undefined),
    add: { rev: 1 },
    when: [["rev", "=", before.rev]],
    tag: "stale",
  };
}

/** A visit as it was when it was made, as far as it is still known. */
export function asInvited(raw: Record<string, unknown>): Stored<StoredVisitor> {
  const { leftAt: _, arrivedAt, ...visit } = decode(visitorKind, raw);
  const begun = visit.walkIn ? { state: "here" as const, arrivedAt: visit.madeAt } : { state: "expected" as const };
  return { ...visit, ...begun, rev: 1 };
}
