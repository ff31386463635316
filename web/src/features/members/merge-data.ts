import type { CompanyView } from "@yihao/members/model";
import type { MergePreview, MergeWish } from "@yihao/merge/model";
import { type Intent, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { createQuery, queryClient } from "../../query.ts";
import "./merge-words.ts";

const merge$ = api.spaces[":space"].companies[":company"].merge;
type Id = CompanyView["id"];

/** What merging one company into another would do. */
export const useMergePreview = (space: () => string, from: () => string, into: () => string) =>
  createQuery(() => ({
    queryKey: ["merge", space(), from(), into()],
    queryFn: () =>
      ok(
        merge$.$get({ param: { space: space(), company: from() as Id }, query: { into: into() as Id } }),
      ) as Promise<MergePreview>,
    enabled: into() !== "",
  }));

/** Merges one company into another as the two were seen. */
export async function mergeCompanies(
  space: string,
  seen: MergePreview,
  { fields, terms }: Pick<MergeWish, "fields" | "terms">,
  intent: Intent,
) {
  const json = { into: seen.into.id, fields, terms, seen: { from: seen.from.rev, into: seen.into.rev } };
  await ok(merge$.$post({ param: { space, company: seen.from.id }, json }, intent.with()));
  await queryClient.invalidateQueries({ queryKey: ["companies", space] });
}
