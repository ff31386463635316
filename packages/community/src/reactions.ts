import type { CompanyId } from "@yihao/kernel/ids";
import { type DueHandler, onDue } from "@yihao/table/due";
import { onEvent, type Reaction } from "@yihao/table/stream";
import { beginMailing, mailChunk } from "./announcement-actions.ts";
import type { AnnouncementMailing } from "./announcement-model.ts";
import { eraseCard, renameCard, withdrawCard } from "./card-actions.ts";
import { seatWaiting } from "./event-actions.ts";
import { forgetPeople } from "./forget-actions.ts";
import { remindOfParcel } from "./parcel-actions.ts";
import { closeSolved } from "./ticket-actions.ts";

/** What community does when it hears of others, and of its own mailings. */
export const communityReactions: Reaction[] = [
  onEvent("community.mailing", ["announcement.mailing"], (scope, event: { data: AnnouncementMailing }) =>
    mailChunk(scope, event.data),
  ),
  onEvent("community.seats", ["event.left", "announcement.changed"], (scope, { subject }) =>
    seatWaiting(scope, subject),
  ),
  onEvent("community.card-left", ["company.left"], (scope, { subject }) => withdrawCard(scope, subject as CompanyId)),
  onEvent("community.card-name", ["company.changed", "company.registered"], (scope, { subject }) =>
    renameCard(scope, subject as CompanyId),
  ),
  onEvent("community.erased", ["company.erased"], async (scope, { subject }) => {
    await eraseCard(scope, subject as CompanyId);
    await forgetPeople(scope, subject as CompanyId);
  }),
];

/** Timers of community: solved tickets that nobody contradicted, parcels that nobody fetched, letters of announcements to come. */
export const communityTimers: DueHandler[] = [
  onDue("community.ticket-close", closeSolved),
  onDue("community.announce", beginMailing),
  onDue<{ days: number }>("community.parcel-remind", remindOfParcel),
];
