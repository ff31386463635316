import { consentVersion } from "@yihao/billing/consent";
import type { InvoiceView } from "@yihao/billing/invoice-view";
import type { MethodId } from "@yihao/billing/method-model";
import type { BillingSettings, InvoiceId, InvoiceRow, NewPayment, OpenCharge, Run } from "@yihao/billing/model";
import type { PayApi } from "@yihao/functions/pay";
import type { CompanyEntry } from "@yihao/members/model";
import { hc } from "hono/client";
import { actingCompany, apiBase, apiFetch, type Intent, ifMatch, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { allPages, type PageOf } from "../../pages.ts";
import { createInfiniteQuery, createQuery, liveEveryMs, queryClient } from "../../query.ts";
import "./collect-words.ts";
import "./words.ts";

/** The pay function's routes. */
export const pay = hc<PayApi>(apiBase, { fetch: apiFetch });
const space$ = api.spaces[":space"];
const invoices = space$.invoices;

/** All drafts, or all bills that wait for money, the earliest due first. */
export const useBills = (space: () => string, state: "draft" | "due") =>
  createQuery(() => ({
    queryKey: ["billing", space(), "list", state],
    queryFn: () => allPages((query) => ok(invoices.$get({ param: { space: space() }, query: { ...query, state } }))),
    refetchInterval: liveEveryMs,
  }));

/** Paid bills, the latest month first, page after page. */
export const usePaidBills = (space: () => string, wanted: () => boolean) =>
  createInfiniteQuery(() => ({
    queryKey: ["billing", space(), "list", "paid"],
    queryFn: ({ pageParam }: { pageParam: string }) =>
      ok(
        invoices.$get({
          param: { space: space() },
          query: { state: "paid", limit: "100", ...(pageParam ? { cursor: pageParam } : {}) },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last: PageOf<InvoiceRow>) => last.next ?? undefined,
    enabled: wanted(),
  }));

/** Counts and receivables by age. */
export const useSummary = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "summary"],
    queryFn: () => ok(invoices.summary.$get({ param: { space: space() } })),
    refetchInterval: liveEveryMs,
  }));

/** Received payments, the latest first, page after page. */
export const usePayments = (space: () => string) =>
  createInfiniteQuery(() => ({
    queryKey: ["billing", space(), "payments"],
    queryFn: ({ pageParam }: { pageParam: string }) =>
      ok(
        space$.payments.$get({
          param: { space: space() },
          query: { limit: "100", ...(pageParam ? { cursor: pageParam } : {}) },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: liveEveryMs,
  }));

/** All payments, for an export. */
export const allPayments = (space: string) =>
  allPages((query) => ok(space$.payments.$get({ param: { space }, query })));

/** All bills of a state, for an export. */
export const allBills = (space: string, state: "draft" | "due" | "paid") =>
  allPages((query) => ok(invoices.$get({ param: { space }, query: { ...query, state } })));

/** What the last twelve months brought by stream, the earliest first. */
export const useRevenue = (space: () => string, wanted: () => boolean) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "revenue"],
    queryFn: async () =>
      (await ok(space$.insight.revenue.$get({ param: { space: space() }, query: { months: "12" } }))).months,
    staleTime: 60_000,
    enabled: wanted(),
  }));

/** One bill with lines and payments; `every` milliseconds apart while it is on screen. */
export const useBill = (space: () => string, invoice: () => string | undefined, every: () => number = () => 0) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "one", invoice(), actingCompany() ?? ""],
    queryFn: (): Promise<InvoiceView> =>
      ok(invoices[":invoice"].$get({ param: { space: space(), invoice: invoice() as InvoiceId } })),
    enabled: invoice() !== undefined,
    refetchInterval: every() || liveEveryMs,
  }));

/** The bills of the company that the person acts for, the latest month first. */
export const useMyBills = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "mine", actingCompany() ?? ""],
    queryFn: async () => {
      const bills = await allPages((query) => ok(invoices.$get({ param: { space: space() }, query })));
      return bills.sort((a, b) => (a.month < b.month ? 1 : -1));
    },
    enabled: actingCompany() !== undefined,
    refetchInterval: liveEveryMs,
  }));

/** The companies that a payment can come from. */
export const useCompanyNames = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "companies"],
    queryFn: () => allPages<CompanyEntry>((query) => ok(space$.companies.$get({ param: { space: space() }, query }))),
    staleTime: 60_000,
  }));

/** A month's run that goes on already, whoever asked for it; null when none does. */
export const useRunning = (space: () => string, month: () => string, wanted: () => boolean) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "running", month()],
    queryFn: async (): Promise<Run | null> => {
      const run = await ok(invoices.run[":month"].$get({ param: { space: space(), month: month() } }));
      return run?.state === "running" ? run : null;
    },
    enabled: wanted(),
    staleTime: 0,
  }));

/** How far a month's run is; asked again every second while it goes on. */
export const useRun = (space: () => string, month: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "run", month()],
    queryFn: (): Promise<Run | null> =>
      ok(invoices.run[":month"].$get({ param: { space: space(), month: month() ?? "" } })),
    enabled: month() !== undefined,
    refetchInterval: (query: { state: { data?: Run | null | undefined } }) =>
      query.state.data?.state === "done" ? false : 1_000,
  }));

