import { isOpenDispute } from "@yihao/billing/dispute-model";
import { disputesOf } from "@yihao/billing/dispute-store";
import { readSummary } from "@yihao/billing/reads";
import { allRows } from "@yihao/billing/store";
import { zoneOf } from "@yihao/billing/zone";
import { isLetAt, leaseOver } from "@yihao/booking/lease";
import type { BookingRow } from "@yihao/booking/model";
import { inNow } from "@yihao/booking/now";
import { requestsOf } from "@yihao/booking/request-store";
import { agendaOf, resourcesOf, siteOf, sitesOf } from "@yihao/booking/store";
import { communityTodo } from "@yihao/community/todo";
import {
  type Day,
  dayOf,
  daySpan,
  daysOfMonth,
  type Month,
  monthOf,
  plusDays,
  plusMonths,
  weekday,
} from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Page } from "@yihao/kernel/paging";
import { allows, type Permission } from "@yihao/kernel/permissions";
import type { Scope } from "@yihao/kernel/scope";
import { membersTodo } from "@yihao/members/todo";
import type { Event } from "@yihao/table/event";
import { deadLetters } from "@yihao/table/stream";
import { asnState } from "@yihao/warehouse/asn-state";
import { openStates } from "@yihao/warehouse/order-rules";
import { asnKey, asnKind, asnList, listed, orderKey, orderKind, orderList, warehousesOf } from "@yihao/warehouse/store";
import { type DeadLetterView, type MonthRevenue, type Today, type Use, useDaysMost } from "./model.ts";
import { countOf, cumulative, daysBetween, lowStockOf, monthCounters, monthsBetween, revenueOf } from "./store.ts";
import { useOf } from "./use.ts";

/** How many day lists are read at the same time. */
const daysAtATime = 8;
/** How many of each list of things to do Today shows. */
const most = 20;

/** Whether whoever looks may see something; the system may. */
const sees = ({ actor }: Scope, right: Permission) => actor.kind !== "staff" || allows(actor, right);

/** Everything of the Today page for a local day, from the rooms' own day lists and a handful of counters: of bills, of what was earned and of requests only what whoever looks may see elsewhere. */
export async function readToday(scope: Scope, wanted?: Day): Promise<Today> {
  const zone = await zoneOf(scope);
  const today = dayOf(scope.now, zone);
  const day = wanted ?? today;
  const days = daysBetween(scope, `${plusMonths(monthOf(day), -1)}-01`, plusDays(day, 1));
  const [sites, counted, invoices, revenue, todo] = await Promise.all([
    sitesToday(scope, day),
    days,
    sees(scope, "billing.read") ? invoicesOf(scope, day) : undefined,
    sees(scope, "insight.figures") ? days.then((known) => earnedOf(scope, day, known)) : undefined,
    todoOf(scope, today, zone),
  ]);
  const stock = stockOfWeek(day, counted);
  return {
    ...{ day, now: scope.now, zone, sites, stock, todo },
    ...(invoices ? { invoices } : {}),
    ...(revenue ? { revenue } : {}),
  };
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
          .map((one) => ({
            id: one.id,
            code: one.code,
            name: one.name,
            kind: one.kind,
            capacity: one.capacity,
            active: one.state === "active",
            ...(one.units ? { units: one.units } : {}),
            ...(leaseOver(one, daySpan(day, zone), scope.now) ? { let: true } : {}),
          }))
          .sort((a, b) => (a.code < b.code ? -1 : 1)),
        bookings: bookings.map(({ rev: _rev, ...row }) => row),
        presence: inNow(resources, bookings, scope.now, (one) => isLetAt(one, scope.now)),
      };
    }),
  );
}

async function invoicesOf(scope: Scope, day: Day): Promise<NonNullable<Today["invoices"]>> {
  const [{ drafts, due, overdue }, paidThisMonth] = await Promise.all([
    readSummary(scope),
    paidIn(scope, monthOf(day)),
  ]);
  return {
    draft: drafts,
    due: { count: due.count, amountMinor: due.openMinor },
    overdue: { count: overdue.count, amountMinor: overdue.openMinor },
    paidThisMonth,
  };
}

