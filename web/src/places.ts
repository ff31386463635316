import { ok } from "./api.ts";
import { api } from "./client.ts";
import { allPages } from "./pages.ts";
import { createQuery } from "./query.ts";

const space$ = api.spaces[":space"];

/** Sites, floors and everything that can be had at them, by code. */
export const usePlaces = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["places", space()],
    queryFn: () => readPlaces(space()),
    staleTime: 60_000,
  }));

/** Reads them afresh. */
export async function readPlaces(space: string) {
  const param = { space };
  const [sites, floors, resources] = await Promise.all([
    ok(space$.sites.$get({ param })),
    ok(space$.floors.$get({ param })),
    allPages((query) => ok(space$.resources.$get({ param, query }))),
  ]);
  resources.sort((a, b) => a.code.localeCompare(b.code, "en", { numeric: true }));
  return { sites: sites.items, floors: floors.items.sort((a, b) => a.order - b.order), resources };
}
export type Places = Awaited<ReturnType<typeof readPlaces>>;
