import type { BookingRowView } from "@yihao/booking/model";
import type { VisitorView } from "@yihao/booking/visitor-model";
import { ticketStates } from "@yihao/community/ticket-model";
import { plusDays } from "@yihao/kernel/days";
import type { Permission } from "@yihao/kernel/permissions";
import { ok } from "../../api.ts";
import { api, doors } from "../../client.ts";
import type { Cell } from "../../csv.ts";
import { allPages } from "../../pages.ts";
import { readPlaces } from "../../places.ts";
import {
  agreementTable,
  bookingTable,
  companyTable,
  leadTable,
  parcelTable,
  peopleTable,
  subscriptionTable,
  ticketTable,
  visitorTable,
} from "./tables.ts";

const space$ = api.spaces[":space"];
/** Days of bookings and visitors that one export takes at most: each is a question of its own. */
export const spanMost = 93;

export type Span = { readonly from: string; readonly until: string };
/** Hears how many rows have been read. */
export type Progress = (rows: number) => void;

/** Reads a list to its end and tells how far it is. */
function counted<Item>(read: Parameters<typeof allPages<Item>>[0], progress: Progress, before = 0): Promise<Item[]> {
  let rows = before;
  return allPages<Item>(async (query) => {
    const page = await read(query);
    rows += page.items.length;
    progress(rows);
    return page;
  });
}

const companiesOf = (space: string, progress: Progress) =>
  counted((query) => ok(space$.companies.details.$get({ param: { space }, query })), progress);

function daysOf({ from, until }: Span): string[] {
  const days: string[] = [];
  for (let day = from; day <= until && days.length < spanMost; day = plusDays(day, 1)) days.push(day);
  return days;
}

/** Reads each kind of data whole and makes it a table, headings first. */
export const readers = {
  companies: async (space: string, progress: Progress): Promise<Cell[][]> =>
    companyTable(await companiesOf(space, progress)),
  subscriptions: async (space: string, progress: Progress): Promise<Cell[][]> =>
    subscriptionTable(await companiesOf(space, progress)),
  people: async (space: string, progress: Progress): Promise<Cell[][]> =>
    peopleTable(await counted((query) => ok(space$.people.$get({ param: { space }, query })), progress)),
  agreements: async (space: string, progress: Progress): Promise<Cell[][]> => {
    const shelf = (name: "open" | "done", before: number) =>
      counted(
        (query) => ok(space$.agreements.$get({ param: { space }, query: { shelf: name, ...query } })),
        progress,
        before,
      );
    const open = await shelf("open", 0);
    const done = await shelf("done", open.length);
    const [companies, { resources }] = await Promise.all([
      allPages((query) => ok(space$.companies.$get({ param: { space }, query }))),
      readPlaces(space),
    ]);
    const names = new Map<string, string>(companies.map(({ id, name }) => [id, name]));
    const places = new Map<string, string>(resources.map(({ id, code }) => [id, code]));
    return agreementTable([...open, ...done], names, places);
  },
  leads: async (space: string, progress: Progress): Promise<Cell[][]> => {
    const shelf = (name: "open" | "done", before: number) =>
      counted(
        (query) => ok(space$.leads.$get({ param: { space }, query: { shelf: name, ...query } })),
        progress,
        before,
      );
    const open = await shelf("open", 0);
    return leadTable([...open, ...(await shelf("done", open.length))]);
  },
  bookings: async (space: string, progress: Progress, span: Span): Promise<Cell[][]> => {
    const { items: sites } = await ok(space$.sites.$get({ param: { space } }));
    const rows: BookingRowView[] = [];
    for (const day of daysOf(span))
      for (const { id } of sites) {
        const param = { space, site: id };
        rows.push(...(await ok(space$.sites[":site"].agenda.$get({ param, query: { day } }))).items);
        progress(rows.length);
      }
    return bookingTable(rows);
  },
  visitors: async (space: string, progress: Progress, span: Span): Promise<Cell[][]> => {
    const rows: VisitorView[] = [];
    for (const day of daysOf(span)) {
      rows.push(...(await ok(doors.spaces[":space"].visitors.$get({ param: { space }, query: { day } }))).items);
      progress(rows.length);
    }
    return visitorTable(rows);
  },
  tickets: async (space: string, progress: Progress): Promise<Cell[][]> => {
    const rows = [];
    for (const state of ticketStates)
      rows.push(
        ...(await counted(
          (query) => ok(space$.tickets.$get({ param: { space }, query: { state, ...query } })),
          progress,
          rows.length,
        )),
      );
    return ticketTable(rows);
  },
  parcels: async (space: string, progress: Progress): Promise<Cell[][]> => {
    const shelf = (name: "waiting" | "done", before: number) =>
      counted(
        (query) => ok(space$.parcels.$get({ param: { space }, query: { shelf: name, ...query } })),
        progress,
        before,
      );
    const waiting = await shelf("waiting", 0);
    return parcelTable([...waiting, ...(await shelf("done", waiting.length))]);
  },
};
export type DataSet = keyof typeof readers;
export const dataSets = Object.keys(readers) as DataSet[];

/** What one must be allowed to read some of them; others are all staff's. */
export const readNeeds: { readonly [Set in DataSet]?: Permission } = {
  companies: "members.companies",
  subscriptions: "members.companies",
  people: "people.read",
  visitors: "booking.visitors",
};
