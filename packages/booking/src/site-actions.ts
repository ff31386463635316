import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { CommonRefusal } from "@yihao/kernel/refusals";
import type { Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { insert, replace } from "@yihao/table/write";
import type { Floor, FloorFacts, Site, SiteFacts } from "./model.ts";
import {
  floorIdFor,
  floorKey,
  floorKind,
  floorsOf,
  resourceKey,
  resourcesOf,
  siteIdFor,
  siteKey,
  siteKind,
  siteOf,
} from "./store.ts";

type Saved<Data> = Promise<Outcome<Stored<Data>, CommonRefusal>>;

/** Adds a site (场地) with its zone and opening hours. */
export async function addSite(scope: Scope, facts: SiteFacts): Saved<Site> {
  const site: Site = { ...facts, id: siteIdFor(scope) };
  const done = await commit(
    scope,
    [
      insert(siteKey(scope, site.id), siteKind, site),
      happened(scope, "site.added", site.id, { site: site.id, rev: 1 }),
    ],
    { answer: { ...site, rev: 1 } },
  );
  return done.done ? accept(done.answer) : refuse("conflict");
}

/** Changes a site at the revision it was read; its resources get the new hours with it. Refuses `missing` and `stale`. */
export async function changeSite(scope: Scope, id: string, rev: number, facts: SiteFacts): Saved<Site> {
  const before = await siteOf(scope, id);
  if (!before) return refuse("missing");
  if (before.rev !== rev) return refuse("stale", { current: before.rev });
  const site: Site = { ...facts, id: before.id };
  const done = await commit(
    scope,
    [replace(siteKey(scope, id), siteKind, site, rev), happened(scope, "site.changed", id, { site: id, rev: rev + 1 })],
    { answer: { ...site, rev: rev + 1 } },
  );
  if (!done.done) return refuse("stale");
  if (!done.replayed) await spreadCalendar(scope, id);
  return accept(done.answer);
}

/** Copies a site's zone and hours to those of its resources that have older ones. Safe to run twice and at any time. */
export async function spreadCalendar(scope: Scope, id: string): Promise<void> {
  const site = await siteOf(scope, id);
  if (!site) return;
  const { zone, hours, closures } = site;
  const quiet: Scope = { ...scope, command: { id: `auto:${scope.command.id}`, print: "" } };
  for (const resource of await resourcesOf(scope, id, { consistent: true })) {
    if (resource.siteRev >= site.rev) continue;
    await commit(
      quiet,
      [
        {
          do: "update",
          key: resourceKey(scope, resource.id),
          set: { calendar: { zone, hours, closures }, siteRev: site.rev },
          add: { rev: 1 },
          when: [["siteRev", "<", site.rev]],
          tag: "newer",
        },
      ],
      { answer: null },
    );
  }
}

/** Adds a floor (楼层) to a site. Refuses `missing` when there is no such site. */
export async function addFloor(scope: Scope, facts: FloorFacts): Saved<Floor> {
  if (!(await siteOf(scope, facts.site))) return refuse("missing");
  const floor: Floor = { ...facts, id: floorIdFor(scope) };
  const done = await commit(scope, [insert(floorKey(scope, floor.id), floorKind, floor)], {
    answer: { ...floor, rev: 1 },
  });
  return done.done ? accept(done.answer) : refuse("conflict");
}

/**
 * Changes a floor at the revision it was read; it stays in its site, and its resources get its rules with it. Refuses `missing` and `stale`.
 */
export async function changeFloor(scope: Scope, id: string, rev: number, facts: FloorFacts): Saved<Floor> {
  const before = (await floorsOf(scope)).find((floor) => floor.id === id);
  if (!before || before.site !== facts.site) return refuse("missing");
  const floor: Floor = { ...facts, id: before.id };
  const writes = [
    replace(floorKey(scope, id), floorKind, floor, rev),
    happened(scope, "floor.changed", before.site, { site: before.site, floor: id, rev: rev + 1 }),
  ];
  const done = await commit(scope, writes, { answer: { ...floor, rev: rev + 1 } });
  if (!done.done) return refuse("stale", { current: before.rev });
  if (!done.replayed) await spreadRules(scope, id);
  return accept(done.answer);
}

/** Copies a floor's rules to those of its resources that have older ones. Safe to run twice and at any time. */
export async function spreadRules(scope: Scope, id: string): Promise<void> {
  const floor = (await floorsOf(scope)).find((one) => one.id === id);
  if (!floor) return;
  const quiet: Scope = { ...scope, command: { id: `auto:${scope.command.id}`, print: "" } };
  for (const resource of await resourcesOf(scope, floor.site, { consistent: true })) {
    if (resource.floor !== id || (resource.floorRev ?? 0) >= floor.rev) continue;
    await commit(
      quiet,
      [
        {
          do: "update",
          key: resourceKey(scope, resource.id),
          set: { area: floor.rules ?? {}, floorRev: floor.rev },
          add: { rev: 1 },
          when: [
            ["floor", "=", id],
            ["floorRev", "absent-or", "<", floor.rev],
          ],
          tag: "newer",
        },
      ],
      { answer: null },
    );
  }
}
