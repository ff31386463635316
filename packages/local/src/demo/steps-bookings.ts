import { type Booker, makeBooking } from "@yihao/booking/booking-actions";
import type { BookingQuote, NewBooking, ResourceId } from "@yihao/booking/model";
import { shownOf } from "@yihao/booking/pay";
import { bookingIdFor, resourceIdFor } from "@yihao/booking/store";
import { cancelBooking, checkIn, useAllowance } from "@yihao/booking/upkeep-actions";
import type { SpaceId } from "@yihao/kernel/ids";
import type { Outcome } from "@yihao/kernel/outcome";
import { type Actor, asSystem } from "@yihao/kernel/scope";
import { minutesOf } from "@yihao/kernel/span";
import type { Priced } from "@yihao/pricing/model";
import { priceDeskDays, priceRoom } from "@yihao/pricing/price";
import { accountOf } from "./accounts.ts";
import { type DemoCompany, studentTeams } from "./catalogue.ts";
import { chanceOf } from "./chance.ts";
import { type PlannedBooking, planBookings } from "./plan-bookings.ts";
import {
  companyId,
  contactPerson,
  done,
  mainSpace,
  personOf,
  type Stage,
  schoolSpace,
  scopeAt,
  staff,
} from "./stage.ts";
import { firstDay, mainDesks, mainRooms, rateCard, schoolDesks, schoolRooms } from "./steps-space.ts";

const codes = (all: readonly { readonly code: string }[]) => all.map(({ code }) => code);

/** Every booking of the first space, in no order. */
export function mainBookings({ frame, companies }: Stage): PlannedBooking[] {
  const share = Math.min(1, companies.length / 20);
  const what = { rooms: codes(mainRooms), desks: codes(mainDesks) };
  return planBookings(frame, what, companies.length, chanceOf(`bookings ${frame.today}`), share);
}

function schoolBookings({ frame }: Stage): PlannedBooking[] {
  const what = { rooms: codes(schoolRooms), desks: codes(schoolDesks) };
  return planBookings(frame, what, studentTeams.length, chanceOf(`school ${frame.today}`), 0.5);
}

type Act = { readonly at: string; readonly do: "make" | "cancel" | "check-in"; readonly booking: PlannedBooking };

/** What is done with some bookings, in the order of time. */
function actsOf(bookings: readonly PlannedBooking[]): Act[] {
  return bookings
    .flatMap((booking): Act[] => [
      { at: booking.madeAt, do: "make", booking },
      ...(booking.cancelledAt ? [{ at: booking.cancelledAt, do: "cancel", booking } as const] : []),
      ...(booking.checkedInAt ? [{ at: booking.checkedInAt, do: "check-in", booking } as const] : []),
    ])
    .sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
}

type Desk = {
  readonly space: SpaceId;
  readonly prefix: string;
  /** Key of the company that books. */
  readonly company: string;
  readonly booker: (second: boolean) => Booker & { readonly actor: Actor };
};

const idOf = (stage: Stage, { space, prefix }: Pick<Desk, "space" | "prefix">, { id }: PlannedBooking) =>
  bookingIdFor(firstDay(stage, space, `${prefix} book ${id}`));

function resourceOf(stage: Stage, { space, prefix }: Desk, code: string): ResourceId {
  const room = !code.includes("-");
  return resourceIdFor(firstDay(stage, space, `${prefix} ${room ? `room ${code}` : "desks"}`), code);
}

/** Books at the card's price, or at what the refusal says when an allowance pays. A slot that somebody else took meanwhile is let go. */
async function book(stage: Stage, desk: Desk, planned: PlannedBooking): Promise<void> {
  const { day, span, code, second, id, madeAt } = planned;
  const booker = desk.booker(second);
  const scope = scopeAt(stage, desk.space, `${desk.prefix} book ${id}`, madeAt, booker.actor);
  const target = { resource: resourceOf(stage, desk, code), company: companyId(stage, desk.space, desk.company) };
  const wish = span ? { ...target, ...span } : { ...target, day };
  const price = span ? priceRoom(rateCard, minutesOf(span)) : priceDeskDays(rateCard, 1);
  const attempt = (priced: Priced) => makeBooking(scope, booker, { ...wish, ...shownOf(priced) } as NewBooking);
  let made: Outcome<unknown> = await attempt(price);
  while (!made.ok && made.refusal.code === "price-changed")
    made = await attempt((made.refusal.params.quote as BookingQuote).quote);
  if (!made.ok && made.refusal.code !== "booking.taken") await done(scope, made);
}

async function act(stage: Stage, desk: Desk, { at: now, do: what, booking }: Act): Promise<void> {
  if (what === "make") return book(stage, desk, booking);
  const scope = scopeAt(
    stage,
    desk.space,
    `${desk.prefix} ${what} ${booking.id}`,
    now,
    desk.booker(booking.second).actor,
  );
  const id = idOf(stage, desk, booking);
  const outcome: Outcome<unknown> = await (what === "cancel"
    ? cancelBooking(scope, id, { rev: 1 })
    : checkIn(scope, id));
  if (!outcome.ok && outcome.refusal.code === "missing") return;
  await done(scope, outcome);
}

/** Who books for a company of the first space: of the first one its accounts, of others their contact. */
export function bookerOf(stage: Stage, index: number, company: DemoCompany, second: boolean) {
  const part = second ? "member" : "admin";
  const person = index === 0 ? personOf(stage, part) : contactPerson(stage, company.key);
  const name = index === 0 ? accountOf(part).name : company.contact;
  const role = index === 0 ? part : "admin";
  const id = companyId(stage, mainSpace(stage), company.key);
  return { person, name, actor: { kind: "company", person, company: id, role } as const };
}

/** Everything that one company of the first space does with rooms and desks. */
export async function bookForCompany(stage: Stage, all: readonly PlannedBooking[], index: number): Promise<void> {
  const company = stage.companies[index];
  if (!company) return;
  const booker = (second: boolean) => bookerOf(stage, index, company, second);
  const desk: Desk = { space: mainSpace(stage), prefix: "main", company: company.key, booker };
  for (const one of actsOf(all.filter((booking) => booking.company === index))) await act(stage, desk, one);
}

/** The few bookings of the second space. */
export async function bookForSchool(stage: Stage): Promise<void> {
  const all = schoolBookings(stage);
  const { name } = accountOf("teacher");
  const booker = () => ({ person: personOf(stage, "teacher"), name, actor: staff(stage, "teacher") });
  for (const [index, { key }] of studentTeams.entries()) {
    const desk: Desk = { space: schoolSpace(stage), prefix: "school", company: key, booker };
    for (const one of actsOf(all.filter((booking) => booking.company === index))) await act(stage, desk, one);
  }
}

/** What the timers of bookings that have started would have done: booked allowance is used. */
export async function startBookings(stage: Stage): Promise<void> {
  const now = stage.clock();
  const desk = { space: mainSpace(stage), prefix: "main" };
  for (const booking of mainBookings(stage)) {
    if (!booking.span || booking.span.from > now || !stage.companies[booking.company]?.plan) continue;
    const name = `start ${booking.id}`;
    const scope = scopeAt(stage, desk.space, name, booking.span.from, { kind: "system", name: "booking" });
    await useAllowance(asSystem(scope, desk.space, "booking"), idOf(stage, desk, booking));
  }
}
