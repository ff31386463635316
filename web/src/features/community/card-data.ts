import type { CardView, CardWish } from "@yihao/community/card-model";
import { ifMatch, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { createInfiniteQuery, createQuery, queryClient } from "../../query.ts";
import { side } from "./side.ts";
import "./words.ts";

const directory = api.spaces[":space"].directory;
type Id = CardView["company"];

/** The published cards in the order of names, or those that a text finds. */
export const useCards = (space: () => string, text: () => string) =>
  createInfiniteQuery(() => ({
    queryKey: ["directory", space(), side(), "list", text()],
    queryFn: ({ pageParam }: { pageParam: string }) => {
      const query = { ...(text() ? { q: text() } : {}), ...(pageParam ? { cursor: pageParam } : {}) };
      return ok(directory.$get({ param: { space: space() }, query }));
    },
    initialPageParam: "",
    getNextPageParam: (last: { next: string | null }) => last.next ?? undefined,
  }));

/** One's own card; null before there is one. */
export const useOwnCard = (space: () => string, company: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["directory", space(), side(), "own", company()],
    queryFn: () => readCard(space(), company() ?? ""),
    enabled: company() !== undefined,
  }));

/** A company's card; null when one's own company has none yet. */
export const readCard = async (space: string, company: string): Promise<CardView | null> =>
  (await ok(directory[":company"].$get({ param: { space, company: company as Id } }))).card;

const renew = (space: string) => queryClient.invalidateQueries({ queryKey: ["directory", space] });

/** Keeps one's own card as it was read at `rev`. */
export async function setCard(space: string, company: string, json: CardWish, rev: number) {
  const param = { space, company: company as Id };
  await ok(directory[":company"].$put({ param, json }, ifMatch(`"${rev}"`)));
  await renew(space);
}

/** Takes one's own card out of the directory at once. */
export async function withdrawCard(space: string, company: string) {
  await ok(directory[":company"].$delete({ param: { space, company: company as Id } }));
  await renew(space);
}
