import type { FeedSubject } from "@yihao/booking/feed-model";
import { actingCompany, type Intent, ok } from "../../api.ts";
import { api, doors } from "../../client.ts";
import { createQuery, queryClient } from "../../query.ts";

const feeds$ = doors.spaces[":space"].feeds;

/** One's own calendar feeds, without their addresses. */
export const useFeeds = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["feeds", space(), actingCompany()],
    queryFn: async () => (await ok(feeds$.$get({ param: { space: space() } }))).items,
    staleTime: 60_000,
  }));

const renew = (space: string) => queryClient.invalidateQueries({ queryKey: ["feeds", space] });

/** Makes a feed, or gives the one that is there a new address; gives the address, absolute, which is told only now. */
export async function makeFeed(space: string, subject: FeedSubject, intent: Intent): Promise<string | undefined> {
  const made = await ok(feeds$.$post({ param: { space }, json: { subject } }, intent.with()));
  await renew(space);
  return made.path === null ? undefined : new URL(made.path, location.origin).href;
}

/** Ends a feed at once. */
export async function revokeFeed(space: string, subject: FeedSubject): Promise<void> {
  await ok(feeds$[":subject"].$delete({ param: { space, subject } }));
  await renew(space);
}

const mails$ = api.spaces[":space"]["booking-mails"];
const mailsKey = (space: string) => ["booking-mails", space, actingCompany()];

/** Whether one gets a mail of one's bookings. */
export const useBookingMails = (space: () => string) =>
  createQuery(() => ({
    queryKey: mailsKey(space()),
    queryFn: () => ok(mails$.$get({ param: { space: space() } })),
    staleTime: 60_000,
  }));

/** Turns mails of one's bookings on or off. */
export async function setBookingMails(space: string, mails: boolean, intent: Intent): Promise<void> {
  const now = await ok(mails$.$put({ param: { space }, json: { mails } }, intent.with()));
  queryClient.setQueryData(mailsKey(space), now);
}
