import type {
  ApplySettings,
  LeadChange,
  LeadMove,
  LeadRowView,
  LeadView,
  LeadWin,
  NewLead,
  NewTour,
  Offer,
} from "@yihao/members/lead-model";
import { type Intent, ifMatch, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { allPages } from "../../pages.ts";
import { createInfiniteQuery, createQuery, queryClient } from "../../query.ts";
import "./words.ts";

const space$ = api.spaces[":space"];
const leads$ = space$.leads;
const lead$ = leads$[":lead"];
type Id = LeadView["id"];
const tag = (rev: number) => ifMatch(`"${rev}"`);
const at = (space: string, lead: string) => ({ space, lead: lead as Id });

const everyOpen = (space: string): Promise<LeadRowView[]> =>
  allPages((query) => ok(leads$.$get({ param: { space }, query: { shelf: "open" as const, ...query } })));

/** Every lead that is open, the first that came first. */
export const useOpenLeads = (space: () => string) =>
  createQuery(() => ({ queryKey: ["leads", space(), "open"], queryFn: () => everyOpen(space()) }));

/** Leads that were won or lost, the latest first, page by page. */
export const useDoneLeads = (space: () => string, wanted: () => boolean) =>
  createInfiniteQuery(() => ({
    queryKey: ["leads", space(), "done"],
    queryFn: ({ pageParam }: { pageParam: string }) =>
      ok(
        leads$.$get({
          param: { space: space() },
          query: { shelf: "done", limit: "100", ...(pageParam ? { cursor: pageParam } : {}) },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last: { next: string | null }) => last.next ?? undefined,
    enabled: wanted(),
  }));

/** One lead with the revision that a change names. */
export const readLead = (space: string, lead: string): Promise<LeadView> => ok(lead$.$get({ param: at(space, lead) }));

export const useLead = (space: () => string, lead: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["leads", space(), "one", lead()],
    queryFn: () => readLead(space(), lead() ?? ""),
    enabled: lead() !== undefined,
  }));

/** What happened with a lead, newest first, page by page. */
export const useLeadTimeline = (space: () => string, lead: () => string) =>
  createInfiniteQuery(() => ({
    queryKey: ["leads", space(), "timeline", lead()],
    queryFn: ({ pageParam }: { pageParam: string }) =>
      ok(
        lead$.timeline.$get({
          param: at(space(), lead()),
          query: { limit: "20", ...(pageParam ? { cursor: pageParam } : {}) },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last: { next: string | null }) => last.next ?? undefined,
  }));

const renew = (space: string) => queryClient.invalidateQueries({ queryKey: ["leads", space] });
/** Does a command and waits until leads are read anew, also when it was refused: the refusal says that what is on screen is old. */
async function then<Value>(space: string, command: Promise<Value>): Promise<Value> {
  try {
    return await command;
  } finally {
    await renew(space);
  }
}

/** Writes a lead down. */
export const addLead = (space: string, json: NewLead, intent: Intent) =>
  then(space, ok(leads$.$post({ param: { space }, json }, intent.with())));
/** Changes what is known of a lead as it was read at `rev`. */
export const changeLead = (space: string, lead: string, json: LeadChange, rev: number) =>
  then(space, ok(lead$.$put({ param: at(space, lead), json }, tag(rev))));
/** Moves a lead on the board, or loses it. */
export const moveLead = (space: string, lead: string, json: LeadMove, rev: number) =>
  then(space, ok(lead$.stage.$put({ param: at(space, lead), json }, tag(rev))));
/** Sets when a lead comes to see the place. */
export const setTour = (space: string, lead: string, json: NewTour, rev: number) =>
  then(space, ok(lead$.tour.$put({ param: at(space, lead), json }, tag(rev))));
/** Writes down what was offered. */
export const setOffer = (space: string, lead: string, json: Offer, rev: number) =>
  then(space, ok(lead$.offer.$put({ param: at(space, lead), json }, tag(rev))));
/** Adds a word to a lead. */
export const noteLead = (space: string, lead: string, text: string, intent: Intent) =>
  then(space, ok(lead$.notes.$post({ param: at(space, lead), json: { text } }, intent.with())));
/** Makes a lead a company. */
export async function winLead(space: string, lead: string, json: LeadWin, intent: Intent) {
  const made = await then(space, ok(lead$.company.$post({ param: at(space, lead), json }, intent.with())));
  void queryClient.invalidateQueries({ queryKey: ["companies", space] });
  return made;
}

/** The settings of the public application form. */
export const useApplySettings = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["apply-form", space()],
    queryFn: () => ok(space$["apply-form"].$get({ param: { space: space() } })),
  }));
/** Opens or closes the form, as it was read at `rev`. */
export async function changeApplySettings(space: string, json: ApplySettings, rev: number) {
  try {
    return await ok(space$["apply-form"].$put({ param: { space }, json }, tag(rev)));
  } finally {
    await queryClient.invalidateQueries({ queryKey: ["apply-form", space] });
  }
}

/** The zone of a space, in which its visits and days are told. */
export const useZone = (space: () => string): (() => string) => {
  const asked = createQuery(() => ({
    queryKey: ["space", space()],
    queryFn: () => ok(space$.$get({ param: { space: space() } })),
    staleTime: 60_000,
  }));
  return () => asked.data?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
};
