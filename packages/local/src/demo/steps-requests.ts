import { makeBooking } from "@yihao/booking/booking-actions";
import { codeWrite } from "@yihao/booking/guest-store";
import { quoteGuestWait, waitAsGuest } from "@yihao/booking/guest-wait";
import { type Booking, type BookingQuote, type NewBooking, usualRules } from "@yihao/booking/model";
import { releaseNoShow } from "@yihao/booking/no-show-actions";
import { shownOf } from "@yihao/booking/pay";
import { answerRequest } from "@yihao/booking/request-actions";
import type { AnswerRequest } from "@yihao/booking/request-model";
import { addResources } from "@yihao/booking/resource-actions";
import { floorIdFor, resourceIdFor, siteIdFor } from "@yihao/booking/store";
import { joinWait, quoteWait } from "@yihao/booking/wait-actions";
import { type Day, plusDays } from "@yihao/kernel/days";
import type { Actor } from "@yihao/kernel/scope";
import { plusMinutes } from "@yihao/kernel/span";
import { commit } from "@yihao/table/commit";
import { accountOf } from "./accounts.ts";
import { at, openDays } from "./plan-days.ts";
import { companyId, done, mainSpace, personOf, platformAt, type Stage, scopeAt, staff } from "./stage.ts";
import { bookerOf } from "./steps-bookings.ts";
import { firstDay } from "./steps-space.ts";

const code = "R4";
const hour = 60;

/** Somebody's wish for the studio, or another room: which company of the demo, when, and how many minutes before the demo's now it was said. */
type Wish = {
  readonly company: number;
  readonly day: Day;
  readonly from: string;
  readonly until: string;
  readonly room?: string;
};
type Asked = Wish & { readonly name: string; readonly before: number };

const roomOf = (stage: Stage, room: string) =>
  resourceIdFor(firstDay(stage, mainSpace(stage), `main room ${room}`), room);

function targetOf(stage: Stage, { company, day, from, until, room = code }: Wish) {
  const key = stage.companies[company]?.key ?? "";
  const span = { from: at(day, from), until: at(day, until) };
  return { resource: roomOf(stage, room), company: companyId(stage, mainSpace(stage), key), ...span };
}

/** Books the studio at the price that the refusal says, as whoever asks or, for a company, as staff. */
async function ask(stage: Stage, asked: Asked, as?: Actor): Promise<Booking | undefined> {
  const company = stage.companies[asked.company];
  if (!company) return undefined;
  const booker = as
    ? { person: personOf(stage, "owner"), name: accountOf("owner").name, actor: as }
    : bookerOf(stage, asked.company, company, false);
  const now = plusMinutes(stage.frame.now, -asked.before);
  const scope = scopeAt(stage, mainSpace(stage), `request ${asked.name}`, now, booker.actor);
  const target = targetOf(stage, asked);
  const attempt = (price: Parameters<typeof shownOf>[0]) =>
    makeBooking(scope, booker, { ...target, ...shownOf(price) } as NewBooking);
  let price: Parameters<typeof shownOf>[0] = { totalMinor: 0, allowanceMinutes: 0 };
  for (;;) {
    const made = await attempt(price);
    if (made.ok || made.refusal.code !== "price-changed") return done(scope, made);
    price = (made.refusal.params.quote as BookingQuote).quote;
  }
}

async function answer(stage: Stage, asked: Asked, wish: AnswerRequest): Promise<void> {
  const booking = await ask(stage, asked);
  if (!booking) return;
  const now = plusMinutes(stage.frame.now, hour - asked.before);
  const scope = scopeAt(stage, mainSpace(stage), `answer ${asked.name}`, now, staff(stage, "owner"));
  await done(scope, await answerRequest(scope, booking.id, wish));
}

async function wait(stage: Stage, wish: Wish): Promise<void> {
  const company = stage.companies[wish.company];
  if (!company) return;
  const booker = bookerOf(stage, wish.company, company, false);
  const now = plusMinutes(stage.frame.now, -3 * hour);
  const scope = scopeAt(stage, mainSpace(stage), "wait for the studio", now, booker.actor);
  const target = targetOf(stage, wish);
  // What its plan still pays of may be booked elsewhere between the quote and the wish.
  for (;;) {
    const { quote } = await done(scope, await quoteWait(scope, target));
    const joined = await joinWait(scope, booker, { ...target, ...shownOf(quote), book: true });
    if (joined.ok || joined.refusal.code !== "price-changed") return void (await done(scope, joined));
  }
}

