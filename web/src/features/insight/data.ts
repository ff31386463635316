import type { DeadLetterView, Today, Use } from "@yihao/insight/model";
import { type Intent, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { allPages } from "../../pages.ts";
import { createInfiniteQuery, createQuery, liveEveryMs, queryClient } from "../../query.ts";
import "./words.ts";

const space$ = api.spaces[":space"];

/** Everything of the Today page, of today or of another day; asked again every few seconds, the old answer staying meanwhile. */
export const useToday = (space: () => string, day: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["insight", space(), "today", day()],
    queryFn: (): Promise<Today> => {
      const wanted = day();
      return ok(space$.insight.today.$get({ param: { space: space() }, query: wanted ? { day: wanted } : {} }));
    },
    refetchInterval: liveEveryMs,
    placeholderData: (before: Today | undefined) => before,
  }));

/** How a site was used over some local days, both included. */
export const useUse = (
  space: () => string,
  wish: () => { readonly site: string; readonly from: string; readonly to: string } | undefined,
) =>
  createQuery(() => ({
    queryKey: ["insight", space(), "use", wish()],
    queryFn: (): Promise<Use> =>
      ok(space$.insight.use.$get({ param: { space: space() }, query: wish() ?? { site: "", from: "", to: "" } })),
    enabled: wish() !== undefined,
    staleTime: 60_000,
    placeholderData: (before: Use | undefined) => before,
  }));

/** The sites of a space. */
export const useSites = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["sites", space()],
    queryFn: () => ok(space$.sites.$get({ param: { space: space() } })),
    staleTime: 60_000,
  }));

/** The names of all companies, by id: lists of things to do hold ids. */
export const useCompanyNames = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["companies", space(), "names"],
    queryFn: async () => {
      const all = await allPages((query) => ok(space$.companies.$get({ param: { space: space() }, query })));
      return new Map(all.map(({ id, name }) => [id as string, name]));
    },
    staleTime: 60_000,
  }));

/** Work that failed for good, page after page. */
export const useStuck = (space: () => string) =>
  createInfiniteQuery(() => ({
    queryKey: ["insight", space(), "stuck"],
    queryFn: ({ pageParam }: { pageParam: string }): Promise<{ items: DeadLetterView[]; next: string | null }> =>
      ok(
        space$["dead-letters"].$get({
          param: { space: space() },
          query: pageParam ? { cursor: pageParam } : {},
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last: { next: string | null }) => last.next ?? undefined,
  }));

/** Tries a piece of stuck work again. */
export async function replay(space: string, letter: string, intent: Intent): Promise<void> {
  try {
    await ok(space$["dead-letters"][":letter"].replay.$post({ param: { space, letter } }, intent.with()));
  } finally {
    await queryClient.invalidateQueries({ queryKey: ["insight", space] });
  }
}
