import { type FloorId, type ResourceView, type SiteFacts, usualRules } from "@yihao/booking/model";
import type { SpaceSettings } from "@yihao/identity/model";
import type { NewPlan, PlanView, RateCard } from "@yihao/pricing/model";
import type { BinPattern, WarehouseView } from "@yihao/warehouse/model";
import { type Intent, ifMatch, ok, okWithTag } from "../../api.ts";
import { api } from "../../client.ts";
import { createQuery, queryClient } from "../../query.ts";
import { renewMe } from "../../session.ts";
import type { Built, SiteView } from "./progress.ts";
import "../members/words.ts";

const inside = api.spaces[":space"];

async function allResources(space: string): Promise<ResourceView[]> {
  const found: ResourceView[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: "200", ...(cursor ? { cursor } : {}) };
    const page = await ok(inside.resources.$get({ param: { space }, query }));
    found.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor);
  return found;
}

async function readBuilt(space: string): Promise<Built> {
  const param = { space };
  const [about, sites, floors, resources, prices, plans, warehouses, companies] = await Promise.all([
    okWithTag(inside.$get({ param })),
    ok(inside.sites.$get({ param })),
    ok(inside.floors.$get({ param })),
    allResources(space),
    ok(inside["rate-card"].$get({ param })),
    ok(inside.plans.$get({ param })),
    ok(inside.warehouses.$get({ param })),
    ok(inside.companies.$get({ param, query: { limit: "200" } })),
  ]);
  const [first] = warehouses.items;
  const elevation = first
    ? await ok(inside.warehouses[":warehouse"].bins.$get({ param: { space, warehouse: first.id } }))
    : undefined;
  return {
    space: { ...about.value, tag: about.tag ?? "" },
    sites: sites.items,
    floors: floors.items,
    resources,
    card: prices.card,
    cardRev: prices.rev,
    plans: plans.items,
    warehouses: warehouses.items,
    bins: elevation?.bins ?? [],
    companies: companies.items.length,
  };
}

const keyOf = (space: string) => ["setup", space] as const;

/** What a space has already; nothing is asked before there is one. */
export const useBuilt = (space: () => string | undefined) =>
  createQuery(() => ({
    queryKey: keyOf(space() ?? ""),
    queryFn: () => readBuilt(space() ?? ""),
    enabled: space() !== undefined,
  }));

/** Reads anew what a space has. */
export const renewBuilt = (space: string) => queryClient.invalidateQueries({ queryKey: keyOf(space) });

/** What the space has at this moment, so that a step that was cut off adds only what is missing. */
const fresh = (space: string) =>
  queryClient.fetchQuery({ queryKey: keyOf(space), queryFn: () => readBuilt(space), staleTime: 0 });

/** Creates the space; whoever does so owns it. */
export async function createSpace(settings: SpaceSettings, intent: Intent): Promise<string> {
  const made = await ok(api.me.spaces.$post({ json: settings }, intent.with()));
  await renewMe();
  return made.id;
}

/** Changes the name, language or zone of the space as it was read. */
export async function changeSpace(built: Built, change: Omit<SpaceSettings, "currency">) {
  const { id, tag } = built.space;
  await ok(inside.$patch({ param: { space: id }, json: change }, ifMatch(tag)));
  await Promise.all([renewBuilt(id), renewMe()]);
}

/** Adds the site, or changes the one that is there. */
export async function saveSite(space: string, facts: SiteFacts, before: SiteView | undefined, intent: Intent) {
  if (before) {
    const param = { space, site: before.id };
    await ok(inside.sites[":site"].$put({ param, json: facts }, ifMatch(`"${before.rev}"`)));
  } else await ok(inside.sites.$post({ param: { space }, json: facts }, intent.with()));
  await renewBuilt(space);
}

export type PlacesWish = {
  readonly floor: string;
  readonly desks: readonly string[];
  readonly rooms: readonly { readonly code: string; readonly name: string; readonly capacity: number }[];
};

const perRequest = 40;

/**
 * Adds the floor, desks and rooms that are not there yet; `done` hears how many of them are. Every request is a part of the one intent: a second
 * try after a lost answer meets what the first one made, also where the list does not tell of it yet.
 */
export async function savePlaces(
  space: string,
  wish: PlacesWish,
  intent: Intent,
  done: (made: number) => void,
): Promise<void> {
  const built = await fresh(space);
  const site = built.sites[0]?.id;
  if (!site) throw new Error("desks without a site");
  const there = new Set(built.resources.map(({ code }) => code));
  const param = { space };
  const floor =
    (built.floors.find(({ name }) => name === wish.floor) ?? built.floors[0])?.id ??
    (await ok(inside.floors.$post({ param, json: { site, name: wish.floor, order: 1 } }, intent.part("floor").with())))
      .id;
  const base = { site, floor: floor as FloorId };
  let made = 0;
  for (let at = 0; at < wish.desks.length; at += perRequest) {
    const items = wish.desks
      .slice(at, at + perRequest)
      .filter((code) => !there.has(code))
      .map((code) => ({ code }));
    const [first] = items;
    if (!first) continue;
    const json = { ...base, ...usualRules.desk, kind: "desk" as const, capacity: 1, items };
    await ok(inside.resources.bulk.$post({ param, json }, intent.part(`${first.code} +${items.length}`).with()));
    made += items.length;
    done(made);
  }
  for (const { code, name, capacity } of wish.rooms) {
    if (there.has(code)) continue;
    const json = { ...base, ...usualRules.room, kind: "room" as const, code, name, capacity, state: "active" as const };
    await ok(inside.resources.$post({ param, json }, intent.part(code).with()));
    made += 1;
    done(made);
  }
  await renewBuilt(space);
}

/** Sets the rate card and the plan as they were read. */
export async function savePrices(
  space: string,
  card: RateCard,
  plan: NewPlan,
  before: PlanView | undefined,
  intent: Intent,
) {
  const built = await fresh(space);
  const param = { space };
  await ok(inside["rate-card"].$put({ param, json: card }, ifMatch(`"${built.cardRev}"`)));
  // The plan as it is now: an earlier try may have changed it.
  const same = built.plans.find(({ id, name }) => (before ? id === before.id : name === plan.name));
  if (same) {
    // What this page does not ask for stays as it is.
    const { id: _id, rev: _rev, ...kept } = same;
    const json = { ...kept, ...plan, allowances: { ...kept.allowances, ...plan.allowances } };
    const call = inside.plans[":plan"].$put({ param: { space, plan: same.id }, json }, ifMatch(`"${same.rev}"`));
    await ok(call);
  } else await ok(inside.plans.$post({ param, json: plan }, intent.part("plan").with()));
  await renewBuilt(space);
}

/** Opens the warehouse if there is none, and makes its bins by a pattern, all or none. */
export async function saveWarehouse(
  space: string,
  wish: { readonly name: string; readonly zone: string; readonly pattern: BinPattern },
  intent: Intent,
) {
  const built = await fresh(space);
  const param = { space };
  const site = built.sites[0]?.id;
  const json = { name: wish.name, zone: wish.zone, ...(site ? { site } : {}) };
  const warehouse: WarehouseView =
    built.warehouses[0] ?? (await ok(inside.warehouses.$post({ param, json }, intent.part("warehouse").with())));
  const bins = inside.warehouses[":warehouse"].bins;
  await ok(bins.$post({ param: { space, warehouse: warehouse.id }, json: wish.pattern }, intent.with()));
  await renewBuilt(space);
}
