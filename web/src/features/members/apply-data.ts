import type { Application } from "@yihao/members/lead-model";
import { type Intent, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { createQuery } from "../../query.ts";
import "./refusal-words.ts";

const apply$ = api.apply[":space"];
type SpaceId = Parameters<typeof apply$.$get>[0]["param"]["space"];

/** What an outsider sees of a space that takes applications. */
export const useApplyForm = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["apply", space()],
    queryFn: () => ok(apply$.$get({ param: { space: space() as SpaceId } })),
    staleTime: Number.POSITIVE_INFINITY,
  }));

/** Applies to a space; the answer is a reference to name on the telephone. */
export const sendApplication = (space: string, json: Application, intent: Intent) =>
  ok(apply$.$post({ param: { space: space as SpaceId }, json }, intent.with()));