/** A guest (散客) who waits for the hall, which is open to the public, while a company has it: in two weeks, past all that is planned. */
async function guestWaits(stage: Stage): Promise<void> {
  const { today } = stage.frame;
  const space = mainSpace(stage);
  const [day = today] = openDays(plusDays(today, 14), plusDays(today, 16));
  const wish = { company: 1, day, from: "14:00", until: "17:00", room: "R3" };
  if (!(await ask(stage, { ...wish, name: "of the hall", before: 4 * hour }))) return;
  const platform = platformAt(stage, "guest waits for the hall", plusMinutes(stage.frame.now, -2 * hour));
  const { company: _, ...place } = targetOf(stage, wish);
  const { totalMinor } = await done(platform, await quoteGuestWait(platform, space, place));
  const email = "shen.qiao@yihao.example";
  const mailed = "204817";
  const inside = scopeAt(stage, space, "code of the guest", platform.now, { kind: "system", name: "booking" });
  await commit(inside, [codeWrite(inside, email, mailed)], { answer: null });
  const who = { name: "沈桥", email, phone: "139 5610 7742", code: mailed, language: "zh-CN", consent: true } as const;
  await done(platform, await waitAsGuest(platform, space, "demo", { ...place, ...who, expectMinor: totalMinor }));
}

/** Somebody for whom staff booked the studio and who did not come: released a quarter of an hour later, as its timer does. */
async function miss(stage: Stage, wish: Wish): Promise<void> {
  const before = Math.round((Date.parse(stage.frame.now) - Date.parse(at(wish.day, "08:40"))) / 60_000);
  const made = await ask(stage, { ...wish, name: "of who did not come", before }, staff(stage, "owner"));
  if (!made) return;
  const due = plusMinutes(made.from, 15);
  const system = { kind: "system", name: "booking" } as const;
  await releaseNoShow(scopeAt(stage, mainSpace(stage), "who did not come", due, system), made.id);
}

/**
 * The studio (直播间), which staff approve first: two requests that wait, one approved for whose time somebody else waits (候补), one declined with its reason, and one booking to which nobody came. And a guest who waits for the hall. All by the
 * actions that people use.
 */
export async function addRequests(stage: Stage): Promise<void> {
  const { first, today } = stage.frame;
  const space = mainSpace(stage);
  const room = firstDay(stage, space, `main room ${code}`);
  const site = siteIdFor(firstDay(stage, space, "main site"));
  const floor = floorIdFor(firstDay(stage, space, "main floor"));
  const rules = {
    ...usualRules.room,
    approval: { of: "all", waitHours: 72 } as const,
    noShowMinutes: 15,
    cancellation: { freeHours: 2, percent: 50 },
  };
  const items = [{ code, name: "直播间", place: { x: 200, y: 160 } }];
  await done(room, await addResources(room, { site, floor, ...rules, kind: "room", capacity: 3, items }));
  const [soon = today, next = today, after = today] = openDays(plusDays(today, 1), plusDays(today, 9));
  const past = openDays(first, plusDays(today, -1)).at(-1);
  if (past) await miss(stage, { company: 1, day: past, from: "14:00", until: "16:00" });
  const maintained = "这一段要做设备保养，下午两点以后可以。";
  const declined = { name: "declined", company: 0, day: next, from: "10:00", until: "11:00", before: 6 * hour };
  await answer(stage, declined, { as: "declined", reason: maintained });
  const taken = { company: 1, day: soon, from: "14:00", until: "16:00" };
  await answer(stage, { ...taken, name: "approved", before: 5 * hour }, { as: "approved" });
  await wait(stage, { ...taken, company: 2 });
  await ask(stage, { name: "first", company: 0, day: next, from: "14:00", until: "16:30", before: 2 * hour });
  await ask(stage, { name: "second", company: 3, day: after, from: "19:00", until: "20:30", before: hour });
  await guestWaits(stage);
}
