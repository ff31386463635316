import type { Collection, CollectSettings } from "@yihao/billing/collect-model";
import { consentVersion } from "@yihao/billing/consent";
import type { MethodId } from "@yihao/billing/method-model";
import { actingCompany, type Intent, ifMatch, ok } from "../../api.ts";
import { accounts } from "../../client.ts";
import { allPages } from "../../pages.ts";
import { createQuery, liveEveryMs } from "../../query.ts";
import "./collect-words.ts";
import { pay, renewBilling } from "./data.ts";

const space$ = accounts.spaces[":space"];
const methods = pay.pay.spaces[":space"].methods;

/** The ways to pay that the acting company has saved; asked for again soon while one is waited for. */
export const useMethods = (space: () => string, everyMs: () => number = () => 0) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "methods", actingCompany() ?? ""],
    queryFn: () => ok(methods.$get({ param: { space: space() } })),
    enabled: actingCompany() !== undefined,
    refetchInterval: everyMs() > 0 ? everyMs() : liveEveryMs,
  }));

/** Asks for the page on which a way to pay is saved, under the words that were shown. */
export const askSavePage = (space: string, language: "zh" | "en", intent: Intent) =>
  ok(methods.$post({ param: { space }, json: { language, consent: consentVersion } }, intent.with()));

/** Asks for the provider's own page of what the company has saved, under the words that were shown. */
export const askPortal = (space: string, language: "zh" | "en", intent: Intent) =>
  ok(
    pay.pay.spaces[":space"].portal.$post(
      { param: { space }, json: { language, consent: consentVersion } },
      intent.with(),
    ),
  );

async function told<T>(space: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } finally {
    await renewBilling(space);
  }
}

/** Makes a saved method the one that bills are collected by. */
export const chooseMethod = (space: string, method: MethodId, intent: Intent) =>
  told(space, ok(methods[":method"].choose.$post({ param: { space, method }, json: {} }, intent.with())));

/** Takes a saved method away. */
export const removeMethod = (space: string, method: MethodId, intent: Intent) =>
  told(space, ok(methods[":method"].remove.$post({ param: { space, method }, json: {} }, intent.with())));

/** Collections under way, or the latest 200 that are over. */
export const useCollections = (space: () => string, state: () => "open" | "done") =>
  createQuery(() => ({
    queryKey: ["billing", space(), "collections", state()],
    queryFn: async (): Promise<Collection[]> => {
      const list = (query: { cursor?: string; limit?: string }) =>
        ok(space$.collections.$get({ param: { space: space() }, query: { ...query, state: state() } }));
      return state() === "open" ? allPages(list) : (await list({ limit: "100" })).items;
    },
    refetchInterval: liveEveryMs,
  }));

/** Tries a collection that has stopped once more. */
export const retryCollection = (space: string, invoice: Collection["invoice"], intent: Intent) =>
  told(space, ok(space$.collections[":invoice"].retry.$post({ param: { space, invoice }, json: {} }, intent.with())));

/** How the space collects, with the revision that a change names. */
export const useCollectSettings = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "collection-settings"],
    queryFn: () => ok(space$["collection-settings"].$get({ param: { space: space() } })),
    staleTime: 0,
  }));
export type CollectSet = NonNullable<ReturnType<typeof useCollectSettings>["data"]>;

/** Sets how the space collects, as it was read at `rev`. */
export const changeCollect = (space: string, json: CollectSettings, rev: number) =>
  told(space, ok(space$["collection-settings"].$put({ param: { space }, json }, ifMatch(`"${rev}"`))));

/** Disputed payments, those that are open first. */
export const useDisputes = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "disputes"],
    queryFn: async () => (await ok(space$.disputes.$get({ param: { space: space() } }))).items,
    refetchInterval: liveEveryMs,
  }));

/** The space's own account at the payment provider, asked of the provider while it is not ready. */
export const useMerchant = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "merchant"],
    queryFn: () => ok(pay.pay.spaces[":space"].merchant.$get({ param: { space: space() } })),
  }));

/** Asks for the page on which the space is taken on as a merchant. */
export const askAccountPage = (space: string, intent: Intent) =>
  ok(pay.pay.spaces[":space"].merchant.page.$post({ param: { space }, json: {} }, intent.with()));
