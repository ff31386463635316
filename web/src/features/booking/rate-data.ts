import type { RateCard } from "@yihao/pricing/model";
import { ifMatch, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { createQuery, queryClient } from "../../query.ts";

const card$ = api.spaces[":space"]["rate-card"];
const keyOf = (space: string) => ["rate-card", space];
const read = (space: string) => ok(card$.$get({ param: { space } }));

/** The rate card of a space with its revision. */
export const useRateCard = (space: () => string) =>
  createQuery(() => ({ queryKey: keyOf(space()), queryFn: () => read(space()) }));

/** Reads the rate card anew and gives it. */
export const rereadRateCard = (space: string) =>
  queryClient.fetchQuery({ queryKey: keyOf(space), queryFn: () => read(space), staleTime: 0 });

/** The cards that held before, newest first. */
export const usePastCards = (space: () => string) =>
  createQuery(() => ({
    queryKey: [...keyOf(space()), "past"],
    queryFn: async () => (await ok(card$.past.$get({ param: { space: space() }, query: {} }))).items,
  }));

/** Sets the rate card as it was read. */
export async function saveRateCard(space: string, json: RateCard, rev: number) {
  const saved = await ok(card$.$put({ param: { space }, json }, ifMatch(`"${rev}"`)));
  await queryClient.invalidateQueries({ queryKey: keyOf(space) });
  return saved;
}
