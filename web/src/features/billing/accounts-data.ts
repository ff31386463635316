import type { NewApplication, NewDeposit, Wish } from "@yihao/billing/approval-model";
import type { NewCredit } from "@yihao/billing/credit-model";
import type { BillWay, InvoiceId } from "@yihao/billing/model";
import type { CompanyId } from "@yihao/kernel/ids";
import { type Intent, ifMatch, ok } from "../../api.ts";
import { accounts, api } from "../../client.ts";
import { createQuery, liveEveryMs } from "../../query.ts";
import "./accounts-words.ts";
import { renewBilling } from "./data.ts";

const space$ = accounts.spaces[":space"];

/** What waits for a second person, or what was decided lately. */
export const useApprovals = (space: () => string, state: () => "open" | "done") =>
  createQuery(() => ({
    queryKey: ["billing", space(), "approvals", state()],
    queryFn: async () => {
      const query = { state: state(), limit: "100" };
      return (await ok(space$.approvals.$get({ param: { space: space() }, query }))).items;
    },
    refetchInterval: liveEveryMs,
  }));
export type ApprovalRow = NonNullable<ReturnType<typeof useApprovals>["data"]>[number];

/** What a company owes, has paid ahead and has left as a deposit. */
export const useBalanceOf = (space: () => string, company: () => string) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "balance-of", company()],
    queryFn: () => {
      const param = { space: space(), company: company() as `cmp_${string}` };
      return ok(api.spaces[":space"].companies[":company"].balance.$get({ param }));
    },
    enabled: company() !== "",
    staleTime: 0,
  }));

/** What a company paid online of which something may be given back the way it came, the latest first. */
export const usePaidOnline = (space: () => string, company: () => string) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "paid-online", company()],
    queryFn: async () => {
      const query = { company: company() as `cmp_${string}`, limit: "100" };
      const { items } = await ok(api.spaces[":space"].payments.$get({ param: { space: space() }, query }));
      return items.filter(({ way, amountMinor, refundedMinor = 0 }) => way === "hosted" && refundedMinor < amountMinor);
    },
    enabled: company() !== "",
  }));

/** Deposits that agreements ask for and that have not come: of the space, or of a company. */
export const useDemands = (space: () => string, company: () => string = () => "") =>
  createQuery(() => ({
    queryKey: ["billing", space(), "demands", company()],
    queryFn: async () => {
      const query = company() ? { company: company() as `cmp_${string}` } : {};
      return (await ok(space$["deposit-demands"].$get({ param: { space: space() }, query }))).items;
    },
    staleTime: 0,
  }));

/** The last month that is closed. */
export const useClosed = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "closed"],
    queryFn: () => ok(space$["closed-period"].$get({ param: { space: space() } })),
  }));

async function told<T>(space: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } finally {
    await renewBilling(space);
  }
}

/** Takes a bill back by a credit note. */
export const creditBill = (space: string, invoice: InvoiceId, json: NewCredit, intent: Intent) =>
  told(space, ok(space$.invoices[":invoice"].credits.$post({ param: { space, invoice }, json }, intent.with())));

/** Writes to the company of a final bill once more. */
export const mailBill = (space: string, invoice: InvoiceId, intent: Intent) =>
  told(space, ok(space$.invoices[":invoice"].letters.$post({ param: { space, invoice }, json: {} }, intent.with())));

/** How a company is billed, with the revision that a change names. */
export const useBillWay = (space: () => string, company: () => string) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "bill-way", company()],
    queryFn: () => {
      const param = { space: space(), company: company() as CompanyId };
      return ok(space$.companies[":company"]["bill-way"].$get({ param }));
    },
    enabled: company() !== "",
  }));

/** Says how a company is billed, as it was read at `rev`. */
export const changeBillWay = (space: string, company: string, json: BillWay, rev: number) =>
  told(
    space,
    ok(
      space$.companies[":company"]["bill-way"].$put(
        { param: { space, company: company as CompanyId }, json },
        ifMatch(`"${rev}"`),
      ),
    ),
  );

/** Proposes what takes two people. */
export const propose = (space: string, wish: Wish, reason: string, intent: Intent) =>
  told(space, ok(space$.approvals.$post({ param: { space }, json: { wish, reason } }, intent.with())));

/** Decides what another proposed, or withdraws what one proposed oneself. */
export function decide(
  space: string,
  approval: ApprovalRow["id"],
  decision: "approve" | "decline" | "withdraw",
  intent: Intent,
) {
  const param = { space, approval };
  return told(space, ok(space$.approvals[":approval"].decision.$post({ param, json: { decision } }, intent.with())));
}

/** Takes a deposit. */
export const takeDeposit = (space: string, json: NewDeposit, intent: Intent) =>
  told(space, ok(space$.deposits.$post({ param: { space }, json }, intent.with())));

/** Pays bills from a company's balance or deposit. */
export const applyOwn = (space: string, json: NewApplication, intent: Intent) =>
  told(space, ok(space$.applications.$post({ param: { space }, json }, intent.with())));

/** Lines of the bank that wait for somebody, or that were decided. */
export const useBankLines = (space: () => string, state: () => "open" | "done") =>
  createQuery(() => ({
    queryKey: ["billing", space(), "bank", state()],
    queryFn: async () => {
      const query = { state: state(), limit: "200" };
      return (await ok(space$["bank-lines"].$get({ param: { space: space() }, query }))).items;
    },
    refetchInterval: liveEveryMs,
  }));
export type BankRow = NonNullable<ReturnType<typeof useBankLines>["data"]>[number];

/** Takes a bank's file in. */
export const importBank = (space: string, csv: string, intent: Intent) =>
  told(space, ok(space$["bank-imports"].$post({ param: { space }, json: { csv } }, intent.with())));

/** Says which company a line is of. */
export function assignLine(space: string, line: BankRow["id"], company: `cmp_${string}`, intent: Intent) {
  const call = space$["bank-lines"][":entry"].company.$post(
    { param: { space, entry: line }, json: { company } },
    intent.with(),
  );
  return told(space, ok(call));
}

/** Sets a line aside as no company's. */
export const setAside = (space: string, line: BankRow["id"], intent: Intent) =>
  told(space, ok(space$["bank-lines"][":entry"].aside.$post({ param: { space, entry: line } }, intent.with())));

/** Closes every month up to one. */
export const closePeriod = (space: string, through: string, intent: Intent) =>
  told(space, ok(space$["closed-period"].$post({ param: { space }, json: { through } }, intent.with())));
