import { fillJournal } from "@yihao/billing/journal-store";
import { listRows } from "@yihao/billing/store";
import { sitesOf } from "@yihao/booking/store";
import type { Month } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { companyOf, companyPage } from "@yihao/members/store";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { elevationOf, warehousesOf } from "@yihao/warehouse/store";
import { enterBill, enterCreditsOf, followRecurring } from "./stream-entries.ts";
import type { Costs, CostsView, Sizes } from "./stream-model.ts";
import { costsOf, markFilled, sizesOf, writeCosts, writeSizes } from "./stream-store.ts";

/** Sets what the streams cost in a month as it was read at `rev`, 0 for the first time; otherwise `stale` {current}. */
export async function setCosts(
  scope: Scope,
  month: Month,
  costs: Costs,
  rev: number,
): Promise<Outcome<CostsView, "stale">> {
  const kept = await costsOf(scope, month);
  if (kept.rev !== rev) return refuse("stale", { current: kept.rev });
  const answer = { month, costs, rev: rev + 1 };
  const told = happened(scope, "stream-costs.set", "stream-costs", { month, before: kept.costs, after: costs });
  const outcome = await commit(scope, [writeCosts(scope, month, costs, rev), told], { answer });
  if (outcome.done) return accept(outcome.answer);
  return refuse("stale", { current: Number(outcome.lost.stale?.rev ?? 0) });
}

/** Sets the floor area of sites, and counts their bins anew: a read of all bins. Refused as `stale` {current}, and `missing` when a site is not there. */
export async function setSizes(
  scope: Scope,
  wish: readonly { readonly site: string; readonly areaM2: number }[],
  rev: number,
): Promise<Outcome<Sizes, "stale" | "missing">> {
  const [kept, sites, warehouses] = await Promise.all([sizesOf(scope), sitesOf(scope), warehousesOf(scope)]);
  if (kept.rev !== rev) return refuse("stale", { current: kept.rev });
  if (wish.some(({ site }) => sites.every(({ id }) => id !== site))) return refuse("missing");
  const only = sites.length === 1 ? sites[0]?.id : undefined;
  const bins = new Map<string, number>();
  for (const warehouse of warehouses) {
    const site = warehouse.site ?? only;
    if (site) bins.set(site, (bins.get(site) ?? 0) + (await elevationOf(scope, warehouse)).bins.length);
  }
  const data = {
    sites: wish.map(({ site, areaM2 }) => ({ site, areaM2, bins: bins.get(site) ?? 0 })),
    countedAt: scope.now,
  };
  const told = happened(scope, "site-sizes.set", "stream-costs", { before: kept.sites, after: data.sites });
  const outcome = await commit(scope, [writeSizes(scope, data, rev), told], { answer: { ...data, rev: rev + 1 } });
  if (outcome.done) return accept(outcome.answer);
  return refuse("stale", { current: Number(outcome.lost.stale?.rev ?? 0) });
}

/** How many bills or companies one step of taking in older ones reads. */
const perStep = 40;
/** So many at a time: bills of one month add to the same sums. */
const abreast = 4;
const parts = ["due", "paid", "companies"] as const;

/**
 * Takes bills, credit notes, plans and postings from before revenue was kept by stream into it and the journal, a step of 40 at a time; what is in already stays as it is, so that it may be run again at any time. Gives how many it read, and where to go
 * on; null at the end, where the space is marked as whole.
 */
export async function fillStreams(scope: Scope, cursor = "") {
  const [part = "due", ...rest] = cursor.split(" ");
  const inside = rest.join(" ");
  const page = { limit: perStep, ...(inside ? { cursor: inside } : {}) };
  let [documents, companies, read] = [0, 0, 0];
  let next: string | undefined;
  if (part === "companies") {
    const found = await companyPage(scope, page);
    await eachOf(found.items, async ({ id }) => {
      await followRecurring(scope, id);
      await fillJournal(scope, id);
    });
    companies = found.items.length;
    next = found.next ?? undefined;
  } else {
    const found = await listRows(scope, part === "paid" ? "paid" : "due", page);
    await eachOf(found.items, async ({ id }) => {
      const bill = await enterBill(scope, { invoice: id });
      const credits = await enterCreditsOf(scope, id);
      documents += credits + (bill ? 1 : 0);
    });
    // Guests are in no list of companies: their books come with their bills.
    await eachOf([...new Set(found.items.map(({ company }) => company))], async (company) => {
      if ((await companyOf(scope, company))?.kind === "guest") await fillJournal(scope, company);
    });
    read = found.items.length;
    next = found.next ?? undefined;
  }
  const at = parts.indexOf(part as (typeof parts)[number]);
  const following = parts[at + 1];
  const on = next ? `${part} ${next}` : following ? `${following} ` : null;
  if (on === null)
    await commit({ ...scope, command: { id: `auto:${scope.command.id}`, print: "" } }, [markFilled(scope)], {
      answer: null,
    });
  return { documents, companies, read: read + companies, next: on };
}

/** Does something with each of a step's items, some at a time. */
async function eachOf<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += abreast) await Promise.all(items.slice(at, at + abreast).map(work));
}
