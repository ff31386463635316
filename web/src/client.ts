import type { AccountsApi } from "@yihao/functions/bills";
import type { DoorsApi } from "@yihao/functions/doors";
import type { FilesApi } from "@yihao/functions/files";
import type { PapersApi } from "@yihao/functions/papers";
import type { PayApi } from "@yihao/functions/pay";
import type { TakeoverApi } from "@yihao/functions/takeover";
import type { Api } from "@yihao/functions/whole-api";
import { hc } from "hono/client";
import { apiBase, apiFetch } from "./api.ts";

/** The typed client of the API, the one way in which features ask it. */
export const api = hc<Api>(apiBase, { fetch: apiFetch });

/** The same for the doors function: calendars, displays, visitors and plans. */
export const doors = hc<DoorsApi>(apiBase, { fetch: apiFetch }).doors;

/** The same for the files function: links under which bytes are put and fetched. */
export const files = hc<FilesApi>(apiBase, { fetch: apiFetch }).files;

/** The same for the takeover function: a running space's books. */
export const takeover = hc<TakeoverApi>(apiBase, { fetch: apiFetch }).takeover;

/** The same for what book-keepers do beside bills: credit notes, what takes two people, deposits, closed periods. */
export const accounts = hc<AccountsApi>(apiBase, { fetch: apiFetch }).accounts;

/** The same for the papers function: bills and credit notes as PDF. */
export const papers = hc<PapersApi>(apiBase, { fetch: apiFetch }).papers;

/** The same for the pay function: what guests book and pay, and day passes at the desk. */
const pays = hc<PayApi>(apiBase, { fetch: apiFetch });
export const guests = pays.guests;
export const guestBookings = pays["guest-bookings"];
export const guestWaits = pays["guest-waits"];
export const dayPasses = pays.pay.spaces[":space"]["day-passes"];
