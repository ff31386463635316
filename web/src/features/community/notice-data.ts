import type { AnnouncementChange, AnnouncementId, NewAnnouncement } from "@yihao/community/announcement-model";
import { type Intent, ifMatch, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { createInfiniteQuery, createQuery, queryClient } from "../../query.ts";
import { side } from "./side.ts";
import "./words.ts";

const announcements = api.spaces[":space"].announcements;
export type Notice = NonNullable<ReturnType<typeof useNotice>["data"]>;

/** Announcements that stand or are over; for a company's people those shown to them now. */
export const useNotices = (space: () => string, shelf: () => "standing" | "ended") =>
  createInfiniteQuery(() => ({
    queryKey: ["announcements", space(), side(), "list", shelf()],
    queryFn: ({ pageParam }: { pageParam: string }) => {
      const query = { shelf: shelf(), ...(pageParam ? { cursor: pageParam } : {}) };
      return ok(announcements.$get({ param: { space: space() }, query }));
    },
    initialPageParam: "",
    getNextPageParam: (last: { next: string | null }) => last.next ?? undefined,
  }));

export const useNotice = (space: () => string, announcement: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["announcements", space(), side(), "one", announcement()],
    queryFn: () => {
      const param = { space: space(), announcement: (announcement() ?? "") as AnnouncementId };
      return ok(announcements[":announcement"].$get({ param }));
    },
    enabled: announcement() !== undefined,
  }));

export const renewNotices = (space: string) => queryClient.invalidateQueries({ queryKey: ["announcements", space] });

/** Publishes an announcement. */
export async function announce(space: string, json: NewAnnouncement, intent: Intent) {
  const made = await ok(announcements.$post({ param: { space }, json }, intent.with()));
  await renewNotices(space);
  return made;
}

/** Changes an announcement as it was read at `rev`. */
export async function changeNotice(space: string, announcement: AnnouncementId, json: AnnouncementChange, rev: number) {
  const call = announcements[":announcement"].$put({ param: { space, announcement }, json }, ifMatch(`"${rev}"`));
  const changed = await ok(call);
  await renewNotices(space);
  return changed;
}

/** Takes an announcement down as it was read at `rev`. */
export async function endNotice(space: string, announcement: AnnouncementId, rev: number) {
  const call = announcements[":announcement"].end.$put(
    { param: { space, announcement }, json: {} },
    ifMatch(`"${rev}"`),
  );
  await ok(call);
  await renewNotices(space);
}

/** Marks an announcement as read; the mark alone is renewed, what is open stays. */
export async function readNotice(space: string, announcement: AnnouncementId) {
  await ok(announcements[":announcement"].read.$post({ param: { space, announcement }, json: {} }));
  await queryClient.invalidateQueries({ queryKey: ["announcements", space, side(), "list"] });
}

type Registering = { space: string; announcement: AnnouncementId };

/** Registers for an event; the answer says whether with a seat or waiting. */
export async function registerFor(param: Registering, intent: Intent) {
  const made = await ok(announcements[":announcement"].registration.$post({ param, json: {} }, intent.with()));
  await renewNotices(param.space);
  return made;
}

/** Gives up one's registration. */
export async function leaveEvent(param: Registering, intent: Intent) {
  await ok(announcements[":announcement"].registration.leave.$post({ param, json: {} }, intent.with()));
  await renewNotices(param.space);
}

/** Who registered for an event. */
export const useRegistrations = (space: () => string, announcement: () => AnnouncementId) =>
  createQuery(() => ({
    queryKey: ["announcements", space(), side(), "people", announcement()],
    queryFn: async () => {
      const param = { space: space(), announcement: announcement() };
      return (await ok(announcements[":announcement"].registrations.$get({ param }))).items;
    },
    refetchInterval: 15_000,
  }));
export type Registered = NonNullable<ReturnType<typeof useRegistrations>["data"]>[number];

/** Notes that somebody came, or takes it back. */
export async function markCame(param: Registering & { person: Registered["person"] }, came: boolean, intent: Intent) {
  const call = announcements[":announcement"].registrations[":person"].$put({ param, json: { came } }, intent.with());
  await ok(call);
  await renewNotices(param.space);
}
