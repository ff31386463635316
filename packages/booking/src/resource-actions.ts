import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { CommonRefusal } from "@yihao/kernel/refusals";
import type { Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { claim, unclaim } from "@yihao/table/unique";
import { check, insert, replace, type Write } from "@yihao/table/write";
import { mayBeLet } from "./lease.ts";
import type { BookingRefusal, BulkResources, Floor, NewResource, Resource, ResourceFacts } from "./model.ts";
import { floorKey, floorsOf, resourceIdFor, resourceKey, resourceKind, resourceOf, siteKey, siteOf } from "./store.ts";

type Refusals = BookingRefusal | CommonRefusal;
const codeOf = (site: string) => `code-${site}`;

/** Adds one resource. Refuses `missing` (site or floor) and `resource.code-taken`. */
export async function addResource(scope: Scope, wish: NewResource): Promise<Outcome<Stored<Resource>, Refusals>> {
  const made = await addAll(scope, wish.site, wish.floor, [wish]);
  if (!made.ok) return made;
  const resource = made.value[0];
  return resource ? accept(resource) : refuse("missing");
}

/** Adds up to 45 resources of one kind by their codes (A-01 … A-40) in one commit: all or nothing. */
export async function addResources(scope: Scope, wish: BulkResources): Promise<Outcome<Stored<Resource>[], Refusals>> {
  const { items, ...common } = wish;
  const all = items.map(({ code, name, place }): NewResource => {
    return { ...common, code, name: name ?? code, state: "active", ...(place ? { place } : {}) };
  });
  return addAll(scope, wish.site, wish.floor, all);
}

async function addAll(
  scope: Scope,
  siteId: string,
  floor: string,
  wishes: readonly NewResource[],
): Promise<Outcome<Stored<Resource>[], Refusals>> {
  const codes = wishes.map(({ code }) => code);
  const twice = codes.find((code, index) => codes.indexOf(code) !== index);
  if (twice !== undefined) return refuse("resource.codes-twice", { code: twice });
  const [site, floors] = await Promise.all([siteOf(scope, siteId), floorsOf(scope)]);
  const [first] = wishes;
  const on = floors.find((one) => one.id === floor && one.site === site?.id);
  if (!site || !first || !on) return refuse("missing");
  const made = wishes.map((wish): Resource => {
    const { zone, hours, closures } = site;
    const more = wish.units ? { unitsEver: wish.units } : {};
    const from = { calendar: { zone, hours, closures }, siteRev: site.rev, ...areaOf(on) };
    return { ...wish, id: resourceIdFor(scope, wish.code), ...from, ...more };
  });
  const writes: Write[] = [
    check(siteKey(scope, site.id), [["rev", "=", site.rev]], "site"),
    check(floorKey(scope, on.id), [["rev", "=", on.rev]], "site"),
    ...made.flatMap((one) => [
      insert(resourceKey(scope, one.id), resourceKind, one),
      claim(scope, codeOf(site.id), one.code, one.id),
    ]),
    happened(scope, "resources.added", site.id, { site: site.id, kind: first.kind, codes }),
  ];
  const done = await commit(scope, writes, { answer: made.map(({ id }) => id) });
  if (!done.done) {
    if ("site" in done.lost) return refuse("conflict");
    const other = done.lost[`unique ${codeOf(site.id)}`];
    return refuse("resource.code-taken", { code: other?.value });
  }
  return accept(made.map((one) => ({ ...one, rev: 1 })));
}

const areaOf = ({ rules, rev }: Stored<Floor>) => ({ ...(rules ? { area: rules } : {}), floorRev: rev });

/** Changes a resource at the revision it was read. Refuses `missing`, `stale` and `resource.code-taken`. */
export async function changeResource(
  scope: Scope,
  id: string,
  rev: number,
  facts: ResourceFacts,
): Promise<Outcome<Stored<Resource>, Refusals>> {
  const before = await resourceOf(scope, id);
  if (!before) return refuse("missing");
  if (before.rev !== rev) return refuse("stale", { current: before.rev });
  const floor = (await floorsOf(scope)).find((one) => one.id === facts.floor && one.site === before.site);
  if (!floor) return refuse("missing");
  const { site, kind, calendar, siteRev } = before;
  const resource: Resource = {
    ...facts,
    ...{ id: before.id, site, kind, calendar, siteRev },
    ...areaOf(floor),
    ...keptOn(before, facts, scope.now),
  };
  const renamed = facts.code !== before.code;
  const writes: Write[] = [
    replace(resourceKey(scope, id), resourceKind, resource, rev),
    check(floorKey(scope, floor.id), [["rev", "=", floor.rev]]),
    happened(scope, "resource.changed", site, { resource: id, code: facts.code, state: facts.state }),
    ...(renamed
      ? [
          claim(scope, codeOf(site), facts.code, id),
          { ...unclaim(scope, codeOf(site), before.code, id), tag: "old code" },
        ]
      : []),
  ];
  const done = await commit(scope, writes, { answer: { ...resource, rev: rev + 1 } });
  if (done.done) return accept(done.answer);
  if (`unique ${codeOf(site)}` in done.lost) return refuse("resource.code-taken", { code: facts.code });
  return refuse("stale");
}

/** What a resource keeps through a change of its facts: who has it for months, how many units it ever had, since when it may be let. */
function keptOn(before: Resource, facts: ResourceFacts, now: string): Partial<Resource> {
  const units = Math.max(before.unitsEver ?? 1, facts.units ?? 1);
  const newly = mayBeLet({ ...facts, kind: before.kind }) && !mayBeLet(before);
  const since = newly ? now : before.lettableSince;
  return {
    ...(before.leases ? { leases: before.leases } : {}),
    ...(before.picture ? { picture: before.picture } : {}),
    ...(units > 1 ? { unitsEver: units } : {}),
    ...(since ? { lettableSince: since } : {}),
  };
}
