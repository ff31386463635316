import type { LockRule } from "@yihao/identity/lockout";
import { mailing } from "@yihao/identity/mail";
import { getSpace, within } from "@yihao/identity/store";
import { countTry, forgetTries } from "@yihao/identity/tries";
import type { Day } from "@yihao/kernel/days";
import { dayOf, daySpan } from "@yihao/kernel/days";
import type { CompanyId, PersonId, SpaceId } from "@yihao/kernel/ids";
import { accept, type Outcome, Refused, refuse } from "@yihao/kernel/outcome";
import type { PlatformScope, Scope } from "@yihao/kernel/scope";
import { minutesOf } from "@yihao/kernel/span";
import { type GuestRecord, guestOf, guestPerson } from "@yihao/members/guest-actions";
import type { Company } from "@yihao/members/model";
import { senderOf } from "@yihao/members/post";
import { rateCardOf } from "@yihao/pricing/store";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import type { Stored } from "@yihao/table/kind";
import { makeBooking } from "./booking-actions.ts";
import { freshToken, hashOfToken, linkWrite, opened } from "./door-link.ts";
import { grainMinutes } from "./grains.ts";
import { cancelNow, fullSpans, guestState, isPublic, leftOf, publicView } from "./guest.ts";
import { guestCodeLetter, guestLetterWrites } from "./guest-letters.ts";
import type {
  GuestBooking,
  GuestCodeWish,
  GuestQuote,
  GuestWish,
  NewGuestBooking,
  PublicDay,
  PublicPage,
} from "./guest-model.ts";
import { codeMinutes, codeWrite, isCode } from "./guest-store.ts";
import { idleWrite, visitOfGuest } from "./guest-visit.ts";
import { leaseOver } from "./lease.ts";
import { type Booking, bookedBy, type SiteId } from "./model.ts";
import { type BookingRefusals, quoteBooking } from "./quote-actions.ts";
import { bookingOf, daySheets, madeBefore, resourceOf, resourcesOf, siteOf, sitesOf } from "./store.ts";
import { cancelBooking } from "./upkeep-actions.ts";
import { codeOf } from "./visitor.ts";

/** Codes and bookings from one address: an office or a school shares one. */
const fromAddress: LockRule = { tries: 40, withinMinutes: 60, lockMinutes: 30 };
/** Codes that one space sends to guests, so that nobody writes to the world through it. */
const fromSpace: LockRule = { tries: 600, withinMinutes: 1440, lockMinutes: 60 };
/** Codes to one e-mail. */
const toEmail: LockRule = { tries: 6, withinMinutes: 60, lockMinutes: 60 };
/** Codes tried for one e-mail. */
const codeTries: LockRule = { tries: 10, withinMinutes: 60, lockMinutes: 60 };
/** Places that one e-mail takes and may leave unpaid: nobody holds a whole day for nothing. */
const holds: LockRule = { tries: 12, withinMinutes: 60, lockMinutes: 60 };

const uncounted = { id: "auto:guest", print: "" };

async function counted(
  platform: PlatformScope,
  rules: readonly (readonly [LockRule, string, string])[],
): Promise<Outcome<null, "guest.too-many">> {
  try {
    for (const [rule, what, who] of rules) await countTry({ ...platform, command: uncounted }, rule, what, who);
    return accept(null);
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === "auth.locked")
      return refuse("guest.too-many", { minutes: error.refusal.params.minutes });
    throw error;
  }
}

/** A guest acts as the one person of their own record: what a company may not see they do not see either. */
export const actingAs = (scope: Scope, company: CompanyId): Scope => ({
  ...scope,
  actor: { kind: "company", company, person: guestPerson(company), role: "member" },
});

/** Somebody who only looks and asks. */
export const nobody: Stored<Company> = {
  ...{ id: "cmp_nobody", kind: "guest", name: "", state: "active", since: "2000-01-01", rev: 0 },
};

