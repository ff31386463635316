import type { CompanyId } from "@yihao/kernel/ids";
import type { Page } from "@yihao/kernel/paging";
import { ownCompany, type Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, query } from "@yihao/table/read";
import { claim, ownerOf, unclaim } from "@yihao/table/unique";
import { insert, replace, type Write } from "@yihao/table/write";
import type { Parcel, ParcelView } from "./parcel-model.ts";

export const parcelKind = kindOf<Parcel>("par");
export const parcelRowKind = kindOf<Parcel>("parrow");

/** Where a parcel lies. */
export const parcelKey = (scope: Scope, id: string): Key => keyIn(partition(scope, "par", id));
const list = (scope: Scope, shelf: "waiting" | "done") => partition(scope, "pars", shelf);
const companyList = (scope: Scope, company: string) => partition(scope, "pars-of", company);
/** Where a parcel stands in its list: those that wait by when they came, the others by when they went. */
const rowKey = (scope: Scope, { id, state, at, endedAt }: Parcel): Key =>
  state === "waiting" ? keyIn(list(scope, "waiting"), at, id) : keyIn(list(scope, "done"), endedAt ?? at, id);

/** Rows carry the parcel's revision, so that what a list shows can be acted on. */
const rows = (scope: Scope, parcel: Parcel, rev: number): Write[] =>
  [rowKey(scope, parcel), keyIn(companyList(scope, parcel.company), parcel.at, parcel.id)].map((key) => ({
    ...{ do: "put", key, kind: parcelRowKind, data: parcel, rev },
  }));

/** Only one parcel that waits has a code, and only one a waybill number. Lost under `code` and `tracking`. */
const claims = (scope: Scope, { id, code, tracking }: Parcel): Write[] => [
  { ...claim(scope, "parcel-code", code, id), tag: "code" },
  ...(tracking ? [{ ...claim(scope, "parcel-tracking", tracking, id), tag: "tracking" }] : []),
];
const unclaims = (scope: Scope, { id, code, tracking }: Parcel): Write[] => [
  { ...unclaim(scope, "parcel-code", code, id), tag: "stale code" },
  ...(tracking ? [{ ...unclaim(scope, "parcel-tracking", tracking, id), tag: "stale tracking" }] : []),
];

/** The writes of a parcel that came, its rows and claims. */
export const parcelWrites = (scope: Scope, parcel: Parcel): Write[] => [
  insert(parcelKey(scope, parcel.id), parcelKind, parcel, "parcel"),
  ...rows(scope, parcel, 1),
  ...claims(scope, parcel),
];

/** The writes that put `after` where `before` was read, with its rows; what does not wait any more gives its claims free. Lost under `stale`. */
export function saveParcel(scope: Scope, { rev, ...before }: Stored<Parcel>, after: Parcel): Write[] {
  const was = rowKey(scope, before);
  const ended = before.state === "waiting" && after.state !== "waiting";
  return [
    replace(parcelKey(scope, after.id), parcelKind, after, rev),
    ...(was.sk === rowKey(scope, after).sk && !ended ? [] : [{ do: "delete", key: was } as const]),
    ...rows(scope, after, rev + 1),
    ...(ended ? unclaims(scope, before) : []),
  ];
}

/** The writes that give a parcel to another company, as it stands: its row in the first one's list goes. */
export const moveParcelWrites = (
  scope: Scope,
  before: Stored<Parcel>,
  into: { readonly id: CompanyId; readonly name: string },
): Write[] => {
  const { rev: _, ...parcel } = before;
  return [
    ...saveParcel(scope, before, { ...parcel, company: into.id, companyName: into.name }),
    { do: "delete", key: keyIn(companyList(scope, parcel.company), parcel.at, parcel.id) },
  ];
};

/** A parcel by id. One consistent read unit. */
export const parcelOf = (scope: Scope, id: string): Promise<Stored<Parcel> | undefined> =>
  get(scope, parcelKind, parcelKey(scope, id));

type Wanted = { readonly cursor?: string | undefined; readonly limit?: number | undefined };

/** A page of what waits, the oldest first, or of what is gone, the latest first. */
export function parcelPage(scope: Scope, shelf: "waiting" | "done", page: Wanted): Promise<Page<Stored<Parcel>>> {
  const { cursor, limit } = page;
  return query(scope, parcelRowKind, list(scope, shelf), {
    ...{ cursor, consistent: true, newest: shelf === "done" },
    ...(limit ? { limit } : {}),
  });
}

/** A page of what came for a company, the latest first. */
export function companyParcels(scope: Scope, company: CompanyId, page: Wanted): Promise<Page<Stored<Parcel>>> {
  const { cursor, limit } = page;
  return query(scope, parcelRowKind, companyList(scope, company), {
    ...{ cursor, consistent: true, newest: true },
    ...(limit ? { limit } : {}),
  });
}

/** What waits under a pick-up code or a waybill number; undefined when nothing does. Two or three read units. */
export async function waitingUnder(scope: Scope, text: string): Promise<Stored<Parcel> | undefined> {
  const [code, tracking] = await Promise.all([
    ownerOf(scope, "parcel-code", text),
    ownerOf(scope, "parcel-tracking", text),
  ]);
  const id = code ?? tracking;
  return id === undefined ? undefined : parcelOf(scope, id);
}

/** A parcel as its reader may see it. */
export function shownParcel(scope: Scope, parcel: Stored<Parcel>): ParcelView {
  const { code, byName, endedByName, ...shown } = parcel;
  if (ownCompany(scope) !== undefined) return { ...shown, ...(parcel.state === "waiting" ? { code } : {}) };
  return { ...shown, byName, ...(endedByName ? { endedByName } : {}) };
}
