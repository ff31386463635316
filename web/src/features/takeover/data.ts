import type { Takeover, TakeoverDryRun, TakeoverReport, TakeoverWish } from "@yihao/takeover/model";
import { type Intent, ok } from "../../api.ts";
import { takeover } from "../../client.ts";
import { allPages } from "../../pages.ts";
import { createQuery, queryClient } from "../../query.ts";
import "./words.ts";

const takeovers = takeover.spaces[":space"].files;
/** While parts of a file still wait, its report is asked again after so many milliseconds. */
const workingEveryMs = 1_500;

export const stillWorks = ({ rows, taken, refused }: Pick<Takeover, "rows" | "taken" | "refused">): boolean =>
  taken + refused < rows;

/** The files that a space took over, the latest first. */
export const useTakeovers = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["takeovers", space(), "list"],
    queryFn: () => allPages((query) => ok(takeovers.$get({ param: { space: space() }, query }))) as Promise<Takeover[]>,
  }));

/** The report of a file; asked again until every row is through. */
export const useReport = (space: () => string, file: () => string) =>
  createQuery(() => ({
    queryKey: ["takeovers", space(), "one", file()],
    queryFn: () =>
      ok(
        takeovers[":takeover"].$get({ param: { space: space(), takeover: file() as Takeover["id"] } }),
      ) as Promise<TakeoverReport>,
    refetchInterval: (query: { state: { data: TakeoverReport | undefined } }) =>
      query.state.data && !stillWorks(query.state.data) ? false : workingEveryMs,
  }));

type Wish = Omit<TakeoverWish, "mode">;

/** What a file would take over. */
export async function dryRun(space: string, wish: Wish): Promise<TakeoverDryRun> {
  const answer = await ok(takeovers.$post({ param: { space }, json: { ...wish, mode: "dry-run" } }));
  if (!("faults" in answer)) throw new Error("a dry run answered as a take-over");
  return answer as TakeoverDryRun;
}

/** Takes a file over; the intent's key answers the same take-over again. */
export async function takeOver(space: string, wish: Wish, intent: Intent): Promise<Takeover> {
  const answer = await ok(takeovers.$post({ param: { space }, json: { ...wish, mode: "commit" } }, intent.with()));
  if (!("id" in answer)) throw new Error("a take-over answered as a dry run");
  await queryClient.invalidateQueries({ queryKey: ["takeovers", space] });
  return answer as Takeover;
}
