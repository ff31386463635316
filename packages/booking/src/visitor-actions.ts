import type { LockRule } from "@yihao/identity/lockout";
import { mailing } from "@yihao/identity/mail";
import { getSpace, membershipOf } from "@yihao/identity/store";
import { countTry } from "@yihao/identity/tries";
import { dayOf, plusDays } from "@yihao/kernel/days";
import type { PersonId } from "@yihao/kernel/ids";
import { accept, type Outcome, Refused, refuse } from "@yihao/kernel/outcome";
import { ownCompany, type PlatformScope, type Scope } from "@yihao/kernel/scope";
import { senderOf } from "@yihao/members/post";
import { companyOf } from "@yihao/members/store";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import type { Stored } from "@yihao/table/kind";
import { insert, type Write } from "@yihao/table/write";
import { doorSettingsOf } from "./display-store.ts";
import { freshToken, hashOfToken, linkWrite, opened, unlinkWrite } from "./door-link.ts";
import { guestCheckIn, visitOfGuest } from "./guest-visit.ts";
import { bookingOf, resourceOf, siteOf } from "./store.ts";
import { codeOf, decideArrival, decideInvitation, decideLeave, decideUninvite, readPassText } from "./visitor.ts";
import { eraseAt } from "./visitor-erase.ts";
import { arrivedLetter, passLetter } from "./visitor-letters.ts";
import type { NewVisitor, Pass, ShownVisitor, Visitor, VisitorRefusal, VisitorView } from "./visitor-model.ts";
import { passSource, returnPass, takePass, usePass } from "./visitor-passes.ts";
import {
  asInvited,
  changeVisitor,
  ownVisitorKey,
  ownVisitorKind,
  type StoredVisitor,
  visitorIdFor,
  visitorIdOf,
  visitorKey,
  visitorKind,
  visitorOf,
  visitorsFrom,
  visitorsOn,
} from "./visitor-store.ts";

type Refusal = "missing" | "stale" | "conflict" | VisitorRefusal;
type Host = { readonly person: PersonId; readonly name: string };

/** Invitations of one host: each may send a letter to an address that the host names. */
const perHost: LockRule = { tries: 60, withinMinutes: 60, lockMinutes: 60 };
/** How often a guest's pass is looked for again when somebody else took the last of its source. */
const passTries = 10;
/** How many days back a company's list begins. */
const listDays = 7;

export function visitorView({ hash: _, ...visitor }: Stored<StoredVisitor>): VisitorView {
  return { ...visitor, code: codeOf(visitor.id) };
}

const maySee = (scope: Scope, visitor: Visitor) => {
  const own = ownCompany(scope);
  return own === undefined || own === visitor.company;
};

async function seen(scope: Scope, id: string): Promise<Stored<StoredVisitor> | undefined> {
  const visitor = await visitorOf(scope, id);
  return visitor && maySee(scope, visitor) ? visitor : undefined;
}

/** A visit by id; one to another company is refused as `missing`. */
export async function seeVisitor(scope: Scope, id: string): Promise<Outcome<VisitorView, "missing">> {
  const visitor = await seen(scope, id);
  return visitor ? accept(visitorView(visitor)) : refuse("missing");
}

/** The visits of a local day in order of time, for reception (today in the space's zone unless a day is named); a company gets its own, from a week back on. */
export async function listVisitors(scope: Scope, day: string | undefined): Promise<VisitorView[]> {
  const own = ownCompany(scope);
  const zone = (await getSpace(scope))?.zone ?? "Asia/Shanghai";
  const today = dayOf(scope.now, zone);
  const found = own
    ? await visitorsFrom(scope, own, plusDays(today, -listDays))
    : await visitorsOn(scope, day ?? today);
  return found.map(visitorView).toSorted((a, b) => a.at.localeCompare(b.at));
}

/** Where and when a visit is: at a booking, at a resource or at a site; `missing` when the host may not see that. */
async function placeOf(scope: Scope, wish: NewVisitor) {
  const booking = wish.booking ? await bookingOf(scope, wish.booking) : undefined;
  const own = ownCompany(scope);
  if (wish.booking && (!booking || (own !== undefined && booking.company !== own))) return undefined;
  const of = booking?.resource ?? wish.resource;
  const resource = of ? await resourceOf(scope, of, { consistent: false }) : undefined;
  if (of && !resource) return undefined;
  const site = await siteOf(scope, resource?.site ?? wish.site, { consistent: false });
  const company = own ?? booking?.company ?? wish.company;
  return (
    site && {
      ...{ site: site.id, zone: site.zone, place: resource?.code ?? site.name, company },
      ...(resource ? { resource: resource.id } : {}),
      ...(booking ? { booking: booking.id } : {}),
    }
  );
}

async function counted(scope: Scope, host: Host): Promise<Outcome<null, "visitor.too-many">> {
  const platform: PlatformScope = { ...scope, space: "platform", command: { id: "auto:visitor", print: "" } };
  try {
    await countTry(platform, perHost, "visitor", `${scope.space} ${host.person}`);
    return accept(null);
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === "auth.locked")
      return refuse("visitor.too-many", { minutes: error.refusal.params.minutes });
    throw error;
  }
}

