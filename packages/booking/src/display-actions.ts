import { getSpace } from "@yihao/identity/store";
import { dayOf, plusDays } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { PlatformScope, Scope } from "@yihao/kernel/scope";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { insert } from "@yihao/table/write";
import type { DoorSlot } from "./display.ts";
import type { Display, DisplayId, DoorView, ShownDisplay } from "./display-model.ts";
import { displayKey, displayKind, displayOf, displaysOf, doorSettingsOf, type StoredDisplay } from "./display-store.ts";
import { freshToken, hashOfToken, linkWrite, opened, unlinkWrite } from "./door-link.ts";
import { feedBookings, fillWrites } from "./feed-fill.ts";
import { openSpans } from "./hours.ts";
import { isLetAt } from "./lease.ts";
import type { Resource, ResourceId } from "./model.ts";
import { resourceOf } from "./store.ts";

/** Bookings of three days that one display is told at most. */
const slotsMost = 120;
const hourMs = 3_600_000;

const view = ({ hash: _, rev: _rev, ...display }: StoredDisplay & { rev?: number }): Display => display;

/** Every display of the space, the newest first, without their addresses. */
export async function listDisplays(scope: Scope): Promise<Display[]> {
  return (await displaysOf(scope)).map(view).toSorted((a, b) => b.at.localeCompare(a.at));
}

/** Makes a display for the door of a resource. Its address is told in this answer and nowhere else. */
export async function makeDisplay(
  scope: Scope,
  resource: ResourceId,
): Promise<Outcome<ShownDisplay, "missing" | "conflict">> {
  if (!(await resourceOf(scope, resource, { consistent: false }))) return refuse("missing");
  const token = freshToken();
  const hash = hashOfToken(token);
  const id: DisplayId = idFor(scope, "dsp");
  const display: StoredDisplay = { id, resource, at: scope.now, hash };
  const done = await commit(
    scope,
    [
      insert(displayKey(scope, id), displayKind, display, "display"),
      linkWrite(scope, hash, { what: "display", of: id, side: resource }),
      ...(await fillWrites(scope)),
    ],
    { answer: view(display) },
  );
  if (!done.done) return refuse("conflict");
  return accept({ ...done.answer, path: done.replayed ? null : `/door/${token}` });
}

/** Ends a display: the tablet is told the same as by an address that never was. */
export async function revokeDisplay(scope: Scope, id: string): Promise<Outcome<null, "missing">> {
  const display = await displayOf(scope, id);
  if (!display) return refuse("missing");
  await commit(scope, [{ do: "delete", key: displayKey(scope, id) }, unlinkWrite(scope, display.hash)], {
    answer: null,
  });
  return accept(null);
}

/** When a resource's site is open from yesterday until the day after tomorrow; hours that touch, also over midnight, are one. */
function opensAround({ calendar }: Resource, now: string): DoorSlot[] {
  const today = dayOf(now, calendar.zone);
  const days = [-1, 0, 1, 2].map((by) => plusDays(today, by));
  const joined: DoorSlot[] = [];
  for (const { from, until } of days.flatMap((day) => openSpans(calendar, day))) {
    const last = joined.at(-1);
    if (last?.until === from) joined[joined.length - 1] = { from: last.from, until };
    else joined.push({ from, until });
  }
  return joined;
}

/** Whether a resource cannot be had at all at an instant: switched off, or let for months. */
const isOffAt = (resource: Resource, now: string) => resource.state === "off" || isLetAt(resource, now);

/**
 * What the display of an address shows: its room, when it is taken from yesterday until tomorrow, by nobody's name unless the space lets names be shown, and
 * nothing else. An ended and an unknown address are both `missing`.
 */
export async function readDoor(platform: PlatformScope, token: string): Promise<Outcome<DoorView, "missing">> {
  const found = await opened(platform, "display", token);
  if (!found) return refuse("missing");
  const { scope, link } = found;
  const { now } = scope;
  const span = {
    from: new Date(Date.parse(now) - 24 * hourMs).toISOString(),
    until: new Date(Date.parse(now) + 36 * hourMs).toISOString(),
  };
  const of = link.side ?? "";
  const [space, settings, resource, rows] = await Promise.all([
    getSpace(scope),
    doorSettingsOf(scope),
    resourceOf(scope, of, { consistent: false }),
    feedBookings(scope, { resource: of }, span, slotsMost),
  ]);
  if (!space || !resource) return refuse("missing");
  await noteSeen(scope, link.of);
  const { code, name, capacity, calendar } = resource;
  return accept({
    ...{ space: space.name, language: space.language, zone: calendar.zone, code, name, capacity, now },
    slots: rows
      .filter(({ off, until }) => !off && until > now)
      // A guest has not agreed to stand at a door by name.
      .map(({ from, until, personName, guest }) => ({
        ...{ from, until },
        ...(settings.hostNames && !guest ? { host: personName } : {}),
      })),
    open: opensAround(resource, now),
    off: isOffAt(resource, now),
    enter: `/s/${scope.space}/my/door/${resource.id}`,
  });
}

const seen = new Map<string, string>();
/** Notes once an hour that a display still asks; each running copy of the function remembers which hour it noted. */
async function noteSeen(scope: Scope, id: string): Promise<void> {
  const hour = `${scope.now.slice(0, 13)}:00:00.000Z`;
  const name = `${scope.table.name} ${id}`;
  if (seen.get(name) === hour) return;
  if (seen.size > 5_000) seen.clear();
  seen.set(name, hour);
  const when = [["pk", "present"] as const, ["seenAt", "absent-or", "<", hour] as const];
  await commit(scope, [{ do: "update", key: displayKey(scope, id), set: { seenAt: hour }, when }], { answer: null });
}
