import type { NewReturn, ReturnView } from "@yihao/warehouse/return-model";
import { type Intent, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { createQuery, liveEveryMs, queryClient } from "../../query.ts";

const returns$ = api.spaces[":space"].returns;
async function renewed<T>(space: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } finally {
    void queryClient.invalidateQueries({ queryKey: ["wh", space] });
  }
}

/** Returns, newest first: the own company's, or for staff those of a warehouse. */
export const useReturns = (space: () => string, warehouse: () => string | undefined, own = false) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "returns", own ? "own" : warehouse()],
    queryFn: async () => {
      const query = { limit: "100", ...(own || !warehouse() ? {} : { warehouse: warehouse() }) };
      return (await ok(returns$.$get({ param: { space: space() }, query }))).items;
    },
    enabled: own || warehouse() !== undefined,
    refetchInterval: liveEveryMs,
  }));

/** One return. */
export const useReturn = (space: () => string, id: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "return", id()],
    queryFn: (): Promise<ReturnView> => ok(returns$[":return"].$get({ param: { space: space(), return: id() ?? "" } })),
    enabled: id() !== undefined,
    refetchInterval: liveEveryMs,
  }));

/** Announces that goods come back. */
export const announceReturn = (space: string, wish: NewReturn, intent: Intent): Promise<ReturnView> =>
  renewed(space, ok(returns$.$post({ param: { space }, json: wish }, intent.with())));

/** Ends a return. */
export const endReturn = (space: string, id: string, intent: Intent): Promise<ReturnView> =>
  renewed(space, ok(returns$[":return"].end.$post({ param: { space, return: id } }, intent.with())));
