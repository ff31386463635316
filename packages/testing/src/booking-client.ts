import { checkBookings } from "@yihao/booking/check";
import {
  type BookingQuote,
  type NewResource,
  type ResourceKind,
  type ResourceView,
  usualRules,
} from "@yihao/booking/model";
import { shownOf } from "@yihao/booking/pay";
import { newId, type PersonId } from "@yihao/kernel/ids";
import { checkLedger } from "@yihao/ledger/check";
import type { Table } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import { type Answer, testApi } from "./api.ts";
import { type BookingWorld, bookingWorld, type WorldWish } from "./booking-world.ts";
import { freshTable } from "./table.ts";

/** Everything a test of booking over HTTP begins with: a fresh table, the booking world in it, and whoever asks. */
export class BookingClient {
  readonly table: Table;
  readonly world: BookingWorld;
  now: string;

  private constructor(table: Table, world: BookingWorld, now: string) {
    this.table = table;
    this.world = world;
    this.now = now;
  }

  static async open(wish: WorldWish = {}, now = "2026-11-23T02:42:00.000Z"): Promise<BookingClient> {
    const table = await freshTable();
    return new BookingClient(table, await bookingWorld(table, wish), now);
  }

  /** The same world seen by one person. */
  as(person: string, company?: string) {
    const log = (entry: { error?: unknown }) => entry.error && console.error(entry.error);
    return testApi(this.table, { now: () => this.now, log }).as(person as PersonId, company);
  }

  /** Adds a resource by the owner, with the usual rules of its kind where they are not given. */
  add(kind: ResourceKind, code: string, facts: Partial<NewResource> = {}): Promise<ResourceView> {
    const { site, floor } = this.world;
    const common = { site: site.id, floor, kind, code, name: code, capacity: 1, state: "active" };
    return this.owner.command<ResourceView>(`${this.base}/resources`, { ...usualRules[kind], ...common, ...facts });
  }

  /** Asks for a quote, and books at its price under a fresh key; the quote's answer when it is refused. */
  async take(person: string, wish: object): Promise<Answer> {
    const quoted = await this.as(person).send("POST", `${this.base}/quotes/booking`, wish);
    if (quoted.status !== 200) return quoted;
    return this.book(person, { ...wish, ...shownOf(quoted.json<BookingQuote>().quote) });
  }

  /** Books as it is told to, under a fresh key. */
  book(person: string, wish: object): Promise<Answer> {
    return this.as(person).send("POST", `${this.base}/bookings`, wish, { "idempotency-key": newId("key") });
  }

  /** What the check of the whole table finds wrong. */
  async violations() {
    const items = await allItems(this.table);
    return [...checkBookings(items), ...checkLedger(items)];
  }

  get base(): string {
    return "/spaces/spc_test";
  }

  get owner() {
    return this.as("per_owner");
  }
}

/** The code of a refusal with its status, and `[201, undefined]` for a success. */
export const told = (answer: Answer): [number, string | undefined] => [
  answer.status,
  answer.status < 300 ? undefined : answer.json<{ code: string }>().code,
];
