import type { InvoiceRow, StreamSum } from "@yihao/billing/model";
import type { BookingRowView } from "@yihao/booking/model";
import type { Allowance } from "@yihao/members/subscription-model";
import type { Stream } from "@yihao/pricing/model";
import { isLow } from "@yihao/warehouse/low-stock";
import type { OrderState, OrderView } from "@yihao/warehouse/order-model";
import type { ListedProduct } from "@yihao/warehouse/product-model";
import { clock, clockRange, dayOf, minuteOfDay } from "../../format.ts";
import { hueOf } from "../../streams.ts";
import type { Part } from "../../ui/bar-charts.tsx";
import type { StatusName } from "../../ui/status.tsx";

/** The company's bookings that stand on a local day of their own zone, in order of their start. */
export function bookedOn(rows: readonly BookingRowView[], day: string): BookingRowView[] {
  return rows.filter((row) => {
    if (row.state === "cancelled") return false;
    const last = new Date(Date.parse(row.until) - 1).toISOString();
    return dayOf(row.from, row.zone) <= day && day <= dayOf(last, row.zone);
  });
}

/** How a booking stands at an instant, in the words of the status marks. */
export function bookingStatus(row: BookingRowView, now: string): StatusName {
  if (row.state === "tentative") return row.hold ? "held" : "requested";
  if (now < row.from) return row.checkedInAt ? "checkedIn" : "booked";
  if (now >= row.until) return row.checkedInAt ? "done" : "closed";
  return row.checkedInAt ? "inUse" : "due";
}

/** One piece of the own-day lane: bookings whose times touch stand together, so that none hides another. */
export type LanePiece = {
  readonly key: string;
  readonly from: number;
  readonly until: number;
  readonly names: readonly string[];
  /** What stands on the plates of the same places, for where there is little room. */
  readonly codes: readonly string[];
  readonly times: string;
  /** When it ends, as a time. */
  readonly ends: string;
  readonly live: boolean;
};

/**
 * The company's day as pieces in minutes since local midnight. Rooms make the day; desks are had all day and stand in it only
 * when there is no room.
 */
export function lanePieces(rows: readonly BookingRowView[], day: string, now: string): LanePiece[] {
  const rooms = rows.filter(({ kind }) => kind === "room");
  const pieces: (LanePiece & { first: BookingRowView; last: string })[] = [];
  for (const row of rooms.length > 0 ? rooms : rows) {
    const from = minuteOfDay(row.from, day, row.zone);
    const until = minuteOfDay(row.until, day, row.zone);
    const live = row.from <= now && now < row.until;
    const before = pieces.at(-1);
    if (before && from < before.until) {
      const last = [before.last, row.until].sort()[1] ?? row.until;
      pieces[pieces.length - 1] = {
        ...before,
        until: Math.max(until, before.until),
        names: [...new Set([...before.names, row.kind === "desk" ? row.code : row.resourceName])],
        codes: [...new Set([...before.codes, row.code])],
        times: clockRange(before.first.from, last, row.zone),
        ends: clock(last, row.zone),
        live: live || before.live,
        last,
      };
    } else {
      const names = [row.kind === "desk" ? row.code : row.resourceName];
      const times = clockRange(row.from, row.until, row.zone);
      const ends = clock(row.until, row.zone);
      pieces.push({
        key: row.id,
        from,
        until,
        names,
        codes: [row.code],
        times,
        ends,
        live,
        first: row,
        last: row.until,
      });
    }
  }
  return pieces.map(({ first: _first, last: _last, ...piece }) => piece);
}

/** Room minutes as bricks of half an hour, or of an hour when there are many: used, booked and all. */
export function bricksOf(allowance: Pick<Allowance, "granted" | "used" | "booked">) {
  const unit = allowance.granted > 12 * 60 ? 60 : 30;
  const bricks = (minutes: number) => Math.round(minutes / unit);
  const total = Math.max(1, bricks(allowance.granted));
  const done = Math.min(total, bricks(allowance.used));
  return { total, done, using: Math.min(total - done, bricks(allowance.booked)) };
}

export type StockState = "soldOut" | "low" | "enough";
/** Sold out, low or enough: what is free against the reorder point (补货点). */
export function stockState(product: Pick<ListedProduct, "free" | "reorderPoint">): StockState {
  if (product.free <= 0) return "soldOut";
  return isLow(product.free, product.reorderPoint) ? "low" : "enough";
}

const urgency: Record<StockState, number> = { soldOut: 0, low: 1, enough: 2 };
/** What needs goods first, each group by name as it came. */
export function byUrgency(products: readonly ListedProduct[]): ListedProduct[] {
  return [...products].sort((a, b) => urgency[stockState(a)] - urgency[stockState(b)]);
}

export const stages = ["waiting", "picking", "picked", "shipped"] as const;
export type Stage = (typeof stages)[number];
const stageOf: Partial<Record<OrderState, Stage>> = {
  reserved: "waiting",
  picking: "picking",
  picked: "picked",
  shipping: "picked",
  shipped: "shipped",
};

/** The orders that are the day's work: all that are open, and those shipped on the day. Cancelled ones are nobody's work. */
export function ordersOfDay(orders: readonly OrderView[], day: string, zone: string): OrderView[] {
  return orders.filter((order) => {
    const stage = stageOf[order.state];
    if (stage === undefined) return false;
    return stage !== "shipped" || (order.shippedAt !== undefined && dayOf(order.shippedAt, zone) === day);
  });
}

/** How many orders stand at each stage. */
export function countStages(orders: readonly OrderView[]): Record<Stage, number> {
  const counts: Record<Stage, number> = { waiting: 0, picking: 0, picked: 0, shipped: 0 };
  for (const order of orders) {
    const stage = stageOf[order.state];
    if (stage) counts[stage] += 1;
  }
  return counts;
}

/** Orders with a line of which less was picked than ordered (缺货). */
export const shortOrders = (orders: readonly OrderView[]): OrderView[] =>
  orders.filter((order) => order.lines.some(({ short }) => short !== undefined));

/** Bills that wait for money, the one due first in front. */
export function openBills(bills: readonly InvoiceRow[]): InvoiceRow[] {
  return bills
    .filter(({ state }) => state === "due" || state === "part-paid")
    .sort((a, b) => (a.dueOn ?? a.month).localeCompare(b.dueOn ?? b.month));
}

/** Whole days from one local day to another. */
export const daysBetween = (from: string, until: string): number =>
  Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

/** A bill's streams as parts of one bar, the largest first. */
export function partsOf(sums: readonly StreamSum[], names: Record<Stream, string>): Part[] {
  return sums
    .filter(({ amountMinor }) => amountMinor > 0)
    .sort((a, b) => b.amountMinor - a.amountMinor)
    .map(({ stream, amountMinor }) => ({ key: stream, name: names[stream], value: amountMinor, hue: hueOf[stream] }));
}
