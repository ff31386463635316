import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { millis, plusMinutes } from "@yihao/kernel/span";
import { approvalOf } from "./area.ts";
import type { Answered, Booking, BookingRefusal, Resource } from "./model.ts";

/**
 * Until when staff answer a booking that needs their approval (审批), or undefined when it needs none: so many hours from now, and its start at the latest. What staff
 * book themselves needs none.
 */
export function askedUntil(
  resource: Resource,
  who: { readonly staff: boolean; readonly member: boolean },
  from: string,
  now: string,
): string | undefined {
  const rule = approvalOf(resource);
  if (!rule || who.staff || (rule.of === "public" && who.member)) return undefined;
  const until = plusMinutes(now, rule.waitHours * 60);
  return millis(until) < millis(from) ? until : from;
}

type Asked = Pick<Booking, "state" | "asked" | "answered">;
type Company = { readonly state: string; readonly suspended?: { readonly reason: string } | undefined };

/** Decides how a request is answered, by whom, and why; none is answered twice, and none is approved after its time or for a company that may not book any more. */
export function decideAnswer(
  { state, asked, answered }: Asked,
  wish: Pick<Answered, "as" | "reason" | "by">,
  now: string,
  company?: Company,
): Outcome<Answered, BookingRefusal> {
  if (state !== "tentative" || !asked || answered) return refuse("request.answered", { as: answered?.as ?? null });
  if (wish.as === "approved") {
    if (millis(now) >= millis(asked.until)) return refuse("request.lapsed", { until: asked.until });
    if (company?.state === "left") return refuse("booking.left");
    if (company?.suspended) return refuse("booking.suspended", { reason: company.suspended.reason });
  }
  return accept({ ...wish, at: now });
}