const passPath = (token: string) => `/pass/${token}`;
const hostLink = (scope: Scope, visitor: Visitor) =>
  `/s/${scope.space}/${visitor.company ? "my/visitors" : "visitors"}`;

/**
 * Expects a guest (邀请访客), who gets a letter with a pass where an e-mail is known; or takes one in who is there already (walk-in, by staff alone). The address of
 * the pass is told in this answer too, for hosts who hand it on themselves. Its personal data go when the timer of its day comes.
 */
export async function inviteVisitor(
  scope: Scope,
  host: Host,
  wish: NewVisitor,
): Promise<Outcome<ShownVisitor, Refusal>> {
  const walkIn = wish.walkIn === true && scope.actor.kind === "staff";
  const where = await placeOf(scope, wish);
  if (!where) return refuse("missing");
  const [company, settings, from] = await Promise.all([
    where.company ? companyOf(scope, where.company, { consistent: false }) : undefined,
    doorSettingsOf(scope),
    senderOf(scope),
  ]);
  if (where.company && !company) return refuse("missing");
  const at = walkIn ? scope.now : wish.at;
  const day = dayOf(at, where.zone);
  const may = decideInvitation(day, dayOf(scope.now, where.zone));
  if (!may.ok) return may;
  const few = await counted(scope, host);
  if (!few.ok) return few;
  const { name, from: guestFrom, email, phone, note } = wish;
  const guest = {
    name,
    ...(guestFrom ? { from: guestFrom } : {}),
    ...(email ? { email } : {}),
    ...(phone ? { phone } : {}),
    ...(note ? { note } : {}),
  };
  const token = walkIn ? undefined : freshToken();
  const { company: _, ...place } = where;
  const visitor: StoredVisitor = {
    ...place,
    ...{ id: visitorIdFor(scope, day), day, at, host: host.person, hostName: host.name, guest, madeAt: scope.now },
    ...(company ? { company: company.id, companyName: company.name } : {}),
    ...(walkIn ? { walkIn, state: "here" as const, arrivedAt: scope.now } : { state: "expected" as const }),
    ...(token ? { hash: hashOfToken(token) } : {}),
  };
  const zoned = { ...from, zone: where.zone };
  const told =
    walkIn && company?.contactEmail
      ? [arrivedLetter(company.contactEmail, zoned, visitor, hostLink(scope, visitor))]
      : [];
  const letters = token && email ? [passLetter(email, zoned, visitor, passPath(token))] : told;
  const made = (paid: Pick<Visitor, "guestPass">) =>
    commit(
      scope,
      [
        insert(visitorKey(scope, visitor), visitorKind, { ...visitor, ...paid }, "visitor"),
        ...takePass(scope, { ...visitor, ...paid }),
        ...(company
          ? [insert(ownVisitorKey(scope, company.id, visitor.id), ownVisitorKind, { day, id: visitor.id })]
          : []),
        ...(token ? [linkWrite(scope, hashOfToken(token), { what: "pass", of: visitor.id })] : []),
        ...letters.map((one) => mailing(scope, one)),
        dueAt(scope, eraseAt(day, settings.visitorDays, from.zone), "booking.erase-visitors", day),
      ],
      {
        answer: visitorView({ ...visitor, ...paid, rev: 1 }),
        witness: { tag: "visitor", revive: (item) => visitorView(asInvited(item)) },
      },
    );
  for (let attempt = 1; attempt <= passTries; attempt += 1) {
    const pass = wish.usesPass ? await passSource(scope, company?.id, day) : undefined;
    if (pass && !pass.ok) return (await invitedBefore(scope, visitor)) ?? pass;
    const done = await made(pass ? { guestPass: pass.value } : {});
    if (done.done) return accept({ ...done.answer, pass: token && !done.replayed ? passPath(token) : null });
    if (!wish.usesPass) return refuse("conflict");
  }
  return refuse("conflict");
}

/** The visit that this very command made before: what it took then is not there any more. */
async function invitedBefore(scope: Scope, { id }: Visitor): Promise<Outcome<ShownVisitor, Refusal> | undefined> {
  const before = await visitorOf(scope, id);
  return before && accept({ ...visitorView(asInvited({ ...before, k: visitorKind.name, v: 1 })), pass: null });
}

