import { type Day, dayOf, plusDays } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Visitor, VisitorRefusal } from "./visitor-model.ts";

/** How far ahead somebody may be invited, in days. */
export const inviteAheadDays = 180;

type Decided<Visit> = Outcome<Visit, VisitorRefusal>;

/** Whether somebody may be expected on a local day: not one that is over, and within half a year. */
export function decideInvitation(day: Day, today: Day): Outcome<null, VisitorRefusal> {
  if (day < today) return refuse("visitor.past", { day });
  if (day > plusDays(today, inviteAheadDays)) return refuse("visitor.too-far", { most: inviteAheadDays });
  return accept(null);
}

/** Lets a visitor in (到访) on their day; a second time changes nothing, and one who had left may come back. */
export function decideArrival<Visit extends Visitor>(visitor: Visit, now: string): Decided<Visit> {
  if (visitor.state === "cancelled") return refuse("visitor.cancelled");
  if (visitor.state === "here") return accept(visitor);
  if (dayOf(now, visitor.zone) !== visitor.day) return refuse("visitor.not-today", { day: visitor.day });
  return accept({ ...visitor, state: "here", arrivedAt: visitor.arrivedAt ?? now, leftAt: undefined });
}

/** Lets a visitor go (离开); a second time changes nothing. */
export function decideLeave<Visit extends Visitor>(visitor: Visit, now: string): Decided<Visit> {
  if (visitor.state === "left") return accept(visitor);
  if (visitor.state !== "here") return refuse("visitor.not-here");
  return accept({ ...visitor, state: "left", leftAt: now });
}

/** Takes an invitation back; whoever has come cannot be uninvited. */
export function decideUninvite<Visit extends Visitor>(visitor: Visit): Decided<Visit> {
  if (visitor.state === "cancelled") return accept(visitor);
  return visitor.state === "expected" ? accept({ ...visitor, state: "cancelled" }) : refuse("visitor.came");
}

/** From which local day on the personal data of a day's visitors are kept no longer: `days` whole days after it are over. */
export const eraseOn = (day: Day, days: number): Day => plusDays(day, days + 1);

/** A visit without its personal data: no guest, and no name of who was visited. That it was, when, where and with what end remains. */
export function erased(visitor: Visitor & { readonly hash?: string | undefined }, now: string): Visitor {
  const { guest: _, hostName: _host, hash: _pass, companyName, ...visit } = visitor;
  // A guest's own record bears their name.
  return { ...visit, ...(companyName && !visitor.ofGuest ? { companyName } : {}), erasedAt: now };
}

/** The code of a visit as it is read out: its letters after the day. */
export const codeOf = (id: string): string => {
  const letters = id.slice(-8).toUpperCase();
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
};

/** What somebody scanned or typed: the secret of a pass, or a code; letters that are misread for others count as those. */
export function readPassText(text: string): { token: string } | { letters: string } | undefined {
  const token = /(?:^|\/(?:pass|guest)\/)([0-9a-z]{32})$/.exec(text)?.[1];
  if (token) return { token };
  const letters = text.toLowerCase().replaceAll(/[\s-]/g, "").replaceAll("o", "0").replaceAll(/[il]/g, "1");
  return /^[0-9a-hjkmnp-tv-z]{8}$/.test(letters) ? { letters } : undefined;
}
