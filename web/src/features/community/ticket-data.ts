import {
  activeStates,
  type NewReply,
  type TicketChange,
  type TicketId,
  type TicketKind,
  type TicketPriority,
  type TicketState,
} from "@yihao/community/ticket-model";
import { type Intent, ifMatch, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { createInfiniteQuery, createQuery, liveEveryMs, queryClient } from "../../query.ts";
import { side } from "./side.ts";
import "./words.ts";

const tickets = api.spaces[":space"].tickets;
/** Tickets of the operator's list: what is to do, or what is done. */
export type Shelf = "active" | "solved" | "closed";

const page = (space: string, state: TicketState, cursor: string) =>
  ok(tickets.$get({ param: { space }, query: { state, ...(cursor ? { cursor } : {}) } }));

/** Tickets on a shelf, page by page; all that is to do comes as one. */
export const useTickets = (space: () => string, shelf: () => Shelf) =>
  createInfiniteQuery(() => ({
    queryKey: ["tickets", space(), side(), "list", shelf()],
    queryFn: async ({ pageParam }: { pageParam: string }) => {
      const of = shelf();
      if (of !== "active") return page(space(), of, pageParam);
      const query = (state: TicketState) => ({ param: { space: space() }, query: { state, limit: "200" } });
      const pages = await Promise.all(activeStates.map((state) => ok(tickets.$get(query(state)))));
      return { items: pages.flatMap(({ items }) => items), next: null };
    },
    initialPageParam: "",
    getNextPageParam: (last: { next: string | null }) => last.next ?? undefined,
    refetchInterval: liveEveryMs * 3,
  }));

/** The company's own tickets, the newest first. */
export const useMyTickets = (space: () => string) =>
  createInfiniteQuery(() => ({
    queryKey: ["tickets", space(), side(), "mine"],
    queryFn: ({ pageParam }: { pageParam: string }) => page(space(), "open", pageParam),
    initialPageParam: "",
    getNextPageParam: (last: { next: string | null }) => last.next ?? undefined,
  }));

/** A ticket with what was said of it; asked again while it is on screen. */
export const useTicket = (space: () => string, ticket: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["tickets", space(), side(), "one", ticket()],
    queryFn: () => ok(tickets[":ticket"].$get({ param: { space: space(), ticket: (ticket() ?? "") as TicketId } })),
    enabled: ticket() !== undefined,
    refetchInterval: liveEveryMs * 2,
  }));

/** How fast tickets were answered and solved by month, this month the last. */
export const useFigures = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["tickets", space(), side(), "figures"],
    queryFn: async () => (await ok(tickets.figures.$get({ param: { space: space() }, query: { months: "1" } }))).items,
  }));

export const renewTickets = (space: string) => queryClient.invalidateQueries({ queryKey: ["tickets", space] });

export type TicketWish = {
  company?: string | undefined;
  kind: TicketKind;
  title: string;
  text: string;
  place: string;
  priority: TicketPriority;
};

/** Opens a ticket. */
export async function openTicket(space: string, { company, place, ...wish }: TicketWish, intent: Intent) {
  type Company = NonNullable<Parameters<typeof tickets.$post>[0]["json"]["company"]>;
  const json = { ...wish, ...(place ? { place } : {}), ...(company ? { company: company as Company } : {}) };
  const made = await ok(tickets.$post({ param: { space }, json }, intent.with()));
  await renewTickets(space);
  return made;
}

/** Puts a ticket right as it was read at `rev`. */
export async function changeTicket(space: string, ticket: TicketId, json: TicketChange, rev: number) {
  await ok(tickets[":ticket"].$put({ param: { space, ticket }, json }, ifMatch(`"${rev}"`)));
  await renewTickets(space);
}

/** Moves a ticket as it was read at `rev`. */
export async function moveTicket(space: string, ticket: TicketId, state: TicketState, rev: number) {
  await ok(tickets[":ticket"].state.$put({ param: { space, ticket }, json: { state } }, ifMatch(`"${rev}"`)));
  await renewTickets(space);
}

/** Replies to the other side. */
export async function replyTicket(space: string, ticket: TicketId, json: NewReply, intent: Intent) {
  await ok(tickets[":ticket"].replies.$post({ param: { space, ticket }, json }, intent.with()));
  await renewTickets(space);
}

/** Notes something for staff alone. */
export async function noteTicket(space: string, ticket: TicketId, text: string, intent: Intent) {
  await ok(tickets[":ticket"].notes.$post({ param: { space, ticket }, json: { text } }, intent.with()));
  await renewTickets(space);
}
