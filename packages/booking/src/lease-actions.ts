import { type Day, dayOf, daysOf, plusDays } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { CommonRefusal } from "@yihao/kernel/refusals";
import type { Scope } from "@yihao/kernel/scope";
import { companyOf } from "@yihao/members/store";
import { idFor } from "@yihao/table/command";
import { commit, recall } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { replace } from "@yihao/table/write";
import { decideLease, holds, onDay } from "./lease.ts";
import type { Booking, BookingRefusal, Lease, Resource, ResourceLet } from "./model.ts";
import type { NewLease } from "./rules-model.ts";
import { bookingsOf, resourceKey, resourceKind, resourceOf, sheetsOf } from "./store.ts";

type Refusals = BookingRefusal | CommonRefusal;
type Let = Promise<Outcome<Lease, Refusals>>;
const triesMost = 20;
/** No booking lies further ahead: the widest horizon there is, and the days that it may last. */
const furthestDays = 403;
/** How many of the bookings in the way a refusal names. */
const namesMost = 10;

/**
 * Lets a resource to a company for months (长租): a claim is put on its item, then its sheets of the days to come are searched, then the claim becomes a fence. A
 * booking made meanwhile is either found by the search or has lost to the claim, because bookings of what may be let prove its revision. Costs 6 write units and a receipt, and a
 * read unit for each day that can be booked, whatever the length. Refuses what the rule refuses, and `lease.booked` with the bookings in the way, which leaves nothing behind.
 */
export async function letResource(scope: Scope, id: string, wish: NewLease & { agreement?: string }): Let {
  const before = await recall(scope);
  if (before) return accept(before.answer as Lease);
  const company = await companyOf(scope, wish.company);
  if (!company) return refuse("missing");
  if (company.state === "left") return refuse("booking.left");
  const lease: Lease = {
    ...wish,
    id: idFor(scope, "lse").slice(0, 14) as Lease["id"],
    companyName: company.name,
    state: "claimed",
    at: scope.now,
  };
  const claimed = await claim(scope, id, lease);
  if (!claimed.ok) return claimed;
  const inWay = await standing(scope, claimed.value, lease);
  if (inWay.length === 0) return hold(scope, id, lease);
  await giveUp(scope, id, lease.id);
  const bookings = inWay
    .slice(0, namesMost)
    .map(({ id: booking, day, companyName }) => ({ booking, day, companyName }));
  return refuse("lease.booked", { code: claimed.value.code, count: inWay.length, first: inWay[0]?.day, bookings });
}

/** The same scope for steps that are found again by the lease's id and need no receipt. */
const quiet = (scope: Scope): Scope => ({ ...scope, command: { id: `auto:${scope.command.id}`, print: "" } });

async function claim(scope: Scope, id: string, lease: Lease): Promise<Outcome<Stored<Resource>, Refusals>> {
  for (let attempt = 0; attempt < triesMost; attempt += 1) {
    const found = await resourceOf(scope, id, { consistent: true });
    if (!found) return refuse("missing");
    const { rev, ...resource } = found;
    const others = { ...resource, leases: (resource.leases ?? []).filter((one) => one.id !== lease.id) };
    const decided = decideLease(others, lease, dayOf(scope.now, resource.calendar.zone), scope.now);
    if (!decided.ok) return decided;
    const next: Resource = { ...resource, leases: [...decided.value, lease] };
    const done = await commit(quiet(scope), [replace(resourceKey(scope, id), resourceKind, next, rev)], {
      answer: null,
    });
    if (done.done) return accept({ ...next, rev: rev + 1 });
  }
  return refuse("busy");
}

