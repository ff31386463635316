import type {
  HandOut,
  NewParcel,
  ParcelChange,
  ParcelId,
  ParcelView,
  ReturnReason,
} from "@yihao/community/parcel-model";
import { type Intent, ifMatch, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { createInfiniteQuery, createQuery, liveEveryMs, queryClient } from "../../query.ts";
import { side } from "./side.ts";
import "./words.ts";

const parcels = api.spaces[":space"].parcels;

/** What waits at the desk, or is gone; for a company's people what came for theirs. Page by page. */
export const useParcels = (space: () => string, shelf: () => "waiting" | "done") =>
  createInfiniteQuery(() => ({
    queryKey: ["parcels", space(), side(), "list", shelf()],
    queryFn: ({ pageParam }: { pageParam: string }) => {
      const query = { shelf: shelf(), limit: "200", ...(pageParam ? { cursor: pageParam } : {}) };
      return ok(parcels.$get({ param: { space: space() }, query }));
    },
    initialPageParam: "",
    getNextPageParam: (last: { next: string | null }) => last.next ?? undefined,
    refetchInterval: liveEveryMs * 3,
  }));

export const useParcel = (space: () => string, parcel: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["parcels", space(), side(), "one", parcel()],
    queryFn: () => ok(parcels[":parcel"].$get({ param: { space: space(), parcel: (parcel() ?? "") as ParcelId } })),
    enabled: parcel() !== undefined,
  }));

/** The people of a company, to say whom something is for; none where they may not be read. */
export const usePeopleOf = (space: () => string, company: () => string) =>
  createQuery(() => ({
    queryKey: ["community", space(), "people", company()],
    queryFn: async () => {
      const query = { company: company() as NewParcel["company"], limit: "200" };
      return (await ok(api.spaces[":space"].people.$get({ param: { space: space() }, query }))).items;
    },
    enabled: company() !== "",
    staleTime: 60_000,
  }));

/** What waits under a pick-up code or a waybill number. */
export async function findParcel(space: string, under: string): Promise<ParcelView | undefined> {
  return (await ok(parcels.$get({ param: { space }, query: { under } }))).items[0];
}

export const renewParcels = (space: string) => queryClient.invalidateQueries({ queryKey: ["parcels", space] });

/** Writes down what came. */
export async function registerParcel(space: string, json: NewParcel, intent: Intent): Promise<ParcelView> {
  const made = await ok(parcels.$post({ param: { space }, json }, intent.with()));
  void renewParcels(space);
  return made;
}

/** Puts right where it lies, as it was read at `rev`. */
export async function changeParcel(space: string, parcel: ParcelId, json: ParcelChange, rev: number) {
  await ok(parcels[":parcel"].$put({ param: { space, parcel }, json }, ifMatch(`"${rev}"`)));
  await renewParcels(space);
}

/** Hands a parcel out. */
export async function handOut(space: string, parcel: ParcelId, json: HandOut, intent: Intent) {
  await ok(parcels[":parcel"]["hand-out"].$post({ param: { space, parcel }, json }, intent.with()));
  await renewParcels(space);
}

/** Takes a parcel off the list. */
export async function returnParcel(space: string, parcel: ParcelId, reason: ReturnReason, intent: Intent) {
  await ok(parcels[":parcel"].return.$post({ param: { space, parcel }, json: { reason } }, intent.with()));
  await renewParcels(space);
}
