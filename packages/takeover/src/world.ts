import { openingTaken } from "@yihao/billing/opening";
import { mayBeLet } from "@yihao/booking/lease";
import { resourcesOf, sitesOf } from "@yihao/booking/store";
import { getSpace } from "@yihao/identity/store";
import { dayOf } from "@yihao/kernel/days";
import type { Scope } from "@yihao/kernel/scope";
import { lettingsOf } from "@yihao/members/agreement-store";
import { packTaken } from "@yihao/members/pack-actions";
import { companyKey, companyKind, entriesOf, entryKind, seenEntries } from "@yihao/members/store";
import { packsOf, plansOf } from "@yihao/pricing/store";
import { getMany, queryAll } from "@yihao/table/read";
import { ownerOf } from "@yihao/table/unique";
import type { TakeoverFault, TakeoverKind } from "./model.ts";
import type { KnownPlace, ReadRow, World } from "./read-rows.ts";

/** Look-ups that are made at the same time. */
const atOnce = 25;

/** Reads what a file's rows are checked against: companies, and what its kind needs of plans, packs and places. */
export async function readWorld(scope: Scope, kind: TakeoverKind, day: string): Promise<World> {
  const [space, entries, plans, packs, places] = await Promise.all([
    getSpace(scope),
    queryAll(scope, entryKind, entriesOf(scope), { consistent: true }),
    kind === "plans" ? plansOf(scope) : [],
    kind === "packs" ? packsOf(scope) : [],
    kind === "leases" ? readPlaces(scope) : [],
  ]);
  const seen = await seenEntries(scope, entries);
  const whole =
    kind === "plans"
      ? await getMany(
          scope,
          companyKind,
          seen.map(({ id }) => companyKey(scope, id)),
          { consistent: true },
        )
      : [];
  const today = dayOf(scope.now, space?.zone ?? "Asia/Shanghai");
  const companies = seen.map((one, at) => ({ ...one, ...subscriptionsIn(whole[at]) }));
  return { today, day, currency: space?.currency ?? "CNY", companies, plans, packs, places };
}

const subscriptionsIn = (
  company: Awaited<ReturnType<typeof getMany<import("@yihao/members/store").KeptCompany>>>[number],
) => ({
  subscription: company?.subscription,
  next: company?.next,
});

async function readPlaces(scope: Scope): Promise<KnownPlace[]> {
  const sites = await sitesOf(scope);
  const all = (await Promise.all(sites.map(({ id }) => resourcesOf(scope, id, { consistent: true })))).flat();
  const lets = await lettingsOf(
    scope,
    all.map(({ id }) => id),
  );
  return all.map((one, at) => ({
    id: one.id,
    code: one.code,
    name: one.name,
    lettable: mayBeLet(one),
    lettings: lets[at]?.lettings ?? [],
  }));
}

/** The document that a row became when it was taken over before, if it was. */
function takenBefore(scope: Scope, { company, facts }: ReadRow): Promise<string | undefined> {
  if (!company || !facts) return Promise.resolve(undefined);
  switch (facts.of) {
    case "leases":
      return ownerOf(scope, "agreement-number", facts.facts.number ?? "");
    case "packs":
      return packTaken(scope, company, facts.reference);
    case "deposits":
    case "balances":
      return openingTaken(scope, company, facts.opening);
    case "plans":
      return Promise.resolve(undefined);
  }
}

const numbered: Readonly<Record<TakeoverKind, string>> = {
  leases: "number",
  plans: "company",
  packs: "reference",
  deposits: "reference",
  balances: "reference",
};

/** Faults of rows whose number the space knows already: the same file again takes nothing over twice. */
export async function takenFaults(
  scope: Scope,
  kind: TakeoverKind,
  rows: readonly ReadRow[],
): Promise<TakeoverFault[]> {
  const faults: TakeoverFault[] = [];
  for (let start = 0; start < rows.length; start += atOnce) {
    const part = rows.slice(start, start + atOnce);
    const found = await Promise.all(part.map((row) => takenBefore(scope, row)));
    part.forEach(({ row, what }, at) => {
      if (found[at] !== undefined) faults.push({ row, column: numbered[kind], reason: "taken", value: what });
    });
  }
  return faults;
}
