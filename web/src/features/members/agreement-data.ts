import { mayBeLet } from "@yihao/booking/lease";
import type {
  AgreementAmend,
  AgreementEnd,
  AgreementFacts,
  AgreementRenew,
  AgreementView,
} from "@yihao/members/agreement-model";
import type { CompanyView } from "@yihao/members/model";
import { type Intent, ifMatch, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { allPages } from "../../pages.ts";
import { createInfiniteQuery, createQuery, queryClient } from "../../query.ts";
import "./words.ts";

const space$ = api.spaces[":space"];
const agreements$ = space$.companies[":company"].agreements;
const agreement$ = agreements$[":agreement"];
type Company = CompanyView["id"];
type Id = AgreementView["id"];

/** The agreements of a company that the caller sees, the latest first. */
export const useAgreements = (space: () => string, company: () => string) =>
  createQuery(() => ({
    queryKey: ["agreements", space(), "of", company()],
    queryFn: async () =>
      (await ok(agreements$.$get({ param: { space: space(), company: company() as Company } }))).items,
  }));

/** Agreements of a space, page by page: drafts and running ones by the day they end, or ended ones, the latest first. */
export const useAgreementRows = (space: () => string, shelf: () => "open" | "done") =>
  createInfiniteQuery(() => ({
    queryKey: ["agreements", space(), shelf()],
    queryFn: ({ pageParam }: { pageParam: string }) =>
      ok(
        space$.agreements.$get({
          param: { space: space() },
          query: { shelf: shelf(), limit: "100", ...(pageParam ? { cursor: pageParam } : {}) },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last: { next: string | null }) => last.next ?? undefined,
  }));

/** A place that an agreement may let: its id, code and name. */
export type LetPlace = {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly lettable: boolean;
};

async function readLetPlaces(space: string): Promise<LetPlace[]> {
  const all = await allPages((query) => ok(space$.resources.$get({ param: { space }, query })));
  const found = all.map((one) => ({
    id: one.id,
    code: one.code,
    name: one.name,
    kind: one.kind,
    lettable: mayBeLet(one),
  }));
  return found.toSorted((a, b) => a.code.localeCompare(b.code, "en", { numeric: true }));
}

/** The rooms and desks of a space by their codes. */
export const useLetPlaces = (space: () => string, wanted: () => boolean) =>
  createQuery(() => ({
    queryKey: ["places", space(), "letting"],
    queryFn: () => readLetPlaces(space()),
    staleTime: 60_000,
    enabled: wanted(),
  }));

async function then<Value>(space: string, command: Promise<Value>): Promise<Value> {
  try {
    return await command;
  } finally {
    const keys = ["agreements", "companies"];
    await Promise.all(keys.map((key) => queryClient.invalidateQueries({ queryKey: [key, space] })));
  }
}
const at = (space: string, company: string, agreement: string) => ({
  space,
  company: company as Company,
  agreement: agreement as Id,
});

/** Drafts an agreement with a company. */
export const draftAgreement = (space: string, company: string, json: AgreementFacts, intent: Intent) =>
  then(space, ok(agreements$.$post({ param: { space, company: company as Company }, json }, intent.with())));
/** Changes an agreement as it was read at `rev`. */
export const changeAgreement = (space: string, company: string, id: string, json: AgreementFacts, rev: number) =>
  then(space, ok(agreement$.$put({ param: at(space, company, id), json }, ifMatch(`"${rev}"`))));
/** Drops a draft as it was read. */
export const dropAgreement = (space: string, company: string, id: string, rev: number, intent: Intent) =>
  then(space, ok(agreement$.drop.$post({ param: at(space, company, id), json: { rev } }, intent.with())));
/** Signs an agreement. */
export const signAgreement = (space: string, company: string, id: string, signedOn: string, intent: Intent) =>
  then(space, ok(agreement$.sign.$post({ param: at(space, company, id), json: { signedOn } }, intent.with())));
/** Renews an agreement. */
export const renewAgreement = (space: string, company: string, id: string, json: AgreementRenew, intent: Intent) =>
  then(space, ok(agreement$.renew.$post({ param: at(space, company, id), json }, intent.with())));
/** Changes the rent, the days without rent or the deposit of a running agreement. */
export const amendAgreement = (space: string, company: string, id: string, json: AgreementAmend, intent: Intent) =>
  then(space, ok(agreement$.amend.$post({ param: at(space, company, id), json }, intent.with())));
/** Ends an agreement before its day. */
export const endAgreement = (space: string, company: string, id: string, json: AgreementEnd, intent: Intent) =>
  then(space, ok(agreement$.end.$post({ param: at(space, company, id), json }, intent.with())));
