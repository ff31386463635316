import { createInfiniteQuery, createQuery } from "@tanstack/solid-query";
import type { DeadLetterView, Today } from "@yihao/insight/model";
import { createSignal, onCleanup } from "solid-js";
import { type Intent, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { liveEveryMs, queryClient } from "../../query.ts";
import "./words.ts";

const space$ = api.spaces[":space"];

/** The instant now, renewed each half minute while the caller lives. */
export function useNow(): () => string {
  const [now, setNow] = createSignal(new Date().toISOString());
  const timer = setInterval(() => setNow(new Date().toISOString()), 30_000);
  onCleanup(() => clearInterval(timer));
  return now;
}

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

/** The names of all companies, by id: lists of things to do hold ids. */
export const useCompanyNames = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["companies", space(), "names"],
    queryFn: async () => {
      const names = new Map<string, string>();
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const query = { limit: "200", ...(cursor ? { cursor } : {}) };
        const page = await ok(space$.companies.$get({ param: { space: space() }, query }));
        for (const { id, name } of page.items) names.set(id, name);
        cursor = page.next;
      }
      return names;
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