/** What the public may book of a space and where (对外预订页); a space that opens nothing to it answers as one that is not there. */
export async function readPublicPage(platform: PlatformScope, space: SpaceId): Promise<Outcome<PublicPage, "missing">> {
  const scope = within(platform, space);
  const [found, sites, card] = await Promise.all([getSpace(scope), sitesOf(scope), rateCardOf(scope)]);
  if (!found || !card) return refuse("missing");
  const all = (await Promise.all(sites.map((site) => resourcesOf(scope, site.id)))).flat().filter(isPublic);
  if (all.length === 0) return refuse("missing");
  const open = new Set(all.map(({ site }) => site));
  return accept({
    ...{ space: found.name, language: found.language },
    sites: sites
      .filter(({ id }) => open.has(id))
      .map(({ id, name, city, address = "", zone }) => ({ id, name, city, address, zone })),
    resources: all
      .map((resource) => publicView(resource, card, dayOf(scope.now, resource.calendar.zone)))
      .sort((a, b) => a.code.localeCompare(b.code, "en", { numeric: true })),
  });
}

/** When nothing is left of what the public may book at a site on a local day, and no more than that. */
export async function publicDay(
  platform: PlatformScope,
  space: SpaceId,
  site: SiteId,
  day: Day,
): Promise<Outcome<PublicDay, "missing">> {
  const scope = within(platform, space);
  const [resources, sheets] = await Promise.all([resourcesOf(scope, site), daySheets(scope, site, day)]);
  const open = resources.filter(isPublic);
  if (open.length === 0) return refuse("missing");
  const shown = open.map((resource) => {
    const entries = sheets.get(resource.id) ?? [];
    const { units = 1, calendar } = resource;
    const span = daySpan(day, calendar.zone);
    if (leaseOver(resource, span, scope.now))
      return [resource.id, { busy: [[0, minutesOf(span) / grainMinutes]], left: 0 }];
    const left = bookedBy(resource) === "day" ? { left: leftOf(entries, units) } : {};
    return [resource.id, { busy: fullSpans(entries, units), ...left }];
  });
  return accept({ day, resources: Object.fromEntries(shown) });
}

/** Whether what a guest wishes is open to the public. */
export async function mayHave(scope: Scope, { resource }: Pick<GuestWish, "resource">): Promise<boolean> {
  const found = await resourceOf(scope, resource, { consistent: false });
  return found !== undefined && isPublic(found);
}

/** What a guest would pay, tax included, kept for ten minutes; `missing` for what is not open to the public, else refused as a booking would be. */
export async function quoteGuest(
  platform: PlatformScope,
  space: SpaceId,
  wish: GuestWish,
): Promise<Outcome<GuestQuote, BookingRefusals>> {
  const scope = actingAs(within(platform, space), nobody.id);
  if (!(await mayHave(scope, wish))) return refuse("missing");
  const quoted = await quoteBooking(scope, wish, undefined, nobody);
  if (!quoted.ok) return quoted;
  const { resource, from, until, day, quote, approval } = quoted.value;
  return accept({
    ...{ resource, from, until, day, totalMinor: quote.totalMinor, taxMinor: quote.taxMinor, validUntil: quote.until },
    ...(approval ? { askedUntil: approval.until } : {}),
  });
}

/** Sends the code by which a guest shows that an e-mail is theirs. What fills the field that people do not see is answered alike, and nothing is sent. */
export async function askGuestCode(
  platform: PlatformScope,
  space: SpaceId,
  address: string,
  { email, language, website }: GuestCodeWish,
): Promise<Outcome<{ minutes: number }, "missing" | "guest.too-many">> {
  const page = await readPublicPage(platform, space);
  if (!page.ok) return page;
  const may = await counted(platform, [
    [fromAddress, "guest-code", `${space} ${address}`],
    [fromSpace, "guest-space", space],
    [toEmail, "guest-email", `${space} ${email}`],
  ]);
  if (!may.ok) return may;
  if (website) return accept({ minutes: codeMinutes });
  const scope = within({ ...platform, command: uncounted }, space);
  const code = String(crypto.getRandomValues(new Uint32Array(1))[0] ?? 0)
    .padStart(10, "0")
    .slice(-6);
  const letter = guestCodeLetter(email, { ...(await senderOf(scope)), language }, code, codeMinutes);
  await commit(scope, [codeWrite(scope, email, code), mailing(scope, letter)], { answer: null });
  return accept({ minutes: codeMinutes });
}

