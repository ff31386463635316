import { readSummary } from "@yihao/billing/reads";
import { allRows } from "@yihao/billing/store";
import { zoneOf } from "@yihao/billing/zone";
import { inNow } from "@yihao/booking/now";
import { agendaOf, resourcesOf, sitesOf } from "@yihao/booking/store";
import { type Day, dayOf, daysOfMonth, type Month, monthOf, plusDays, plusMonths, weekday } from "@yihao/kernel/days";
import type { Page } from "@yihao/kernel/paging";
import type { Scope } from "@yihao/kernel/scope";
import type { Event } from "@yihao/table/event";
import { deadLetters } from "@yihao/table/stream";
import { asnState } from "@yihao/warehouse/asn-state";
import { asnKey, asnKind, asnList, listed, orderKey, orderKind, orderList, warehousesOf } from "@yihao/warehouse/store";
import type { DeadLetterView, MonthRevenue, Today } from "./model.ts";
import { countOf, cumulative, daysBetween, lowStockOf, monthCounters, monthsBetween, revenueOf } from "./store.ts";

/** How many of each list of things to do Today shows. */
const most = 20;

/** Everything of the Today page for a local day, from the rooms' own day lists and a handful of counters. */
export async function readToday(scope: Scope, wanted?: Day): Promise<Today> {
  const zone = await zoneOf(scope);
  const today = dayOf(scope.now, zone);
  const day = wanted ?? today;
  const [sites, money, todo] = await Promise.all([sitesToday(scope, day), moneyOf(scope, day), todoOf(scope, today)]);
  const { days, ...rest } = money;
  return { day, now: scope.now, zone, sites, stock: stockOfWeek(day, days), ...rest, todo };
}

async function sitesToday(scope: Scope, day: Day): Promise<Today["sites"]> {
  return await Promise.all(
    (await sitesOf(scope)).map(async ({ id, name, zone }) => {
      const [resources, bookings] = await Promise.all([resourcesOf(scope, id), agendaOf(scope, id, day)]);
      return {
        id,
        name,
        zone,
        day,
        resources: resources
          .map(({ id: resource, code, name: called, kind, capacity, state }) => ({
            id: resource,
            code,
            name: called,
            kind,
            capacity,
            active: state === "active",
          }))
          .sort((a, b) => (a.code < b.code ? -1 : 1)),
        bookings: bookings.map(({ rev: _rev, ...row }) => row),
        presence: inNow(resources, bookings, scope.now),
      };
    }),
  );
}

async function moneyOf(scope: Scope, day: Day) {
  const month = monthOf(day);
  const before = plusMonths(month, -1);
  const [days, [lastMonth, thisMonth], summary, counters] = await Promise.all([
    daysBetween(scope, `${before}-01`, plusDays(day, 1)),
    monthsBetween(scope, [before, month]),
    readSummary(scope),
    paidIn(scope, month),
  ]);
  const { drafts, due, overdue } = summary;
  return {
    days,
    invoices: {
      draft: drafts,
      due: { count: due.count, amountMinor: due.openMinor },
      overdue: { count: overdue.count, amountMinor: overdue.openMinor },
      paidThisMonth: counters,
    },
    revenue: {
      thisMonth: thisMonth ?? revenueOf(month, {}),
      lastMonth: lastMonth ?? revenueOf(before, {}),
      thisByDay: cumulative(month, days, day),
      lastByDay: cumulative(before, days, daysOfMonth(before).at(-1) ?? day),
    },
  };
}

async function paidIn(scope: Scope, month: Month): Promise<{ count: number; amountMinor: number }> {
  const counters = await monthCounters(scope, month);
  return { count: countOf(counters, "settledCount"), amountMinor: countOf(counters, "settled") };
}

function stockOfWeek(day: Day, days: Awaited<ReturnType<typeof daysBetween>>): Today["stock"] {
  const monday = plusDays(day, 1 - weekday(day));
  const week = { inUnits: 0, outUnits: 0 };
  for (let one = monday; one <= day; one = plusDays(one, 1)) {
    week.inUnits += countOf(days.get(one), "in");
    week.outUnits += countOf(days.get(one), "out");
  }
  return { today: { inUnits: countOf(days.get(day), "in"), outUnits: countOf(days.get(day), "out") }, week };
}

async function todoOf(scope: Scope, today: Day): Promise<Today["todo"]> {
  const [overdue, lowStock, asns, orders, dead] = await Promise.all([
    allRows(scope, "due", today),
    lowStockOf(scope),
    openAsns(scope),
    listed(scope, orderList(scope, "open"), orderKind, (id) => orderKey(scope, id), { limit: most, newest: false }),
    deadLetters(scope),
  ]);
  return {
    overdue: overdue.slice(0, most).map(({ rev: _rev, ...row }) => row),
    lowStock: lowStock.slice(0, most).map(({ rev: _rev, ...one }) => one),
    asns,
    orders: orders.items
      .filter(({ state }) => state === "reserved" || state === "picking")
      .map(({ id, company, state, lines, at }) => ({
        id,
        company,
        state,
        lines: lines.length,
        units: lines.reduce((sum, line) => sum + line.units, 0),
        at,
      })),
    deadLetters: dead.items.length,
  };
}

async function openAsns(scope: Scope): Promise<Today["todo"]["asns"]> {
  const pages = await Promise.all(
    (await warehousesOf(scope)).map(({ id }) =>
      listed(scope, asnList(scope, id), asnKind, (asn) => asnKey(scope, asn), { limit: 50 }),
    ),
  );
  return pages
    .flatMap(({ items }) => items)
    .map((asn) => ({
      id: asn.id,
      company: asn.company,
      state: asnState(asn),
      expected: asn.expected,
      ...(asn.expectedOn ? { expectedOn: asn.expectedOn } : {}),
    }))
    .filter(({ state }) => state === "expected" || state === "arrived" || state === "receiving")
    .slice(0, most);
}

/** Revenue by stream of the last months, oldest first, up to and with this one. One query. */
export async function readRevenue(scope: Scope, months: number): Promise<MonthRevenue[]> {
  const last = monthOf(dayOf(scope.now, await zoneOf(scope)));
  return monthsBetween(
    scope,
    Array.from({ length: months }, (_, index) => plusMonths(last, index - months + 1)),
  );
}

/** A page of the work that failed for good. */
export async function readDeadLetters(scope: Scope, cursor?: string): Promise<Page<DeadLetterView>> {
  const page = await deadLetters(scope, cursor);
  return {
    items: page.items.map(({ id, fact, error, at }) => {
      const event = fact.data as Partial<Event> | null;
      return { id, kind: fact.kind, type: event?.type ?? fact.kind, subject: event?.subject ?? "", error, at };
    }),
    next: page.next,
  };
}
