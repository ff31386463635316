import type { CountView, ListedCount, NewCount } from "@yihao/warehouse/count-model";
import { type Intent, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { createQuery, liveEveryMs, queryClient } from "../../query.ts";
import "./words.ts";

const counts = api.spaces[":space"].counts;

/** The newest counts of a warehouse. */
export const useCounts = (space: () => string, warehouse: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "counts", warehouse()],
    queryFn: async (): Promise<ListedCount[]> =>
      (await ok(counts.$get({ param: { space: space() }, query: { warehouse: warehouse() ?? "", limit: "100" } })))
        .items,
    enabled: warehouse() !== undefined,
    refetchInterval: liveEveryMs,
  }));

/** One count with its bins; figures only for those who judge. */
export const useCount = (space: () => string, count: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "count", count()],
    queryFn: async (): Promise<CountView> =>
      ok(counts[":count"].$get({ param: { space: space(), count: count() ?? "" } })),
    enabled: count() !== undefined,
    refetchInterval: liveEveryMs,
  }));

async function done<T>(space: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } finally {
    void queryClient.invalidateQueries({ queryKey: ["wh", space] });
  }
}

/** Plans a count. */
export const planCount = (space: string, wish: NewCount, intent: Intent) =>
  done(space, ok(counts.$post({ param: { space }, json: wish }, intent.with())));

/** Goods that a scanned code names. */
export const goodsNamed = async (space: string, count: string, code: string) =>
  (await ok(counts[":count"].goods.$get({ param: { space, count }, query: { code } }))).items;

/** Approves, rejects or cancels a count. */
export const judgeCount = (space: string, count: string, how: "approve" | "reject" | "cancel", intent: Intent) =>
  done(space, ok(counts[":count"][how].$post({ param: { space, count } }, intent.with())));

/** Sends bins back to be counted again. */
export const recount = (space: string, count: string, bins: string[], intent: Intent) =>
  done(space, ok(counts[":count"].recount.$post({ param: { space, count }, json: { bins } }, intent.with())));