type MadeGuest = { readonly booking: Booking["id"]; readonly token: string; readonly state: GuestBooking["state"] };

/**
 * Books for a guest whose e-mail is proved by its code: held for a quarter of an hour while they pay, a request where staff approve first, booked at once where it costs nothing. The secret of its address is told
 * in this answer. Refuses `missing`, `guest.code`, `guest.too-many` and what booking refuses.
 */
export async function bookAsGuest(
  platform: PlatformScope,
  space: SpaceId,
  address: string,
  wish: NewGuestBooking,
): Promise<Outcome<MadeGuest, BookingRefusals>> {
  const before = await madeBefore(within(platform, space));
  if (before) return accept(await addressed(within(platform, space), before));
  const proven = await provenGuest(platform, space, address, wish);
  if (!proven.ok) return proven;
  const { scope, record, place, guest } = proven.value;
  const made = await makeGuestBooking(scope, record, place, guest);
  if (!made.ok) return made;
  const { booking, token, state } = made.value;
  return accept({ booking, token, state });
}

type ProvenGuest = {
  /** A scope of the guest. */
  readonly scope: Scope;
  readonly record: GuestRecord;
  readonly place: Parameters<typeof makeBooking>[2];
  readonly guest: NonNullable<Booking["guest"]> & { readonly email: string };
};

/** The record of a guest whose e-mail is proved by its code, with what they wish. Refuses `missing`, `guest.code` and `guest.too-many`. */
export async function provenGuest(
  platform: PlatformScope,
  space: SpaceId,
  address: string,
  wish: NewGuestBooking,
): Promise<Outcome<ProvenGuest, BookingRefusals>> {
  const scope = within(platform, space);
  const { name, email, phone, code, language, consent: _, website, expectMinor, ...place } = wish;
  if (!(await mayHave(scope, place))) return refuse("missing");
  const may = await counted(platform, [
    [fromAddress, "guest-book", `${space} ${address}`],
    [codeTries, "guest-try", `${space} ${email}`],
  ]);
  if (!may.ok) return may;
  if (website || !(await isCode(scope, email, code))) return refuse("guest.code");
  await forgetTries({ ...platform, command: uncounted }, "guest-try", `${space} ${email}`);
  const few = await counted(platform, [[holds, "guest-hold", `${space} ${email}`]]);
  if (!few.ok) return few;
  const found = await guestOf(scope, { name, email, phone });
  if (!found.ok) return found;
  const record = found.value;
  await commit({ ...scope, command: uncounted }, [idleWrite(scope, record.company)], { answer: null });
  const guest = { email: email.toLowerCase(), phone, language, consentAt: scope.now };
  return accept({ scope: actingAs(scope, record.company), record, place: { ...place, expectMinor, language }, guest });
}

/** Makes a guest's booking and an address for it. The same command again gets the booking that it made, under a new address. */
export async function makeGuestBooking(
  scope: Scope,
  { person, name }: Pick<GuestRecord, "person" | "name">,
  wish: Parameters<typeof makeBooking>[2],
  guest: NonNullable<Booking["guest"]>,
): Promise<Outcome<MadeGuest & { readonly made: Stored<Booking> }, BookingRefusals>> {
  const made = await makeBooking(scope, { person: person as PersonId, name, guest }, wish);
  if (!made.ok) return made;
  const booking = made.value;
  if (booking.asked) {
    const letter = await guestLetterWrites(scope, "asked", booking);
    if (letter.length > 0) await commit(stepOf(scope, "asked"), letter, { answer: null });
  }
  return accept({ ...(await addressed(scope, booking)), made: booking });
}

