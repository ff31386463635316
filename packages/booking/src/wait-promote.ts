import { mailing } from "@yihao/identity/mail";
import { membershipOf } from "@yihao/identity/store";
import { newId } from "@yihao/kernel/ids";
import type { Actor, Scope } from "@yihao/kernel/scope";
import { plusMinutes, type Span } from "@yihao/kernel/span";
import { senderOf } from "@yihao/members/post";
import { companyOf } from "@yihao/members/store";
import { commit } from "@yihao/table/commit";
import type { Stored } from "@yihao/table/kind";
import type { Write } from "@yihao/table/write";
import { askedUntil } from "./approval.ts";
import { makeBooking } from "./booking-actions.ts";
import { keptOf } from "./decide.ts";
import { clash, onDays } from "./grains.ts";
import { guestLetterWrites } from "./guest-letters.ts";
import { holdUntil, waitedHoldMinutes } from "./hold.ts";
import type { Resource } from "./model.ts";
import { shownOf } from "./pay.ts";
import { basisOf, quoteFor } from "./quote-actions.ts";
import { bookingIdFor, resourceOf, sheetKey, sheetOf } from "./store.ts";
import { wishOf } from "./wait-actions.ts";
import { waitLetter } from "./wait-letters.ts";
import type { Wait } from "./wait-model.ts";
import { endWrites, toldWrites, waitAt, waitsFor } from "./wait-store.ts";

type Waits = Stored<Wait>;
/** The most that a booking keeps free on both sides, so that what is freed may be waited for by what lies beside it. */
const besideMinutes = 480;
const unsigned = (scope: Scope): Scope => ({ ...scope, command: { id: `auto:${newId("key")}`, print: "" } });

/**
 * Gives what is free of a resource to those who wait for it (递补), in the order in which they came: whoever asked to have it booked and still may book it, by all its rules and quotas and at no more than was
 * shown, has it in one commit with the end of the wait. So nobody is promoted twice and two freed at once go to two. A company that is paused, or a quota that is used up, is passed over and waits on;
 * who is no member any more is taken off. Those who only asked to be told are told when it is free still. With `only` nobody but that wait is looked at: what was freed while it
 * was being joined. Safe to run again and by several at once.
 */
export async function promoteWaits(scope: Scope, resource: string, freed: Span, only?: string): Promise<void> {
  const near = {
    from: plusMinutes(freed.from, -besideMinutes),
    until: plusMinutes(freed.until, besideMinutes),
  };
  const waits = (await waitsFor(scope, resource, { consistent: true })).filter(
    (one) =>
      one.from > scope.now && one.from < near.until && near.from < one.until && (only === undefined || one.id === only),
  );
  if (waits.length === 0) return;
  const found = await resourceOf(scope, resource);
  if (!found) return;
  const dear: Waits[] = [];
  for (const wait of waits.filter(({ book }) => book))
    if ((await isFree(scope, found, wait)) && (await promote(scope, wait)) === "dear") dear.push(wait);
  for (const wait of [...dear, ...waits.filter(({ book }) => !book)])
    if (await isFree(scope, found, wait)) await tell(scope, wait);
}

/** Whether a unit is free through all of what is waited for; consistent, half a unit twice a day. */
async function isFree(scope: Scope, resource: Resource, wait: Wait): Promise<boolean> {
  const parts = onDays(keptOf(wait, resource), wait.zone);
  for (const part of parts) {
    const key = sheetKey(scope, wait.site, part.day, resource.id);
    const { entries } = await sheetOf(scope, key, { consistent: true });
    if (clash(entries, part, resource.units)) return false;
  }
  return true;
}