/** The bookings to come that stand on the days of a lease. What is on a sheet and is no booking yet stands too. */
async function standing(scope: Scope, resource: Resource, lease: Lease) {
  const { zone } = resource.calendar;
  const today = dayOf(scope.now, zone);
  const ahead = Array.from({ length: furthestDays }, (_, index) => plusDays(today, index));
  const days = ahead.filter((day) => onDay(lease, day));
  const sheets = await sheetsOf(scope, resource, days);
  const ids = [...new Set(sheets.flatMap(({ entries }) => entries.map(({ booking }) => booking)))];
  const bookings = await bookingsOf(scope, ids);
  type Standing = Pick<Booking, "id" | "day" | "companyName">;
  return ids.flatMap((id, index): Standing[] => {
    const booking = bookings[index];
    if (!booking) return [{ id, day: lease.from, companyName: "" }];
    const touches = daysOf(booking, zone).some((day) => onDay(lease, day));
    return booking.state !== "cancelled" && booking.until > scope.now && touches ? [booking] : [];
  });
}

/** Makes the claim a fence, with the event that tells of it. */
async function hold(scope: Scope, id: string, lease: Lease): Let {
  for (let attempt = 0; attempt < triesMost; attempt += 1) {
    const found = await resourceOf(scope, id, { consistent: true });
    if (!found) return refuse("missing");
    const { rev, ...resource } = found;
    const mine = resource.leases?.find((one) => one.id === lease.id);
    if (!mine || !holds(mine, scope.now)) return refuse("busy");
    const held: Lease = { ...mine, state: "held" };
    const leases = resource.leases?.map((one) => (one.id === held.id ? held : one)) ?? [];
    const done = await commit(
      scope,
      [
        replace(resourceKey(scope, id), resourceKind, { ...resource, leases }, rev),
        happened(scope, "resource.let", held.company, letFacts(resource, held)),
      ],
      { answer: held },
    );
    if (done.done) return accept(done.answer);
  }
  return refuse("busy");
}

const letFacts = ({ id, code, name, kind, site }: Resource, lease: Lease): ResourceLet => {
  const { company, from, until, document } = lease;
  return {
    ...{ lease: lease.id, resource: id, code, resourceName: name, kind, site, company, from },
    ...(until ? { until } : {}),
    ...(document ? { document } : {}),
  };
};

async function giveUp(scope: Scope, id: string, lease: string): Promise<void> {
  for (let attempt = 0; attempt < triesMost; attempt += 1) {
    const found = await resourceOf(scope, id, { consistent: true });
    if (!found?.leases?.some((one) => one.id === lease)) return;
    const { rev, ...resource } = found;
    const leases = found.leases.filter((one) => one.id !== lease);
    const key = resourceKey(scope, id);
    if ((await commit(quiet(scope), [replace(key, resourceKind, { ...resource, leases }, rev)], { answer: null })).done)
      return;
  }
}

/**
 * Ends a lease (退租): `until` is the first local day without it, and one that would end before it begins is gone. Its days can be booked at once. Refuses `missing`, and `lease.days` for
 * an end that is later than the one there is.
 */
export async function endLease(scope: Scope, id: string, lease: string, until: Day): Let {
  const before = await recall(scope);
  if (before) return accept(before.answer as Lease);
  for (let attempt = 0; attempt < triesMost; attempt += 1) {
    const found = await resourceOf(scope, id, { consistent: true });
    const mine = found?.leases?.find((one) => one.id === lease && one.state === "held");
    if (!found || !mine) return refuse("missing");
    if (mine.until !== undefined && until > mine.until) return refuse("lease.days", { from: mine.from, until });
    const { rev, ...resource } = found;
    const ended: Lease = { ...mine, until };
    const others = (resource.leases ?? []).filter((one) => one.id !== lease);
    const leases = until <= mine.from ? others : [...others, ended];
    const done = await commit(
      scope,
      [
        replace(resourceKey(scope, id), resourceKind, { ...resource, leases }, rev),
        happened(scope, "resource.let-ended", mine.company, letFacts(resource, ended)),
      ],
      { answer: ended },
    );
    if (done.done) return accept(done.answer);
  }
  return refuse("busy");
}