/** Another address for a booking: of each only the hash is kept. */
async function addressed(scope: Scope, booking: Stored<Booking>): Promise<MadeGuest> {
  const token = freshToken();
  const link = linkWrite(scope, hashOfToken(token), { what: "guest", of: booking.id });
  await commit({ ...scope, command: uncounted }, [link], { answer: null });
  return { booking: booking.id, token, state: guestState(booking, scope.now) };
}

/** How often a guest's booking may have been moved for its first address to find it still. */
const movesMost = 50;

/** The booking under a secret address, as it was moved since, with a scope of its guest; `missing` for any other, and once its guest's data are erased. */
export async function openGuestBooking(
  platform: PlatformScope,
  token: string,
): Promise<Outcome<{ readonly scope: Scope; readonly booking: Stored<Booking> }, "missing">> {
  const found = await opened(platform, "guest", token);
  let booking = found && (await bookingOf(found.scope, found.link.of, { consistent: true }));
  for (let steps = 0; found && booking?.movedTo && steps < movesMost; steps += 1)
    booking = (await bookingOf(found.scope, booking.movedTo, { consistent: true })) ?? booking;
  if (!found || !booking?.guest || booking.personName === "—") return refuse("missing");
  return accept({ scope: actingAs(found.scope, booking.company), booking });
}

/** What a guest sees of a booking. */
export async function shownToGuest(scope: Scope, booking: Stored<Booking>): Promise<GuestBooking> {
  const [space, site] = await Promise.all([getSpace(scope), siteOf(scope, booking.site, { consistent: false })]);
  const { zone, code, resourceName, kind, day, from, until, guest, personName, price, rev } = booking;
  const cancel = cancelNow(booking, scope.now);
  const state = guestState(booking, scope.now);
  return {
    ...{ space: space?.name ?? "", spaceId: scope.space, language: guest?.language ?? "zh-CN" },
    ...{ site: site?.name ?? "", city: site?.city ?? "", address: site?.address ?? "" },
    ...{ zone, code, resourceName, kind, by: bookedBy(booking), day, from, until, state, name: personName },
    ...{ totalMinor: price.totalMinor, taxMinor: price.taxMinor, paid: guest?.paidBy !== undefined },
    ...(state === "held" && booking.hold ? { holdUntil: booking.hold.until } : {}),
    ...(state === "asked" && booking.asked ? { askedUntil: booking.asked.until } : {}),
    ...(booking.answered?.reason ? { reason: booking.answered.reason } : {}),
    ...(booking.checkedInAt ? { checkedInAt: booking.checkedInAt } : {}),
    ...(cancel ? { cancel } : {}),
    ...{ resource: booking.resource, siteId: booking.site, movable: state === "booked" && cancel !== undefined },
    ...(guest?.refundMinor !== undefined ? { refundMinor: guest.refundMinor } : {}),
    ...{ visit: codeOf(visitOfGuest(booking)), rev },
  };
}

/** What a guest sees of their booking under its address. */
export async function seeGuestBooking(
  platform: PlatformScope,
  token: string,
): Promise<Outcome<GuestBooking, "missing">> {
  const found = await openGuestBooking(platform, token);
  return found.ok ? accept(await shownToGuest(found.value.scope, found.value.booking)) : found;
}

/** Cancels a guest's booking by its terms, at the revision that was read. What was paid and is not kept goes back the way it came. */
export async function cancelAsGuest(
  platform: PlatformScope,
  token: string,
  rev: number,
): Promise<Outcome<GuestBooking, BookingRefusals>> {
  const found = await openGuestBooking(platform, token);
  if (!found.ok) return found;
  const { scope, booking } = found.value;
  const ended = await cancelBooking(scope, booking.id, { rev });
  if (!ended.ok) return ended;
  const now = await bookingOf(scope, booking.id, { consistent: true });
  return accept(await shownToGuest(scope, now ?? ended.value));
}
