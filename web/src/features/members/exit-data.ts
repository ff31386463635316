import type { ExitItem, ExitMark, ExitSettings, ExitView } from "@yihao/members/exit-model";
import type { CompanyView, EntryChange, Exit } from "@yihao/members/model";
import { type Intent, ifMatch, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { Problem } from "../../problem.ts";
import { createQuery, queryClient } from "../../query.ts";
import "./words.ts";

const space$ = api.spaces[":space"];
const company$ = space$.companies[":company"];
const exit$ = company$.exit;
type Company = CompanyView["id"];
const at = (space: string, company: string) => ({ space, company: company as Company });

/** A company's exit list, or null when none is planned. While an answer is awaited it is asked for again every two seconds. */
export const useExit = (space: () => string, company: () => string, wanted: () => boolean) =>
  createQuery<ExitView | null>(() => ({
    queryKey: ["exits", space(), company()],
    queryFn: async () => {
      try {
        return (await ok(exit$.$get({ param: at(space(), company()) }))) as ExitView;
      } catch (error) {
        if (error instanceof Problem && error.status === 404) return null;
        throw error;
      }
    },
    enabled: wanted(),
    refetchInterval: (query) => (awaits(query.state.data) ? 2_000 : false),
  }));

/** Whether an answer of those who keep goods or money is still to come. */
export const awaits = (exit: ExitView | null | undefined): boolean =>
  exit?.state === "open" && (exit.goodsAsk !== exit.ask || exit.debtsAsk !== exit.ask);

/** How long goods that were left behind wait, and what is known of people is kept, in days. */
export const useExitSettings = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["exit-settings", space()],
    queryFn: () => ok(space$["exit-settings"].$get({ param: { space: space() } })),
    staleTime: 60_000,
  }));

/** Sets them, as they were read at `rev`. */
export async function changeExitSettings(space: string, json: ExitSettings, rev: number) {
  try {
    return await ok(space$["exit-settings"].$put({ param: { space }, json }, ifMatch(`"${rev}"`)));
  } finally {
    await queryClient.invalidateQueries({ queryKey: ["exit-settings", space] });
  }
}

async function then<Value>(space: string, command: Promise<Value>): Promise<Value> {
  try {
    return await command;
  } finally {
    // Waited for, so that the next change names the revision that this one made. The company first: it says whether there is a list to read.
    await queryClient.invalidateQueries({ queryKey: ["companies", space] });
    await queryClient.invalidateQueries({ queryKey: ["exits", space] });
  }
}

/** Plans a company's exit. */
export const planExit = (space: string, company: string, json: Exit, intent: Intent) =>
  then(space, ok(exit$.$post({ param: at(space, company), json }, intent.with())));
/** Changes the day or reason of an exit as its list was read at `rev`. */
export const changeExit = (space: string, company: string, json: Exit, rev: number) =>
  then(space, ok(exit$.$put({ param: at(space, company), json }, ifMatch(`"${rev}"`))));
/** Ticks an item, waives it or opens it again. */
export const markExit = (space: string, company: string, item: ExitItem, json: ExitMark, rev: number) =>
  then(space, ok(exit$.items[":item"].$put({ param: { ...at(space, company), item }, json }, ifMatch(`"${rev}"`))));
/** Asks again what a company has in store and owes. */
export const askExit = (space: string, company: string, intent: Intent) =>
  then(space, ok(exit$.ask.$post({ param: at(space, company), json: {} }, intent.with())));
/** Lets a company go. */
export const completeExit = (space: string, company: string, intent: Intent) =>
  then(space, ok(exit$.complete.$post({ param: at(space, company), json: {} }, intent.with())));
/** Gives up a planned exit. */
export const stopExit = (space: string, company: string, intent: Intent) =>
  then(space, ok(exit$.stop.$post({ param: at(space, company), json: {} }, intent.with())));
/** Takes a company that left in again. */
export const takeInAgain = (space: string, company: string, json: EntryChange, intent: Intent) =>
  then(space, ok(company$.return.$post({ param: at(space, company), json }, intent.with())));
/** Has what is known of the people of a company that left erased before its time. */
export const eraseCompany = (space: string, company: string, intent: Intent) =>
  then(space, ok(company$.erase.$post({ param: at(space, company), json: {} }, intent.with())));
