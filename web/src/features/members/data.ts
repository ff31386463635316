import type { Imported } from "@yihao/members/import-model";
import type { CompanyEntry, CompanyFacts, CompanyView, Contact, EntryChange, NewCompany } from "@yihao/members/model";
import type { AgreedPrice } from "@yihao/pricing/model";
import { type Intent, ifMatch, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { createInfiniteQuery, createQuery, queryClient } from "../../query.ts";
import "./words.ts";

const companies = api.spaces[":space"].companies;
type Id = CompanyView["id"];

/** Every company of a space in the order of their names, page after page. */
async function allCompanies(space: string): Promise<CompanyEntry[]> {
  const found: CompanyEntry[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: "200", ...(cursor ? { cursor } : {}) };
    const page = await ok(companies.$get({ param: { space }, query }));
    found.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor);
  return found;
}

/** The companies of a space; with a text, those that the server finds by name, pinyin or code. */
export const useCompanies = (space: () => string, text: () => string) =>
  createQuery(() => ({
    queryKey: ["companies", space(), "list", text()],
    queryFn: async () =>
      text() === ""
        ? allCompanies(space())
        : (await ok(companies.$get({ param: { space: space() }, query: { q: text() } }))).items,
    placeholderData: (before: CompanyEntry[] | undefined) => before,
  }));

/** One company with the revision that an edit names. */
export const readCompany = (space: string, company: string): Promise<CompanyView> =>
  ok(companies[":company"].$get({ param: { space, company: company as Id } }));

export const useCompany = (space: () => string, company: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["companies", space(), "one", company()],
    queryFn: () => readCompany(space(), company() ?? ""),
    enabled: company() !== undefined,
  }));

/** A company's room minutes month by month. */
export const useAllowances = (space: () => string, company: () => string) =>
  createQuery(() => ({
    queryKey: ["companies", space(), "allowances", company()],
    queryFn: () => ok(companies[":company"].allowances.$get({ param: { space: space(), company: company() as Id } })),
  }));

/** A company's timeline, newest first, page by page. */
export const useTimeline = (space: () => string, company: () => string) =>
  createInfiniteQuery(() => ({
    queryKey: ["companies", space(), "timeline", company()],
    queryFn: ({ pageParam }: { pageParam: string }) =>
      ok(
        companies[":company"].timeline.$get({
          param: { space: space(), company: company() as Id },
          query: { limit: "20", ...(pageParam ? { cursor: pageParam } : {}) },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last: { next: string | null }) => last.next ?? undefined,
  }));

/** What changed a company itself, newest first, page by page. */
export const useHistory = (space: () => string, company: () => string) =>
  createInfiniteQuery(() => ({
    queryKey: ["companies", space(), "history", company()],
    queryFn: ({ pageParam }: { pageParam: string }) =>
      ok(
        companies[":company"].timeline.$get({
          param: { space: space(), company: company() as Id },
          query: { only: "changes", ...(pageParam ? { cursor: pageParam } : {}) },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last: { next: string | null }) => last.next ?? undefined,
  }));

/** The plans of a space. */
export const usePlans = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["plans", space()],
    queryFn: async () => (await ok(api.spaces[":space"].plans.$get({ param: { space: space() } }))).items,
  }));

const renew = (space: string) => queryClient.invalidateQueries({ queryKey: ["companies", space] });

/** Adds a company by hand. */
export async function addCompany(space: string, facts: NewCompany, intent: Intent) {
  const added = await ok(companies.$post({ param: { space }, json: facts }, intent.with()));
  await renew(space);
  return added;
}

/** Changes a company's facts as they were read at `rev`. */
export async function changeCompany(space: string, company: Id, change: CompanyFacts, rev: number) {
  const call = companies[":company"].$put({ param: { space, company }, json: change }, ifMatch(`"${rev}"`));
  const changed = await ok(call);
  await renew(space);
  return changed;
}

/** Changes how to reach a company as it was read at `rev`. */
export async function changeContact(space: string, company: Id, contact: Contact, rev: number) {
  const call = companies[":company"].contact.$put({ param: { space, company }, json: contact }, ifMatch(`"${rev}"`));
  const changed = await ok(call);
  await renew(space);
  return changed;
}

/** Puts right when and how a company came, as it was read at `rev`. */
export async function changeEntry(space: string, company: Id, entry: EntryChange, rev: number) {
  const call = companies[":company"].entry.$put({ param: { space, company }, json: entry }, ifMatch(`"${rev}"`));
  const changed = await ok(call);
  await renew(space);
  return changed;
}

/** Sets what a company pays where that is not what all pay, as it was read at `rev`. */
export async function setPrices(space: string, company: Id, prices: AgreedPrice[], rev: number) {
  const call = companies[":company"].prices.$put({ param: { space, company }, json: { prices } }, ifMatch(`"${rev}"`));
  const changed = await ok(call);
  await renew(space);
  return changed;
}

/** What an import of this text would do. */
export async function dryRun(space: string, csv: string) {
  const answer = await ok(companies.import.$post({ param: { space }, json: { csv, mode: "dry-run" } }));
  if (!("rows" in answer)) throw new Error("a dry run answered as an import");
  return answer;
}

/** Imports all of a text or nothing; the intent's key finishes an import that was cut off. */
export async function importCsv(space: string, csv: string, intent: Intent): Promise<Imported> {
  const answer = await ok(companies.import.$post({ param: { space }, json: { csv, mode: "commit" } }, intent.with()));
  if (!("companies" in answer)) throw new Error("an import answered as a dry run");
  await renew(space);
  return answer;
}