/** Makes a new pass for somebody who is expected; the former one is closed. The guest gets it by mail where an e-mail is known. */
export async function renewPass(scope: Scope, id: string): Promise<Outcome<ShownVisitor, Refusal>> {
  const before = await seen(scope, id);
  if (!before?.guest) return refuse("missing");
  if (before.state !== "expected") return refuse(before.state === "cancelled" ? "visitor.cancelled" : "visitor.came");
  const token = freshToken();
  const after = { ...before, hash: hashOfToken(token), rev: before.rev + 1 };
  const from = { ...(await senderOf(scope)), zone: before.zone };
  const done = await commit(
    scope,
    [
      changeVisitor(scope, before, after),
      ...(before.hash ? [unlinkWrite(scope, before.hash)] : []),
      linkWrite(scope, hashOfToken(token), { what: "pass", of: id }),
      ...(before.guest.email ? [mailing(scope, passLetter(before.guest.email, from, after, passPath(token)))] : []),
    ],
    { answer: { id } },
  );
  if (!done.done) return refuse("stale", { current: Number(done.lost.stale?.rev ?? 0) });
  return accept({ ...visitorView(done.replayed ? before : after), pass: done.replayed ? null : passPath(token) });
}

/** The visit that a scanned or typed pass names, for reception: by its address on any day, by its code today. */
export async function findByPass(scope: Scope, text: string): Promise<Outcome<VisitorView, "missing">> {
  const read = readPassText(text);
  if (!read) return refuse("missing");
  if ("letters" in read) {
    const zone = (await getSpace(scope))?.zone ?? "Asia/Shanghai";
    return seeVisitor(scope, visitorIdOf(dayOf(scope.now, zone), read.letters));
  }
  const platform: PlatformScope = { ...scope, space: "platform" };
  const found = (await opened(platform, "pass", read.token)) ?? (await opened(platform, "guest", read.token));
  if (found?.link.space !== scope.space) return refuse("missing");
  if (found.link.what === "pass") return seeVisitor(scope, found.link.of);
  const booking = await bookingOf(scope, found.link.of);
  return booking ? seeVisitor(scope, visitOfGuest(booking)) : refuse("missing");
}

/** Changes a visit as a rule decides, in one commit with what else that brings; whoever loses a race decides anew. */
async function change(
  scope: Scope,
  id: string,
  decide: (visitor: Stored<StoredVisitor>) => Outcome<Stored<StoredVisitor>, VisitorRefusal>,
  also: (after: StoredVisitor, before: StoredVisitor) => Promise<Write[]>,
): Promise<Outcome<VisitorView, Refusal>> {
  for (let tries = 0; tries < 10; tries += 1) {
    const before = await seen(scope, id);
    if (!before) return refuse("missing");
    const decided = decide(before);
    if (!decided.ok) return decided;
    if (decided.value === before) return accept(visitorView(before));
    const after = { ...decided.value, rev: before.rev + 1 };
    const writes = [changeVisitor(scope, before, after), ...(await also(after, before))];
    // The receipt names the visit and nothing of who came.
    const done = await commit(scope, writes, { answer: { id } });
    if (done.done) return accept(visitorView(done.replayed ? before : after));
  }
  return refuse("conflict");
}

/** Lets a visitor in at reception; the host gets a letter in the same commit, once. */
export const arriveVisitor = (scope: Scope, id: string) =>
  change(
    scope,
    id,
    (visitor) => decideArrival(visitor, scope.now),
    async (after, before) => {
      if (before.arrivedAt) return [];
      if (before.ofGuest) return guestCheckIn(scope, before);
      const used = usePass(scope, before);
      const [host, from] = await Promise.all([membershipOf(scope, after.host), senderOf(scope)]);
      const zoned = { ...from, zone: after.zone };
      const told = host ? [mailing(scope, arrivedLetter(host.email, zoned, after, hostLink(scope, after)))] : [];
      return [...used, ...told];
    },
  );

/** Lets a visitor go. */
export const leaveVisitor = (scope: Scope, id: string) =>
  change(
    scope,
    id,
    (visitor) => decideLeave(visitor, scope.now),
    async () => [],
  );

/** Takes an invitation back; its pass is closed. */
export const uninviteVisitor = (scope: Scope, id: string) =>
  change(scope, id, decideUninvite, async (_, before) => [
    ...(before.hash ? [unlinkWrite(scope, before.hash)] : []),
    ...returnPass(scope, before, dayOf(scope.now, before.zone)),
  ]);

/** What a guest sees under the address of the pass. A cancelled, erased or unknown one is `missing`. */
export async function readPass(platform: PlatformScope, token: string): Promise<Outcome<Pass, "missing">> {
  const found = await opened(platform, "pass", token);
  if (!found) return refuse("missing");
  const { scope, link } = found;
  const [visitor, space] = await Promise.all([visitorOf(scope, link.of), getSpace(scope)]);
  if (!visitor?.guest || !space || visitor.state === "cancelled") return refuse("missing");
  const site = await siteOf(scope, visitor.site, { consistent: false });
  const { place, zone, at, hostName = "", companyName, guest, state } = visitor;
  return accept({
    ...{
      space: space.name,
      spaceId: scope.space,
      language: space.language,
      site: site?.name ?? "",
      city: site?.city ?? "",
    },
    ...{ place, zone, at, host: hostName, name: guest.name, code: codeOf(visitor.id), state },
    ...(companyName ? { company: companyName } : {}),
  });
}
