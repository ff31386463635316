import { feePercent, returnOf } from "@yihao/booking/cancellation";
import type { BookingCancelled, BookingRow } from "@yihao/booking/model";
import { noShowReturn } from "@yihao/booking/no-show";
import { paidBy } from "@yihao/booking/price";
import { agendaOf, bookingOf, resourceOf, sitesOf } from "@yihao/booking/store";
import { daysOfMonth, type Month } from "@yihao/kernel/days";
import { Refused } from "@yihao/kernel/outcome";
import type { Page } from "@yihao/kernel/paging";
import type { Scope } from "@yihao/kernel/scope";
import { instant, millis } from "@yihao/kernel/span";
import type { Company } from "@yihao/members/model";
import { companyDetails, companyOf, subscriptionsOf } from "@yihao/members/store";
import { runsOn } from "@yihao/members/subscription";
import type { Subscription } from "@yihao/members/subscription-model";
import { agreedOn } from "@yihao/pricing/agreed";
import { timeline } from "@yihao/table/event";
import { touches } from "./plan-charge.ts";
import type { UsedBooking, UsedPlan } from "./simulation-model.ts";
import { chargedPlanMonths } from "./store.ts";

type Asked = { readonly cursor?: string | undefined; readonly limit?: number | undefined };

/** How many day lists are read at the same time, and how many for one page at most. */
const listsAtOnce = 4;
const listsMost = 62;

/**
 * The bookings of a month that were charged, day list by day list, with what their prices hang on. A page is whole day lists: as many as it takes for `limit` bookings, 62 at most, so that it reads a month and never what
 * was booked before. A day list is a query; each company, and each booking that was cancelled when its terms keep something, is read once a page more.
 */
export async function readBookingUse(scope: Scope, month: Month, { cursor, limit = 200 }: Asked) {
  const lists = (await sitesOf(scope)).flatMap(({ id }) => daysOfMonth(month).map((day) => ({ site: id, day })));
  const nameOf = ({ site, day }: (typeof lists)[number]) => `${site}.${day}`;
  const start = cursor === undefined ? 0 : lists.findIndex((one) => nameOf(one) === cursor);
  if (start < 0) throw new Refused("cursor.invalid");
  const rows: BookingRow[] = [];
  let at = start;
  for (; at < Math.min(lists.length, start + listsMost) && rows.length < limit; at += listsAtOnce) {
    const part = lists.slice(at, at + listsAtOnce);
    rows.push(...(await Promise.all(part.map(({ site, day }) => agendaOf(scope, site, day)))).flat());
  }
  const next = lists[at];
  const page: Page<UsedBooking> = { items: await usedOf(scope, month, rows), next: next ? nameOf(next) : null };
  return page;
}

/** Whether a booking of a day list was ever charged, and not given back whole because it was moved. */
const wasCharged = ({ state, movedTo, answered }: BookingRow) =>
  state === "booked" || (state === "cancelled" && !movedTo && (!answered || answered.as === "approved"));

async function usedOf(scope: Scope, month: Month, rows: readonly BookingRow[]): Promise<UsedBooking[]> {
  const charged = rows.filter(wasCharged);
  const read = async <One>(ids: readonly string[], one: (id: string) => Promise<One>) =>
    new Map(await Promise.all([...new Set(ids)].map(async (id) => [id, await one(id)] as const)));
  const [companies, resources, kept] = await Promise.all([
    read(
      charged.map(({ company }) => company),
      (id) => payerFacts(scope, id as Company["id"], month),
    ),
    read(
      charged.flatMap(({ guest, resource }) => (guest ? [resource] : [])),
      (id) => resourceOf(scope, id),
    ),
    Promise.all(charged.map((row) => keptOf(scope, row))),
  ]);
  return charged.flatMap((row, at) => {
    const left = kept[at];
    if (!left) return [];
    const payer = companies.get(row.company);
    const agreed = agreedOn(payer?.prices, row.kind, row.day);
    const publicMinor = row.guest ? resources.get(row.resource)?.public?.priceMinor : undefined;
    const { id, resource, code, resourceName, kind, by, site, zone, day, from, until, company, companyName } = row;
    const units = paidBy(row);
    return {
      ...{ id, resource, code, resourceName, kind, site, zone, day, from, until, company, companyName },
      ...(by ? { by } : {}),
      ...(row.guest ? { guest: true } : {}),
      ...(agreed ? { agreed: { name: agreed.name, price: agreed.price } } : {}),
      ...(publicMinor === undefined ? {} : { publicMinor }),
      ...{ member: payer?.plans.some((one) => runsOn(one, day)) ?? false },
      ...{ planUnits: units.plan, packUnits: units.packs, totalMinor: row.totalMinor, ...left },
    };
  });
}

