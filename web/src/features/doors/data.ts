import type { Display, DoorSettings, ShownDisplay } from "@yihao/booking/display-model";
import type { BookingRowView, ResourceId } from "@yihao/booking/model";
import { actingCompany, type Intent, ifMatch, ok } from "../../api.ts";
import { api, doors } from "../../client.ts";
import { createQuery, liveEveryMs, queryClient } from "../../query.ts";

const space$ = api.spaces[":space"];
const doors$ = doors.spaces[":space"];

export { type Places, usePlaces } from "../../places.ts";

/** Displays at doors, the newest first; asked again each minute, since they say when they were last seen. */
export const useDisplays = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["displays", space()],
    queryFn: async (): Promise<Display[]> => (await ok(doors$.displays.$get({ param: { space: space() } }))).items,
    refetchInterval: 60_000,
  }));

const renewDisplays = (space: string) => queryClient.invalidateQueries({ queryKey: ["displays", space] });

/** Makes a display for a door; its address is in this answer alone. */
export async function makeDisplay(space: string, resource: ResourceId, intent: Intent): Promise<ShownDisplay> {
  const made = await ok(doors$.displays.$post({ param: { space }, json: { resource } }, intent.with()));
  await renewDisplays(space);
  return made;
}

/** Ends a display at once. */
export async function revokeDisplay(space: string, display: Display["id"]): Promise<void> {
  await ok(doors$.displays[":display"].$delete({ param: { space, display } }));
  await renewDisplays(space);
}

/** What the space decided about its doors. */
export const useDoorSettings = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["door-settings", space()],
    queryFn: () => ok(doors$.settings.$get({ param: { space: space() } })),
    staleTime: 60_000,
  }));

/** Changes it as it was read. */
export async function saveDoorSettings(space: string, settings: DoorSettings, rev: number): Promise<void> {
  try {
    await ok(doors$.settings.$put({ param: { space }, json: settings }, ifMatch(`"${rev}"`)));
  } finally {
    await queryClient.invalidateQueries({ queryKey: ["door-settings", space] });
  }
}

/** The company's bookings from an instant on, in order of their start. */
export const useOwnBookings = (space: () => string, from: () => string) =>
  createQuery(() => ({
    queryKey: ["bookings", space(), "own", actingCompany(), "door", from()],
    queryFn: async (): Promise<BookingRowView[]> =>
      (await ok(space$.bookings.$get({ param: { space: space() }, query: { limit: "100", from: from() } }))).items,
    enabled: actingCompany() !== undefined,
    refetchInterval: liveEveryMs,
  }));

/** Checks somebody in. */
export async function checkIn(space: string, booking: BookingRowView["id"], intent: Intent) {
  try {
    return await ok(space$.bookings[":booking"]["check-in"].$post({ param: { space, booking } }, intent.with()));
  } finally {
    void queryClient.invalidateQueries({ queryKey: ["bookings"] });
  }
}
