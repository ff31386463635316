import { membershipOf } from "@yihao/identity/store";
import type { PersonId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { plusMinutes } from "@yihao/kernel/span";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import type { Write } from "@yihao/table/write";
import type { Lead, Tour } from "./lead-model.ts";
import { leadOf } from "./lead-store.ts";
import { applicationLetter, guideLetter, tourLetter } from "./letters.ts";
import { mailingAll, senderOf } from "./post.ts";
import { staffReaders } from "./staff-mail.ts";

/** How long before a visit its reminder goes out, in minutes. */
const remindMinutes = 1440;

const said = ({ at, minutes, guideName, note }: Tour) => ({
  at,
  minutes,
  ...(guideName ? { guideName } : {}),
  ...(note ? { note } : {}),
});

/** The letter that tells a lead when it is expected, and the timer of the reminder when the visit is more than a day off. */
export async function tourWrites(scope: Scope, lead: Lead, tour: Tour): Promise<Write[]> {
  const from = await senderOf(scope);
  const remindAt = plusMinutes(tour.at, -remindMinutes);
  return [
    ...(lead.contactEmail ? mailingAll(scope, [tourLetter(lead.contactEmail, from, said(tour), false)]) : []),
    ...(remindAt > scope.now ? [dueAt(scope, remindAt, "members.tour", lead.id, { at: tour.at })] : []),
  ];
}

/** Reminds a lead and whoever shows the place of a visit, unless it was moved, made or given up meanwhile. */
export async function remindTour(scope: Scope, id: string, at: string): Promise<void> {
  const lead = await leadOf(scope, id);
  if (!lead?.tour || lead.tour.at !== at || lead.stage === "won" || lead.stage === "lost") return;
  const { tour } = lead;
  const [from, guide] = await Promise.all([
    senderOf(scope),
    tour.guide ? membershipOf(scope, tour.guide as PersonId) : undefined,
  ]);
  const link = `/s/${scope.space}/members/leads/${id}`;
  const letters = [
    ...(lead.contactEmail ? [tourLetter(lead.contactEmail, from, said(tour), true)] : []),
    ...(guide ? [guideLetter(guide.email, from, lead.name, said(tour), link)] : []),
  ];
  if (letters.length > 0) await commit(scope, mailingAll(scope, letters), { answer: null });
}

/** Tells the staff who keep members that somebody applied, each in their language unless they want no such letters. */
export async function announceApplication(scope: Scope, id: string): Promise<void> {
  const lead = await leadOf(scope, id);
  if (!lead) return;
  const from = await senderOf(scope);
  const readers = await staffReaders(scope, "applications", from.language);
  const contact = [lead.contactName, lead.contactPhone, lead.contactEmail].filter(Boolean).join(" ");
  const link = `/s/${scope.space}/members/leads/${id}`;
  const letters = readers.map(({ email, language }) =>
    applicationLetter(email, { ...from, language }, lead.name, contact, link),
  );
  if (letters.length > 0) await commit(scope, mailingAll(scope, letters), { answer: null });
}
