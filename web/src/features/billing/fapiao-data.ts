import type { FapiaoStep, FapiaoTitle } from "@yihao/billing/fapiao-model";
import type { InvoiceId } from "@yihao/billing/model";
import type { CompanyId } from "@yihao/kernel/ids";
import { actingCompany, type Intent, ifMatch, ok } from "../../api.ts";
import { accounts, files } from "../../client.ts";
import { allPages } from "../../pages.ts";
import { createQuery, liveEveryMs } from "../../query.ts";
import "./accounts-words.ts";
import { renewBilling } from "./data.ts";

const space$ = accounts.spaces[":space"];

/** Fapiao that wait, or that are done; a company's people read all of their own. */
export const useFapiaos = (space: () => string, state: () => "open" | "done") =>
  createQuery(() => ({
    queryKey: ["billing", space(), "fapiao", state(), actingCompany() ?? ""],
    queryFn: () =>
      allPages((query) => ok(space$.fapiao.$get({ param: { space: space() }, query: { ...query, state: state() } }))),
    refetchInterval: liveEveryMs,
  }));
export type FapiaoRow = NonNullable<ReturnType<typeof useFapiaos>["data"]>[number];

/** What a company's fapiao are made out to, with the revision that a change names. */
export const useTitle = (space: () => string, company: () => CompanyId | undefined) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "fapiao-title", company() ?? ""],
    queryFn: () => {
      const param = { space: space(), company: company() as CompanyId };
      return ok(space$.companies[":company"]["fapiao-title"].$get({ param }));
    },
    enabled: company() !== undefined,
    staleTime: 0,
  }));
export type TitleSet = NonNullable<ReturnType<typeof useTitle>["data"]>;

async function told<T>(space: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } finally {
    await renewBilling(space);
  }
}

/** Says what a company's fapiao are made out to, as it was read at `rev`. */
export const changeTitle = (space: string, company: CompanyId, json: FapiaoTitle, rev: number) =>
  told(
    space,
    ok(space$.companies[":company"]["fapiao-title"].$put({ param: { space, company }, json }, ifMatch(`"${rev}"`))),
  );

/** Asks for the fapiao of a bill. */
export const askFapiao = (space: string, invoice: InvoiceId, intent: Intent) =>
  told(space, ok(space$.invoices[":invoice"].fapiao.$post({ param: { space, invoice }, json: {} }, intent.with())));

/** Records what became of a fapiao. */
export const stepFapiao = (space: string, fapiao: FapiaoRow["id"], json: FapiaoStep, intent: Intent) =>
  told(space, ok(space$.fapiao[":fapiao"].step.$post({ param: { space, fapiao }, json }, intent.with())));

/** What fapiao of the platform's bills are made out to; asked by the space's owners alone. */
export const usePlatformTitle = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "platform-fapiao-title"],
    queryFn: () => ok(space$["platform-fapiao-title"].$get({ param: { space: space() } })),
    staleTime: 0,
  }));

/** Says what they are made out to, as it was read at `rev`. */
export const changePlatformTitle = (space: string, json: FapiaoTitle, rev: number) =>
  told(space, ok(space$["platform-fapiao-title"].$put({ param: { space }, json }, ifMatch(`"${rev}"`))));

const platform$ = space$["platform-bills"][":month"].fapiao;

/** Asks the platform for the fapiao of its bill of a month, or withdraws what was asked for. */
export const askPlatformFapiao = (space: string, month: string, intent: Intent) =>
  told(space, ok(platform$.$post({ param: { space, month }, json: {} }, intent.with())));
export const withdrawPlatformFapiao = (space: string, month: string, intent: Intent) =>
  told(space, ok(platform$.withdraw.$post({ param: { space, month }, json: {} }, intent.with())));

/** The link under which the file of the platform's fapiao is fetched. */
export const platformFapiaoLink = async (space: string, month: string): Promise<string> =>
  (await ok(files.spaces[":space"]["platform-bills"][":month"].fapiao.$get({ param: { space, month } }))).url;