type PayerFacts = { readonly prices: Company["prices"]; readonly plans: readonly Subscription[] };

async function payerFacts(scope: Scope, id: Company["id"], month: Month): Promise<PayerFacts | undefined> {
  const company = await companyOf(scope, id, { consistent: false });
  if (!company) return undefined;
  const plans = company.kind === "guest" ? [] : await plansIn(scope, company, month);
  return { prices: company.prices, plans };
}

/** The subscriptions of a company that touch a month; one query more where the one that it has now had not begun by the month's first day. */
async function plansIn(scope: Scope, company: Company, month: Month): Promise<Subscription[]> {
  const { subscription, next } = company;
  const whole = subscription !== undefined && subscription.from <= `${month}-01`;
  const all = whole ? [subscription, next].filter((one) => one !== undefined) : await subscriptionsOf(scope, company);
  return all.filter((one) => touches(one, month));
}

type Kept = Pick<UsedBooking, "chargedMinor" | "keptPercent">;

/** What of a booking's price stayed charged; undefined where all of it went back. */
async function keptOf(scope: Scope, row: BookingRow): Promise<Kept | undefined> {
  if (row.state === "booked") return { chargedMinor: row.totalMinor };
  const { cancellation } = row;
  if (row.noShowAt) {
    const { feeMinor } = noShowReturn({ price: row, cancellation });
    return { chargedMinor: feeMinor, keptPercent: cancellation?.percent ?? 100 };
  }
  if (!cancellation || cancellation.percent === 0) return undefined;
  const booking = await bookingOf(scope, row.id, { consistent: true });
  const ended = booking?.cancelledAt;
  if (!booking || !ended) return undefined;
  const percent = feePercent(booking, ended);
  const { items } = await timeline(scope, booking.company, {
    ...{ from: ended, until: instant(millis(ended) + 1), limit: 200, consistent: true },
  });
  const told = items
    .filter(({ type }) => type === "booking.cancelled")
    .map(({ data }) => data as BookingCancelled)
    .find((one) => one.booking === row.id);
  const byTerms = returnOf(booking.price, percent);
  if (!told) return percent > 0 ? { chargedMinor: byTerms.feeMinor, keptPercent: percent } : undefined;
  const asTermsSay = told.feeMinor === byTerms.feeMinor && told.allowanceMinutes === byTerms.allowanceMinutes;
  if (told.waived || percent === 0 || !asTermsSay) return undefined;
  return { chargedMinor: told.feeMinor, keptPercent: percent };
}

/** A page of the plans that companies had in a month and of what of them was charged. A page reads that many companies, and a query each for those that had a plan. */
export async function readPlanUse(scope: Scope, month: Month, page: Asked): Promise<Page<UsedPlan>> {
  const { items, next } = await companyDetails(scope, page);
  const used = await Promise.all(
    items.map(async (company): Promise<UsedPlan[]> => {
      const plans = await plansIn(scope, company, month);
      if (plans.length === 0) return [];
      const charged = await chargedPlanMonths(scope, company.id, "sub_", month);
      const chargedMinor = charged.filter((one) => one.month === month).reduce((sum, one) => sum + one.chargedMinor, 0);
      const subscriptions = plans.map(({ id, plan, from, until, snapshot, amendments, pauses }) => ({
        ...{ id, plan, from, snapshot },
        ...(until ? { until } : {}),
        ...(amendments ? { amendments } : {}),
        ...(pauses ? { pauses } : {}),
      }));
      return [{ company: company.id, companyName: company.name, subscriptions, chargedMinor }];
    }),
  );
  return { items: used.flat(), next };
}
