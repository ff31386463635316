import type { NewGrant } from "@yihao/identity/support-model";
import { type Intent, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { createInfiniteQuery, queryClient } from "../../query.ts";

const support = api.spaces[":space"].support;

/** What support asked for, newest first. */
export const useLooks = (space: () => string) =>
  createInfiniteQuery(() => ({
    queryKey: ["support", space(), "looks"],
    queryFn: ({ pageParam }) =>
      ok(support.requests.$get({ param: { space: space() }, query: pageParam ? { cursor: pageParam } : {} })),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
  }));

const renew = (space: string) => queryClient.invalidateQueries({ queryKey: ["support", space] });

/** Lets support look in. */
export async function grantSupport(space: string, wish: NewGrant, intent: Intent) {
  await ok(support.$post({ param: { space }, json: wish }, intent.with()));
  await renew(space);
}

/** Takes it back at once. */
export async function revokeSupport(space: string) {
  await ok(support.$delete({ param: { space } }));
  await renew(space);
}