/** Books what was waited for, as its person would. `dear` when it costs more than was shown. */
async function promote(scope: Scope, wait: Waits): Promise<"booked" | "passed" | "dear"> {
  const as = await asWaiter(scope, wait);
  if (!as) {
    // What a company waits for that is being merged goes over with its turn.
    if ((await companyOf(scope, wait.company))?.merged) return "passed";
    await commit(unsigned(scope), endWrites(unsigned(scope), wait, "gone"), { answer: null });
    return "passed";
  }
  const theirs: Scope = { ...unsigned(scope), actor: as.actor };
  const basis = await basisOf(theirs, wishOf(wait), { consistent: true });
  if (!basis.ok) return "passed";
  const { quote } = await quoteFor(theirs, basis.value);
  if (quote.totalMinor > wait.totalMinor) return "dear";
  const { resource, booker, slot } = basis.value;
  const who = { staff: booker.staff, member: slot.member };
  const how = askedUntil(resource, who, slot.from, scope.now) ? "asked" : "booked";
  const { person, personName: name, language, guest } = wait;
  const told = guest
    ? await guestLetterWrites(theirs, how === "asked" ? "asked" : quote.totalMinor > 0 ? "waited" : "made", {
        ...{ ...wait, id: bookingIdFor(theirs), price: quote, guest, state: "tentative" },
        ...{ hold: { until: holdUntil(slot, scope.now, waitedHoldMinutes) } },
        bufferMinutes: resource.bufferMinutes,
      })
    : [await lettering(scope, wait, as.email, how)];
  const also = [...endWrites(unsigned(scope), wait, "booked"), ...told];
  const wish = { ...wishOf(wait), ...shownOf(quote), ...(language ? { language } : {}) };
  const made = await makeBooking(theirs, { person, name, guest, holdMinutes: waitedHoldMinutes }, wish, also);
  if (made.ok) return "booked";
  // What gave way too often is tried again by whoever called: the order must not turn.
  if (made.refusal.code === "busy") throw new Error(`wait ${wait.id} gave way too often`);
  return "passed";
}

/** Who waits as somebody who asks now: within what their membership allows today. */
async function asWaiter(scope: Scope, wait: Wait): Promise<{ actor: Actor; email: string } | undefined> {
  if (wait.guest) {
    const company = await companyOf(scope, wait.company);
    const actor: Actor = { kind: "company", person: wait.person, company: wait.company, role: "member" };
    return company && !company.erasedAt ? { actor, email: wait.guest.email ?? "" } : undefined;
  }
  const member = await membershipOf(scope, wait.person);
  if (!member) return undefined;
  const { person, roles, companies, email } = member;
  if (wait.staff) return roles.length > 0 ? { actor: { kind: "staff", person, roles }, email } : undefined;
  const place = companies.find(({ company }) => company === wait.company);
  return place && { actor: { kind: "company", person, company: wait.company, role: place.role }, email };
}

/** Tells somebody that it is free, once for each time that it becomes free. */
async function tell(scope: Scope, wait: Waits): Promise<void> {
  if (wait.toldAt !== undefined && wait.toldAt >= scope.now) return;
  const as = await asWaiter(scope, wait);
  if (!as) return;
  const writes = [...toldWrites(scope, wait), await lettering(scope, wait, as.email, "free")];
  await commit(unsigned(scope), writes, { answer: null });
}

async function lettering(scope: Scope, wait: Wait, email: string, how: "booked" | "asked" | "free"): Promise<Write> {
  const from = await senderOf(scope);
  const said = { ...from, zone: wait.zone, ...(wait.language ? { language: wait.language } : {}) };
  const at = `resource=${wait.resource}&day=${wait.day}&from=${wait.from}&until=${wait.until}`;
  const link = wait.guest
    ? `/book/${scope.space}`
    : `/s/${scope.space}/my/bookings${how === "free" ? `?${at}` : "/list"}`;
  return mailing(scope, waitLetter(email, said, { wait, how }, link));
}

/** Ends a wait whose time has begun. The timer of each wait. */
export async function lapseWait(scope: Scope, at: Pick<Wait, "id" | "resource" | "company" | "from" | "at">) {
  const wait = await waitAt(scope, at);
  if (wait) await commit(scope, endWrites(scope, wait, "lapsed"), { answer: null });
}
