import type { DunningSettings, NewPromise } from "@yihao/billing/dunning-model";
import type { CompanyId } from "@yihao/kernel/ids";
import { actingCompany, type Intent, ifMatch, ok } from "../../api.ts";
import { accounts } from "../../client.ts";
import { createQuery, liveEveryMs } from "../../query.ts";
import "./accounts-words.ts";
import { renewBilling } from "./data.ts";

const space$ = accounts.spaces[":space"];

/** Companies with bills that are over, the furthest first; a company's people read their own. */
export const useDunning = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "dunning", actingCompany() ?? ""],
    queryFn: () => ok(space$.dunning.$get({ param: { space: space() } })),
    refetchInterval: liveEveryMs,
  }));
export type DunningRow = NonNullable<ReturnType<typeof useDunning>["data"]>["items"][number];

/** How the space duns, with the revision that a change names. */
export const useDunningSettings = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "dunning-settings"],
    queryFn: () => ok(space$["dunning-settings"].$get({ param: { space: space() } })),
    staleTime: 0,
  }));
export type DunningSet = NonNullable<ReturnType<typeof useDunningSettings>["data"]>;

async function told<T>(space: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } finally {
    await renewBilling(space);
  }
}

/** Sets how the space duns, as it was read at `rev`. */
export const changeDunning = (space: string, json: DunningSettings, rev: number) =>
  told(space, ok(space$["dunning-settings"].$put({ param: { space }, json }, ifMatch(`"${rev}"`))));

/** Keeps a company's promise to pay. */
export const promiseToPay = (space: string, company: CompanyId, json: NewPromise, intent: Intent) =>
  told(space, ok(space$.companies[":company"].promises.$post({ param: { space, company }, json }, intent.with())));

/** Takes a promise back. */
export const withdrawPromise = (space: string, company: CompanyId, intent: Intent) =>
  told(
    space,
    ok(space$.companies[":company"].promises.withdraw.$post({ param: { space, company }, json: {} }, intent.with())),
  );
