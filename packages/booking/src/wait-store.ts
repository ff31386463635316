/**
 * | item                     | key                                | written by                      | units  | size   |
 * |--------------------------|------------------------------------|---------------------------------|--------|--------|
 * | wait (候补)               | `wait#<resource>`, `<at>#<wait>`   | join, its end; told             | 2 each | 0.6 kB |
 * | its copy                 | `waits`, `<company>#<from>#<wait>` | the same commits                | 2 each | 0.6 kB |
 * | how many a company has   | `waitn#<company>`, `-`             | join, its end                   | 2 each | 0.1 kB |
 * | its timer                | a due item                         | join                            | 2      | 0.3 kB |
 *
 * What is freed of a resource costs one query of its waits, half a unit when nobody waits. A promotion is a booking with 8 more: wait, copy, count, event; and its letter.
 */
import type { Page } from "@yihao/kernel/paging";
import type { AnyScope, Scope } from "@yihao/kernel/scope";
import { idFor } from "@yihao/table/command";
import { dueAt } from "@yihao/table/due";
import { happened } from "@yihao/table/event";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, query, queryAll, type Range } from "@yihao/table/read";
import { insert, replace, type Write } from "@yihao/table/write";
import { type Wait, type WaitId, type WaitTold, waitsMost } from "./wait-model.ts";

export const waitKind = kindOf<Wait>("wait");
const copyKind = kindOf<Wait>("waitof");
const countKind = kindOf<{ n: number }>("waitn");

type At = Pick<Wait, "id" | "resource" | "company" | "from" | "at">;
const waitKey = (scope: AnyScope, { resource, at, id }: At) => keyIn(partition(scope, "wait", resource), at, id);
const copiesAt = (scope: AnyScope) => partition(scope, "waits");
const copyKey = (scope: AnyScope, { company, from, id }: At) => keyIn(copiesAt(scope), company, from, id);
const countKey = (scope: AnyScope, company: string) => keyIn(partition(scope, "waitn", company));

export const waitIdFor = (scope: Scope): WaitId => idFor(scope, "wai");

/** Who waits for a resource, in the order in which they came. */
export const waitsFor = (scope: Scope, resource: string, options: { consistent?: boolean } = {}) =>
  queryAll(scope, waitKind, partition(scope, "wait", resource), options);
/** A wait as it stands. */
export const waitAt = (scope: Scope, at: At): Promise<Stored<Wait> | undefined> =>
  get(scope, waitKind, waitKey(scope, at));
/** A page of waits by company and start; of one company when it is named. */
export const waitPage = (scope: Scope, company: string | undefined, range: Range): Promise<Page<Stored<Wait>>> =>
  query(scope, copyKind, copiesAt(scope), {
    ...range,
    ...(company ? { prefix: `${company}#` } : {}),
    consistent: true,
  });

const told = ({ id, resource, resourceName, company, from, until, day, zone }: Wait): WaitTold => {
  return { wait: id, resource, resourceName, company, from, until, day, zone };
};

/** The writes of a new wait; the count is lost under `count` when the company waits for enough already. */
export function joinWrites(scope: Scope, wait: Wait): Write[] {
  return [
    insert(waitKey(scope, wait), waitKind, wait, "wait"),
    insert(copyKey(scope, wait), copyKind, wait, "copy"),
    {
      ...{ do: "update", key: countKey(scope, wait.company), kind: countKind, add: { n: 1 }, tag: "count" },
      when: [["n", "absent-or", "<=", waitsMost - 1]],
    },
    dueAt(scope, wait.from, "booking.wait-lapses", wait.id, atOf(wait)),
    happened(scope, "wait.joined", wait.company, told(wait), { seed: wait.id }),
  ];
}

/** Where a wait lies, as its timer needs it. */
export function atOf({ id, resource, company, from, at }: Wait): At {
  return { id, resource, company, from, at };
}

/** The writes of a wait's end; lost under `wait` when it has ended already. */
export function endWrites(scope: Scope, wait: Wait, as: NonNullable<WaitTold["as"]>, booking?: string): Write[] {
  const data: WaitTold = { ...told(wait), as, ...(booking ? { booking } : {}) };
  return [
    { do: "delete", key: waitKey(scope, wait), when: [["pk", "present"]], tag: "wait" },
    { do: "delete", key: copyKey(scope, wait) },
    { do: "update", key: countKey(scope, wait.company), add: { n: -1 } },
    happened(scope, "wait.ended", wait.company, data, { seed: wait.id }),
  ];
}

/** The writes that give a wait to another account of the same person; lost under `wait` when it has ended or changed. */
export const passWaitWrites = (scope: Scope, { rev, ...wait }: Stored<Wait>, to: Pick<Wait, "person">): Write[] => [
  replace(waitKey(scope, wait), waitKind, { ...wait, ...to }, rev, "wait"),
  { do: "update", key: copyKey(scope, wait), set: to, when: [["pk", "present"]], tag: "wait" },
];

/** Notes that a letter told of it; lost under `wait` when it has ended, or was told at this instant already. */
export function toldWrites(scope: Scope, wait: Stored<Wait>): Write[] {
  const set = { toldAt: scope.now };
  return [
    {
      ...{ do: "update", key: waitKey(scope, wait), set, add: { rev: 1 }, tag: "wait" },
      when: [["rev", "=", wait.rev]],
    },
    { do: "update", key: copyKey(scope, wait), set, when: [["pk", "present"]] },
  ];
}

/** The writes that give a wait to another company, in its turn: its place in the line is not the company's. Lost under `wait` when it has ended or changed. */
export function moveWaitWrites(
  scope: Scope,
  { rev, ...wait }: Stored<Wait>,
  to: { readonly id: Wait["company"]; readonly name: string },
): Write[] {
  const after: Wait = { ...wait, company: to.id, companyName: to.name };
  return [
    replace(waitKey(scope, wait), waitKind, after, rev, "wait"),
    { do: "delete", key: copyKey(scope, wait), when: [["pk", "present"]], tag: "wait" },
    insert(copyKey(scope, after), copyKind, after, "copy"),
    { do: "update", key: countKey(scope, wait.company), add: { n: -1 } },
    { do: "update", key: countKey(scope, to.id), kind: countKind, add: { n: 1 } },
  ];
}