/** What is on no bill yet, at most 500 charges, with whether there are more. */
export const useOpenCharges = (space: () => string, wanted: () => boolean) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "open-charges"],
    queryFn: async (): Promise<{ items: OpenCharge[]; more: boolean }> => {
      const items: OpenCharge[] = [];
      let cursor: string | undefined;
      do {
        const query = { limit: "100", ...(cursor ? { cursor } : {}) };
        const page = await ok(space$.charges.$get({ param: { space: space() }, query }));
        items.push(...page.items);
        cursor = page.next ?? undefined;
      } while (cursor && items.length < 500);
      return { items, more: cursor !== undefined };
    },
    enabled: wanted(),
    staleTime: 0,
  }));

/** How the space bills, with the revision that a change names. */
export const readSettings = (space: string) => ok(space$["billing-settings"].$get({ param: { space } }));

export const useSettings = (space: () => string) =>
  createQuery(() => ({ queryKey: ["billing", space(), "settings"], queryFn: () => readSettings(space()) }));

/** Reads everything of billing again. */
export const renewBilling = (space: string) => queryClient.invalidateQueries({ queryKey: ["billing", space] });

/** Asks for a month's drafts. */
export async function askRun(space: string, month: string, intent: Intent): Promise<Run> {
  const run = await ok(invoices.run.$post({ param: { space }, json: { month } }, intent.with()));
  queryClient.setQueryData(["billing", space, "run", month], run);
  return run;
}

/** Finalises a draft of the sum that the person saw. */
export async function finalise(space: string, bill: Pick<InvoiceRow, "id" | "totalMinor">, intent: Intent) {
  const call = invoices[":invoice"].finalise.$post(
    { param: { space, invoice: bill.id }, json: { totalMinor: bill.totalMinor } },
    intent.with(),
  );
  return ok(call);
}

/** Finalises drafts one after the other; what was refused is told and the rest goes on. A second try of the same sum carries the same intent. */
export async function finaliseAll(
  space: string,
  drafts: readonly InvoiceRow[],
  intentOf: (draft: InvoiceRow) => Intent,
  told: (bill: InvoiceRow, fault?: unknown) => void,
): Promise<void> {
  for (const draft of drafts) {
    try {
      await finalise(space, draft, intentOf(draft));
      told(draft);
    } catch (fault) {
      told(draft, fault);
    }
  }
  await renewBilling(space);
}

/** Records a transfer or cash. */
export async function recordPayment(space: string, payment: NewPayment, intent: Intent) {
  const recorded = await ok(space$.payments.$post({ param: { space }, json: payment }, intent.with()));
  await renewBilling(space);
  return recorded;
}

/** Changes how the space bills, as it was read at `rev`. */
export async function changeSettings(space: string, settings: BillingSettings, rev: number) {
  const changed = await ok(space$["billing-settings"].$put({ param: { space }, json: settings }, ifMatch(`"${rev}"`)));
  queryClient.setQueryData(["billing", space, "settings"], changed);
  return changed;
}

/** Asks for a hosted page to pay what is open of a bill; with `save` what pays is saved under the words that were shown. */
export async function askPage(
  space: string,
  invoice: InvoiceId,
  { language, save }: { readonly language: "zh" | "en"; readonly save: boolean },
  intent: Intent,
) {
  const call = pay.pay.spaces[":space"].invoices[":invoice"].checkout.$post(
    { param: { space, invoice }, json: { language, ...(save ? { save: consentVersion } : {}) } },
    intent.with(),
  );
  return ok(call);
}

const platformBills = pay.pay.spaces[":space"]["platform-bills"];

/** What the space owes and has paid for the platform itself, the newest month first; asked by its owners alone. */
export const usePlatformBills = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "platform-bills"],
    queryFn: async () => (await ok(platformBills.$get({ param: { space: space() } }))).items,
    refetchInterval: liveEveryMs,
  }));

/** Asks for the hosted page to pay the platform's bill of a month. */
export const askPlatformPage = (space: string, month: string, language: "zh" | "en", intent: Intent) =>
  ok(platformBills[":month"].checkout.$post({ param: { space, month }, json: { language } }, intent.with()));

const platformMethods = pay.pay.spaces[":space"]["platform-methods"];

/** The card that the space has saved for the platform's bills, the one in use first; asked by its owners alone, and soon again while one is waited for. */
export const usePlatformMethods = (space: () => string, everyMs: () => number) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "platform-methods"],
    queryFn: async () => (await ok(platformMethods.$get({ param: { space: space() } }))).items,
    refetchInterval: everyMs() > 0 ? everyMs() : false,
  }));

/** Asks for the page on which the space saves a card for the platform, under the words that were shown. */
export const askPlatformCard = (space: string, language: "zh" | "en", intent: Intent) =>
  ok(platformMethods.$post({ param: { space }, json: { language, consent: consentVersion } }, intent.with()));

/** Takes the space's card for the platform away. */
export async function removePlatformCard(space: string, method: MethodId, intent: Intent): Promise<void> {
  await ok(platformMethods[":method"].remove.$post({ param: { space, method }, json: {} }, intent.with()));
  await queryClient.invalidateQueries({ queryKey: ["billing", space, "platform-methods"] });
}