async function earnedOf(
  scope: Scope,
  day: Day,
  days: Awaited<ReturnType<typeof daysBetween>>,
): Promise<NonNullable<Today["revenue"]>> {
  const month = monthOf(day);
  const before = plusMonths(month, -1);
  const [lastMonth, thisMonth] = await monthsBetween(scope, [before, month]);
  return {
    thisMonth: thisMonth ?? revenueOf(month, {}),
    lastMonth: lastMonth ?? revenueOf(before, {}),
    thisByDay: cumulative(month, days, day),
    lastByDay: cumulative(before, days, daysOfMonth(before).at(-1) ?? day),
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

async function todoOf(scope: Scope, today: Day, zone: string): Promise<Today["todo"]> {
  const owed = sees(scope, "billing.read");
  const { actor } = scope;
  const manages = actor.kind !== "staff" || actor.roles.some((role) => role === "owner" || role === "manager");
  const [overdue, disputes, lowStock, asns, orders, dead, requests, members, community] = await Promise.all([
    owed ? allRows(scope, "due", today) : [],
    owed ? disputesOf(scope) : [],
    lowStockOf(scope),
    openAsns(scope),
    listed(scope, orderList(scope, "open"), orderKind, (id) => orderKey(scope, id), { limit: most, newest: false }),
    manages ? deadLetters(scope) : { items: [] },
    sees(scope, "booking.approve") ? requestsOf(scope, { limit: most }) : { items: [] },
    membersTodo(scope, today, zone, most),
    communityTodo(scope, most),
  ]);
  return {
    overdue: overdue.slice(0, most).map(({ rev: _rev, ...row }) => row),
    disputes: disputes
      .filter(isOpenDispute)
      .slice(0, most)
      .map(({ rev: _rev, ...one }) => one),
    lowStock: lowStock.slice(0, most).map(({ rev: _rev, ...one }) => one),
    asns,
    // Also what came to a halt: goods that are missing, picked or packed ones that never leave.
    orders: orders.items
      .filter(({ state }) => openStates.includes(state))
      .map(({ id, company, state, lines, at }) => ({
        id,
        company,
        state,
        lines: lines.length,
        units: lines.reduce((sum, line) => sum + line.units, 0),
        at,
      })),
    deadLetters: dead.items.length,
    requests: requests.items.map(({ booking, code, companyName, from, askedUntil, zone }) => {
      return { booking, code, companyName, from, askedUntil, zone };
    }),
    members,
    community,
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

/**
 * How a site was used from one local day to another, both included: a query a day, about 7 units for a day of 100 bookings. Refused: `missing`; `use.days` when the days are out
 * of order or more than 92.
 */
export async function readUse(scope: Scope, wish: { site: string; from: Day; to: Day }): Promise<Outcome<Use>> {
  const { from, to } = wish;
  if (to < from || plusDays(from, useDaysMost) <= to) return refuse("use.days", { most: useDaysMost });
  const site = await siteOf(scope, wish.site, { consistent: false });
  if (!site) return refuse("missing");
  const { id, zone } = site;
  const until = plusDays(to, 1);
  const days: Day[] = [];
  for (let day = plusDays(from, -1); day < until; day = plusDays(day, 1)) days.push(day);
  const rows: BookingRow[] = [];
  for (let at = 0; at < days.length; at += daysAtATime)
    rows.push(...(await Promise.all(days.slice(at, at + daysAtATime).map((day) => agendaOf(scope, id, day)))).flat());
  const resources = await resourcesOf(scope, id);
  return accept({
    site: id,
    ...useOf({ from, until, zone, now: scope.now, resources, rows, priced: sees(scope, "insight.figures") }),
  });
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
